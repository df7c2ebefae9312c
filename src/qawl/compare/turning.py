"""The turns of a span of days, whoever made them and on whatever subject.

A line (`qawl.compare.line`) looks at all that one person says on one subject. Here pairs are looked for from three
sides: statements of one speaker of which one negates the other, as the comparison found them (it looks within the days
in which outlets report one utterance); and statements of one speaker that name the same person, body or place, with
acts that are apart, or of which one affirms and the other negates. Whether such a pair is a turn is decided as on a
line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal_column, or_, select, tuple_

from qawl.compare import turns
from qawl.compare.line import entry_of
from qawl.compare.turns import Entry, Kind
from qawl.compare.versions import load_versions
from qawl.compare.words import Version
from qawl.people.finding import Someone, speakers_of
from qawl.record import tables
from qawl.record.rows import parts
from qawl.statement import Polarity

#: Days before a statement in which an earlier one is looked for.
BACK: Final = 90
#: Pairs that are looked at for each turn that is wanted.
_TRIED: Final = 5
#: … of those that share no more than who is named in them, and of each later statement.
_TRIED_NAMED: Final = 10
_TRIED_EACH: Final = 3
#: Whoever is named in more of the statements of a speaker is no subject: of everything that he says.
_MOST_NAMED: Final = 40


@dataclass(frozen=True, slots=True)
class Turning:
    """A turn: what somebody says differs from what he said earlier, `days` (ISO 8601) tell when."""

    person: Someone
    earlier: Version
    later: Version
    days: tuple[str, str]
    kind: Kind
    score: float


def turning(connection: Connection, first: date, last: date, limit: int) -> list[Turning]:
    """The turns of which the later statement was said or published in a span of days (both included): the greatest
    first, of one speaker and one day the greatest alone, from what was said first."""
    span = (first.toordinal(), last.toordinal())
    later, named = _namings(connection, span)
    pairs = sorted({*_negated(connection, span), *_opposed(later, named)}, key=lambda pair: (-pair[0], *pair[1:]))
    tried = [*pairs[: limit * _TRIED], *_reversed(later, named, limit * _TRIED_NAMED)]
    days = _days(connection, {id for _, one, other in tried for id in (one, other)})
    versions = load_versions(connection, days)
    people = speakers_of(connection, {other for _, _, other in tried})
    entries: dict[int, Entry] = {}
    best: dict[tuple[str, str], Turning] = {}
    for _, one, other in tried:
        if one not in versions or other not in versions or other not in people:
            continue
        for id in (one, other):
            if id not in entries:
                entries[id] = entry_of(versions[id], days[id])
        for turn in turns.turns([entries[one], entries[other]]):
            person = people[other]
            key = (person.ref, days[other])
            found = Turning(person, versions[one], versions[other], (days[one], days[other]), turn.kind, turn.score)
            if key not in best or _rank(found) < _rank(best[key]):
                best[key] = found
    return sorted(best.values(), key=lambda t: (-round(t.score, 1), -t.later.weight, t.later.place.ref))[:limit]


def _rank(turning: Turning) -> tuple[float, str, str]:
    return -round(turning.score, 2), turning.days[0], turning.earlier.place.ref


_NEGATIVE: Final[Polarity] = "negative"

#: How likely a pair is to be a turn, and the ids of its earlier and its later statement.
_Pair = tuple[float, int, int]


def _negated(connection: Connection, span: tuple[int, int]) -> Iterator[_Pair]:
    """Pairs of one speaker of which one statement negates the other."""
    k = tables.links.c
    one, other = tables.compared.alias("one"), tables.compared.alias("other")
    rows = connection.execute(
        select(
            k.one_id,
            k.other_id,
            one.c.day.label("day"),
            other.c.day.label("other_day"),
            one.c.entity_id.label("speaker"),
            other.c.entity_id.label("other_speaker"),
        )
        .join_from(tables.links, one, one.c.statement_id == k.one_id)
        .join(other, other.c.statement_id == k.other_id)
        # Written out: an index of these alone is not used for whatever is asked for with a parameter.
        .where(k.likeness < literal_column("0"), or_(one.c.day.between(*span), other.c.day.between(*span)))
    )
    for row in rows:
        # Not asked of the database: PostgreSQL would look for the other among all that the speaker said.
        if row.speaker is None or row.speaker != row.other_speaker or row.day == row.other_day:
            continue
        if span[0] <= max(row.day, row.other_day) <= span[1]:
            yield (1.0, row.one_id, row.other_id) if row.day < row.other_day else (1.0, row.other_id, row.one_id)


class _Naming(NamedTuple):
    """A statement of a known speaker, and one of the entities that are named in it."""

    speaker: int
    about: int
    statement: int
    day: int
    act: str
    polarity: str


#: By speaker and who is named: the statements, the latest first.
_Named = Mapping[tuple[int, int], Sequence[_Naming]]


def _opposed(later: Iterable[_Naming], named: _Named) -> Iterator[_Pair]:
    """Pairs of one speaker that name the same and whose acts are apart; of each later statement the last one before."""
    weights = turns.opposed()
    opposable = {act for pair in weights for act in pair}
    for one in later:
        if one.act not in opposable:
            continue
        others = [other for other in named[one.speaker, one.about] if other.act in opposable]
        if len(others) > _MOST_NAMED:
            continue
        for other in others:
            weight = weights.get(frozenset((one.act, other.act)), 0.0)
            if weight and one.day - BACK <= other.day < one.day:
                yield weight, other.statement, one.statement
                break


def _reversed(later: Iterable[_Naming], named: _Named, most: int) -> list[_Pair]:
    """At most so many pairs of one speaker that name the same, and of which one negates: those of whom the speaker
    names least often first, for they are likeliest to be one subject."""
    found: dict[tuple[int, int], float] = {}
    for one in later:
        own = named[one.speaker, one.about]
        if len(own) > _MOST_NAMED:
            continue
        others = [
            o
            for o in own
            if (o.polarity == _NEGATIVE) != (one.polarity == _NEGATIVE) and one.day - BACK <= o.day < one.day
        ]
        for other in others[:_TRIED_EACH]:
            pair = (other.statement, one.statement)
            found[pair] = max(found.get(pair, 0.0), 1 / len(own))
    best = sorted(((weight, *pair) for pair, weight in found.items()), key=lambda pair: (-pair[0], -pair[2], -pair[1]))
    return best[:most]


def _namings(connection: Connection, span: tuple[int, int]) -> tuple[list[_Naming], _Named]:
    """Who is named in the statements of a span; and in all that the same speakers said of the same, from `BACK` days
    before it on."""
    days = {"back": span[0] - BACK, "first": span[0], "last": span[1]}
    rows = sorted(map(_Naming._make, connection.execute(_of_the_same(), days)))
    found: defaultdict[tuple[int, int], list[_Naming]] = defaultdict(list)
    for one in rows:
        found[one.speaker, one.about].append(one)
    for same in found.values():
        same.sort(key=lambda one: (-one.day, -one.statement))
    return [one for one in rows if one.day >= span[0]], found


@cache
def _of_the_same() -> Select[Any]:
    """The statements of known speakers from the day `back` to the day `last`, once for each entity that is named in
    them, as `_Naming`: of those whom the same speaker names from the day `first` on."""
    c, s, h, a = (table.c for table in (tables.compared, tables.statements, tables.shown, tables.appearances))
    pair = (c.entity_id, a.entity_id)
    of_span = _naming("first", *pair).distinct().cte("of_span")
    # Each once, before its statement is looked at: SQLite would else fetch that of every one whom the span leaves out.
    n = (
        _naming("back", *pair, c.statement_id, c.day)
        .where(c.entity_id.in_(select(of_span.c[0])), tuple_(*pair).in_(select(of_span)))
        .distinct()
        .subquery("naming")
    )
    return (
        select(n, func.coalesce(h.act, s.act), s.polarity)
        .join_from(n, tables.statements, s.id == n.c.statement_id)
        .outerjoin(tables.shown, h.statement_id == n.c.statement_id)
    )


def _naming(first: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """A query of the statements of known speakers from the day with that name to the day `last`, once for each mention
    of an entity in them."""
    c, p, a = tables.compared.c, tables.parties.c, tables.appearances.c
    return (
        select(*columns)
        .join_from(tables.compared, tables.parties, and_(p.statement_id == c.statement_id, p.part == "about"))
        .join(tables.appearances, a.id == p.appearance_id)
        .where(c.entity_id.is_not(None), a.entity_id.is_not(None), a.entity_id != c.entity_id)
        .where(c.day.between(bindparam(first), bindparam("last")))
    )


def _days(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The days on which these statements were said or published."""
    c = tables.compared.c
    return {
        row.statement_id: date.fromordinal(row.day).isoformat()
        for some in parts(ids)
        for row in connection.execute(select(c.statement_id, c.day).where(c.statement_id.in_(some), c.day > 0))
    }
