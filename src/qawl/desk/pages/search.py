"""Search: results in their sentences, what they are (facets), when they were published; as JSON, CSV and a feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from sqlalchemy import Connection, select

from qawl.compare.beside import Beside, beside
from qawl.desk import formats
from qawl.desk.desk import TheDesk
from qawl.desk.errors import problem
from qawl.desk.formats import Format
from qawl.desk.languages import Catalogue, catalogue
from qawl.desk.pages.asking import NAMES, Asked, WrongError, asked, names, wrong
from qawl.desk.pictures import bars
from qawl.desk.preferences import language_of
from qawl.desk.rendering import address, linkable, page
from qawl.desk.visitors import Reader
from qawl.people.anchors import from_ref, to_ref
from qawl.people.searching import meant
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.search import find
from qawl.record.search.facets import Facets, Stretch, Value, facets, stretches
from qawl.record.search.find import FARTHEST, MOST, Found
from qawl.record.search.query import QueryError
from qawl.statement import ACTS, FORMS

router = APIRouter(include_in_schema=False)

#: Results on a page, in a feed and in a table, where the address does not say how many.
_ON_PAGE: Final = 20
_IN_FEED: Final = 50
#: Bars of the picture over time, at most.
_BARS: Final = 30
#: Of all results, so many at most are left out of these bars because they are from long before.
_FEW: Final = 0.01
_COLUMNS: Final = (
    "id where speaker speaker_type role text act form polarity cue confidence verdict article headline outlet "
    "published url sentence"
).split()


class _Piece(NamedTuple):
    """A part of a sentence: was it said, and is it a word of the query?"""

    text: str
    said: bool
    mark: bool


class _Choice(NamedTuple):
    """A value of a facet, and where it leads: to the results with it or, where it is chosen, without it."""

    label: str
    apart: bool
    number: int
    href: str
    chosen: bool


class _Facet(NamedTuple):
    key: str
    choices: list[_Choice]


@router.get("/search")
def search(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    page_number: Annotated[int, Query(alias="page", ge=1)] = 1,
    limit: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    format: Format | None = None,
    taken: str = "",
) -> Response:
    """The page to search, and what was found. `taken` is a name under which the search could not be kept."""
    with snapshot(desk.engine) as connection:
        try:
            question = asked(request.query_params, connection)
            if format is None:
                return _page(request, connection, question, page_number, limit or _ON_PAGE, taken)
            return _formatted(request, connection, question, page_number, limit, format)
        except WrongError as error:
            return _unanswered(request, error, format)


def _page(request: Request, connection: Connection, question: Asked, number: int, limit: int, taken: str) -> Response:
    words = catalogue(language_of(request))
    outlets = connection.scalars(select(tables.outlets.c.name).order_by(tables.outlets.c.name)).all()
    known: dict[str, Any] = {"outlets": outlets, "acts": ACTS, "forms": FORMS, "wrong": None, "taken": taken}
    known |= {"q": question.words, "values": question.values, "names": names(connection, question.values)}
    if question.is_nothing:
        return page(request, "search.html", **known, asked=False)
    results, more = _results(connection, question, limit, (number - 1) * limit)
    filters = _meant(connection, question)
    counted = request.app.state.desk.memory.at(
        connection, ("facets", question.words, filters), lambda: facets(connection, question.query, filters)
    )
    early, late = over_time(counted.days)
    prefix = request.app.state.desk.settings.prefix

    def to(**other: Any) -> str:
        return address(prefix, "/search", **question.address(**other))

    around = beside(connection, (found.row for found in results))
    return page(
        request,
        "search.html",
        **known,
        asked=True,
        results=[_shown(found, around[found.row]) for found in results],
        counted=counted,
        facets=_choices(counted, question, known["names"], words, to),
        picture=_picture(early, late, words, to, language_of(request)),
        early=early,
        begin=late[0].first if early else None,
        to_early=to(**_days(early)) if early else "",
        first=(number - 1) * limit + 1,
        back=to(page=number - 1 if number > 2 else None, limit=_other(limit)) if number > 1 else "",
        on=to(page=number + 1, limit=_other(limit)) if more and number * limit < FARTHEST else "",
        without={name: to(**{name: None}) for name in question.values},
        feed=address("", "/search", **question.address()),
        formats={one: to(format=one) for one in ("json", "csv", "atom")},
    )


def _other(limit: int) -> int | None:
    return limit if limit != _ON_PAGE else None


def _unanswered(request: Request, error: WrongError, format: Format | None) -> Response:
    """The page, with what is wrong with the question in it and all that was written still there; or a problem."""
    if format is not None:
        return problem(422, catalogue(language_of(request)).say(error.key, about=error.about))
    params = request.query_params
    known: dict[str, Any] = {"outlets": [], "acts": ACTS, "forms": FORMS, "taken": "", "names": {}}
    values = {name: params[name] for name in NAMES if params.get(name)}
    return page(request, "search.html", 422, **known, asked=False, wrong=error, q=params.get("q", ""), values=values)


def _results(connection: Connection, question: Asked, limit: int, offset: int) -> tuple[Sequence[Found], bool]:
    try:
        found = find.search(connection, question.query, _meant(connection, question), limit=limit, offset=offset)
    except QueryError as error:
        raise wrong(error) from None
    return found.results, found.more


def _meant(connection: Connection, question: Asked) -> find.Filters:
    try:
        return meant(connection, question.filters)
    except RecordError:
        named = (question.values.get(name, "") for name in ("speaker", "about"))
        raise WrongError("search-wrong-entity", next(name for name in named if from_ref(name) is not None)) from None


def _shown(found: Found, around: Beside) -> dict[str, Any]:
    """A result as the template writes it."""
    return {"found": found, "beside": around, "pieces": list(_pieces(found)), "original": linkable(found.url)}


def _pieces(found: Found) -> Iterable[_Piece]:
    """The sentence in parts that are said or not, marked or not."""
    ends = {0, len(found.sentence)}
    for start, end in (*found.said, *found.marks):
        ends |= {min(max(start, 0), len(found.sentence)), min(max(end, 0), len(found.sentence))}
    places = sorted(ends)
    for start, end in pairwise(places):
        said = any(a <= start and end <= b for a, b in found.said)
        mark = any(a <= start and end <= b for a, b in found.marks)
        yield _Piece(found.sentence[start:end], said, mark)


def _choices(counted: Facets, question: Asked, names: dict[str, str], words: Catalogue, to: Any) -> list[_Facet]:
    """The facets; of one that is chosen, what is chosen alone."""

    def entity(value: Value) -> tuple[str, str, bool]:
        return to_ref(int(value.key)), value.name, True

    def outlet(value: Value) -> tuple[str, str, bool]:
        return value.name, value.name, True

    def named(prefix: str) -> Any:
        return lambda value: (value.key, words.say(f"{prefix}-{value.key}"), False)

    found = []
    for key, values, written in (
        ("speaker", counted.speakers, entity),
        ("outlet", counted.outlets, outlet),
        ("act", counted.acts, named("act")),
        ("form", counted.forms, named("form")),
        ("about", counted.abouts, entity),
    ):
        if key in question.values:
            chosen = question.values[key]
            label = names.get(key) or (words.say(f"{key}-{chosen}") if key in ("act", "form") else chosen)
            choices = [_Choice(label, key not in ("act", "form"), counted.counted, to(**{key: None}), True)]
        else:
            made = [(written(value), value.count) for value in values]
            choices = [_Choice(label, apart, n, to(**{key: value}), False) for (value, label, apart), n in made]
        found.append(_Facet(key, choices))
    return [facet for facet in found if facet.choices]


def _picture(early: Stretch | None, late: Sequence[Stretch], words: Catalogue, to: Any, language: Any) -> Markup | None:
    """The results over time; each bar leads to those of its days, the first one to the few of long before. Nothing
    where all are of one day."""
    found = [early, *late] if early else late
    if len(found) < 2:
        return None
    links = [to(**_days(one)) for one in found]
    series = [("c1", words.say("search-results"), [one.count for one in found])]
    before = [words.say("search-before", day=words.day(late[0].first))] if early else []
    labels = before + [_label(one, words) for one in late]
    return bars(labels, series, title=words.say("search-when"), language=language, links=links)


def _days(stretch: Stretch) -> dict[str, date]:
    """The filters that ask for these days."""
    return {"from": stretch.first, "to": stretch.last}


def over_time(days: Sequence[tuple[date, int]]) -> tuple[Stretch | None, list[Stretch]]:
    """The days with their counts, in order, as bars; and what lies before the first of them, if anything.

    A handful of results from years before would squeeze all others into the last bars: the earliest days, as long as
    they have no more than one in a hundred of all results, are left out of the bars where these become shorter by it.
    """
    whole = stretches(days, _BARS)
    left = sum(count for _, count in days) * _FEW
    at = 0
    while at < len(days) and days[at][1] <= left:
        left -= days[at][1]
        at += 1
    late = stretches(days[at:], _BARS - 1)
    # Of two steps the longer one is twice the shorter at least, and months differ by less.
    if not at or _length(late[0]) * 2 > _length(whole[0]):
        return None, whole
    begin = late[0].first
    before = [day for day in days if day[0] < begin]
    if not before:
        return None, whole
    early = Stretch(before[0][0], begin - timedelta(1), sum(count for _, count in before))
    return early, stretches([day for day in days if day[0] >= begin], _BARS - 1)


def _length(stretch: Stretch) -> int:
    return (stretch.last - stretch.first).days + 1


def _label(stretch: Stretch, words: Catalogue) -> str:
    """What some days are called: `5 March 2024`, `week of 4 March 2024`, `March 2024`, `2024` and so on."""
    first, last = stretch.first, stretch.last
    days = (last - first).days + 1
    if days == 1:
        return words.day(first)
    if days == 7:
        return words.say("search-week", day=words.day(first))
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if days > 31:
        return words.say("search-quarter", quarter=first.month // 3 + 1, year=str(first.year))
    return words.day(first).partition(" ")[2]


def _formatted(
    request: Request, connection: Connection, question: Asked, number: int, limit: int | None, format: Format
) -> Response:
    if format == "atom":
        return _feed(request, connection, question, limit or _IN_FEED)
    size = limit or (MOST if format == "csv" else _ON_PAGE)
    results, _ = _results(connection, question, size, (number - 1) * size)
    if format == "json":
        return formats.as_json([found.to_json() for found in results])
    return formats.as_csv("qawl-search", _COLUMNS, (_row(found) for found in results))


def _row(found: Found) -> Iterable[Any]:
    value = found.to_json() | {"speaker": found.speaker, "speaker_type": found.speaker_type, "role": found.role}
    return [value[column] for column in _COLUMNS]


def _feed(request: Request, connection: Connection, question: Asked, limit: int) -> Response:
    """The newest results, wherever the words stand in them."""
    words = catalogue(language_of(request))
    try:
        found = find.newest(connection, question.query, _meant(connection, question), limit=limit)
    except QueryError as error:
        raise wrong(error) from None
    called = names(connection, question.values)
    asked_for = " · ".join([question.words, *(called.get(k, v) for k, v in question.values.items())]).strip(" ·")
    entries = [
        formats.Entry(
            ref=one.ref,
            title=f"{one.speaker or words.say('speaker-unknown')}: {one.text}",
            text=one.sentence,
            path=f"/statements/{one.ref}",
            published=one.published,
            author=one.outlet,
            original=linkable(one.url),
            categories=(one.act,),
        )
        for one in found
    ]
    return formats.as_atom(request, f"{words.say('name')}: {asked_for}", entries, "/search", question.address())
