"""Articles that were made to harm whoever reads them: stored as they are, and shown harmless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from desks import Running, csrf, serving

from qawl.article import Article
from qawl.compare import updating as comparing
from qawl.desk.pages.article import FIRST
from qawl.people import updating as resolving
from qawl.record.engine import open_record
from qawl.record.writing import add

SAID: Final = "قال وزير الري سالم الغامري إن السد امتلأ بالمياه."
SCRIPT: Final = "<script>alert(document.cookie)</script>"
OVERRIDE, EMBED, ISOLATE, END, END_ISOLATE = "\u202e", "\u202b", "\u2067", "\u202c", "\u2069"

INVISIBLE: Final = "\u200b\u200d\u200c\ufeff" * 20_000
MARKS: Final = "\u0300\u0301\u064e" * 3000
TURNED: Final = f"قال سالم {OVERRIDE}الغامري{END_ISOLATE} إن {END * 9}السد{END_ISOLATE * 9} امتلأ. {OVERRIDE}{SAID}"

#: What each article is named, and its text.
TEXTS: Final = {
    "script": f'{SCRIPT}\n\nقال {SCRIPT} سالم: "<img src=x onerror=alert(1)> السد امتلأ</p></article>". {SAID}',
    "bidi": f"{OVERRIDE}عنوان{ISOLATE * 50}\n\n{TURNED}",
    "zero-width": f"عنوان قصير\n\n{SAID} {INVISIBLE} {SAID} {MARKS}",
    "marks": f'""«»“«"\n\nقال سالم الغامري: "«السد «“امتلأ" وأضاف: »لن نفرّط "فيه. {SAID}\n\n"\n\n«{SAID}',
    "controls": f"عنوان\u0001\u001b[31m\u2028\r\n\r\n{SAID}\u0085\u000b{SAID}\ufffe\U000e0041",
    "word": f"عنوان\n\n{SAID} {'ا' * 30_000} {SAID}",
}


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk over a record of these articles, and of one with a paragraph of five megabytes."""
    engine = open_record(str(tmp_path_factory.mktemp("hostile") / "hostile.db"), create=True)
    filler = "هذا نص طويل عن المياه والسدود في البلاد ولا أحد يتكلم فيه. " * 400
    part = f"{SAID} {filler}"
    long = f"عنوان طويل\n\n{part * (5_000_000 // len(part.encode()) + 1)}"
    assert len(long.encode()) > 5_000_000
    named = [*TEXTS.items(), ("long", long)]
    articles = [
        Article(text, id=name, outlet=f"{SCRIPT}{OVERRIDE}", url="javascript:alert(1)", authors=(SCRIPT,))
        for name, text in named
    ]
    kinds: list[str] = []
    add(engine, articles, lambda outcome: kinds.append(outcome.kind))
    assert kinds == ["new"] * len(named)
    resolving.bring_up_to_date(engine)
    comparing.bring_up_to_date(engine)
    with serving(engine) as running:
        yield running
    engine.dispose()


@pytest.mark.parametrize("id", range(1, len(TEXTS) + 1), ids=list(TEXTS))
@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_script_runs_and_the_page_keeps_its_direction(harmed: Running, tab: Any, id: int, language: str) -> None:
    def dialog(box: Any) -> None:
        raise AssertionError(box.message)

    tab.on("dialog", dialog)
    tab.goto(f"{harmed.url}/articles/{id}?lang={language}", timeout=60_000)
    assert tab.locator(".reading script, .reading img, .provenance img").count() == 0
    assert tab.locator("a[href^=javascript]").count() == 0
    assert tab.locator(".card").count() > 0
    # Whatever the text does, the page around it stands as it would: the name of the desk on its side, footer below.
    name, main = tab.locator("header .name").bounding_box(), tab.locator("main").bounding_box()
    assert (name["x"] > 640) == (language == "ar")
    assert tab.locator("footer").bounding_box()["y"] >= main["y"] + main["height"] - 1
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_turns_the_direction_does_not_reach_the_page(harmed: Running) -> None:
    page = httpx.get(f"{harmed.url}/articles/2").text
    turns = {OVERRIDE, EMBED, END} & set(page)
    assert not turns
    # Those that set values apart in messages are closed each.
    assert page.count("\u2068") == page.count(END_ISOLATE)
    assert page.count(ISOLATE) == 0


def test_a_name_with_an_override_stands_in_its_own_box(harmed: Running, tab: Any) -> None:
    tab.goto(f"{harmed.url}/articles/2?lang=en")
    facts = tab.locator(".provenance .facts").first
    outlet, number = facts.locator("bdi").first.bounding_box(), facts.locator("> span").last.bounding_box()
    assert outlet["x"] + outlet["width"] <= number["x"] + 1 or outlet["y"] < number["y"]


def test_five_megabytes_in_one_paragraph(harmed: Running, tab: Any) -> None:
    id = len(TEXTS) + 1
    answer = httpx.get(f"{harmed.url}/articles/{id}?lang=en", timeout=30)
    assert len(answer.content) < 1_500_000
    tab.goto(f"{harmed.url}/articles/{id}?lang=en")
    assert "This article is very long" in tab.locator(".notice").first.inner_text()
    shown = len(tab.locator(".reading .text").last.inner_text())
    assert FIRST / 2 < shown < FIRST * 1.1
    tab.keyboard.press("j")
    assert tab.locator(".card.here").count() == 1
    whole = httpx.get(f"{harmed.url}/articles/{id}?lang=en&all=1", timeout=60).text
    assert "very long" not in whole
    assert len(whole.encode()) > 5_000_000


@pytest.mark.parametrize("name", list(TEXTS))
def test_read_at_once(harmed: Running, tab: Any, name: str) -> None:
    with httpx.Client(base_url=harmed.url) as client:
        answer = client.post("/read", data={"csrf": csrf(client), "text": TEXTS[name]})
    assert answer.status_code == 200
    assert SCRIPT not in answer.text
    assert "<img" not in answer.text


def test_lists_show_them_harmless(harmed: Running, tab: Any) -> None:
    tab.on("dialog", lambda box: pytest.fail(box.message))
    for path in ("/", "/drift"):
        tab.goto(harmed.url + path)
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert SCRIPT not in tab.content()
