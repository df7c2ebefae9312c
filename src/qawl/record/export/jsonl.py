"""JSON Lines: the record itself, one version of an article a line, with nothing left out (`record.schema.json`).

A line holds the article, all its readings with their speakers and statements, and all that people decided about it.
Offsets are code points of the text, half-open; the words at each span stand beside it, so that the lines can be read
without counting, and checked when they come back (`qawl.record.importing`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from qawl.record import tables
from qawl.record.export.entries import Selection
from qawl.record.identity_judgements import identity_judgements
from qawl.record.rows import articles_with_outlets, parts

_TOGETHER: Final = 50
#: What a line says it is, so that a later form can be told from this one.
FORM: Final = "qawl-record-1"


def schema_text() -> str:
    """The JSON Schema (2020-12) of a line."""
    return files("qawl.record.export").joinpath("record.schema.json").read_text("utf-8")


def lines(connection: Connection, selection: Selection) -> Iterator[str]:
    """The lines, each with its line end: articles in the order in which they were added, with all their versions.

    A selection chooses articles, and each comes whole: with the statements, too, that were not looked for.
    """
    found = selection.statement_ids(connection)
    for some in parts(selection.article_ids(connection, found, versions=True), _TOGETHER):
        for value in values(connection, some):
            yield as_line(value)


def as_line(value: Any) -> str:
    """A JSON value on one line, with its line end."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # JSON allows these line ends inside a string, but many readers of lines stop at them.
    for mark in "\u0085\u2028\u2029":
        line = line.replace(mark, f"\\u{ord(mark):04x}")
    return line + "\n"


