"""One person, body or state: names, offices over time, what it says and about whom, and who speaks about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from qawl.desk.asked import Maybe
from qawl.desk.countries import country
from qawl.desk.desk import TheDesk
from qawl.desk.formats import as_csv, as_json
from qawl.desk.languages import Catalogue, Language, catalogue
from qawl.desk.pictures import bars
from qawl.desk.preferences import language_of
from qawl.desk.rendering import address, page
from qawl.desk.visitors import Reader
from qawl.people.anchors import from_ref
from qawl.people.profiles import OfficeHeld, Person, Profile, doubts, profile
from qawl.record.citing import ENGLISH_MONTHS, MONTHS

router = APIRouter(include_in_schema=False)

_MOST: Final = 40  # lines of a kind
_DOUBTS: Final = 3  # of whom it is asked whether they are the same
#: Acts that have a colour of their own in the picture; the others are one, or nobody could tell them apart.
_ACTS: Final = 6
#: Months that a picture has room for; of more, years are shown.
_MONTHS: Final = 72
#: Where the items of identifiers are described.
_DESCRIBED: Final = {"wikidata": "https://www.wikidata.org/wiki/"}


class Held(NamedTuple):
    """An office with its place on the time line of all, 0 to 1; none without days."""

    office: OfficeHeld
    start: float
    length: float
    dated: bool


@router.get("/people/{ref}")
def show_person(
    request: Request, desk: TheDesk, visitor: Reader, ref: str, format: Maybe[Literal["json", "csv"]] = None
) -> Response:
    """The page of one of them; an ID that was given once leads to the one of today, and a name to those who bear it."""
    prefix = desk.settings.prefix
    if from_ref(ref) is None:
        return RedirectResponse(address(prefix, "/people", q=ref), 303)
    found = desk.memory.of(desk.engine, ("person", ref), lambda: profile(desk.engine, ref, most=_MOST))
    if found.person.ref != ref:
        return RedirectResponse(address(prefix, f"/people/{found.person.ref}", **request.query_params), 301)
    if format == "json":
        return as_json(asdict(found))
    if format == "csv":
        return as_csv(f"person-{ref}", ("section", "ref", "name", "number"), _rows(found))
    language = language_of(request)
    return page(
        request,
        "person.html",
        found=found,
        who=found.person,
        country=country(found.person.country, language) if found.person.country else "",
        identifiers=[(source, id, _described(source, id)) for source, id in found.identifiers.items()],
        offices=_held(found.offices),
        states={o.of: country(o.of, language) for o in found.offices if o.of and _is_code(o.of)},
        picture=_picture(found, language, prefix),
        span=_span(found.offices),
        maybe=_maybe(desk, ref) if visitor.may("editor") else [],
    )


def _maybe(desk: TheDesk, ref: str) -> list[tuple[Person, int]]:
    """Who may be the same, as far as is not decided: the others, with how likely it is in hundredths."""
    found = doubts(desk.engine, of=ref, limit=_DOUBTS)
    return [(pair.other if pair.one.ref == ref else pair.one, min(99, int(pair.score * 100))) for pair in found]


def _rows(found: Profile) -> list[tuple[Any, ...]]:
    """All that is counted, in one table."""
    rows: list[tuple[Any, ...]] = []
    for section in ("names", "outlets", "acts", "about", "spoken_of_by"):
        rows += [(section, one.ref, one.name, one.number) for one in getattr(found, section)]
    rows += [(f"month {m.month}".strip(), None, act, number) for m in found.months for act, number in m.acts.items()]
    rows += [(f"office {o.first or ''} {o.last or ''}".strip(), o.of, o.title, o.articles) for o in found.offices]
    return rows


def _described(source: str, id: str) -> str:
    return f"{_DESCRIBED[source]}{id}" if source in _DESCRIBED and id.isalnum() else ""


def _is_code(of: str) -> bool:
    return of.isascii() and of.replace("-", "").isupper()


def _span(offices: Sequence[OfficeHeld]) -> tuple[str, str] | None:
    """The first and the last day of all offices; None without any."""
    days = [day for office in offices for day in (office.first, office.last) if day]
    return (min(days), max(days)) if days else None


def _held(offices: Sequence[OfficeHeld]) -> list[Held]:
    """Offices, those that were given last first, along one time line."""
    span = _span(offices)
    if span is None:
        return [Held(office, 0, 0, False) for office in offices]
    start, end = (date.fromisoformat(day).toordinal() for day in span)
    whole = max(1, end - start)
    found = []
    for office in offices:
        if office.first and office.last:
            first, last = (date.fromisoformat(day).toordinal() for day in (office.first, office.last))
            found.append(Held(office, (first - start) / whole, (last - first) / whole, True))
        else:
            found.append(Held(office, 0, 0, False))
    return found


def _picture(found: Profile, language: Language, prefix: str) -> Markup | None:
    """Statements by month and act; by year, where there are too many months. None without two dated statements."""
    months = [month for month in found.months if month.month]
    if not months:
        return None
    words = catalogue(language)
    names = [act.name for act in found.acts]
    own, others = names[:_ACTS], names[_ACTS:]
    periods = _months(months[0].month, months[-1].month)
    length = 7
    if len(periods) > _MONTHS:
        periods, length = sorted({period[:4] for period in periods}), 4
    counts: dict[str, dict[str, int]] = {period: {} for period in periods}
    for month in months:
        kept = counts[month.month[:length]]
        for act, number in month.acts.items():
            name = act if act in own else "other"
            kept[name] = kept.get(name, 0) + number
    series = [(f"act-{act}", words.say(f"act-{act}"), [counts[p].get(act, 0) for p in periods]) for act in own]
    if others:
        series.append(("act-other", words.say("person-other-acts"), [counts[p].get("other", 0) for p in periods]))
    return bars(
        [_label(period, words) for period in periods],
        series,
        title=words.say("person-by-month" if length == 7 else "person-by-year"),
        language=language,
        links=[
            address(prefix, "/search", speaker=found.person.ref, **dict(zip(("from", "to"), _days(p), strict=True)))
            for p in periods
        ],
    )


def _months(first: str, last: str) -> list[str]:
    """All months from the first to the last, both ``2024-03``."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, end + 1)]


def _days(period: str) -> tuple[str, str]:
    """The first and the last day of a month or year."""
    if len(period) == 4:
        return f"{period}-01-01", f"{period}-12-31"
    year, month = int(period[:4]), int(period[5:])
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max
    last = date.fromordinal(following.toordinal() - 1) if following != date.max else following
    return f"{period}-01", last.isoformat()


def _label(period: str, words: Catalogue) -> str:
    if len(period) == 4:
        return period
    names = MONTHS if words.language == "ar" else ENGLISH_MONTHS
    return f"{names[int(period[5:]) - 1]} {period[:4]}"
