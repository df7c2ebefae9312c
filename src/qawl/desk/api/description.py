"""`/openapi.json`: the API in the words of OpenAPI 3.1."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi

from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Reader

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request, visitor: Reader, desk: TheDesk) -> dict[str, Any]:
    """What can be asked for, and what is answered."""
    state = request.app.state
    if not hasattr(state, "openapi"):
        state.openapi = get_openapi(
            title="Qawl",
            version=version("qawl"),
            summary="Who said what in Arabic news",
            description="Qawl reports what is reported, never whether it is true.",
            routes=request.app.routes,
            servers=[{"url": desk.settings.prefix or "/"}],
        )
    described: dict[str, Any] = state.openapi
    return described
