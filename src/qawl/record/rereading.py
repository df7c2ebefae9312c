"""Read the articles of a record again with the reader of today. What people decided is laid over what it finds.

Earlier readings are kept: what somebody cited from them can still be looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from qawl.article import Article
from qawl.batch import run_in_order
from qawl.reading.reader import read
from qawl.record import tables
from qawl.record.engine import snapshot, write_all
from qawl.record.identity import Identity
from qawl.record.overlay import lay
from qawl.record.rows import ReadingRows, article_of, articles_with_outlets, insert_readings, to_rows
from qawl.record.search.index import forget_articles, index_articles
from qawl.record.unresolving import unresolve

_BATCH: Final = 50  # articles in one transaction
_AHEAD: Final = 50  # articles handed to each worker ahead of its work


class Reread(NamedTuple):
    """What became of one article; `reason` says why it could not be read, and is empty where it could."""

    article_id: int
    reason: str = ""


class _Task(NamedTuple):
    article_id: int
    article: Article
    identity: Identity


@dataclass(frozen=True, slots=True)
class _Result:
    article_id: int
    rows: ReadingRows | None
    reason: str = ""


def reader() -> str:
    """The reader of today, with its version, as readings name it."""
    return read("").reader


def to_be_read(engine: Engine, *, everything: bool = False) -> int:
    """The number of articles that `reread` would read."""
    with snapshot(engine) as connection:
        query = select(func.count()).select_from(tables.articles).where(_wanted(everything))
        return connection.scalar(query) or 0


def reread(engine: Engine, tell: Callable[[Reread], None], *, jobs: int = 1, everything: bool = False) -> None:
    """Read each article whose current reading is by another reader; with `everything`, those of this one as well.

    `tell` hears of each article once its reading is safe. Articles of which only the statements are left cannot be
    read again and keep their reading. After an interruption the same call goes on where it stopped (unless
    `everything`).
    """
    batch: list[_Result] = []
    for result in run_in_order(_tasks(engine, everything), _read, jobs, _died, ahead=_AHEAD):
        batch.append(result)
        if len(batch) >= _BATCH:
            _finish(engine, batch, tell)
            batch = []
    _finish(engine, batch, tell)


def _wanted(everything: bool) -> ColumnElement[bool]:
    a, r = tables.articles.c, tables.readings.c
    by_this = select(r.id).where(r.article_id == a.id, r.current, r.reader == reader()).exists()
    has_text = a.forgotten_at.is_(None)
    return has_text if everything else has_text & ~by_this


def _tasks(engine: Engine, everything: bool) -> Iterator[_Task]:
    last = 0
    while True:
        query = articles_with_outlets().where(tables.articles.c.id > last, _wanted(everything))
        with snapshot(engine) as connection:
            rows = connection.execute(query.order_by(tables.articles.c.id).limit(_BATCH)).all()
        if not rows:
            return
        for row in rows:
            yield _Task(row.id, article_of(row), Identity(row.key, row.text_hash))
        last = rows[-1].id


def _read(task: _Task) -> _Result:
    try:
        return _Result(task.article_id, to_rows(read(task.article), task.identity))
    except Exception as error:  # a fault of ours at one article must not cost the others
        return _Result(task.article_id, None, f"internal error, please report it: {type(error).__name__}: {error}")


def _died(task: _Task) -> _Result:
    return _Result(task.article_id, None, "the process that read it was killed (out of memory?)")


def _finish(engine: Engine, batch: Sequence[_Result], tell: Callable[[Reread], None]) -> None:
    if batch:
        for done in write_all(engine, _replace, batch, _refused):
            tell(done)


def _refused(result: _Result, reason: str) -> Reread:
    return Reread(result.article_id, reason)


def _replace(connection: Connection, items: Sequence[_Result]) -> list[Reread]:
    """Make these readings the current ones of their articles, as far as the articles are still there."""
    a, r = tables.articles.c, tables.readings.c
    ids = [result.article_id for result in items if result.rows is not None]
    there = set(connection.scalars(select(a.id).where(a.id.in_(ids), a.forgotten_at.is_(None))))
    found = [(result.article_id, result.rows) for result in items if result.rows and result.article_id in there]
    forget_articles(connection, there)
    unresolve(connection, there)
    same = r.reader.in_({rows.reader for _, rows in found})
    connection.execute(delete(tables.readings).where(r.article_id.in_(there), same))
    connection.execute(update(tables.readings).where(r.article_id.in_(there), r.current).values(current=False))
    insert_readings(connection, found)
    lay(connection, sorted(there))
    index_articles(connection, there)
    return [Reread(result.article_id, result.reason) for result in items]
