"""Versions out of the record: each statement as `qawl.compare.words.Version`, with what people decided laid over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from qawl.compare.words import Place, Version, version
from qawl.record import tables
from qawl.record.overlay import overlaid
from qawl.record.rows import slice_of
from qawl.statement import Mention, Span, Speaker, Statement

#: Statements in one question; each comes with the text of its article.
_AT_ONCE: Final = 500


def load_versions(connection: Connection, statement_ids: Iterable[int]) -> dict[int, Version]:
    """The versions that these statements (by the ids of their rows) are, as they are shown, in the order of the ids.

    Statements without content or that people judged wrong are left out.
    """
    wanted = list(dict.fromkeys(statement_ids))
    found: dict[int, Version] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        loaded = _load(connection, some)
        found |= {id: loaded[id] for id in some if id in loaded}
    return found


def _load(connection: Connection, ids: Sequence[int]) -> dict[int, Version]:
    s, a, k, h = tables.statements.c, tables.articles.c, tables.speakers.c, tables.shown.c
    contents = _spans(connection, select(tables.contents).where(tables.contents.c.statement_id.in_(ids)))
    abouts = _spans(connection, select(tables.abouts).where(tables.abouts.c.statement_id.in_(ids)))
    shown = {row.statement_id: row for row in connection.execute(select(tables.shown).where(h.statement_id.in_(ids)))}
    rows = connection.execute(
        select(
            tables.statements,
            a.text,
            a.day,
            a.url,
            a.headline_start,
            a.headline_end,
            tables.outlets.c.name.label("outlet"),
            k.name.label("speaker"),
            k.local_id,
            k.type,
        )
        .join(tables.articles, a.id == s.article_id)
        .outerjoin(tables.outlets, tables.outlets.c.id == a.outlet_id)
        .outerjoin(tables.speakers, k.id == s.speaker_id)
        .where(s.id.in_(ids))
    )
    found = {}
    for row in rows:
        judged = shown.get(row.id)
        read = Statement(
            cue=_span(row.text, row.cue_start, row.cue_end),
            source=None,
            speaker=Speaker(row.local_id, row.speaker, row.type) if row.speaker is not None else None,
            content=tuple(slice_of(row.text, piece.start, piece.end) for piece in contents[row.id]),
            form=row.form,
            kind=row.kind,
            act=row.act,
            hedge=_span(row.text, row.hedge_start, row.hedge_end),
            about=tuple(Mention(slice_of(row.text, m.start, m.end), m.type) for m in abouts[row.id]),
            polarity=row.polarity,
        )
        statement = overlaid(read, judged, row.text, _cast(judged))
        if statement is None or not statement.content:
            continue
        speaker = statement.speaker.name if statement.speaker else None
        place = Place(row.ref, row.article_id, row.outlet, row.day, row.url, speaker)
        headline = None if row.headline_start is None else (row.headline_start, row.headline_end)
        found[row.id] = version(row.text, statement, place, headline)
    return found


def _cast(judged: Any) -> dict[int, Speaker]:
    """The speaker whom people gave a statement, where the article has that speaker."""
    if judged is None or judged.speaker_id is None:
        return {}
    return {judged.speaker_id: Speaker("", judged.speaker_name, judged.speaker_type or "person")}


def _span(text: str, start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else slice_of(text, start, end)


def _spans(connection: Connection, query: Any) -> defaultdict[int, list[Any]]:
    """The rows of a statement's spans by statement, in the order of the text."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.statement_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row[1])
    return found
