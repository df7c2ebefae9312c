"""People and bodies known from other people's data. Each is an appearance of its own, without an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, delete, select

from qawl.people.anchors import anchor
from qawl.people.appearance import Appearance, Term
from qawl.people.looks import digest, write_forms
from qawl.record import tables
from qawl.record.rows import insert, next_ids, parts
from qawl.record.unresolving import mark_appearances, mark_forms

_MOST: Final = 5000  # that are made appearances in one transaction


def gather_known(connection: Connection) -> bool:
    """Write the appearances of some of those that have none yet; may there be more?"""
    k, a = tables.known.c, tables.appearances.c
    has = select(a.id).where(a.known_id == k.id)
    rows = connection.execute(select(tables.known).where(~has.exists()).order_by(k.id).limit(_MOST)).all()
    looks = {row.id: appearance_of(row) for row in rows}
    forms = write_forms(connection, looks.values())
    ids = next_ids(connection, tables.appearances, len(rows))
    found: list[dict[str, Any]] = [
        {
            "id": id,
            "known_id": row.id,
            "form_id": forms[digest(looks[row.id])],
            "anchor": anchor("known", row.identifier),
        }
        for id, row in zip(ids, rows, strict=True)
    ]
    insert(connection, tables.appearances, found)
    mark_forms(connection, (row["form_id"] for row in found))
    return len(rows) == _MOST


def is_known_left(connection: Connection) -> bool:
    """Is there one that has no appearance yet?"""
    k, a = tables.known.c, tables.appearances.c
    has = select(a.id).where(a.known_id == k.id)
    return connection.execute(select(k.id).where(~has.exists()).limit(1)).first() is not None


def appearance_of(row: Any) -> Appearance:
    """The looks of an entry, from its row in `known`."""
    terms = tuple(Term(**term) for term in row.terms)
    return Appearance(0, row.kind, row.name, tuple(row.names), known=row.id, country=row.country, terms=terms)


def forget_known(connection: Connection, known_ids: Iterable[int]) -> None:
    """Take the appearances of these entries out: they change, or go."""
    a = tables.appearances.c
    for some in parts(known_ids):
        rows = connection.execute(select(a.id, a.form_id, a.cluster, a.entity_id).where(a.known_id.in_(some))).all()
        mark_appearances(connection, rows)
        connection.execute(delete(tables.appearances).where(a.id.in_([row.id for row in rows])))
