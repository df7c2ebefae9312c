"""Statements that people should look at: those that are least sure first, and that nobody has decided about."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, func, select, tuple_

from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.identity import clean_ref

#: A statement is doubtful below this probability that all of it is right.
DOUBTFUL: Final = 0.5


def next_doubtful(engine: Engine, *, after: str | None = None) -> str | None:
    """The public ID of the least sure statement about which nobody has decided; with `after` (the ID of another one),
    of those that come after it. None where there is none left.

    Copies of an article are left out: what is decided about one would have to be decided about all.
    """
    s = tables.statements.c
    with snapshot(engine) as connection:
        query = _doubtful(s.ref).outerjoin(tables.shown, tables.shown.c.statement_id == s.id)
        query = query.where(tables.shown.c.statement_id.is_(None))
        place = None if after is None else _place(connection, after)
        # With a lower bound SQLite walks along the index, and else sorts all of them.
        least = (place.confidence, place.id) if place is not None else (-1.0, 0)
        query = query.where(tuple_(s.confidence, s.id) > tuple_(*least))
        found: str | None = connection.scalar(query.order_by(s.confidence, s.id).limit(1))
        return found


def count_doubtful(engine: Engine) -> int:
    """How many statements are doubtful, whether somebody has decided about them or not. It looks at all of them."""
    with snapshot(engine) as connection:
        return connection.scalar(_doubtful(func.count())) or 0


def count_decided(engine: Engine) -> int:
    """About how many of the doubtful ones somebody has decided."""
    with snapshot(engine) as connection:
        query = _doubtful(func.count()).join(tables.shown, tables.shown.c.statement_id == tables.statements.c.id)
        return connection.scalar(query) or 0


def _doubtful(*columns: Any) -> Select[Any]:
    s, r, a = tables.statements.c, tables.readings.c, tables.articles.c
    return (
        select(*columns)
        .select_from(tables.statements)
        .join(tables.readings, r.id == s.reading_id)
        .join(tables.articles, a.id == r.article_id)
        .where(s.confidence < DOUBTFUL, r.current, a.latest, a.copy_of.is_(None))
    )


def _place(connection: Connection, ref: str) -> Any:
    s, r = tables.statements.c, tables.readings.c
    return connection.execute(
        select(s.confidence, s.id)
        .join(tables.readings, r.id == s.reading_id)
        .where(s.ref == clean_ref(ref))
        .order_by(r.current.desc(), s.id)
        .limit(1)
    ).first()
