"""Versions out of a record of either engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from desk import add_articles, make_group
from sqlalchemy import Engine, select

from qawl.article import Article
from qawl.compare.versions import Wanted, collated, group_of, load_versions, most_carried
from qawl.compare.words import Place, version
from qawl.reading.reader import read
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.forgetting import Chosen, forget
from qawl.record.judgements import Mend, judge
from qawl.record.rows import load_readings
from qawl.record.writing import add

Group = Callable[..., list[str]]


@pytest.fixture
def group(record: Engine) -> Group:
    """Make the statements of some of the articles one group; gives their public IDs."""
    add_articles(record)
    return lambda *ids: make_group(record, ids)


def test_a_version_is_that_of_its_reading(record: Engine, group: Group) -> None:
    refs = group(0, 1, 2)
    with snapshot(record) as connection:
        found = load_versions(connection, group_of(connection, refs[1]))
        readings = load_readings(connection, connection.scalars(select(tables.readings.c.id)).all())
        articles = connection.execute(select(tables.articles.c.id, tables.articles.c.text))
        texts = {row.id: row.text for row in articles}
    assert [v.place.ref for v in found.values()] == refs
    for stored in readings.values():
        for ref, statement in zip(stored.refs, stored.reading.statements, strict=True):
            for own in found.values():
                if own.place.ref == ref:
                    assert own == version(texts[stored.article_id], statement, own.place)
    assert [(v.place.outlet, v.place.day, v.place.speaker) for v in found.values()][1] == (
        "صحيفة الضفة",
        "2024-03-06",
        "سالم الغامري",
    )


def test_judgements_are_laid_over(record: Engine, group: Group) -> None:
    refs = group(0, 1, 2)
    judge(record, ref=refs[0], verdict="wrong", who="هدى")
    judge(record, ref=refs[1], verdict="mended", who="هدى", mend=Mend(speaker="هند الراسي", act="announce"))
    with snapshot(record) as connection:
        found = {v.place.ref: v for v in load_versions(connection, group_of(connection, refs[0])).values()}
    assert set(found) == {refs[1], refs[2]}
    assert (found[refs[1]].place.speaker, found[refs[1]].act) == ("هند الراسي", "announce")


def test_a_statement_that_nobody_else_reports_is_alone(record: Engine, group: Group) -> None:
    group(0, 1)
    with snapshot(record) as connection:
        ref = connection.scalars(
            select(tables.statements.c.ref)
            .join(tables.articles, tables.articles.c.id == tables.statements.c.article_id)
            .where(tables.articles.c.source_id == "2")
        ).first()
        assert ref is not None
        assert [v.place.ref for v in load_versions(connection, group_of(connection, ref.upper())).values()] == [ref]
        with pytest.raises(RecordError, match="no such statement"):
            group_of(connection, "aaaaaaaaaa")


def test_which_groups_are_wanted(record: Engine, group: Group) -> None:
    refs = group(0, 1)

    def found(**wanted: Any) -> list[set[str]]:
        with snapshot(record) as connection:
            ids = [one.id for one in most_carried(connection, Wanted(**wanted), 10)]
            return [{v.place.ref for v in c.versions} for c in collated(connection, ids)]

    assert found() == found(since=date(2024, 3, 6)) == found(until=date(2024, 3, 5)) == [set(refs)]
    assert found(outlet="صحيفة الضفة") == [set(refs)]
    assert found(since=date(2024, 3, 7)) == found(until=date(2024, 3, 4)) == found(outlet="مرصد الساحل") == []


def test_a_forgotten_text_keeps_what_was_quoted(record: Engine) -> None:
    text = "أخبار\n\nقال العمدة سالم الغامري: «لن نبيع الميناء القديم»."
    add(record, [Article(text, "9", "مرصد الساحل")], lambda outcome: None)
    with snapshot(record) as connection:
        ids = connection.scalars(select(tables.statements.c.id)).all()
        before = load_versions(connection, ids)
    forget(record, Chosen(outlet="مرصد الساحل"), keep_statements=True, who="هدى")
    with snapshot(record) as connection:
        after = load_versions(connection, ids)
    (one,), (other,) = before.values(), after.values()
    assert [(word.span, word.quoted) for word in one.words] == [(word.span, word.quoted) for word in other.words]
    assert all(word.quoted for word in one.words)


def test_a_paragraph_of_megabytes_is_looked_at_near_the_statement() -> None:
    said = "قال وزير الري سالم الغامري إن «السد لن يمتلئ» قبل الربيع."
    filler = "هذا نص طويل ولا أحد يتكلم فيه. " * 50_000
    (read_alone,) = read(said).statements
    place = Place("a")
    alone = version(said, read_alone, place)
    at = len(filler)
    moved = [replace(piece, start=piece.start + at, end=piece.end + at) for piece in read_alone.content]
    cue = read_alone.cue and replace(read_alone.cue, start=read_alone.cue.start + at, end=read_alone.cue.end + at)
    begun = time.process_time()
    within = version(filler + said + " " + filler, replace(read_alone, content=tuple(moved), cue=cue, about=()), place)
    assert time.process_time() - begun < 0.5
    assert [(w.span.text, w.role, w.quoted) for w in within.words] == [
        (w.span.text, w.role, w.quoted) for w in alone.words
    ]
