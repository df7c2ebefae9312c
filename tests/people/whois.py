"""Who is who in a record, told without the ids that differ from one database to the next."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Engine, select

from qawl.record import tables
from qawl.record.engine import snapshot


def whois(engine: Engine) -> dict[tuple[int, ...], Any]:
    """The entities by the anchors of their appearances: all that is written of each, and their doubts."""
    a, e, o, r, d = (
        table.c for table in (tables.appearances, tables.entities, tables.offices, tables.relations, tables.doubts)
    )
    with snapshot(engine) as connection:
        members: dict[int | None, list[Any]] = defaultdict(list)
        anchors: dict[int, int] = {}
        for row in connection.execute(select(a.id, a.anchor, a.entity_id, a.sureness)):
            members[row.entity_id].append((row.anchor, row.sureness))
            anchors[row.id] = row.anchor
        columns = (e.anchor, e.kind, e.name, e.romanised, e.country, e.statements, e.articles, e.first, e.last)
        entities = {row.id: tuple(row[1:]) for row in connection.execute(select(e.id, *columns))}
        offices: dict[int, list[Any]] = defaultdict(list)
        for row in connection.execute(select(tables.offices).order_by(o.entity_id, o.position)):
            offices[row.entity_id].append(tuple(row[2:]))
        relations: dict[int, list[Any]] = defaultdict(list)
        for row in connection.execute(select(tables.relations).order_by(r.kind, r.of)):
            relations[row.entity_id].append((row.kind, row.of))
        doubts: dict[int, set[Any]] = defaultdict(set)
        for doubt in connection.execute(select(d.one_id, d.other_id, d.score)):
            for one, other in ((doubt.one_id, doubt.other_id), (doubt.other_id, doubt.one_id)):
                doubts[anchors[one]].add((anchors[other], doubt.score))
    return {
        tuple(sorted(anchor for anchor, _ in some)): (
            entities.get(id or 0),
            sorted(some),
            offices.get(id or 0),
            relations.get(id or 0),
            [sorted(doubts[anchor]) for anchor, _ in sorted(some)],
        )
        for id, some in members.items()
    }


def names(engine: Engine) -> list[tuple[str, int]]:
    """The names of all persons with the number of their statements, those who say most first."""
    e = tables.entities.c
    query = select(e.name, e.statements).where(e.kind == "person").order_by(e.statements.desc(), e.name)
    with snapshot(engine) as connection:
        return [(row.name, row.statements) for row in connection.execute(query)]
