"""What pages show, for programs: JSON, CSV for spreadsheets, Atom feeds (RFC 4287) to subscribe to.

A page has them at its own address with ``?format=``, and names them in its head (`templates/formats.html`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final, Literal
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import Request
from fastapi.responses import Response

from qawl.desk.rendering import address
from qawl.record.export.csv import table

#: What `?format=` may ask for.
Format = Literal["json", "csv", "atom"]

_ATOM: Final = "http://www.w3.org/2005/Atom"
#: What XML 1.0 has no way to write.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_TITLE: Final = 120
#: Feeds without an entry have not changed since then.
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def as_json(value: Any) -> Response:
    """A JSON value: of a list, the objects that the command prints with `--json`, one a line."""
    return Response(json.dumps(value, ensure_ascii=False), media_type="application/json")


def as_csv(name: str, head: Sequence[str], rows: Iterable[Iterable[Any]]) -> Response:
    """A table to be saved as `name`, an ASCII name without its ending; no cell of it that a spreadsheet could take for
    a formula."""
    disposition = f'attachment; filename="{name}.csv"'
    body = "".join(table(head, rows))
    return Response(body, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. `ref` is the public ID of what it is about: from it follows the entry's own, which is the
    same on every desk. `path` leads to it on the desk, `original` to the page as published; `published` is ISO 8601."""

    ref: str
    title: str
    text: str
    path: str
    published: str | None
    author: str | None = None
    original: str | None = None
    categories: Sequence[str] = ()


def as_atom(request: Request, title: str, entries: Sequence[Entry], path: str, query: Mapping[str, Any]) -> Response:
    """A feed of the page at this path of the desk with this query, its newest entry first."""
    base, prefix = base_of(request), request.app.state.desk.settings.prefix
    page = base + address(prefix, path, **query)
    times = [_moment(entry.published) for entry in entries]
    feed = Element("feed", xmlns=_ATOM)
    _text(feed, "id", urn(address("", path, **query)))
    _text(feed, "title", title)
    _text(feed, "updated", _written(max((moment for moment in times if moment), default=_NEVER)))
    _text(SubElement(feed, "author"), "name", "Qawl")
    _text(feed, "generator", "Qawl").set("version", _version())
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=_with_format(page))
    SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    for entry, moment in zip(entries, times, strict=True):
        one = SubElement(feed, "entry")
        _text(one, "id", urn(entry.ref))
        _text(one, "title", _short(entry.title))
        _text(one, "updated", _written(moment or _NEVER))
        if moment:
            _text(one, "published", _written(moment))
        _text(SubElement(one, "author"), "name", entry.author or "Qawl")
        SubElement(one, "link", rel="alternate", type="text/html", href=base + address(prefix, entry.path))
        if entry.original:
            SubElement(one, "link", rel="via", href=_clean(entry.original))
        for category in entry.categories:
            SubElement(one, "category", term=_clean(category))
        _text(one, "content", entry.text).set("type", "text")
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")
    return Response(body, media_type="application/atom+xml; charset=utf-8")


def base_of(request: Request) -> str:
    """Where the desk is reached from outside: scheme and host, without a slash at the end."""
    return f"{request.url.scheme}://{request.url.netloc}"


def urn(name: str) -> str:
    """An identifier that follows from a name and is the same wherever and whenever it is made."""
    return uuid5(NAMESPACE_URL, f"qawl:{name}").urn


def _with_format(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}format=atom"


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _clean(text)
    return child


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"


def _moment(published: str | None) -> datetime | None:
    """A date or time of publication as a point in time: a date counts from 00:00, what has no zone as UTC."""
    if not published:
        return None
    try:
        found = datetime.fromisoformat(published)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _written(moment: datetime) -> str:
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


@lru_cache(maxsize=1)
def _version() -> str:
    return version("qawl")
