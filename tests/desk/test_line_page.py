"""The page of a line: in order, turns with both texts, what is the same again folded, what programs get."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
from desks import Running, csrf, sound

from qawl.compare import watchlists
from qawl.compare.line import line
from qawl.compare.subjects import named, subject
from qawl.people.profiles import profile
from qawl.record.engine import snapshot

MINISTER = "سلمى العطار"
DAM = "سد الغدير"


def _address(running: Running, name: str = MINISTER) -> str:
    return f"{running.url}/people/{profile(running.engine, name).person.ref}/line"


def test_json_is_what_the_command_prints(standing: Running) -> None:
    with snapshot(standing.engine) as connection:
        found = line(connection, named(connection, MINISTER), subject(connection, DAM))
    query = {"about": DAM, "format": "json"}
    assert httpx.get(_address(standing), params=query).json() == json.loads(json.dumps(found.to_json()))
    only = httpx.get(_address(standing), params={**query, "turns": "1"}).json()
    assert [entry["differs_from"]["kind"] for entry in only] == ["polarity"]


def test_csv_has_the_earlier_text_beside_the_later(standing: Running) -> None:
    answer = httpx.get(_address(standing), params={"about": DAM, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert "ستوقف" in rows[-1]["text"]
    assert "لن توقف" in rows[-1]["earlier_text"]
    assert rows[0]["outlets"].count(";") == 2


def test_a_turn_is_shown_with_both_texts_and_says_differs(standing: Running, tab: Any) -> None:
    tab.goto(f"{_address(standing)}?about={DAM}&lang=en")
    turn = tab.locator(".entry.turns")
    assert turn.count() == 1
    assert "ستوقف" in turn.locator(".said").first.inner_text()
    assert "لن توقف" in turn.locator("blockquote").inner_text()
    text = tab.locator("main").inner_text()
    assert "Differs from an earlier statement" in text
    assert "contradict" not in text.lower()
    sound(tab)


def test_by_the_form_alone_and_the_subject_stays_who_it_was(standing: Running, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(_address(standing))
    tab.get_by_role("link", name=DAM, exact=True).click()
    tab.wait_for_url("**/line?about=*")
    assert tab.get_by_label("الموضوع").input_value() == DAM
    tab.get_by_label("التحوّلات فقط").check()
    with tab.expect_navigation():
        tab.get_by_role("button", name="اعرض").click()
    assert "entity=e-" in tab.url
    assert tab.locator(".entry").count() == 1
    assert "صفحة" in tab.locator("main").inner_text()  # still the page of the dam, not its words
    context.close()


def test_words_that_are_no_question_and_words_that_nobody_says(standing: Running) -> None:
    answer = httpx.get(_address(standing), params={"about": '"'})
    assert answer.status_code == 422
    assert 'class="notice bad"' in answer.text
    answer = httpx.get(_address(standing), params={"about": "زرافة"})
    assert answer.status_code == 200
    assert "لا أقوال في هذا الموضوع" in answer.text
    assert httpx.get(_address(standing), params={"about": "e-0000000000"}).status_code == 404


def test_of_one_outlet_and_some_days(standing: Running) -> None:
    query = {"about": DAM, "format": "json"}
    late = httpx.get(_address(standing), params={**query, "from": "2024-11-10"}).json()
    assert [entry["day"] for entry in late] == ["2024-11-12"]
    agency = httpx.get(_address(standing), params={**query, "outlet": "وكالة المرفأ للأنباء"}).json()
    assert [entry["day"] for entry in agency] == ["2024-11-03"]


def test_a_line_is_kept_as_a_watchlist(desk: Running) -> None:
    with httpx.Client(base_url=desk.url) as client:
        ref = profile(desk.engine, MINISTER).person.ref
        form = {"name": "السد", "person": ref, "about": DAM, "csrf": csrf(client)}
        assert 'action="/watchlists"' in client.get(f"/people/{ref}/line", params={"about": DAM}).text
        assert client.post("/watchlists", data=form).status_code == 303
    (kept,) = watchlists.watchlists(desk.engine)
    assert (kept.name, kept.person, kept.about) == ("السد", ref, DAM)
