"""Where articles come from: any source that a user can name, as a stream of articles and failures."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from qawl.article import Article
from qawl.intake.csv_rows import articles_from_csv
from qawl.intake.errors import InputError
from qawl.intake.failure import Failure
from qawl.intake.files import HTML_SUFFIXES, article_from_bytes, find_files
from qawl.intake.jsonl import articles_from_json, articles_from_lines
from qawl.intake.options import Options, WebLimits, is_address, localised, without_login
from qawl.intake.streams import STREAM_ERRORS, opened, plain_suffix, reason

if TYPE_CHECKING:
    from qawl.intake.fetching import Fetcher

__all__ = ["Failure", "Options", "Sources", "WebLimits", "articles", "size_of", "storable"]

Found = Iterator[Article | Failure]
_Reader = Callable[[IO[bytes], str, Options], Found]

_HEAD = 4096  # bytes in which a JSON feed says that it is one
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def articles(source: str, options: Options | None = None) -> Found:
    """The articles of one source, one at a time, and a `Failure` for each of its parts that gives none."""
    return Sources(options).articles(source)


class Sources:
    """Reads sources by one set of options. What it learns of a host of the web (when it was asked last, its robots.txt)
    holds for all sources. `passed` is told the number of bytes of files as they are read, which come to `size_of` in
    the end. Not for use by several threads at once."""

    def __init__(self, options: Options | None = None, passed: Callable[[int], None] | None = None) -> None:
        self._options = options or Options()
        self._passed = passed
        self._fetching: Fetcher | None = None

    def articles(self, source: str) -> Found:
        """The articles of a source, one at a time, and a `Failure` for each of its parts that gives none.

        A source is a file, a folder, a web address, or `-` for standard input. This never raises for what the source
        holds; memory does not grow with its length.
        """
        try:
            for found in self._articles(source):
                yield storable(found) if isinstance(found, Article) else _sayable(found.where, found.reason)
        except InputError as error:
            yield _sayable(source, str(error))
        except Exception as error:  # a fault of ours in one source must not cost the others
            yield _sayable(source, f"internal error, please report it: {type(error).__name__}: {error}")

    def _articles(self, source: str) -> Found:
        if source == "-":
            yield from _standard_input(self._options)
        elif is_address(source):
            yield from self._fetcher.articles(source)
        elif _is_folder(Path(source)):
            yield from self._folder(Path(source))
        else:
            yield from self._file(Path(source))

    @property
    def _fetcher(self) -> Fetcher:
        if self._fetching is None:
            from qawl.intake.fetching import Fetcher

            self._fetching = Fetcher(self._options)
        return self._fetching

    def _folder(self, folder: Path) -> Found:
        empty = True
        for path in find_files(folder, _is_in_folders):
            empty = False
            try:
                yield from self._file(path)
            except InputError as error:
                yield Failure(str(path), str(error))
        if empty:
            yield Failure(str(folder), f"no file of articles in this folder ({' '.join(sorted(_IN_FOLDERS))})")

    def _file(self, path: Path) -> Found:
        name = shown(path)
        suffix = plain_suffix(path)
        with opened(path, self._passed) as stream:
            try:
                if suffix in _LISTS:
                    yield from self._listed(_whole(stream, self._options), name)
                elif suffix == ".json":
                    yield from self._json(_whole(stream, self._options), name)
                else:
                    yield from _READERS.get(suffix, _text)(stream, name, self._options)
            except STREAM_ERRORS as error:
                yield Failure(name, reason(error))

    def _json(self, data: bytes, name: str) -> Found:
        if b"jsonfeed.org/version" in data[:_HEAD]:
            yield from self._listed(data, name)
        else:
            yield from articles_from_json(data, name, self._options)

    def _listed(self, data: bytes, name: str) -> Found:
        """A feed, an OPML list or a sitemap in a file: what it names is fetched."""
        from qawl.intake.feeds import kind_of, read_listing

        kind = kind_of(data)
        if kind is None:
            raise InputError("neither a feed, nor a list of feeds, nor a sitemap")
        yield from self._fetcher.listed(read_listing(data, kind), name)


def size_of(source: str) -> int | None:
    """The size in bytes of a file or of all files of a folder; None where nobody can know it beforehand."""
    if source == "-" or is_address(source):
        return None
    path = Path(source)
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in find_files(path, _is_in_folders))
        return None if plain_suffix(path) in _LISTS else path.stat().st_size
    except (OSError, InputError, ValueError):
        return None


def shown(path: Path) -> str:
    """A file's name as text; a name need not be text, and what of it is not cannot be written out."""
    return os.fsencode(path).decode("utf-8", "replace")


