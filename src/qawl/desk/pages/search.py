"""Search."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qawl.desk.rendering import page
from qawl.desk.visitors import Reader

router = APIRouter(include_in_schema=False)


@router.get("/search")
def search(request: Request, visitor: Reader, q: str = "") -> Response:
    """The page to search."""
    return page(request, "search.html", q=q)
