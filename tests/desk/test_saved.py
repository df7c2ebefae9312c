"""Saved searches and watchlists: kept, opened, removed, in both languages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest
from desks import Running, csrf, sound

from qawl.compare import watchlists
from qawl.compare.line import line
from qawl.compare.subjects import named, subject
from qawl.record.engine import snapshot
from qawl.record.search import saved


@pytest.fixture
def client(desk: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk.url, follow_redirects=True) as found:
        yield found


def _post(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    return client.post(path, data={"csrf": csrf(client), **fields})


def _plain(page: str) -> str:
    return unescape(re.sub(r"<[^>]*>|[\u2066-\u2069]", "", page))


def test_a_search_is_kept_as_the_command_keeps_it(desk: Running, client: httpx.Client) -> None:
    fields = {"q": "السد", "form": "mixed", "from": "2024-11-01", "speaker": "سلمى العطار"}
    answer = _post(client, "/saved", name=" السد ", **fields)
    assert (answer.status_code, answer.url.path) == (200, "/saved")
    assert "صيغة النقل: بعضه مباشر" in _plain(answer.text)
    (kept,) = saved.searches(desk.engine)
    assert (kept.name, kept.query, kept.who) == ("السد", "السد", "desk")
    assert kept.to_json()["filters"] == {"speaker": "سلمى العطار", "form": "mixed", "first": "2024-11-01"}
    assert client.get("/saved?format=json").json() == [kept.to_json()]
    (row,) = csv.DictReader(io.StringIO(client.get("/saved?format=csv").text.removeprefix("\ufeff")))
    assert (row["name"], row["speaker"], row["from"]) == ("السد", "سلمى العطار", "2024-11-01")
    opened = re.search(r'class="title" href="([^"]+)"', answer.text)
    assert opened
    by_link = client.get(unescape(opened[1])).text
    by_name = client.get("/search", params={"q": "@السد"}).text
    results = re.findall(r'<li id="s-(\w+)"', by_link)
    assert results
    assert results == re.findall(r'<li id="s-(\w+)"', by_name)
    # A filter of the address takes the place of its own.
    assert "سلمى العطار" not in client.get("/search", params={"q": "@السد", "speaker": "قطعا"}).text


def test_what_has_the_name_is_replaced_only_when_asked(desk: Running, client: httpx.Client) -> None:
    _post(client, "/saved", name="x", q="السد")
    answer = _post(client, "/saved", name="x", q="القطار")
    assert answer.url.path == "/search"
    assert "في المكتب بحث محفوظ اسمه x" in _plain(answer.text)
    assert [one.query for one in saved.searches(desk.engine)] == ["السد"]
    _post(client, "/saved", name="x", q="القطار", replace="true")
    assert [one.query for one in saved.searches(desk.engine)] == ["القطار"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " ", "q": "السد"}, "يلزم اسم"),
        ({"name": "x" * 201, "q": "السد"}, "يلزم اسم"),
        ({"name": "x", "q": ""}, "اكتب كلمة"),
        ({"name": "x", "q": "السد", "from": "غدا"}, "لا يصلح هذا تاريخ"),
        ({"name": "x", "q": "س*"}, "حرفان على الأقل"),
    ],
)
def test_what_cannot_be_kept_is_not(desk: Running, client: httpx.Client, fields: dict[str, str], said: str) -> None:
    answer = _post(client, "/saved", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert saved.searches(desk.engine) == []


def test_a_search_is_removed(desk: Running, client: httpx.Client) -> None:
    _post(client, "/saved", name="السد", q="السد")
    assert "لا عمليات بحث" in _post(client, "/saved/remove", name="السد").text
    assert saved.searches(desk.engine) == []
    assert _post(client, "/saved/remove", name="السد").status_code == 404


def test_nothing_is_kept_for_another_site(desk: Running, client: httpx.Client) -> None:
    for path in ("/saved", "/saved/remove", "/watchlists", "/watchlists/remove", "/alerts"):
        assert client.post(path, data={"name": "x", "q": "السد"}).status_code == 403
    assert saved.searches(desk.engine) == []


def test_a_watchlist_leads_to_its_line(desk: Running, client: httpx.Client) -> None:
    answer = _post(client, "/watchlists", name="العطار", person="سلمى العطار", about="سد الغدير")
    assert (answer.status_code, answer.url.path) == (200, "/watchlists")
    (kept,) = watchlists.watchlists(desk.engine)
    assert (kept.person, kept.about, kept.who) == ("سلمى العطار", "سد الغدير", "desk")
    with snapshot(desk.engine) as connection:
        person = named(connection, kept.person)
        assert len(line(connection, person, subject(connection, kept.about)).said) > 1
    opened = re.search(r'class="title" href="([^"]+)"', answer.text)
    assert opened
    url = httpx.URL(unescape(opened[1]))
    assert (url.path, url.params["about"]) == (f"/people/{person.ref}/line", "سد الغدير")
    assert client.get("/watchlists?format=json").json()[0]["about"] == "سد الغدير"
    (row,) = csv.DictReader(io.StringIO(client.get("/watchlists?format=csv").text.removeprefix("\ufeff")))
    assert row["person"] == "سلمى العطار"
    assert "لا قوائم متابعة" in _post(client, "/watchlists/remove", name="العطار").text
    assert _post(client, "/watchlists/remove", name="العطار").status_code == 404


def test_who_of_several_is_meant_is_asked(desk: Running, client: httpx.Client) -> None:
    answer = _post(client, "/watchlists", name="x", person="الوزير", about="السد")
    assert answer.status_code == 422
    refs = re.findall(r'name="person" value="(e-\w{10})"', answer.text)
    if refs:
        assert "الاسم لأكثر من متحدث" in _plain(answer.text)
    nobody = _post(client, "/watchlists", name="x", person="قطعا لا أحد", about="السد")
    assert "لا متحدث بهذا الاسم في السجل: قطعا لا أحد" in _plain(nobody.text)
    assert 'value="السد"' in nobody.text  # what was written is still there
    assert watchlists.watchlists(desk.engine) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "person": "سلمى العطار", "about": "السد"}, "يلزم اسم"),
        ({"name": "x", "person": "سلمى العطار", "about": ""}, "لا يصلح هذا موضوع"),
        ({"name": "x", "person": "سلمى العطار", "about": "@نسي"}, "لا يصلح هذا موضوع"),
        ({"name": "x", "person": "سلمى العطار", "about": "س*"}, "حرفان على الأقل"),
    ],
)
def test_a_watchlist_that_cannot_be(desk: Running, client: httpx.Client, fields: dict[str, str], said: str) -> None:
    answer = _post(client, "/watchlists", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert watchlists.watchlists(desk.engine) == []


def test_a_watchlist_is_not_replaced(client: httpx.Client) -> None:
    fields = {"name": "x", "person": "سلمى العطار", "about": "السد"}
    _post(client, "/watchlists", **fields)
    assert "قائمة متابعة بهذا الاسم" in _post(client, "/watchlists", **fields).text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nobody_is_kept_out(desk: Running, tab: Any, language: str) -> None:
    """Kept from the page of results, all by the keyboard; then each page, on a wide screen and a phone."""
    tab.goto(f"{desk.url}/search?q=السد&form=indirect&lang={language}")
    tab.get_by_label("احفظ هذا البحث باسم" if language == "ar" else "Save this search as").fill("السد غير المباشر")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert httpx.URL(tab.url).path == "/saved"
    tab.goto(f"{desk.url}/watchlists?lang={language}")
    for name, value in (("name", "العطار"), ("person", "سلمى العطار"), ("about", "سد الغدير")):
        tab.locator(f"#watch-{name}").fill(value)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    for page in ("saved", "watchlists", "alerts"):
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(f"{desk.url}/{page}?lang={language}")
        sound(tab)
        tab.set_viewport_size({"width": 360, "height": 740})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_name_has_no_control_characters(desk: Running) -> None:
    with httpx.Client(base_url=desk.url) as client:
        answer = client.post("/saved", data={"csrf": csrf(client), "name": "س\x00", "q": "السد"})
        assert answer.status_code == 422
        assert client.get("/saved?format=json").json() == []
