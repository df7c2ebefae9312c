"""Lists of articles on the web: RSS, Atom and JSON feeds, OPML lists of feeds, sitemaps. From bytes to what they list;
nothing is fetched here, and no XML entity is ever resolved."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
import feedparser
from defusedxml.common import DefusedXmlException

from qawl.intake.dates import parse_date
from qawl.intake.errors import InputError

Kind = Literal["feed", "opml", "sitemap"]

_HEAD = 4096  # bytes in which the first element of a file must stand
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_KINDS: dict[str, Kind] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_LONGEST_TITLE = 1000  # characters; what is longer is none
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")  # what no database keeps
_MOST = 100_000  # entries or addresses of one file that are looked at


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a list names. Empty or None where the list does not say; `html` is the text that a feed carries
    itself."""

    url: str | None
    id: str = ""
    title: str = ""
    published: datetime | date | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    html: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a file lists: articles, and other lists."""

    entries: tuple[Entry, ...] = ()
    lists: tuple[str, ...] = ()
    title: str | None = None


def kind_of(data: bytes) -> Kind | None:
    """What kind of list these bytes are, by their first element; None for anything else."""
    head = data[:_HEAD]
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if head.startswith(mark):
            text = head.decode(encoding, "ignore")
            break
    else:
        text = head.decode("latin-1")
    at = 0
    while match := _BEFORE_ROOT.match(text, at):
        at = match.end()
    if root := _ROOT.match(text, at):
        return _KINDS.get(root[1].lower())
    return "feed" if text.startswith("{", at) and "jsonfeed.org/version" in text else None


def read_listing(data: bytes, kind: Kind, url: str | None = None, charset: str | None = None) -> Listing:
    """What a feed, OPML list or sitemap lists. `url` is where it was found: relative addresses start from it.

    Raises InputError where it cannot be read.
    """
    if kind == "opml":
        return Listing(lists=tuple(_addresses(_xml(data).iter("outline"), url)))
    if kind == "sitemap":
        return _sitemap(_xml(data), url)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    return _feed(data, url, charset)


def _xml(data: bytes) -> Element:
    try:
        root = defusedxml.ElementTree.fromstring(data, forbid_entities=True, forbid_external=True)
    except (ParseError, ValueError, LookupError) as error:
        text = (
            f"XML with entities, which are not resolved ({error})" if isinstance(error, DefusedXmlException) else error
        )
        raise InputError(f"no XML that can be read: {str(text)[:200]}") from None
    assert isinstance(root, Element)
    return root


def _addresses(outlines: Iterator[Element], url: str | None) -> Iterator[str]:
    seen = set()
    for outline in outlines:
        found = _address(next((v for k, v in outline.attrib.items() if k.lower() == "xmlurl"), None), url)
        if found and found not in seen:
            seen.add(found)
            yield found


def _sitemap(root: Element, url: str | None) -> Listing:
    entries: list[Entry] = []
    lists: list[str] = []
    for item in root:
        if _local(item) not in {"url", "sitemap"}:
            continue
        values: dict[str, str] = {}
        for element in item.iter():
            if element.text and element.text.strip():
                values.setdefault(_local(element), element.text.strip())
        address = _address(values.get("loc"), url)
        if address is None:
            continue
        if _local(item) == "sitemap":
            lists.append(address)
        else:
            # `lastmod` is when the page was changed, which need not be when it was published.
            entries.append(
                Entry(
                    address,
                    title=values.get("title", ""),
                    published=_date(values.get("publication_date")),
                    outlet=values.get("name"),
                )
            )
    return Listing(tuple(entries), tuple(lists))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _feed(data: bytes, url: str | None, charset: str | None) -> Listing:
    headers = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    if url:
        headers["content-location"] = url
    # From a stream, since feedparser takes bytes for the name of a file or an address where they look like one.
    try:
        found = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it raises whatever its many parts raise
        raise InputError(f"no feed that can be read: {type(error).__name__}: {str(error)[:200]}") from None
    if not found.entries and not found.feed.get("title"):
        raise InputError(f"no feed that can be read: {str(found.get('bozo_exception') or 'nothing in it')[:200]}")
    title = _plain(found.feed.get("title"))
    entries = tuple(_entry(item, url, title) for item in found.entries[:_MOST])
    return Listing(entries, title=title or None)


def _entry(item: Any, url: str | None, outlet: str) -> Entry:
    contents = [content.get("value") or "" for content in item.get("content", ())]
    names = [author.get("name") or "" for author in item.get("authors", ())] or [item.get("author") or ""]
    return Entry(
        _address(item.get("link"), url),
        id=str(item.get("id") or ""),
        title=_plain(item.get("title")),
        published=_date(item.get("published")) or _date(dict.get(item, "updated")),
        outlet=outlet or None,
        authors=tuple(dict.fromkeys(name for name in map(_plain, names) if name)),
        html=max(contents, key=len, default=""),
    )


def _json_feed(data: bytes, url: str | None) -> Listing:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON feed that can be read: {str(error)[:200]}") from None
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise InputError("no JSON feed: it has no list of items")
    outlet = _plain(value.get("title")) or None
    entries = []
    for item in items[:_MOST]:
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") or [item.get("author")]
        names = (
            [_plain(author.get("name")) for author in authors if isinstance(author, dict)]
            if isinstance(authors, list)
            else []
        )
        entries.append(
            Entry(
                _address(item.get("url"), url),
                id=str(item.get("id") or ""),
                title=_plain(item.get("title")),
                published=_date(item.get("date_published")),
                outlet=outlet,
                authors=tuple(name for name in names if name),
                html=text if isinstance(text := item.get("content_html"), str) else "",
            )
        )
    return Listing(tuple(entries), title=outlet)


def _address(value: object, base: str | None) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        found = urljoin(base or "", value.strip())
        return found if urlsplit(found).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _date(value: object) -> datetime | date | None:
    try:
        return parse_date(value)
    except (ValueError, OverflowError, OSError):
        return None


def _plain(value: object) -> str:
    text = _NO_CHARACTER.sub("\ufffd", " ".join(value.split())) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST_TITLE else ""
