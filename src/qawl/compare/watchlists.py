"""Watchlists: a person and a subject together, kept by name. They are kept as they were asked for, so that they find
what the record knows by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from qawl.compare.subjects import named, subject
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.search.saved import clean_name
from qawl.record.times import now


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Whose statements on what, in the words of whoever made it and when (`qawl.record.times`)."""

    name: str
    person: str
    about: str
    who: str
    made_at: str


def add(engine: Engine, name: str, person: str, about: str, *, who: str) -> None:
    """Keep a person and a subject under a name.

    Raises RecordError where the name is taken, none or too long, and where the record does not know the person or the
    saved search.
    """
    name = clean_name(name, "a watchlist")

    def keep(connection: Connection) -> None:
        if _row(connection, name) is not None:
            raise RecordError(f"{name}: there is a watchlist of that name")
        named(connection, person)
        subject(connection, about)
        row = {"name": name, "person": person, "about": about, "who": who, "made_at": now()}
        connection.execute(insert(tables.watchlists), [row])

    write(engine, keep)


def watchlist(engine: Engine, name: str) -> Watchlist:
    """The watchlist of that name. Raises RecordError where there is none."""
    with snapshot(engine) as connection:
        return _known(connection, name)


def watchlists(engine: Engine) -> list[Watchlist]:
    """All of them, by name."""
    w = tables.watchlists
    with snapshot(engine) as connection:
        return [_watchlist(row) for row in connection.execute(select(w).order_by(w.c.name))]


def remove(engine: Engine, name: str) -> None:
    """Take a watchlist out. Raises RecordError where there is none."""

    def take(connection: Connection) -> None:
        kept = _known(connection, name)
        connection.execute(delete(tables.watchlists).where(tables.watchlists.c.name == kept.name))

    write(engine, take)


def _known(connection: Connection, name: str) -> Watchlist:
    row = _row(connection, name.strip())
    if row is None:
        raise RecordError(f"{name}: no such watchlist (`qawl watchlist list` lists them)")
    return _watchlist(row)


def _row(connection: Connection, name: str) -> Any:
    w = tables.watchlists
    return connection.execute(select(w).where(w.c.name == name)).first()


def _watchlist(row: Any) -> Watchlist:
    return Watchlist(row.name, row.person, row.about, row.who, row.made_at)
