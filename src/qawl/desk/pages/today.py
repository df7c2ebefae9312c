"""Today: what was said since yesterday, or in a span of days; and a box to read something at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine

from qawl.compare.turning import Turning, turning
from qawl.compare.versions import Carried, Wanted, most_carried, speaking
from qawl.desk.asked import From, To
from qawl.desk.desk import TheDesk
from qawl.desk.pages.spans import Span, span_of
from qawl.desk.rendering import page
from qawl.desk.visitors import Reader
from qawl.people.finding import Someone, speakers_of
from qawl.people.profiles import Person, newcomers, people
from qawl.record.engine import snapshot
from qawl.record.showing import Brief, Filter, Volume, briefs, volume

router = APIRouter(include_in_schema=False)

_PEOPLE: Final = 12
_CARRIED: Final = 8
_TURNS: Final = 5
_NEW: Final = 10


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement that several outlets carry, in the words of one of them; who it is that speaks."""

    carried: Carried
    brief: Brief
    person: Someone | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What was said in a span of days."""

    volume: Volume
    speakers: Sequence[Person]
    carried: Sequence[Heard]
    turns: Sequence[Turning]
    newcomers: Sequence[Person]


@router.get("/")
def today(request: Request, desk: TheDesk, visitor: Reader, since: From = None, until: To = None) -> Response:
    """The first page of the desk."""
    with snapshot(desk.engine) as connection:
        span = span_of(connection, since, until)
    found = desk.memory.of(desk.engine, ("today", span.first, span.last), lambda: summary(desk.engine, span))
    most = max((person.statements for person in found.speakers), default=0)
    return page(request, "today.html", span=span, found=found, most=most)


def summary(engine: Engine, span: Span) -> Summary:
    """What was said in a span of days."""
    where = Filter(first=span.first, last=span.last)
    # Before the connection below: who holds one while waiting for another may wait for ever.
    speakers = [person for person in people(engine, where, limit=_PEOPLE) if person.statements]
    with snapshot(engine) as connection:
        groups = most_carried(connection, Wanted(span.first, span.last), _CARRIED, outlets=2)
        ids = speaking(connection, groups)
        told = briefs(connection, list(ids.values()))
        who = speakers_of(connection, ids.values())
        return Summary(
            volume(connection, where),
            speakers,
            [Heard(group, told[id], who.get(id)) for group in groups if (id := ids.get(group.id)) in told],
            turning(connection, span.first, span.last, _TURNS),
            newcomers(connection, span.first, span.last, _NEW),
        )
