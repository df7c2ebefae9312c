"""A web archive as the world makes them: records that are broken, cut, of wrong length, and what is no article."""

from __future__ import annotations

import http.client
import io
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")

from archives import corpus, readings, rows
from invented import articles
from servers import Server, answer, pages, redirect
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import qawl
from qawl import samples
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


def fetched(server: Server, path: str, packed: bool) -> list[bytes]:
    """What a crawler writes of a page: request and answer as they were, and the same of where it is sent on to."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers={"User-Agent": "crawler"})
    given = connection.getresponse()
    try:
        body = given.read()
    except http.client.IncompleteRead as error:
        body = error.partial
    connection.close()
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    asked = StatusAndHeaders(f"GET {path} HTTP/1.1", [("User-Agent", "crawler")], is_http_request=True)
    told = StatusAndHeaders(f"{given.status} {given.reason}", given.getheaders(), protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(server.url(path), "request", http_headers=asked))
    found = [out.getvalue()]
    out.seek(0)
    out.truncate()
    writer.write_record(writer.create_warc_record(server.url(path), "response", io.BytesIO(body), http_headers=told))
    found.append(out.getvalue())
    if to := given.getheader("Location"):
        found += fetched(server, to, packed)
    return found


@pytest.mark.parametrize("packed", [True, False])
def test_what_a_crawler_fetched_from_a_server(tmp_path: Path, packed: bool) -> None:
    news = {f"/news/{n}": article for n, article in enumerate((*samples.load(), *samples.load_week()))}
    html = "text/html; charset=utf-8"
    served = {path: answer(page(article), content_type=html) for path, article in news.items()}
    half = page(news["/news/2"]).decode()[:-30].encode()
    served |= {
        "/old": redirect("/older", "301 Moved Permanently"),
        "/older": redirect("/news/0"),
        "/copy": answer(page(news["/news/1"]), content_type=html),
        "/logo.png": answer(b"\x89PNG\r\n" * 99, content_type="image/png"),
        "/api": answer(b'{"text": "no page"}', content_type="application/json"),
        "/cut-off": answer(half, length=len(half) + 5000, content_type=html),
        "/nothing": answer(b"", content_type=html),
    }
    paths = [*served, "/gone", "/news/3", "/news/3"]
    with pages(served) as server:
        pieces = [piece for path in paths for piece in fetched(server, path, packed)]
        url = server.url
    assert len(pieces) == 2 * (len(paths) + 3)  # three times the server sent the crawler elsewhere
    said = corpus("read", written(tmp_path / "sound", pieces, packed), "--out", tmp_path / "out")
    found = {article.url: (article, reading) for article, reading in readings(tmp_path / "out").values()}
    assert found.keys() == {url(path) for path in (*news, "/copy", "/cut-off")}, said
    for path, article in news.items():
        own, reading = found[url(path)]
        assert own.text == article.text.rstrip("\n")
        assert reading.statements == qawl.read(own).statements
    copied = {row["article"]: row for row in rows(tmp_path / "out", "copies") if row["kind"] == "same"}
    urls = {row["article"]: row["url"] for row in rows(tmp_path / "out", "articles")}
    assert {frozenset((urls[id], urls[row["other"]])) for id, row in copied.items()} == {
        frozenset((url("/copy"), url("/news/1")))
    }
    assert "1 in other languages (1 und)" in said  # the page without a word
    # The same crawl on a bad disk: two members cut short, and nobody's bytes between two records.
    first, second = 2 * list(served).index("/news/5") + 1, 2 * list(served).index("/news/9") + 1
    broken = list(pieces)
    broken[first] = pieces[first][: len(pieces[first]) // 3]
    broken[second] = pieces[second][:-9] + b"\xff\x00" * 200
    corpus("read", written(tmp_path / "bad", broken, packed), "--out", tmp_path / "left", status=1)
    left = {row["url"]: row["text"] for row in rows(tmp_path / "left", "articles")}
    lost = found.keys() - left.keys()
    assert lost <= {url("/news/5"), url("/news/9")}
    assert {left[address] for address in found.keys() - lost} >= {
        found[address][0].text for address in found.keys() - {url("/news/5"), url("/news/9")}
    }
    assert len(rows(tmp_path / "left", "errors")) >= 2


def written(path: Path, pieces: list[bytes], packed: bool) -> Path:
    path = path.with_suffix(".warc.gz" if packed else ".warc")
    path.write_bytes(b"".join(pieces))
    return path
