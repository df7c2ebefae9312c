"""Forgetting: nothing of a text is left, but for the bare statements where they are wanted, and a line in the log."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from content import content
from invented import OUTLETS, articles, text
from sqlalchemy import Engine, func, select
from sqlalchemy import text as sql

from qawl.arabic.letters import fold
from qawl.article import Article
from qawl.record import tables
from qawl.record.checking import check
from qawl.record.engine import is_sqlite, snapshot, write
from qawl.record.errors import RecordError
from qawl.record.forgetting import Chosen, count, find_articles, forget, is_outlet
from qawl.record.identity import bands, shingles
from qawl.record.judgements import judge
from qawl.record.log import entries
from qawl.record.showing import article, outlets
from qawl.record.writing import Outcome, add

# Words that stand nowhere else.
BODY = (
    "زعفران الجبال\n\n"
    "اجتمع المجلس في قاعة الزعفران. قال نبيل العامودي إن البلدية ستزرع الزعفران في وادي النخل. "
    "وتساقطت ثلوج كثيفة على الزعفران أمس."
)
URL = "https://news.example/saffron"


def added(engine: Engine, some: list[Article]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    add(engine, some, outcomes.append)
    return outcomes


def ids(engine: Engine, url: str = URL) -> tuple[int, ...]:
    return find_articles(engine, url)


def everything(engine: Engine) -> str:
    """All that the database holds as text: the bytes of SQLite's files, the rows of PostgreSQL's tables."""
    if is_sqlite(engine):
        files = sorted(Path(str(engine.url.database)).parent.glob(Path(str(engine.url.database)).name + "*"))
        return "".join(path.read_bytes().decode("utf-8", "ignore") for path in files)
    with snapshot(engine) as connection:
        names = connection.scalars(
            sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        ).all()
        return "\n".join(str(row) for name in names for row in connection.execute(sql(f"SELECT * FROM {name}")))


def test_nothing_is_left(record: Engine) -> None:
    added(record, articles(20))
    before = content(record)
    added(record, [Article(BODY, url=URL, outlet="جريدة الوادي")])
    ref = article(record, ids(record)[0])[1][0].ref
    judge(record, ref, "right", who="هدى", note="زعفران")
    assert "زعفران" in everything(record)
    gone = forget(record, Chosen(ids(record)), who="هدى")
    assert (gone.articles, gone.judgements, gone.copies) == (1, 1, 0)
    assert gone.statements > 0
    left = everything(record)
    assert "زعفران" not in left
    assert fold("ثلوج") not in left
    assert "جريدة الوادي" not in left
    assert content(record) == before
    assert list(check(record)) == []
    (line,) = entries(record)
    assert (line.who, line.action, line.detail["articles"], line.detail["judgements"]) == ("هدى", "forget", 1, 1)
    assert added(record, [Article(BODY, url=URL)])[0].kind == "new"
    assert ids(record)[0] > 21  # a number is never given twice


def test_the_bare_statements(record: Engine) -> None:
    added(record, [Article(BODY, url=URL, headline=(0, 13))])
    (id,) = ids(record)
    before = article(record, id)[1]
    gone = forget(record, Chosen((id,)), who="هدى", keep_statements=True)
    assert gone.articles == 1
    entry, after = article(record, id)
    assert entry.forgotten_at
    assert [e.statement for e in after] == [e.statement for e in before]
    assert len(entry.article.text) == len(BODY)
    assert "ستزرع الزعفران" in entry.article.text
    left = everything(record)
    assert "ثلوج" not in left
    assert "اجتمع" not in left
    assert fold("تساقطت") not in left
    assert list(check(record)) == []
    # It is known still, and does not come back.
    assert added(record, [Article(BODY, url=URL)])[0].kind == "known"
    assert entries(record)[-1].detail["statements_kept"] is True


def test_an_outlet_and_a_day(record: Engine) -> None:
    added(record, articles(60))
    first = OUTLETS[0]
    assert is_outlet(record, first)
    assert not is_outlet(record, "صحيفة ليست هنا")
    chosen = Chosen(outlet=first, before="2024-03-20")
    with snapshot(record) as connection:
        a, o = tables.articles.c, tables.outlets.c
        query = select(func.count()).select_from(tables.articles).join(tables.outlets, o.id == a.outlet_id)
        wanted = connection.scalar(query.where(o.name == first, a.day < "2024-03-20"))
        total = connection.scalar(query.where(o.name == first))
    assert count(record, chosen).articles == wanted
    assert forget(record, chosen, who="هدى").articles == wanted
    assert forget(record, Chosen(outlet=first), who="هدى").articles == (total or 0) - (wanted or 0)
    assert first not in [o.name for o in outlets(record)]
    assert list(check(record)) == []
    with pytest.raises(RecordError, match="no such outlet"):
        forget(record, Chosen(outlet=first), who="هدى")
    with pytest.raises(RecordError, match="nothing was chosen"):
        forget(record, Chosen(), who="هدى")


def test_copies_stay_and_are_linked_with_each_other(record: Engine) -> None:
    body = text(Random(4))
    near = body.replace("\n\n", "\n\n(وكالات) ", 1)
    some = [Article(body, url=f"https://n{n}.example/") for n in range(4)]
    added(record, [*some, Article(near, url="https://near.example/")])
    assert forget(record, Chosen(ids(record, "https://n0.example/")), who="هدى").copies == 4
    found = content(record)
    assert found["https://n1.example/", 1]["copy_of"] is None
    assert found["https://n2.example/", 1]["copy_of"] == ("https://n1.example/", 1)
    assert found["https://n3.example/", 1]["copy_of"] == ("https://n1.example/", 1)
    assert len(found["https://n1.example/", 1]["links"]) == 3
    assert len(found["https://near.example/", 1]["links"]) == 1
    outcomes = added(
        record, [Article(near + " وانتهى.", url="https://later.example/"), Article(body, url="https://n0.example/")]
    )
    assert [o.copy for o in outcomes] == ["near", "same"]
    assert list(check(record)) == []


def test_the_latest_that_is_left_is_the_latest(record: Engine) -> None:
    added(record, [Article(text(Random(n)), url=URL, outlet=OUTLETS[n]) for n in (0, 1)])
    forget(record, Chosen(outlet=OUTLETS[1]), who="هدى")
    (entry,) = content(record).values()
    assert entry["latest"]
    assert list(check(record)) == []


def test_what_somebody_may_mean(record: Engine) -> None:
    added(record, [Article(BODY, url=URL, id="zaf-1"), Article(BODY + " انتهى.", url=URL), *articles(2)])
    both = ids(record)
    assert len(both) == 2
    for what in ("1", "2", "zaf-1", "HTTPS://News.example/saffron", f"{URL}?fbclid=9"):
        assert find_articles(record, what) == both, what
    for what in ("", "99", "9" * 30, "٣", "'; --"):
        assert find_articles(record, what) == (), what


def test_the_copy_of_a_forgotten_article_is_recognised_by_its_own_words(record: Engine) -> None:
    one, two, three = (f"https://{name}.example/saffron" for name in ("manar", "marfa", "sahl"))
    added(record, [Article(BODY, url=one), Article(BODY, url=two)])
    forget(record, Chosen(article_ids=(1,)), who="هدى", keep_statements=True)
    forget(record, Chosen(article_ids=(1,)), who="هدى")
    (outcome,) = added(record, [Article(BODY + " وانتهى الاجتماع.", url=three)])
    assert outcome.copy == "near"
    forget(record, Chosen(article_ids=(2, 3)), who="هدى")
    with snapshot(record) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.bands)) == 0


def test_bands_of_no_article_do_no_harm(record: Engine) -> None:
    held = bands(shingles(BODY))
    write(record, lambda c: c.execute(tables.bands.insert(), [{"hash": one, "article_id": 99} for one in held]))
    (outcome,) = added(record, [Article(BODY)])
    assert (outcome.kind, outcome.copy) == ("new", None)
