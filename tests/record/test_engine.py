"""Opening: what is a record, what is none, what is older or newer; the migrations make the tables."""

from __future__ import annotations

import sqlite3
import time
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from qawl.record.engine import (
    HEAD,
    found_version,
    known_versions,
    limit_cache,
    open_record,
    reach,
    record_url,
    snapshot,
    write,
)
from qawl.record.errors import RecordError
from qawl.record.migrations import upgrade
from qawl.record.tables import VERSION_TABLE, metadata, outlets


def test_the_migrations_make_the_tables(record: Engine) -> None:
    with snapshot(record) as connection:
        # The full-text index is each engine's own affair.
        ours = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("statement_words")}
        options = {"version_table": VERSION_TABLE, "compare_type": True, **ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())


def test_the_newest_migration_is_known() -> None:
    script = ScriptDirectory(str(Path(__file__).resolve().parents[2] / "src/qawl/record/migrations"))
    assert script.get_heads() == [HEAD]
    assert HEAD in known_versions()


def test_a_record_opens_again(location: str) -> None:
    first = open_record(location, create=True)
    write(first, lambda connection: connection.execute(outlets.insert(), {"name": "صحيفة المنار الأزرق"}))
    first.dispose()
    again = open_record(location)
    with snapshot(again) as connection:
        assert connection.scalars(select(outlets.c.name)).all() == ["صحيفة المنار الأزرق"]
    again.dispose()


def test_readers_do_not_wait_for_writers(location: str) -> None:
    engine = open_record(location, create=True)

    def work(connection: Connection, name: str) -> int | None:
        connection.execute(outlets.insert(), {"name": name})
        with snapshot(engine) as other:
            return other.scalar(select(func.count()).select_from(outlets))

    assert write(engine, partial(work, name="صحيفة المنار الأزرق")) == 0
    assert write(engine, partial(work, name="قناة السهل")) == 1
    engine.dispose()


def test_how_much_of_a_file_connections_keep(tmp_path: Path) -> None:
    engine = open_record(str(tmp_path / "record.db"), create=True)
    limit_cache(engine, 3)
    with snapshot(engine) as one, snapshot(engine) as other:
        assert [c.exec_driver_sql("PRAGMA cache_size").scalar() for c in (one, other)] == [-3072, -3072]
    engine.dispose()


def test_upgrading_twice_changes_nothing(record: Engine) -> None:
    upgrade(record)
    assert found_version(record) == HEAD


