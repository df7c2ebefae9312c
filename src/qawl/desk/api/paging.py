"""Pages of lists, each with a cursor that leads to the next: opaque, and good only for the same question."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Annotated, Final, Generic, TypeVar

from fastapi import HTTPException, Query, Request
from pydantic import BaseModel, Field

T = TypeVar("T")

#: So many results are on a page at most.
MOST: Final = 100
#: So far a list can be paged through.
FARTHEST: Final = 100_000

Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Cursor = Annotated[
    str | None, Query(max_length=200, description="`next` of the page before, with all else asked as there")
]


class Page(BaseModel, Generic[T]):
    """Some of a list."""

    items: list[T]
    next: str | None = Field(description="the cursor of the next page; null: this is the last", examples=[None])


def start(request: Request, cursor: str | None) -> int:
    """Where a page starts: after so many results, or at the number that the cursor carries. Raises HTTPException 422
    for a cursor of another question, or none of ours."""
    if cursor is None:
        return 0
    try:
        at, question = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, TypeError, UnicodeEncodeError, binascii.Error, RecursionError):
        raise HTTPException(422, "cursor: not one that was given") from None
    if type(at) is not int or not 0 <= at <= 2**62 or question != _question(request):
        raise HTTPException(422, "cursor: of another question")
    return at


def cursor(request: Request, at: int) -> str:
    """A cursor that leads to this place in the answer to the same question."""
    return base64.urlsafe_b64encode(json.dumps([at, _question(request)]).encode()).decode("ascii")


def after_this(request: Request, more: bool, at: int) -> str | None:
    """The cursor of the page that begins after so many results, if there is one that can be paged to."""
    return cursor(request, at) if more and at <= FARTHEST else None


def _question(request: Request) -> int:
    """What was asked, but for the place and the size of the page, in a number."""
    asked = [(k, v) for k, v in request.query_params.multi_items() if k not in ("cursor", "limit")]
    return zlib.crc32(repr((request.url.path, sorted(asked))).encode())
