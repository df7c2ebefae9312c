"""Who speaks about whom: how often each speaker does what to each entity, by saying something in which it is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select

from qawl.compare.subjects import Named, entities
from qawl.record import tables

Period = Literal["day", "month", "year", "all"]
#: How many characters of a day (ISO 8601) name the period.
_LENGTHS: Final[dict[Period, int]] = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Question:
    """Which statements count: of one speaker, about one entity (both `entities.id`), of an outlet, published from a day
    on, up to and with a day; and by which period they are counted."""

    speaker: int | None = None
    about: int | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None
    by: Period = "all"


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


def _counts(question: Question) -> Select[Any]:
    s, a, o, h = tables.statements.c, tables.articles.c, tables.outlets.c, tables.shown.c
    speaker, about = tables.parties.alias("speaker"), tables.parties.alias("about")
    who, whom = tables.appearances.alias("who"), tables.appearances.alias("whom")
    length = _LENGTHS.get(question.by)
    day = func.coalesce(a.day, "")
    period: ColumnElement[str] = func.substr(day, 1, length) if length else func.substr(day, 1, 0)
    act = func.coalesce(h.act, s.act)
    total = func.count(s.id.distinct())
    conditions = [
        speaker.c.part == "speaker",
        about.c.part == "about",
        who.c.entity_id != whom.c.entity_id,
        *([who.c.entity_id == question.speaker] if question.speaker is not None else []),
        *([whom.c.entity_id == question.about] if question.about is not None else []),
        *([o.name == question.outlet] if question.outlet is not None else []),
        *([a.day >= question.first.isoformat()] if question.first else []),
        *([a.day <= question.last.isoformat()] if question.last else []),
    ]
    return (
        select(
            period.label("period"),
            who.c.entity_id.label("speaker"),
            whom.c.entity_id.label("about"),
            act.label("act"),
            total.label("statements"),
        )
        .select_from(speaker)
        .join(about, about.c.statement_id == speaker.c.statement_id)
        .join(who, who.c.id == speaker.c.appearance_id)
        .join(whom, whom.c.id == about.c.appearance_id)
        .join(tables.statements, s.id == speaker.c.statement_id)
        .join(tables.articles, a.id == s.article_id)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .outerjoin(tables.shown, h.statement_id == s.id)
        .where(*conditions)
        .group_by(period, who.c.entity_id, whom.c.entity_id, act)
        .order_by(period, total.desc(), who.c.entity_id, whom.c.entity_id, act)
    )