def test_a_record_of_the_first_version_is_brought_up_to_date(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = reach(location)
    monkeypatch.setattr("qawl.record.migrations.HEAD", "0001")
    assert upgrade(engine) is None
    monkeypatch.undo()
    write(engine, lambda connection: connection.execute(outlets.insert(), {"name": "قناة السهل"}))
    with pytest.raises(RecordError, match="older Qawl; `qawl db upgrade`"):
        open_record(location, create=True)
    assert upgrade(engine) == "0001"
    engine.dispose()
    again = open_record(location)
    with snapshot(again) as connection:
        assert connection.scalars(select(outlets.c.name)).all() == ["قناة السهل"]
    again.dispose()


def test_an_older_and_a_newer_record_say_so(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_record(location, create=True)
    write(engine, lambda c: c.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")))
    with pytest.raises(RecordError, match="newer Qawl"):
        open_record(location)
    with pytest.raises(RecordError, match="newer Qawl"):
        upgrade(engine)
    write(engine, lambda c: c.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{HEAD}'")))
    monkeypatch.setattr("qawl.record.engine.HEAD", "9999")
    with pytest.raises(RecordError, match="qawl db upgrade"):
        open_record(location)
    engine.dispose()


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (title TEXT)")
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(RecordError, match="something else, with a table 'bookmarks'"):
            open_record(str(path), create=create)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["other.db"]


def test_a_postgresql_database_with_a_table_of_our_name_is_left_alone(postgresql: str) -> None:
    engine = create_engine(record_url(postgresql))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE articles (title TEXT)"))
    engine.dispose()
    with pytest.raises(RecordError, match="something else, with a table 'articles'"):
        open_record(postgresql, create=True)


@pytest.mark.parametrize("content", [b"\x00" * 4096, "قال الوزير إن السد امتلأ. ".encode() * 200])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"news\.db"):
        open_record(str(path), create=True)
    assert path.read_bytes() == content


def test_places_without_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record here"):
        open_record(str(tmp_path / "qawl.db"))
    assert not list(tmp_path.iterdir())
    (tmp_path / "empty.db").touch()
    with pytest.raises(RecordError, match="empty database"):
        open_record(str(tmp_path / "empty.db"))
    with pytest.raises(RecordError, match=r"missing/qawl\.db"):
        open_record(str(tmp_path / "missing" / "qawl.db"), create=True)
    with pytest.raises(RecordError, match="mysql: the record is kept in SQLite or PostgreSQL"):
        open_record("mysql://localhost/qawl")
    with pytest.raises(RecordError, match="not an address"):
        open_record("://")
    with pytest.raises(RecordError, match="localhost:1"):
        open_record("postgresql://somebody:secret@localhost:1/qawl", create=True)


@pytest.mark.parametrize(
    "location",
    [
        "postgresql://somebody:secret@localhost:1/qawl",
        "postgresql://somebody@localhost:1/qawl?password=secret",
        "postgresql://somebody:secret@localhost:five/qawl",
        "://somebody:secret@localhost",
    ],
)
def test_a_password_is_not_shown(location: str) -> None:
    with pytest.raises(RecordError) as caught:
        open_record(location)
    assert "secret" not in str(caught.value)


def test_a_deadlock_with_another_program_is_tried_again(postgresql: str) -> None:
    engine = open_record(postgresql, create=True)
    write(engine, lambda c: c.execute(outlets.insert(), [{"name": "قناة السهل"}, {"name": "صحيفة الضفة"}]))
    other = engine.connect()
    other.execute(text("SET deadlock_timeout = '30s'"))  # so that it is ours that is ended
    other.execute(text("UPDATE outlets SET name = name WHERE id = 1"))
    tries: list[int] = []

    def wants_ours() -> None:
        other.execute(text("UPDATE outlets SET name = name WHERE id = 2"))
        other.commit()

    waiting = Thread(target=wants_ours)

    def work(connection: Connection) -> int:
        tries.append(len(tries))
        connection.execute(text("UPDATE outlets SET name = name || '.' WHERE id = 2"))
        if len(tries) == 1:
            waiting.start()
            time.sleep(0.3)
        return connection.execute(text("UPDATE outlets SET name = name || '.' WHERE id = 1")).rowcount

    assert write(engine, work) == 1
    waiting.join()
    other.close()
    assert len(tries) == 2
    with snapshot(engine) as connection:
        assert set(connection.scalars(select(outlets.c.name))) == {"قناة السهل.", "صحيفة الضفة."}
    engine.dispose()


def test_a_writer_waits_for_another(location: str) -> None:
    engine = open_record(location, create=True)
    order: list[str] = []

    def slow(connection: Connection) -> None:
        begun.set()
        time.sleep(0.5)
        order.append("first")

    begun = Event()
    first = Thread(target=write, args=(engine, slow))
    first.start()
    begun.wait()
    write(engine, lambda connection: order.append("second"))
    first.join()
    assert order == ["first", "second"]
    engine.dispose()


def test_what_will_never_do_is_not_tried_again(record: Engine) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(outlets.insert(), [{"name": "قناة السهل"}, {"name": "قناة السهل"}])

    with pytest.raises(IntegrityError):
        write(record, work)
    assert len(tries) == 1
    with snapshot(record) as connection:
        assert connection.scalars(select(outlets.c.name)).all() == []
