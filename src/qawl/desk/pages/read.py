"""Read a text, or the article at an address, at once: shown like an article of the record, and not kept.

An editor may have it kept then.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from qawl.arabic.letters import is_arabic
from qawl.article import Article
from qawl.desk.desk import Desk, TheDesk
from qawl.desk.pages.article import lay_out
from qawl.desk.preferences import language_of
from qawl.desk.rendering import address, linkable, page
from qawl.desk.visitors import Editor, Reader
from qawl.intake.errors import ForbiddenError, InputError, ListError, UnreachableError
from qawl.intake.fetching import Fetcher
from qawl.intake.options import Options
from qawl.intake.web import Web, WebError, normalised
from qawl.reading.reader import read
from qawl.record.engine import snapshot
from qawl.record.identity import identify
from qawl.record.log import note
from qawl.record.showing import known
from qawl.record.writing import Outcome, add

router = APIRouter(include_in_schema=False)

#: Characters of a text that is read while somebody waits: some seconds' work.
LONGEST: Final = 200_000
_ADDRESS: Final = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.)\S+")
_LONGEST_FIELD: Final = 2000

Field = Annotated[str, Form(max_length=_LONGEST_FIELD)]


class _UnreadableError(Exception):
    """Something cannot be read. Its text is the name of the message that says why, `values` are the message's."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.values = values


@router.get("/read")
def ask(request: Request, visitor: Reader) -> Response:
    """The box alone."""
    return page(request, "read.html", written="", error=None)


@router.post("/read")
def read_now(request: Request, desk: TheDesk, visitor: Reader, text: Annotated[str, Form()] = "") -> Response:
    """The reading of a text, or of the article at an address."""
    # Forms end their lines in the manner of Windows, whatever was pasted.
    written = text.replace("\r\n", "\n").strip()
    try:
        article = _fetched(desk, written) if _ADDRESS.fullmatch(written) else _pasted(written)
    except _UnreadableError as error:
        shown = written if len(written) <= LONGEST else ""
        return page(request, "read.html", 422, written=shown, error=(str(error), error.values))
    with desk.reading.one():
        reading = read(article)
    with snapshot(desk.engine) as connection:
        there = known(connection, identify(article))
    return page(
        request,
        "reading_now.html",
        article=article,
        view=lay_out(article, reading.statements, language=language_of(request)),
        there=there,
        link=linkable(article.url),
    )


def _pasted(text: str) -> Article:
    if not text:
        raise _UnreadableError("read-error-empty")
    return _readable(Article(text))


def _fetched(desk: Desk, written: str) -> Article:
    """The article at an address. Raises _UnreadableError."""
    try:
        url = normalised(f"https://{written}" if written.startswith("www.") else written)
    except InputError:
        raise _UnreadableError("read-error-address") from None
    options = Options(web=desk.settings.web)
    try:
        with desk.fetching.one(), Web(options.web) as web:
            return _readable(Fetcher(options, web).page(url))
    except ForbiddenError:
        raise _UnreadableError("read-error-forbidden") from None
    except ListError:
        raise _UnreadableError("read-error-list") from None
    except UnreachableError:
        raise _UnreadableError("read-error-unreachable") from None
    except WebError as error:
        if error.status is not None:
            raise _UnreadableError("read-error-status", status=str(error.status)) from None
        raise _UnreadableError("read-error-unreachable") from None
    except InputError:
        raise _UnreadableError("read-error-page") from None


def _readable(article: Article) -> Article:
    if len(article.text) > LONGEST:
        raise _UnreadableError("read-error-long", limit=LONGEST)
    if not any(map(is_arabic, article.text)):
        raise _UnreadableError("read-error-not-arabic")
    return article


@router.post("/read/keep")
def keep(
    request: Request,
    desk: TheDesk,
    visitor: Editor,
    text: Annotated[str, Form()],
    outlet: Field = "",
    published: Field = "",
    url: Field = "",
    canonical_url: Field = "",
    headline: Annotated[int, Form(ge=0, le=LONGEST)] = 0,
) -> Response:
    """Put what was read into the record, and go to its page. `headline`: so many characters of the text are one."""
    written = text.replace("\r\n", "\n").strip()
    article = Article(
        written,
        id=url,
        outlet=" ".join(outlet.split()) or None,
        url=url or None,
        published=_moment(published),
        headline=(0, headline) if 0 < headline <= len(written) else None,
        canonical_url=canonical_url or None,
    )
    outcomes: list[Outcome] = []
    if 0 < len(written) <= LONGEST:
        with desk.reading.one():
            add(desk.engine, [article], outcomes.append)
    if not outcomes or outcomes[0].kind == "failed":
        shown = written if len(written) <= LONGEST else ""
        return page(request, "read.html", 422, written=shown, error=("read-error-unkept", {}))
    if outcomes[0].kind != "known":
        note(desk.engine, visitor.name, "add", {"sources": [url or "desk"], outcomes[0].kind: 1})
        desk.upkeep.soon()
    with snapshot(desk.engine) as connection:
        id = known(connection, identify(article))
    return RedirectResponse(address(desk.settings.prefix, f"/articles/{id}"), 303)


def _moment(written: str) -> datetime | date | None:
    """A day or a point in time (ISO 8601); of anything else, nothing."""
    with suppress(ValueError):
        return date.fromisoformat(written) if len(written) == 10 else datetime.fromisoformat(written)
    return None
