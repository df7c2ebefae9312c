"""What a person says on a subject, in the order of time, and where it differs from what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from qawl.compare.line import Line, Said, Within, line
from qawl.compare.subjects import named, subject
from qawl.compare.turns import Turn
from qawl.compare.words import Place
from qawl.desk.asked import From, Maybe, Page, To, Words, beside, written
from qawl.desk.desk import TheDesk
from qawl.desk.formats import as_csv, as_json
from qawl.desk.rendering import address, merged, page
from qawl.desk.visitors import Reader
from qawl.people.anchors import from_ref
from qawl.people.profiles import Counted, spoken_about
from qawl.record.engine import snapshot
from qawl.record.search.query import QueryError

router = APIRouter(include_in_schema=False)

_ON_PAGE: Final = 60  # stretches
_SUBJECTS: Final = 24  # that are offered where none is asked for
_HEAD: Final = (
    *("id", "day", "dated", "stretch", "act", "polarity", "firmness", "hedge", "cue", "text", "outlets"),
    *("differs_from", "kind", "score", "earlier_day", "earlier_text"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the page shows it: where its outlets have it, and what it differs from."""

    said: Said
    places: tuple[tuple[str | None, tuple[Place, ...]], ...]
    turn: Turn | None
    earlier: Said | None


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch: its first entry and those that differ from something earlier, and `again` what says the same again."""

    shown: tuple[Shown, ...]
    again: tuple[Shown, ...]


@router.get("/people/{ref}/line")
def show_line(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    ref: str,
    about: Words = "",
    entity: Words = "",
    outlet: Words = "",
    first: From = None,
    last: To = None,
    turns: bool = False,
    number: Page = 1,
    format: Maybe[Literal["json", "csv"]] = None,
) -> Response:
    """The line; with `turns` only where a statement differs from an earlier one. `entity` is the ID of the subject that
    the form showed by its name: it holds while the name stays what it was."""
    path = f"/people/{ref}/line"
    asked = written({"about": about, "outlet": outlet, "from": first, "to": last, "turns": "1" if turns else ""})
    if from_ref(ref) is None:
        return RedirectResponse(address(desk.settings.prefix, "/people", q=ref), 303)
    found: Line | None = None
    wrong = ""
    subjects: tuple[Counted, ...] = ()
    with snapshot(desk.engine) as connection:
        person = named(connection, ref)
        if person.ref != ref:
            return RedirectResponse(address(desk.settings.prefix, f"/people/{person.ref}/line", **asked), 301)
        if about and from_ref(entity) is not None and named(connection, entity).name == about:
            about = asked["about"] = entity
        if about:
            try:
                found = line(connection, person, subject(connection, about), Within(outlet or None, first, last))
            except QueryError as error:
                wrong = str(error)
        if found is None or not found.said:
            subjects = spoken_about(connection, person.id, most=_SUBJECTS)
    if found is not None and format == "json":
        return as_json(found.to_json(only_turns=turns))
    if found is not None and format == "csv":
        return as_csv(f"line-{ref}", _HEAD, _rows(found, only_turns=turns))
    folded = _folded(found, turns) if found is not None else []
    on_page = folded[(number - 1) * _ON_PAGE : number * _ON_PAGE]
    return page(
        request,
        "line.html",
        422 if wrong else 200,
        who=person,
        path=path,
        asked=asked,
        found=found,
        wrong=wrong,
        subjects=subjects,
        stretches=on_page,
        outlets=sorted({p.outlet for s in found.said for p in s.places if p.outlet}) if found else [],
        formats={name: address(desk.settings.prefix, path, **merged(asked, format=name)) for name in ("json", "csv")},
        **beside(asked, number, number * _ON_PAGE < len(folded)),
    )


def _folded(found: Line, only_turns: bool) -> list[Folded]:
    turns = {turn.later: turn for turn in found.turns}
    stretches = []
    for stretch in found.stretches:
        entries = [_shown(found, at, turns.get(at)) for at in range(stretch.first, stretch.last)]
        first = () if only_turns else entries[:1]
        shown = (*first, *(entry for entry in entries[len(first) :] if entry.turn))
        again = () if only_turns else tuple(entry for entry in entries[1:] if not entry.turn)
        if shown:
            stretches.append(Folded(shown, again))
    return stretches


def _shown(found: Line, at: int, turn: Turn | None) -> Shown:
    said = found.said[at]
    # An outlet's day once, although its headline has the statement too, or a second article.
    outlets: dict[str | None, dict[str, Place]] = {}
    for place in sorted(said.places, key=lambda place: (place.day or "", place.article)):
        outlets.setdefault(place.outlet, {}).setdefault(place.day or place.ref, place)
    places = tuple((outlet, tuple(some.values())) for outlet, some in outlets.items())
    return Shown(said, places, turn, found.said[turn.earlier] if turn else None)


def _rows(found: Line, *, only_turns: bool) -> list[tuple[Any, ...]]:
    rows = []
    for entry in found.to_json(only_turns=only_turns):
        turn = entry["differs_from"] or {}
        outlets = tuple(dict.fromkeys(place["outlet"] or "" for place in entry["places"]))
        own = (outlets if name == "outlets" else entry[name] for name in _HEAD[:11])
        rows.append((*own, *(turn.get(name) for name in ("id", "kind", "score", "day", "text"))))
    return rows
