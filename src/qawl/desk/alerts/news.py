"""What an alert has to tell: the statements that its search or watchlist finds and that it has not told of yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from qawl.compare.subjects import named, statements_on, subject, with_part
from qawl.people.searching import meant
from qawl.record import tables
from qawl.record.errors import RecordError
from qawl.record.rows import parts
from qawl.record.search import saved
from qawl.record.search.find import matching
from qawl.record.search.query import parse


class News(NamedTuple):
    """A statement to be told of: `statements.id` and its public ID."""

    id: int
    ref: str


def news(connection: Connection, alert_id: int | None, of: str, asked: str) -> list[News]:
    """All statements that an alert has not told of, in the order in which they came into the record; of one that is not
    kept yet (None) all that it finds.

    Raises RecordError where there is no such search, watchlist, or anybody whom it means; QueryError where the search
    cannot be answered.
    """
    t, s = tables.told.c, tables.statements.c
    told = set(connection.scalars(select(t.ref).where(t.alert_id == alert_id)))
    rows = (
        row
        for some in parts(sorted(_found(connection, of, asked)))
        for row in connection.execute(select(s.id, s.ref).where(s.id.in_(some)).order_by(s.id))
    )
    return [News(row.id, row.ref) for row in rows if row.ref not in told]


def mark(connection: Connection, alert_id: int, refs: Iterable[str]) -> None:
    """Note that an alert has told of these."""
    # Two that are sent at the same time may both have told it.
    sql = text("INSERT INTO told (alert_id, ref) VALUES (:alert_id, :ref) ON CONFLICT DO NOTHING")
    for some in parts(refs):
        connection.execute(sql, [{"alert_id": alert_id, "ref": ref} for ref in some])


def _found(connection: Connection, of: str, asked: str) -> set[int]:
    """The statements (`statements.id`) that a saved search or a watchlist finds."""
    if of == "search":
        kept = saved.search(connection, asked)
        return set(matching(connection, parse(kept.query), meant(connection, kept.filters)))
    w = tables.watchlists
    row = connection.execute(select(w).where(w.c.name == asked)).first()
    if row is None:
        raise RecordError(f"{asked}: no such watchlist (`qawl watchlist list` lists them)")
    on_it = statements_on(connection, subject(connection, row.about))
    return on_it & set(connection.scalars(with_part(named(connection, row.person).id, "speaker")))
