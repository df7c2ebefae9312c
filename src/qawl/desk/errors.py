"""What is answered where something is wrong: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from qawl.desk.rendering import address, page
from qawl.desk.visitors import NotAllowedError, NotSignedInError
from qawl.record.errors import RecordError


def handle(app: FastAPI) -> None:
    """Have all errors of the application answered here."""
    kinds: dict[type[Exception], Callable[[Request, Any], Response]] = {
        HTTPException: lambda request, error: answer(request, error.status_code, str(error.detail)),
        RequestValidationError: lambda request, error: answer(request, 422, _first(error)),
        RecordError: lambda request, error: answer(request, 404, str(error)),
        NotAllowedError: lambda request, error: answer(request, 403, "", key=str(error)),
        NotSignedInError: _to_sign_in,
        Exception: lambda request, error: answer(request, 500, ""),
    }
    for kind, handler in kinds.items():
        app.add_exception_handler(kind, handler)


def answer(request: Request, status: int, detail: str, *, key: str = "") -> Response:
    """An error, told in the way of the part of the desk that was asked. `key` names a message that says more."""
    if request.scope["path"].removeprefix(request.scope.get("root_path", "")).startswith("/api/"):
        return problem(status, detail or key)
    return page(request, "error.html", status, code=status, detail=detail, key=key)


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    """An error for programs."""
    from http import HTTPStatus

    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JSONResponse(content, status, media_type="application/problem+json")


def _first(error: RequestValidationError) -> str:
    """The first thing that is wrong with what was asked, and where."""
    found = error.errors()[0]
    return f"{'.'.join(str(step) for step in found['loc'])}: {found['msg']}"


def _to_sign_in(request: Request, error: Exception) -> Response:
    prefix = request.app.state.desk.settings.prefix
    path = request.scope["path"].removeprefix(prefix)
    if path.startswith("/api/"):
        return problem(401, "sign in, or send a token: Authorization: Bearer …")
    return RedirectResponse(address(prefix, "/sign-in", back=path if request.method == "GET" else "/"), 303)
