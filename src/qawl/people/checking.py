"""Is who is who in order? Each fault as a line of text; none where all is well, or where work is left to be done."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, func, select

from qawl.people.updating import is_up_to_date
from qawl.record import tables
from qawl.record.engine import snapshot


def check(engine: Engine) -> Iterator[str]:
    """The faults: appearances without an entity or entities without an appearance, counts that are not those of the
    tables, appearances of readings that are not shown."""
    with snapshot(engine) as connection:
        yield from _readings(connection)
        if is_up_to_date(connection):
            yield from _entities(connection)


def _readings(connection: Connection) -> Iterator[str]:
    r, a, p = tables.readings.c, tables.articles.c, tables.appearances.c
    wrong = select(func.count()).where(~(r.current & a.latest))
    of = wrong.select_from(tables.resolved).join(tables.readings, r.id == tables.resolved.c.reading_id)
    if number := connection.scalar(of.join(tables.articles, a.id == r.article_id)):
        yield f"{number} readings are resolved that are not shown (qawl db rebuild mends it)"
    done = select(tables.resolved.c.reading_id).where(tables.resolved.c.reading_id == p.reading_id)
    if number := connection.scalar(select(func.count()).where(p.reading_id.is_not(None), ~done.exists())):
        yield f"{number} appearances are of readings that are not resolved (qawl db rebuild mends it)"


def _entities(connection: Connection) -> Iterator[str]:
    a, e, p = tables.appearances.c, tables.entities.c, tables.parties.c
    nobody = select(func.count()).where(a.reading_id.is_not(None), a.entity_id.is_(None))
    if number := connection.scalar(nobody):
        yield f"{number} appearances have no entity (qawl db rebuild mends it)"
    members = select(a.id).where(a.entity_id == e.id, a.reading_id.is_not(None))
    if number := connection.scalar(select(func.count()).select_from(tables.entities).where(~members.exists())):
        yield f"{number} entities appear nowhere (qawl db rebuild mends it)"
    said = (
        select(a.entity_id, func.count().label("n"))
        .join(tables.parties, p.appearance_id == a.id)
        .where(p.part == "speaker")
        .group_by(a.entity_id)
        .subquery()
    )
    wrong = (
        select(func.count())
        .select_from(tables.entities)
        .outerjoin(said, said.c.entity_id == e.id)
        .where(e.statements != func.coalesce(said.c.n, 0))
    )
    if number := connection.scalar(wrong):
        yield f"{number} entities make more or fewer statements than is said of them (qawl db rebuild mends it)"
