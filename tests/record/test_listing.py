"""Articles, outlets and feeds as lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from qawl.article import Article
from qawl.record.engine import snapshot
from qawl.record.feeds import Feed, feeds, keep_feed
from qawl.record.judgements import judge
from qawl.record.listing import articles, last_day
from qawl.record.showing import Filter, article, outlets
from qawl.record.writing import add

_DAM = "قال الوزير سالم الغامري إن السد امتلأ. وأضاف أن الماء كثير."


def _fill(engine: Engine) -> None:
    headed = "السد  ممتلئ\n\n" + _DAM
    add(
        engine,
        [
            Article(headed, "1", "ضفة", "https://a.example/1", date(2024, 5, 1), headline=(0, 11)),
            Article("كان الجو جميلا.", "2", "ساحل", "https://b.example/2", date(2024, 5, 3)),
            Article(_DAM, "3", "ساحل", "https://b.example/3", date(2024, 5, 2)),
            Article(_DAM, "4", "ضفة", "https://a.example/4", date(2024, 5, 2)),
            Article("لا تاريخ لهذا.", "5", None, "https://c.example/5"),
        ],
        lambda outcome: None,
    )


def test_the_newest_come_first_and_what_has_no_day_last(record: Engine) -> None:
    _fill(record)
    found = articles(record, limit=10)
    assert [one.day for one in found] == ["2024-05-03", "2024-05-02", "2024-05-02", "2024-05-01", None]
    assert [one.title for one in found] == ["كان الجو جميلا.", _DAM, _DAM, "السد ممتلئ", "لا تاريخ لهذا."]
    assert [one.statements for one in found] == [0, 2, 2, 2, 0]
    assert sum(one.copies for one in found) == 1
    assert [one.id for one in articles(record, limit=2, offset=1)] == [one.id for one in found[1:3]]


def test_of_an_outlet_and_a_span(record: Engine) -> None:
    _fill(record)
    assert [one.day for one in articles(record, Filter("ضفة"), limit=10)] == ["2024-05-02", "2024-05-01"]
    assert [one.day for one in articles(record, Filter("ضفة", None, date(2024, 5, 1)), limit=10)] == ["2024-05-01"]
    assert articles(record, Filter("لا أحد"), limit=10) == []


def test_what_is_judged_wrong_does_not_count(record: Engine) -> None:
    _fill(record)
    first = articles(record, Filter("ضفة"), limit=1)[0]
    _, entries = article(record, first.id)
    judge(record, entries[0].ref, "wrong", who="me")
    # The same words in two articles have the same ID, and a judgement is of one of them.
    assert sum(one.statements for one in articles(record, limit=10)) == 5
    counts = {one.name: one.statements for one in outlets(record)}
    assert sum(counts.values()) == 5
    assert sum(one.statements for one in outlets(record, machine=True)) == 6


def test_the_last_day(record: Engine) -> None:
    with snapshot(record) as connection:
        assert last_day(connection) is None
    _fill(record)
    with snapshot(record) as connection:
        assert last_day(connection) == date(2024, 5, 3)


def test_feeds_those_that_fail_first(record: Engine) -> None:
    assert feeds(record) == []
    for url, failures in (("https://b.example/feed", 0), ("https://c.example/feed", 2), ("https://a.example/feed", 0)):
        keep_feed(record, Feed(url, "t", None, None, "2024-05-01T00:00:00Z", None, failures, None, ["x"]))
    assert [feed.url[8] for feed in feeds(record)] == ["c", "a", "b"]
