"""What a page says of itself, in JSON-LD, microdata and meta elements: titles, outlet, authors, address, time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qawl.intake.dates import parse_date
from qawl.intake.page import squeezed

_ARTICLE_TYPE = re.compile(r"Article$|^BlogPosting$|^Report$|^LiveBlogPosting$")
_LARGEST = 1 << 20  # characters of one JSON-LD script, beyond which it is passed over
_NODES = 5000  # objects of JSON-LD that are looked at
_LONGEST_NAME = 100  # characters of an author's or outlet's name


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; None or empty where the page does not say. `titles` are what the page calls itself, the surest
    first; the last may have the outlet's name in it."""

    titles: tuple[str, ...]
    outlet: str | None
    authors: tuple[str, ...]
    canonical_url: str | None
    published: datetime | date | None


def page_metadata(tree: LexborHTMLParser, url: str | None = None) -> Metadata:
    """Read a page's metadata. `url` is where it was found: relative addresses start from it, and a canonical address on
    another site is not believed, so that nobody can pass a page off as another outlet's."""
    linked = _json_ld(tree)
    title = tree.css_first("title")
    titles = [
        _text(linked.get("headline")),
        _microdata(tree, "headline"),
        _meta(tree, "og:title"),
        _meta(tree, "twitter:title"),
        title.text() if title is not None else None,
    ]
    return Metadata(
        titles=tuple(dict.fromkeys(squeezed(found) for found in titles if found and found.strip())),
        outlet=_name(_meta(tree, "og:site_name"))
        or _name(linked.get("publisher"))
        or _name(_microdata(tree, "publisher"))
        or _name(_meta(tree, "application-name")),
        authors=_authors(tree, linked),
        canonical_url=_canonical(tree, linked, url),
        published=_published(tree, linked),
    )


def _json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first object of JSON-LD that is an article; empty where there is none."""
    left = _NODES
    for script in tree.css('script[type="application/ld+json"]'):
        text = script.text()
        if len(text) > _LARGEST:
            continue
        try:
            # Many pages have line breaks inside their strings, which strict JSON forbids.
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        pending: list[Any] = [value]
        while pending and left > 0:
            left -= 1
            item = pending.pop()
            if isinstance(item, list):
                pending.extend(reversed(item))
            elif isinstance(item, dict):
                kinds = item.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in kinds):
                    return item
                pending.extend(item[key] for key in ("mainEntity", "@graph") if key in item)
    return {}


def _authors(tree: LexborHTMLParser, linked: dict[str, Any]) -> tuple[str, ...]:
    candidates: tuple[list[str], ...] = (
        list(_names(linked.get("author"))),
        [name for node in tree.css('[itemprop="author"]')[:20] if (name := _item(node))],
        [value for name in ("author", "article:author") for value in _metas(tree, name)],
        [node.text() for node in tree.css('a[rel="author"]')[:20]],
    )
    for names in candidates:
        found = [name for name in map(_name, names) if name and "://" not in name]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _names(value: Any) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:20]:
        if name := _name(item):
            yield name


def _name(value: Any) -> str | None:
    """The name in a string, or in an object that has one."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    text = squeezed(value) if isinstance(value, str) else ""
    return text if 0 < len(text) <= _LONGEST_NAME else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _microdata(tree: LexborHTMLParser, name: str) -> str | None:
    node = tree.css_first(f'[itemprop="{name}"]')
    return _item(node) if node is not None else None


def _item(node: LexborNode) -> str | None:
    """The value of an item: its content, else the name below it, else its text."""
    below = node.css_first('[itemprop="name"]')
    for found in (node, below) if below is not None else (node,):
        if content := found.attributes.get("content"):
            return squeezed(content)
    return squeezed((below if below is not None else node).text()) or None


def _canonical(tree: LexborHTMLParser, linked: dict[str, Any], url: str | None) -> str | None:
    entity = linked.get("mainEntityOfPage")
    candidates = (
        _attribute(tree, 'link[rel="canonical"]', "href"),
        _meta(tree, "og:url"),
        _text(entity.get("@id") if isinstance(entity, dict) else entity),
        _text(linked.get("url")),
    )
    for candidate in candidates:
        if not candidate:
            continue
        try:
            found = urljoin(url or "", candidate)
            parts = urlsplit(found)
            host, own = parts.hostname, urlsplit(url).hostname if url else None
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or not host:
            continue
        # The front page is no article's address: many pages give it for their own by mistake.
        at_front = parts.path in {"", "/"} and not parts.query
        if (own is None and not at_front) or (own is not None and _same_site(host, own) and not at_front):
            return found
    return None


def _same_site(one: str, other: str) -> bool:
    """Do the names differ by nothing but names before them (www., m., amp.)?"""
    return one == other or one.endswith("." + other) or other.endswith("." + one) or _bare(one) == _bare(other)


def _bare(host: str) -> str:
    first, _, rest = host.partition(".")
    return rest if first in {"www", "m", "mobile", "amp", "arabic", "ar"} and "." in rest else host


def _published(tree: LexborHTMLParser, linked: dict[str, Any]) -> datetime | date | None:
    candidates = (
        _text(linked.get("datePublished")),
        _meta(tree, "article:published_time"),
        _attribute(tree, '[itemprop="datePublished"]', "content"),
        _attribute(tree, '[itemprop="datePublished"]', "datetime"),
        *(
            _meta(tree, name)
            for name in ("pubdate", "publishdate", "date", "DC.date.issued", "dc.date", "cXenseParse:recs:publishtime")
        ),
        _attribute(tree, "time[datetime]", "datetime"),
    )
    for value in candidates:
        try:
            found = parse_date(value)
        except (ValueError, OverflowError, OSError):
            continue
        if found is not None:
            return found
    return None


def _meta(tree: LexborHTMLParser, name: str) -> str | None:
    return next(_metas(tree, name), None)


def _metas(tree: LexborHTMLParser, name: str) -> Iterator[str]:
    for key in ("property", "name"):
        for node in tree.css(f'meta[{key}="{name}"]'):
            if content := squeezed(node.attributes.get("content") or ""):
                yield content


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    value = node.attributes.get(name) if node is not None else None
    return value.strip() or None if value else None
