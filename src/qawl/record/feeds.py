"""What is known of the feeds that are followed: one row each, replaced as a whole at every visit."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Engine, select, update

from qawl.record import tables
from qawl.record.engine import snapshot, write


class Feed(NamedTuple):
    """The row of a feed. Times are as in `qawl.record.times`; `seen` are hashes of the entries that were dealt with."""

    url: str
    title: str | None
    etag: str | None
    modified: str | None
    checked_at: str | None
    next_at: str | None
    failures: int
    last_error: str | None
    seen: list[str]


def feed(engine: Engine, url: str) -> Feed | None:
    """What is known of the feed at an address; None where it was never asked."""
    columns = [tables.feeds.c[name] for name in Feed._fields]
    with snapshot(engine) as connection:
        row = connection.execute(select(*columns).where(tables.feeds.c.url == url)).first()
    return Feed(*row) if row else None


def feeds(engine: Engine) -> list[Feed]:
    """All feeds that are followed, those that failed most often in a row first, then by address."""
    f = tables.feeds.c
    columns = [f[name] for name in Feed._fields]
    with snapshot(engine) as connection:
        return [Feed(*row) for row in connection.execute(select(*columns).order_by(f.failures.desc(), f.url))]


def keep_feed(engine: Engine, known: Feed) -> None:
    """Put what is known of a feed in the place of what was."""

    def put(connection: Connection) -> None:
        values = known._asdict()
        changed = connection.execute(update(tables.feeds).where(tables.feeds.c.url == known.url).values(values))
        if not changed.rowcount:
            connection.execute(tables.feeds.insert(), values)

    write(engine, put)
