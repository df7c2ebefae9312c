"""Out of one record and into another: nothing is lost, nothing comes twice, nothing broken gets in."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy import Engine, select, update
from sqlalchemy import text as sql

from qawl import samples
from qawl.article import Article
from qawl.record import tables
from qawl.record.engine import open_record, snapshot, write
from qawl.record.export.entries import Selection
from qawl.record.export.jsonl import lines, schema_text
from qawl.record.forgetting import Chosen, forget
from qawl.record.importing import Taken, take_in
from qawl.record.judgements import Mend, judge, undo
from qawl.record.rereading import reread
from qawl.record.search.find import Filters, search
from qawl.record.search.query import parse
from qawl.record.showing import statement
from qawl.record.writing import add

URL = "https://manar.example/dam"
FIRST = "قال وزير الري سالم الغامري إن السد امتلأ بعد الأمطار. وأضاف أن المفاوضات مع البلدية مستمرة منذ الشتاء الماضي."
SECOND = FIRST.replace("امتلأ بعد الأمطار", "انخفض بعد الجفاف")


def exported(engine: Engine, selection: Selection | None = None) -> list[dict[str, Any]]:
    with snapshot(engine) as connection:
        return [json.loads(line) for line in lines(connection, selection or Selection())]


def imported(engine: Engine, values: list[Any]) -> list[Taken]:
    told: list[Taken] = []
    encoded = ((number, json.dumps(value).encode()) for number, value in enumerate(values, 1))
    take_in(engine, encoded, told.append)
    return told


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    engine = open_record(str(tmp_path / "other.db"), create=True)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(record: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Versions, copies, older readings, judgements, one taken back, one forgotten but for its statements."""
    articles = [
        *samples.load(),
        Article(FIRST, id="dam", outlet="صحيفة المنار الأزرق", url=URL, authors=("سلمى الحداد",)),
        Article(SECOND, id="dam", outlet="صحيفة المنار الأزرق", url=URL),
        Article(FIRST, id="copy", outlet="وكالة المرفأ للأنباء", url="https://marfa.example/1"),
        Article("قالت ليلى الحمداني إن الجسر آمن تماما.", id="bridge", outlet="قناة السهل"),
    ]
    add(record, articles, lambda _: None)
    # Sixteen digits of a confidence must come through.
    write(record, lambda c: c.execute(update(tables.statements).values(confidence=0.1234567890123456)))
    with snapshot(record) as connection:
        s, a = tables.statements.c, tables.articles.c
        rows = connection.execute(
            select(s.ref)
            .join(tables.articles, a.id == s.article_id)
            .where(a.source_id == "sample-1")
            .order_by(s.number)
        )
        refs = [row.ref for row in rows]
        bridge = connection.scalars(select(a.id).where(a.source_id == "bridge")).one()
    judge(record, refs[0], "wrong", who="سلمى", note="عنوان")
    judge(record, refs[1], "mended", who="سلمى", mend=Mend(speaker="ناصر البدري", speaker_type="person", act="warn"))
    judge(record, refs[2], "right", who="هند")
    judge(record, refs[3], "wrong", who="هند")
    undo(record, who="هند")
    write(
        record, lambda c: c.execute(update(tables.readings).values(reader="qawl 0.0", read_at="2024-01-01T00:00:00Z"))
    )
    reread(record, lambda _: None)
    forget(record, Chosen(article_ids=(bridge,)), who="سلمى", keep_statements=True)
    return record


def test_a_round_trip_loses_nothing(filled: Engine, other: Engine) -> None:
    before = exported(filled)
    assert len(before) == 10
    assert sum(len(value["readings"]) for value in before) > 15
    assert sum(len(value["judgements"]) for value in before) == 5
    assert {value["article"]["version"] for value in before} == {1, 2}
    assert any(value["article"]["copies"] for value in before)
    assert any(value["article"]["forgotten_at"] for value in before)
    assert {taken.kind for taken in imported(other, before)} == {"new", "changed"}
    assert exported(other) == before


def test_a_round_trip_between_the_engines(filled: Engine, other: Engine, postgresql: str) -> None:
    there = open_record(postgresql, create=True)
    before = exported(filled)
    imported(other, before)
    imported(there, exported(other))
    assert exported(there) == before
    questions = [("السد", Filters()), ("", Filters(speaker="البدري")), ("", Filters(act="warn"))]
    for query, filters in questions:
        found = []
        for engine in (filled, other, there):
            with snapshot(engine) as connection:
                found.append([f.ref for f in search(connection, parse(query), filters, limit=500).results])
        assert found[0] == found[1] == found[2]
        assert found[0]
    there.dispose()


