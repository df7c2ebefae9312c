"""Inputs of every kind, and their chunks: the same whoever asks, for whichever of them."""

from __future__ import annotations

import csv
import gzip
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")

import pyarrow as pa
import pyarrow.parquet as pq
from archives import archive
from invented import articles
from servers import Server, answer

from qawl.corpus.inputs import Chunk, End, Input, chunks, find_inputs
from qawl.intake.errors import InputError
from qawl.intake.options import Options
from qawl.intake.streams import zstd

OPTIONS = Options()


def all_chunks(source: Input, size: int, share: int = 0, shares: int = 1) -> tuple[dict[int, Chunk], int]:
    found: dict[int, Chunk] = {}
    for one in chunks(source, size, lambda n: n % shares == share, OPTIONS):
        if isinstance(one, End):
            return found, one.chunks
        found[one.number] = one
    raise AssertionError("no end")


def test_shares_come_to_the_whole(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl", 90)
    (source,) = find_inputs([str(path)], OPTIONS)
    whole, count = all_chunks(source, 20_000)
    assert count == len(whole) > 5
    assert [item.data for n in range(count) for item in whole[n].items] == path.read_bytes().splitlines()
    assert sum(chunk.size for chunk in whole.values()) == path.stat().st_size
    assert whole[1].items[0].where == f"{path}:{len(whole[0].items) + 1}"
    parts = [all_chunks(source, 20_000, share, 3) for share in range(3)]
    assert {end for _, end in parts} == {count}
    items = {n: chunk.items for share, _ in parts for n, chunk in share.items()}
    assert items == {n: chunk.items for n, chunk in whole.items()}


def test_packed_or_not_the_chunks_are_the_same(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl", 40)
    others = {"gz": gzip.compress(path.read_bytes()), "zst": zstd.compress(path.read_bytes())}
    (source,) = find_inputs([str(path)], OPTIONS)
    whole, _ = all_chunks(source, 20_000)
    for ending, packed in others.items():
        other = tmp_path / f"news.jsonl.{ending}"
        other.write_bytes(packed)
        (source,) = find_inputs([str(other)], OPTIONS)
        found, _ = all_chunks(source, 20_000)
        assert [[i.data for i in found[n].items] for n in found] == [[i.data for i in whole[n].items] for n in whole]


def test_tables(tmp_path: Path) -> None:
    some = articles(12)
    with (tmp_path / "news.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "url", "published"])
        writer.writerows([article.text, article.url, article.published] for article in some)
    table = pa.Table.from_pylist([{"text": article.text, "url": article.url} for article in some])
    pq.write_table(table, tmp_path / "news.parquet")
    for name in ("news.csv", "news.parquet"):
        (source,) = find_inputs([str(tmp_path / name)], OPTIONS)
        found, _ = all_chunks(source, 5_000)
        texts = [json.loads(item.data)["text"] for n in sorted(found) for item in found[n].items]
        assert texts == [article.text for article in some]


def test_folders(tmp_path: Path) -> None:
    for n, article in enumerate(articles(600)):
        (tmp_path / f"{n:04}.txt").write_text(article.text, "utf-8")
    archive(tmp_path / "more.jsonl.gz", 3)
    (tmp_path / "readme.md").write_text("no article")
    before = find_inputs([str(tmp_path)], OPTIONS)
    assert sum(len(source.files) for source in before) == 601
    assert len(before) > 3
    # What comes new changes one run of files, and no other.
    (tmp_path / "0300a.txt").write_text("قال الوزير إن السد امتلأ.", "utf-8")
    after = find_inputs([str(tmp_path)], OPTIONS)
    assert len({source.mark for source in before} - {source.mark for source in after}) == 1
    assert find_inputs([str(tmp_path), str(tmp_path / "more.jsonl.gz")], OPTIONS) == after


def test_what_cannot_be_read_is_an_item(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' * 50_000)[:-20])
    (source,) = find_inputs([str(tmp_path / "cut.jsonl.gz")], OPTIONS)
    found, _ = all_chunks(source, 1 << 20)
    last = found[max(found)].items[-1]
    assert (last.kind, last.data) == ("failure", b"the compressed file ends too early")
    with pytest.raises(InputError, match="No such file"):
        find_inputs([str(tmp_path / "none.jsonl")], OPTIONS)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file of articles"):
        find_inputs([str(tmp_path / "empty")], OPTIONS)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    path = archive(tmp_path / "news.jsonl.gz", 30)

    def handle(connection: socket.socket, path_asked: str, request: str) -> None:
        body = path.read_bytes() if path_asked.endswith("news.jsonl.gz") else b""
        asked = [line for line in request.splitlines() if line.lower().startswith("range: bytes=")]
        status = "200 OK" if body else "404 Not Found"
        if asked and body:
            first, _, last = asked[0].partition("=")[2].partition("-")
            whole, body = len(body), body[int(first) : int(last) + 1 if last else None]
            content_range = f"bytes {first}-{int(first) + len(body) - 1}/{whole}"
            connection.sendall(answer(body, "206 Partial Content", content_range=content_range))
            return
        head = request.startswith("HEAD")
        connection.sendall(answer(b"" if head else body, status, length=len(body), accept_ranges="bytes"))

    with Server(handle) as server:
        yield server, path


def test_over_http_by_the_engine_s_own_reader(served: tuple[Server, Path]) -> None:
    server, path = served
    (source,) = find_inputs([server.url("/news.jsonl.gz")], OPTIONS)
    assert source.size == path.stat().st_size
    found, _ = all_chunks(source, 10_000)
    local, _ = all_chunks(find_inputs([str(path)], OPTIONS)[0], 10_000)
    assert [[i.data for i in found[n].items] for n in found] == [[i.data for i in local[n].items] for n in local]
