"""What people decide about who is who wins, whatever is read, resolved or added again, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from whois import names, whois

from qawl.article import Article
from qawl.people.anchors import to_ref
from qawl.people.appearance import Decision
from qawl.people.entities import unite
from qawl.people.finding import entity_of
from qawl.people.judgements import decide, judged, undo
from qawl.people.profiles import doubts
from qawl.people.updating import bring_up_to_date, start_over
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.errors import RecordError
from qawl.record.export.entries import Selection
from qawl.record.export.jsonl import lines
from qawl.record.forgetting import Chosen, forget
from qawl.record.importing import Taken, take_in
from qawl.record.judgements import judge
from qawl.record.rereading import reread
from qawl.record.writing import add

WATER = "قال وزير الري سالم الغامري إن السد امتلأ. وأضاف أن المزارعين سيحصلون على حصتهم من المياه كاملة."
PORT = "قال مدير الميناء عادل البكري إن الرصيف جاهز."
NAMESAKE = "أكد وزير الري سالم الغامري أن القناة نظيفة."
ALONE = "قالت رنا إن الجسر آمن تماما."
AGAIN = "أكدت رنا أن الجسر مفتوح أمام السيارات."


def articles() -> list[Article]:
    texts = (WATER, PORT, NAMESAKE, ALONE, AGAIN)
    return [
        Article(text, str(n), f"صحيفة {n % 2}", f"https://news.example/{n}", date(2024, 5, n))
        for n, text in enumerate(texts, 1)
    ]


@pytest.fixture
def news(record: Engine) -> Engine:
    add(record, articles(), lambda outcome: None)
    bring_up_to_date(record)
    return record


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    engine = open_record(str(tmp_path / "other.db"), create=True)
    yield engine
    engine.dispose()


def said_in(engine: Engine, source_id: str) -> str:
    """The ID of the first statement of an article."""
    s, a = tables.statements.c, tables.articles.c
    query = select(s.ref).join(tables.articles, a.id == s.article_id).where(a.source_id == source_id).order_by(s.number)
    with snapshot(engine) as connection:
        return str(connection.scalars(query).first())


def who(engine: Engine, written: str) -> str:
    e = tables.entities.c
    with snapshot(engine) as connection:
        return to_ref(connection.execute(select(e.anchor).where(e.id == entity_of(connection, written))).scalar_one())


def say(engine: Engine, verdict: str, one: str, other: str, by: str = "هدى") -> int:
    number = decide(engine, "same" if verdict == "same" else "different", one, other, who=by)
    bring_up_to_date(engine)
    return number


def take_back(engine: Engine, number: int | None = None, by: str = "هدى") -> int:
    taken = undo(engine, who=by, judgement_id=number)
    bring_up_to_date(engine)
    return taken


def test_two_are_made_one_and_two_again(news: Engine) -> None:
    before = whois(news)
    assert who(news, "سالم الغامري") != who(news, "عادل البكري")
    one, other = who(news, "سالم الغامري"), who(news, "عادل البكري")
    number = say(news, "same", "سالم الغامري", "عادل البكري")
    assert who(news, one) == who(news, other)
    assert names(news)[0][1] == 4
    assert take_back(news) == number
    assert whois(news) == before
    assert take_back(news, number + 1) == number + 1  # taken back that it was taken back
    assert who(news, one) == who(news, other)
    with pytest.raises(RecordError, match="has been taken back already"):
        undo(news, who="هدى", judgement_id=number + 1)


def test_one_is_parted_by_the_ids_of_statements(news: Engine) -> None:
    one, other = said_in(news, "1"), said_in(news, "3")
    assert who(news, one) == who(news, other)
    say(news, "different", one, other)
    assert who(news, one) != who(news, other)
    with pytest.raises(RecordError, match="may mean several"):
        who(news, "سالم الغامري")
    take_back(news)
    assert who(news, one) == who(news, other)


def test_a_short_name_goes_where_people_say(news: Engine) -> None:
    short = said_in(news, "4")
    assert who(news, short) != who(news, "عادل البكري")
    say(news, "same", short, "عادل البكري")
    assert who(news, short) == who(news, "عادل البكري")
    take_back(news)
    assert who(news, short) != who(news, "عادل البكري")


def test_of_two_that_cannot_both_hold_the_later_does(news: Engine) -> None:
    first = say(news, "same", "سالم الغامري", "عادل البكري")
    one, other = said_in(news, "1"), said_in(news, "2")
    second = say(news, "different", one, other)
    assert who(news, one) != who(news, other)
    assert {j.judgement.id: j.overruled for j in judged(news)} == {first: True, second: False}
    take_back(news, second)
    assert who(news, one) == who(news, other)


def test_what_was_decided_outlives_all_that_is_made_anew(news: Engine) -> None:
    say(news, "same", "سالم الغامري", "عادل البكري")
    say(news, "different", said_in(news, "1"), said_in(news, "3"))
    decided = whois(news)
    start_over(news)
    bring_up_to_date(news)
    assert whois(news) == decided
    reread(news, lambda done: None, everything=True)
    bring_up_to_date(news)
    assert whois(news) == decided
    add(news, articles(), lambda outcome: None)
    bring_up_to_date(news)
    assert whois(news) == decided


def test_what_was_decided_holds_for_another_version_of_the_article(news: Engine) -> None:
    say(news, "same", said_in(news, "1"), "عادل البكري")
    changed = Article(f"خبر معدل. {WATER}", "1", "صحيفة 1", "https://news.example/1", date(2024, 5, 1))
    add(news, [changed], lambda outcome: None)
    bring_up_to_date(news)
    assert who(news, "سالم الغامري") == who(news, "عادل البكري")
    assert [j.fits for j in judged(news)] == [True]


def test_what_was_decided_moves_away_from_a_forgotten_article(news: Engine) -> None:
    say(news, "same", said_in(news, "1"), "عادل البكري")
    forget(news, Chosen(article_ids=(1,)), who="هدى", then=bring_up_to_date)
    assert who(news, said_in(news, "3")) == who(news, "عادل البكري")
    forget(news, Chosen(article_ids=(2, 3)), who="هدى", then=bring_up_to_date)
    assert list(judged(news)) == []


def test_it_is_exported_and_taken_in(news: Engine, other: Engine) -> None:
    say(news, "same", "سالم الغامري", "عادل البكري")
    say(news, "different", said_in(news, "1"), said_in(news, "3"))
    take_back(news)
    with snapshot(news) as connection:
        written = [line.encode() for line in lines(connection, Selection())]
    assert sum(len(json.loads(line)["identities"]) for line in written) == 3
    for order in (list(reversed(written)), written):  # in any order, and twice
        told: list[Taken] = []
        take_in(other, enumerate(order, 1), told.append)
        assert "failed" not in {taken.kind for taken in told}
        bring_up_to_date(other)
        assert whois(other) == whois(news)
    assert [j.judgement._replace(id=0, undoes=None) for j in judged(other)] == [
        j.judgement._replace(id=0, undoes=None) for j in judged(news)
    ]


def test_there_is_one_numbering_and_the_last_of_either_kind_is_taken_back(news: Engine) -> None:
    first = judge(news, said_in(news, "1"), "right", who="هدى")
    second = say(news, "different", "سالم الغامري", "عادل البكري")
    third = judge(news, said_in(news, "2"), "right", who="هدى")
    assert [first, second, third] == [1, 2, 3]
    fourth = say(news, "same", said_in(news, "4"), "عادل البكري", by="سلمى")
    assert fourth == 4
    assert {take_back(news), take_back(news), take_back(news)} == {1, 2, 3}
    with pytest.raises(RecordError, match="no judgement of هدى holds"):
        undo(news, who="هدى")
    with pytest.raises(RecordError, match="99: no such judgement"):
        undo(news, who="هدى", judgement_id=99)


def test_what_cannot_be_decided(news: Engine) -> None:
    with pytest.raises(RecordError, match="nobody of that name"):
        say(news, "same", "زهدي النجار", "عادل البكري")
    with pytest.raises(RecordError, match="one already"):
        say(news, "same", "سالم الغامري", "سالم الغامري")
    with pytest.raises(RecordError, match="no such statement"):
        say(news, "same", "0000000000", "عادل البكري")
    assert list(judged(news)) == []


def test_decided_pairs_are_no_doubts(news: Engine) -> None:
    for doubt in doubts(news, limit=100):
        say(news, "different", doubt.one.ref, doubt.other.ref)
    assert doubts(news, limit=100) == []


def test_clusters_are_united_by_the_latest_word() -> None:
    clusters = {1: 10, 2: 20, 3: 30}
    same = Decision("same", 1, 2)
    assert unite([same, Decision("same", 2, 3)], clusters)[10] == {10, 20, 30}
    assert unite([same, Decision("different", 1, 2)], clusters) == {}
    assert unite([Decision("different", 1, 2), same], clusters)[10] == {10, 20}
    # 1 and 3 are different, so of the two that would make them one the earlier gives way.
    assert unite([same, Decision("different", 1, 3), Decision("same", 2, 3)], clusters) == dict.fromkeys(
        (20, 30), frozenset({20, 30})
    )
