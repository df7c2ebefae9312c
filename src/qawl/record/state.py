"""Is the record still as it was? A value that changes with it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, func, select

from qawl.record import tables

#: Tables of which a row more, or another one, tells that something was added, judged, resolved or compared.
_TELLING: Final = (
    *(tables.articles, tables.readings, tables.judgements, tables.identity_judgements),
    *(tables.appearances, tables.entities, tables.statement_groups, tables.log),
)


def state(connection: Connection) -> tuple[int, ...]:
    """The last number given in each table of which any change to the record takes a new one, and how much of who is who
    is left to be worked out: two that become one take no new number, but are left to be until they are one."""
    last = [select(func.max(table.c.id)).scalar_subquery() for table in _TELLING]
    left = select(func.count()).select_from(tables.unresolved).scalar_subquery()
    return tuple(number or 0 for number in connection.execute(select(*last, left)).one())
