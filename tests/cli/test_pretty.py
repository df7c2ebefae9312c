"""The output for eyes."""

from datetime import date

from qawl.article import Article
from qawl.cli.pretty import render, title
from qawl.pages.marking import by_speaker
from qawl.statement import Reading, SaidAt, Span, Speaker, Statement

TEXT = "قال سالم إن السد امتلأ. وأضاف أنه لن ينهار أبدا. قيل إن الماء كثير."


def span(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part), part)


SALIM = Speaker("s1", "سالم", "person", "وزير الري")
READING = Reading(
    "x",
    (
        Statement(span("قال"), span("سالم"), SALIM, (span("السد امتلأ"),), "indirect", "clause", "assert"),
        Statement(span("قيل"), None, None, (span("الماء كثير"),), "indirect", "clause", "assert", parent=0),
        Statement(
            span("أضاف"),
            None,
            SALIM,
            (span("لن ينهار أبدا"),),
            "indirect",
            "clause",
            "deny",
            polarity="negative",
            said_at=SaidAt(None, date(2024, 3, 5), True),
            confidence=0.5,
        ),
    ),
    (SALIM,),
    0.25,
)


def test_grouped_by_speaker_in_reading_order() -> None:
    groups = [(who.name if who else None, [n for n, _ in numbered]) for who, numbered in by_speaker(READING)]
    assert groups == [("سالم", [1, 3]), (None, [2])]


def test_what_is_shown() -> None:
    shown = render(Article(TEXT, id="x", outlet="الضفة", published=date(2024, 3, 5)), READING)
    assert "x · الضفة · 2024-03-05 · 3 statements, 1 speaker · 25% in the outlet's own voice" in shown
    assert "سالم  (person, وزير الري)" in shown
    assert "   3  أضاف  deny, indirect, negated, 2024-03-05 = earlier, 50% sure\n      لن ينهار أبدا" in shown
    assert "   2  قيل  assert, indirect, within 1, 100% sure" in shown
    assert "\x1b" not in shown
    assert "\x1b" in render(Article(TEXT), READING, colour=True)


def test_a_text_cannot_drive_the_terminal() -> None:
    text = "قال\x1b[31m سالم إن\x07 السد \x9b2Jامتلأ"
    content = Span(11, len(text), text[11:])
    reading = Reading("x", (Statement(None, None, None, (content,), "indirect", "clause", "assert"),))
    shown = render(Article(text, id="\x1b]0;x"), reading)
    assert not any(mark in shown for mark in "\x1b\x07\x9b")


def test_title() -> None:
    assert title(Article("\n\n  عنوان  الخبر \nمتن")) == "عنوان الخبر"
    assert title(Article("x" * 5 + " " + "ب" * 200)) == "xxxxx …"
    assert title(Article("سطر\nعنوان", headline=(4, 9))) == "عنوان"
    assert title(Article("")) == ""
