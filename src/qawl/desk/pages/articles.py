"""The articles of the record, of one outlet or of all, the newest first."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from qawl.desk.asked import From, Maybe, Page, To, Words, beside, written
from qawl.desk.desk import TheDesk
from qawl.desk.formats import as_csv, as_json
from qawl.desk.rendering import address, merged, page
from qawl.desk.visitors import Reader
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.listing import Listed, articles
from qawl.record.showing import Filter

router = APIRouter(include_in_schema=False)

_ON_PAGE: Final = 50
_MOST: Final = 1000


@router.get("/articles")
def list_articles(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    outlet: Words = "",
    first: From = None,
    last: To = None,
    number: Page = 1,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _ON_PAGE,
    format: Maybe[Literal["json", "csv"]] = None,
) -> Response:
    """The list."""
    where = Filter(outlet or None, first, last)
    found = articles(desk.engine, where, limit=limit + 1, offset=(number - 1) * limit)
    more, found = len(found) > limit, found[:limit]
    if format == "json":
        return as_json([asdict(one) for one in found])
    if format == "csv":
        return as_csv("articles", list(Listed.__dataclass_fields__), (asdict(one).values() for one in found))
    o = tables.outlets.c
    with snapshot(desk.engine) as connection:
        outlets = connection.scalars(select(o.name).order_by(o.name)).all()
    asked = written({"outlet": outlet, "from": first, "to": last})
    prefix = desk.settings.prefix
    return page(
        request,
        "articles.html",
        asked=asked,
        found=found,
        outlets=outlets,
        formats={name: address(prefix, "/articles", **merged(asked, format=name)) for name in ("json", "csv")},
        **beside(asked if limit == _ON_PAGE else merged(asked, limit=limit), number, more),
    )
