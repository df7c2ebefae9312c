"""WARC archives: the pages in them, one article each."""

from __future__ import annotations

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


def pages_from_warc(stream: IO[bytes], name: str, options: Options) -> Iterator[ArchivedPage | Failure]:
    """The pages of an archive, and a `Failure` for each record that should be one and is not."""
    number = 0
    try:
        for record in ArchiveIterator(_AsItComes(stream)):
            number += 1
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            where = f"{name}: record {number}" + (f" ({url[:200]})" if url else "")
            try:
                if record.rec_type in _KINDS and (page := _page(record, options)) is not None:
                    yield ArchivedPage(where, url, *page)
            except InputError as error:
                yield Failure(where, str(error))
        if not number:
            yield Failure(name, "no record in it")
    except (ArchiveLoadFailed, ValueError, *STREAM_ERRORS) as error:
        text = "no WARC that can be read: " + (reason(error) or type(error).__name__)
        yield Failure(f"{name}: record {number + 1}", " ".join(text.split())[:300])


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
