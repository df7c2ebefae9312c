"""How much is in a record, and of what kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, case, distinct, func, select

from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.showing import Filter, visible


@dataclass(frozen=True, slots=True)
class Counts:
    """Statements of one stretch of the record, counted by kind.

    `implicit` is the share of those with a cue whose speaker is not named beside it, 0 to 1.
    """

    statements: int
    acts: dict[str, int]
    forms: dict[str, int]
    implicit: float


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a record. `days` counts statements by the day of their article (ISO 8601; empty: not known)."""

    articles: int
    versions: int
    words: int
    copies: int
    near_copies: int
    judgements: int
    all: Counts
    days: dict[str, int]
    outlets: dict[str, Counts]


def stats(engine: Engine, where: Filter | None = None, *, machine: bool = False) -> Stats:
    """The counts of a record, or of what `where` leaves of it: of the latest versions of articles, as shown."""
    a, o, c = tables.articles.c, tables.outlets.c, tables.copies.c
    chosen = where or Filter()
    of_articles = (
        select().select_from(tables.articles).outerjoin(tables.outlets, o.id == a.outlet_id).where(*chosen.on())
    )
    with snapshot(engine) as connection:
        latest = of_articles.where(a.latest)
        articles, words, copies = connection.execute(
            latest.add_columns(func.count(), func.coalesce(func.sum(a.words), 0), func.count(a.copy_of))
        ).one()
        near = latest.join(tables.copies, c.article_id == a.id).where(c.kind == "near")
        judged = of_articles.join(tables.judgements, tables.judgements.c.article_id == a.id)
        days = visible(func.coalesce(a.day, ""), func.count(), machine=machine, where=chosen).group_by(a.day)
        outlets = _by_outlet(connection, chosen, machine)
        return Stats(
            articles=articles,
            versions=connection.execute(of_articles.add_columns(func.count())).scalar_one(),
            words=words,
            copies=copies,
            near_copies=connection.execute(near.add_columns(func.count(distinct(a.id)))).scalar_one(),
            judgements=connection.execute(judged.add_columns(func.count())).scalar_one(),
            all=_counts(sum((counted for counted in outlets.values()), Counter())),
            days=dict(sorted((row[0], row[1]) for row in connection.execute(days))),
            outlets={name: _counts(counted) for name, counted in sorted(outlets.items())},
        )


#: (what is counted, its value): act, form, or whether the speaker is named beside the cue.
_Counter = Counter[tuple[str, str]]


def _by_outlet(connection: Connection, where: Filter, machine: bool) -> dict[str, _Counter]:
    s, h = tables.statements.c, tables.shown.c
    named = case((s.cue_start.is_(None), "no cue"), (s.source_start.is_(None), "implicit"), else_="named")
    kinds: dict[str, Any] = {
        "act": s.act if machine else func.coalesce(h.act, s.act),
        "form": s.form if machine else func.coalesce(h.form, s.form),
        "source": named,
    }
    found: dict[str, _Counter] = {}
    name = func.coalesce(tables.outlets.c.name, "")
    for kind, value in kinds.items():
        query = visible(name, value, func.count(), machine=machine, where=where).group_by(name, value)
        for outlet, what, number in connection.execute(query):
            found.setdefault(outlet, Counter())[kind, what] += number
    return found


def _counts(counted: _Counter) -> Counts:
    def of(kind: str) -> dict[str, int]:
        found = [(what, number) for (which, what), number in counted.items() if which == kind]
        return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    cues = counted["source", "implicit"] + counted["source", "named"]
    implicit = counted["source", "implicit"] / cues if cues else 0.0
    return Counts(sum(of("form").values()), of("act"), of("form"), implicit)
