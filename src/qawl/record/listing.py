"""The articles of a record as a list, those added last first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, and_, func, select

from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.showing import Filter


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list. `statements` are those of its current reading as the machine read it."""

    id: int
    headline: str | None
    outlet: str | None
    published: str | None
    url: str | None
    statements: int


def articles(engine: Engine, where: Filter, *, limit: int, below: int | None = None) -> list[Listed]:
    """The latest versions that a filter lets through, those added last first; with `below`, only those with a lower
    number."""
    a, o, r, s = (table.c for table in (tables.articles, tables.outlets, tables.readings, tables.statements))
    number = select(func.count()).where(s.reading_id == r.id).scalar_subquery()
    length = a.headline_end - a.headline_start
    query = (
        select(
            a.id,
            # The headline alone: a text may be long.
            func.substr(a.text, a.headline_start + 1, length).label("headline"),
            o.name.label("outlet"),
            a.published,
            a.url,
            number.label("statements"),
        )
        .select_from(tables.articles)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .join(tables.readings, and_(r.article_id == a.id, r.current))
        .where(a.latest, *where.on(), *([a.id < below] if below is not None else []))
        .order_by(a.id.desc())
        .limit(limit)
    )
    with snapshot(engine) as connection:
        return [Listed(*row) for row in connection.execute(query)]
