"""The page: the whole text, marked, escaped, and nothing fetched."""

import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qawl import samples
from qawl.article import Article
from qawl.pages import article_page as page
from qawl.reading.reader import read
from qawl.statement import Reading, Span, Speaker, Statement

CSS = files("qawl.pages").joinpath("templates/page.css").read_text("utf-8")
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Shown(HTMLParser):
    """What a browser would show of a page: the lines of text, without badges, cards, legend and list."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.lines: list[str] = []
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()
        assert not self.stack, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs
        kind = dict(attrs).get("class") or ""
        if tag in {"p", "h2"} and [k for _, k in self.stack][-1:] == ["text"]:
            self.lines.append("")
        if tag not in VOID:
            self.stack.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        kinds = [k for _, k in self.stack]
        if "text" in kinds and len(kinds) > kinds.index("text") + 1 and not {"badge", "card"} & set(kinds):
            self.lines[-1] += data


def whole(article: Article, reading: Reading) -> str:
    return page.head(1) + page.article(article, reading) + page.foot()


def said(text: str, start: int, end: int, parent: int | None = None, who: Speaker | None = None) -> Statement:
    return Statement(
        None, None, who, (Span(start, end, text[start:end]),), "indirect", "clause", "assert", parent=parent
    )


def test_samples_show_their_whole_text() -> None:
    for article in samples.load():
        shown = Shown(whole(article, read(article)))
        assert shown.lines == [line for line in article.text.split("\n") if line.strip()]


def test_nothing_is_fetched_and_nothing_runs() -> None:
    article = samples.load()[0]
    shown = Shown(whole(article, read(article)))
    assert not shown.names & {"script", "link", "img", "iframe", "object"}
    assert not [name for name, _ in shown.attributes if name in {"src", "style"} or name.startswith("on")]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in shown.attributes
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_hostile_input_stays_text() -> None:
    bad = "</span></p><script>alert(1)</script>\"'><img src=x onerror=y>{{ 7*7 }}\x00\x1b"
    text = f"عنوان\n\n{bad} قال"
    who = Speaker("s1", bad, "person", bad)
    reading = Reading("x", (said(text, 7, len(text), who=who),), (who,))
    article = Article(text, id=bad, outlet=bad, url="javascript:alert(1)")
    made = whole(article, reading)
    shown = Shown(made)
    assert not shown.names & {"script", "img", "a"}
    assert shown.lines[1] == text[7:].replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert "\x00" not in made


def test_link_to_the_original() -> None:
    made = whole(Article("نص", url="https://x.example/?a=1&b=2"), Reading("x"))
    assert '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">' in made


def test_nested_statements_nest_and_lift_the_underline() -> None:
    text = "قال إن زيدا أكد أن عمرا نفى أن البئر جفت"
    reading = Reading("x", (said(text, 7, 40), said(text, 19, 40, 0), said(text, 31, 40, 1)))
    made = page.article(Article(text), reading)
    assert re.findall(r'class="said c0 (up\d)"', made) == ["up2", "up1", "up0"]
    assert made.count('tabindex="0"') == 3


def test_colours_and_numbers_follow_the_order_of_speaking() -> None:
    text = "أ ب ج د ه و ز ح ط"
    people = [Speaker(f"s{n}", f"متحدث {n}", "person") for n in range(9)]
    statements = tuple(said(text, 2 * n, 2 * n + 1, who=who) for n, who in enumerate(people))
    made = page.article(Article(text), Reading("x", statements, tuple(reversed(people))))
    assert re.findall(r'class="said (c\d) up0" tabindex="0"><b class="badge">(\d)</b>', made) == [
        *((f"c{n}", str(n)) for n in range(1, 9)),
        ("c1", "9"),
    ]


@settings(max_examples=200, deadline=None)
@given(st.text("اب <&\n\r\x00", max_size=30), st.data())
def test_any_spans_give_a_page_that_nests_and_shows_all(text: str, data: st.DataObject) -> None:
    statements = []
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        end = data.draw(st.integers(start, len(text)))
        if start < end:
            span = Span(start, end, text[start:end])
            statements.append(Statement(span, span, None, (span,), "mixed", "clause", "ask", hedge=span))
    shown = Shown(whole(Article(text), Reading("x", tuple(statements))))
    expected = [line for line in text.replace("\x00", "\ufffd").replace("\r", " ").split("\n") if line.strip()]
    assert [line for line in shown.lines if line.strip()] == expected


def test_deep_nesting_needs_no_deep_stack() -> None:
    text = "ا" * 6000
    statements = tuple(said(text, n, 6000 - n, n - 1 if n else None) for n in range(2900))
    assert page.article(Article(text), Reading("x", statements)).count('class="said') == 2900


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_read(theme: str) -> None:
    dark = CSS.index("@media screen and (prefers-color-scheme: dark)")
    part = CSS[:dark] if theme == "light" else CSS[dark : CSS.index("* {")]
    (root,) = re.findall(r":root \{([^}]*)\}", part)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", root))
    pairs = re.findall(r"\.c(\d) \{ --c: (#[0-9a-f]{6}); --t: (#[0-9a-f]{6}); \}", part)
    assert len(pairs) == page.COLOURS + 1
    for number, colour, tint in pairs:
        for ground in (tint, colours["page"], colours["sheet"]):
            assert _contrast(colour, ground) >= 4.5, f"{theme} c{number} on {ground}"
    for ink in ("ink", "soft"):
        for ground in ("page", "sheet"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5
