"""Take texts out of the record for good: licences end, courts rule. A line in the log is what remains, or the bare
statements too.

Where the statements are kept, every character of the text that lies in none of them becomes a space: all offsets stay
what they are, and nothing else can be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, or_, select, text, update

from qawl.article import Article
from qawl.record import tables
from qawl.record.engine import is_sqlite, snapshot, write
from qawl.record.errors import RecordError
from qawl.record.identity import bands, identify, shingles
from qawl.record.identity_judgements import move_away
from qawl.record.log import note_in
from qawl.record.rows import insert, parts
from qawl.record.search.index import forget_articles, index_articles, tidy
from qawl.record.times import now
from qawl.record.unresolving import unresolve

_TOGETHER: Final = 500  # articles, with their texts, that are worked on at a time


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which articles are meant: those of an outlet, those published before a day (ISO 8601), or these ids alone;
    where several are given, all of them must be so."""

    article_ids: tuple[int, ...] | None = None
    outlet: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much went. `copies`: articles that stay and have the same or much of the same text."""

    articles: int
    statements: int
    judgements: int
    copies: int


def find_articles(engine: Engine, what: str) -> tuple[int, ...]:
    """The ids of the articles, with all their versions, that somebody may mean: by number, address, or the id that the
    input gave. None is no error here."""
    a = tables.articles.c
    if not what:  # articles whose input gave no id are not meant
        return ()
    address = identify(Article("", url=what)).key
    means = [a.key == address, a.key == what, a.url == what, a.canonical_url == what, a.source_id == what]
    if what.isascii() and what.isdigit() and len(what) < 19:
        means.append(a.id == int(what))
    with snapshot(engine) as connection:
        keys = connection.scalars(select(a.key).where(or_(*means)).distinct()).all()
        return tuple(connection.scalars(select(a.id).where(a.key.in_(keys)).order_by(a.id)))


def is_outlet(engine: Engine, name: str) -> bool:
    """Is there an outlet of that name?"""
    o = tables.outlets.c
    with snapshot(engine) as connection:
        return connection.scalar(select(o.id).where(o.name == name)) is not None


def count(engine: Engine, chosen: Chosen) -> Forgotten:
    """What `forget` would take away."""
    with snapshot(engine) as connection:
        return _count(connection, _ids(connection, chosen))


def forget(
    engine: Engine,
    chosen: Chosen,
    *,
    who: str,
    keep_statements: bool = False,
    then: Callable[[Engine], None] = lambda engine: None,
) -> Forgotten:
    """Take the articles out for good, with a line in the log; with `keep_statements`, all of them but the statements.

    `then` brings up to date what followed from them, before the file is written anew.

    SQLite's file is written anew, so that nothing of the texts is in it. PostgreSQL's tables are vacuumed: no question
    finds the rows any more, and their space is used again, but not given back and overwritten only as it is used.
    (`VACUUM FULL` does that at once; it stops everybody meanwhile. Backups and archives are beyond our reach.)
    """
    gone = write(engine, partial(_forget, chosen=chosen, who=who, keep_statements=keep_statements))
    then(engine)
    _vacuum(engine)
    return gone


def _vacuum(engine: Engine) -> None:
    if not is_sqlite(engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM {', '.join(tables.metadata.tables)}, statement_words"))
        return
    # Not by SQLAlchemy, which would begin a transaction.
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _ids(connection: Connection, chosen: Chosen) -> list[int]:
    a = tables.articles.c
    query = select(a.id).order_by(a.id)
    if chosen.article_ids is not None:
        query = query.where(a.id.in_(chosen.article_ids))
    if chosen.outlet is not None:
        outlet = connection.scalar(select(tables.outlets.c.id).where(tables.outlets.c.name == chosen.outlet))
        if outlet is None:
            raise RecordError(f"{chosen.outlet}: no such outlet")
        query = query.where(a.outlet_id == outlet)
    if chosen.before is not None:
        query = query.where(a.day < chosen.before)
    if chosen == Chosen():
        raise RecordError("nothing was chosen to be forgotten")
    return list(connection.scalars(query))


def _count(connection: Connection, ids: Sequence[int]) -> Forgotten:
    j, c = tables.judgements.c, tables.copies.c
    statements = judgements = 0
    alike: set[int] = set()
    for some in parts(ids, _TOGETHER):
        statements += (
            connection.scalar(
                select(func.count())
                .select_from(tables.statements)
                .join(tables.readings)
                .where(tables.readings.c.article_id.in_(some), tables.readings.c.current)
            )
            or 0
        )
        judgements += connection.scalar(select(func.count(j.id)).where(j.article_id.in_(some))) or 0
        alike.update(connection.scalars(select(c.article_id).where(c.other_id.in_(some))))
        alike.update(connection.scalars(select(c.other_id).where(c.article_id.in_(some))))
    return Forgotten(len(ids), statements, judgements, len(alike.difference(ids)))


def _forget(connection: Connection, *, chosen: Chosen, who: str, keep_statements: bool) -> Forgotten:
    if is_sqlite(connection):
        # What is deleted is overwritten at once, should the file be too busy to be written anew afterwards.
        connection.execute(text("PRAGMA secure_delete = ON"))
    ids = _ids(connection, chosen)
    gone = _count(connection, ids)
    for some in parts(ids, _TOGETHER):
        if keep_statements:
            _blank(connection, some)
        else:
            _delete(connection, some)
    if ids:
        tidy(connection)
        detail = {name: value for name, value in asdict(chosen).items() if value is not None}
        kept = {"statements_kept": True} if keep_statements else {}
        note_in(connection, who, "forget", {**detail, **asdict(gone), **kept})
    return gone


def _blank(connection: Connection, ids: Sequence[int]) -> None:
    """Leave of the texts only what the current readings, as read and as shown, point to."""
    a, r = tables.articles.c, tables.readings.c
    forget_articles(connection, ids)
    connection.execute(delete(tables.readings).where(r.article_id.in_(ids), ~r.current))
    kept = _pointed_to(connection, ids)
    rows = connection.execute(select(a.id, a.text).where(a.id.in_(ids))).all()
    _delete_bands(connection, {row.id: row.text for row in rows})
    for row in rows:
        characters = [char if char.isspace() else " " for char in row.text]
        for start, end in kept[row.id]:
            characters[start:end] = row.text[start:end]
        change = {"text": "".join(characters), "forgotten_at": now(), "headline_start": None, "headline_end": None}
        connection.execute(update(tables.articles).where(a.id == row.id).values(**change))
    index_articles(connection, ids)


def _pointed_to(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """The spans of the current readings of these articles, by article."""
    r, s, k = tables.readings.c, tables.statements.c, tables.speakers.c
    current = r.article_id.in_(ids) & r.current
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in connection.execute(select(tables.statements).join(tables.readings).where(current)):
        for name in ("cue", "source", "hedge", "setting", "said"):
            start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
            if start is not None and end is not None:
                found[row.article_id].append((start, end))
    for table in (tables.contents, tables.abouts):
        spans = select(s.article_id, table.c.start, table.c.end)
        for article_id, start, end in connection.execute(
            spans.join_from(table, tables.statements).join(tables.readings, r.id == s.reading_id).where(current)
        ):
            found[article_id].append((start, end))
    mentions = select(r.article_id, tables.mentions.c.start, tables.mentions.c.end)
    for article_id, start, end in connection.execute(
        mentions.join_from(tables.mentions, tables.speakers).join(tables.readings, r.id == k.reading_id).where(current)
    ):
        found[article_id].append((start, end))
    shown = select(s.article_id, tables.shown.c.content).join_from(tables.shown, tables.statements)
    for article_id, content in connection.execute(shown.join(tables.readings, r.id == s.reading_id).where(current)):
        found[article_id] += [(start, end) for start, end in content or ()]
    return found


def _delete(connection: Connection, ids: Sequence[int]) -> None:
    a = tables.articles.c
    forget_articles(connection, ids)
    move_away(connection, ids)
    unresolve(connection, ids)
    rows = connection.execute(select(a.id, a.key, a.text, a.outlet_id, a.copy_of).where(a.id.in_(ids))).all()
    _delete_bands(connection, {row.id: row.text for row in rows})
    for row in rows:
        _find_new_first(connection, row.id, set(ids))
    connection.execute(delete(tables.articles).where(a.id.in_(ids)))
    _find_new_latest(connection, {row.key for row in rows})
    still = select(a.outlet_id).where(a.outlet_id.is_not(None))
    outlets = {row.outlet_id for row in rows}
    connection.execute(
        delete(tables.outlets).where(tables.outlets.c.id.in_(outlets), tables.outlets.c.id.not_in(still))
    )


def _delete_bands(connection: Connection, texts: dict[int, str]) -> None:
    b = tables.bands.c
    for article_id, content in texts.items():
        held = bands(shingles(content))
        connection.execute(delete(tables.bands).where(b.hash.in_(held), b.article_id == article_id))


def _find_new_first(connection: Connection, first: int, going: set[int]) -> None:
    """Where the first article of a text goes and copies of it stay, the earliest of these becomes the first."""
    a, c = tables.articles.c, tables.copies.c
    staying = [
        id for id in connection.scalars(select(a.id).where(a.copy_of == first).order_by(a.id)) if id not in going
    ]
    if not staying:
        return
    new, *others = staying
    connection.execute(update(tables.articles).where(a.id == new).values(copy_of=None))
    connection.execute(update(tables.articles).where(a.id.in_(others)).values(copy_of=new))
    links: list[dict[str, Any]] = [
        {"article_id": other, "other_id": new, "kind": "same", "likeness": 1.0} for other in others
    ]
    near = select(tables.copies).where(c.kind == "near", or_(c.article_id == first, c.other_id == first))
    for link in connection.execute(near).all():
        other = link.article_id if link.other_id == first else link.other_id
        if other not in going:
            pair = {"article_id": max(other, new), "other_id": min(other, new)}
            links.append({**pair, "kind": "near", "likeness": link.likeness})
    insert(connection, tables.copies, links)
    # By its own text: that of the first may have been forgotten, but for its statements. Where its own is, too, it has
    # no bands, as no article has that was forgotten.
    content = connection.scalar(select(a.text).where(a.id == new, a.forgotten_at.is_(None)))
    held = dict.fromkeys(bands(shingles(content or "")))
    insert(connection, tables.bands, [{"hash": band, "article_id": new} for band in held])


def _find_new_latest(connection: Connection, keys: set[str]) -> None:
    """Where the latest version of an article went and earlier ones stay, the last of these becomes the latest."""
    a = tables.articles.c
    rows = connection.execute(select(a.id, a.key, a.latest).where(a.key.in_(keys)).order_by(a.version)).all()
    last = {row.key: row for row in rows}
    new = [row.id for row in last.values() if not row.latest]
    if new:
        connection.execute(update(tables.articles).where(a.id.in_(new)).values(latest=True))
        index_articles(connection, new)
