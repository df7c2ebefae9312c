"""Open a record: a SQLite file or a PostgreSQL database, named by a URL; one way to read from it and one to write."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, OperationalError

from qawl.record.errors import RecordError
from qawl.record.tables import VERSION_TABLE, metadata

T = TypeVar("T")
Item = TypeVar("Item")

#: Where the record is when nobody says: a file in the current folder.
DEFAULT: Final = "qawl.db"
#: The newest migration. It stands here so that opening a record need not load Alembic; a test compares the two.
HEAD: Final = "0006"

#: Marks a SQLite file as a record ("Qawl" in ASCII), in its header.
APPLICATION_ID: Final = 0x5161776C
_WAIT = 60  # seconds that a writer to SQLite waits for its turn
_TRIES = 6
# One writer at a time keeps copies linked and makes deadlocks impossible; the reading, which takes the time, is done
# before. Any number will do that nobody else is likely to lock.
_WRITER_LOCK = 0x5161776C
#: What PostgreSQL says when it is right to try again: serialisation failure, deadlock, lock not available.
_AGAIN = {"40001", "40P01", "55P03"}


def record_url(location: str) -> URL:
    """The URL of a record from what a user may write: a URL, or the path of a SQLite file.

    Raises RecordError for a kind of database that the record does not know.
    """
    if "://" not in location:
        return URL.create("sqlite", database=location)
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        # Not said again: a password may stand in it.
        raise RecordError("not an address of a database (sqlite:///FILE or postgresql://…)") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        return url.set(drivername="sqlite")
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise RecordError(f"{kind}: the record is kept in SQLite or PostgreSQL")


def reach(location: str) -> Engine:
    """The way to a record, without a look at whether there is one, and of what version."""
    return _engine(record_url(location))


def open_record(location: str = DEFAULT, *, create: bool = False) -> Engine:
    """Open a record that is up to date; with `create`, make it where there is none.

    Raises RecordError where there is none, for a database that is not Qawl's, is older than this Qawl (`qawl db
    upgrade` brings it up to date) or newer, and where it cannot be reached.
    """
    engine = reach(location)
    shown = engine.url.difference_update_query(["password"]).render_as_string(hide_password=True)
    if not create and is_missing(engine.url):
        raise RecordError(f"{engine.url.database}: no record here (`qawl add` makes one)")
    if is_missing(engine.url) and not Path(str(engine.url.database)).parent.is_dir():
        raise RecordError(f"{engine.url.database}: there is no such folder")
    try:
        found = found_version(engine)
        if found is None and create:
            from qawl.record.migrations import upgrade

            upgrade(engine)
            found = HEAD
    except DBAPIError as error:
        raise RecordError(f"{shown}: {first_line(error)}") from None
    if found is None:
        raise RecordError(f"{shown}: an empty database (`qawl add` or `qawl db upgrade` makes a record of it)")
    if found != HEAD:
        if found in known_versions():
            raise RecordError(f"{shown}: written by an older Qawl; `qawl db upgrade` brings it up to date")
        raise RecordError(f"{shown}: written by a newer Qawl (its version is {found}, this one knows {HEAD})")
    return engine


def is_missing(url: URL) -> bool:
    """Is this a SQLite file that does not exist?"""
    return (
        url.get_backend_name() == "sqlite"
        and url.database not in (None, "", ":memory:")
        and not Path(str(url.database)).exists()
    )


def found_version(engine: Engine) -> str | None:
    """The migration that a database stands at; None for an empty one. Raises RecordError where it is not Qawl's."""
    with snapshot(engine) as connection:
        tables = set(inspect(connection).get_table_names())
        if VERSION_TABLE in tables:
            row = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).first()
            return str(row[0]) if row else None
        # A SQLite file is one program's; a PostgreSQL database may hold other tables, so long as they are not ours.
        foreign = tables if is_sqlite(connection) else tables & set(metadata.tables)
    if foreign:
        raise RecordError(f"{engine.url.database}: a database of something else, with a table {min(foreign)!r}")
    return None


def known_versions() -> set[str]:
    """The migrations that this Qawl ships."""
    folder = files("qawl.record") / "migrations" / "versions"
    return {entry.name.split("_")[0] for entry in folder.iterdir() if entry.name[:1].isdigit()}


def is_sqlite(connection: Connection | Engine) -> bool:
    """SQLite, or else PostgreSQL?"""
    return connection.dialect.name == "sqlite"


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that reads: all its questions are answered from the record as it is at the first."""
    # SQLite gives no less than that anyway.
    options: dict[str, str] = {} if is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def write(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do `work` in one transaction, alone among the writers; it holds whole or not at all.

    Where the database asks for it (busy, a deadlock with somebody else's transaction, a serialisation failure) the
    work is done again from its beginning, up to six times, so it must not have effects outside the transaction.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                if not is_sqlite(connection):
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})"))
                return work(connection)
        except DBAPIError as error:
            if attempt == _TRIES or not _worth_another_try(error):
                raise
            time.sleep(random.uniform(0, 0.1 * 2**attempt))
    raise AssertionError("unreachable")


def write_all(
    engine: Engine,
    work: Callable[[Connection, Sequence[Item]], list[T]],
    items: Sequence[Item],
    refused: Callable[[Item, str], T],
) -> list[T]:
    """Do `work` on items in one transaction; where the database will not have one of them, on the others.

    `work` gives what became of each item, in order, and `refused` what becomes of one for that reason.
    """
    try:
        return write(engine, lambda connection: work(connection, items))
    except DBAPIError as error:
        if not _is_refusal(error):
            raise
        if len(items) == 1:
            return [refused(items[0], f"the database refuses it: {first_line(error)}")]
        middle = len(items) // 2
        return [done for half in (items[:middle], items[middle:]) for done in write_all(engine, work, half, refused)]


def first_line(error: DBAPIError) -> str:
    """What the database said, without the statement at which it said so."""
    return str(error.orig).strip().split("\n")[0]


def _is_refusal(error: DBAPIError) -> bool:
    """Is it what was to be written that will not do, and not the database that is in trouble?"""
    # Classes of SQLSTATE: data that cannot be, constraints, limits of the program.
    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(error, DataError | IntegrityError) or state[:2] in ("22", "23", "54")


def _worth_another_try(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _AGAIN:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def _engine(url: URL) -> Engine:
    to_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    if url.get_backend_name() == "sqlite":
        # The connection that was used last is used next: few are open, and they have at hand what is asked for.
        more: dict[str, Any] = {} if url.database in (None, "", ":memory:") else {"pool_use_lifo": True}
        engine = create_engine(url, json_serializer=to_json, connect_args={"timeout": _WAIT}, **more)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(url, json_serializer=to_json, pool_pre_ping=True)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def limit_cache(engine: Engine, megabytes: int) -> None:
    """Let each connection keep no more of a SQLite file than that: for a process that has many, and for long. Those
    that are open and not in use are closed."""
    if is_sqlite(engine):
        event.listen(
            engine, "connect", lambda connection, _: connection.execute(f"PRAGMA cache_size = -{megabytes * 1024}")
        )
        engine.dispose()


def _prepare_sqlite(connection: Any, _: object) -> None:
    # Python's driver must leave it to us when a transaction begins: see _begin_sqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")  # 64 MB
    connection.execute("PRAGMA temp_store = MEMORY")


def _prepare_postgresql(connection: Any, _: object) -> None:
    connection.autocommit = True  # a transaction that is not committed would take it back
    connection.execute(_PLANNED)
    connection.autocommit = False


# What the planner is told, unless whoever keeps the server has said otherwise: no disk has turned for years, so that a
# page at random costs little more than the next one; and to compile a question takes longer than to answer it.
_PLANNED: Final = """
SELECT set_config(name, CASE name WHEN 'jit' THEN 'off' ELSE '1.1' END, false)
FROM pg_settings WHERE name IN ('jit', 'random_page_cost') AND source = 'default'
"""


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can fail at once when another writes meanwhile; one that says
    # at its beginning that it will write waits for its turn.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
