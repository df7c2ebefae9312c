"""Searching a record, on both engines: what is found, in which order, and that both give the same."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, event, select, text, update

from qawl import samples
from qawl.article import Article
from qawl.record import tables
from qawl.record.checking import check
from qawl.record.engine import open_record, snapshot, write
from qawl.record.errors import RecordError
from qawl.record.forgetting import Chosen, forget
from qawl.record.judgements import Mend, judge
from qawl.record.search import index
from qawl.record.search.analysis import Word
from qawl.record.search.find import Filters, Found, Page, matching, search
from qawl.record.search.query import Query, QueryError, parse
from qawl.record.showing import article
from qawl.record.writing import Outcome, add

ARTICLES = [
    Article(
        "السد الكبير يمتلئ\n\nقال وزير الري سالم الغامري إن السد امتلأ بعد الأمطار. وأضاف أن المفاوضات مع البلدية "
        'مستمرة.\n\nمن جهتها، نفت البلدية وجود "أي مفاوضات" مع الوزارة.',
        id="dam",
        outlet="صحيفة المنار الأزرق",
        url="https://manar.example/dam",
        published=datetime.fromisoformat("2024-03-05T08:30:00+03:00"),
        headline=(0, 17),
    ),
    Article(
        "أكدت رئيسة البلدية ليلى الحمداني أن الوزير الغامري وعد بسدود جديدة. وقالت الحمداني: «لن ننتظر السد الثاني».",
        id="mayor",
        outlet="وكالة المرفأ للأنباء",
        published=date(2024, 3, 7),
    ),
    Article(
        "تعهد الوزير سالم الغامري ببناء سد ثان في الوادي.",
        id="promise",
        outlet="وكالة المرفأ للأنباء",
    ),
]


def fill(engine: Engine) -> None:
    outcomes: list[Outcome] = []
    add(engine, ARTICLES, outcomes.append)
    assert {outcome.kind for outcome in outcomes} == {"new"}


def find(engine: Engine, query: str, *, machine: bool = False, **filters: Any) -> list[Found]:
    with snapshot(engine) as connection:
        page = search(connection, parse(query), Filters(**filters), machine=machine)
    assert not page.more
    return list(page.results)


@pytest.fixture
def filled(record: Engine) -> Engine:
    fill(record)
    return record


def test_a_word_is_found_in_all_its_forms(filled: Engine) -> None:
    found = [[f.ref for f in find(filled, query)] for query in ("السد", "سد", "سدود", "للسد", "السدّ", "سدودهم")]
    assert all(refs == found[0] for refs in found)
    said = {f.text for f in find(filled, "سد") if f.where == "said"}
    assert {"السد امتلأ بعد الأمطار", "لن ننتظر السد الثاني"} <= said
    assert any("سدود جديدة" in text for text in said)
    assert any("سد ثان" in text for text in said)


def test_what_was_said_comes_before_what_stands_around_it_and_the_newest_first(filled: Engine) -> None:
    found = find(filled, "الغامري")
    assert (found[0].where, found[0].published) == ("said", "2024-03-07")
    groups = [f.where for f in found]
    assert groups == sorted(groups, key=["said", "partly", "around"].index)
    around = [f.published for f in found if f.where == "around"]
    assert around[-1] is None  # no date comes last
    assert "2024-03-05T08:30:00+03:00" in around


def test_several_words(filled: Engine) -> None:
    assert find(filled, "سدود جديدة")[0].where == "said"
    partly = find(filled, "البلدية المفاوضات")
    assert {f.where for f in partly} <= {"said", "partly", "around"}
    assert any("أي مفاوضات" in f.text for f in partly)
    assert find(filled, "السد كوكب") == []


def test_the_sentence_and_its_marks(filled: Engine) -> None:
    (found,) = [f for f in find(filled, "امتلأ") if f.where == "said"]
    assert found.sentence == "قال وزير الري سالم الغامري إن السد امتلأ بعد الأمطار."
    assert [found.sentence[a:b] for a, b in found.marks] == ["امتلأ"]
    assert found.text == "السد امتلأ بعد الأمطار"
    text_ = ARTICLES[0].text
    assert text_[found.sentence_start : found.sentence_start + len(found.sentence)] == found.sentence
    assert (found.headline, found.outlet, found.url) == (
        "السد الكبير يمتلئ",
        "صحيفة المنار الأزرق",
        "https://manar.example/dam",
    )
    assert found.cue == "قال"
    assert "سالم الغامري" in (found.speaker or "")


def test_phrases_prefixes_exclusions(filled: Engine) -> None:
    assert find(filled, '"السد امتلأ"')
    assert not find(filled, '"امتلأ السد"')
    assert find(filled, "مفاوض*")
    assert {f.text for f in find(filled, "امتل*")} == {f.text for f in find(filled, "امتلأ")}
    with_rain = find(filled, "السد")
    without = find(filled, "السد -الأمطار")
    assert 0 < len(without) < len(with_rain)
    assert not any("الأمطار" in f.sentence for f in without)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"speaker": "الغامري"}, {"dam", "mayor", "promise"}),
        ({"speaker": "وزير الري"}, {"dam"}),
        ({"speaker": "ليلى الحمداني"}, {"mayor"}),
        ({"outlet": "المرفأ"}, {"mayor", "promise"}),
        ({"outlet": "صحيفة المنار الأزرق"}, {"dam"}),
        ({"first": date(2024, 3, 6)}, {"mayor"}),
        ({"last": date(2024, 3, 5)}, {"dam"}),
        ({"first": date(2024, 3, 5), "last": date(2024, 3, 7)}, {"dam", "mayor"}),
        ({"act": "deny"}, {"dam"}),
        ({"act": "commit"}, {"mayor", "promise"}),
        ({"form": "direct"}, {"mayor"}),
        ({"about": "الغامري"}, {"mayor"}),
        ({"about": "الغامري", "outlet": "المنار"}, set()),
    ],
)
def test_filters(filled: Engine, filters: dict[str, Any], wanted: set[str]) -> None:
    with snapshot(filled) as connection:
        sources = dict(connection.execute(select(tables.articles.c.id, tables.articles.c.source_id)).all())
    found = {sources[f.article] for f in find(filled, "", **filters)}
    assert found == wanted
    with_word = {sources[f.article] for f in find(filled, "الغامري", **filters)}
    assert with_word <= wanted


def test_an_alias_of_the_speaker_will_do(record: Engine) -> None:
    add(
        record,
        [Article("قال وزير الري سالم الغامري إن السد امتلأ. وأضاف الغامري أن الأمطار غزيرة.", id="a")],
        lambda _: None,
    )
    for name in ("سالم", "الغامري", "وزير الري", "لوزير الرّي"):
        assert any("الأمطار غزيرة" in f.text for f in find(record, "غزيرة", speaker=name)), name


@pytest.mark.parametrize(
    ("query", "filters", "message"),
    [
        ("", {}, "nothing to look for"),
        ("-السد", {}, "only exclusions"),
        ("؟؟", {}, "nothing to look for"),
        ("السد", {"outlet": "صحيفة لا وجود لها"}, "no outlet called"),
        ("السد", {"speaker": "…"}, "speaker: a name"),
        ("السد", {"act": "shout"}, "act: one of assert"),
        ("السد", {"form": "loud"}, "form: one of direct"),
        ("السد", {"first": date(2024, 3, 7), "last": date(2024, 3, 5)}, "no day in between"),
    ],
)
def test_what_has_no_answer_says_why(filled: Engine, query: str, filters: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find(filled, query, **filters)


def test_pages_are_parts_of_the_whole(filled: Engine) -> None:
    with snapshot(filled) as connection:
        whole = search(connection, parse("الغامري السد"))
        assert len(whole.results) > 3
        parts: list[Found] = []
        while True:
            page = search(connection, parse("الغامري السد"), limit=2, offset=len(parts))
            parts.extend(page.results)
            if not page.more:
                break
        assert tuple(parts) == whole.results
        assert search(connection, parse("الغامري"), offset=500) == Page((), False)
        with pytest.raises(QueryError):
            search(connection, parse("الغامري"), limit=0)


def test_an_article_that_changed_is_found_as_it_is_now(filled: Engine) -> None:
    changed = ARTICLES[0].text.replace("امتلأ بعد الأمطار", "انخفض بعد الجفاف")
    first = ARTICLES[0]
    add(
        filled,
        [Article(changed, id="dam", outlet=first.outlet, url=first.url, published=first.published)],
        lambda outcome: None,
    )
    assert not find(filled, "الأمطار")
    assert find(filled, "الجفاف")


def test_what_is_shown_is_what_people_judged(filled: Engine) -> None:
    (said,) = [f for f in find(filled, "امتلأ") if f.where == "said"]
    with snapshot(filled) as connection:
        s = tables.statements.c
        row = connection.execute(select(s.id, s.article_id).where(s.ref == said.ref)).one()

    def judge(**values: object) -> None:
        def work(connection: Connection) -> None:
            connection.execute(delete(tables.shown))
            if values:
                judgement = {
                    "article_id": row.article_id,
                    "ref": said.ref,
                    "content": [],
                    "verdict": "mended",
                    "change": {},
                    "who": "سلمى",
                    "made_at": "2024-03-06T00:00:00Z",
                }
                id_ = connection.scalar(tables.judgements.insert().returning(tables.judgements.c.id), judgement)
                base = {"statement_id": row.id, "judgement_id": id_, "speaker_changed": False}
                connection.execute(tables.shown.insert(), base | values)
            index.index_articles(connection, [row.article_id])

        write(filled, work)

    judge(verdict="wrong")
    assert not find(filled, "امتلأ")
    assert [f.ref for f in find(filled, "امتلأ", machine=True)] == [said.ref]
    judge(verdict="right")
    assert [f.verdict for f in find(filled, "امتلأ")] == ["right"]
    judge(verdict="mended", speaker_changed=True, speaker_name="ناصر البدري", speaker_type="person", act="warn")
    (found,) = find(filled, "امتلأ")
    assert (found.speaker, found.act, found.verdict) == ("ناصر البدري", "warn", "mended")
    assert [f.ref for f in find(filled, "امتلأ", speaker="البدري", act="warn")] == [said.ref]
    assert not find(filled, "امتلأ", speaker="الغامري")
    assert find(filled, "امتلأ", speaker="الغامري", machine=True)
    assert not find(filled, "امتلأ", speaker="البدري", machine=True)
    at = ARTICLES[0].text.index("الأمطار")
    judge(verdict="mended", content=[[at, at + 7]])
    (found,) = find(filled, "امتلأ")
    assert (found.where, found.text) == ("around", "الأمطار")
    judge()
    assert [f.verdict for f in find(filled, "امتلأ")] == [None]


def test_what_is_forgotten_leaves_no_word(filled: Engine) -> None:
    def work(connection: Connection) -> None:
        ids = list(connection.scalars(select(tables.articles.c.id)))
        index.forget_articles(connection, ids)
        connection.execute(delete(tables.articles))

    write(filled, work)
    assert find(filled, "السد") == []
    with snapshot(filled) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, statement_words, row)"))
            assert connection.execute(text("SELECT count(*) FROM temp.v")).scalar() == 0
        else:
            assert connection.execute(text("SELECT count(*) FROM statement_words")).scalar() == 0


def test_an_index_of_another_version_is_not_searched_but_made_anew(filled: Engine) -> None:
    before = find(filled, "السد")
    write(filled, lambda connection: connection.execute(update(tables.search_state).values(fingerprint="old")))
    with pytest.raises(RecordError, match="qawl db rebuild"):
        find(filled, "السد")
    write(filled, index.rebuild)
    assert find(filled, "السد") == before
    write(filled, lambda connection: connection.execute(update(tables.search_state).values(fingerprint="old")))
    add(filled, [Article("قالت سلمى إن السد بعيد.", id="new")], lambda _: None)
    assert len(find(filled, "السد")) == len(before) + 1


def test_a_record_that_was_never_indexed_is_not_searched(filled: Engine) -> None:
    before = find(filled, "السد")

    def unindex(connection: Connection) -> None:
        index.forget_articles(connection, connection.scalars(select(tables.articles.c.id)).all())
        connection.execute(delete(tables.search_state))

    write(filled, unindex)
    with pytest.raises(RecordError, match="qawl db rebuild"):
        find(filled, "السد")
    add(filled, [Article("قالت سلمى إن الجسر بعيد.", id="new")], lambda _: None)
    assert find(filled, "السد") == before


def test_a_text_that_was_changed_behind_our_back_spoils_nothing(filled: Engine) -> None:
    def change(connection: Connection) -> None:
        a = tables.articles
        blank = a.c.source_id == "dam"
        connection.execute(update(a).where(blank).values(text=ARTICLES[0].text.replace("امتلأ", "انهار")))
        index.index_articles(connection, connection.scalars(select(a.c.id).where(blank)).all())

    write(filled, change)
    assert not find(filled, "امتلأ")
    assert find(filled, "انهار")
    assert find(filled, "السد", outlet="المرفأ")


def test_two_statements_never_share_a_place(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "place_of", lambda day, published, ref: 1 << 40)
    write(filled, index.rebuild)
    with snapshot(filled) as connection:
        indexed = connection.execute(select(tables.statement_index.c.place)).all()
        assert len(indexed) == connection.execute(text("SELECT count(*) FROM statements")).scalar()
    assert find(filled, "السد")


def test_a_text_with_one_word_over_and_over(record: Engine) -> None:
    said = "سد " * 5000
    add(record, [Article(f"قال سالم إن {said}جديد.", id="long")], lambda _: None)
    assert find(record, "سد")
    assert find(record, '"سد سد"')


def test_sentences() -> None:
    whole = "أولا. قال سالم إن السد امتلأ. وذهب"
    start = whole.index("السد")
    assert whole[slice(*index.sentence(whole, [(start, start + 10)]))] == "قال سالم إن السد امتلأ."
    lines = "عنوان\n\nقال سالم\nثم ذهب"
    assert lines[slice(*index.sentence(lines, [(7, 10)]))] == "قال سالم"
    long = "سد " * 2000
    first, last = index.sentence(long, [(3000, 3002)])
    assert 1900 < first < 3000 < last < 4100


# The two engines side by side.


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[list[Engine]]:
    from uuid import uuid4

    from sqlalchemy import create_engine

    from qawl.record.engine import record_url

    name = f"qawl_{uuid4().hex}"
    admin = create_engine(record_url(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    path = Path(tmp_path_factory.mktemp("both")) / "qawl.db"
    url = record_url(server).set(database=name).render_as_string(hide_password=False)
    engines = [open_record(str(path), create=True), open_record(url, create=True)]
    for engine in engines:
        fill(engine)
        add(engine, samples.load(), lambda _: None)
    yield engines
    for engine in engines:
        engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def answer(engine: Engine, query: str, filters: Filters) -> list[tuple[str, str]] | str:
    try:
        with snapshot(engine) as connection:
            found = search(connection, parse(query), filters, limit=200).results
            ids = list(matching(connection, parse(query), filters))
            assert len(ids) == len(found)
            return [(f.ref, f.where) for f in found]
    except QueryError as error:
        return str(error)


_WORDS = sorted({word for article in (*ARTICLES, *samples.load()) for word in article.text.split()})
_TERM = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_WORDS).map(lambda word: f"-{word}"),
    st.sampled_from(_WORDS).map(lambda word: f"{word[:3]}*"),
    st.tuples(st.sampled_from(_WORDS), st.sampled_from(_WORDS)).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    st.text(max_size=12),
    st.sampled_from(["'", '"', "NOT", "AND (", "NEAR(", "own:", "*", ":*", "&", "!", "\\", "\x00", "--", "%s", ":low"]),
)
_FILTERS = st.builds(
    Filters,
    speaker=st.one_of(st.none(), st.none(), st.sampled_from(_WORDS), st.text(max_size=8)),
    outlet=st.one_of(st.none(), st.none(), st.sampled_from(["المرفأ", "المنار"]), st.text(max_size=8)),
    first=st.one_of(st.none(), st.dates(date(2023, 12, 1), date(2024, 6, 1)), st.dates()),
    last=st.one_of(st.none(), st.dates(date(2023, 12, 1), date(2024, 6, 1)), st.dates()),
    act=st.one_of(st.none(), st.sampled_from(["assert", "deny", "urge"]), st.text(max_size=4)),
    about=st.one_of(st.none(), st.none(), st.sampled_from(_WORDS), st.text(max_size=8)),
    form=st.one_of(st.none(), st.none(), st.sampled_from(["direct", "indirect"])),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.lists(_TERM, max_size=5).map(" ".join), filters=_FILTERS)
def test_both_engines_answer_alike_whatever_is_asked(both: list[Engine], query: str, filters: Filters) -> None:
    sqlite, postgresql = (answer(engine, query, filters) for engine in both)
    assert sqlite == postgresql


@pytest.mark.parametrize("word", _WORDS[::5])
def test_every_word_finds_its_statements_on_both(both: list[Engine], word: str) -> None:
    sqlite, postgresql = (answer(engine, word, Filters()) for engine in both)
    assert sqlite == postgresql


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes_are_an_answer_or_a_message(both: list[Engine], query: bytes) -> None:
    for given_ in (
        query.decode("utf-8", "surrogateescape"),
        query.decode("latin-1"),
        query.decode("utf-16", "replace"),
    ):
        sqlite, postgresql = (answer(engine, given_, Filters()) for engine in both)
        assert sqlite == postgresql


def test_an_article_of_very_many_statements_by_one_speaker(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """More statements than a question of the database has room for, by somebody who is named as often."""
    if record.dialect.name == "sqlite":
        record.dispose()

        @event.listens_for(record, "connect")
        def limit(connection: Any, _: object) -> None:
            connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 2200)  # it is 32,766 or more

    lines = "\n".join(f"قال سالم الغامري في المرة {n} إن السد ممتلئ اليوم." for n in range(2400))
    outcomes: list[Outcome] = []
    looked_at = Counter[str]()
    within = index._Text.within

    def counted(inside: index._Text, span: tuple[int, int]) -> list[Word]:
        looked_at["span"] += 1
        return within(inside, span)

    monkeypatch.setattr(index._Text, "within", counted)
    add(record, [Article(lines, id="long")], outcomes.append)
    assert looked_at["span"] < 20 * 2400  # and not as many as statements times names
    assert [outcome.kind for outcome in outcomes] == ["new"]
    assert len(list_all(record, parse("السد"), speaker="الغامري")) == 2400
    ref = find(record, '"المرة 2300"')[0].ref
    judge(record, ref, "mended", who="هند", mend=Mend(speaker="سالم الغامري", act="deny"))
    assert [found.ref for found in find(record, "السد", act="deny")] == [ref]
    assert len(article(record, 1)[1]) == 2400
    forget(record, Chosen(article_ids=(1,)), who="هند")
    assert list(check(record)) == []


def list_all(engine: Engine, query: Query, **filters: Any) -> list[int]:
    with snapshot(engine) as connection:
        return list(matching(connection, query, Filters(**filters)))