def test_the_same_lines_twice_change_nothing(filled: Engine, other: Engine) -> None:
    values = exported(filled)
    imported(other, values)
    before = exported(other)
    assert {taken.kind for taken in imported(other, values)} == {"known"}
    assert exported(other) == before
    assert {taken.kind for taken in imported(filled, values)} == {"known"}
    assert exported(filled) == values


def test_what_a_record_lacks_is_added_to_what_it_has(filled: Engine, other: Engine) -> None:
    add(other, samples.load(), lambda _: None)
    with snapshot(other) as connection:
        ref = connection.scalars(select(tables.statements.c.ref).order_by(tables.statements.c.id.desc())).first()
    judge(other, str(ref), "wrong", who="عادل")
    kinds = {taken.kind for taken in imported(other, exported(filled))}
    assert kinds == {"new", "changed", "merged"}
    mine, theirs = exported(other), exported(filled)
    assert sum(len(value["judgements"]) for value in mine) == 6
    by_key = {(value["article"]["key"], value["article"]["version"]): value for value in mine}
    for value in theirs:
        own = by_key[value["article"]["key"], value["article"]["version"]]
        readers = {reading["reader"]: reading["statements"] for reading in own["readings"]}
        assert readers.keys() == {reading["reader"] for reading in value["readings"]}
        assert all(judgement in own["judgements"] for judgement in value["judgements"])


def test_lines_hold_to_the_schema(filled: Engine) -> None:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema)
    for value in exported(filled):
        valid.validate(value)
    bad = copy.deepcopy(exported(filled)[0])
    bad["readings"][0]["statements"][0]["act"] = "shout"
    assert not valid.is_valid(bad)


def test_a_selection_chooses_articles_and_takes_them_whole(filled: Engine, other: Engine) -> None:
    chosen = exported(filled, Selection(parse("الجفاف")))
    assert [(v["article"]["id"], v["article"]["version"]) for v in chosen] == [("dam", 1), ("dam", 2)]
    assert all(len(value["readings"]) == 2 for value in chosen)
    assert [taken.kind for taken in imported(other, chosen)] == ["new", "changed"]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    engine = open_record(str(tmp_path_factory.mktemp("line") / "qawl.db"), create=True)
    add(engine, [samples.load()[0]], lambda _: None)
    with snapshot(engine) as connection:
        ref = connection.scalars(select(tables.statements.c.ref)).first()
    judge(engine, str(ref), "wrong", who="سلمى")
    (value,) = exported(engine)
    engine.dispose()
    return value


@pytest.mark.parametrize(
    ("path", "bad", "message"),
    [
        (("form",), "something else", "no line of an export"),
        (("article", "text"), 5, "text: no text"),
        (("article", "text"), "كلام آخر", "text_hash|no span|other words"),
        (("article", "text"), "ق\x00ال", "a character that no text has"),
        (("article", "published"), "5 March", "not of the form"),
        (("article", "version"), 0, "version: a number"),
        (("article", "version"), 10**30, "version: a number"),
        (("article", "added_at"), "yesterday", "added_at: no time"),
        (("article", "headline"), [0, 10**9], "headline: no span"),
        (("article", "authors"), [None], "authors: no text"),
        (("article", "copies"), [{"key": "a", "version": 1, "kind": "odd", "likeness": 1}], "'odd' is none of"),
        (("readings",), [], "one of them is the current one"),
        (("readings", 0, "outlet_share"), float("nan"), "outlet_share: no number"),
        (("readings", 0, "speakers", 0, "type"), "king", "'king' is none of"),
        (("readings", 0, "statements", 0, "id"), "x" * 11, "is no ID of a statement"),
        (("readings", 0, "statements", 0, "id"), "\x1b[2Jabcdef", "is no ID of a statement"),
        (("readings", 0, "statements", 0, "act"), "shout", "'shout' is none of"),
        (("readings", 0, "statements", 0, "content"), [], "content: a statement without one"),
        (("readings", 0, "statements", 0, "content", 0, "start"), 1, "content: other words stand"),
        (("readings", 0, "statements", 0, "speaker"), "nobody", "'nobody' is none of the speakers"),
        (("readings", 0, "statements", 0, "parent"), 900, "parent: no such statement"),
        (("readings", 0, "statements", 0, "confidence"), 2, "confidence: no number"),
        (("judgements", 0, "undoes"), 0, "undoes what does not come before"),
        (("judgements", 0, "verdict"), "perhaps", "'perhaps' is none of"),
        (("judgements", 0, "verdict"), "undone", "undone where it undoes another"),
        (("judgements", 0, "made_at"), "2024-02-30T10:00:00Z", "day is out of range"),
        (("judgements", 0, "change"), [], "a change is an object"),
        (("judgements", 0, "change"), {"odd": "\ud800"}, "a change is an object"),
        (("judgements", 0, "change"), {"content": None}, "a content is a list"),
        (("judgements", 0, "change"), {"content": []}, "a content of nothing"),
        (("judgements", 0, "change"), {"content": [[20, 30], [1, 5]]}, "not in order"),
        (("judgements", 0, "change"), {"act": "x" * 100}, "is none of"),
        (("judgements", 0, "change"), {"speaker": "هند", "speaker_type": "x" * 100}, "is none of"),
        (("article", "copies"), [{"key": "a", "version": 10**30, "kind": "near", "likeness": 1}], "version: a number"),
        (("article", "authors"), "سلمى", "authors: no list"),
    ],
)
def test_a_broken_line_fails_alone(
    line: dict[str, Any], other: Engine, path: tuple[Any, ...], bad: object, message: str
) -> None:
    broken = copy.deepcopy(line)
    at: Any = broken
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = bad
    told = imported(other, [broken, line])
    assert [taken.kind for taken in told] == ["failed", "new"]
    assert re.search(message, told[0].reason), told[0].reason
    assert exported(other) == [line]


