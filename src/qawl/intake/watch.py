"""Following feeds for weeks: each is asked when it is due, politely, and only what is new in it is fetched.

What is known of a feed (`FeedState`) is kept by a `FeedStore`, which is the record's: whoever starts again goes on from
there. A feed's state is saved after its articles were delivered, so that one whose delivery was cut short is asked
again, and its articles, which are the same then, are added once.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from qawl.article import Article
from qawl.intake.errors import InputError, faults_as_input_errors
from qawl.intake.failure import Failure
from qawl.intake.feeds import Entry, Listing, kind_of, read_listing
from qawl.intake.fetching import Fetcher
from qawl.intake.options import is_address, without_login
from qawl.intake.streams import STREAM_ERRORS, opened, reason, unpacked
from qawl.intake.text import decode_text
from qawl.intake.web import Answer, WebError, normalised

_LONGEST = timedelta(days=1)  # between two tries of a feed in trouble
_GONE = timedelta(days=30)  # until a feed that is gone (410) is tried once more
_BELIEVED = timedelta(hours=12)  # the longest that a server may ask for by `Cache-Control: max-age`
_REMEMBERED = 5000  # entries of one feed, the latest
_TRIES = 4  # of a page in trouble, in one run; then it is given up
_FETCHED = 100_000  # addresses of this run that are remembered
_SLICE = 30.0  # seconds slept at once, so that a clock that was set or a machine that slept does no harm
_FRESH = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed. Times are of UTC. `seen` are short hashes of the entries that were dealt with, the
    latest last; `failures` is the number of times in a row that it could not be had."""

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    checked_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    seen: tuple[str, ...] = ()


class FeedStore(Protocol):
    """Where the states of feeds are kept."""

    def load(self, url: str) -> FeedState | None:
        """The state of a feed; None for one that was never asked."""

    def save(self, state: FeedState) -> None:
        """Keep a state, instead of an older one of the same address."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking one feed: `new` articles, `failed` pages, and when it is due again. `error`: why the feed
    itself could not be had."""

    url: str
    new: int
    failed: int
    next_at: datetime
    error: str | None = None


