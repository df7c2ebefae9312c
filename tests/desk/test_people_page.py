"""The list of people: by name, kind, state and span; what programs get; the same for everybody who looks."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest
from desks import Running, sound

from qawl.people.profiles import people
from qawl.record.showing import Filter


def _get(running: Running, **query: Any) -> httpx.Response:
    return httpx.get(running.url + "/people", params=query)


def test_json_is_what_the_command_prints(standing: Running) -> None:
    from dataclasses import asdict

    found = _get(standing, format="json").json()
    assert found == [asdict(one) for one in people(standing.engine, Filter(), limit=50)]
    assert found[0]["name"] == "سلمى العطار"


def test_csv_has_a_row_a_person(standing: Running) -> None:
    answer = _get(standing, format="csv", kind="place")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["kind"] for row in rows} == {"place"}
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_by_name_in_any_spelling(standing: Running) -> None:
    names = [one["name"] for one in _get(standing, q="سلمي العطّار", format="json").json()]
    assert names == ["سلمى العطار"]
    assert "لا أحد" in _get(standing, q="زرافة").text


def test_fields_that_are_left_empty_ask_nothing(standing: Running) -> None:
    empty = {"q": "", "kind": "", "of": "", "from": "", "to": ""}
    assert _get(standing, **empty, format="json").json() == _get(standing, format="json").json()
    assert _get(standing, **empty).status_code == 200


@pytest.mark.parametrize("wrong", [{"kind": "giraffe"}, {"from": "2024-13-01"}, {"page": 0}, {"limit": 5000}])
def test_what_cannot_be_asked_is_told(standing: Running, wrong: dict[str, Any]) -> None:
    assert _get(standing, **wrong).status_code == 422


def test_a_span_has_its_own_numbers(standing: Running) -> None:
    query: dict[str, Any] = {"from": "2024-11-01", "to": "2024-11-30", "format": "json"}
    found = {one["name"]: one["statements"] for one in _get(standing, **query).json()}
    everything = {one["name"]: one["statements"] for one in _get(standing, format="json").json()}
    assert 0 < found["سلمى العطار"] < everything["سلمى العطار"]
    assert "رائد الخزامي" not in found


def test_pages_follow_each_other(standing: Running) -> None:
    refs = [one["ref"] for one in _get(standing, format="json", limit=1000).json()]
    parts = [[one["ref"] for one in _get(standing, format="json", limit=7, page=n).json()] for n in (1, 2)]
    assert parts == [refs[:7], refs[7:14]]
    middle = _get(standing, limit=7, page=2).text
    assert "/people?limit=7&amp;page=3" in middle
    assert 'rel="prev" href="/people?limit=7"' in middle


def test_from_the_list_to_a_person_by_keyboard(standing: Running, tab: Any) -> None:
    tab.goto(standing.url + "/people")
    tab.get_by_label("الاسم").focus()
    tab.keyboard.type("الديب")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/people?q=*")
    sound(tab)
    tab.get_by_role("link", name="حازم الديب").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/people/e-*")
    assert tab.locator("h1").inner_text().startswith("حازم الديب")
