"""The first page: what was said in a span of days; and reading something at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Network
from threading import Thread
from typing import Any

import httpx
import pytest
from desks import Running, csrf, serving, sound

from qawl.article import Article
from qawl.desk.pages.spans import span_of
from qawl.intake.options import WebLimits
from qawl.record import showing
from qawl.record.engine import snapshot
from qawl.record.writing import add

SAID = "قال وزير الري سالم الغامري إن السد امتلأ."
TITLE = "السد يمتلئ قبل الموعد بأسبوع"
PAGE = f"<!doctype html><html><title>{TITLE}</title><h1>{TITLE}</h1><p>{SAID}</p>"


@contextmanager
def site() -> Iterator[str]:
    """A news site of one page, and of others that are none."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/dam": PAGE, "/feed": '<rss version="2.0"><channel><title>n</title></channel></rss>'}
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_last_days_of_a_record_that_has_ended(standing: Running) -> None:
    page = httpx.get(standing.url + "/?lang=en").text
    assert "nothing after" in page
    assert "12 November 2024" in page
    assert "سلمى العطار" in page
    assert "Statements carried by most outlets" in page
    assert "Turns" in page
    assert 'name="text"' in page


def test_a_span_that_is_asked_for(standing: Running) -> None:
    page = httpx.get(standing.url + "/?lang=en&from=2024-03-05&to=2024-03-05").text
    assert "رائد الخزامي" in page
    assert "سلمى العطار" not in page
    assert "New speakers" in page
    nothing = httpx.get(standing.url + "/?lang=en&from=2020-01-01&to=2020-01-02").text
    assert "no statements in this span" in nothing
    assert httpx.get(standing.url + "/?from=&to=").status_code == 200
    assert httpx.get(standing.url + "/?from=tomorrow").status_code == 422


def test_a_day_alone_is_named_once(standing: Running) -> None:
    page = httpx.get(standing.url + "/?lang=en&from=2024-11-12&to=2024-11-12").text
    assert page[page.index("<h1>") : page.index("</h1>")].count("2024") == 1


def test_spans(standing: Running) -> None:
    with snapshot(standing.engine) as connection:
        end = date(2024, 11, 12)
        now = span_of(connection, None, None, today=date(2024, 11, 13))
        assert (now.first, now.last, now.ended) == (end, date(2024, 11, 13), False)
        later = span_of(connection, None, None, today=date(2025, 1, 1))
        assert (later.first, later.last, later.ended) == (date(2024, 11, 6), end, True)
        turned = span_of(connection, date(2024, 5, 9), date(2024, 5, 1))
        assert (turned.first, turned.last) == (date(2024, 5, 1), date(2024, 5, 9))


def test_what_is_shown_follows_the_record(desk: Running) -> None:
    assert "سالم الغامري" not in httpx.get(desk.url + "/").text
    add(desk.engine, [Article(SAID, published=date(2024, 11, 12), outlet="صحيفة أخرى")], lambda outcome: None)
    page = httpx.get(desk.url + "/?lang=en").text
    assert "4 articles" in page.replace("\u2068", "").replace("\u2069", "")


def test_a_text_is_read_and_not_kept(standing: Running) -> None:
    with httpx.Client(base_url=standing.url) as client:
        text = f"عنوان الخبر\r\n\r\n{SAID}"
        page = client.post("/read?lang=en", data={"csrf": csrf(client), "text": text}).text
        assert "not kept" in page
        assert "سالم الغامري" in page
        assert "1 statement" in page.replace("\u2068", "").replace("\u2069", "")
        with pytest.raises(Exception, match="no such article"):
            showing.article(standing.engine, 16)


def test_an_editor_keeps_what_was_read(desk: Running, tab: Any) -> None:
    tab.goto(desk.url + "/preferences?language=en&back=/")
    tab.locator("#read-text").fill(f"عنوان الخبر\n\n{SAID}")
    tab.get_by_role("button", name="Read", exact=True).click()
    tab.get_by_label("Outlet").fill("صحيفة الوادي")
    tab.get_by_label("Published on").fill("2024-05-06")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Keep the article").click()
    assert tab.url.endswith("/articles/16")
    entry, found = showing.article(desk.engine, 16)
    assert (entry.article.outlet, entry.article.published) == ("صحيفة الوادي", date(2024, 5, 6))
    assert entry.article.text == f"عنوان الخبر\n\n{SAID}"
    assert len(found) == 1
    tab.goto(desk.url + "/read")
    tab.locator("#read-text").fill(f"عنوان الخبر\n\n{SAID}")
    tab.get_by_role("button", name="Read", exact=True).click()
    assert "This article is in the record" in tab.locator(".notice").inner_text()


def test_an_address_is_read(standing: Running) -> None:
    limits = WebLimits(allow_networks=(IPv4Network("127.0.0.0/8"),), pace=0.0)
    with site() as news, serving(standing.engine, web=limits) as running, httpx.Client(base_url=running.url) as client:
        token = csrf(client)

        def told(address: str) -> str:
            return client.post("/read?lang=en", data={"csrf": token, "text": address}).text

        page = told(f" {news}/dam ")
        assert "سالم الغامري" in page
        assert f'href="{news}/dam"' in page
        assert "there is a list of news" in told(f"{news}/feed").lower()
        assert "status" in told(f"{news}/none")


def test_what_cannot_be_read_is_told_in_the_language_of_the_page(standing: Running) -> None:
    with httpx.Client(base_url=standing.url, cookies={"language": "ar"}) as client:
        token = csrf(client)
        for text, said in [
            ("", "الصق نصًا أو عنوانًا أولًا"),
            ("http://127.0.0.1:1/x", "شبكة خاصة"),
            ("ftp://n.example/x", "ليس عنوانًا صحيحًا"),
            ("file:///etc/passwd", "ليس عنوانًا صحيحًا"),
            ("only english words", "لا حروف عربية"),
            (SAID * 6000, "أطول من أن يُقرأ"),
        ]:
            answer = client.post("/read", data={"csrf": token, "text": text})
            assert answer.status_code == 422
            assert said in answer.text


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", ["/", "/read"])
def test_nothing_keeps_anybody_out(standing: Running, tab: Any, path: str, language: str) -> None:
    tab.goto(f"{standing.url}{path}?lang={language}")
    sound(tab)
    tab.set_viewport_size({"width": 360, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_reading_for_everybody(standing: Running, tab: Any) -> None:
    tab.goto(standing.url + "/read")
    tab.locator("#read-text").fill(SAID)
    tab.locator(".readbox button").click()
    sound(tab)
    tab.set_viewport_size({"width": 360, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
