"""Articles: a list, and one with its statements."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from qawl.desk.api.forms import ArticleLine, ArticleWithStatements
from qawl.desk.api.paging import Cursor, Limit, Page, after_this, start
from qawl.desk.api.routing import Answer
from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Reader
from qawl.record import listing, showing

router = APIRouter(tags=["articles"], route_class=Answer)


@router.get("/articles", summary="List articles")
def articles(
    request: Request,
    visitor: Reader,
    desk: TheDesk,
    outlet: Annotated[str | None, Query(max_length=200, description="its name as the record has it")] = None,
    first: Annotated[date | None, Query(alias="from", description="published on that day or later")] = None,
    last: Annotated[date | None, Query(alias="to", description="published on that day or earlier")] = None,
    limit: Limit = 20,
    after: Annotated[Cursor, Query(alias="cursor")] = None,
) -> Page[ArticleLine]:
    """The articles of the record in their latest versions, those published last first."""
    offset = start(request, after)
    found = listing.articles(desk.engine, showing.Filter(outlet, first, last), limit=limit + 1, offset=offset)
    lines = [ArticleLine.model_validate(asdict(one)) for one in found[:limit]]
    return Page(items=lines, next=after_this(request, len(found) > limit, offset + limit))


@router.get("/articles/{id}", summary="One article")
def article(id: Annotated[int, Path(ge=1, lt=2**62)], visitor: Reader, desk: TheDesk) -> ArticleWithStatements:
    """An article as published, with the statements of its current reading as people decided."""
    return ArticleWithStatements.model_validate(showing.to_json(*showing.article(desk.engine, id)))
