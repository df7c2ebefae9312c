"""The quick start, step by step, as it is written in Arabic: what a newcomer clicks, and what is then to be seen.

The words that are clicked here stand in docs/ar/quick-start.md between « »."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from desks import Running

_TEXT = (Path(__file__).parents[2] / "docs" / "ar" / "quick-start.md").read_text("utf-8")
_WRONG = "الحكومة"


class Newcomer:
    """Clicks on what the quick start names and on nothing else, and counts."""

    def __init__(self, tab: Any) -> None:
        self.tab, self.clicks = tab, 0

    def click(self, name: str, within: str = "body", *, role: str = "link") -> None:
        assert f"«{name}»" in _TEXT, f"the quick start does not name {name}"
        # Numbers and names are set apart by signs that are not seen.
        words = re.compile(r"^\W*" + r"\W+".join(map(re.escape, name.split())) + r"\W*$")
        self.press(self.tab.locator(within).get_by_role(role, name=words).first)

    def press(self, what: Any) -> None:
        what.click()
        self.clicks += 1

    def write(self, words: str, into: Any) -> None:
        assert f"`{words}`" in _TEXT, f"the quick start does not have {words} written"
        if not into.evaluate("box => box === document.activeElement"):
            self.press(into)
        into.fill(words)


def test_as_it_is_written(desk: Running, tab: Any, tmp_path: Path) -> None:
    one = Newcomer(tab)
    tab.goto(f"{desk.url}/")
    assert tab.locator("html").get_attribute("dir") == "rtl"
    assert tab.get_by_role("navigation").get_by_role("link", name="اليوم").get_attribute("aria-current") == "page"

    # What did she say about the dam?
    one.click("المتحدثون", ".top")
    one.click("سلمى العطار", "main")
    one.click("سد الغدير", "section:has(> h2:text-is('الحديث عن'))")
    assert "الحديث عن" in _TEXT
    entries = tab.locator(".entry")
    assert entries.count() == 2
    turn = tab.locator(".entry.turns")
    assert "ستوقف" in turn.locator(".said").first.inner_text()
    assert "لن توقف" in turn.locator("blockquote").inner_text()
    assert one.clicks == 3

    # How do the outlets have it?
    one.click("4 صيغ", ".entry >> nth=0")
    text = tab.locator("main").inner_text()
    assert re.search(r"3\W+وسائل", text)
    for words in ("لن توقف", "لا توقف", "قالت", "زعمت"):
        assert words in text
    assert one.clicks == 4

    # That speaker is wrong.
    find = tab.locator(".top .find input")
    one.write("لم يستشرنا أحد", find)
    find.press("Enter")
    found = tab.locator("article, li").filter(has=tab.locator("mark")).first
    assert _WRONG in found.inner_text()
    with tab.expect_navigation():
        one.press(found.locator("a[href*='/articles/']").last)
    assert "#s-" in tab.url
    ref = tab.url.split("#s-")[1]
    card = f"#c-{ref}"
    assert _WRONG in tab.locator(card).inner_text()
    one.click("صحّح", card)
    tab.locator("#m-speaker:focus").wait_for()
    one.write("نوال الشريدي", tab.get_by_label("القائل", exact=True))
    one.click("احفظ", card, role="button")
    assert "نوال الشريدي" in tab.locator(card).inner_text()
    assert one.clicks == 8

    # Take it along.
    one.click("البحث", ".top")
    box = tab.locator("main input[type=search]")
    one.write("السد", box)
    box.press("Enter")
    with tab.expect_download() as waiting:
        one.click("CSV", "main")
    assert one.clicks == 10
    file = tmp_path / "found.csv"
    waiting.value.save_as(file)
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert any("ستوقف ملء سد الغدير" in row["text"] and row["speaker"] == "سلمى العطار" for row in rows)

    # From now on she says it, on every page; and the decision is told of, and taken back.
    tab.goto(f"{desk.url}/search?q=لم يستشرنا أحد")
    again = tab.locator("article, li").filter(has=tab.locator("mark")).first.inner_text()
    assert "نوال الشريدي" in again
    assert _WRONG not in again.split("\n")[0]
    one.click("سجل القرارات", ".bottom")
    assert "نوال الشريدي" in tab.locator("main").inner_text()
