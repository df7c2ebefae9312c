"""The page to search: what it shows, in its formats, without scripts, on a phone, by dragging."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import feedparser
import httpx
import pytest
from click.testing import CliRunner
from desks import Running, fill, serving, sound
from fastapi import Request

from qawl.article import Article
from qawl.cli.main import main
from qawl.desk import formats
from qawl.desk.app import application
from qawl.desk.pages.search import over_time
from qawl.desk.settings import Settings
from qawl.people.anchors import from_ref
from qawl.record.engine import open_record
from qawl.record.search.facets import Stretch, stretches
from qawl.record.writing import add

ATOM = "{http://www.w3.org/2005/Atom}"


def _get(desk: Running, **query: str | int) -> httpx.Response:
    return httpx.get(desk.url + "/search", params=query)


def _ids(page: str) -> list[str]:
    return re.findall(r'<li id="s-([0-9a-z]{10})"', page)


def _plain(page: str) -> str:
    return unescape(re.sub(r"<[^>]*>|[\u2066-\u2069]", "", page))


def _cli(desk: Running, *arguments: str) -> list[dict[str, Any]]:
    place = desk.engine.url.render_as_string(hide_password=False)
    result = CliRunner().invoke(main, ["--db", place, "search", *arguments, "--json"], catch_exceptions=False)
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_results_stand_in_their_sentences_with_words_and_content_marked(standing: Running) -> None:
    page = _get(standing, q="القطار", speaker="الخزامي").text
    assert '<mark>القطار</mark></span><span class="own"> الأول سيربط' in page
    assert 'إن <span class="own">' in page  # what was said begins after it
    assert re.search(r'<a class="person" href="/people/e-[0-9a-z]{10}"><bdi>رائد الخزامي</bdi></a>', page)
    assert re.search(r'<a href="/articles/\d+#s-e9zd2zf09e">', page)
    assert "الكلمات حول القول" in page


def test_the_order_is_that_of_the_command(standing: Running) -> None:
    found = [value["id"] for value in _cli(standing, "السد", "--limit", "50")]
    assert len(found) > 5
    assert _ids(_get(standing, q="السد", limit=50).text) == found


def test_json_is_what_the_command_prints(standing: Running) -> None:
    answer = _get(standing, q="السد", outlet="الضفة", format="json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == _cli(standing, "السد", "--outlet", "الضفة")
    assert _get(standing, q="قطعا", format="json").json() == []


def test_pages_go_on_where_the_last_one_ended(standing: Running) -> None:
    ids: list[str] = []
    address = standing.url + "/search?from=2024-01-01&limit=40"
    while address:
        page = httpx.get(address).text
        ids += _ids(page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = standing.url + unescape(link[1]) if link else ""
    # Filters alone list the newest first.
    assert ids == [value["id"] for value in _cli(standing, "", "--from", "2024-01-01", "--limit", "1000")]
    assert len(ids) > 100


def test_every_facet_leads_to_as_many_results_as_it_says(standing: Running) -> None:
    page = _get(standing, q="السد").text
    aside = page[page.index("<aside") : page.index("</aside>")]
    links = re.findall(r'<li><a href="([^"]+)">(.*?)</a> <span class="number">([\d,]+)</span>', aside)
    assert len(links) > 10
    for href, label, count in links:
        there = _plain(httpx.get(standing.url + unescape(href)).text)
        words = {"1": "نتيجة واحدة", "2": "نتيجتان"}.get(count, f"{count} {'نتائج' if int(count) < 11 else 'نتيجة'}")
        assert words in there, label


def test_what_narrows_the_search_is_named_and_can_be_taken_away(standing: Running) -> None:
    page = _get(standing, q="السد", form="direct", **{"from": "2024-11-01"}).text
    chosen = page[page.index('class="plain chosen"') : page.index("</ul>", page.index('class="plain chosen"'))]
    assert "صيغة النقل: كلام مباشر" in _plain(chosen)
    assert "من يوم: 1 نوفمبر/تشرين الثاني 2024" in _plain(chosen)
    links = [unescape(href) for href in re.findall(r'href="([^"]+)"', chosen)]
    assert [set(httpx.URL(link).params) for link in links] == [{"q", "from"}, {"q", "form"}]


def test_an_entity_is_called_by_name_and_found_under_all_its_names(standing: Running) -> None:
    page = _get(standing, **{"from": "2024-01-01"}).text
    ref = re.search(r"speaker=(e-[0-9a-z]{10})[^>]*><bdi>يان فيلدمان<", page)
    assert ref
    assert from_ref(ref[1]) is not None
    there = _get(standing, speaker=ref[1]).text
    assert "القائل: يان فيلدمان" in _plain(there)
    assert {"يان فيلدمان", "يان فلدمان"} <= set(re.findall(r'<a class="person"[^>]*><bdi>(.*?)</bdi>', there))


def test_the_picture_counts_all_results_and_its_bars_lead_to_their_days(standing: Running) -> None:
    page = _get(standing, q="قال").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r'href="([^"]+)">[^<]*</a></th><td class="number">([\d,]+)<', table)
    assert len(rows) > 2
    total = sum(int(count) for _, count in rows)
    assert len(_cli(standing, "قال", "--limit", "1000")) == total
    for href, count in rows:
        assert len(_ids(httpx.get(standing.url + unescape(href) + "&limit=1000").text)) == int(count)


def test_a_few_from_long_before_do_not_squeeze_the_others(desk: Running) -> None:
    text = "قال وزير الري سالم الغامري إن السد امتلأ."
    add(desk.engine, [Article(text=text, published=date(2013, 5, 2), outlet="مرصد الساحل")], lambda outcome: None)
    page = _get(desk, **{"from": "2000-01-01", "lang": "en"}).text
    assert "1 result is from before 1 February 2024" in _plain(page)
    (href,) = re.findall(r'<p class="facts"><span><a href="([^"]+)">', page)
    assert len(_ids(httpx.get(desk.url + unescape(href)).text)) == 1
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r'href="([^"]+)">([^<]*)</a></th><td class="number">([\d,]+)<', table)
    assert _plain(rows[0][1]) == "before 1 February 2024"
    assert _plain(rows[1][1]) == "February 2024"
    assert sum(int(count) for *_, count in rows) == len(_cli(desk, "--from", "2000-01-01", "--limit", "1000"))


def test_what_is_many_or_near_stays_among_the_others() -> None:
    days = [(date(2024, 1, 1) + timedelta(n), 10) for n in range(60)]
    near = [(date(2023, 12, 20), 1), *days]
    assert over_time(near) == (None, stretches(near, 30))
    many = [(date(2013, 1, 1), 10), *days]
    assert over_time(many) == (None, stretches(many, 30))
    few = [(date(2013, 1, 1), 6), *days]
    assert over_time(few) == (Stretch(date(2013, 1, 1), date(2023, 12, 31), 6), stretches(days, 29))
    assert over_time([]) == (None, [])
    assert over_time(days[:1]) == (None, stretches(days[:1]))


@pytest.mark.parametrize(
    ("query", "arabic", "english"),
    [
        ({"q": "-السد"}, "لا يكفي الاستبعاد وحده", "not enough to exclude"),
        ({"q": "س*"}, "قبل النجمة حرفان", "two letters at least"),
        ({"q": "x" * 2001}, "أطول من المسموح", "longer than"),
        ({"q": " ".join(f"w{n}" for n in range(41))}, "أكثر من المسموح", "more words"),
        ({"outlet": "لا أحد"}, "لا وسيلة إعلام", "No outlet"),
        ({"q": "السد", "from": "2024-13-01"}, "لا يصلح هذا تاريخ", "no date"),
        ({"from": "2024-12-01", "to": "2024-11-01"}, "لا يوم بين", "no day between"),
        ({"act": "sing"}, "قيمة غير معروفة", "Not a known value"),
        ({"speaker": "، ،"}, "لا يصلح هذا اسم", "no name"),
        ({"speaker": "e-0000000000"}, "لا متحدث", "Nobody"),
        ({"q": "@نسي"}, "لا بحث محفوظ", "No saved search"),
        ({"q": "السد", "page": "100000"}, "لا تصل الصفحات", "do not go that far"),
    ],
)
def test_what_is_wrong_is_told_kindly(standing: Running, query: dict[str, str], arabic: str, english: str) -> None:
    for language, said in (("ar", arabic), ("en", english)):
        answer = _get(standing, lang=language, **query)
        assert answer.status_code == 422
        assert said in answer.text
        if "q" in query:  # nothing that was written is lost
            assert f'value="{query["q"]}"' in unescape(answer.text)
    problem = _get(standing, format="json", **query)
    assert (problem.status_code, problem.headers["content-type"]) == (422, "application/problem+json")


def test_csv_has_no_formula_and_opens_as_arabic(standing: Running) -> None:
    answer = _get(standing, q="السد", format="csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="qawl-search.csv"'
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    found = _cli(standing, "السد", "--limit", "1000")
    assert [row["id"] for row in rows] == [value["id"] for value in found]
    assert [row["speaker"] or None for row in rows] == [(v["speaker"] or {}).get("name") for v in found]
    dangerous = formats.as_csv("x", ["a"], [["=1+1"], ["\u200f@x"], ["قال"]])
    assert bytes(dangerous.body).decode() == "\ufeffa\r\n'=1+1\r\n'\u200f@x\r\nقال\r\n"


def test_the_feed_is_one_and_stays_the_same(standing: Running) -> None:
    answer = _get(standing, q="السد", form="indirect", format="atom", limit=15)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == ATOM + "feed"
    # RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry have to have, each once.
    for one in (feed, *feed.findall(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            (child,) = one.findall(ATOM + name)
            assert child.text
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one.findtext(ATOM + "id", ""))
        assert datetime.fromisoformat(one.findtext(ATOM + "updated", "")).tzinfo is not None
        assert one.findtext(f"{ATOM}author/{ATOM}name")
        (link,) = [link for link in one.findall(ATOM + "link") if link.get("rel") == "alternate"]
        assert link.get("href", "").startswith(standing.url)
    (self,) = [link.get("href", "") for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(ids) == len(set(ids)) == 15
    updated = [entry.findtext(ATOM + "updated", "") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(ATOM + "updated") == updated[0]
    # Again, by its own address and under another name of the host: the same feed and entries.
    again = ElementTree.fromstring(httpx.get(self + "&limit=15").content)
    other = httpx.get(self + "&limit=15", headers={"Host": "desk.example"}).content
    for same in (again, ElementTree.fromstring(other)):
        assert [entry.findtext(ATOM + "id") for entry in same.findall(ATOM + "entry")] == ids
        assert same.findtext(ATOM + "id") == feed.findtext(ATOM + "id")
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert len(parsed.entries) == 15


def test_a_feed_writes_what_xml_cannot(standing: Running) -> None:
    entry = formats.Entry(
        "r", "a\x00\x0b<b>\ud800&", "\ufffe\x1b]", "/statements/r", "1024-05-06", None, None, ("x\x07",)
    )
    app = application(standing.engine, Settings(db=""))
    request = Request({"type": "http", "app": app, "path": "/search", "headers": [], "server": ("desk.example", 80)})
    body = formats.as_atom(request, "t\x01", [entry], "/search", {"q": "é &"}).body
    feed = ElementTree.fromstring(bytes(body))
    (one,) = feed.findall(ATOM + "entry")
    assert one.findtext(ATOM + "title") == "a\ufffd <b>\ufffd&"
    assert one.findtext(ATOM + "updated") == "1024-05-06T00:00:00Z"


def test_the_page_names_its_formats(standing: Running) -> None:
    page = _get(standing, q="السد").text
    kinds = dict(re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', page))
    assert set(kinds) == {"application/atom+xml", "application/json", "text/csv"}
    for kind, href in kinds.items():
        assert httpx.get(standing.url + unescape(href)).headers["content-type"].startswith(kind)


def test_under_a_prefix_all_links_have_it(standing: Running) -> None:
    with serving(standing.engine, prefix="/news") as running:
        page = httpx.get(running.url + "/search?q=السد").text
        feed = httpx.get(running.url + "/search?q=السد&format=atom").text
    assert set(re.findall(r'(?:href|src|action)="(/\w+)', page)) == {"/news"}
    assert set(re.findall(r'href="http://[^/"]+(/\w+)', feed)) == {"/news"}


def test_words_of_hostile_articles_are_harmless(standing: Running) -> None:
    page = _get(standing, q='"><script>alert(1)</script>', speaker="<b>", **{"from": "2024-01-01"}).text
    assert "<script>alert" not in page
    assert "<b>" not in page.replace("<b><bdi>", "")


def test_on_either_engine(location: str) -> None:
    engine = open_record(location, create=True)
    fill(engine)
    with serving(engine) as running:
        page = _get(running, q="السد", about="سد الغدير").text
        assert len(_ids(page)) > 3
        assert "<svg" in page
        assert _get(running, q="السد", format="atom").status_code == 200
    engine.dispose()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nobody_is_kept_out(standing: Running, tab: Any, language: str) -> None:
    tab.goto(f"{standing.url}/search?q=السد&form=indirect&lang={language}")
    sound(tab)
    tab.goto(f"{standing.url}/search?lang={language}")
    sound(tab)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_a_phone_nothing_is_wider_than_it(standing: Running, tab: Any, language: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    for query in ("q=السد&form=indirect", ""):
        tab.goto(f"{standing.url}/search?{query}&lang={language}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts(standing: Running, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(standing.url + "/search")
    tab.locator("form.search input[name=q]").fill("السد")
    tab.locator("main form.search button.main").click()
    everything = tab.locator("ol.results > li").count()
    tab.locator("aside .facet a").first.click()
    assert 0 < tab.locator("ol.results > li").count() < everything
    tab.locator(".chosen a").first.click()
    assert tab.locator("ol.results > li").count() == everything
    # A bar of the picture is a link.
    href = tab.locator("svg.bars a").first.get_attribute("href")
    tab.goto(standing.url + href)
    assert "from" in httpx.URL(tab.url).params
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_dragging_over_the_picture_chooses_its_days(standing: Running, tab: Any, language: str) -> None:
    tab.goto(f"{standing.url}/search?q=قال&lang={language}&page=1")
    bars = tab.locator("svg.bars a rect")
    assert bars.count() > 3
    boxes = sorted((bars.nth(n).bounding_box() for n in range(bars.count())), key=lambda box: box["x"])
    links = [httpx.URL(tab.locator("svg.bars a").nth(n).get_attribute("href")).params for n in range(bars.count())]
    assert boxes[0]["y"] > 0
    y = boxes[0]["y"] + boxes[0]["height"] / 2
    tab.mouse.move(boxes[-2]["x"] + 1, y)
    tab.mouse.down()
    tab.mouse.move(boxes[-2]["x"] + 20, y, steps=3)
    tab.mouse.move(boxes[-1]["x"] + boxes[-1]["width"] - 1, y, steps=5)
    assert tab.locator("svg .brush").count() == 1
    with tab.expect_navigation():
        tab.mouse.up()
    chosen = httpx.URL(tab.url).params
    days = sorted({(link["from"], link["to"]) for link in links})
    # The two bars farthest to the right: the earliest where Arabic is read, else the latest.
    two = days[:2] if language == "ar" else days[-2:]
    assert (chosen["from"], chosen["to"]) == (two[0][0], two[1][1])
    assert chosen["q"] == "قال"


def test_by_keyboard(standing: Running, tab: Any) -> None:
    tab.goto(standing.url + "/search?q=السد")
    tab.keyboard.press("/")
    tab.keyboard.type("القطار")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator("ol.results > li").count() > 0
    tab.locator("form.search input[name=q]").focus()
    reached = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
    hrefs = set(tab.locator("ol.results a").evaluate_all("all => all.map(a => a.getAttribute('href'))"))
    assert hrefs <= reached
