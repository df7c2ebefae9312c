"""Where the record comes from: the outlets, and the feeds that are followed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response

from qawl.desk.asked import From, Maybe, To, written
from qawl.desk.desk import TheDesk
from qawl.desk.formats import as_csv, as_json
from qawl.desk.rendering import address, linkable, merged, page
from qawl.desk.visitors import Reader
from qawl.record.feeds import Feed, feeds
from qawl.record.showing import Filter, Published, outlets

router = APIRouter(include_in_schema=False)

#: What is told of a feed; the rest is for whoever asks it.
_OF_A_FEED: Final = ("url", "title", "checked_at", "next_at", "failures", "last_error")


@router.get("/sources")
def show_sources(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    first: From = None,
    last: To = None,
    of: Maybe[Literal["outlets", "feeds"]] = None,
    format: Maybe[Literal["json", "csv"]] = None,
) -> Response:
    """Outlets and feeds; for programs those of `of`, outlets where nothing is said."""
    if format is not None and of == "feeds":
        rows = [_told(feed) for feed in feeds(desk.engine)]
        return as_json(rows) if format == "json" else as_csv("feeds", _OF_A_FEED, (row.values() for row in rows))
    where = Filter(None, first, last)
    found = desk.memory.of(desk.engine, ("outlets", where), lambda: outlets(desk.engine, where))
    if format == "json":
        return as_json([asdict(one) for one in found])
    if format == "csv":
        return as_csv("outlets", list(Published.__dataclass_fields__), (asdict(one).values() for one in found))
    asked = written({"from": first, "to": last})
    prefix = desk.settings.prefix
    return page(
        request,
        "sources.html",
        asked=asked,
        outlets=found,
        feeds=[(feed, linkable(feed.url)) for feed in feeds(desk.engine)],
        formats={name: address(prefix, "/sources", **merged(asked, format=name)) for name in ("json", "csv")},
        feed_formats={name: address(prefix, "/sources", of="feeds", format=name) for name in ("json", "csv")},
    )


def _told(feed: Feed) -> dict[str, Any]:
    return {name: getattr(feed, name) for name in _OF_A_FEED}
