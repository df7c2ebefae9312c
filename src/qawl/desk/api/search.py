"""Search."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request

from qawl.desk.api.forms import Found
from qawl.desk.api.paging import Cursor, Limit, Page, after_this, start
from qawl.desk.api.routing import Answer
from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Reader
from qawl.people.searching import meant
from qawl.record.engine import snapshot
from qawl.record.search import find
from qawl.record.search.query import QueryError, parse
from qawl.statement import Act, Form

router = APIRouter(tags=["search"], route_class=Answer)

Name = Annotated[str | None, Query(max_length=200)]
Who = Annotated[str | None, Query(max_length=200, description="words of a name, or a public ID such as e-3bd9nv67ta")]


@router.get("/search", summary="Search statements")
def search(
    request: Request,
    visitor: Reader,
    desk: TheDesk,
    q: Annotated[
        str,
        Query(
            max_length=2000,
            description='words in any inflection; "in this order"; -without; begin*',
            examples=["سعر التذكرة"],
        ),
    ] = "",
    speaker: Who = None,
    outlet: Name = None,
    first: Annotated[date | None, Query(alias="from", description="published on that day or later")] = None,
    last: Annotated[date | None, Query(alias="to", description="published on that day or earlier")] = None,
    act: Act | None = None,
    form: Form | None = None,
    about: Who = None,
    limit: Limit = 20,
    after: Annotated[Cursor, Query(alias="cursor")] = None,
) -> Page[Found]:
    """Statements with these words, of these speakers, outlets and days. Those come first in whose own words all was
    found, and of these the newest."""
    offset = start(request, after)
    filters = find.Filters(speaker, outlet, first, last, act, about, form)
    try:
        with snapshot(desk.engine) as connection:
            found = find.search(connection, parse(q), meant(connection, filters), limit=limit, offset=offset)
    except QueryError as error:
        raise HTTPException(422, f"q: {error}") from None
    results = [Found.model_validate(result.to_json()) for result in found.results]
    return Page(items=results, next=after_this(request, found.more, offset + limit))
