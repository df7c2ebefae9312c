"""The measure of a resolver: pairs, B³, what is left out, and that the gold files are whole."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from people import annotate, draw, measure, scoring
from people.scoring import Item, Pairs

HERE = Path(scoring.__file__).parent


def item(number: int, entity: str | None, kind: str | None = "person", sure: bool = True) -> Item:
    return Item(f"XX-{number}", 0, 5, entity, kind, sure)


ONE, TWO, THREE, FOUR = item(1, "e1"), item(2, "e1"), item(3, "e1"), item(4, "e2")
NAMES = {ONE: "سلمى", TWO: "سلمى", THREE: "سلمى الحداد", FOUR: "سلمى"}


def test_pairs_and_cubed() -> None:
    got = scoring.score([ONE, TWO, THREE, FOUR], {ONE: "a", TWO: "a", THREE: "b", FOUR: "a"}, NAMES)
    assert got.pairs == Pairs(gold=3, predicted=3, both=1)
    assert (got.pairs.precision, got.pairs.recall) == pytest.approx((1 / 3, 1 / 3))
    assert got.cubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 / 3) / 4)
    assert got.cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert (got.items, got.articles, got.outlets, got.entities, got.missing) == (4, 4, 1, 2, 0)


def test_pairs_divided_by_name() -> None:
    got = scoring.score([ONE, TWO, THREE, FOUR], {ONE: "a", TWO: "a", THREE: "a", FOUR: "a"}, NAMES)
    assert got.same_name == Pairs(gold=1, predicted=3, both=1)
    assert got.other_name == Pairs(gold=2, predicted=3, both=2)
    assert got.homonyms == 2


def test_an_item_without_a_name_has_none_in_common() -> None:
    got = scoring.score([ONE, TWO], {ONE: "a", TWO: "a"}, {})
    assert got.same_name == Pairs(0, 0, 0)
    assert got.other_name == Pairs(1, 1, 1)


def test_missing_items_stand_alone_and_cost_recall() -> None:
    got = scoring.score([ONE, TWO, THREE], {ONE: None, TWO: None}, NAMES)
    assert got.missing == 3
    assert got.pairs == Pairs(gold=3, predicted=0, both=0)
    assert got.pairs.precision == 1.0
    assert got.cubed.precision == 1.0
    assert got.cubed.recall == pytest.approx(1 / 3)


def test_nobody_and_doubtful_take_no_part() -> None:
    got = scoring.score([ONE, item(5, None, None), item(6, "e1", sure=False)], {ONE: 0}, NAMES)
    assert (got.items, got.pairs) == (1, Pairs(0, 0, 0))


def test_perfect() -> None:
    got = scoring.score([ONE, TWO, FOUR], {ONE: 0, TWO: 0, FOUR: 7}, NAMES)
    assert (got.pairs.f1, got.cubed.f1) == (1.0, 1.0)


def test_a_person_joined_to_a_body_counts_together() -> None:
    body = item(9, "e9", "organization")
    got = scoring.table([ONE, TWO, body], {ONE: 0, TWO: 0, body: 0}, NAMES)
    assert got["persons"].pairs.precision == 1.0
    assert got["others"].pairs == Pairs(0, 0, 0)
    assert got["together"].pairs == Pairs(gold=1, predicted=3, both=1)
    assert "persons: 2 appearances of 1 entities" in scoring.report(got)


def test_an_office_is_scored_with_persons() -> None:
    office = item(7, "e1", "office")
    assert scoring.table([ONE, office], {ONE: 0, office: 0}, NAMES)["persons"].pairs == Pairs(1, 1, 1)


@pytest.mark.parametrize("name", ["gold", "development"])
def test_gold_files(name: str) -> None:
    file = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    items = scoring.load(HERE / f"{name}.json")
    assert file["counts"]["appearances"] == len(items) == len(set(items))
    assert file["counts"]["outlets"] == len({scoring.outlet(item) for item in items}) == 5
    assert len({item.article for item in items}) >= 300
    assert all(0 <= item.start < item.end for item in items)
    assert all((item.entity is None) == (item.kind is None) for item in items)
    assert {item.kind for item in items} - {None} <= set(annotate.KINDS.values())
    assert all(item.entity is None or item.entity[1:].isdigit() for item in items)


def test_no_article_is_in_both() -> None:
    gold, development = ({item.article for item in scoring.load(HERE / f"{n}.json")} for n in ("gold", "development"))
    assert not gold & development


def test_join_numbers_the_keys_in_the_order_of_articles() -> None:
    drawn = [{"article": f"XX-{n}", "start": 0, "end": 3} for n in (3, 1, 2)]
    items, counts = annotate.join(drawn, "0 p salma\n1 -\n2 f salma ?\n")
    assert [(item["entity"], item["kind"], item["sure"]) for item in items] == [
        (None, None, True),
        ("e001", "office", False),
        ("e001", "person", True),
    ]
    assert (counts["nobody"], counts["doubtful"], counts["entities"]) == (1, 1, 1)


@pytest.mark.parametrize("labels", ["0 p one", "0 p one\n0 p one\n1 -", "0 x one\n1 -"])
def test_labels_that_do_not_fit(labels: str) -> None:
    with pytest.raises(SystemExit):
        annotate.join([{"article": "XX-1"}, {"article": "XX-2"}], labels)


def row(number: int, name: str, role: str = "", type_: str = "person") -> draw.Row:
    outlet = "one" if number % 2 else "two"
    return draw.Row(number, f"XX-{number}", outlet, f"2018-0{number % 9 + 1}-01", type_, name, role, 0, 5)


def test_a_pool_holds_names_that_are_alike_and_the_office_alone() -> None:
    every = [
        row(1, "سلمي الحداد", "وزيره المياه"),
        row(2, "سلمي الحداد"),
        row(3, "سلما حداد"),
        row(4, "نادر الحداد"),
        row(5, "وزيره المياه", "وزيره المياه"),
        row(6, "كريم النجار"),
        row(7, "شركه الحداد", type_="organization"),
    ]
    pools = draw.Pools(every)
    assert set(pools.other_names(every[0])) == {"سلما حداد", "نادر الحداد"}
    assert [found.id for found in pools.office_alone(every[0])] == [5]
    groups = draw.draw(every, seed=3, groups=2)
    assert groups == draw.draw(every, seed=3, groups=2)
    articles = [found.article for group in groups for found in group]
    assert len(articles) == len(set(articles))


def test_near_spellings_share_a_key() -> None:
    assert set(draw.spellings("غونزاليش")) & set(draw.spellings("جونزاليس"))
    assert not set(draw.spellings("حداد")) & set(draw.spellings("نجار"))


def test_speakers_are_found_by_span() -> None:
    record = sqlite3.connect(":memory:")
    record.executescript("""
        CREATE TABLE articles (id, source_id); CREATE TABLE readings (id, article_id, current);
        CREATE TABLE speakers (id, reading_id, name); CREATE TABLE mentions (speaker_id, start, "end");
        INSERT INTO articles VALUES (1, 'XX-1'); INSERT INTO readings VALUES (1, 1, 1), (2, 1, 0);
        INSERT INTO speakers VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'old');
        INSERT INTO mentions VALUES (1, 0, 9), (2, 20, 29), (3, 40, 49);
    """)
    here, gone = Item("XX-1", 22, 30, "e1", "person", True), Item("XX-1", 40, 49, "e2", "person", True)
    assert measure.speakers(record, [here, gone]) == {here: measure.Speaker(2, "two")}
