"""Is a record in order? Each fault as a line of text; none where all is well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Engine, func, select, text

from qawl.record import tables
from qawl.record.engine import is_sqlite, snapshot
from qawl.record.identity import Identity, identify, refs
from qawl.record.overlay import current_statements, decisions_of, match, rulings
from qawl.record.rows import Stored, article_of, articles_with_outlets, load_readings
from qawl.record.search.index import is_current

_TOGETHER: Final = 100  # articles looked at together


def check(engine: Engine) -> Iterator[str]:
    """The faults of a record: damage that the engine sees, spans that are not of their text, articles without a current
    reading, versions of which none or several are the latest, what people decided not being what is shown, words of
    the index made by another Qawl."""
    with snapshot(engine) as connection:
        yield from _damage(connection)
        yield from _versions(connection)
        if not is_current(connection):
            yield "the index of the search was made by another Qawl (qawl db rebuild makes it anew)"
        last = 0
        while True:
            ids = connection.scalars(
                select(tables.articles.c.id)
                .where(tables.articles.c.id > last)
                .order_by(tables.articles.c.id)
                .limit(_TOGETHER)
            ).all()
            if not ids:
                return
            yield from _articles(connection, list(ids))
            last = ids[-1]


def _damage(connection: Connection) -> Iterator[str]:
    if is_sqlite(connection):
        for (message,) in connection.execute(text("PRAGMA integrity_check")):
            if message != "ok":
                yield f"the file is damaged: {message}"
        for table, row, other, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"{table}, row {row}: points to no row of {other}"


def _versions(connection: Connection) -> Iterator[str]:
    a = tables.articles.c
    latest = func.count().filter(a.latest)
    newest = select(a.key, latest.label("latest")).group_by(a.key).having(latest != 1)
    for key, number in connection.execute(newest):
        yield f"{key}: {number} latest versions"


def _articles(connection: Connection, ids: list[int]) -> Iterator[str]:
    a, r, s = tables.articles.c, tables.readings.c, tables.statements.c
    rows = {row.id: row for row in connection.execute(articles_with_outlets().where(a.id.in_(ids)))}
    for row in rows.values():
        found = identify(article_of(row))
        if row.forgotten_at is None and row.text_hash != found.text_hash:
            yield f"article {row.id}: the text is not the one that was added"
    readings = connection.execute(select(r.id, r.article_id, r.current).where(r.article_id.in_(ids))).all()
    current = Counter(row.article_id for row in readings if row.current)
    for id in ids:
        if current[id] != 1:
            yield f"article {id}: {current[id]} current readings"
    stored_readings, faults = _loaded(connection, [row.id for row in readings])
    yield from faults
    for stored in stored_readings:
        row = rows[stored.article_id]
        if list(stored.refs) != refs(Identity(row.key, row.text_hash), stored.reading.statements):
            yield f"article {row.id}: statements whose public IDs are not theirs"
    shown = {
        row.statement_id: row
        for row in connection.execute(
            select(tables.shown, r.article_id)
            .join(tables.statements, s.id == tables.shown.c.statement_id)
            .join(tables.readings, r.id == s.reading_id)
            .where(r.article_id.in_(ids))
        )
    }
    read = current_statements(connection, ids)
    decided = decisions_of(connection, ids)
    laid = {
        id: (ruling.last, ruling.verdict)
        for article_id, decisions in decided.items()
        for id, ruling in match(rulings(decisions), read[article_id]).items()
    }
    if laid != {id: (row.judgement_id, row.verdict) for id, row in shown.items()}:
        yield f"articles {ids[0]} to {ids[-1]}: what is shown is not what people decided (qawl db rebuild mends it)"


def _loaded(connection: Connection, reading_ids: list[int]) -> tuple[list[Stored], list[str]]:
    """The readings as far as they can be read, and why the others cannot."""
    try:
        return list(load_readings(connection, reading_ids).values()), []
    except ValueError as error:
        if len(reading_ids) == 1:
            return [], [f"reading {reading_ids[0]}: {error}"]
    halves = [_loaded(connection, half) for half in (reading_ids[::2], reading_ids[1::2])]
    return [one for found, _ in halves for one in found], [fault for _, told in halves for fault in told]
