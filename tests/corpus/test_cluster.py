"""A Ray cluster of two nodes, each a process of its own: the same result, whatever is taken away in the middle."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")
pytest.importorskip("ray", reason="the extra qawl[corpus] is not installed")

from archives import archive, corpus, data, readings, started

import qawl

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no Ray cluster")

_NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 << 20, "include_dashboard": False}
NUMBER = 900


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    running = Cluster(initialize_head=True, head_node_args=_NODE)
    running.add_node(**_NODE)
    yield running
    running.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive, and the data set that this machine alone makes of it."""
    folder = tmp_path_factory.mktemp("archive")
    path = archive(folder / "news.jsonl.gz", NUMBER)
    corpus("read", path, "--out", folder / "local", "--jobs", "2", "--part-size", "64")
    return path, folder / "local"


def reader_of(node: Any) -> psutil.Process:
    """A worker of a node that is reading."""
    raylet = psutil.Process(node.all_processes["raylet"][0].process.pid)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for one in raylet.children(recursive=True):
            try:
                if "qawl.corpus.child" in one.cmdline():
                    worker = one.parent()
                    assert worker is not None
                    return worker
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.05)
    raise AssertionError("no worker on this node")


def test_two_nodes(cluster: Any, news: tuple[Path, Path], tmp_path: Path) -> None:
    path, local = news
    out = tmp_path / "out"
    said = corpus("read", path, "--out", out, "--engine", "ray", "--address", cluster.address, "--part-size", "64")
    assert said.startswith(f"{NUMBER} articles, ")
    assert data(out) == data(local)
    for file in (local / "statements").glob("*.parquet"):
        assert (out / "statements" / file.name).read_bytes() == file.read_bytes()
    found = list(readings(out).values())
    assert len(found) == NUMBER
    for article, reading in found[::40]:
        assert qawl.read(article) == reading


def test_who_is_who_by_two_nodes(cluster: Any, tmp_path: Path) -> None:
    places = tmp_path / "one", tmp_path / "other"
    corpus("read", archive(tmp_path / "news.jsonl", 120), "--out", places[0], "--part-size", "64")
    shutil.copytree(*places)
    said = corpus("compare", places[0])
    assert said == corpus("compare", places[1], "--engine", "ray", "--address", cluster.address)
    for name in ("people", "groups"):
        one, other = (place / name / f"{name}.parquet" for place in places)
        assert one.read_bytes() == other.read_bytes()


def test_what_is_taken_away_in_the_middle(cluster: Any, news: tuple[Path, Path], tmp_path: Path) -> None:
    path, local = news
    out = tmp_path / "out"
    process = started(
        *("read", path, "--out", out, "--engine", "ray", "--address", cluster.address, "--part-size", "64")
    )

    def parts_from(count: int) -> None:
        while len(list((out / "_parts").glob("*.json"))) < count:
            assert process.poll() is None
            time.sleep(0.02)

    parts_from(2)
    first, second = cluster.head_node, cluster.worker_nodes.copy().pop()
    reader_of(first).kill()
    cluster.remove_node(second, allow_graceful=False)
    assert process.poll() is None, "it was over before anything was taken away"
    parts_from(6)  # by the one node that is left
    cluster.add_node(**_NODE)
    output = process.communicate(timeout=200)[0]
    assert process.returncode == 0, output
    # Either the engine says that what it waited for is lost, or it waits and the command begins again: only the outcome
    # is the same each time.
    assert f"{NUMBER} articles, " in output
    assert data(out) == data(local)
