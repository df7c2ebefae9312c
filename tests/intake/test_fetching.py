"""Addresses, feeds, lists of feeds and sitemaps to articles, from real servers."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from servers import answer, pages, redirect

from qawl.article import Article
from qawl.intake.fetching import Fetcher
from qawl.intake.options import Options, WebLimits
from qawl.intake.sources import Failure, Sources, articles

HOME = Options(web=WebLimits(allow_private=True, pace=0, seconds=5))
PAGE = """<!doctype html><html><head><title>{title} | الضفة</title><meta charset="utf-8"></head>
<body><article><h1>{title}</h1>
<p>قال سالم الغامري إن السد امتلأ، وأضاف أن الماء يكفي عامين.</p></article></body></html>"""


def page(title: str) -> bytes:
    return answer(PAGE.format(title=title).encode(), content_type="text/html")


def split(found: Iterable[Article | Failure]) -> tuple[list[Article], list[Failure]]:
    everything = list(found)
    return (
        [item for item in everything if isinstance(item, Article)],
        [item for item in everything if isinstance(item, Failure)],
    )


def test_a_page() -> None:
    with pages({"/1": redirect("/2"), "/2": page("السد يمتلئ")}) as server:
        (article,), failures = split(articles(server.url("/1"), HOME))
        assert not failures
        assert article.text.startswith("السد يمتلئ\n\nقال سالم")
        assert (article.url, article.id, article.outlet) == (server.url("/2"), server.url("/2"), "127.0.0.1")
        # Who names a page himself need not ask the robots' file.
        assert server.asked == ["/1", "/2"]


def test_a_private_page_needs_the_flag() -> None:
    with pages({"/": page("السد يمتلئ")}) as server:
        found, (failure,) = split(articles(server.url(), Options()))
        assert not found
        assert failure.where == server.url()
        assert "--allow-private" in failure.reason


def test_the_pace_holds_from_one_source_to_the_next() -> None:
    with pages({"/1": page("السد يمتلئ")}) as server:
        reader = Sources(Options(web=WebLimits(allow_private=True, pace=0.3)))
        begun = time.monotonic()
        for _ in range(3):
            assert not split(reader.articles(server.url("/1")))[1]
        assert time.monotonic() - begun >= 0.6


def test_what_is_no_page() -> None:
    contents = {
        "/pdf": answer(b"%PDF-1.7", content_type="application/pdf"),
        "/text": answer("قال سالم".encode("cp1256"), content_type="text/plain; charset=windows-1256"),
        "/wrong": answer(PAGE.format(title="السد يمتلئ").encode(), content_type="image/png; charset=iso-8859-1"),
        "/empty": answer(b"", content_type="text/html"),
    }
    with pages(contents) as server:
        found, failures = split(item for path in contents for item in articles(server.url(path), HOME))
    assert [article.text[:10] for article in found] == ["قال سالم", "السد يمتلئ"]
    assert [failure.reason for failure in failures] == ["no page but application/pdf", "empty file"]
    for source in ("ftp://e.example/", "file:///etc/passwd"):
        (failure,) = articles(source, HOME)
        assert isinstance(failure, Failure)
        assert "only http" in failure.reason


FEED = """<rss version="2.0"><channel><title>صحيفة الضفة</title>
<item><link>/a</link><pubDate>Tue, 05 Mar 2024 10:00:00 +0200</pubDate><author>سامر</author><guid>g1</guid></item>
<item><link>/private/b</link></item><item><link>/gone</link></item><item><link>/a</link></item>
<item><title>من الخلاصة</title><description>موجز</description></item><item><link>/c</link></item></channel></rss>"""


def test_a_feed_goes_on_after_what_fails() -> None:
    contents = {
        "/feed": answer(FEED.encode(), content_type="application/rss+xml"),
        "/robots.txt": answer(b"User-agent: *\nDisallow: /private"),
        "/a": page("الخبر الأول اليوم"),
        "/private/b": page("سر"),
        "/c": page("الخبر الثالث اليوم"),
    }
    with pages(contents) as server:
        found, failures = split(articles(server.url("/feed"), HOME))
        assert [article.text.split("\n")[0] for article in found] == ["الخبر الأول اليوم", "الخبر الثالث اليوم"]
        assert found[0].published == datetime(2024, 3, 5, 8, tzinfo=UTC)
        assert (found[0].outlet, found[0].authors, found[0].url) == ("صحيفة الضفة", ("سامر",), server.url("/a"))
        assert [(failure.where, failure.reason) for failure in failures] == [
            (server.url("/private/b"), "robots.txt does not allow it"),
            (server.url("/gone"), "the server answered 404"),
            (f"{server.url('/feed')}: entry 5", "an entry without an address and without a text"),
        ]
        assert "/private/b" not in server.asked
        assert server.asked.count("/a") == 1


def test_robots_can_be_left_unasked() -> None:
    contents = {"/feed": answer(FEED.encode()), "/private/b": page("خبر غير منشور")}
    options = Options(web=WebLimits(allow_private=True, pace=0, robots=False))
    with pages(contents) as server:
        found, _ = split(articles(server.url("/feed"), options))
        assert len(found) == 1
        assert "/robots.txt" not in server.asked


def test_lists_of_feeds_and_sitemaps(tmp_path: Path) -> None:
    with pages({}) as server:
        sitemap = f"<urlset><url><loc>{server.url('/s')}</loc></url><url><loc>{server.url('/a')}</loc></url></urlset>"
        index = f"<sitemapindex><sitemap><loc>{server.url('/map.xml.gz')}</loc></sitemap></sitemapindex>"
        looped = "".join(f"<outline xmlUrl='{server.url(path)}'/>" for path in ("/loop", "/page"))
        loop = f"<opml><body>{looped}</body></opml>"
        one = "<rss><channel><title>ا</title><item><link>/a</link></item></channel></rss>"
        contents = {
            "/map.xml.gz": answer(gzip.compress(sitemap.encode()), content_type="application/gzip"),
            "/index.xml": answer(index.encode(), content_type="text/xml"),
            "/one": answer(one.encode()),
            "/loop": answer(loop.encode()),
            "/page": page("صفحة"),
            "/a": page("الخبر الأول اليوم"),
            "/s": page("الخبر الثاني اليوم"),
        }
        # The server answers what stands here now.
        server.handler = lambda connection, path, request: connection.sendall(
            contents.get(path) or answer(status="404 Not Found")
        )
        found, failures = split(articles(server.url("/index.xml"), HOME))
        assert [article.text.split("\n")[0] for article in found] == ["الخبر الثاني اليوم", "الخبر الأول اليوم"]
        assert not failures
        path = tmp_path / "feeds.opml"
        outlines = "".join(
            f"<outline xmlUrl='{server.url(name)}'/>" for name in ("/one", "/gone", "/loop", "/index.xml")
        )
        path.write_text(f"<opml><body>{outlines}</body></opml>")
        found, failures = split(articles(str(path), HOME))
        assert [article.text.split("\n")[0] for article in found] == ["الخبر الأول اليوم", "الخبر الثاني اليوم"]
        assert [(failure.where, failure.reason) for failure in failures] == [
            (server.url("/gone"), "the server answered 404"),
            (server.url("/page"), "neither a feed nor a sitemap"),
        ]


def test_no_more_pages_than_asked_for() -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(9))
    contents = {f"/{n}": page(f"الخبر رقم {n} من تسعة") for n in range(9)}
    contents["/feed"] = answer(f"<rss><channel><title>ا</title>{items}</channel></rss>".encode())
    with pages(contents) as server:
        options = Options(web=WebLimits(allow_private=True, pace=0, pages=3))
        found, (failure,) = split(articles(server.url("/feed"), options))
        assert len(found) == 3
        assert "more than 3 pages" in failure.reason


def test_feeds_that_carry_their_text(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    items = [{"id": "1", "title": "السد & الماء", "content_html": "<p>قال سالم.</p><script>x</script>"}, {"id": "2"}]
    feed = {"version": "https://jsonfeed.org/version/1", "title": "الضفة", "items": items}
    path.write_text(json.dumps(feed), "utf-8")
    (article,), (failure,) = split(articles(str(path), HOME))
    assert (article.text, article.id, article.outlet, article.url) == ("السد & الماء\n\nقال سالم.", "1", "الضفة", None)
    assert failure.where == f"{path}: entry 2"


def test_empty_and_wrong_lists(tmp_path: Path) -> None:
    for name, text, message in (
        ("a.xml", "<rss><channel><title>x</title></channel></rss>", "names nothing"),
        ("b.xml", "<html/>", "neither a feed"),
        ("c.opml", "<opml", "no XML"),
    ):
        (tmp_path / name).write_text(text)
        (failure,) = articles(str(tmp_path / name), HOME)
        assert isinstance(failure, Failure)
        assert failure.where == str(tmp_path / name)
        assert message in failure.reason


def test_a_page_that_cannot_be_reached_names_its_address() -> None:
    with pages({}) as server:
        url = server.url("/x")
    (failure,) = Fetcher(HOME).articles(url)
    assert isinstance(failure, Failure)
    assert failure.where == url
    assert "broken connection" in failure.reason
