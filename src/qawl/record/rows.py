"""A reading as rows of the tables, and back.

The rows are made where the reading is (in a worker process), without the ids that only the database can give: they
point to each other by position, and cost little to hand over.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import JSON, Connection, Select, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from qawl.article import Article
from qawl.record import tables
from qawl.record.engine import is_sqlite
from qawl.record.identity import Identity, refs
from qawl.record.times import now
from qawl.statement import Mention, Reading, SaidAt, Span, Speaker, Statement

_Row = dict[str, Any]
Item = TypeVar("Item")

_FEW: Final = 20  # rows for which PostgreSQL is quicker told by INSERT
_TOGETHER: Final = 2000  # values in one question: an engine has no room for any number of them


@dataclass(frozen=True, slots=True)
class ReadingRows:
    """One reading: its rows without ids. `mentions`, `contents` and `abouts` hold one list for each speaker or
    statement; a statement's `speaker_id` and `addressee_id` are positions in `speakers`."""

    reader: str
    outlet_share: float
    speakers: list[_Row]
    mentions: list[list[tuple[int, int]]]
    statements: list[_Row]
    contents: list[list[tuple[int, int]]]
    abouts: list[list[tuple[int, int, str]]]


def to_rows(reading: Reading, identity: Identity) -> ReadingRows:
    """The rows of a reading of the article of that identity."""
    place = {speaker.id: n for n, speaker in enumerate(reading.speakers)}
    said = reading.statements
    named = refs(identity, said)
    return ReadingRows(
        reader=reading.reader,
        outlet_share=reading.outlet_share,
        speakers=[{"local_id": s.id, "name": s.name, "type": s.type, "role": s.role} for s in reading.speakers],
        mentions=[[(m.start, m.end) for m in s.mentions] for s in reading.speakers],
        statements=[_statement_row(n, ref, place, s) for n, (ref, s) in enumerate(zip(named, said, strict=True))],
        contents=[[(piece.start, piece.end) for piece in s.content] for s in said],
        abouts=[[(m.span.start, m.span.end, m.type) for m in s.about] for s in said],
    )


def _statement_row(number: int, ref: str, place: dict[str, int], s: Statement) -> _Row:
    said = s.said_at
    return {
        "ref": ref,
        "number": number,
        **_ends("cue", s.cue),
        **_ends("source", s.source),
        "speaker_id": place[s.speaker.id] if s.speaker else None,
        "addressee_id": place[s.addressee.id] if s.addressee else None,
        "form": s.form,
        "kind": s.kind,
        "act": s.act,
        "parent": s.parent,
        **_ends("hedge", s.hedge),
        "polarity": s.polarity,
        **_ends("setting", s.setting),
        **_ends("said", said.span if said else None),
        "said_on": said.date.isoformat() if said and said.date else None,
        "said_earlier": said.earlier if said else None,
        "confidence": s.confidence,
    }


