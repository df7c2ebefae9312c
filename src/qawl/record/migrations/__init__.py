"""The steps by which a database becomes a record and stays one, run by Alembic."""

from __future__ import annotations

from contextlib import closing
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from qawl.record.engine import APPLICATION_ID, HEAD, found_version, is_sqlite, known_versions, write
from qawl.record.errors import RecordError


def upgrade(engine: Engine) -> str | None:
    """Bring a database up to date, an empty one from nothing, in one transaction: it is done whole or not at all.

    Returns the version that it had before; None for an empty one.

    Raises RecordError for a database that is not Qawl's or is newer than this Qawl.
    """
    found = found_version(engine)
    if found is not None and found not in known_versions():
        raise RecordError(f"{engine.url.database}: written by a newer Qawl (its version is {found})")
    if is_sqlite(engine):
        # Readers then do not wait for writers. It is kept in the file, and cannot be set within a transaction.
        with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
    write(engine, _upgrade)
    return found


def _upgrade(connection: Connection) -> None:
    with as_file(files("qawl.record") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
    if is_sqlite(connection):
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
