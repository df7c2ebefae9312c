"""What the results of a search are: how many, of which days, by whom, where, about whom, and what is done by them.

All results are counted, up to a bound, for the total and the days; what else they are is counted over the newest of
them, up to a lower bound, which `Facets.counted` tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, select

from qawl.record.search import index
from qawl.record.search.find import Filters, Places, wanted
from qawl.record.search.query import Query
from qawl.record.tables import entities, outlets

#: Results that are counted for the total and the days, at most; and those of which it is counted what they are.
COUNTED: Final = 100_000
LOOKED_AT: Final = 2_000
#: Values of one facet, at most.
VALUES: Final = 12
_MOST_EQUAL: Final = 2_000  # entities that are equally frequent, of which the names are looked at


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, and how many results have it. `key` is an act, a form or an outlet's name; of an entity it
    is its anchor (`entities.anchor`)."""

    key: str | int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """`total` results, or with `more` at least so many; the values are of the newest `counted` of them, the most
    frequent first. `days` are days of publication with results, in their order; `undated` results have none."""

    total: int
    more: bool
    counted: int
    days: tuple[tuple[date, int], ...]
    undated: int
    speakers: tuple[Value, ...]
    outlets: tuple[Value, ...]
    acts: tuple[Value, ...]
    forms: tuple[Value, ...]
    abouts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days, both included, and how many results were published on them."""

    first: date
    last: date
    count: int


def facets(
    connection: Connection,
    query: Query,
    filters: Filters | None = None,
    *,
    most: int = COUNTED,
    looked_at: int = LOOKED_AT,
) -> Facets:
    """What the results of a search are, as they are shown. Raises as `qawl.record.search.find.search` does."""
    filters = filters or Filters()
    places = Places.matching(connection, wanted(connection, query, filters), filters)
    by_day: dict[int | None, int] = {}
    acts: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    of_outlets: Counter[int | None] = Counter()
    parties: dict[str, dict[int, int]] = {"speaker": {}, "about": {}}
    for what, number, act, form, n in connection.execute(
        places.asked(_COUNTS, most=most, looked_at=looked_at, values=VALUES)
    ):
        if what == "day":
            by_day[number] = n
        elif what == "own":
            acts[act] += n
            forms[form] += n
            of_outlets[number] += n
        else:
            parties[what][number] = n
    total = sum(by_day.values())
    names = {row.id: row.name for row in connection.execute(select(outlets.c.id, outlets.c.name))}
    at_outlets = [Value(names[id], names[id], n) for id, n in of_outlets.items() if id is not None]
    return Facets(
        total=total,
        more=total == most,
        counted=min(total, looked_at),
        days=tuple(sorted((index.day_of(day), n) for day, n in by_day.items() if day is not None)),
        undated=by_day.get(None, 0),
        speakers=_named(connection, parties["speaker"]),
        outlets=_frequent(at_outlets),
        acts=_frequent([Value(act, act, n) for act, n in acts.items()]),
        forms=_frequent([Value(form, form, n) for form, n in forms.items()]),
        abouts=_named(connection, parties["about"]),
    )


# One question, so that the index of words is asked once, and not for each kind of count or row of another table. Of the
# entities: those of the highest counts, and all that are as frequent as the last of them; their order is that of names.
_COUNTS: Final = f"""
WITH found AS MATERIALIZED ({{places}} ORDER BY place DESC LIMIT :most),
newest AS MATERIALIZED (
    SELECT i.statement_id, i.act, i.form, i.outlet_id
    FROM (SELECT place FROM found ORDER BY place DESC LIMIT :looked_at) AS places
    JOIN statement_index i ON i.place = places.place
),
entities AS (
    SELECT p.part, a.entity_id, count(DISTINCT p.statement_id) AS n
    FROM newest
    JOIN parties p ON p.statement_id = newest.statement_id AND p.part IN ('speaker', 'about')
    JOIN appearances a ON a.id = p.appearance_id
    WHERE a.entity_id IS NOT NULL
    GROUP BY p.part, a.entity_id
)
SELECT 'day' AS what, day AS number, NULL AS act, NULL AS form, count(*) AS n
FROM (SELECT {index.DAY_NUMBER} AS day FROM found) AS days GROUP BY day
UNION ALL
SELECT 'own', outlet_id, act, form, count(*) FROM newest GROUP BY outlet_id, act, form
UNION ALL
SELECT part, entity_id, NULL, NULL, n
FROM (SELECT part, entity_id, n, rank() OVER (PARTITION BY part ORDER BY n DESC) AS rank FROM entities) AS ranked
WHERE rank <= :values
"""


def _frequent(values: Iterable[Value]) -> tuple[Value, ...]:
    """The most frequent values in their order; of those that are equally frequent, by name."""
    return tuple(sorted(values, key=lambda value: (-value.count, value.name, value.key))[:VALUES])


def _named(connection: Connection, counts: Mapping[int, int]) -> tuple[Value, ...]:
    """These entities, the most frequent first."""
    some = sorted(counts)[:_MOST_EQUAL]
    rows = connection.execute(select(entities.c.id, entities.c.anchor, entities.c.name).where(entities.c.id.in_(some)))
    return _frequent(Value(row.anchor, row.name, counts[row.id]) for row in rows)


def stretches(days: Iterable[tuple[date, int]], most: int = 40) -> list[Stretch]:
    """The days in at most `most` stretches without gaps: days, weeks (from Monday), months, quarters of a year, years
    or tens of years, the shortest that are few enough."""
    counts = dict(days)
    if not counts:
        return []
    first, last = min(counts), max(counts)
    step = next((step for step in _STEPS if step.number(last) - step.number(first) < most), _STEPS[-1])
    totals: Counter[int] = Counter()
    for day, count in counts.items():
        totals[step.number(day)] += count
    numbers = range(step.number(first), step.number(last) + 1)
    return [Stretch(step.first(n), step.first(n + 1) - timedelta(1), totals[n]) for n in numbers]


@dataclass(frozen=True, slots=True)
class _Step:
    """Stretches of so many days or else months, numbered; the first of all begins with the first day of year 1."""

    days: int = 0
    months: int = 0

    def number(self, day: date) -> int:
        if self.days:
            return (day.toordinal() - 1) // self.days  # the first day of all was a Monday
        return (day.year * 12 + day.month - 1) // self.months

    def first(self, number: int) -> date:
        if self.days:
            return date.fromordinal(number * self.days + 1)
        month = number * self.months
        return date(month // 12, month % 12 + 1, 1)


_STEPS: Final = (_Step(days=1), _Step(days=7), _Step(months=1), _Step(months=3), _Step(months=12), _Step(months=120))
