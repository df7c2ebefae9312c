"""WARC archives: the pages in them, one article each."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import IO, Any, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from qawl.article import Article
from qawl.intake.errors import InputError, faults_as_input_errors
from qawl.intake.failure import Failure
from qawl.intake.options import Options
from qawl.intake.pages import article_from_page, content_type, host_of
from qawl.intake.streams import STREAM_ERRORS, reason

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_KINDS = frozenset({"response", "resource"})
_CHUNK = 1 << 16
# A gzip member without a name, comment or the like in its head, or the line with which each record begins.
_BEGINNING = re.compile(rb"\x1f\x8b\x08[\x00-\x1f](?=.{6})|WARC/1\.[01]\r\n", re.S)
_LONGEST_BEGINNING = 16  # bytes
_ONE_MEMBER = "non-chunked gzip"  # what warcio says of a file that is one gzip member as a whole


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it lies in an archive, not parsed yet. `where` names its place in it, `charset` is what its server
    said of its encoding."""

    where: str
    url: str
    data: bytes
    charset: str | None


def articles_from_warc(stream: IO[bytes], name: str, options: Options) -> Iterator[Article | Failure]:
    """The articles in the pages of an archive. What is no page (images, scripts, redirects, errors) is passed over."""
    for page in pages_from_warc(stream, name, options):
        try:
            yield page if isinstance(page, Failure) else article_from_archived(page, options)
        except InputError as error:
            yield Failure(page.where, str(error))


def pages_from_warc(
    stream: IO[bytes], name: str, options: Options, *, as_it_lies: bool = False, after: int = 0
) -> Iterator[ArchivedPage | Failure]:
    """The pages of an archive behind its first `after` records, and a `Failure` for each record that should be one and
    is not.

    A stream that gives the file `as_it_lies`, gzip or not, and can seek, is gone through to its end, whatever is broken
    in between; one that is decompressed already, as far as it can be read.
    """
    number = told = 0
    start: int | None = stream.tell() if as_it_lies else None
    while True:
        at, length = start or 0, 0
        try:
            records = _Records(_AsItComes(stream) if start is None else stream)
            for record in records:
                at, length = records.offset, record.length or 0
                number += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                where = f"{name}: record {number}" + (f" ({url[:200]})" if url else "")
                try:
                    wanted = number > after and record.rec_type in _KINDS
                    if wanted and (page := _page(record, options)) is not None:
                        yield ArchivedPage(where, url, *page)
                except InputError as error:
                    yield Failure(where, str(error))
            if not number:
                yield Failure(name, "no record in it")
            elif start is not None and records.offset < stream.seek(0, io.SEEK_END):
                yield Failure(f"{name}: record {number + 1}", "the archive ends within it")
            elif start is not None and _is_cut(stream, at, length):
                yield Failure(f"{name}: record {number}", "the archive ends within it")
            return
        except (ArchiveLoadFailed, ValueError, *STREAM_ERRORS) as error:
            if start is not None and _ONE_MEMBER in str(error):
                stream.seek(start)
                with gzip.open(stream) as plain:
                    yield from pages_from_warc(cast(IO[bytes], plain), name, options, after=number)
                return
            if told <= number:
                # What stands in the place of a first line may be anything.
                said = (reason(error) or type(error).__name__).partition(", first line")[0]
                text = f"no WARC that can be read: {said}"
                yield Failure(f"{name}: record {number + 1}", " ".join(text.split())[:300])
                told = number + 1  # where the search for the next record goes wrong, nothing more is said
            if start is None or (start := _next_record(stream, at + 1)) is None:
                return
            stream.seek(start)


def _is_cut(stream: IO[bytes], start: int, length: int) -> bool:
    """Does the file end within its last record, which begins there and says to have a content of so many bytes?"""
    stream.seek(start)
    piece = stream.read(_CHUNK)
    if not piece.startswith(b"\x1f\x8b"):
        return start + length > stream.seek(0, io.SEEK_END)
    member = zlib.decompressobj(wbits=31)
    while piece and not member.eof:
        member.decompress(piece)
        piece = stream.read(_CHUNK)
    return not member.eof


def _next_record(stream: IO[bytes], start: int) -> int | None:
    """Where, from `start` on, the next record seems to begin: a member of a gzip file, or a record's first line."""
    stream.seek(start)
    tail = b""
    while piece := stream.read(_CHUNK):
        held = tail + piece
        if (found := _BEGINNING.search(held)) is not None:
            return start - len(tail) + found.start()
        tail = held[-_LONGEST_BEGINNING:]
        start += len(piece)
    return None


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of an archive, without a word on standard error about lengths that are wrong."""

    INC_RECORD = ""


class _AsItComes:
    """A stream whose `read` gives what is there, so that what comes before a broken end is not lost with it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(BufferedReader, stream)

    def read(self, size: int = -1) -> bytes:
        return self._stream.read1(size)


@faults_as_input_errors()
def article_from_archived(page: ArchivedPage, options: Options) -> Article:
    """The article in a page of an archive. Raises InputError where there is none."""
    article = article_from_page(page.data, page.charset, url=page.url or None, options=options)
    return replace(article, outlet=article.outlet or options.outlet or host_of(page.url))


def _page(record: Any, options: Options) -> tuple[bytes, str | None] | None:
    """The bytes of a record's page and the encoding that its server said; None for a record that is no page."""
    headers = record.http_headers
    if headers is not None:
        if headers.get_statuscode() != "200":
            return None
        said = headers.get_header("Content-Type")
    else:
        said = record.rec_headers.get_header("Content-Type")
    media_type, charset = content_type(said or "")
    if media_type not in _PAGES:
        return None
    body = record.content_stream()
    pieces: list[bytes] = []
    size = 0
    while piece := body.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > options.web.size:
            raise InputError(f"more than {options.web.size} bytes")
    return b"".join(pieces), charset
