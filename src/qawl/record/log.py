"""What was done to the record as a whole, by whom and when: lines that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.times import now


class Entry(NamedTuple):
    """One line of the log. `at` is UTC, to the second."""

    at: str
    who: str
    action: str
    detail: Mapping[str, Any]


def note(engine: Engine, who: str, action: str, detail: Mapping[str, Any]) -> None:
    """Add a line in a transaction of its own."""
    write(engine, lambda connection: note_in(connection, who, action, detail))


def note_in(connection: Connection, who: str, action: str, detail: Mapping[str, Any]) -> None:
    """Add a line in the transaction of what it tells of."""
    connection.execute(tables.log.insert(), {"at": now(), "who": who, "action": action, "detail": dict(detail)})


def entries(engine: Engine, last: int | None = None) -> list[Entry]:
    """The lines of the log, the oldest first; with `last`, so many of the newest."""
    line = tables.log.c
    query = select(line.at, line.who, line.action, line.detail).order_by(line.id.desc())
    with snapshot(engine) as connection:
        return [Entry(*row) for row in connection.execute(query.limit(last))][::-1]
