"""What holds for all pages about people and sources: both languages, light and dark, a phone, no scripts."""

from __future__ import annotations

from typing import Any, Final

import pytest
from desks import Running, sound

from qawl.desk.languages import LANGUAGES, Language
from qawl.people.profiles import profile

#: Path of each page; {who} is somebody with statements, {whom} somebody spoken about.
PAGES: Final = (
    "/people",
    "/people?q=س&kind=person",
    "/people/{who}",
    "/people/{who}/line",
    "/people/{who}/line?about={whom}",
    "/voices",
    "/sources",
    "/articles",
)


def _path(running: Running, path: str) -> str:
    who, whom = (profile(running.engine, name).person.ref for name in ("سلمى العطار", "سد الغدير"))
    return path.format(who=who, whom=whom)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(standing: Running, tab: Any, path: str, language: Language) -> None:
    path = _path(standing, path)
    tab.goto(f"{standing.url}{path}{'&' if '?' in path else '?'}lang={language}")
    assert tab.locator("html").get_attribute("lang") == language
    sound(tab)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(standing: Running, chromium: Any, path: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=True)
    tab = context.new_page()
    for language in LANGUAGES:
        where = _path(standing, path)
        tab.goto(f"{standing.url}{where}{'&' if '?' in where else '?'}lang={language}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_arabic_pages_say_nothing_in_english(standing: Running, chromium: Any) -> None:
    """But names of formats and IDs; the names that people have in Latin letters say in which language they are."""
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    for path in PAGES:
        tab.goto(standing.url + _path(standing, path))
        words = tab.evaluate(
            """() => {
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (walk.nextNode()) {
                const { textContent, parentElement } = walk.currentNode;
                const ours = !parentElement.closest("[lang=en], script, style");
                if (ours && /[A-Za-z]/.test(textContent)) found.push(textContent.trim());
              }
              return found;
            }"""
        )
        assert [word for word in words if word not in ("JSON", "CSV") and not word.startswith("e-")] == [], path
    context.close()
