"""Which statements of a record report one utterance, told without the ids that differ from one database to the next."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from qawl.compare.updating import is_up_to_date
from qawl.record import tables
from qawl.record.engine import snapshot


def grouped(engine: Engine) -> dict[str, Any]:
    """Links and groups by public IDs, of a record that is up to date."""
    s, c, k, g = tables.statements.c, tables.compared.c, tables.links.c, tables.statement_groups.c
    with snapshot(engine) as connection:
        refs = {row.id: row.ref for row in connection.execute(select(s.id, s.ref))}
        members: dict[int, set[str]] = {}
        for row in connection.execute(select(c.statement_id, c.group_id).where(c.group_id.is_not(None))):
            members.setdefault(row.group_id, set()).add(refs[row.statement_id])
        rows = {row.id: row for row in connection.execute(select(tables.statement_groups).order_by(g.ref))}
        links = {
            (frozenset((refs[row.one_id], refs[row.other_id])), row.likeness)
            for row in connection.execute(select(k.one_id, k.other_id, k.likeness))
        }
        assert is_up_to_date(connection)
    assert members.keys() == rows.keys()
    assert all(len(members[id]) == row.statements for id, row in rows.items())
    return {
        "groups": {frozenset(members[id]): tuple(row)[1:] for id, row in rows.items()},
        "links": links,
        "compared": len(refs),
    }
