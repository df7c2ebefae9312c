"""Are the groups of statements in order? Each fault as a line of text; none where all is well, or where work is left to
be done."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, func, select

from qawl.compare.regrouping import rows_of
from qawl.compare.updating import is_up_to_date
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.rows import parts


def check(engine: Engine) -> Iterator[str]:
    """The faults: links of statements that were not compared, links the wrong way round, groups whose first statement,
    days or counts are not those of their statements."""
    with snapshot(engine) as connection:
        if is_up_to_date(connection):
            yield from _links(connection)
            yield from _groups(connection)


def _links(connection: Connection) -> Iterator[str]:
    k, c = tables.links.c, tables.compared.c
    loose = [~select(c.statement_id).where(c.statement_id == end).exists() for end in (k.one_id, k.other_id)]
    wrong = select(func.count()).select_from(tables.links).where(loose[0] | loose[1] | (k.one_id >= k.other_id))
    if number := connection.scalar(wrong):
        yield f"{number} links are not of two statements that were compared (qawl db rebuild mends it)"


def _groups(connection: Connection) -> Iterator[str]:
    g = tables.statement_groups
    number = 0
    for some in parts(connection.scalars(select(g.c.id).order_by(g.c.id)).all()):
        wanted = rows_of(connection, some)
        for row in connection.execute(select(g).where(g.c.id.in_(some))).mappings():
            number += any(row[key] != value for key, value in wanted[row["id"]].items())
    if number:
        yield f"{number} groups of statements are not what their statements make them (qawl db rebuild mends it)"
