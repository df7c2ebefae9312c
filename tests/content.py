"""All that a record holds, told without the ids and times that differ from one database to the next."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.rows import article_of, articles_with_outlets, load_readings


def content(engine: Engine) -> dict[tuple[str, int], dict[str, Any]]:
    """The articles by key and version: each with its readings, its copies, its judgements and what is shown."""
    a, r = tables.articles.c, tables.readings.c
    found: dict[tuple[str, int], dict[str, Any]] = {}
    with snapshot(engine) as connection:
        rows = {row.id: row for row in connection.execute(articles_with_outlets())}
        names = {id: (row.key, row.version) for id, row in rows.items()}
        for id, row in rows.items():
            found[names[id]] = {
                "article": article_of(row).to_json(),
                "latest": row.latest,
                "copy_of": names.get(row.copy_of),
                "words": row.words,
                "day": row.day,
                "published_at": row.published_at,
                "readings": {},
                "links": set(),
                "bands": set(),
                "judgements": [],
                "shown": {},
            }
        readings = connection.execute(select(r.id, r.article_id, r.current)).all()
        refs: dict[int, str] = {}
        all_stored = load_readings(connection, [reading.id for reading in readings])
        for reading in readings:
            stored = all_stored[reading.id]
            refs |= dict(zip(stored.statement_ids, stored.refs, strict=True))
            found[names[reading.article_id]]["readings"][stored.reading.reader] = (
                reading.current,
                stored.refs,
                stored.reading,
            )
        for link in connection.execute(select(tables.copies)):
            pair = frozenset({names[link.article_id], names[link.other_id]})
            for id in (link.article_id, link.other_id):
                found[names[id]]["links"].add((pair, link.kind, link.likeness))
        for band in connection.execute(select(tables.bands)):
            found[names[band.article_id]]["bands"].add(band.hash)
        j = tables.judgements.c
        for judgement in connection.execute(select(tables.judgements).order_by(j.id)):
            found[names[judgement.article_id]]["judgements"].append(judgement[2:-2])
        of = select(tables.shown, r.article_id).join_from(tables.shown, tables.statements).join(tables.readings)
        for shown in connection.execute(of):
            found[names[shown.article_id]]["shown"][refs[shown.statement_id]] = shown[2:4] + shown[5:9]
        assert not connection.scalars(select(a.id).where(a.id.not_in(names))).all()
    return found