def _ends(name: str, span: Span | None) -> _Row:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def insert_readings(connection: Connection, found: Sequence[tuple[int, ReadingRows]]) -> None:
    """Write readings of articles (by their ids) as the current ones.

    The article must have no other current reading, and none of the same reader.
    """
    read_at = now()
    reading_ids = next_ids(connection, tables.readings, len(found))
    speaker_ids = iter(next_ids(connection, tables.speakers, sum(len(rows.speakers) for _, rows in found)))
    statement_ids = iter(next_ids(connection, tables.statements, sum(len(rows.statements) for _, rows in found)))
    new: dict[Table, list[_Row]] = defaultdict(list)
    for reading_id, (article_id, rows) in zip(reading_ids, found, strict=True):
        new[tables.readings].append(
            {
                "id": reading_id,
                "article_id": article_id,
                "reader": rows.reader,
                "read_at": read_at,
                "outlet_share": rows.outlet_share,
                "current": True,
            }
        )
        here = [next(speaker_ids) for _ in rows.speakers]
        new[tables.speakers] += [
            {"id": id, "reading_id": reading_id, **row} for id, row in zip(here, rows.speakers, strict=True)
        ]
        new[tables.mentions] += [
            {"speaker_id": id, "position": n, "start": start, "end": end}
            for id, spans in zip(here, rows.mentions, strict=True)
            for n, (start, end) in enumerate(spans)
        ]
        for row, content, about in zip(rows.statements, rows.contents, rows.abouts, strict=True):
            id, who, whom = next(statement_ids), row["speaker_id"], row["addressee_id"]
            own = {
                "id": id,
                "reading_id": reading_id,
                "article_id": article_id,
                "speaker_id": None if who is None else here[who],
                "addressee_id": None if whom is None else here[whom],
            }
            new[tables.statements].append({**row, **own})
            new[tables.contents] += [
                {"statement_id": id, "piece": n, "start": start, "end": end} for n, (start, end) in enumerate(content)
            ]
            new[tables.abouts] += [
                {"statement_id": id, "position": n, "start": start, "end": end, "type": type}
                for n, (start, end, type) in enumerate(about)
            ]
    for table in (
        tables.readings,
        tables.speakers,
        tables.mentions,
        tables.statements,
        tables.contents,
        tables.abouts,
    ):
        insert(connection, table, new[table])


def insert(connection: Connection, table: Table, rows: list[_Row]) -> None:
    """Insert rows that all have the same columns; none is no error."""
    if not rows:
        return
    if is_sqlite(connection) or len(rows) < _FEW:
        connection.execute(table.insert(), rows)
    else:
        _copy(connection, table, rows)


def _copy(connection: Connection, table: Table, rows: list[_Row]) -> None:
    """Insert rows by PostgreSQL's COPY, which is told no statement for each of them. Raises what an INSERT would."""
    import psycopg

    names = list(rows[0])
    as_json = {name for name in names if isinstance(table.c[name].type, JSON)}
    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(
                    [json.dumps(row[name], ensure_ascii=False) if name in as_json else row[name] for name in names]
                )
    except psycopg.Error as error:
        known = DBAPIError.instance(statement, None, error, psycopg.Error, dialect=connection.dialect)
        raise known from error


def next_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """So many ids of a table that no row has or ever had, rising. Only for those who write."""
    if not count:
        return []
    if is_sqlite(connection):
        last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :t"), {"t": table.name}).scalar()
        return list(range((last or 0) + 1, (last or 0) + count + 1))
    following = select(func.nextval(f"{table.name}_id_seq")).select_from(func.generate_series(1, count).alias())
    return [int(id) for id in connection.scalars(following)]


def parts(items: Iterable[Item], size: int = _TOGETHER) -> Iterator[list[Item]]:
    """The items, each once, in lists of at most `size`."""
    rest = iter(dict.fromkeys(items))
    while some := list(islice(rest, size)):
        yield some


def article_of(row: Any) -> Article:
    """The article in a row of `articles` that has its outlet's name beside it as `outlet`."""
    published = row.published
    if published is not None:
        published = date.fromisoformat(published) if len(published) == 10 else datetime.fromisoformat(published)
    return Article(
        text=row.text,
        id=row.source_id,
        outlet=row.outlet,
        url=row.url,
        published=published,
        headline=None if row.headline_start is None else (row.headline_start, row.headline_end),
        authors=tuple(row.authors),
        canonical_url=row.canonical_url,
    )