def values(connection: Connection, article_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The articles with these ids, in this order, each as a JSON value."""
    a = tables.articles.c
    rows = {row.id: row for row in connection.execute(articles_with_outlets().where(a.id.in_(article_ids)))}
    firsts = _names(connection, {row.copy_of for row in rows.values() if row.copy_of is not None})
    copies = _copies(connection, article_ids)
    readings = _readings(connection, rows)
    judgements = _judgements(connection, article_ids)
    identities = _identities(connection, list(rows.values()))
    for id in article_ids:
        row = rows[id]
        yield {
            "form": FORM,
            "article": {
                "key": row.key,
                "version": row.version,
                "latest": row.latest,
                "id": row.source_id,
                "outlet": row.outlet,
                "url": row.url,
                "canonical_url": row.canonical_url,
                "published": row.published,
                "authors": row.authors,
                "headline": None if row.headline_start is None else [row.headline_start, row.headline_end],
                "text": row.text,
                "text_hash": row.text_hash,
                "added_at": row.added_at,
                "forgotten_at": row.forgotten_at,
                "copy_of": None if row.copy_of is None else firsts[row.copy_of],
                "copies": copies[id],
            },
            "readings": readings[id],
            "judgements": judgements[id],
            "identities": identities[id],
        }


def _names(connection: Connection, ids: set[int]) -> dict[int, dict[str, Any]]:
    """What articles are known by in a line: key and version."""
    a = tables.articles.c
    rows = connection.execute(select(a.id, a.key, a.version).where(a.id.in_(ids)))
    return {row.id: {"key": row.key, "version": row.version} for row in rows}


def _copies(connection: Connection, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    c = tables.copies.c
    rows = connection.execute(
        select(tables.copies).where(c.article_id.in_(ids)).order_by(c.article_id, c.other_id)
    ).all()
    names = _names(connection, {row.other_id for row in rows})
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append({**names[row.other_id], "kind": row.kind, "likeness": row.likeness})
    return found


def _readings(connection: Connection, articles: dict[int, Row[Any]]) -> dict[int, list[dict[str, Any]]]:
    """All readings of the articles (rows by id), oldest first."""
    r, k, m, s, c, b = (
        table.c
        for table in (
            tables.readings,
            tables.speakers,
            tables.mentions,
            tables.statements,
            tables.contents,
            tables.abouts,
        )
    )
    rows = connection.execute(
        select(tables.readings).where(r.article_id.in_(articles)).order_by(r.read_at, r.reader)
    ).all()
    ids = [row.id for row in rows]
    speakers = connection.execute(select(tables.speakers).where(k.reading_id.in_(ids)).order_by(k.id)).all()
    statements = connection.execute(
        select(tables.statements).where(s.reading_id.in_(ids)).order_by(s.reading_id, s.number)
    ).all()
    of_speaker = select(k.id).where(k.reading_id.in_(ids))
    of_statement = select(s.id).where(s.reading_id.in_(ids))
    mentions = _grouped(
        connection, select(tables.mentions).where(m.speaker_id.in_(of_speaker)).order_by(m.speaker_id, m.position)
    )
    contents = _grouped(
        connection, select(tables.contents).where(c.statement_id.in_(of_statement)).order_by(c.statement_id, c.piece)
    )
    abouts = _grouped(
        connection, select(tables.abouts).where(b.statement_id.in_(of_statement)).order_by(b.statement_id, b.position)
    )
    local = {row.id: row.local_id for row in speakers}
    speakers_of: dict[int, list[Row[Any]]] = defaultdict(list)
    for speaker in speakers:
        speakers_of[speaker.reading_id].append(speaker)
    statements_of: dict[int, list[Row[Any]]] = defaultdict(list)
    for statement in statements:
        statements_of[statement.reading_id].append(statement)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        text: str = articles[row.article_id].text
        found[row.article_id].append(
            {
                "reader": row.reader,
                "read_at": row.read_at,
                "current": row.current,
                "outlet_share": row.outlet_share,
                "speakers": [
                    {
                        "id": speaker.local_id,
                        "name": speaker.name,
                        "type": speaker.type,
                        "role": speaker.role,
                        "mentions": [_span(text, at.start, at.end) for at in mentions[speaker.id]],
                    }
                    for speaker in speakers_of[row.id]
                ],
                "statements": [
                    _statement(text, one, local, contents[one.id], abouts[one.id]) for one in statements_of[row.id]
                ],
            }
        )
    return found


def _statement(
    text: str, row: Row[Any], local: dict[int, str], contents: list[Any], abouts: list[Any]
) -> dict[str, Any]:
    def span(name: str) -> dict[str, Any] | None:
        start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
        return None if start is None else _span(text, start, end)

    said_at = None
    if row.said_earlier is not None:
        said_at = {"span": span("said"), "date": row.said_on, "earlier": row.said_earlier}
    return {
        "id": row.ref,
        "cue": span("cue"),
        "source": span("source"),
        "speaker": None if row.speaker_id is None else local[row.speaker_id],
        "content": [_span(text, at.start, at.end) for at in contents],
        "form": row.form,
        "kind": row.kind,
        "act": row.act,
        "parent": row.parent,
        "hedge": span("hedge"),
        "addressee": None if row.addressee_id is None else local[row.addressee_id],
        "about": [{**_span(text, at.start, at.end), "type": at.type} for at in abouts],
        "polarity": row.polarity,
        "setting": span("setting"),
        "said_at": said_at,
        "confidence": row.confidence,
    }


def _span(text: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end]}


def _grouped(connection: Connection, query: Any) -> dict[int, list[Any]]:
    """The rows of a query by their first column."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row[0]].append(row)
    return found


def _identities(connection: Connection, articles: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    """What people decided about who is who, each with the article in which the first of the two stands (or the other,
    where the first is in none); `undoes` counts in this list."""
    by_name = {(row.key, row.text_hash): row.id for row in articles}
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    place: dict[int, int] = {}
    for judgement in identity_judgements(connection, {row.key for row in articles}):
        side = judgement.one if judgement.one.key is not None else judgement.other
        article_id = by_name.get((side.key or "", side.text_hash or ""))
        if article_id is None:
            continue
        place[judgement.id] = len(found[article_id])
        found[article_id].append(
            {
                "verdict": judgement.verdict,
                "one": judgement.one._asdict(),
                "other": judgement.other._asdict(),
                "note": judgement.note,
                "who": judgement.who,
                "made_at": judgement.made_at,
                "undoes": None if judgement.undoes is None else place[judgement.undoes],
            }
        )
    return found


def _judgements(connection: Connection, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """All judgements about the articles, in the order in which they were made; `undoes` counts in this list."""
    j = tables.judgements.c
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    place: dict[int, int] = {}
    for row in connection.execute(select(tables.judgements).where(j.article_id.in_(ids)).order_by(j.id)):
        place[row.id] = len(found[row.article_id])
        found[row.article_id].append(
            {
                "statement": row.ref,
                "cue": None if row.cue_start is None else [row.cue_start, row.cue_end],
                "content": row.content,
                "verdict": row.verdict,
                "change": row.change,
                "note": row.note,
                "who": row.who,
                "made_at": row.made_at,
                "undoes": None if row.undoes is None else place[row.undoes],
            }
        )
    return found
