"""What holds for every answer of the desk."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from desks import Running, csrf, serving, sound

from qawl.desk.headers import POLICY


def test_security_headers(standing: Running) -> None:
    for path in ("/search", "/static/base.css", "/nothing"):
        headers = httpx.get(standing.url + path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"


def test_an_address_with_nothing_has_a_page_that_says_so(standing: Running) -> None:
    answer = httpx.get(standing.url + "/nothing?lang=en")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


@pytest.mark.parametrize("path", ["/versions/nope", "/?from=2024-13-01", "/people?kind=zz", "/articles/999999"])
def test_an_error_is_told_in_the_language_of_the_page(standing: Running, path: str) -> None:
    arabic, english = (
        httpx.get(standing.url + path, headers={"Cookie": f"language={language}"}).text for language in ("ar", "en")
    )
    assert re.search(r"[a-z]{3}", re.sub(r"<[^>]*>", "", english[english.index("<main") : english.index("</main>")]))
    assert not re.search(r"[a-z]{3}", re.sub(r"<[^>]*>", "", arabic[arabic.index("<main") : arabic.index("</main>")]))
    assert 'class="detail"' in english


@pytest.mark.parametrize("path", ["/", "/search?q=x&format=atom", "/articles/1", "/static/base.css", "/api/v1/people"])
def test_head_is_get_without_its_body(standing: Running, path: str) -> None:
    got, told = httpx.get(standing.url + path), httpx.head(standing.url + path)
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("taken_off", [True, False])
def test_under_a_prefix(standing: Running, taken_off: bool) -> None:
    with serving(standing.engine, prefix="/news/qawl") as running:
        base = running.url.removesuffix("/news/qawl") if taken_off else running.url
        answer = httpx.get(base + "/search")
        assert answer.status_code == 200
        assert 'href="/news/qawl/static/base.css' in answer.text
        assert httpx.get(base + "/static/base.css").status_code == 200


def test_a_choice_is_kept_and_leads_back(standing: Running) -> None:
    with httpx.Client(base_url=standing.url) as client:
        answer = client.get("/preferences?language=en&theme=dark&back=/search?q=x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=x")
        page = client.get("/search").text
    assert '<html lang="en" dir="ltr" data-theme="dark">' in page


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "evil", "/\nx"])
def test_a_choice_leads_nowhere_else(standing: Running, back: str) -> None:
    answer = httpx.get(standing.url + "/preferences", params={"back": back})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_on_paper_it_is_dark_on_light_whatever_the_screen(standing: Running, chromium: Any, theme: str) -> None:
    context = chromium.new_context(color_scheme="light" if theme == "dark" else "dark")
    context.add_cookies([{"name": "theme", "value": theme, "url": standing.url}])
    tab = context.new_page()
    for path in ("/", "/search?q=السد", "/articles/1"):
        tab.goto(standing.url + path)
        tab.emulate_media(media="print")
        colour = tab.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert max(map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))) < 80, (path, colour)
        assert not tab.locator("button:visible, .top nav:visible").count()
        assert tab.pdf(format="A4").startswith(b"%PDF")
        tab.emulate_media(media="screen")
    context.close()


def test_axe_finds_nothing(standing: Running, tab: Any) -> None:
    tab.goto(standing.url + "/search")
    sound(tab)


def test_numbers_that_no_database_has_are_refused_and_not_an_error(standing: Running) -> None:
    big = "9" * 25
    with httpx.Client(base_url=standing.url) as client:
        form = {"csrf": csrf(client)}
        assert client.get(f"/articles/{big}").status_code == 422
        assert client.get("/articles/-1").status_code == 422
        for action in ("again", "remove"):
            assert client.post(f"/alerts/{big}/{action}", data=form).status_code == 422
