"""Help: the keys, and what the marks mean."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qawl.desk.rendering import page
from qawl.statement import ACTS

router = APIRouter(include_in_schema=False)


@router.get("/help")
def shown(request: Request) -> Response:
    """The page; it is open to all, for whoever cannot sign in may need it."""
    return page(request, "help.html", acts=ACTS)
