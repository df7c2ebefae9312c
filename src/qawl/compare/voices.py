"""Who speaks about whom: how often each speaker does what to each entity, by saying something in which it is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, select

from qawl.compare.subjects import Named, entities
from qawl.record import tables
from qawl.statement import Act

Period = Literal["day", "month", "year", "all"]
#: How many characters of a day (ISO 8601) name the period.
_LENGTHS: Final[dict[Period, int]] = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Question:
    """Which statements count: of one speaker, about one entity (both `entities.id`), of an outlet, published from a day
    on, up to and with a day, of one act; and by which period they are counted."""

    speaker: int | None = None
    about: int | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None
    by: Period = "all"
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """So many statements of one act by `speaker` in which `about` is named. `period` is empty where all count
    together, and where the day is not known."""

    period: str
    speaker: Named
    about: Named
    act: str
    statements: int

    def to_json(self) -> dict[str, Any]:
        return {
            "period": self.period or None,
            "speaker": {"ref": self.speaker.ref, "name": self.speaker.name, "kind": self.speaker.kind},
            "about": {"ref": self.about.ref, "name": self.about.name, "kind": self.about.kind},
            "act": self.act,
            "statements": self.statements,
        }


def voices(connection: Connection, question: Question | None = None, *, limit: int | None = None) -> list[Count]:
    """The counts by period, of each the most frequent first; `limit` of them at most. Who names himself is left out."""
    question = question or Question()
    query = _counts(question).limit(limit)
    rows = connection.execute(query).all()
    found = entities(connection, {row.speaker for row in rows} | {row.about for row in rows})
    return [Count(r.period, found[r.speaker], found[r.about], r.act, r.statements) for r in rows]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who speaks about whom, those first who say, or of whom is said, most. `counts` are of those pairs alone of which
    there is something: by the speaker's number among `speakers` and the other's among `abouts`. `speakers` and `abouts`
    come with how much they say about anybody, and how much is said about them by anybody."""

    speakers: tuple[tuple[Named, int], ...]
    abouts: tuple[tuple[Named, int], ...]
    counts: dict[tuple[int, int], int]


def matrix(
    connection: Connection,
    question: Question | None = None,
    *,
    most: int,
    speakers: str | None = None,
    abouts: str | None = None,
) -> Matrix:
    """The `most` who speak most about others, by the `most` who are most spoken of; with `speakers` and `abouts` only
    those of this kind. Who has nothing in common with any of the others is left out."""
    question = question or Question()
    s, e = tables.statements.c, tables.entities.c
    who, whom = tables.appearances.alias("who"), tables.appearances.alias("whom")
    of_kind = [
        side.c.entity_id.in_(select(e.id).where(e.kind == kind))
        for side, kind in ((who, speakers), (whom, abouts))
        if kind is not None
    ]
    number = func.count(s.id.distinct())
    columns = (who.c.entity_id.label("speaker"), whom.c.entity_id.label("about"), number.label("n"))
    pairs = _beside(question, who, whom, *columns).where(*of_kind).group_by(who.c.entity_id, whom.c.entity_id)
    counted = pairs.cte("pairs")
    first, second = (
        select(column, func.sum(counted.c.n).label("total"))
        .group_by(column)
        .order_by(func.sum(counted.c.n).desc(), column)
        .limit(most)
        .cte(name)
        for column, name in ((counted.c.speaker, "speakers"), (counted.c.about, "abouts"))
    )
    rows = connection.execute(
        select(counted, first.c.total.label("says"), second.c.total.label("named"))
        .join(first, first.c.speaker == counted.c.speaker)
        .join(second, second.c.about == counted.c.about)
    ).all()
    says = sorted({(-row.says, row.speaker) for row in rows})
    named = sorted({(-row.named, row.about) for row in rows})
    found = entities(connection, {id for _, id in says} | {id for _, id in named})
    across = {id: at for at, (_, id) in enumerate(says)}
    down = {id: at for at, (_, id) in enumerate(named)}
    return Matrix(
        tuple((found[id], -total) for total, id in says),
        tuple((found[id], -total) for total, id in named),
        {(across[row.speaker], down[row.about]): row.n for row in rows},
    )


def _counts(question: Question) -> Select[Any]:
    s, a, h = tables.statements.c, tables.articles.c, tables.shown.c
    who, whom = tables.appearances.alias("who"), tables.appearances.alias("whom")
    length = _LENGTHS.get(question.by)
    day = func.coalesce(a.day, "")
    period: ColumnElement[str] = func.substr(day, 1, length) if length else func.substr(day, 1, 0)
    act = func.coalesce(h.act, s.act)
    total = func.count(s.id.distinct())
    return (
        _beside(
            question,
            who,
            whom,
            period.label("period"),
            who.c.entity_id.label("speaker"),
            whom.c.entity_id.label("about"),
            act.label("act"),
            total.label("statements"),
        )
        .group_by(period, who.c.entity_id, whom.c.entity_id, act)
        .order_by(period, total.desc(), who.c.entity_id, whom.c.entity_id, act)
    )


def _beside(question: Question, who: FromClause, whom: FromClause, *columns: Any) -> Select[Any]:
    """A query over the statements that count, each with every two of whom one speaks and another is named."""
    s, a, r, o, h = (
        table.c for table in (tables.statements, tables.articles, tables.readings, tables.outlets, tables.shown)
    )
    speaker, about = tables.parties.alias("speaker"), tables.parties.alias("about")
    act = func.coalesce(h.act, s.act)
    conditions = [
        speaker.c.part == "speaker",
        about.c.part == "about",
        who.c.entity_id != whom.c.entity_id,
        *([who.c.entity_id == question.speaker] if question.speaker is not None else []),
        *([whom.c.entity_id == question.about] if question.about is not None else []),
        *([o.name == question.outlet] if question.outlet is not None else []),
        *([a.day >= question.first.isoformat()] if question.first else []),
        *([a.day <= question.last.isoformat()] if question.last else []),
        *([act == question.act] if question.act else []),
    ]
    return (
        # By way of the reading, whose statements an index gives: from some days to all that was said on them.
        select(*columns)
        .select_from(tables.articles)
        .join(tables.readings, and_(r.article_id == a.id, r.current))
        .join(tables.statements, s.reading_id == r.id)
        .join(speaker, speaker.c.statement_id == s.id)
        .join(about, about.c.statement_id == s.id)
        .join(who, who.c.id == speaker.c.appearance_id)
        .join(whom, whom.c.id == about.c.appearance_id)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .outerjoin(tables.shown, h.statement_id == s.id)
        .where(*conditions)
    )
