"""Feeds, lists of feeds and sitemaps, as text: what they list, and what they must not do."""

import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.intake.errors import InputError
from qawl.intake.feeds import Entry, Kind, Listing, kind_of, read_listing

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- a feed --><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صحيفة الضفة</title>
<item><title>السد يمتلئ &amp; الماء يكفي</title><link>/news/1</link><guid isPermaLink="false">n1</guid>
<pubDate>Tue, 05 Mar 2024 10:00:00 +0200</pubDate><dc:creator>سامر الدالي</dc:creator></item>
<item><title>بلا رابط</title><guid isPermaLink="false">n2</guid>
<content:encoded><![CDATA[<p>قال سالم.</p>]]></content:encoded></item>
<item><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>مرصد الساحل</title><entry><title>عنوان</title>
<id>tag:1</id><link rel="alternate" href="https://marsad.example/1"/><published>2024-03-05T08:00:00Z</published>
<author><name>ريم</name></author><author><name>عمر</name></author></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "الضفة",
        "items": [
            {"id": 7, "url": "https://d.example/7", "title": "عنوان", "date_published": "2024-03-05T10:00:00+02:00",
             "authors": [{"name": "سامر"}, 3]},
            "no item",
            {"id": "8", "content_html": "<p>قال</p>", "date_published": "soon", "authors": 3},
        ],
    },
    ensure_ascii=False,
)  # fmt: skip
OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="أخبار"><outline type="rss" xmlUrl="https://a.example/f"/>
<outline xmlurl="https://b.example/f"/><outline xmlUrl="https://a.example/f"/><outline xmlUrl="file:///etc/passwd"/>
</outline></body></opml>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://a.example/1 </loc>
<news:news><news:publication><news:name>صحيفة الضفة</news:name></news:publication>
<news:publication_date>2024-03-05</news:publication_date><news:title>عنوان</news:title></news:news></url>
<url><loc>https://a.example/2</loc><lastmod>2024-03-06</lastmod></url><url><lastmod>2024</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/s1.xml.gz</loc>
</sitemap></sitemapindex>"""
TIME = datetime(2024, 3, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind"),
    [(RSS, "feed"), (ATOM, "feed"), (JSON, "feed"), (OPML, "opml"), (SITEMAP, "sitemap"), (INDEX, "sitemap"),
     ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "feed"), ("<rdf:RDF xmlns:rdf='x'>", "feed"), ("\ufeff \n<rss>", "feed"),
     ("<!doctype html><html>", None), ("قال سالم", None), ("", None), ("{}", None), ("<", None), ("<!--" * 3000, None)],
)  # fmt: skip
def test_kinds(text: str, kind: Kind | None) -> None:
    assert kind_of(text.encode()) == kind
    assert kind_of(text.encode("utf-16")) == (None if text.startswith("\ufeff") else kind)


def test_rss() -> None:
    found = read_listing(RSS.encode(), "feed", "https://d.example/rss")
    assert found.title == "صحيفة الضفة"
    first, second, third = found.entries
    assert (first.url, first.id, first.title) == ("https://d.example/news/1", "n1", "السد يمتلئ & الماء يكفي")
    assert first.published == TIME
    assert isinstance(first.published, datetime)
    assert first.published.utcoffset() == timedelta(hours=2)
    assert (first.outlet, first.authors) == ("صحيفة الضفة", ("سامر الدالي",))
    assert (second.url, second.html) == (None, "<p>قال سالم.</p>")
    assert third.url is None


def test_atom_and_json() -> None:
    (entry,) = read_listing(ATOM.encode(), "feed").entries
    assert entry == Entry("https://marsad.example/1", "tag:1", "عنوان", TIME, "مرصد الساحل", ("ريم", "عمر"))
    one, two = read_listing(JSON.encode("utf-8-sig"), "feed").entries
    assert one == Entry("https://d.example/7", "7", "عنوان", TIME, "الضفة", ("سامر",))
    assert (two.url, two.id, two.html, two.published) == (None, "8", "<p>قال</p>", None)


def test_feeds_in_other_encodings() -> None:
    data = RSS.replace("utf-8", "windows-1256").encode("cp1256")
    assert read_listing(data, "feed").title == "صحيفة الضفة"
    assert read_listing(RSS.replace(' encoding="utf-8"', "").encode("cp1256"), "feed", None, "windows-1256").title


def test_opml_and_sitemaps() -> None:
    assert read_listing(OPML.encode(), "opml").lists == ("https://a.example/f", "https://b.example/f")
    found = read_listing(SITEMAP.encode(), "sitemap")
    assert found.entries == (
        Entry("https://a.example/1", title="عنوان", published=date(2024, 3, 5), outlet="صحيفة الضفة"),
        Entry("https://a.example/2"),
    )
    assert read_listing(INDEX.encode(), "sitemap") == Listing(lists=("https://a.example/s1.xml.gz",))


OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY l{n} "{"lol" if n == 0 else f"&l{n - 1};" * 10}">' for n in range(12)
) + "]>"  # fmt: skip


@pytest.mark.parametrize("start", [OUTSIDE, LAUGHS, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_entity_is_resolved(start: str, encoding: str) -> None:
    begun = time.monotonic()
    for text in (OPML, SITEMAP):
        body = text.partition("?>")[2].replace("أخبار", "&secret;&l11;").replace("/1 ", "/&secret;&l11; ")
        kind = kind_of(body.encode())
        assert kind is not None
        if "ENTITY" in start:
            with pytest.raises(InputError, match=r"entities|no XML"):
                read_listing((start + body).encode(encoding), kind)
    feed = (
        "<rss version='2.0'><channel><title>t&secret;&l11;</title><item><link>http://e/1</link></item></channel></rss>"
    )
    try:
        found = read_listing((start + feed).encode(encoding), "feed")
    except InputError:
        found = Listing()
    with open("/etc/hostname", encoding="utf-8") as file:
        secret = file.read().strip()
    assert secret not in (found.title or "")
    assert len(found.title or "") < 100
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "feed"), (b"<rss>", "feed"), (b"nonsense", "feed"), (b"{", "feed"), (b'{"items": 3}', "feed"),
     (b"[1]", "feed"), (b"<opml", "opml"), (b"", "sitemap"), (b"\xff\xff", "sitemap"), (b"[" * 50_000, "feed")],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, kind: Kind) -> None:
    with pytest.raises(InputError, match="no "):
        read_listing(data, kind)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([RSS, ATOM, JSON, OPML, SITEMAP, INDEX]), st.integers(0, 900))
def test_any_bytes_are_a_list_or_not(noise: bytes, text: str, at: int) -> None:
    data = text.encode()
    data = data[:at] + noise + data[at + len(noise) :]
    kind = kind_of(data) or "feed"
    try:
        found = read_listing(data, kind, "https://a.example/")
    except InputError:
        return
    for address in [*found.lists, *(entry.url for entry in found.entries if entry.url)]:
        assert address.startswith(("http://", "https://")) or address.lower().startswith(("http://", "https://"))
