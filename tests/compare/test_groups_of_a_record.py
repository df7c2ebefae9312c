"""Groups of a record: the same whatever the order in which articles come, and whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest
from grouped import grouped
from invented import articles
from sqlalchemy import Engine, func, select, update

import qawl.compare.updating as comparing
import qawl.people.updating as resolving
from qawl.article import Article
from qawl.compare.candidates import Known, find
from qawl.compare.checking import check
from qawl.compare.grouping import SHARED, Link
from qawl.compare.grouping import groups as pure_groups
from qawl.compare.loading import Loader
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.forgetting import Chosen, forget
from qawl.record.judgements import judge, undo
from qawl.record.rereading import reread
from qawl.record.writing import add

_TICKETS = (
    "قال وزير النقل رائد الخزامي إن أسعار التذاكر لن ترتفع في السنة الأولى من تشغيل القطار.\n\n"
    'وأضاف الخزامي: "القطار سيربط العاصمة بمدينة وادي النخل في أقل من ساعتين".'
)
_AGAIN = (
    'صرح وزير النقل رائد الخزامي: "لن نرفع أسعار التذاكر في السنة الأولى من تشغيل القطار".\n\n'
    "وأكد الخزامي أن كلفة المشروع لم تتجاوز الموازنة المرصودة له."
)
_OPPOSITE = "قال وزير النقل رائد الخزامي إن أسعار التذاكر سترتفع في السنة الأولى من تشغيل القطار."
_DAY = date(2024, 3, 5)


def _article(text: str, n: int, *, day: date | None = _DAY) -> Article:
    return Article(text, f"t{n}", f"صحيفة {n}", f"https://paper{n}.example/{n}", day)


def fill(record: Engine, some: Iterable[Article]) -> None:
    add(record, some, lambda outcome: None)
    bring_up_to_date(record)


def bring_up_to_date(record: Engine) -> None:
    resolving.bring_up_to_date(record)
    comparing.bring_up_to_date(record)


def contents(record: Engine) -> list[list[str]]:
    """The texts of each group."""
    a, s, t, c = tables.articles.c, tables.statements.c, tables.contents.c, tables.compared.c
    with snapshot(record) as connection:
        rows = connection.execute(
            select(c.group_id, func.substr(a.text, t.start + 1, t.end - t.start).label("content"))
            .join_from(tables.compared, tables.statements, s.id == c.statement_id)
            .join(tables.articles, a.id == s.article_id)
            .join(tables.contents, t.statement_id == s.id)
            .where(c.group_id.is_not(None))
            .order_by(s.ref)
        ).all()
    groups: dict[int, list[str]] = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row.content)
    return sorted(groups.values())


def test_one_utterance_in_two_papers(record: Engine) -> None:
    fill(record, [_article(_TICKETS, 1), _article(_AGAIN, 2), _article(_OPPOSITE, 3)])
    (group,) = contents(record)
    assert len(group) == 2
    assert all("لن " in content for content in group)
    (row,) = grouped(record)["groups"].values()
    assert row[1:] == ("2024-03-05", "2024-03-05", 2, 2, 2)


def test_copies_count_once(record: Engine) -> None:
    fill(record, [_article(_TICKETS, 1), _article(_TICKETS, 2), _article(_AGAIN, 3)])
    statements = {row[3:] for row in grouped(record)["groups"].values()}
    assert (3, 3, 2) in statements  # statements, articles, outlets: the copy's is none of its own
    assert (2, 2, 1) in statements


def test_articles_without_a_day_are_compared_with_each_other(record: Engine) -> None:
    fill(record, [_article(_TICKETS, 1, day=None), _article(_AGAIN, 2, day=None)])
    assert len(contents(record)) == 1
    (row,) = grouped(record)["groups"].values()
    assert row[1:3] == (None, None)


def test_articles_without_a_day_find_each_other_by_words_not_by_speaker(record: Engine) -> None:
    """What one speaker says in articles without a day is not compared pair by pair."""
    topics = ["السدود المائية الكبرى تحتاج صيانة عاجلة", "المناهج المدرسية الجديدة تصدر مطلع الخريف القادم"]
    texts = [f"قال وزير النقل رائد الخزامي إن {topic}." for topic in topics]
    fill(record, [_article(text, n, day=None) for n, text in enumerate([_TICKETS, _AGAIN, *texts])])
    with snapshot(record) as connection:
        own = Loader().load(connection, connection.scalars(select(tables.statements.c.id)))
        near = find(connection, [(Known(id, 0), utterance) for id, utterance in own.items()])
    assert len(own) >= 6
    assert any(near.values())
    for id, others in near.items():
        assert all(len(own[id].rarest & own[other].rarest) >= SHARED for other in others)
    assert len(contents(record)) == 1


def _in_order(record: Engine, order: Sequence[Sequence[Article]]) -> dict[str, Any]:
    for some in order:
        fill(record, some)
    return grouped(record)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_adding_does_not_matter(record: Engine, seed: int) -> None:
    """Added bit by bit in any order, statements come to what a rebuild makes of them."""
    some = [a for a in articles(60) if a.url]
    Random(seed).shuffle(some)
    bit_by_bit = _in_order(record, [some[n::5] for n in range(5)])
    assert len(bit_by_bit["groups"]) > 10
    comparing.start_over(record)
    comparing.bring_up_to_date(record)
    assert grouped(record) == bit_by_bit


def test_the_tables_hold_what_the_pure_code_says(record: Engine) -> None:
    fill(record, articles(60))
    told = grouped(record)
    links = [(*sorted(pair), p) for pair, p in told["links"]]
    refs = {ref for one, other, _ in links for ref in (one, other)}
    wanted = {frozenset(group) for group in pure_groups(refs, [Link(*link) for link in links])}
    assert set(told["groups"]) == wanted


class _KilledError(Exception):
    pass


def test_killed_at_any_transaction(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_BATCH", 40)
    monkeypatch.setattr(comparing, "_SETTLED", 10)
    add(record, articles(40), lambda outcome: None)
    resolving.bring_up_to_date(record)

    def killed_after(transactions: int) -> None:
        left = transactions

        def tell(stage: str, waiting: int) -> None:
            nonlocal left
            if not left:
                raise _KilledError
            left -= 1

        comparing.bring_up_to_date(record, tell)

    kills = 0
    while True:
        try:
            killed_after(kills % 3)
            break
        except _KilledError:
            kills += 1
    assert kills > 5
    told = grouped(record)
    monkeypatch.undo()
    comparing.start_over(record)
    comparing.bring_up_to_date(record)
    assert grouped(record) == told


def test_what_people_decide_counts(record: Engine) -> None:
    fill(record, [_article(_TICKETS, 1), _article(_AGAIN, 2)])
    before = grouped(record)
    (group,) = before["groups"]
    ref = min(group)
    judge(record, ref, "wrong", who="test")
    bring_up_to_date(record)
    assert grouped(record)["groups"] == {}
    undo(record, who="test")
    bring_up_to_date(record)
    assert grouped(record) == before


def test_what_people_decided_outlives_all_that_is_made_anew(record: Engine) -> None:
    fill(record, [_article(_TICKETS, 1), _article(_AGAIN, 2), _article(_TICKETS, 3)])
    before = grouped(record)
    (group,) = [members for members in before["groups"] if len(members) == 3]
    judge(record, min(group), "wrong", who="test")
    bring_up_to_date(record)
    told = grouped(record)
    assert all(min(group) not in members for members in told["groups"])
    comparing.start_over(record)
    bring_up_to_date(record)
    assert grouped(record) == told
    reread(record, lambda done: None, everything=True)
    bring_up_to_date(record)
    again = grouped(record)
    assert (again["groups"], again["links"]) == (told["groups"], told["links"])
    bring_up_to_date(record)
    assert grouped(record) == again


def test_reading_again_changes_nothing(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(record, articles(30))
    before = grouped(record)
    write(record, lambda connection: connection.execute(update(tables.readings).values(reader="of old")))
    reread(record, lambda done: None)
    bring_up_to_date(record)
    after = grouped(record)
    assert (after["groups"], after["links"]) == (before["groups"], before["links"])


def test_what_is_forgotten_leaves_its_groups(record: Engine) -> None:
    some = [_article(_TICKETS, 1), _article(_AGAIN, 2)]
    fill(record, some)
    with snapshot(record) as connection:
        last = connection.scalars(select(func.max(tables.articles.c.id))).one()
    forget(record, Chosen((last,)), who="test")
    bring_up_to_date(record)
    assert grouped(record)["groups"] == {}
    fill(record, some)
    assert len(grouped(record)["groups"]) == 1


def test_another_model_compares_all_anew(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(record, articles(20))
    before = grouped(record)
    monkeypatch.setattr(comparing, "_fingerprint", lambda: "another")
    with snapshot(record) as connection:
        assert not comparing.is_up_to_date(connection)
    comparing.bring_up_to_date(record)
    assert grouped(record) == before


def test_what_is_wrong_with_groups_is_named(record: Engine) -> None:
    fill(record, [_article(_TICKETS, 1), _article(_AGAIN, 2)])
    assert list(check(record)) == []
    g, k = tables.statement_groups, tables.links
    write(record, lambda connection: connection.execute(update(g).values(outlets=g.c.outlets + 1)))
    write(record, lambda connection: connection.execute(update(k).values(one_id=k.c.other_id)))
    links, groups = check(record)
    assert links.startswith("1 links are not of two")
    assert groups.startswith("1 groups of statements are not")
    comparing.start_over(record)
    comparing.bring_up_to_date(record)
    assert list(check(record)) == []