def _sayable(where: str, reason: str) -> Failure:
    """A failure that can be written out: names of files need not be text, nor what of them stands in a reason, and
    passwords are nobody's business."""
    return Failure(
        *(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for text in (without_login(where), reason))
    )


def storable(article: Article) -> Article:
    """The article without what is no character and no database keeps: U+0000 and lone surrogates become U+FFFD, one
    for one, so that offsets stay."""
    changes: dict[str, Any] = {}
    for name in ("text", "id", "outlet", "url", "canonical_url"):
        value = getattr(article, name)
        if value and _UNSTORABLE.search(value):
            changes[name] = _UNSTORABLE.sub("\ufffd", value)
    if any(map(_UNSTORABLE.search, article.authors)):
        changes["authors"] = tuple(_UNSTORABLE.sub("\ufffd", author) for author in article.authors)
    return replace(article, **changes) if changes else article


def _standard_input(options: Options) -> Found:
    stream = cast(BufferedReader, sys.stdin.buffer)
    read = articles_from_lines if stream.peek(1).lstrip().startswith(b"{") else _text
    yield from read(stream, "standard input", options)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, say: opening it will tell
        return False


def _is_in_folders(path: Path) -> bool:
    return plain_suffix(path) in _IN_FOLDERS


def _text(stream: IO[bytes], name: str, options: Options) -> Found:
    """One article: a text or a page."""
    yield article_in(_whole(stream, options), name, options)


def article_in(data: bytes, name: str, options: Options) -> Article:
    """The article in the bytes of a text or HTML file of that name. Raises InputError where there is none."""
    is_html = Path(name).suffix.lower() in HTML_SUFFIXES
    stem = "stdin" if name == "standard input" else Path(name).stem
    article, _ = article_from_bytes(data, stem, encoding=options.encoding, published=options.published, is_html=is_html)
    if not article.text.strip():
        raise InputError("nothing but spaces")
    published = localised(article.published, options.zone)
    return replace(article, outlet=article.outlet or options.outlet, published=published)


def _whole(stream: IO[bytes], options: Options) -> bytes:
    data = stream.read(options.size + 1)
    if len(data) > options.size:
        raise InputError(f"more than {options.size} bytes")
    return data


def _parquet(stream: IO[bytes], name: str, options: Options) -> Found:
    from qawl.intake.parquet import articles_from_parquet

    yield from articles_from_parquet(stream, name, options)


def _warc(stream: IO[bytes], name: str, options: Options) -> Found:
    from qawl.intake.warc import articles_from_warc

    yield from articles_from_warc(stream, name, options)


#: Endings of files that name articles elsewhere.
_LISTS = frozenset({".xml", ".rss", ".atom", ".rdf", ".opml"})
_READERS: dict[str, _Reader] = {
    ".jsonl": articles_from_lines,
    ".ndjson": articles_from_lines,
    ".csv": articles_from_csv,
    ".tsv": articles_from_csv,
    ".parquet": _parquet,
    ".warc": _warc,
}
#: What a folder is searched for. Feeds and sitemaps have to be named: a folder sends nobody out on the web.
_IN_FOLDERS = frozenset({".txt", *HTML_SUFFIXES, *_READERS})
