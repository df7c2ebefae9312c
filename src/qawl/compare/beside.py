"""What a list shows beside a statement: who says it across articles, and how many versions of it there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qawl.people.anchors import to_ref
from qawl.record import tables
from qawl.record.rows import parts


@dataclass(frozen=True, slots=True)
class Beside:
    """`speaker` is the public ID of the entity that says it; `versions` are the statements that report the same, itself
    among them (1: nobody else does), and `outlets` those that have one of them."""

    speaker: str | None = None
    versions: int = 1
    outlets: int = 1


def beside(connection: Connection, ids: Iterable[int]) -> dict[int, Beside]:
    """That of each of these statements (`statements.id`)."""
    p, a, e = tables.parties.c, tables.appearances.c, tables.entities.c
    c, g = tables.compared.c, tables.statement_groups.c
    ids = list(ids)
    speakers: dict[int, str] = {}
    groups: dict[int, tuple[int, int]] = {}
    for some in parts(ids):
        rows = connection.execute(
            select(p.statement_id, e.anchor)
            .join(tables.appearances, a.id == p.appearance_id)
            .join(tables.entities, e.id == a.entity_id)
            .where(p.statement_id.in_(some), p.part == "speaker")
        )
        speakers |= {row.statement_id: to_ref(row.anchor) for row in rows}
        rows = connection.execute(
            select(c.statement_id, g.statements, g.outlets)
            .join(tables.statement_groups, g.id == c.group_id)
            .where(c.statement_id.in_(some))
        )
        groups |= {row.statement_id: (row.statements, row.outlets) for row in rows}
    return {id: Beside(speakers.get(id), *groups.get(id, (1, 1))) for id in ids}
