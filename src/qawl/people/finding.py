"""Find the entity that somebody means: by its public ID, by a statement of its, by any of its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, select

from qawl.people.anchors import from_ref, to_ref
from qawl.people.looks import folded
from qawl.record import tables
from qawl.record.errors import RecordError
from qawl.record.identity import clean_ref, is_ref, unknown_ref
from qawl.record.rows import parts

#: Who bears this share of a name's appearances is meant by it.
_MEANT: Final = 0.95
#: Candidates that an error lists.
_LISTED: Final = 10
_FARTHEST: Final = 100  # steps from an ID that was given once to one of today


class Candidate(NamedTuple):
    """An entity that a name may mean. `appearances`: how many bear the name."""

    id: int
    anchor: int
    kind: str
    name: str
    statements: int
    appearances: int


class Someone(NamedTuple):
    """An entity to be named and linked to: its public ID, name and kind."""

    ref: str
    name: str
    kind: str


def speakers_of(connection: Connection, statement_ids: Iterable[int]) -> dict[int, Someone]:
    """Who makes these statements (by the ids of their rows), where it is known."""
    p, a, e = tables.parties.c, tables.appearances.c, tables.entities.c
    found: dict[int, Someone] = {}
    for some in parts(statement_ids):
        rows = connection.execute(
            select(p.statement_id, e.anchor, e.name, e.kind)
            .join_from(tables.parties, tables.appearances, a.id == p.appearance_id)
            .join(tables.entities, e.id == a.entity_id)
            .where(p.statement_id.in_(some), p.part == "speaker")
            .order_by(p.statement_id, a.id)
        )
        for row in rows:
            found.setdefault(row.statement_id, Someone(to_ref(row.anchor), row.name, row.kind))
    return found


def entity_of(connection: Connection, written: str) -> int:
    """The entity (`entities.id`) that is meant by its public ID, the ID of a statement (its speaker) or a name.

    A name means the one who bears it in 95 of 100 appearances. Raises RecordError for what means nobody, or several.
    """
    if (anchor := from_ref(written)) is not None:
        return _at_anchor(connection, written, anchor)[1]
    if is_ref(written):
        return _speaker(connection, written)[1]
    found = candidates(connection, written)
    if not found:
        raise RecordError(f"{written}: nobody of that name in the record")
    if found[0].appearances >= _MEANT * sum(one.appearances for one in found):
        return found[0].id
    lines = [f"  {to_ref(one.anchor)}  {one.name} ({one.kind}, {one.statements} statements)" for one in found[:_LISTED]]
    more = [f"  and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    raise RecordError("\n".join([f"{written}: may mean several; name one by its ID:", *lines, *more]))


def appearance_of(connection: Connection, written: str) -> int:
    """The appearance (`appearances.id`) that is meant: the one that a public ID names, the speaker of a statement; of a
    name the earliest of the entity that it means. Raises RecordError for what means nobody, or several."""
    if (anchor := from_ref(written)) is not None:
        return _at_anchor(connection, written, anchor)[0]
    if is_ref(written):
        return _speaker(connection, written)[0]
    a, e = tables.appearances.c, tables.entities.c
    entity_id = entity_of(connection, written)
    earliest = select(e.anchor).where(e.id == entity_id).scalar_subquery()
    meant = select(a.id).where(a.entity_id == entity_id, a.anchor == earliest)
    return int(connection.execute(meant).scalar_one())


def _at_anchor(connection: Connection, written: str, anchor: int) -> tuple[int, int]:
    """The appearance with that anchor, or to which it leads, and its entity."""
    a, e = tables.appearances.c, tables.earlier_refs.c
    for _ in range(_FARTHEST):
        here = select(a.id, a.entity_id).where(a.anchor == anchor, a.entity_id.is_not(None)).order_by(a.id)
        if (found := connection.execute(here).first()) is not None:
            return int(found.id), int(found.entity_id)
        further: int | None = connection.scalar(select(e.leads_to).where(e.anchor == anchor))
        if further is None:
            break
        anchor = further
    raise RecordError(f"{written}: no such person or body")


def _speaker(connection: Connection, written: str) -> tuple[int, int]:
    """The appearance that makes a statement, and its entity."""
    s, r, a, p = tables.statements.c, tables.readings.c, tables.appearances.c, tables.parties.c
    row = connection.execute(
        select(a.id, a.entity_id)
        .select_from(tables.statements)
        .join(tables.readings, r.id == s.reading_id)
        .outerjoin(tables.parties, (p.statement_id == s.id) & (p.part == "speaker"))
        .outerjoin(tables.appearances, a.id == p.appearance_id)
        .where(s.ref == clean_ref(written))
        .order_by(r.current.desc())
    ).first()
    if row is None:
        raise unknown_ref(written)
    if row.entity_id is None:
        raise RecordError(f"{written}: nobody is known to say this")
    return int(row.id), int(row.entity_id)


def candidates(connection: Connection, name: str) -> list[Candidate]:
    """The entities that a name may mean, those that bear it most often first.

    Those for whom it is the fullest name in some article; else those who are called so beside it; else those who have
    all its words in one of their names.
    """
    n, f, a = tables.names.c, tables.forms.c, tables.appearances.c
    wanted = folded(name)
    if not wanted:
        return []
    exact = (
        select(a.entity_id, f.name, func.count().label("n"))
        .join_from(tables.names, tables.forms, f.id == n.form_id)
        .join(tables.appearances, a.form_id == f.id)
        .where(a.entity_id.is_not(None))
        .group_by(a.entity_id, f.name)
    )
    rows = connection.execute(exact.where(n.name == wanted)).all()
    rows = [row for row in rows if folded(row.name) == wanted] or rows
    if not rows:
        having = [n.name.contains(word, autoescape=True) for word in wanted.split()]
        rows = [
            row
            for row in connection.execute(exact.where(*having))
            if set(wanted.split()) <= set(folded(row.name).split())
        ]
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        counts[row.entity_id] += row.n
    e = tables.entities.c
    found = [
        Candidate(one.id, one.anchor, one.kind, one.name, one.statements, counts[one.id])
        for some in parts(counts)
        for one in connection.execute(select(e.id, e.anchor, e.kind, e.name, e.statements).where(e.id.in_(some)))
    ]
    return sorted(found, key=lambda one: (-one.appearances, -one.statements, one.anchor))
