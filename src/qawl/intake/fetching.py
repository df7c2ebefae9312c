"""From addresses to articles: a page, or all that a feed, a list of feeds or a sitemap names."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qawl.article import Article
from qawl.intake.errors import InputError, ListError, faults_as_input_errors
from qawl.intake.failure import Failure
from qawl.intake.feeds import Entry, Listing, kind_of, read_listing
from qawl.intake.html import looks_like_html
from qawl.intake.options import Options
from qawl.intake.pages import article_from_page, host_of
from qawl.intake.robots import Robots
from qawl.intake.streams import unpacked
from qawl.intake.text import decode_text
from qawl.intake.web import Answer, Web

_DEEPEST = 3  # lists within lists: a list of feeds names feeds, an index of sitemaps names sitemaps
_PATIENCE = 60.0  # seconds that a busy server may ask us to wait before the next try
_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})


class Fetcher:
    """Fetches pages and lists for one run, by the user's options. Not for use by several threads at once."""

    def __init__(self, options: Options, web: Web | None = None, robots: Robots | None = None) -> None:
        self.options = options
        self.web = web or Web(options.web)
        self.robots = robots or Robots(self.web)
        self._taken = 0

    @faults_as_input_errors()
    def page(self, url: str) -> Article:
        """The article at an address that the user named. Raises ListError where there is a list of articles, InputError
        where there is nothing to read."""
        # A page that a person asks for by its address is not for robots.txt to forbid.
        answer = self.web.get(url)
        body = _body(answer, self.options)
        if kind_of(body) is not None:
            raise ListError("a feed or a sitemap, not an article")
        return self._article(answer, body, Entry(url))

    def articles(self, url: str) -> Iterator[Article | Failure]:
        """The article at an address that the user named, or all that the list there names."""
        try:
            # A page that a person asks for by its address is not for robots.txt to forbid.
            answer = self.web.get(url, patience=_PATIENCE)
            body = _body(answer, self.options)
            kind = kind_of(body)
            if kind is None:
                yield self._article(answer, body, Entry(url))
                return
            listing = read_listing(body, kind, answer.url, answer.charset)
        except InputError as error:
            yield Failure(url, str(error))
            return
        self._taken = 0
        yield from self.listed(listing, url)

    def listed(
        self, listing: Listing, name: str, depth: int = 1, seen: set[str] | None = None
    ) -> Iterator[Article | Failure]:
        """All articles that a list names, in its order, then those of the lists that it names. `name` stands for the
        list in failures; `seen` are the addresses that were met already."""
        seen = set() if seen is None else seen
        if not listing.entries and not listing.lists and depth == 1:
            yield Failure(name, "a list that names nothing")
        for number, entry in enumerate(listing.entries, 1):
            if entry.url in seen:
                continue
            if entry.url:
                seen.add(entry.url)
            if self._taken >= self.options.web.pages:
                yield Failure(name, f"more than {self.options.web.pages} pages; the rest is left (see --max-pages)")
                return
            self._taken += 1
            try:
                yield self.entry(entry)
            except InputError as error:
                yield Failure(entry.url or f"{name}: entry {number}", str(error))
        for address in listing.lists:
            if address in seen:
                continue
            seen.add(address)
            if depth >= _DEEPEST:
                yield Failure(address, "lists within lists within lists: too deep")
                continue
            try:
                below = self._list(address)
            except InputError as error:
                yield Failure(address, str(error))
            else:
                yield from self.listed(below, address, depth + 1, seen)

    @faults_as_input_errors()
    def _list(self, address: str) -> Listing:
        """What the list at an address names. Raises InputError where there is none."""
        answer = self.web.get(address, patience=_PATIENCE, before=self._before)
        body = _body(answer, self.options)
        kind = kind_of(body)
        if kind is None:
            raise InputError("neither a feed nor a sitemap")
        return read_listing(body, kind, answer.url, answer.charset)

    @faults_as_input_errors()
    def entry(self, entry: Entry) -> Article:
        """The article that an entry of a list names: its page, or where it has none, the text in the entry.

        Raises InputError where there is none, or robots.txt does not want it fetched.
        """
        if entry.url is None:
            return self._from_entry(entry)
        answer = self.web.get(entry.url, patience=_PATIENCE, before=self._before)
        return self._article(answer, _body(answer, self.options), entry)

    def ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The answer at an address, with these headers, unless robots.txt forbids it. Raises InputError."""
        return self.web.get(url, headers=headers, before=self._before)

    def _before(self, url: str) -> float | None:
        return self.robots.check(url) if self.options.web.robots else None

    def _article(self, answer: Answer, body: bytes, entry: Entry) -> Article:
        if answer.media_type == "text/plain" and not looks_like_html(body):
            article = Article(decode_text(body, answer.charset or self.options.encoding), id=answer.url, url=answer.url)
        elif answer.media_type in _PAGES or looks_like_html(body):
            article = article_from_page(body, answer.charset, url=answer.url, options=self.options)
        else:
            raise InputError(f"no page but {answer.media_type}")
        return _completed(article, entry, self.options)

    def _from_entry(self, entry: Entry) -> Article:
        if not entry.html:
            raise InputError("an entry without an address and without a text")
        page = f"<h1>{html.escape(entry.title)}</h1>{entry.html}"
        article = article_from_page(page.encode("utf-8", "replace"), "utf-8", url=None, options=self.options)
        return _completed(article, entry, self.options)


def _completed(article: Article, entry: Entry, options: Options) -> Article:
    """The article with what the list knows and the page does not say."""
    return replace(
        article,
        id=entry.id or article.id,
        published=article.published or entry.published,
        authors=article.authors or entry.authors,
        outlet=article.outlet or entry.outlet or options.outlet or host_of(article.url),
    )


def _body(answer: Answer, options: Options) -> bytes:
    """The body, unpacked where it is itself a gzip file, as large sitemaps are."""
    return unpacked(answer.body, options.web.size)
