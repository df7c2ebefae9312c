"""A person's line, watchlists, who speaks about whom, who gave no comment: out of a record, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from qawl import samples
from qawl.article import Article
from qawl.compare import watchlists
from qawl.compare.line import Line, Within, line
from qawl.compare.silent import silent
from qawl.compare.subjects import named, subject
from qawl.compare.updating import bring_up_to_date as compare
from qawl.compare.voices import Question, matrix, voices
from qawl.people.updating import bring_up_to_date as resolve
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.search import saved
from qawl.record.search.find import Filters
from qawl.record.showing import Filter
from qawl.record.writing import add

DAM = "سد الغدير"
MINISTER = "سلمى العطار"


def fill(engine: Engine, articles: tuple[Article, ...]) -> None:
    add(engine, articles, lambda outcome: None)
    resolve(engine)
    compare(engine)


@pytest.fixture
def week(record: Engine) -> Engine:
    """The nine articles of one week."""
    fill(record, samples.load_week())
    return record


def ask(engine: Engine, person: str, about: str, within: Within | None = None) -> Line:
    with snapshot(engine) as connection:
        return line(connection, named(connection, person), subject(connection, about), within)


def test_versions_are_one_entry_and_the_opposite_is_a_turn(week: Engine) -> None:
    found = ask(week, MINISTER, DAM)
    first, last = found.said
    assert {place.outlet for place in first.places} == {"وكالة المرفأ للأنباء", "صحيفة الضفة", "مرصد الساحل"}
    assert (first.day, first.dated, first.version.polarity) == ("2024-11-03", True, "negative")
    assert (last.day, last.version.polarity) == ("2024-11-12", "positive")
    assert [(turn.earlier, turn.later, turn.kind) for turn in found.turns] == [(0, 1, "polarity")]
    assert "لن توقف" in first.text
    assert "ستوقف" in last.text


def test_from_a_warning_to_praise(week: Engine) -> None:
    found = ask(week, "حازم الديب", DAM)
    assert [said.version.act for said in found.said] == ["warn", "praise"]
    assert [turn.kind for turn in found.turns] == ["act"]


def test_the_day_is_when_it_was_said(record: Engine) -> None:
    text = "قالت الوزيرة هند الراسي، أمس، إن الجسر سيفتح غدا. وقال المدير إن الجسر جاهز."
    fill(record, (Article(text, "a", "صحيفة الضفة", published=date(2024, 5, 8)),))
    (said,) = ask(record, "هند الراسي", "الجسر").said
    assert (said.day, said.dated) == ("2024-05-07", True)
    assert ask(record, "هند الراسي", "الجسر", Within(first=date(2024, 5, 8))).said == ()


def test_words_are_those_that_were_said(week: Engine) -> None:
    assert len(ask(week, MINISTER, "البيانات").said) == 1
    assert ask(week, MINISTER, "مرسى").said == ()  # stands beside what she says


def test_only_the_outlet_that_is_asked_for(week: Engine) -> None:
    assert len(ask(week, MINISTER, DAM, Within(outlet="وكالة المرفأ للأنباء")).said) == 1
    assert ask(week, MINISTER, DAM, Within(outlet="nowhere")).said == ()


def test_a_saved_search_is_a_subject(week: Engine) -> None:
    saved.save(week, "ملء", "ملء", Filters(outlet="مرصد الساحل", last=date(2024, 11, 5)), who="sara")
    assert [kept.name for kept in saved.searches(week)] == ["ملء"]
    (kept,) = saved.searches(week)
    assert (kept.filters.outlet, kept.filters.last, kept.who) == ("مرصد الساحل", date(2024, 11, 5), "sara")
    (said,) = ask(week, MINISTER, "@ملء").said
    assert [place.outlet for place in said.places] == ["مرصد الساحل"]
    saved.remove(week, "ملء")
    with pytest.raises(RecordError, match="no such saved search"):
        ask(week, MINISTER, "@ملء")


def test_a_watchlist_is_kept_as_it_was_asked(week: Engine) -> None:
    watchlists.add(week, "السد", MINISTER, DAM, who="sara")
    kept = watchlists.watchlist(week, "السد")
    assert (kept.person, kept.about, kept.who) == (MINISTER, DAM, "sara")
    with pytest.raises(RecordError, match="there is a watchlist of that name"):
        watchlists.add(week, "السد", MINISTER, DAM, who="omar")
    with pytest.raises(RecordError, match="nobody of that name"):
        watchlists.add(week, "x", "لا أحد هنا", DAM, who="omar")
    assert [one.name for one in watchlists.watchlists(week)] == ["السد"]
    watchlists.remove(week, "السد")
    with pytest.raises(RecordError, match="no such watchlist"):
        watchlists.watchlist(week, "السد")


def test_who_speaks_about_whom(week: Engine) -> None:
    with snapshot(week) as connection:
        dam, minister = named(connection, DAM), named(connection, MINISTER)
        found = voices(connection, Question(about=dam.id))
        assert {one.about for one in found} == {dam}
        assert minister in {one.speaker for one in found}
        assert ("حازم الديب", "warn", 1) in [(one.speaker.name, one.act, one.statements) for one in found]
        months = voices(connection, Question(speaker=minister.id, by="month"))
        assert {one.period for one in months} == {"2024-11"}
        assert sum(one.statements for one in months) == sum(
            one.statements for one in voices(connection, Question(speaker=minister.id))
        )
        assert voices(connection, Question(last=date(2024, 1, 1))) == []
        assert len(voices(connection, limit=2)) == 2


def test_the_matrix_says_what_the_counts_say(week: Engine) -> None:
    with snapshot(week) as connection:
        counts = voices(connection)
        found = matrix(connection, most=1000)
        pairs: dict[tuple[str, str], int] = {}
        for count in counts:
            pair = (count.speaker.ref, count.about.ref)
            pairs[pair] = pairs.get(pair, 0) + count.statements
        rows, columns = found.speakers, found.abouts
        assert pairs
        assert {(rows[r][0].ref, columns[c][0].ref): n for (r, c), n in found.counts.items()} == pairs
        for entries, side in ((rows, 0), (columns, 1)):
            totals = [total for _, total in entries]
            assert totals == sorted(totals, reverse=True)
            assert all(total == sum(n for p, n in pairs.items() if p[side] == one.ref) for one, total in entries)


def test_the_matrix_of_the_few_who_say_most(week: Engine) -> None:
    with snapshot(week) as connection:
        whole = matrix(connection, most=1000)
        found = matrix(connection, most=2)
        assert 1 <= len(found.speakers) <= 2
        assert found.speakers[0] == whole.speakers[0]
        assert found.abouts[0] == whole.abouts[0]
        persons = matrix(connection, most=1000, speakers="person", abouts="place")
        assert {one.kind for one, _ in persons.speakers} == {"person"}
        assert {one.kind for one, _ in persons.abouts} == {"place"}
        denied = matrix(connection, Question(act="deny"), most=1000)
        assert sum(denied.counts.values()) == sum(c.statements for c in voices(connection) if c.act == "deny")
        assert matrix(connection, Question(last=date(2024, 1, 1)), most=5).counts == {}


def test_who_gave_no_comment(week: Engine) -> None:
    with snapshot(week) as connection:
        found = silent(connection)
        assert [one.silence.kind for one in found] == ["none", "declined", "declined", "none"]
        assert [one.day for one in found] == ["2024-11-09", "2024-11-09", "2024-11-05", "2024-11-03"]
        assert found[1].sentence == "ورفض نقيب المزارعين بشير الغامق التعليق على الاتفاق."
        assert silent(connection, Filter(outlet="مرصد الساحل")) == []


def test_who_gave_no_comment_is_known_where_they_speak_besides(record: Engine) -> None:
    fill(record, (Article("قال الوزير سالم الحداد إن السد امتلأ. ورفض سالم الحداد التعليق على الخبر.", "a"),))
    with snapshot(record) as connection:
        minister = named(connection, "سالم الحداد")
        (own,) = silent(connection, entity=minister.id)
        assert own.sentence == "ورفض سالم الحداد التعليق على الخبر."
        assert own.entity == minister


def test_what_somebody_says_of_anothers_silence_does_not_count(record: Engine) -> None:
    fill(record, (Article("قال الوزير سالم الحداد إن الشركة رفضت التعليق على الخبر.", "a"),))
    with snapshot(record) as connection:
        assert silent(connection) == []


def test_a_sentence_of_several_articles_stands_once(record: Engine) -> None:
    text = "قال الوزير إن السد امتلأ في {}. ورفضت شركة السدود التعليق على الخبر."
    both = (Article(text.format("مايو"), "a"), Article(text.format("يونيو"), "b"))
    fill(record, both)
    with snapshot(record) as connection:
        assert [one.article for one in silent(connection)] == [1]
