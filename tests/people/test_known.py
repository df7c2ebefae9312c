"""People that others know: taken in from two forms, with their identifiers, and given out in both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from whois import names, whois

from qawl.article import Article
from qawl.people.exporting import lines
from qawl.people.importing import Taken, take_in
from qawl.people.profiles import profile
from qawl.people.updating import bring_up_to_date, start_over
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.writing import add

NEWS = (
    "قال وزير الري سالم الغامري إن السد امتلأ. وأضاف أن المزارعين سيحصلون على حصتهم كاملة.",
    "أكد سالم بن راشد الغامري أن القناة نظيفة.",
)


def label(value: str, language: str = "ar") -> dict[str, Any]:
    return {language: {"language": language, "value": value}}


def item(id: str) -> dict[str, Any]:
    value = {"type": "wikibase-entityid", "value": {"entity-type": "item", "id": id}}
    return {"mainsnak": {"snaktype": "value", "datavalue": value}, "rank": "normal"}


def when(day: str) -> list[dict[str, Any]]:
    return [{"snaktype": "value", "datavalue": {"type": "time", "value": {"time": f"+{day}T00:00:00Z"}}}]


MINISTER: dict[str, Any] = {
    "type": "item",
    "id": "Q900000001",
    "labels": label("سالم الغامري") | label("Salem al-Ghameri", "en"),
    "aliases": {"ar": [{"language": "ar", "value": "سالم بن راشد الغامري"}]},
    "claims": {
        "P31": [item("Q5")],
        "P27": [item("Q79")],
        "P39": [{**item("Q900000002"), "qualifiers": {"P580": when("2023-01-05"), "P582": when("2025-00-00")}}],
    },
}
POST: dict[str, Any] = {"type": "item", "id": "Q900000002", "labels": label("وزير الري"), "claims": {}}
FTM: dict[str, Any] = {
    "id": "NK-1",
    "schema": "Person",
    "properties": {
        "name": ["Salem al-Ghameri", "سالم الغامري"],
        "alias": ["سالم راشد الغامري"],
        "country": ["eg"],
        "position": ["وزير الري", "Minister"],
        "wikidataId": ["Q900000001"],
    },
}


def taken(engine: Engine, *values: Any) -> list[Taken]:
    told: list[Taken] = []
    encoded = [value if isinstance(value, bytes) else json.dumps(value).encode() for value in values]
    take_in(engine, enumerate(encoded, 1), told.append)
    bring_up_to_date(engine)
    return told


@pytest.fixture
def news(record: Engine) -> Engine:
    add(record, [Article(text, url=f"https://news.example/{n}") for n, text in enumerate(NEWS)], lambda _: None)
    bring_up_to_date(record)
    return record


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    engine = open_record(str(tmp_path / "other.db"), create=True)
    yield engine
    engine.dispose()


def test_wikidata_as_it_is_dumped(news: Engine) -> None:
    kinds = [t.kind for t in taken(news, b"[", json.dumps(MINISTER).encode() + b",", json.dumps(POST).encode(), b"]")]
    assert sorted(kinds) == ["new", "passed"]
    found = profile(news, "سالم بن راشد الغامري")
    assert found.identifiers == {"wikidata": "Q900000001"}
    assert found.person.statements == 3
    assert found.person.country == "EG"
    with snapshot(news) as connection:
        terms = connection.scalars(select(tables.known.c.terms)).one()
    assert terms == [{"title": "وزير الري", "of": "EG", "first": "2023-01-05", "last": "2025-01-01"}]
    assert [t.kind for t in taken(news, MINISTER, POST)] == ["passed", "known"]


def test_follow_the_money_adds_to_what_is_known(news: Engine) -> None:
    assert [t.kind for t in taken(news, POST, MINISTER)] == ["passed", "new"]
    assert [t.kind for t in taken(news, FTM)] == ["changed"]
    assert [t.kind for t in taken(news, FTM)] == ["known"]
    found = profile(news, "سالم الغامري")
    assert found.identifiers == {"wikidata": "Q900000001", "ftm": "NK-1"}
    with snapshot(news) as connection:
        row = connection.execute(select(tables.known)).one()
    assert row.names == ["سالم بن راشد الغامري", "سالم راشد الغامري"]
    assert row.given["en"] == ["Salem al-Ghameri"]
    before = whois(news)
    start_over(news)
    bring_up_to_date(news)
    assert whois(news) == before


def test_who_never_appears_is_no_entity(record: Engine) -> None:
    assert [t.kind for t in taken(record, MINISTER)] == ["new"]
    assert names(record) == []
    add(record, [Article(NEWS[0])], lambda _: None)
    bring_up_to_date(record)
    assert profile(record, "سالم الغامري").identifiers == {"wikidata": "Q900000001"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "no JSON"),
        (b"7", "no JSON object"),
        ({"name": "x"}, "neither an entity of Wikidata"),
        ({**FTM, "id": 7}, "id: no text"),
        ({**FTM, "properties": {"name": "سالم"}}, "name: no list of texts"),
        ({**FTM, "properties": {"name": ["\x00سالم"]}}, "name: no text"),
        ({**MINISTER, "labels": {"ar": {}}}, "not of the form"),
        ({**MINISTER, "claims": {"P31": 7}}, "not of the form"),
        ({"labels": {}}, "not of the form"),
    ],
)
def test_a_bad_line_fails_alone(record: Engine, line: Any, reason: str) -> None:
    told = sorted(taken(record, line, FTM), key=lambda one: one.number)
    assert [t.kind for t in told] == ["failed", "new"]
    assert reason in told[0].reason
    assert told[0].number == 1


def test_what_is_neither_a_person_nor_a_body_is_passed_over(record: Engine) -> None:
    vessel = {**FTM, "schema": "Vessel"}
    latin = {**FTM, "properties": {"name": ["Salem al-Ghameri"]}}
    assert [t.kind for t in taken(record, vessel, latin, POST)] == ["passed"] * 3


#: The properties that FollowTheMoney's schema (followthemoney 4) has for these, as far as we write them.
_SCHEMA = {
    "Organization": {"name", "alias", "weakAlias", "country", "wikidataId"},
    "Person": {"name", "alias", "weakAlias", "country", "wikidataId", "position"},
}


@pytest.mark.parametrize("form", ["ftm", "wikidata"])
def test_what_is_given_out_can_be_taken_in(news: Engine, other: Engine, form: Any) -> None:
    taken(news, POST, MINISTER, FTM)
    with snapshot(news) as connection:
        values = [json.loads(line) for line in lines(connection, form)]
    (minister,) = [v for v in values if "سالم الغامري" in json.dumps(v, ensure_ascii=False)]
    if form == "ftm":
        assert minister["id"] == "NK-1"
        assert minister["properties"]["wikidataId"] == ["Q900000001"]
        assert minister["properties"]["country"] == ["eg"]
        for value in values:
            assert value.keys() == {"id", "schema", "properties"}
            assert value["properties"].keys() <= _SCHEMA[value["schema"]]
            assert all(isinstance(text, str) and text for some in value["properties"].values() for text in some)
    else:
        assert minister["id"] == "Q900000001"
        assert minister["labels"]["en"]["value"] == "Salem al-Ghameri"
        assert minister["claims"]["P27"][0]["mainsnak"]["datavalue"]["value"]["id"] == "Q79"
        assert minister["claims"]["P39"]
    assert {t.kind for t in taken(other, *values)} == {"new"}
    add(other, [Article(NEWS[0])], lambda _: None)
    bring_up_to_date(other)
    found = profile(other, "سالم الغامري")
    assert found.identifiers["wikidata"] == "Q900000001"
    assert found.person.country == "EG"
