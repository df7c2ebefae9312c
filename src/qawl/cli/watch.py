"""`qawl watch`: follow feeds, and add what is new in them to the record."""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from qawl.article import Article
from qawl.cli.catching_up import catch_up
from qawl.cli.listing import plain
from qawl.cli.record_options import db_option, opened, who_option
from qawl.cli.sources_options import web_limits, web_options

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from qawl.intake.failure import Failure
    from qawl.intake.fetching import Fetcher
    from qawl.intake.watch import FeedState, Visit

_LOOKED_UP = 3600.0  # seconds after which lists of feeds are read anew
_TROUBLE = 60.0  # seconds until a database in trouble is tried again


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@db_option
@who_option
@click.option(
    "--every", type=click.FloatRange(min=1), default=15, show_default=True, metavar="MINUTES", help="Between visits."
)
@click.option("--once", is_flag=True, help="Visit the feeds that are due, and end (for cron).")
@web_options
def watch(feeds: tuple[str, ...], db: str, who: str, every: float, once: bool, **web: Any) -> None:
    """Follow feeds, and add each new article in them to the record, which is made where there is none.

    FEEDS are addresses of RSS, Atom or JSON feeds or of sitemaps, OPML files (or addresses ending in .opml), and text
    files with one address a line. Lists are read anew every hour, so feeds can be added while it runs. It ends at
    Ctrl-C; whoever starts it again goes on from where it was.

    Exit status: 0 it was ended, or with --once all went well; 1 with --once something failed; 2 wrong usage.
    """
    from qawl.intake.fetching import Fetcher
    from qawl.intake.options import Options
    from qawl.intake.watch import Watcher

    fetcher = Fetcher(Options(web=web_limits(**web)))
    addresses = _Addresses(feeds, fetcher)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with opened(db, create=True) as engine:
        from sqlalchemy.exc import DBAPIError

        from qawl.record.engine import first_line
        from qawl.record.log import note

        counts: Counter[str] = Counter()
        adding = _Adding(engine, counts)
        watcher = Watcher(fetcher, _Store(engine), adding.deliver, every=timedelta(minutes=every))
        try:
            while True:
                over = partial(_is_past, time.monotonic() + _LOOKED_UP)
                try:
                    for visit in watcher.follow(addresses.now(), time.sleep, over, once=once):
                        _tell(visit, counts)
                except DBAPIError as error:
                    if once:
                        raise
                    click.echo(f"qawl: the database says: {first_line(error)}; trying again", err=True)
                    time.sleep(_TROUBLE)
                if once:
                    break
        except KeyboardInterrupt:
            click.echo("qawl: ended; the same command goes on from here", err=True)
        if counts["new"] or counts["changed"]:
            note(engine, who, "watch", {"feeds": list(feeds), **counts})
    click.echo(f"{counts['new']} new, {counts['changed']} changed, {counts['known']} known, {counts['failed']} failed")
    if once and counts["failed"]:
        sys.exit(1)


def _is_past(end: float) -> bool:
    return time.monotonic() > end


def _tell(visit: Visit, counts: Counter[str]) -> None:
    when = f"{datetime.now():%Y-%m-%d %H:%M}"
    if visit.error is not None:
        counts["failed"] += 1
        again = f"{visit.next_at.astimezone():%Y-%m-%d %H:%M}"
        click.echo(plain(f"qawl: {visit.url}: {visit.error}; asked again at {again}"), err=True)
    elif visit.new or visit.failed:
        click.echo(plain(f"{when}  {visit.url}: {visit.new} fetched, {visit.failed} failed"))


class _Addresses:
    """The feeds that the user named, his lists read anew each time; one that cannot be read keeps what it had."""

    def __init__(self, sources: tuple[str, ...], fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._sources = sources
        self._known: dict[str, list[str]] = {}

    def now(self) -> list[str]:
        from qawl.intake.errors import InputError
        from qawl.intake.options import without_login
        from qawl.intake.watch import feeds_of

        for source in self._sources:
            try:
                self._known[source] = feeds_of(source, self._fetcher)
            except InputError as error:
                if not self._known:
                    raise click.UsageError(f"{without_login(source)}: {error}") from None
                click.echo(plain(f"qawl: {source}: {error}; going on with what it said before"), err=True)
        return [url for source in self._sources for url in self._known.get(source, [])]


class _Adding:
    """Puts articles into the record and counts what became of them."""

    def __init__(self, engine: Engine, counts: Counter[str]) -> None:
        self._engine = engine
        self._counts = counts

    def deliver(self, found: Iterator[Article | Failure]) -> None:
        from qawl.intake.failure import Failure
        from qawl.intake.sources import storable
        from qawl.record.writing import Outcome, add

        def readable() -> Iterator[Article]:
            for item in found:
                if isinstance(item, Failure):
                    self._counts["failed"] += 1
                    click.echo(plain(f"qawl: {item.where}: {item.reason}"), err=True)
                else:
                    yield storable(item)

        def tell(outcome: Outcome) -> None:
            self._counts[outcome.kind] += 1
            if outcome.kind == "failed":
                click.echo(plain(f"qawl: {outcome.article.url or outcome.article.id}: {outcome.reason}"), err=True)

        add(self._engine, readable(), tell)
        catch_up(self._engine)


class _Store:
    """The states of feeds as the record's table keeps them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self, url: str) -> FeedState | None:
        from qawl.intake.watch import FeedState
        from qawl.record.feeds import feed

        row = feed(self._engine, url)
        if row is None:
            return None
        values: dict[str, Any] = row._asdict()
        for name in ("checked_at", "next_at"):
            values[name] = datetime.fromisoformat(values[name]) if values[name] else None
        return FeedState(**values | {"seen": tuple(row.seen)})

    def save(self, state: FeedState) -> None:
        from qawl.record.feeds import Feed, keep_feed
        from qawl.record.times import moment

        values = asdict(state)
        for name in ("checked_at", "next_at"):
            values[name] = moment(values[name].astimezone(UTC)) if values[name] else None
        keep_feed(self._engine, Feed(**values | {"seen": list(state.seen)}))