#: Takes the articles of one visit, as they come, and returns when all are safe.
Deliver = Callable[[Iterator[Article | Failure]], None]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Watcher:
    """Asks feeds when they are due. Not for use by several threads at once.

    `every` is the time between two visits of a feed that is well; one in trouble is asked ever less often, up to once a
    day, and never before its server says. `now` gives the time with its zone, `jitter` a number from 0 to 1.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        store: FeedStore,
        deliver: Deliver,
        *,
        every: timedelta = timedelta(minutes=15),
        now: Callable[[], datetime] = _utc_now,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._fetcher = fetcher
        self._store = store
        self._deliver = deliver
        self._every = every
        self._now = now
        self._jitter = jitter
        self._due: dict[str, datetime] = {}
        self._fetched: dict[str, None] = {}
        self._tried: dict[str, int] = {}

    def follow(
        self,
        feeds: Sequence[str],
        sleep: Callable[[float], None],
        stop: Callable[[], bool] = lambda: False,
        *,
        once: bool = False,
    ) -> Iterator[Visit]:
        """Visit the feeds as they fall due, until `stop` says so; with `once`, visit those that are due and end.

        `sleep` waits so many seconds or less. Raises what `deliver` and the store raise.
        """
        feeds = list(dict.fromkeys(feeds))
        if once:
            for url in feeds:
                if not stop() and self._due_at(url) <= self._now():
                    yield self.visit(url)
            return
        while feeds and not stop():
            url = min(feeds, key=self._due_at)
            wait = (self._due_at(url) - self._now()).total_seconds()
            if wait > 0:
                sleep(min(wait, _SLICE))
            else:
                yield self.visit(url)

    def _due_at(self, url: str) -> datetime:
        if url not in self._due:
            state = self._store.load(url)
            now = self._now()
            due = state.next_at if state and state.next_at else now
            # A time beyond all that we set was set by a clock that was wrong.
            self._due[url] = due if due <= now + 2 * _GONE else now
        return self._due[url]

    def visit(self, url: str) -> Visit:
        """Ask one feed now, deliver what is new in it, and save its state."""
        state = self._store.load(url) or FeedState(url)
        now = self._now()
        try:
            with faults_as_input_errors():
                answer = self._ask(state)
                listing = self._listing(answer)
        except InputError as error:
            return self._failed(state, error, now)
        state = replace(state, checked_at=now, failures=0, last_error=None)
        next_at = now + self._pause(answer)
        if listing is None:  # not changed since
            return self._end(replace(state, next_at=next_at), Visit(url, 0, 0, next_at))
        counts = {"new": 0, "failed": 0}
        seen = dict.fromkeys(state.seen)
        again: list[str] = []
        given: dict[str | None, None] = {}
        self._deliver(self._new(listing, url, seen, again, given, counts))
        for address in given:  # now that they are safe
            self._remember(address)
        latest = list(seen)[-max(_REMEMBERED, len(listing.entries)) :]
        state = replace(
            state,
            title=listing.title or state.title,
            # Where a page is to be tried again, the feed must not say that it has not changed.
            etag=None if again else answer.headers.get("etag"),
            modified=None if again else answer.headers.get("last-modified"),
            next_at=next_at,
            seen=tuple(latest),
        )
        return self._end(state, Visit(url, counts["new"], counts["failed"], next_at))

    def _ask(self, state: FeedState) -> Answer:
        headers = {}
        if state.etag:
            headers["If-None-Match"] = state.etag
        if state.modified:
            headers["If-Modified-Since"] = state.modified
        return self._fetcher.ask(state.url, headers=headers)

    def _listing(self, answer: Answer) -> Listing | None:
        """What the feed lists; None where it has not changed."""
        if answer.status == 304:
            return None
        body = unpacked(answer.body, self._fetcher.options.web.size)
        kind = kind_of(body)
        if kind is None:
            raise InputError("neither a feed nor a sitemap")
        listing = read_listing(body, kind, answer.url, answer.charset)
        if listing.lists:
            raise InputError("a list of feeds or sitemaps, not a feed: save it to a file, and name that")
        return listing

    def _new(
        self,
        listing: Listing,
        url: str,
        seen: dict[str, None],
        again: list[str],
        given: dict[str | None, None],
        counts: dict[str, int],
    ) -> Iterator[Article | Failure]:
        """The articles of the entries that were not dealt with before; the others are put last among `seen`, so that
        what a feed still lists is forgotten last. Feeds list the newest first: the oldest is given first."""
        for number, entry in reversed(list(enumerate(listing.entries, 1))):
            key = _key(entry)
            if key in seen:
                seen[key] = seen.pop(key)
                continue
            where = entry.url or f"{url}: entry {number}"
            if entry.url and (entry.url in self._fetched or entry.url in given):  # listed by another feed, or twice
                seen[key] = None
                continue
            try:
                article = self._fetcher.entry(entry)
            except InputError as error:
                counts["failed"] += 1
                self._tried[key] = self._tried.get(key, 0) + 1
                if _may_pass(error) and self._tried[key] < _TRIES:
                    again.append(key)
                else:
                    seen[key] = None
                    del self._tried[key]
                yield Failure(where, str(error))
            else:
                seen[key] = None
                self._tried.pop(key, None)
                given[entry.url] = None
                counts["new"] += 1
                yield article

    def _remember(self, url: str | None) -> None:
        if url:
            self._fetched[url] = None
            if len(self._fetched) > _FETCHED:
                del self._fetched[next(iter(self._fetched))]

    def _failed(self, state: FeedState, error: InputError, now: datetime) -> Visit:
        failures = state.failures + 1
        if isinstance(error, WebError) and error.status == 410:
            pause = _GONE
        else:
            pause = min(self._every * 2 ** min(failures, 20), max(_LONGEST, self._every))
            if isinstance(error, WebError) and error.retry_after is not None:
                pause = max(pause, timedelta(seconds=error.retry_after))
        next_at = now + self._spread(pause)
        state = replace(state, checked_at=now, next_at=next_at, failures=failures, last_error=str(error))
        return self._end(state, Visit(state.url, 0, 0, next_at, str(error)))

    def _pause(self, answer: Answer) -> timedelta:
        """The time until the next visit: ours, or what the server says it is good for, where that is longer."""
        fresh = _FRESH.search(answer.headers.get("cache-control", ""))
        said = min(timedelta(seconds=int(fresh[1])), _BELIEVED) if fresh else timedelta()
        return self._spread(max(self._every, said))

    def _spread(self, pause: timedelta) -> timedelta:
        """A little longer than asked, by chance, so that feeds do not all fall due at once."""
        return pause * (1 + self._jitter() / 10)

    def _end(self, state: FeedState, visit: Visit) -> Visit:
        self._store.save(state)
        self._due[state.url] = visit.next_at
        return visit


def feeds_of(source: str, fetcher: Fetcher) -> list[str]:
    """The addresses of the feeds that a user names: an address is one (but a list where it ends in .opml), a file is
    OPML or has one address a line, `#` beginning a remark.

    Raises InputError where there is none.
    """
    if is_address(source):
        if not urlsplit(normalised(source)).path.lower().endswith(".opml"):
            return [source]
        data = fetcher.web.get(source).body
    else:
        try:
            with opened(Path(source)) as stream:
                data = stream.read(fetcher.options.size + 1)
        except STREAM_ERRORS as error:
            raise InputError(reason(error)) from None
        if len(data) > fetcher.options.size:
            raise InputError(f"more than {fetcher.options.size} bytes")
    if kind_of(data) == "opml":
        found = list(read_listing(data, "opml", source if is_address(source) else None).lists)
    else:
        lines = (line.partition(" #")[0].strip() for line in decode_text(data).removeprefix("\ufeff").splitlines())
        found = [line for line in lines if line and not line.startswith("#")]
    wrong = [line for line in found if not is_address(line)]
    if any(without_login(line) != line for line in found):
        raise InputError("an address with a user's name or a password in it")
    if wrong or not found:
        raise InputError(f"no address of a feed: {wrong[0][:80]}" if wrong else "no address of a feed in it")
    return found


def _key(entry: Entry) -> str:
    """Ten letters that stand for an entry: for its id, else its address, else its words."""
    name = entry.id or entry.url or f"{entry.title}\n{entry.html}"
    return blake2b(name.encode("utf-8", "replace"), digest_size=5).hexdigest()


def _may_pass(error: InputError) -> bool:
    """May the trouble be over the next time? Not what the page itself is, nor what a server says for good."""
    return isinstance(error, WebError) and (error.status is None or error.status == 429 or error.status >= 500)
