"""The articles of the record in short, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine, and_, case, func, select

from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.showing import Filter


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list. `title` is its headline, else where its text begins; `day` that of publication, ISO 8601;
    `statements` are those of its reading, but for what people judged wrong; `copies` are later articles with the same
    text."""

    id: int
    title: str
    outlet: str | None
    day: str | None
    url: str | None
    version: int
    statements: int
    copies: int


_BEGINNING: Final = 120  # code points of a text without a headline


def articles(engine: Engine, where: Filter | None = None, *, limit: int, offset: int = 0) -> list[Listed]:
    """The latest versions of articles, those published last first; of one point in time those added last."""
    a, o, s, r, h = (
        table.c for table in (tables.articles, tables.outlets, tables.statements, tables.readings, tables.shown)
    )
    copy = tables.articles.alias("copy")
    title = case(
        (a.headline_start.is_not(None), func.substr(a.text, a.headline_start + 1, a.headline_end - a.headline_start)),
        else_=func.substr(a.text, 1, _BEGINNING),
    )
    statements = (
        select(func.count())
        .select_from(tables.readings)
        .join(tables.statements, s.reading_id == r.id)
        .outerjoin(tables.shown, and_(h.statement_id == s.id, h.verdict == "wrong"))
        .where(r.article_id == a.id, r.current, h.statement_id.is_(None))
        .scalar_subquery()
    )
    copies = select(func.count()).where(copy.c.copy_of == a.id).scalar_subquery()
    query = (
        select(a.id, title, o.name, a.day, a.url, a.version, statements, copies)
        .select_from(tables.articles)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .where(a.latest, *(where or Filter()).on())
        .order_by(a.published_at.desc().nulls_last(), a.id.desc())
        .limit(limit)
        .offset(offset)
    )
    with snapshot(engine) as connection:
        return [Listed(row[0], " ".join(row[1].split()), *row[2:]) for row in connection.execute(query)]


def last_day(connection: Connection, until: date = date.max) -> date | None:
    """The last day, up to that one, on which an article of the record was published; None where there is none."""
    a = tables.articles.c
    day = connection.scalar(select(func.max(a.day)).where(a.day <= until.isoformat()))
    return date.fromisoformat(day) if day else None