def articles_with_outlets() -> Select[Any]:
    """A query of all articles, each row as `article_of` wants it."""
    return select(tables.articles, tables.outlets.c.name.label("outlet")).outerjoin(
        tables.outlets, tables.outlets.c.id == tables.articles.c.outlet_id
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """A reading as it was stored, with the ids and public IDs of its statements in their order, and its speakers by
    the ids of their rows."""

    article_id: int
    reading: Reading
    statement_ids: tuple[int, ...]
    refs: tuple[str, ...]
    cast: Mapping[int, Speaker]


def load_readings(connection: Connection, reading_ids: Sequence[int]) -> dict[int, Stored]:
    """The readings of these ids (some hundreds at most), as they were written."""
    head = (
        select(tables.readings, tables.articles.c.text, tables.articles.c.source_id)
        .join(tables.articles, tables.readings.c.article_id == tables.articles.c.id)
        .where(tables.readings.c.id.in_(reading_ids))
    )
    of_reading = tables.speakers.c.reading_id.in_(reading_ids)
    in_reading = tables.statements.c.reading_id.in_(reading_ids)
    speakers: defaultdict[int, list[Any]] = defaultdict(list)
    for speaker in connection.execute(select(tables.speakers).where(of_reading).order_by(tables.speakers.c.id)):
        speakers[speaker.reading_id].append(speaker)
    statements: defaultdict[int, list[Any]] = defaultdict(list)
    for said in connection.execute(select(tables.statements).where(in_reading).order_by(tables.statements.c.number)):
        statements[said.reading_id].append(said)
    mentions = _grouped(
        connection.execute(
            select(tables.mentions)
            .join(tables.speakers, tables.mentions.c.speaker_id == tables.speakers.c.id)
            .where(of_reading)
            .order_by(tables.mentions.c.speaker_id, tables.mentions.c.position)
        )
    )
    contents = _grouped(
        connection.execute(
            select(tables.contents)
            .join(tables.statements, tables.contents.c.statement_id == tables.statements.c.id)
            .where(in_reading)
            .order_by(tables.contents.c.statement_id, tables.contents.c.piece)
        )
    )
    abouts = _grouped(
        connection.execute(
            select(tables.abouts)
            .join(tables.statements, tables.abouts.c.statement_id == tables.statements.c.id)
            .where(in_reading)
            .order_by(tables.abouts.c.statement_id, tables.abouts.c.position)
        )
    )
    found: dict[int, Stored] = {}
    for row in connection.execute(head):
        cast: dict[int, Speaker] = {}
        for who in speakers[row.id]:
            spans = tuple(slice_of(row.text, m.start, m.end) for m in mentions[who.id])
            cast[who.id] = Speaker(who.local_id, who.name, who.type, who.role, spans)
        own = statements[row.id]
        read = tuple(_statement(row.text, s, cast, contents[s.id], abouts[s.id]) for s in own)
        reading = Reading(row.source_id, read, tuple(cast.values()), row.outlet_share, row.reader)
        found[row.id] = Stored(row.article_id, reading, tuple(s.id for s in own), tuple(s.ref for s in own), cast)
    return found


def slice_of(text: str, start: int, end: int) -> Span:
    """The span of a text at these offsets. Raises ValueError where they are not of this text."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no span {start} to {end} in a text of {len(text)} characters")
    return Span(start, end, text[start:end])


def _grouped(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    """Rows by their first column."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    return groups


def _statement(text: str, row: Any, cast: dict[int, Speaker], contents: list[Any], abouts: list[Any]) -> Statement:
    def span(start: int | None, end: int | None) -> Span | None:
        return None if start is None or end is None else slice_of(text, start, end)

    said_at = None
    if row.said_earlier is not None:
        day = date.fromisoformat(row.said_on) if row.said_on else None
        said_at = SaidAt(span(row.said_start, row.said_end), day, row.said_earlier)
    return Statement(
        cue=span(row.cue_start, row.cue_end),
        source=span(row.source_start, row.source_end),
        speaker=cast[row.speaker_id] if row.speaker_id is not None else None,
        content=tuple(slice_of(text, c.start, c.end) for c in contents),
        form=row.form,
        kind=row.kind,
        act=row.act,
        parent=row.parent,
        hedge=span(row.hedge_start, row.hedge_end),
        addressee=cast[row.addressee_id] if row.addressee_id is not None else None,
        about=tuple(Mention(slice_of(text, m.start, m.end), m.type) for m in abouts),
        polarity=row.polarity,
        setting=span(row.setting_start, row.setting_end),
        said_at=said_at,
        confidence=row.confidence,
    )
