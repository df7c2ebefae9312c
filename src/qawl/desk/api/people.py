"""People, bodies and states: a list, one of them, and what one says on a subject."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request

from qawl.compare import line as lines
from qawl.compare.subjects import named, subject
from qawl.desk.api.forms import Line, LineEntry, Person, Profile
from qawl.desk.api.paging import Cursor, Limit, Page, after_this, start
from qawl.desk.api.routing import Answer
from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Reader
from qawl.people import profiles
from qawl.record.engine import snapshot
from qawl.record.search.query import QueryError
from qawl.record.showing import Filter

router = APIRouter(tags=["people"], route_class=Answer)

Who = Annotated[str, Path(max_length=200, description="a public ID, or a name that means one alone")]
From = Annotated[date | None, Query(alias="from", description="that day or later")]
To = Annotated[date | None, Query(alias="to", description="that day or earlier")]
Outlet = Annotated[str | None, Query(max_length=200, description="its name as the record has it")]


@router.get("/people", summary="List people")
def people(
    request: Request,
    visitor: Reader,
    desk: TheDesk,
    q: Annotated[str, Query(max_length=200, description="words that are all in one of the names")] = "",
    kind: Literal["person", "organization", "group", "place", "document", "office"] | None = None,
    country: Annotated[str | None, Query(max_length=6, description="ISO 3166")] = None,
    outlet: Outlet = None,
    first: From = None,
    last: To = None,
    limit: Limit = 20,
    after: Annotated[Cursor, Query(alias="cursor")] = None,
) -> Page[Person]:
    """Those who make most statements first; with a span of days or an outlet, counted within it."""
    offset = start(request, after)
    found = profiles.people(
        desk.engine,
        Filter(outlet, first, last),
        named=q,
        kind=kind,
        country=country,
        limit=limit + 1,
        offset=offset,
    )
    items = [Person.model_validate(asdict(person)) for person in found[:limit]]
    return Page(items=items, next=after_this(request, len(found) > limit, offset + limit))


@router.get("/people/{who}", summary="One of them")
def person(
    who: Who, visitor: Reader, desk: TheDesk, most: Annotated[int, Query(ge=1, le=100, description="of each")] = 10
) -> Profile:
    """Names, offices over time, outlets, acts, subjects, latest statements."""
    return Profile.model_validate(asdict(profiles.profile(desk.engine, who, most=most)))


@router.get("/people/{who}/line", summary="What one says on a subject")
def line(
    who: Who,
    visitor: Reader,
    desk: TheDesk,
    about: Annotated[str, Query(min_length=1, max_length=200, description="somebody, words, or @ and a saved search")],
    outlet: Outlet = None,
    first: From = None,
    last: To = None,
) -> Line:
    """What a person says on a subject in the order in which it was said, with the turns marked."""
    try:
        with snapshot(desk.engine) as connection:
            person = named(connection, who)
            found = lines.line(connection, person, subject(connection, about), lines.Within(outlet, first, last))
    except QueryError as error:
        raise HTTPException(422, f"about: {error}") from None
    entries = [LineEntry.model_validate(entry) for entry in found.to_json()]
    return Line(person=person.ref, about=found.subject.words, entries=entries)
