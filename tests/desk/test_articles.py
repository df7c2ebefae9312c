"""The page of an article: its statements marked, a card for each, one speaker alone, decisions by key and by form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from desks import Running, sound

from qawl.article import Article
from qawl.desk.pages.article import FIRST, lay_out
from qawl.reading.reader import read
from qawl.record import showing
from qawl.record.engine import snapshot
from qawl.record.judgements import judgements
from qawl.record.writing import add

SAMPLE = "/articles/1"


def _cards(page: str) -> list[str]:
    return re.findall(r'id="c-([0-9a-z]{10})"', page)


def test_every_statement_has_a_place_in_the_text_and_a_card(standing: Running) -> None:
    page = httpx.get(standing.url + SAMPLE).text
    _, found = showing.article(standing.engine, 1)
    assert _cards(page) == [one.ref for one in found]
    for one in found:
        assert page.count(f'id="s-{one.ref}"') == 1


def test_a_statement_leads_to_its_article(standing: Running) -> None:
    answer = httpx.get(standing.url + "/statements/A1YGT2R83R")
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/1#s-a1ygt2r83r")
    assert httpx.get(standing.url + "/statements/zzzzzzzzzz").status_code == 404
    assert httpx.get(standing.url + "/articles/999").status_code == 404


def test_one_speaker_alone(standing: Running) -> None:
    whole = httpx.get(standing.url + SAMPLE).text
    (ref,) = set(re.findall(r"/articles/1\?speaker=(e-\w{10})", whole)[1:2])
    alone = httpx.get(standing.url + SAMPLE, params={"speaker": ref}).text
    assert 0 < len(_cards(alone)) < len(_cards(whole))
    assert set(re.findall(r'class="who" href="/people/(e-\w{10})"', alone)) == {ref}


def test_a_card_says_who_speaks_how_sure_and_how_to_cite(standing: Running) -> None:
    page = httpx.get(standing.url + SAMPLE + "?lang=en").text
    assert "announcement" in page
    assert "% sure" in page
    assert "Qawl a1ygt2r83r" in page
    assert 'href="/people/e-' in page
    week = httpx.get(standing.url + "/articles/7?lang=en").text
    assert 'href="/versions/' in week


def test_shares_of_voices_come_to_one(standing: Running) -> None:
    entry, found = showing.article(standing.engine, 1)
    view = lay_out(entry.article, [one.statement for one in found], refs=found)
    assert sum(voice.share for voice in view.voices) + view.own == pytest.approx(1)
    widths = re.findall(r'<rect [^>]*width="([0-9.]+)"', httpx.get(standing.url + SAMPLE).text)
    assert sum(map(float, widths)) == pytest.approx(1000, abs=1)


def test_a_statement_within_another_names_it() -> None:
    text = "قال الوزير سالم الغامري إن رئيس البلدية هند الراسي أكدت أن السد امتلأ."
    view = lay_out(Article(text), read(text).statements)
    inner = [card for card in view.cards if card.within]
    assert [card.within for card in inner] == [1]


def test_a_long_article_begins_with_its_first_part() -> None:
    said = "قال الوزير سالم الغامري إن السد امتلأ. "
    article = Article(said * 3000)
    statements = read(article).statements
    view = lay_out(article, statements)
    assert 0 < view.left < len(article.text)
    assert len(article.text) - view.left <= FIRST
    assert len(lay_out(article, statements, whole=True).cards) == len(statements)


def test_versions_of_an_article_name_each_other(desk: Running) -> None:
    said = "قال وزير الري سالم الغامري إن السد امتلأ."
    both = [Article(f"{said} {more}", url="https://n.example/dam") for more in ("ثم سكت.", "ثم غادر.")]
    add(desk.engine, both, lambda outcome: None)
    with snapshot(desk.engine) as connection:
        key = showing.article(desk.engine, 16)[0].key
        assert [(one.id, one.version) for one in showing.editions(connection, key)] == [(16, 1), (17, 2)]
    earlier = httpx.get(desk.url + "/articles/16?lang=en").text
    assert "This is an earlier version" in earlier
    assert 'href="/articles/17"' in earlier
    assert 'value="right"' not in earlier
    assert 'href="/articles/16"' in httpx.get(desk.url + "/articles/17").text


def test_copies_are_named(standing: Running) -> None:
    page = httpx.get(standing.url + "/articles/12?lang=en").text
    assert "The same text elsewhere" in page


def test_by_keyboard(desk: Running, tab: Any) -> None:
    tab.goto(desk.url + SAMPLE + "?lang=en")
    refs = _cards(tab.content())
    tab.keyboard.press("j")
    assert tab.locator(".card.here").get_attribute("id") == f"c-{refs[0]}"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("k")
    tab.keyboard.press("a")
    tab.locator(f"#c-{refs[0]} .verdict.right").wait_for()
    assert tab.locator(".card.here").get_attribute("id") == f"c-{refs[1]}"
    tab.keyboard.press("r")
    tab.locator(f"#c-{refs[1]}.gone").wait_for()
    made = [(j.decision.ref, j.decision.verdict, j.decision.who) for j in judgements(desk.engine)]
    assert made == [(refs[0], "right", "desk"), (refs[1], "wrong", "desk")]
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert f'id="c-{refs[1]}"' in tab.content()
    assert [j.holds for j in judgements(desk.engine)] == [True, False, True]


def test_mending_by_keyboard(desk: Running, tab: Any) -> None:
    tab.goto(desk.url + "/preferences?language=en&back=" + SAMPLE)
    ref = _cards(tab.content())[0]
    tab.keyboard.press("j")
    with tab.expect_navigation():
        tab.keyboard.press("e")
    tab.get_by_label("Speaker", exact=True).fill("هند الراسي")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Keep").click()
    assert tab.url.endswith(f"#s-{ref}")
    assert "هند الراسي" in tab.locator(f"#c-{ref} .who").inner_text()
    assert "corrected" in tab.locator(f"#c-{ref}").inner_text()


def test_with_scripts_off(desk: Running, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(desk.url + "/preferences?language=en&back=" + SAMPLE)
    ref = _cards(tab.content())[1]
    with tab.expect_navigation():
        tab.locator(f"#c-{ref}").get_by_role("button", name="Wrong").click()
    assert "/articles/1#s-" in tab.url
    assert f'id="c-{ref}"' not in tab.content()
    # The browser has opened the list already: the address leads into it.
    with tab.expect_navigation():
        tab.locator(".rejected").get_by_role("button", name="Undo").click()
    assert f'id="c-{ref}"' in tab.content()
    with tab.expect_navigation():
        tab.locator(".voices li a").nth(1).click()
    assert "speaker=" in tab.url
    context.close()


def test_one_speaker_alone_by_script(standing: Running, tab: Any) -> None:
    tab.goto(standing.url + SAMPLE)
    before = tab.locator(".card:visible").count()
    tab.locator(".voices li a").nth(1).click()
    assert 0 < tab.locator(".card:visible").count() < before
    tab.locator(".voices li a").nth(1).click()
    assert tab.locator(".card:visible").count() == before


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_keeps_anybody_out(standing: Running, tab: Any, language: str) -> None:
    ref = _cards(httpx.get(standing.url + "/articles/7").text)[0]
    tab.goto(f"{standing.url}/articles/7?lang={language}&edit={ref}")
    sound(tab)


def test_on_a_phone_and_on_paper(standing: Running, tab: Any, tmp_path: Path) -> None:
    tab.set_viewport_size({"width": 360, "height": 700})
    for language in ("ar", "en"):
        tab.goto(f"{standing.url}{SAMPLE}?lang={language}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.emulate_media(media="print")
    assert tab.locator(".tools:visible, .keys:visible").count() == 0
    assert tab.locator(".card:visible").count() > 0
