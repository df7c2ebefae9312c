"""Outlets, feeds and the articles of an outlet."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import httpx
from desks import Running, sound

from qawl.record.feeds import Feed, keep_feed
from qawl.record.showing import outlets

AGENCY = "وكالة المرفأ للأنباء"


def test_outlets_for_people_and_programs(standing: Running) -> None:
    answer = httpx.get(standing.url + "/sources?format=json").json()
    assert answer == [asdict(one) for one in outlets(standing.engine)]
    page = httpx.get(standing.url + "/sources?lang=en").text
    assert AGENCY in page
    assert "No feed is followed" in page
    assert httpx.get(standing.url + "/sources?format=csv").text.count("\r\n") == len(answer) + 1


def test_feeds_with_what_became_of_them(desk: Running, tab: Any) -> None:
    at = "2024-11-12T10:00:00Z"
    good = Feed("https://good.example/feed", "وكالة", "e", "m", at, "2024-11-12T10:30:00Z", 0, None, ["secret-hash"])
    bad = Feed("javascript:alert(1)", "<script>alert(1)</script>", None, None, at, None, 3, "HTTP 503 <b>", [])
    for feed in (good, bad):
        keep_feed(desk.engine, feed)
    tab.goto(desk.url + "/sources?lang=en")
    rows = tab.locator("#feeds ~ .scroll tbody tr")
    assert "failed \u20683\u2069 times in a row" in rows.nth(0).inner_text()
    assert "HTTP 503 <b>" in rows.nth(0).inner_text()
    assert "12 November 2024 10:30" in rows.nth(1).inner_text()
    assert tab.locator("a[href^='javascript']").count() == 0
    sound(tab)
    told = httpx.get(desk.url + "/sources?of=feeds&format=json").json()
    assert [feed["url"] for feed in told] == [bad.url, good.url]
    assert "seen" not in told[0]


def test_the_articles_of_an_outlet_newest_first(standing: Running) -> None:
    found = httpx.get(standing.url + "/articles", params={"outlet": AGENCY, "format": "json"}).json()
    assert {one["outlet"] for one in found} == {AGENCY}
    days = [one["day"] for one in found]
    assert days == sorted(days, reverse=True)
    (outlet,) = (one for one in outlets(standing.engine) if one.name == AGENCY)
    assert (len(found), sum(one["statements"] for one in found)) == (outlet.articles, outlet.statements)


def test_from_an_outlet_to_an_article(standing: Running, tab: Any) -> None:
    tab.goto(standing.url + "/sources")
    tab.get_by_role("link", name=AGENCY).click()
    tab.wait_for_url("**/articles?outlet=*")
    sound(tab)
    title = tab.locator(".headline a").first.inner_text()
    tab.locator(".headline a").first.click()
    tab.wait_for_url("**/articles/*")
    assert title in tab.title()


def test_no_articles(standing: Running) -> None:
    assert "لا مقالات" in httpx.get(standing.url + "/articles?outlet=x").text
