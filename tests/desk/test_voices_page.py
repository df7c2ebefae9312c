"""The map of voices: readable without scripts, sorted and lit with them, small and quick when it is large."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import httpx
import pytest
from desks import Running, sound

from qawl.compare.subjects import Named
from qawl.compare.voices import Matrix, Question, matrix, voices
from qawl.desk.pages.voices import _body, _level
from qawl.record.engine import snapshot


def _whole(running: Running) -> Matrix:
    with snapshot(running.engine) as connection:
        return matrix(connection, most=300)


_ALL = {"from": "2024-01-01", "to": "2024-12-31", "size": "300"}


def test_every_count_stands_in_its_row_and_column_without_scripts(standing: Running, chromium: Any) -> None:
    found = _whole(standing)
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{standing.url}/voices?from=2024-01-01&to=2024-12-31&size=300")
    heads = tab.locator("thead th a").all_inner_texts()
    assert heads == [one.name for one, _ in found.abouts]
    for at, (speaker, _) in enumerate(found.speakers):
        cells = tab.locator("tbody tr").nth(at).locator("td, th").all_inner_texts()
        assert cells[0].startswith(speaker.name)
        expected = [str(found.counts.get((at, column), "")) for column in range(len(heads))]
        assert [cell.strip() for cell in cells[1:]] == expected
    context.close()


def test_a_cell_leads_to_its_statements(standing: Running) -> None:
    page = httpx.get(standing.url + "/voices", params={**_ALL, "act": "assert"}).text
    link = re.search(r'<td class="s5"><a href="([^"]+)">(\d+)</a>', page)
    assert link
    address = link[1].replace("&amp;", "&")
    assert {"from=2024-01-01", "to=2024-12-31", "act=assert"} <= set(address.split("?")[1].split("&"))
    found = httpx.get(standing.url + address + "&format=json&limit=100").json()
    assert len(found) == int(link[2])


def test_without_days_the_last_month_of_the_record(standing: Running) -> None:
    page = httpx.get(standing.url + "/voices").text
    assert 'name="from" value="2024-10-14"' in page
    assert 'name="to" value="2024-11-12"' in page


def test_json_and_csv_are_what_the_command_prints(standing: Running) -> None:
    with snapshot(standing.engine) as connection:
        counts = voices(connection)
    query = {"from": "2024-01-01", "to": "2024-12-31"}
    assert httpx.get(standing.url + "/voices", params={**query, "format": "json"}).json() == [
        count.to_json() for count in counts
    ]
    text = httpx.get(standing.url + "/voices", params={**query, "format": "csv"}).text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [int(row["statements"]) for row in rows] == [count.statements for count in counts]


def test_nobody_about_nobody(standing: Running) -> None:
    assert "لا أحد يتحدث" in httpx.get(standing.url + "/voices", params={"to": "2020-01-01"}).text


def test_rows_and_columns_are_sorted_by_one_of_the_others(standing: Running, tab: Any) -> None:
    tab.goto(f"{standing.url}/voices?from=2024-01-01&to=2024-12-31&size=300&lang=en")
    heads = tab.locator("thead th a").all_inner_texts()
    tab.get_by_label("Sort rows by").select_option(label=heads[1])
    column = [row.locator("td").nth(1).inner_text().strip() or "0" for row in tab.locator("tbody tr").all()]
    assert [int(n) for n in column] == sorted((int(n) for n in column), reverse=True)
    last = tab.locator("tbody tr").last.locator("th a").inner_text()
    tab.get_by_label("Sort columns by").select_option(label=last)
    row = [cell.strip() or "0" for cell in tab.locator("tbody tr").last.locator("td").all_inner_texts()]
    assert [int(n) for n in row] == sorted((int(n) for n in row), reverse=True)
    tab.get_by_label("Sort rows by").select_option("-1")
    tab.get_by_label("Sort columns by").select_option("-1")
    assert tab.locator("thead th a").all_inner_texts() == heads
    tab.locator("td a").first.focus()
    assert tab.locator("tr.across").count() == 1
    assert tab.locator("th.down").count() == 1
    sound(tab)


def test_a_table_of_300_by_300_is_small() -> None:
    import gzip
    import random

    chance = random.Random(3)

    def somebody(n: int) -> tuple[Named, int]:
        ref = "".join(chance.choices("0123456789abcdefghjkmnpqrstvwxyz", k=10))
        return Named(n, f"e-{ref}", f"اسم طويل {n}", "person"), 1000 - n

    people = tuple(somebody(n) for n in range(300))
    pairs = chance.sample([(a, b) for a in range(300) for b in range(300)], 9000)
    counts = {pair: chance.choice((1, 1, 1, 2, 3, 40)) for pair in pairs}
    asked = {"from": "2024-01-01", "to": "2024-12-31", "act": "", "outlet": ""}
    body = str(_body(Matrix(people, people, counts), "", asked, str))
    assert body.count("<td") == 90_000
    assert len(gzip.compress(body.encode())) < 130_000


def test_names_are_text_and_nothing_else() -> None:
    evil = Named(1, "e-0000000001", '<script>alert("1")</script>', "person")
    asked = {"from": "", "to": "", "act": "", "outlet": '"><b>'}
    body = str(_body(Matrix(((evil, 1),), ((evil, 1),), {(0, 0): 1}), "", asked, str))
    assert "<script" not in body
    assert "<b>" not in body


@pytest.mark.parametrize(
    ("count", "most", "level"), [(1, 1, 1), (1, 100, 1), (100, 100, 5), (10, 100, 3), (99, 100, 5)]
)
def test_shades_grow_with_the_logarithm(count: int, most: int, level: int) -> None:
    assert _level(count, most) == level


def test_the_question_of_an_act(standing: Running) -> None:
    with snapshot(standing.engine) as connection:
        denied = matrix(connection, Question(act="deny"), most=300)
    page = httpx.get(standing.url + "/voices", params={**_ALL, "act": "deny"}).text
    assert page.count('<td class="s') == len(denied.counts)
