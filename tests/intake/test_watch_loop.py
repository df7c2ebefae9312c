"""Following feeds: what is asked when, with a clock of the test's own and real servers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from servers import Server, answer, pages
from test_fetching import page

from qawl.article import Article
from qawl.intake import fetching, watch
from qawl.intake.errors import InputError
from qawl.intake.failure import Failure
from qawl.intake.feeds import read_listing
from qawl.intake.fetching import Fetcher
from qawl.intake.options import Options, WebLimits
from qawl.intake.pages import article_from_page
from qawl.intake.watch import FeedState, Visit, Watcher
from qawl.intake.web import Web

START = datetime(2024, 3, 5, 8, tzinfo=UTC)
EVERY = timedelta(minutes=15)
OPTIONS = Options(web=WebLimits(allow_private=True, pace=0, seconds=5))


class Store:
    """States as a test sees them."""

    def __init__(self) -> None:
        self.states: dict[str, FeedState] = {}

    def load(self, url: str) -> FeedState | None:
        return self.states.get(url)

    def save(self, state: FeedState) -> None:
        self.states[state.url] = state


class World:
    """A watcher with its clock, its store, and what it delivered."""

    def __init__(self, store: Store | None = None, options: Options = OPTIONS, now: datetime = START) -> None:
        self.now = now
        self.store = store or Store()
        self.articles: list[Article] = []
        self.failures: list[Failure] = []
        self.slept: list[float] = []
        web = Web(options.web, clock=lambda: self.now.timestamp(), sleep=self.sleep)
        self.watcher = Watcher(
            Fetcher(options, web), self.store, self.deliver, every=EVERY, now=lambda: self.now, jitter=lambda: 0.0
        )

    def deliver(self, found: Iterator[Article | Failure]) -> None:
        for item in found:
            if isinstance(item, Article):
                self.articles.append(item)
            else:
                self.failures.append(item)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def run(self, feeds: list[str], visits: int) -> list[Visit]:
        found: list[Visit] = []
        for visit in self.watcher.follow(feeds, self.sleep, stop=lambda: len(found) >= visits):
            found.append(visit)
        return found

    def heads(self) -> list[str]:
        return [article.text.split("\n")[0] for article in self.articles]


def feed(*numbers: int, title: str = "الضفة") -> bytes:
    items = "".join(f"<item><link>/{n}</link><guid isPermaLink='false'>g{n}</guid></item>" for n in numbers)
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


def articles_of(*numbers: int) -> dict[str, bytes]:
    return {f"/{n}": page(f"الخبر رقم {n} اليوم") for n in numbers}


def heads(*numbers: int) -> list[str]:
    return [f"الخبر رقم {n} اليوم" for n in numbers]


def test_only_what_is_new_is_fetched() -> None:
    contents = {"/feed": answer(feed(2, 1)), **articles_of(1, 2, 3)}
    with pages(contents) as server:
        world = World()
        first, second = world.run([server.url("/feed")], 2)
        assert world.heads() == heads(1, 2)
        assert (first.new, second.new) == (2, 0)
        contents["/feed"] = answer(feed(3, 2, 1))
        (third,) = world.run([server.url("/feed")], 1)
        assert world.heads() == heads(1, 2, 3)
        assert third.new == 1
        assert [server.asked.count(f"/{n}") for n in (1, 2, 3)] == [1, 1, 1]
        assert world.now - START == 2 * EVERY
        # Another process goes on from what was kept.
        other = World(world.store, now=world.now)
        other.run([server.url("/feed")], 1)
        assert other.articles == []
        assert other.now - world.now == EVERY
    state = world.store.states[server.url("/feed")]
    assert (state.title, state.failures, len(state.seen)) == ("الضفة", 0, 3)


def test_requests_are_conditional() -> None:
    def handle(connection: socket.socket, path: str, request: str) -> None:
        if path == "/feed":
            asked = request.lower()
            same = 'if-none-match: "v1"' in asked and "if-modified-since: tue, 05 mar 2024 08:00:00 gmt" in asked
            body = answer(feed(1), etag='"v1"', last_modified="Tue, 05 Mar 2024 08:00:00 GMT")
            connection.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n" if same else body)
        else:
            connection.sendall(articles_of(1).get(path) or answer(status="404 Not Found"))

    with Server(handle) as server:
        world = World()
        visits = world.run([server.url("/feed")], 3)
        assert [visit.new for visit in visits] == [1, 0, 0]
        sent = [request for request in server.requests if "GET /feed" in request]
        assert "If-None-Match" not in sent[0]
        assert all('If-None-Match: "v1"' in request for request in sent[1:])
        state = world.store.states[server.url("/feed")]
        assert (state.etag, state.modified) == ('"v1"', "Tue, 05 Mar 2024 08:00:00 GMT")


def test_a_feed_in_trouble_is_asked_ever_less_often() -> None:
    contents = {"/feed": answer(status="500 Oops"), **articles_of(1)}
    with pages(contents) as server:
        world = World()
        visits = world.run([server.url("/feed")], 10)
        assert all(visit.error == "the server answered 500" for visit in visits)
        times = [visit.next_at for visit in visits]
        steps = [later - earlier for earlier, later in zip([START, *times], times, strict=False)]
        assert steps[:5] == [EVERY * 2, EVERY * 4, EVERY * 8, EVERY * 16, EVERY * 32]
        assert steps[-1] == timedelta(days=1)
        assert world.store.states[server.url("/feed")].failures == 10
        contents["/feed"] = answer(feed(1))
        world.run([server.url("/feed")], 1)
        state = world.store.states[server.url("/feed")]
        assert (state.failures, state.last_error, world.heads()) == (0, None, heads(1))
        assert state.next_at == world.now + EVERY


@pytest.mark.parametrize(
    ("reply", "pause"),
    [
        (answer(status="429 Too Many", retry_after="7200"), timedelta(hours=2)),
        (answer(status="503 Busy", retry_after="5"), EVERY * 2),
        (answer(status="410 Gone"), timedelta(days=30)),
        (answer(feed(1), cache_control="public, max-age=3600"), timedelta(hours=1)),
        (answer(feed(1), cache_control="max-age=60"), EVERY),
        (answer(feed(1), cache_control="max-age=99999999"), timedelta(hours=12)),
        (answer(b"no feed"), EVERY * 2),
        (answer(b"<opml><body><outline xmlUrl='http://e.example/'/></body></opml>"), EVERY * 2),
    ],
)
def test_when_a_feed_is_due_again(reply: bytes, pause: timedelta) -> None:
    with pages({"/feed": reply, **articles_of(1)}) as server:
        (visit,) = World().run([server.url("/feed")], 1)
        assert visit.next_at - START == pause


def test_pages_in_trouble_are_tried_again_and_given_up() -> None:
    contents = {"/feed": answer(feed(1, 2, 3), etag='"v1"'), "/2": answer(status="503 Busy"), **articles_of(1)}
    with pages(contents) as server:
        world = World()
        url = server.url("/feed")
        (visit,) = world.run([url], 1)
        assert (visit.new, visit.failed) == (1, 2)
        assert {failure.where for failure in world.failures} == {server.url("/2"), server.url("/3")}
        assert world.store.states[url].etag is None
        world.run([url], 6)
        # One that is not there is asked once, one whose server is in trouble four times.
        assert (server.asked.count("/3"), server.asked.count("/2")) == (1, 4)
        assert world.store.states[url].etag == '"v1"'
        contents["/2"] = page("الخبر رقم 2 اليوم")
        world = World(Store())
        world.run([url], 1)
        assert sorted(world.heads()) == heads(1, 2)


def test_robots_are_obeyed() -> None:
    contents = {"/feed": answer(feed(1, 2)), **articles_of(1, 2)}
    contents["/robots.txt"] = answer(b"User-agent: Qawl\nDisallow: /2\nCrawl-delay: 3")
    with pages(contents) as server:
        world = World()
        (visit,) = world.run([server.url("/feed")], 1)
        assert (visit.new, visit.failed, world.heads()) == (1, 1, heads(1))
        assert "/2" not in server.asked
        assert 3 in [round(seconds) for seconds in world.slept]
        contents["/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
        (visit,) = World().run([server.url("/feed")], 1)
        assert visit.error == "robots.txt does not allow it"


def test_one_feed_in_trouble_does_not_hold_up_the_others() -> None:
    with pages({"/feed": answer(feed(1)), **articles_of(1)}) as server:
        gone = server.url("/gone")
        visits = World().run([gone, server.url("/feed"), "http://[bad", "ftp://e.example/"], 4)
        assert [visit.error is None for visit in visits] == [False, True, False, False]


def test_an_article_in_two_feeds_is_fetched_once() -> None:
    with pages({"/a": answer(feed(1, 2)), "/b": answer(feed(2, 3)), **articles_of(1, 2, 3)}) as server:
        world = World()
        world.run([server.url("/a"), server.url("/b")], 2)
        assert sorted(world.heads()) == heads(1, 2, 3)
        assert server.asked.count("/2") == 1


def test_a_delivery_that_is_cut_short_is_made_again() -> None:
    with pages({"/feed": answer(feed(1, 2)), **articles_of(1, 2)}) as server:
        world = World()

        def broken(found: Iterator[Article | Failure]) -> None:
            next(found)
            raise OSError("the disk is full")

        world.watcher._deliver = broken
        with pytest.raises(OSError, match="full"):
            world.run([server.url("/feed")], 1)
        assert world.store.states == {}
        other = World(world.store)
        other.run([server.url("/feed")], 1)
        assert other.heads() == heads(2, 1)


def test_once_visits_what_is_due_and_ends() -> None:
    with pages({"/a": answer(feed(1)), "/b": answer(feed(2)), **articles_of(1, 2)}) as server:
        feeds = [server.url("/a"), server.url("/b"), server.url("/a")]
        world = World()
        assert len(list(world.watcher.follow(feeds, world.sleep, once=True))) == 2
        assert list(world.watcher.follow(feeds, world.sleep, once=True)) == []
        world.now += timedelta(hours=1)
        assert len(list(world.watcher.follow(feeds, world.sleep, once=True))) == 2
        assert world.slept == []


def test_a_state_from_a_clock_that_was_wrong() -> None:
    with pages({"/feed": answer(feed(1)), **articles_of(1)}) as server:
        store = Store()
        store.save(FeedState(server.url("/feed"), next_at=START + timedelta(days=900)))
        world = World(store)
        world.run([server.url("/feed")], 1)
        assert world.now == START


def test_for_days_on_end() -> None:
    """Ten days of a feed that changes every hour: each article once, and what is remembered does not grow."""
    with pages({}) as server:
        world = World(options=Options(web=WebLimits(allow_private=True, pace=0, robots=False)))

        def handle(connection: socket.socket, path: str, request: str) -> None:
            hours = int((world.now - START).total_seconds() // 3600)
            if path == "/feed":
                connection.sendall(answer(feed(*range(hours, max(-1, hours - 10), -1))))
            else:
                connection.sendall(page(f"الخبر رقم {path[1:]} اليوم"))

        server.handler = handle
        world.run([server.url("/feed")], 10 * 24 * 4)
        assert world.now - START >= timedelta(days=9)
        numbers = [int(head.split()[2]) for head in world.heads()]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) > 9 * 24
        assert max(world.slept) <= 30


def test_what_a_server_calls_a_state_need_not_be_ascii() -> None:
    state = b'ETag: "\xe9\xd9"\r\nLast-Modified: \xd9\xa7'

    def handler(connection: socket.socket, path: str, _: str) -> None:
        body = feed()
        if path == "/robots.txt":
            connection.sendall(answer(status="404 Not Found"))
        else:
            connection.sendall(answer(body).replace(b"Connection: close", b"Connection: close\r\n" + state))

    with Server(handler) as server:
        visits = World().run([server.url("/feed")], 2)
    assert [visit.error for visit in visits] == [None, None]
    assert 'If-None-Match: "\xe9\xd9"' in server.requests[-1]


def test_a_fault_of_ours_ends_neither_the_visit_nor_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(data: bytes, *args: Any, **how: Any) -> Article:
        if "رقم 2" in data.decode():
            raise RuntimeError("odd page")
        return article_from_page(data, *args, **how)

    monkeypatch.setattr(fetching, "article_from_page", faulty)
    with pages({"/feed": answer(feed(3, 2, 1))} | articles_of(1, 2, 3)) as server:
        world = World()
        (visit,) = world.run([server.url("/feed")], 1)
        assert (visit.new, visit.failed) == (2, 1)
        assert "odd page" in world.failures[0].reason
        monkeypatch.setattr(watch, "read_listing", lambda *_: [][0])
        (visit,) = World().run([server.url("/feed")], 1)
        assert "internal error" in str(visit.error)


def test_a_title_that_no_database_keeps() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "a\\u0000b\\ud800", "items": []}'
    assert read_listing(body, "feed").title == "a\ufffdb\ufffd"


@pytest.mark.parametrize("address", ["http://[odd/feed", "https://somebody:secret@dhiffa.example/feed"])
def test_what_is_no_address_of_a_feed(address: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no web address|a password in it"):
        watch.feeds_of(address, Fetcher(OPTIONS))
    listed = tmp_path / "feeds.txt"
    listed.write_text("https://dhiffa.example/feed\nhttps://somebody:secret@marsad.example/feed\n")
    with pytest.raises(InputError, match="a password in it"):
        watch.feeds_of(str(listed), Fetcher(OPTIONS))


def test_what_could_not_be_delivered_is_fetched_again() -> None:
    contents = {"/feed": answer(feed(2, 1))} | articles_of(1, 2)
    with pages(contents) as server:
        world = World()
        deliver = world.watcher._deliver

        def fail(found: Iterator[Article | Failure]) -> None:
            list(found)
            raise ConnectionError("the database is gone")

        world.watcher._deliver = fail
        with pytest.raises(ConnectionError):
            world.run([server.url("/feed")], 1)
        world.watcher._deliver = deliver
        (visit,) = world.run([server.url("/feed")], 1)
    assert visit.new == 2
    assert world.heads() == heads(1, 2)
