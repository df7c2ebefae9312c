"""The page of a person: what it shows and leads to, IDs of before, and decisions about who is who."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import quote

import httpx
from desks import Running, sound

from qawl.article import Article
from qawl.people.finding import entity_of
from qawl.people.profiles import profile
from qawl.people.updating import bring_up_to_date
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.judgements import judge
from qawl.record.writing import add

MINISTER = "سلمى العطار"
DAM = "سد الغدير"


def _ref(running: Running, name: str) -> str:
    return profile(running.engine, name).person.ref


def _plain(text: str) -> str:
    """Without the marks that set numbers and names apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_json_is_what_the_command_prints(standing: Running) -> None:
    found = profile(standing.engine, MINISTER, most=40)
    answer = httpx.get(f"{standing.url}/people/{found.person.ref}?format=json").json()
    assert answer["person"] == asdict(found.person)
    assert answer["months"] == [asdict(month) for month in found.months]


def test_csv_has_all_that_is_counted(standing: Running) -> None:
    lines = httpx.get(f"{standing.url}/people/{_ref(standing, MINISTER)}?format=csv").text.splitlines()
    assert lines[0].removeprefix("\ufeff") == "section,ref,name,number"
    assert {line.split(",")[0] for line in lines[1:]} >= {"names", "outlets", "acts", "about", "month 2024-11"}


def test_a_subject_leads_to_the_line_on_it(standing: Running, tab: Any) -> None:
    tab.goto(f"{standing.url}/people/{_ref(standing, MINISTER)}?lang=en")
    tab.get_by_role("link", name=DAM, exact=True).click()
    tab.wait_for_url("**/line?about=e-*")
    assert DAM in tab.locator("h1").inner_text()


def test_a_bar_leads_to_the_statements_of_its_month(standing: Running) -> None:
    ref = _ref(standing, MINISTER)
    page = httpx.get(f"{standing.url}/people/{ref}").text
    assert f"/search?speaker={ref}&amp;from=2024-11-01&amp;to=2024-11-30" in page
    assert 'class="act-assert"' in page


def test_a_name_leads_to_those_who_bear_it(standing: Running) -> None:
    answer = httpx.get(f"{standing.url}/people/{quote(MINISTER)}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/people?q=")


def test_nobody_has_a_page_that_says_so(standing: Running) -> None:
    assert httpx.get(f"{standing.url}/people/e-0000000000").status_code == 404


def test_an_id_of_before_leads_on(desk: Running) -> None:
    now = _ref(desk, MINISTER)
    with snapshot(desk.engine) as connection:
        e = tables.entities.c
        anchor = connection.execute(tables.entities.select().where(e.id == entity_of(connection, now))).one().anchor
    write(
        desk.engine,
        lambda connection: connection.execute(tables.earlier_refs.insert(), {"anchor": 1, "leads_to": anchor}),
    )
    answer = httpx.get(f"{desk.url}/people/e-0000000001?format=json")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/people/{now}?format=json")


def test_two_are_made_one_and_the_page_shows_it(desk: Running, tab: Any) -> None:
    one, other = _ref(desk, MINISTER), _ref(desk, "حازم الديب")
    before = profile(desk.engine, one).person.statements
    added = profile(desk.engine, other).person.statements
    tab.goto(f"{desk.url}/people/{one}?lang=en")
    tab.get_by_label("The other: name or ID").fill(other)
    with tab.expect_navigation():
        tab.get_by_role("button", name="The same", exact=True).click()
    bring_up_to_date(desk.engine)
    assert profile(desk.engine, one).person.statements == before + added
    tab.goto(f"{desk.url}/people/{other}?lang=en")
    assert f"{before + added} statements" in _plain(tab.locator(".person-head").inner_text())


def test_a_statement_judged_wrong_no_longer_counts(desk: Running) -> None:
    found = profile(desk.engine, MINISTER)

    def counted() -> int:
        shown = httpx.get(f"{desk.url}/people/{found.person.ref}?format=json").json()
        return sum(sum(month["acts"].values()) for month in shown["months"])

    before = counted()
    judge(desk.engine, found.latest[0].ref, "wrong", who="me")
    counted()  # what is asked in between must not hold on to what was
    bring_up_to_date(desk.engine)
    assert counted() == before - 1


def test_axe_finds_nothing_with_all_folds_open(standing: Running, tab: Any) -> None:
    tab.goto(f"{standing.url}/people/{_ref(standing, MINISTER)}")
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    sound(tab)


def test_who_may_be_the_same_is_offered_and_decided(desk: Running, tab: Any) -> None:
    text = "قالت الكاتبة سلمى العطار البكري إن الجسر آمن."
    add(desk.engine, [Article(text, "x", "ضفة", "https://x.example/1", date(2024, 6, 1))], lambda outcome: None)
    bring_up_to_date(desk.engine)
    ref = _ref(desk, MINISTER)
    tab.goto(f"{desk.url}/people/{ref}")
    offered = tab.locator(".maybe")
    assert "سلمى العطار البكري" in offered.inner_text()
    sound(tab)
    with tab.expect_navigation():
        offered.get_by_role("button", name="ليسا واحدًا").press("Enter")
    bring_up_to_date(desk.engine)
    tab.reload()
    assert tab.locator(".maybe").count() == 0
