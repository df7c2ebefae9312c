"""Who is who follows from the articles and from what people decided, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from invented import articles
from sqlalchemy import Engine, func, select, update
from whois import names, whois

from qawl.article import Article
from qawl.people.anchors import from_ref, to_ref
from qawl.people.checking import check
from qawl.people.finding import entity_of
from qawl.people.updating import bring_up_to_date, is_up_to_date, start_over
from qawl.record import tables
from qawl.record.engine import open_record, reach, snapshot, write
from qawl.record.errors import RecordError
from qawl.record.forgetting import Chosen, forget
from qawl.record.judgements import Mend, judge
from qawl.record.judgements import undo as undo_statement
from qawl.record.migrations import upgrade
from qawl.record.rereading import reread
from qawl.record.writing import add

DAM = "قال وزير الري سالم الغامري إن السد امتلأ. وأضاف الغامري أن المزارعين سيحصلون على حصتهم من المياه كاملة."
BRIDGE = "قالت المتحدثة باسم البلدية هند الراسي إن وزير الري سالم الغامري افتتح الجسر."


def fill(engine: Engine, some: list[Article]) -> None:
    add(engine, some, lambda outcome: None)
    bring_up_to_date(engine)


def number_of(engine: Engine, table: str) -> int:
    with snapshot(engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    engine = open_record(str(tmp_path / "other.db"), create=True)
    yield engine
    engine.dispose()


def test_one_person_across_articles(record: Engine) -> None:
    fill(record, [Article(DAM, url="https://a.example/1"), Article(BRIDGE, url="https://b.example/1")])
    assert ("سالم الغامري", 2) in names(record)
    assert [name for name, _ in names(record)].count("سالم الغامري") == 1
    assert list(check(record)) == []


def test_the_order_of_the_articles_makes_no_difference(record: Engine, other: Engine) -> None:
    some = articles(60)
    fill(record, some)
    shuffled = list(some)
    Random(4).shuffle(shuffled)
    # A later version of an article must still come later; those without an address have no versions.
    shuffled.sort(key=lambda article: some.index(article) if sum(a.url == article.url for a in some) > 1 else 0)
    for at in range(0, 60, 7):
        fill(other, shuffled[at : at + 7])
    assert whois(other) == whois(record)
    assert len(names(record)) >= 8


def test_what_is_done_again_changes_nothing(record: Engine) -> None:
    fill(record, articles(30))
    before = whois(record)
    assert len(before) > 10
    bring_up_to_date(record)
    assert whois(record) == before
    start_over(record)
    with snapshot(record) as connection:
        assert not is_up_to_date(connection)
    bring_up_to_date(record)
    assert whois(record) == before
    assert list(check(record)) == []


def test_another_version_of_the_resolver_starts_over(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(record, articles(5))
    before = whois(record)
    write(record, lambda c: c.execute(update(tables.entities).values(name="?")))
    bring_up_to_date(record)
    assert whois(record) != before
    monkeypatch.setattr("qawl.people.updating._fingerprint", lambda: "another")
    bring_up_to_date(record)
    assert whois(record) == before


def test_reading_again_changes_nothing_where_the_reader_is_the_same(record: Engine) -> None:
    fill(record, articles(20))
    before = whois(record)
    reread(record, lambda done: None, everything=True)
    bring_up_to_date(record)
    assert whois(record) == before
    assert list(check(record)) == []


def test_a_later_version_takes_the_place_of_an_earlier_one(record: Engine, other: Engine) -> None:
    old = Article(DAM, url="https://a.example/1")
    new = Article(BRIDGE, url="https://a.example/1")
    fill(record, [old])
    fill(record, [new])
    fill(other, [old, new])
    assert whois(record) == whois(other)
    assert names(record)[0] == ("هند الراسي", 1)


def test_forgetting_leaves_nothing(record: Engine, other: Engine) -> None:
    some = articles(20)
    mine = Article(DAM, id="mine", url="https://a.example/1", outlet="صحيفة التل")
    fill(record, [mine, *some])
    forget(record, Chosen(outlet="صحيفة التل"), who="هدى", then=bring_up_to_date)
    fill(other, some)
    assert whois(record) == whois(other)
    for table in ("forms", "names", "form_keys", "parties", "resolved"):
        assert number_of(record, table) == number_of(other, table), table
    forget(record, Chosen(before="2099-01-01"), who="هدى", then=bring_up_to_date)
    assert whois(record) == {}
    for table in ("forms", "names", "form_keys", "parties", "resolved", "entities", "unresolved", "offices"):
        assert number_of(record, table) == 0, table


def test_nothing_of_a_name_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "qawl.db"
    engine = open_record(str(path), create=True)
    fill(engine, [*articles(5), Article("قال الوزير زهدي العرندس إن الجسر آمن.", outlet="صحيفة التل")])
    assert "العرندس".encode() in path.read_bytes() + path.with_name("qawl.db-wal").read_bytes()
    forget(engine, Chosen(outlet="صحيفة التل"), who="هدى", then=bring_up_to_date)
    engine.dispose()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert "العرندس".encode() not in left


def test_a_mended_speaker_is_who_speaks(record: Engine) -> None:
    fill(record, [Article(DAM, url="https://a.example/1"), Article(BRIDGE, url="https://b.example/1")])
    before = whois(record)
    with snapshot(record) as connection:
        s, a = tables.statements.c, tables.articles.c
        of_bridge = select(s.ref).join(tables.articles, a.id == s.article_id)
        ref = connection.scalars(of_bridge.where(a.url == "https://b.example/1")).first()
    assert ref is not None
    judge(record, ref, "mended", who="هدى", mend=Mend(speaker="نبيل العامودي", speaker_type="person"))
    bring_up_to_date(record)
    assert ("نبيل العامودي", 1) in names(record)
    assert ("هند الراسي", 0) in names(record)
    judge(record, ref, "mended", who="هدى", mend=Mend(speaker="سالم الغامري"))
    bring_up_to_date(record)
    assert ("سالم الغامري", 3) in names(record)
    undo_statement(record, who="هدى")
    undo_statement(record, who="هدى")
    bring_up_to_date(record)
    assert whois(record) == before
    judge(record, ref, "wrong", who="هدى")
    bring_up_to_date(record)
    assert ("هند الراسي", 0) in names(record)
    assert list(check(record)) == []


def test_an_id_that_was_given_leads_on(record: Engine) -> None:
    late = Article(DAM, url="https://a.example/1", published=date(2024, 5, 2))
    fill(record, [late])
    given = _ref(record, "سالم الغامري")
    # An earlier article gives the entity another ID, and then the article of the first one is no longer there.
    early = Article(BRIDGE, url="https://b.example/1", published=date(2024, 5, 1))
    fill(record, [early])
    today = _ref(record, "سالم الغامري")
    assert today != given
    assert _ref(record, given) == today
    fill(record, [replace(late, text="الطريق مغلق. قالت ليلى الصواف إن الأعمال مستمرة.")])
    assert _ref(record, given) == today
    assert from_ref(given.upper().replace("0", "O").replace("1", "I")) == from_ref(given)
    with pytest.raises(RecordError, match="no such person"):
        _ref(record, "e-0000000000")


def _ref(engine: Engine, written: str) -> str:
    with snapshot(engine) as connection:
        id = entity_of(connection, written)
        return to_ref(
            connection.execute(select(tables.entities.c.anchor).where(tables.entities.c.id == id)).scalar_one()
        )


def test_a_record_of_the_version_before_is_resolved(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = reach(location)
    monkeypatch.setattr("qawl.record.migrations.HEAD", "0002")
    upgrade(engine)
    monkeypatch.undo()
    # What writes articles today writes columns that came later: they are there while it does.
    later = {"act": "VARCHAR(8)", "form": "VARCHAR(8)", "outlet_id": "BIGINT"}
    with engine.begin() as connection:
        for name, kind in later.items():
            connection.exec_driver_sql(f"ALTER TABLE statement_index ADD COLUMN {name} {kind}")
    add(engine, articles(10), lambda outcome: None)
    with engine.begin() as connection:
        for name in later:
            connection.exec_driver_sql(f"ALTER TABLE statement_index DROP COLUMN {name}")
    with pytest.raises(RecordError, match="qawl db upgrade"):
        open_record(location)
    assert upgrade(engine) == "0002"
    bring_up_to_date(engine)
    assert len(names(engine)) >= 8
    assert list(check(engine)) == []
    engine.dispose()
