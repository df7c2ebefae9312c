"""An object store with the interface of S3, run by the test: archives are read from it, data sets written into it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")
pytest.importorskip("moto", reason="moto[server] is not installed")

import boto3
from archives import archive, corpus, data
from moto.server import ThreadedMotoServer


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket, `s3://news`, in a store of its own; what programs have to know of it stands in the environment."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3").create_bucket(Bucket="news")
    yield "s3://news"
    server.stop()


def test_from_a_store_into_a_store(store: str, tmp_path: Path) -> None:
    client = boto3.client("s3")
    paths = [archive(tmp_path / name, 40, seed) for seed, name in enumerate(("a.jsonl.gz", "b.jsonl"), 1)]
    for path in paths:
        client.upload_file(str(path), "news", f"archive/{path.name}")
    said = corpus("read", f"{store}/archive/*", "--out", f"{store}/data", "--jobs", "2", "--part-size", "16")
    assert said.startswith("80 articles, ")
    before = stored(client)
    assert corpus("read", f"{store}/archive/", "--out", f"{store}/data", "--jobs", "2", "--part-size", "16") == said
    assert stored(client) == before  # nothing was read again
    assert corpus("stats", f"{store}/data").startswith("80 articles, ")
    corpus("read", *paths, "--out", tmp_path / "local", "--part-size", "16")
    for name in before:
        if name.startswith("data/") and not name.endswith("/"):
            here = tmp_path / "copy" / name.removeprefix("data/")
            here.parent.mkdir(parents=True, exist_ok=True)
            client.download_file("news", name, str(here))
    assert without_places(data(tmp_path / "copy")) == without_places(data(tmp_path / "local"))


def test_what_is_not_there(store: str, tmp_path: Path) -> None:
    assert "s3://news/none" in corpus("read", f"{store}/none/*", "--out", tmp_path / "out", status=2)
    assert "no data set here" in corpus("stats", f"{store}/none", status=2)


def stored(client: Any) -> dict[str, datetime]:
    """What is in the bucket, and when it was written."""
    return {one["Key"]: one["LastModified"] for one in client.list_objects_v2(Bucket="news")["Contents"]}


def without_places(found: dict[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a data set without where each article was found."""
    tables = {name: [json.loads(row) for row in rows] for name, rows in found.items()}
    for rows in tables.values():
        for row in rows:
            row.pop("found", None)
    return {name: sorted(rows, key=str) for name, rows in tables.items()}
