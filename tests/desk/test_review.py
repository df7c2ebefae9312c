"""Doubtful statements and pairs, one at a time: by keys, and without scripts by buttons."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from desks import Running, csrf, fill, sound
from sqlalchemy import Engine, update

from qawl.desk.pages.review import pieces
from qawl.people import audit
from qawl.people.profiles import doubts
from qawl.reading.reader import read
from qawl.record import review, showing, tables
from qawl.record.engine import write
from qawl.record.judgements import judge, judgements, undo
from qawl.record.rereading import reread


def _statements(engine: Engine) -> list[tuple[float, str]]:
    """All statements of a record of the samples, the least sure first."""
    with engine.connect() as connection:
        s = tables.statements.c
        rows = connection.execute(tables.statements.select().order_by(s.confidence, s.id)).all()
    return [(row.confidence, row.ref) for row in rows]


def _doubt(engine: Engine, *refs: str) -> None:
    """Let the reader be less sure of these, of each less than of the one after it."""
    s = tables.statements
    for number, ref in enumerate(refs, 1):
        change = update(s).where(s.c.ref == ref).values(confidence=number / 100)
        write(engine, lambda connection, change=change: connection.execute(change))  # type: ignore[misc]


@pytest.fixture
def doubtful(desk: Running) -> tuple[Running, list[str]]:
    """A desk with three very doubtful statements, and these, worst first."""
    refs = [ref for _, ref in _statements(desk.engine)][40:43]
    _doubt(desk.engine, *refs)
    return desk, refs


def test_the_least_sure_comes_first_and_what_is_decided_does_not_come_again(record: Engine) -> None:
    fill(record)
    worst, second, third = [ref for _, ref in _statements(record)][40:43]
    _doubt(record, worst, second, third)
    total = review.count_doubtful(record)
    assert review.next_doubtful(record) == worst
    assert review.next_doubtful(record, after=worst.upper()) == second
    number = judge(record, worst, "right", who="x")
    judge(record, third, "wrong", who="x")
    assert review.next_doubtful(record) == second
    assert review.next_doubtful(record, after=second) not in (worst, second, third)
    assert (review.count_doubtful(record), review.count_decided(record)) == (total, 2)
    undo(record, who="y", judgement_id=number)
    assert review.next_doubtful(record) == worst
    assert review.next_doubtful(record, after=_statements(record)[-1][1]) is None


def test_by_keys(doubtful: tuple[Running, list[str]], tab: Any) -> None:
    desk, (first, second, third) = doubtful
    tab.goto(desk.url + "/review")
    assert tab.locator(f'a[href="/statements/{first}"]').count() == 1
    tab.keyboard.press("KeyS")
    tab.wait_for_url(f"**/review?after={first}")
    with tab.expect_navigation():
        tab.keyboard.press("KeyR")
    tab.wait_for_url(f"**/review?after={second}")
    with tab.expect_navigation():
        tab.keyboard.press("KeyU")
    tab.wait_for_url(f"**/review?at={second}")
    tab.keyboard.press("KeyE")
    tab.keyboard.type("سناء التي لا يعرفها أحد")  # A and R are letters here
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/review?after={second}")
    with tab.expect_navigation():
        tab.keyboard.press("KeyA")
    made = sorted(judgements(desk.engine), key=lambda one: one.decision.id)
    assert [(one.decision.ref, one.decision.verdict, one.holds) for one in made] == [
        (second, "wrong", False),
        (second, "undone", True),
        (second, "mended", True),
        (third, "right", True),
    ]
    # What was decided by keys is found again when the articles are read again.
    failed: list[str] = []
    reread(desk.engine, lambda done: failed.append(done.reason) if done.reason else None, everything=True)
    assert not failed
    shown = showing.statement(desk.engine, second)[1]
    assert shown.verdict == "mended"
    assert shown.statement.speaker
    assert shown.statement.speaker.name == "سناء التي لا يعرفها أحد"
    assert showing.statement(desk.engine, third)[1].verdict == "right"


def test_without_scripts(doubtful: tuple[Running, list[str]], chromium: Any) -> None:
    desk, (first, second, _) = doubtful
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.url + "/review?lang=en")
    with page.expect_navigation():
        page.click("text=Right")
    assert page.url == f"{desk.url}/review?after={first}"
    page.click("summary")
    page.fill("#note", "why")
    page.select_option("#act", "ask" if page.input_value("#act") != "ask" else "warn")
    page.click("text=احفظ التصحيح")
    assert {(one.decision.ref, one.decision.verdict) for one in judgements(desk.engine)} == {
        (first, "right"),
        (second, "mended"),
    }
    context.close()


def test_pairs_by_keys(desk: Running, tab: Any) -> None:
    a, b = _pair(desk.engine)
    tab.goto(desk.url + "/review/pairs")
    before = len(doubts(desk.engine, limit=100))
    assert before
    with tab.expect_navigation():
        tab.keyboard.press("KeyN")
    (entry,) = audit.entries(desk.engine, kinds=("people",), limit=5)
    assert (entry.what, entry.who, {entry.one.name, entry.other.name}) == ("different", "desk", {a, b})  # type: ignore[union-attr]
    assert desk.upkeep.wait()
    with tab.expect_navigation():
        tab.click("text=تراجع")
    assert not audit.entries(desk.engine, kinds=("people",), limit=5)[-1].holds


def _pair(engine: Engine) -> tuple[str, str]:
    """Let the record doubt whether two of its people are one; their names."""
    a, f, e = tables.appearances.c, tables.forms.c, tables.entities.c
    with engine.connect() as connection:
        rows = connection.execute(
            tables.appearances.select()
            .with_only_columns(a.id, a.entity_id, f.name)
            .join(tables.forms, f.id == a.form_id)
            .join(tables.entities, e.id == a.entity_id)
            .where(e.kind == "person")
            .order_by(a.id)
        ).all()
    one = rows[0]
    other = next(row for row in rows if row.entity_id != one.entity_id)
    row = {"one_id": one.id, "other_id": other.id, "score": 0.97, "reasons": ["same name but for a slip"]}
    write(engine, lambda connection: connection.execute(tables.doubts.insert(), row))
    return one.name, other.name


def test_a_reader_only_looks(standing: Running, tab: Any) -> None:
    from desks import serving

    from qawl.desk.access import accounts

    with serving(standing.engine, accounts=True) as running:
        accounts.add(running.engine, "قارئة", "reader", "a long password", who="test")
        tab.goto(running.url + "/review")
        tab.fill("#name", "قارئة")
        tab.fill("#password", "a long password")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/review")
        assert tab.locator("[data-key]").count() == 0


@pytest.mark.parametrize("path", ["/review", "/review/pairs", "/audit", "/help"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_keep_nobody_out(desk: Running, tab: Any, path: str, language: str) -> None:
    _pair(desk.engine)
    with httpx.Client(base_url=desk.url) as client:
        data = {"csrf": csrf(client), "verdict": "mended", "speaker": "سناء", "act": "praise", "note": "<b>why</b>"}
        assert client.post("/statements/a1ygt2r83r/judge", data=data).is_redirect
    tab.goto(f"{desk.url}{path}?lang={language}")
    sound(tab)
    tab.set_viewport_size({"width": 360, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_pieces_are_the_text_and_of_what_is_long_a_part() -> None:
    article = "قال وزير الري سالم الغامري إن السد امتلأ.\nوأضاف أن الماء كثير."
    said = read(article).statements[0]
    found = pieces(article, (0, article.index("\n")), said)
    assert "".join(piece.text for piece in found) == article[: article.index("\n")]
    assert "".join(piece.text for piece in found if "words" in piece.css) == said.text
    assert {"cue", "source", "words"} <= {css for piece in found for css in piece.css.split()}
    long = 'قال سالم الغامري: "' + "كلمة " * 20_000 + '"'
    (said, *_) = read(long).statements
    shown = pieces(long, (0, len(long)), said)
    assert sum(len(piece.text) for piece in shown) < 5000
