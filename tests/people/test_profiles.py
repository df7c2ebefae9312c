"""People as they are shown: lists by name, and what is counted on the page of one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from qawl.article import Article
from qawl.people.finding import entity_of
from qawl.people.judgements import decide
from qawl.people.profiles import Month, doubts, people, profile, spoken_about
from qawl.people.updating import bring_up_to_date
from qawl.record.engine import snapshot
from qawl.record.judgements import Mend, judge
from qawl.record.showing import Filter
from qawl.record.state import state
from qawl.record.writing import add

_GATE = "قال سالم الغامري إن البوابة مفتوحة."
_TEXTS = [
    (date(2024, 1, 5), "ضفة", "قال وزير الري سالم الغامري إن السد امتلأ. وحذر الغامري من سيل قريب."),
    (date(2024, 3, 9), "ضفة", "نفى وزير الري سالم الغامري انهيار السد."),
    (date(2024, 3, 20), "ساحل", "قال وزير الري سالم الغامري إن الوزيرة هند الراسي تعمل معه."),
    (None, "ساحل", _GATE),
    (date(2024, 2, 1), "ساحل", "قالت هند الراسي إن وزير الري سالم الغامري على حق."),
    (date(2024, 2, 2), "ساحل", "قال سالم إن الطريق طويل."),
    (
        date(2024, 2, 3),
        "ساحل",
        "قال مدير الميناء عبد السالم الراوي إن الرصيف جاهز. وأضاف الراوي أن السفن قادمة. وأكد أنها كثيرة.",
    ),
]


@pytest.fixture
def news(record: Engine) -> Engine:
    articles = [
        Article(text, str(n), outlet, f"https://news.example/{n}", day) for n, (day, outlet, text) in enumerate(_TEXTS)
    ]
    add(record, articles, lambda outcome: None)
    bring_up_to_date(record)
    return record


def test_statements_by_month_and_act(news: Engine) -> None:
    found = profile(news, "سالم الغامري")
    assert found.months == (
        Month("", {"assert": 1}),
        Month("2024-01", {"assert": 1, "warn": 1}),
        Month("2024-03", {"assert": 1, "deny": 1}),
    )
    assert [(act.name, act.number) for act in found.acts] == [("assert", 3), ("deny", 1), ("warn", 1)]
    assert [(outlet.name, outlet.number) for outlet in found.outlets] == [("ضفة", 3), ("ساحل", 2)]
    assert sum(number for month in found.months for number in month.acts.values()) == found.person.statements


def test_what_people_decided_counts(news: Engine) -> None:
    before = profile(news, "سالم الغامري")
    denied = next(said for said in before.latest if said.act == "deny")
    judge(news, denied.ref, "mended", who="me", mend=Mend(None, None, "assess", None, None))
    warned = next(said for said in before.latest if said.act == "warn")
    judge(news, warned.ref, "wrong", who="me")
    bring_up_to_date(news)
    found = profile(news, "سالم الغامري")
    assert {act.name: act.number for act in found.acts} == {"assert": 3, "assess": 1}


def test_the_latest_statements_with_their_own_words(news: Engine) -> None:
    latest = profile(news, "سالم الغامري").latest
    assert [said.day for said in latest] == ["2024-03-20", "2024-03-09", "2024-01-05", "2024-01-05", None]
    assert "البوابة مفتوحة" in latest[-1].text
    assert "انهيار السد" in latest[1].text


def test_who_fits_a_name_best_comes_first(news: Engine) -> None:
    found = [person.name for person in people(news, Filter(), named="سالم", limit=10)]
    assert set(found) >= {"سالم", "سالم الغامري", "عبد السالم الراوي"}
    # The name itself; then whole words of it; then what has the letters in it, however often they speak.
    assert found.index("سالم") < found.index("سالم الغامري") < found.index("عبد السالم الراوي")
    assert [p.name for p in people(news, Filter(), named="الغامري سالم", limit=10)] == ["سالم الغامري"]
    assert people(news, Filter(), named="لا أحد", limit=10) == []


def test_a_name_within_a_span(news: Engine) -> None:
    first = Filter(first=date(2024, 3, 1))
    (found,) = people(news, first, named="الغامري", limit=10)
    assert (found.statements, found.articles) == (2, 2)


def test_whom_somebody_speaks_about(news: Engine) -> None:
    with snapshot(news) as connection:
        found = spoken_about(connection, entity_of(connection, "سالم الغامري"), most=5)
    assert ("هند الراسي", 1) in [(one.name, one.number) for one in found]
    assert profile(news, "سالم الغامري").about[:5] == found


def test_two_that_become_one_change_the_state_of_the_record(news: Engine) -> None:
    """What is kept of the answers to earlier questions must be asked anew, also where no row is added."""

    def now() -> tuple[int, ...]:
        with snapshot(news) as connection:
            return state(connection)

    before = now()
    decide(news, "same", "سالم الغامري", "هند الراسي", who="me")
    decided = now()
    bring_up_to_date(news)
    assert len({before, decided, now()}) == 3


def test_doubts_of_one(record: Engine) -> None:
    texts = (
        "قال وزير الري سالم الغامري إن السد امتلأ.",
        "قال الكاتب سالم الغامري البكري إن البحر هادئ.",
        "قال وزير الري مراد الخولي إن الطريق مغلق.",
        "قال الكاتب مراد الخولي البكري إن الكتاب جديد.",
    )
    some = [
        Article(text, str(n), "ضفة", f"https://d.example/{n}", date(2024, 6, 1 + n)) for n, text in enumerate(texts)
    ]
    add(record, some, lambda outcome: None)
    bring_up_to_date(record)
    ref = people(record, Filter(), named="سالم الغامري", limit=1)[0].ref
    every = doubts(record, limit=100)
    own = [pair for pair in every if ref in (pair.one.ref, pair.other.ref)]
    assert len(own) == 1
    assert {own[0].one.name, own[0].other.name} == {"سالم الغامري", "سالم الغامري البكري"}
    assert doubts(record, of=ref, limit=100) == own
    other = people(record, Filter(), named="مراد الخولي", limit=1)[0].ref
    assert doubts(record, of=other, limit=100) == [pair for pair in every if other in (pair.one.ref, pair.other.ref)]
    decide(record, "different", own[0].one.ref, own[0].other.ref, who="me")
    bring_up_to_date(record)
    assert doubts(record, of=ref, limit=100) == []
