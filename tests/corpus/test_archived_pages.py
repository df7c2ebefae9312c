"""A web archive as the world makes them: records that are broken, cut, of wrong length, and what is no article."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")

from archives import corpus, readings, rows
from invented import articles
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import qawl
from qawl.article import Article

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no sockets to be left to a child")

NEWS = [article for article in articles(40) if article.url]


def page(article: Article) -> bytes:
    headline, *paragraphs = article.text.split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<!doctype html><html lang="ar"><meta charset="utf-8"><h1>{headline}</h1>{body}</html>'.encode()


def record(
    packed: bool, url: str | None, body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive(tmp_path: Path, packed: bool) -> None:
    good = [record(packed, article.url, page(article)) for article in NEWS]
    longer = record(False, "https://news.example/longer", page(NEWS[0]))
    length = re.search(rb"\r\nContent-Length: (\d+)", longer)
    assert length
    longer = longer.replace(length[0], b"\r\nContent-Length: %d" % (int(length[1]) + 400), 1)
    broken = [
        good[0][: len(good[0]) // 2] if packed else b"no record at all\r\n" * 9,
        b"\x00\xff" * 300,
        *([] if packed else [longer]),
    ]
    french = b'<html lang="fr"><p>' + b"Le ministre a dit que le barrage est plein. " * 30
    others = [
        record(packed, "https://news.example/old", b"", "301 Moved Permanently"),
        record(packed, "https://news.example/gone", page(NEWS[1]), "404 Not Found"),
        record(packed, "https://news.example/logo.png", b"\x89PNG\r\n" * 99, kind="image/png"),
        record(packed, "https://news.example/fr", french),
        record(packed, "https://news.example/empty", f"<html><script>{'قال الوزير ' * 40}</script></html>".encode()),
        record(packed, NEWS[3].url, page(NEWS[3])),  # found once more
    ]
    pieces: list[bytes] = []
    for n, piece in enumerate(good):
        pieces.append(piece)
        if n % 4 == 1 and n // 4 < len(broken):
            pieces.append(broken[n // 4])
        if n % 4 == 3 and n // 4 < len(others):
            pieces.append(others[n // 4])
    data = b"".join(pieces)
    path = tmp_path / f"news.warc{'.gz' if packed else ''}"
    last = record(packed, "https://news.example/last", page(NEWS[2]))
    path.write_bytes(data + last[: len(last) // 2])
    said = corpus("read", path, "--out", tmp_path / "out", "--part-size", "16", status=1)
    found = {article.url: (article, reading) for article, reading in readings(tmp_path / "out").values()}
    assert {article.url for article in NEWS} <= found.keys() | {None}
    assert found.keys() - {article.url for article in NEWS} <= {
        f"https://news.example/{name}" for name in ("longer", "last")
    }
    for article in NEWS:
        own, reading = found[article.url]
        if own.text == article.text:  # a later version has the same address
            assert reading.statements == qawl.read(own).statements
    assert re.search(r" in other languages \(.*\b1 fr\b", said)
    reasons = [row["reason"] for row in rows(tmp_path / "out", "errors")]
    assert "an HTML page without text" in reasons
    assert sum("no WARC that can be read" in reason for reason in reasons) == len(broken)
    assert "the archive ends within it" in reasons
