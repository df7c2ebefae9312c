"""The people, bodies and states of the record: found by name, those who say most first."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request, Response

from qawl.desk.asked import From, Maybe, Page, To, Words, beside, written
from qawl.desk.countries import countries, country
from qawl.desk.desk import TheDesk
from qawl.desk.formats import as_csv, as_json
from qawl.desk.preferences import language_of
from qawl.desk.rendering import merged, page
from qawl.desk.visitors import Reader
from qawl.people.kinds import KINDS
from qawl.people.profiles import Person, people
from qawl.record.showing import Filter

router = APIRouter(include_in_schema=False)

_ON_PAGE: Final = 50
_MOST: Final = 1000


@router.get("/people")
def list_people(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    q: Words = "",
    kind: Maybe[Literal["person", "organization", "group", "place", "document", "office"]] = None,
    of: Words = "",
    first: From = None,
    last: To = None,
    number: Page = 1,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _ON_PAGE,
    format: Maybe[Literal["json", "csv"]] = None,
) -> Response:
    """The list; with `q` those of that name, who fits best first; `of` is the code of a state."""
    where = Filter(None, first, last)
    offset = (number - 1) * limit
    wanted = ("people", where, q, kind, of, limit, offset)
    found = desk.memory.of(
        desk.engine,
        wanted,
        lambda: people(desk.engine, where, named=q, kind=kind, country=of or None, limit=limit + 1, offset=offset),
    )
    more, found = len(found) > limit, found[:limit]
    if format == "json":
        return as_json([asdict(person) for person in found])
    if format == "csv":
        return as_csv("people", list(Person.__dataclass_fields__), (asdict(person).values() for person in found))
    asked = written({"q": q, "kind": kind, "of": of, "from": first, "to": last})
    language = language_of(request)
    states = {code: country(code, language) for person in found if (code := person.country)}
    return page(
        request,
        "people.html",
        asked=asked,
        found=found,
        most=max((person.statements for person in found), default=0),
        kinds=KINDS,
        states=states,
        countries=countries(language),
        offset=offset,
        **beside(asked if limit == _ON_PAGE else merged(asked, limit=limit), number, more),
    )