def test_lines_that_are_no_json(other: Engine) -> None:
    told: list[Taken] = []
    bad = [b"{", b"[" * 100_000, b"\xff\xfe", b"[]", b"null", b"5", b"  ", b'{"form": "qawl-record-1"}', None]
    take_in(other, enumerate(bad, 1), told.append)
    assert [taken.number for taken in told] == [1, 2, 3, 4, 5, 6, 8, 9]
    assert {taken.kind for taken in told} == {"failed"}
    assert exported(other) == []


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_line_it_is_told(line: dict[str, Any], other: Engine, data: st.DataObject) -> None:
    broken = copy.deepcopy(line)
    at: Any = broken
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            at[key] = data.draw(_JSON)
            break
        at = at[key]
    (told,) = imported(other, [broken])
    assert told.kind in ("failed", "new", "known", "changed", "merged")


def test_what_the_database_refuses_costs_that_line_alone(line: dict[str, Any], record: Engine) -> None:
    write(record, lambda connection: connection.execute(sql("CREATE UNIQUE INDEX once ON articles (source_id)")))
    again = copy.deepcopy(line)
    again["article"]["key"] = "https://manar.example/other"
    told = imported(record, [line, again, line])
    assert [taken.kind for taken in told] == ["new", "failed", "known"]
    assert told[1].reason.startswith("the database refuses it: ")
    assert exported(record) == [line]


def test_an_older_judgement_of_another_record_does_not_overrule_a_newer_one(
    line: dict[str, Any], record: Engine
) -> None:
    add(record, [samples.load()[0]], lambda _: None)
    ref = line["judgements"][0]["statement"]
    judge(record, ref, "right", who="هند")
    older = copy.deepcopy(line)
    older["judgements"][0]["made_at"] = "2024-03-05T10:00:00Z"
    assert [taken.kind for taken in imported(record, [older])] == ["merged"]
    assert statement(record, ref)[1].verdict == "right"
    later = copy.deepcopy(line)
    later["judgements"][0]["made_at"] = "2124-03-05T10:00:00Z"
    imported(record, [later])
    assert statement(record, ref)[1].verdict == "wrong"
    assert len(exported(record)[0]["judgements"]) == 3


def test_decided_taken_back_and_decided_again_within_a_second(line: dict[str, Any], other: Engine) -> None:
    first = line["judgements"][0]
    back = {**first, "verdict": "undone", "undoes": 0}
    for count in (1, 2, 3, 3):
        longer = {**line, "judgements": [first, back, first][:count]}
        imported(other, [longer])
        assert exported(other) == [longer]


def test_another_spelling_of_known_words_is_not_merged(line: dict[str, Any], other: Engine) -> None:
    first = samples.load()[0]
    respelled = Article(first.text.replace("أ", "ا"), id=first.id, outlet=first.outlet, published=first.published)
    add(other, [respelled], lambda _: None)
    before = exported(other)
    (told,) = imported(other, [line])
    assert told.kind in ("failed", "known")
    assert [v["article"]["text"] for v in exported(other)] == [v["article"]["text"] for v in before]
