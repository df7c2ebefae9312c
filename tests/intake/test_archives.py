"""WARC and Parquet."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from test_fetching import PAGE, split
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from qawl.intake.options import Options, WebLimits
from qawl.intake.sources import articles
from qawl.intake.streams import zstd

TIME = datetime(2024, 3, 5, 8, tzinfo=UTC)


def archive(packed: bool) -> bytes:
    """An archive with pages, and with what is no page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)

    def add(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html", **headers: str) -> None:
        lines = [("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in headers.items())]
        head = StatusAndHeaders(status, lines, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))

    text = PAGE.format(title="السد يمتلئ اليوم")
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "tests"}))
    add("https://www.dhiffa.example/1", text.encode())
    add("https://dhiffa.example/logo", b"\x89PNG", kind="image/png")
    add("https://dhiffa.example/old", b"", "301 Moved")
    add("https://dhiffa.example/empty", b"")
    add(
        "https://dhiffa.example/2",
        gzip.compress(text.encode("cp1256")),
        kind="text/html; charset=windows-1256",
        Content_Encoding="gzip",
    )
    chunked = b"%x\r\n" % len(text.encode()) + text.encode() + b"\r\n0\r\n\r\n"
    add("https://dhiffa.example/3", chunked, Transfer_Encoding="chunked")
    add("https://dhiffa.example/bomb", gzip.compress(b"x" * 500_000), Content_Encoding="gzip")
    add("https://dhiffa.example/4", text.encode())
    return out.getvalue()


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_warc(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.warc{ending}"
    data = archive(ending == ".gz")
    path.write_bytes(zstd.compress(data) if ending == ".zst" else data)
    found, failures = split(articles(str(path), Options(web=WebLimits(size=100_000))))
    assert [article.url for article in found] == [
        f"https://{host}dhiffa.example/{n}" for host, n in (("www.", 1), ("", 2), ("", 3), ("", 4))
    ]
    assert {article.text.split("\n")[0] for article in found} == {"السد يمتلئ اليوم"}
    assert {article.outlet for article in found} == {"dhiffa.example"}
    assert [failure.where for failure in failures] == [
        f"{path}: record 5 (https://dhiffa.example/empty)",
        f"{path}: record 8 (https://dhiffa.example/bomb)",
    ]
    assert [failure.reason for failure in failures] == ["empty file", "more than 100000 bytes"]


def test_a_warc_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive(True)[:-40])
    found, failures = split(articles(str(path), Options()))
    assert len(found) >= 3
    assert failures[-1].where.startswith(f"{path}: record")
    path = tmp_path / "b.warc"
    for data in (
        b"no archive\r\n\r\n",
        b"",
        b"\0" * 100,
        gzip.compress(b"x")[:9],
    ):
        path.write_bytes(data)
        found, (failure,) = split(articles(str(path), Options()))
        assert not found
        assert failure.where.startswith(str(path))
        assert "internal" not in failure.reason


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [
        {"id": 1, "title": "عنوان", "body": "نص", "published": TIME, "authors": ["س"], "n": 1},
        {"id": 2, "title": None, "body": None, "published": None, "authors": None, "n": 2},
        {"id": 3, "title": None, "body": "آخر", "published": None, "authors": [], "n": 3},
    ] * 300  # fmt: skip
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=100)
    found, failures = split(articles(str(path), Options(outlet="الضفة")))
    assert len(found) == 600
    first = found[0]
    assert (first.text, first.id, first.headline, first.authors) == ("عنوان\n\nنص", "1", (0, 5), ("س",))
    assert (first.published, first.outlet) == (TIME, "الضفة")
    assert [failure.where for failure in failures[:2]] == [f"{path}: row 2", f"{path}: row 5"]
    found, (failure,) = split(articles(str(path), Options(fields={"text": "content"})))
    assert not found
    assert "its columns are: id, title, body" in failure.reason


def test_parquet_that_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.Table.from_pylist([{"text": f"نص {n} " * 50} for n in range(2000)])
    pyarrow.parquet.write_table(table, path, row_group_size=500)
    data = bytearray(path.read_bytes())
    for broken in (b"", b"PAR1", bytes(data[:-30]), b"no parquet at all"):
        path.write_bytes(broken)
        found, (failure,) = split(articles(str(path), Options()))
        assert not found
        assert "internal" not in failure.reason
    data[len(data) // 2 : len(data) // 2 + 400] = b"\xff" * 400
    path.write_bytes(bytes(data))
    found, failures = split(articles(str(path), Options()))
    assert found
    assert all("internal" not in failure.reason for failure in failures)
