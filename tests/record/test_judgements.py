"""Judgements: appended, laid over what is shown, taken back, kept over newer readings."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from content import content
from invented import articles
from sqlalchemy import Engine, delete, select, update

from qawl.article import Article
from qawl.reading.reader import read
from qawl.record import rereading, tables
from qawl.record.checking import check
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.judgements import Mend, judge, judgements, rebuild, undo
from qawl.record.rereading import reread
from qawl.record.search.find import search
from qawl.record.search.query import parse
from qawl.record.showing import StatementEntry, article, statement
from qawl.record.writing import add
from qawl.statement import Reading, Span

TEXT = (
    "سد العذيب يمتلئ\n\n"
    "قال وزير الري سالم الغامري إن السد امتلأ بعد أمطار الشتاء. وأضاف أن المزارعين سيحصلون على حصتهم كاملة. "
    "وقالت هند الراسي، المتحدثة باسم البلدية، إن الطريق إلى السد مغلق."
)


@pytest.fixture
def dam(record: Engine) -> Engine:
    """A record with one article in which two people speak."""
    add(record, [Article(TEXT, url="https://news.example/dam")], lambda outcome: None)
    return record


def entries(engine: Engine, *, machine: bool = False) -> list[StatementEntry]:
    return article(engine, 1, machine=machine)[1]


def find(engine: Engine, words: str) -> StatementEntry:
    return next(e for e in entries(engine, machine=True) if words in e.statement.text)


def test_wrong_takes_it_out_of_sight(dam: Engine) -> None:
    entry = find(dam, "السد امتلأ")
    number = judge(dam, entry.ref.upper(), "wrong", who="هدى", note="عنوان")
    assert entry.ref not in [e.ref for e in entries(dam)]
    assert [e.ref for e in entries(dam, machine=True)].count(entry.ref) == 1
    assert statement(dam, entry.ref)[1].verdict == "wrong"
    ((decision, holds, over),) = judgements(dam)
    assert (decision.id, decision.who, decision.note, holds, over) == (number, "هدى", "عنوان", True, entry.ref)
    assert undo(dam, who="هدى") == number
    assert entry.ref in [e.ref for e in entries(dam)]
    assert [(j.decision.verdict, j.holds) for j in judgements(dam, ref=entry.ref)] == [
        ("wrong", False),
        ("undone", True),
    ]


def test_mending(dam: Engine) -> None:
    ref = find(dam, "الطريق إلى السد").ref
    judge(dam, ref, "mended", who="هدى", mend=Mend(speaker="نبيل العامودي", act="warn"))
    judge(dam, ref, "mended", who="رنا", mend=Mend(words="الطَّريق الى السد"))
    shown = statement(dam, ref)[1].statement
    assert shown.speaker is not None
    assert (shown.speaker.name, shown.speaker.type, shown.act) == ("نبيل العامودي", "person", "warn")
    assert shown.text == "الطريق إلى السد"
    machine = statement(dam, ref, machine=True)[1].statement
    assert machine.speaker is not None
    assert "هند" in machine.speaker.name
    assert machine.text != shown.text
    assert shown.form == machine.form == "indirect"
    undo(dam, who="هدى")
    shown = statement(dam, ref)[1].statement
    assert (shown.speaker, shown.act, shown.text) == (machine.speaker, machine.act, "الطريق إلى السد")


def test_mended_words_have_their_own_form(record: Engine) -> None:
    text = "سد العذيب يمتلئ\n\nقال الوزير سالم الغامري: «السد امتلأ أمس». ثم عاد الوفد من السد إلى المدينة."
    add(record, [Article(text, url="https://news.example/quoted")], lambda outcome: None)
    read_as = find(record, "السد امتلأ أمس")
    assert read_as.statement.form == "direct"
    judge(record, read_as.ref, "mended", who="هدى", mend=Mend(words="عاد الوفد من السد"))
    assert statement(record, read_as.ref)[1].statement.form == "indirect"
    assert statement(record, read_as.ref, machine=True)[1].statement.form == "direct"
    with record.connect() as connection:
        assert [found.form for found in search(connection, parse("الوفد")).results] == ["indirect"]
    rebuild(record)
    assert statement(record, read_as.ref)[1].statement.form == "indirect"
    judge(record, read_as.ref, "right", who="رنا")
    assert statement(record, read_as.ref)[1].statement.form == "indirect"
    undo(record, who="رنا")
    undo(record, who="هدى")
    assert statement(record, read_as.ref)[1].statement.form == "direct"


def test_a_speaker_of_the_article_is_known_by_every_name(dam: Engine) -> None:
    ref = find(dam, "الطريق إلى السد").ref
    minister = find(dam, "السد امتلأ").statement.speaker
    assert minister is not None
    judge(dam, ref, "mended", who="هدى", mend=Mend(speaker="سَالم  الغامري"))
    assert statement(dam, ref)[1].statement.speaker == minister


def test_nobody(dam: Engine) -> None:
    ref = find(dam, "الطريق إلى السد").ref
    judge(dam, ref, "mended", who="هدى", mend=Mend(speaker=""))
    assert statement(dam, ref)[1].statement.speaker is None


@pytest.mark.parametrize(
    "mend",
    [
        Mend(),
        Mend(act="shout"),
        Mend(speaker="هند", speaker_type="river"),
        Mend(speaker_type="person"),
        Mend(speaker="", speaker_type="person"),
        Mend(words="ليس هذا في النص"),
        Mend(words=" "),
        Mend(content=()),
        Mend(content=((5, 5),)),
        Mend(content=((5, 3),)),
        Mend(content=((-1, 3),)),
        Mend(content=((5, 9), (8, 12))),
        Mend(content=((5, len(TEXT) + 1),)),
    ],
)
def test_what_cannot_be(dam: Engine, mend: Mend) -> None:
    ref = find(dam, "السد امتلأ").ref
    with pytest.raises(RecordError):
        judge(dam, ref, "mended", who="هدى", mend=mend)
    assert list(judgements(dam)) == []


def test_what_is_not_there(dam: Engine) -> None:
    with pytest.raises(RecordError, match="no such statement"):
        judge(dam, "0000000000", "wrong", who="هدى")
    with pytest.raises(RecordError, match="no judgement of رنا holds"):
        undo(dam, who="رنا")
    with pytest.raises(RecordError, match="no such judgement"):
        undo(dam, who="رنا", judgement_id=7)
    number = judge(dam, find(dam, "السد امتلأ").ref, "wrong", who="هدى")
    undo(dam, who="رنا", judgement_id=number)
    with pytest.raises(RecordError, match="taken back already"):
        undo(dam, who="رنا", judgement_id=number)
    with pytest.raises(RecordError, match="no judgement of هدى holds"):
        undo(dam, who="هدى")
    undo(dam, who="رنا", judgement_id=number + 1)
    assert [j.holds for j in judgements(dam)] == [True, False, True]


def another_reader(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """Let the next reader be one that makes something else of the statements."""

    def reads(what: Article | str) -> Reading:
        found = read(what)
        statements = tuple(replace(s, parent=None) for s in map(change, found.statements) if s is not None)
        return replace(found, statements=statements, reader="another reader")

    monkeypatch.setattr(rereading, "read", reads)


def test_what_was_judged_right_stays_right(dam: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = statement(dam, find(dam, "السد امتلأ").ref)[1]
    number = judge(dam, before.ref, "right", who="هدى")
    assert statement(dam, before.ref)[1] == replace(before, verdict="right", judgement=number)

    def worse(s: Any) -> Any:
        shorter = Span(s.content[0].start, s.content[0].end - 6, s.content[0].text[:-6])
        return replace(s, speaker=None, act="ask", content=(shorter,))

    another_reader(monkeypatch, worse)
    reread(dam, lambda done: None)
    found = [e for e in entries(dam) if e.verdict]
    assert [e.statement.text for e in found] == [before.statement.text]
    assert found[0].statement.act == before.statement.act
    assert found[0].statement.speaker is not None
    assert found[0].ref != before.ref
    assert [j.laid_over for j in judgements(dam)] == [found[0].ref]
    assert not statement(dam, before.ref)[1].current  # what was cited is still found
    assert list(check(dam)) == []
    with pytest.raises(RecordError, match="older reading alone"):
        judge(dam, before.ref, "wrong", who="هدى")


def test_what_fits_no_longer_is_listed(dam: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = find(dam, "السد امتلأ"), find(dam, "الطريق إلى السد")
    judge(dam, wrong.ref, "wrong", who="هدى")
    judge(dam, right.ref, "right", who="هدى")
    assert list(judgements(dam, unmatched=True)) == []
    another_reader(monkeypatch, lambda s: None if "الطريق إلى السد" in s.text else s)
    reread(dam, lambda done: None)
    assert [(j.decision.ref, j.laid_over) for j in judgements(dam, unmatched=True)] == [(right.ref, None)]
    assert wrong.ref not in [e.ref for e in entries(dam)]
    # A reader that finds it again brings it back.
    monkeypatch.undo()
    reread(dam, lambda done: None)
    assert list(judgements(dam, unmatched=True)) == []
    assert statement(dam, right.ref)[1].verdict == "right"
    assert list(check(dam)) == []


def test_a_newer_version_of_the_article_has_its_own(dam: Engine) -> None:
    judge(dam, find(dam, "السد امتلأ").ref, "wrong", who="هدى")
    add(dam, [Article(TEXT + " وانتهى الاجتماع.", url="https://news.example/dam")], lambda outcome: None)
    assert [e for e in article(dam, 2)[1] if e.verdict] == []
    assert [j.holds for j in judgements(dam)] == [True]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_shown_follows_from_the_tables(record: Engine, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Judging, taking back and reading again, in any order: the record is in order after each step, and what is shown
    comes out the same when it is made anew; no judgement is lost or changed."""
    random = Random(seed)
    add(record, articles(6, seed=seed + 10), lambda outcome: None)
    kept: list[Any] = []
    for step in range(14):
        with snapshot(record) as connection:
            s, r = tables.statements.c, tables.readings.c
            current = select(s.ref).join(tables.readings, r.id == s.reading_id).where(r.current).order_by(s.ref)
            refs = list(connection.scalars(current))
        what = random.random()
        if what < 0.6:
            mend = Mend(speaker=random.choice(["", "هند الراسي", "سالم الغامري"]), act=random.choice([None, "deny"]))
            verdict = random.choice(["right", "wrong", "mended"])
            given = mend if verdict == "mended" else None
            judge(record, random.choice(refs), verdict, who="هدى", mend=given)  # type: ignore[arg-type]
        elif what < 0.8 and any(j.holds for j in judgements(record)):
            held = [j.decision.id for j in judgements(record) if j.holds]
            undo(record, who="رنا", judgement_id=random.choice(held))
        else:
            cut = random.randrange(3)
            other = Random(step)

            def changed(s: Any, cut: int = cut, other: Random = other) -> Any:
                first = s.content[0]
                if cut and first.end - first.start > 12:
                    first = Span(first.start, first.end - cut, first.text[:-cut])
                return None if other.random() < 0.1 else replace(s, content=(first, *s.content[1:]))

            another_reader(monkeypatch, changed)
            reread(record, lambda done: None, everything=True)
        rows = [j.decision for j in judgements(record)]
        assert [d for d in rows if d.id in {k.id for k in kept}] == kept
        kept = rows
        assert list(check(record)) == []
        before = content(record)
        write(record, lambda connection: connection.execute(delete(tables.shown)))
        rebuild(record)
        assert content(record) == before


def test_a_shown_table_that_is_off_is_told_and_mended(dam: Engine) -> None:
    judge(dam, find(dam, "السد امتلأ").ref, "wrong", who="هدى")
    write(dam, lambda connection: connection.execute(update(tables.shown).values(verdict="right")))
    assert "qawl db rebuild" in " ".join(check(dam))
    assert rebuild(dam) == 1
    assert list(check(dam)) == []
