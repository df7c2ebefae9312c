"""Addresses of feeds that open without signing in: feeds alone, shown once, closed at will, written down nowhere."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import httpx
import pytest
from desks import Running, csrf, serving, sound
from sqlalchemy import select
from test_access import PASSWORD, _quick_passwords, guarded, post, signed_in  # noqa: F401

from qawl.desk.access import accounts, tokens
from qawl.record import tables
from qawl.record.engine import open_record, snapshot


def _made(client: httpx.Client, feed: str = "/search?q=السد", name: str = "reader at home", **more: str) -> str:
    answer = post(client, "/account/feeds", feed=feed, name=name, **more)
    assert answer.status_code == 200, answer.text
    assert "no-store" in answer.headers["cache-control"]
    found = re.search(r'<code class="token" dir="ltr">(http[^<]+)</code>', answer.text)
    assert found
    return html.unescape(found[1])


def test_a_feed_reader_subscribes_in_either_language(guarded: Running) -> None:  # noqa: F811
    titles = {}
    for language in ("ar", "en"):
        with signed_in(guarded.url, "نور") as client:
            client.cookies.set("language", language)
            address = _made(client)
        found = feedparser.parse(address)
        assert (found.status, found.bozo) == (200, False)
        assert found.entries
        assert "qawl_" not in httpx.get(address).text
        titles[language] = found.feed.title
    assert titles["ar"] != titles["en"]
    assert all("السد" in title for title in titles.values())


def test_the_key_opens_feeds_alone(guarded: Running) -> None:  # noqa: F811
    with signed_in(guarded.url, "ليلى") as client:
        key = httpx.URL(_made(client)).params["key"]
    with httpx.Client(base_url=guarded.url) as client:
        assert client.get("/search", params={"q": "قال", "format": "atom", "key": key}).status_code == 200
        for format in ("json", "csv", ""):
            refused = client.get("/search", params={"q": "قال", "format": format, "key": key})
            assert refused.status_code == 403, format
        for path in ("/", "/articles/1", "/saved", "/account", "/metrics", "/api/v1/articles", "/audit?format=csv"):
            opened = client.get(path, params={"format": "atom", "key": key})
            assert opened.status_code in (303, 401), path
        bearer = {"Authorization": f"Bearer {key}"}
        assert client.get("/api/v1/articles", headers=bearer).status_code == 401
        assert client.post("/search", params={"format": "atom", "key": key}).status_code in (303, 405)


def test_a_programs_token_is_no_key_of_feeds(guarded: Running) -> None:  # noqa: F811
    with snapshot(guarded.engine) as connection:
        account = connection.scalar(select(tables.accounts.c.id))
    assert account is not None
    token = tokens.make(guarded.engine, account, "script", "reader", who="test")
    for key in (token, "qawl_" + "x" * 43, ""):
        asked = httpx.get(guarded.url + "/search", params={"q": "قال", "format": "atom", "key": key})
        assert asked.status_code == 403


def test_closed_it_opens_nothing_and_a_session_does_not_make_up_for_it(guarded: Running) -> None:  # noqa: F811
    with signed_in(guarded.url, "نور") as client:
        address = _made(client, name="reader at home")
        page = client.get("/account").text
        assert "qawl_" not in page
        assert "reader at home" in page
        found = re.search(r"/account/tokens/(\d+)/close", page)
        assert found
        assert httpx.get(address).status_code == 200
        assert post(client, found[0]).status_code == 303
        assert httpx.get(address).status_code == 403
        assert client.get(address).status_code == 403
    with snapshot(guarded.engine) as connection:
        kept = connection.execute(select(tables.api_tokens)).all()
        assert [row.role for row in kept] == ["feed"]
        assert "qawl_" not in repr(kept)


def test_with_the_account_closed_its_feeds_are(guarded: Running) -> None:  # noqa: F811
    with signed_in(guarded.url, "نور") as client:
        address = _made(client)
    accounts.close(guarded.engine, "نور", who="test")
    assert httpx.get(address).status_code == 403


@pytest.mark.parametrize(
    "feed", ["", "/articles/1", "https://elsewhere.example/search?q=x", "//elsewhere/search?q=x", "/search"]
)
def test_only_searches_have_feeds(guarded: Running, feed: str) -> None:  # noqa: F811
    with signed_in(guarded.url, "نور") as client:
        assert post(client, "/account/feeds", feed=feed, name="x").status_code == 422


def test_under_a_prefix(desk: Running) -> None:
    accounts.add(desk.engine, "نور", "reader", PASSWORD, who="test")
    with serving(desk.engine, accounts=True, prefix="/qawl") as running:
        with httpx.Client() as client:
            page = client.get(running.url + "/sign-in").text
            sent = re.search(r'name="csrf" content="([0-9a-f]+)"', page)
            assert sent
            client.post(running.url + "/sign-in", data={"csrf": sent[1], "name": "نور", "password": PASSWORD})
            sent = re.search(r'name="csrf" content="([0-9a-f]+)"', client.get(running.url + "/account").text)
            assert sent
            data = {"csrf": sent[1], "feed": "/search?q=السد", "name": "x"}
            text = client.post(running.url + "/account/feeds", data=data).text
        found = re.search(r'dir="ltr">(http[^<]+)</code>', text)
        assert found
        assert feedparser.parse(html.unescape(found[1])).entries


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_a_search_to_its_address(guarded: Running, tab: Any, language: str) -> None:  # noqa: F811
    tab.goto(f"{guarded.url}/sign-in?lang={language}")
    tab.fill("input[name=name]", "نور")
    tab.fill("input[name=password]", PASSWORD)
    with tab.expect_navigation():
        tab.press("input[name=password]", "Enter")
    tab.context.add_cookies([{"name": "language", "value": language, "url": guarded.url}])
    tab.goto(f"{guarded.url}/search?q=السد&act=deny")
    with tab.expect_navigation():
        tab.click("a[href*='/account?feed=']")
    tab.fill("#feed-name", "بيتي")
    with tab.expect_navigation():
        tab.press("#feed-name", "Enter")
    address = tab.locator("#feeds ~ .notice code").inner_text()
    assert httpx.URL(address).params["act"] == "deny"
    assert feedparser.parse(address).status == 200
    sound(tab)


def test_it_stands_in_no_log_and_no_figure(filled: Path, tmp_path: Path) -> None:
    import shutil
    import time

    path = tmp_path / "desk.db"
    shutil.copy(filled, path)
    engine = open_record(str(path))
    account = accounts.add(engine, "نور", "reader", PASSWORD, who="test")
    key = tokens.make(engine, account, "reader at home", tokens.FEED, who="test")
    bearer = {"Authorization": "Bearer " + tokens.make(engine, account, "watch", "reader", who="test")}
    engine.dispose()
    call = "from qawl.cli.main import main; main()"
    with (tmp_path / "log").open("w") as log, (tmp_path / "out").open("w") as out:
        desk = subprocess.Popen(
            [sys.executable, "-c", call, "serve", "--db", str(path), "--port", "0"], stdout=out, stderr=log
        )
        try:
            until = time.monotonic() + 60
            while not (url := (tmp_path / "out").read_text().strip().rstrip("/")):
                assert time.monotonic() < until
                assert desk.poll() is None
                time.sleep(0.1)
            asked = {"q": "السد", "format": "atom", "key": key}
            assert httpx.get(url + "/search", params=asked).status_code == 200
            assert httpx.get(url + "/search", params={**asked, "format": "csv"}).status_code == 403
            assert httpx.get(url + "/search", params={**asked, "act": "no such act"}).status_code >= 400
            assert httpx.get(url + "/search", params={**asked, "key": key[:-1]}).status_code == 403
            httpx.get(url + "/search/", params=asked)
            httpx.get(url + "/nothing", params=asked)
            figures = httpx.get(url + "/metrics", headers=bearer).text
        finally:
            desk.terminate()
            desk.wait()
    written = (tmp_path / "log").read_text() + (tmp_path / "out").read_text() + figures
    assert '"/search"' in written
    assert "qawl_requests" in written or "qawl_" in figures
    assert key not in written
    assert key[5:20] not in written


def test_the_form_of_another_session_makes_none(guarded: Running) -> None:  # noqa: F811
    with signed_in(guarded.url, "نور") as client, signed_in(guarded.url, "سامر") as other:
        data = {"csrf": csrf(other, "/account"), "feed": "/search?q=x", "name": "x"}
        assert client.post("/account/feeds", data=data).status_code == 403
