"""Adding: what is new, known, changed or a copy; whole or not at all; the same on both engines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from content import content
from invented import articles, text
from sqlalchemy import Engine, func, select
from sqlalchemy import text as sql

from qawl.article import Article
from qawl.reading.reader import read
from qawl.record import tables, writing
from qawl.record.checking import check
from qawl.record.engine import open_record, snapshot, write
from qawl.record.identity import identify, refs
from qawl.record.writing import Outcome, add


def added(engine: Engine, some: list[Article], *, jobs: int = 1) -> list[Outcome]:
    outcomes: list[Outcome] = []
    add(engine, some, outcomes.append, jobs=jobs)
    return outcomes


def kinds(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(outcome.kind for outcome in outcomes)


def rows(engine: Engine) -> dict[str, int]:
    with snapshot(engine) as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.metadata.tables.items()
        }


def test_all_of_an_article_and_its_reading_is_kept(record: Engine) -> None:
    some = articles(30)
    added(record, some)
    found = content(record)
    assert len(found) == 30
    for article in some:
        identity = identify(article)
        entry = next(e for (key, _), e in found.items() if key == identity.key and e["article"]["id"] == article.id)
        assert entry["article"] == article.to_json()
        reading = read(article)
        assert entry["readings"] == {reading.reader: (True, tuple(refs(identity, reading.statements)), reading)}
    assert list(check(record)) == []


def test_adding_twice_changes_nothing(record: Engine) -> None:
    some = articles(60)
    first = kinds(added(record, some))
    assert first == {"new": 57, "changed": 3}
    before, counted = content(record), rows(record)
    assert kinds(added(record, some)) == {"known": 60}
    assert kinds(added(record, some[::-1], jobs=2)) == {"known": 60}
    assert content(record) == before
    assert rows(record) == counted


def test_twice_in_one_input_is_once(record: Engine) -> None:
    some = articles(10)
    assert kinds(added(record, [*some, *some])) == {"new": 10, "known": 10}


def test_processes_and_engines_make_no_difference(record: Engine, tmp_path: Path) -> None:
    some = articles(130, seed=3)
    added(record, some, jobs=2)
    other = open_record(str(tmp_path / "other.db"), create=True)
    added(other, some)
    assert content(record) == content(other)
    other.dispose()


def test_a_changed_article_is_a_new_version(record: Engine) -> None:
    one, two, three = (
        Article(text(Random(n)), url="https://news.example/a", published=date(2024, 3, n)) for n in (1, 2, 3)
    )
    assert kinds(added(record, [one])) == {"new": 1}
    assert kinds(added(record, [replace(two, url="https://NEWS.example/a?utm_source=rss")])) == {"changed": 1}
    assert kinds(added(record, [three, one, two])) == {"changed": 1, "known": 2}
    found = content(record)
    key = "https://news.example/a"
    assert [(found[key, v]["article"]["text"], found[key, v]["latest"]) for v in (1, 2, 3)] == [
        (one.text, False),
        (two.text, False),
        (three.text, True),
    ]
    assert list(check(record)) == []


def test_copies_are_linked_and_not_merged(record: Engine) -> None:
    body = text(Random(1))
    near = body.replace("\n\n", "\n\n(وكالات) ", 1)
    outcomes = added(
        record,
        [
            Article(body, url="https://one.example/a", outlet="صحيفة الضفة"),
            Article(body.replace("أ", "ا"), url="https://two.example/a", outlet="قناة السهل"),
            Article(near, url="https://three.example/a"),
            Article(text(Random(2)), url="https://one.example/b"),
        ],
    )
    assert [(o.kind, o.copy) for o in outcomes] == [("new", None), ("new", "same"), ("new", "near"), ("new", None)]
    found = content(record)
    one, two, three, four = (
        found[f"https://{n}", 1] for n in ("one.example/a", "two.example/a", "three.example/a", "one.example/b")
    )
    assert two["copy_of"] == ("https://one.example/a", 1)
    assert {(kind, alike == 1) for _, kind, alike in one["links"]} == {("same", True), ("near", False)}
    assert [kind for _, kind, _ in two["links"]] == ["same"]
    ((pair, _, alike),) = three["links"]
    assert pair == {("https://one.example/a", 1), ("https://three.example/a", 1)}
    assert 0.5 <= alike < 1
    assert not four["links"]
    # Across transactions too.
    (later,) = added(record, [Article(near + " وانتهى الاجتماع.", url="https://five.example/a")])
    assert later.copy == "near"
    assert len(content(record)["https://five.example/a", 1]["links"]) == 2


def test_versions_of_one_article_are_no_copies(record: Engine) -> None:
    body = text(Random(1))
    outcomes = added(
        record, [Article(body, url="https://one.example/a"), Article(body + " وانتهى.", url="https://one.example/a")]
    )
    assert [(o.kind, o.copy) for o in outcomes] == [("new", None), ("changed", None)]


def test_what_cannot_be_read_does_not_stop_the_rest(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    some = articles(7)

    def breaks(article: Article) -> object:
        if article is some[3]:
            raise MemoryError("no more")
        return read(article)

    monkeypatch.setattr(writing, "read", breaks)
    outcomes = added(record, [Article("  \n"), *some, Article("")])
    assert kinds(outcomes) == {"new": 6, "failed": 3}
    assert {o.reason for o in outcomes if o.kind == "failed"} == {
        "no text",
        "internal error, please report it: MemoryError: no more",
    }
    monkeypatch.undo()
    assert kinds(added(record, some)) == {"known": 6, "new": 1}


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (Article("قال\0 الوزير"), "U\\+0000"),
        (Article("قال", url="https://news.example/\ud800"), "surrogate"),
        (Article("قال", authors=("هدى", "\0")), "U\\+0000"),
        (Article("قال", headline=(0, 9)), "headline"),
        (Article("قال", headline=(-1, 2**70)), "headline"),
    ],
)
def test_what_cannot_be_kept_is_told(record: Engine, article: Article, reason: str) -> None:
    outcomes = added(record, [*articles(2), article])
    assert kinds(outcomes) == {"failed": 1, "new": 2}
    (told,) = (o.reason for o in outcomes if o.kind == "failed")
    assert re.search(reason, told)


def test_what_the_database_refuses_does_not_stop_the_rest(record: Engine) -> None:
    write(record, lambda connection: connection.execute(sql("CREATE UNIQUE INDEX once ON articles (source_id)")))
    some = articles(9)
    outcomes = added(record, [*some[:5], replace(some[8], id=some[2].id), *some[5:]])
    assert [o.kind for o in outcomes] == ["new"] * 5 + ["failed"] + ["new"] * 4
    assert outcomes[5].reason.startswith("the database refuses it: ")
    assert list(check(record)) == []


@pytest.mark.parametrize(
    "article",
    [
        Article("قال " * 40_000, url="https://news.example/" + "a" * 5000, outlet="ص" * 5000, id="م" * 5000),
        Article("ا" * 300_000),
        Article("قال \u2028 \u200f الوزير 𐤀 إن \x01 السد\r\nامتلأ", outlet="", id="'; DROP TABLE articles; --"),
        Article("قال", published=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        Article("قال", published=datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(-timedelta(hours=14)))),
        Article("no Arabic at all", authors=("a\nb", "")),
    ],
)
def test_odd_articles(record: Engine, article: Article) -> None:
    assert kinds(added(record, [article])) == {"new": 1}
    assert kinds(added(record, [article])) == {"known": 1}
    (found,) = content(record).values()
    assert found["article"]["text"] == article.text
    assert list(check(record)) == []


@pytest.mark.parametrize(
    ("published", "at", "day"),
    [
        (None, None, None),
        (date(2024, 3, 5), "2024-03-05T00:00:00Z", "2024-03-05"),
        (datetime(2024, 3, 5, 1, 30), "2024-03-05T01:30:00Z", "2024-03-05"),
        (datetime(2024, 3, 5, 1, 30, tzinfo=timezone(timedelta(hours=4))), "2024-03-04T21:30:00Z", "2024-03-05"),
        (datetime(2024, 3, 5, 1, 30, 59, 7, tzinfo=UTC), "2024-03-05T01:30:59Z", "2024-03-05"),
    ],
)
def test_times(record: Engine, published: date | None, at: str | None, day: str | None) -> None:
    added(record, [Article("قال", published=published)])
    (found,) = content(record).values()
    assert (found["published_at"], found["day"]) == (at, day)
    assert found["article"]["published"] == (published.isoformat() if published else None)


def test_memory_does_not_grow_with_the_input(record: Engine) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        random = Random(9)
        while True:
            taken += 1
            yield Article(text(random), url=f"https://news.example/{taken}")

    def tell(outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(record, endless(), tell)  # type: ignore[arg-type]
    assert taken <= 100


def test_a_slow_source_is_written_as_it_comes(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_WAIT", 0.0)
    told: list[int] = []
    some = articles(3)

    def slow() -> object:
        for article in some:
            yield article
            told.append(rows(record)["articles"])

    add(record, slow(), lambda outcome: None)  # type: ignore[arg-type]
    assert told == [1, 2, 3]


def test_nothing_to_add(record: Engine) -> None:
    assert added(record, []) == []
    assert rows(record)["articles"] == 0
