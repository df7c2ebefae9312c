"""One statement in all outlets that report it, side by side; and where outlets differ most in a span of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import Engine

from qawl.compare.drift import Drift
from qawl.compare.drifting import drifting
from qawl.compare.lists import KINDS, Kind
from qawl.compare.versions import Wanted, group_of, load_versions
from qawl.compare.wording import collate
from qawl.desk.asked import From, To
from qawl.desk.desk import TheDesk
from qawl.desk.pages.spans import span_of
from qawl.desk.rendering import linkable, page
from qawl.desk.visitors import Reader
from qawl.pages.side_by_side import Column, column
from qawl.people.finding import speakers_of
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError

router = APIRouter(include_in_schema=False)

#: Versions that are shown unfolded, and differences that the table has, unless all are asked for.
UNFOLDED: Final = 6
DIFFERENCES: Final = 12
_LISTED: Final = 20  # statements on the page of those that differ most


@router.get("/versions/{ref}")
def versions(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    ref: str,
    whole: Annotated[str | None, Query(alias="all")] = None,
    format: str = "",
) -> Response:
    """A statement in all its versions, the fullest first; with `all`, with every difference."""
    with snapshot(desk.engine) as connection:
        ids = group_of(connection, ref)
        found = load_versions(connection, ids)
        person = next(iter(speakers_of(connection, ids).values()), None)
    if not found:
        raise RecordError(f"{ref}: people judged it wrong, or nothing of what was said is there")
    collation = collate(found.values())
    if format == "json":
        return JSONResponse([collation.to_json()])
    contrasts = collation.contrasts()
    shown = contrasts if whole is not None else contrasts[:DIFFERENCES]
    return page(
        request,
        "versions.html",
        ref=ref,
        columns=[column(collation, n) for n in range(len(collation.versions))],
        reports=len(found),
        outlets=len({place.outlet for version in collation.versions for place in version.places}),
        person=person,
        contrasts=shown,
        left=len(contrasts) - len(shown),
        unfolded=len(collation.versions) if whole is not None else UNFOLDED,
        kinds=collation.kinds,
        link=linkable,
    )


@router.get("/drift")
def drift(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    since: From = None,
    until: To = None,
    outlet: str = "",
    format: str = "",
) -> Response:
    """The statements said in a span of days whose versions differ most."""
    name = outlet.strip() or None
    with snapshot(desk.engine) as connection:
        span = span_of(connection, since, until)
        wanted = Wanted(span.first, span.last, name)
        if format == "json":
            return JSONResponse([one.to_json() for one in drifting(connection, wanted, _LISTED).drifts])
    found = desk.memory.of(desk.engine, ("drift", wanted), lambda: _drifting(desk.engine, wanted))
    return page(request, "drift.html", span=span, outlet=name or "", found=found, kinds=found.kinds)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What a list says of a statement whose versions differ: the two that are farthest apart, and in what kinds."""

    ref: str
    speaker: str | None
    statements: int
    outlets: int
    day: str | None
    kinds: Sequence[Kind]
    sides: Sequence[Column]


@dataclass(frozen=True, slots=True)
class _Drifting:
    """A page of them: among how many they were found, and how many were not looked at."""

    pairs: Sequence[_Pair]
    compared: int
    left: int
    kinds: Sequence[Kind]


def _drifting(engine: Engine, wanted: Wanted) -> _Drifting:
    with snapshot(engine) as connection:
        found = drifting(connection, wanted, _LISTED)
    pairs = [_pair(one) for one in found.drifts]
    met = {kind for pair in pairs for kind in pair.kinds}
    listed = [kind for kind in KINDS if kind in met]
    return _Drifting(pairs, found.compared, found.left, listed)


def _pair(one: Drift) -> _Pair:
    versions = one.collation.versions
    places = [place for version in versions for place in version.places]
    two = collate(versions[n] for n in one.farthest)
    return _Pair(
        ref=versions[0].place.ref,
        speaker=versions[0].place.speaker,
        statements=len(places),
        outlets=len({place.outlet for place in places}),
        day=min((place.day for place in places if place.day), default=None),
        kinds=one.collation.kinds,
        sides=[column(two, n) for n in range(len(two.versions))],
    )
