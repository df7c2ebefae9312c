"""Looking things up: statements, articles, speakers, outlets, numbers; the same on both engines."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from invented import OUTLETS, articles, text
from sqlalchemy import Engine
from sqlalchemy import text as sql

from qawl.article import Article
from qawl.reading.reader import read
from qawl.record.checking import check
from qawl.record.engine import write
from qawl.record.errors import RecordError
from qawl.record.judgements import Mend, judge
from qawl.record.showing import Filter, article, outlets, speakers, statement
from qawl.record.stats import stats
from qawl.record.writing import add


@pytest.fixture
def news(record: Engine) -> Engine:
    """A record of forty articles."""
    add(record, articles(40), lambda outcome: None)
    return record


def test_a_statement_in_its_sentence(news: Engine) -> None:
    entry, found = article(news, 3)
    assert entry.article == articles(40)[2]
    for one in found:
        start, end = one.sentence
        assert all(start <= piece.start < piece.end <= end for piece in one.statement.content)
        assert statement(news, one.ref) == (entry, one)
    with pytest.raises(RecordError, match="no such article"):
        article(news, 99)
    with pytest.raises(RecordError, match="no such statement"):
        statement(news, "zzzzzzzzzz")


def test_copies_are_told_from_both_sides(record: Engine) -> None:
    body = text(Random(1))
    some = [Article(body, url=f"https://n{n}.example/", outlet=OUTLETS[n]) for n in range(3)]
    add(record, some, lambda outcome: None)
    for id in (1, 2, 3):
        found = article(record, id)[0].copies
        assert [(c.article_id, c.kind) for c in found] == [(other, "same") for other in (1, 2, 3) if other != id]


def test_speakers(news: Engine) -> None:
    latest = _latest(articles(40))
    wanted = Counter(s.speaker.name for a in latest for s in read(a).statements if s.speaker)
    found = speakers(news)
    assert {s.name: s.statements for s in found} == wanted
    assert [s.statements for s in found] == sorted((s.statements for s in found), reverse=True)
    assert {s.name for s in speakers(news, named="رَاسي")} == {name for name in wanted if "راسي" in name}
    of_day = speakers(news, Filter(first=date(2024, 3, 5), last=date(2024, 3, 5)))
    some = [a for a in latest if a.published == date(2024, 3, 5)]
    assert sum(s.statements for s in of_day) == sum(1 for a in some for s in read(a).statements if s.speaker)


def test_names_in_several_spellings_are_one(record: Engine) -> None:
    told = [
        "قال سالم الغامري إن السد امتلأ.",
        "قال سالم الغامري إن الطريق مغلق.",
        "قال سَالم الغامري إن الحصة وصلت.",
    ]
    add(record, [Article(t) for t in told], lambda outcome: None)
    (found,) = speakers(record)
    assert (found.name, found.statements, found.articles) == ("سالم الغامري", 3, 3)


def test_judgements_count(news: Engine) -> None:
    one, two, *_ = article(news, 1)[1]
    judge(news, one.ref, "wrong", who="هدى")
    judge(news, two.ref, "mended", who="هدى", mend=Mend(speaker="زينب القاضي", act="praise"))
    assert [s.statements for s in speakers(news, named="زينب القاضي")] == [1]
    assert speakers(news, named="زينب القاضي", machine=True) == []
    as_read, as_shown = stats(news, machine=True), stats(news)
    assert as_read.all.statements == as_shown.all.statements + 1
    assert as_shown.all.acts["praise"] == as_read.all.acts.get("praise", 0) + 1
    assert as_shown.judgements == 2


def test_outlets_and_numbers(news: Engine) -> None:
    latest = _latest(articles(40))
    readings = [read(a) for a in latest]
    found = outlets(news)
    assert {o.name: o.articles for o in found} == Counter(a.outlet for a in latest)
    assert sum(o.statements for o in found) == sum(len(r.statements) for r in readings)
    assert all(o.first and o.last and "2024-03-01" <= o.first <= o.last for o in found)
    numbers = stats(news)
    assert (numbers.articles, numbers.versions) == (len(latest), 40)
    assert numbers.words == sum(len(a.text.split()) for a in latest)
    statements = [s for r in readings for s in r.statements]
    assert numbers.all.acts == Counter(s.act for s in statements)
    assert numbers.all.forms == Counter(s.form for s in statements)
    with_cue = [s for s in statements if s.cue]
    assert numbers.all.implicit == pytest.approx(sum(not s.source for s in with_cue) / len(with_cue))
    assert sum(numbers.days.values()) == len(statements)
    assert sum(c.statements for c in numbers.outlets.values()) == len(statements)
    assert numbers.copies == sum(o.copies for o in found) == 2
    one = stats(news, Filter(outlet=OUTLETS[0]))
    assert one.all == numbers.outlets[OUTLETS[0]]


def test_numbers_of_nothing(record: Engine) -> None:
    assert stats(record).all.implicit == 0.0
    assert outlets(record) == []
    assert speakers(record) == []


def _latest(some: list[Article]) -> list[Article]:
    """The articles without those of which a later version is among them."""
    return list({a.url or a.id: a for a in some}.values())


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("UPDATE articles SET text = text || ' وأكثر' WHERE id = 1", "not the one that was added"),
        ("UPDATE articles SET latest = NOT latest WHERE id = 2", "latest versions"),
        ("UPDATE readings SET current = NOT current WHERE article_id = 3", "0 current readings"),
        ('UPDATE contents SET "end" = 1000000 WHERE statement_id = 4', "no span"),
        ("UPDATE statements SET ref = '0000000000' WHERE id = 5", "public IDs"),
        ("UPDATE search_state SET fingerprint = 'another'", "index of the search"),
    ],
)
def test_what_is_wrong_in_a_record_is_told(news: Engine, harm: str, fault: str) -> None:
    assert list(check(news)) == []
    write(news, lambda connection: connection.execute(sql(harm)))
    assert fault in "\n".join(check(news))
