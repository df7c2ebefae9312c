"""What is answered where something is wrong: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from qawl.desk.languages import catalogue
from qawl.desk.preferences import language_of
from qawl.desk.prefix import of_api
from qawl.desk.rendering import address, page
from qawl.desk.visitors import NotAllowedError, NotSignedInError, RefusedError
from qawl.record.errors import RecordError


def handle(app: FastAPI) -> None:
    """Have all errors of the application answered here."""
    kinds: dict[type[Exception], Callable[[Request, Any], Response]] = {
        HTTPException: _answer_http,
        RequestValidationError: lambda request, error: answer(request, 422, _first(error)),
        RecordError: lambda request, error: answer(request, 404, str(error)),
        # A question with letters that PostgreSQL has no room for (U+0000).
        DataError: lambda request, error: answer(request, 422, "a value that the database cannot take"),
        NotAllowedError: lambda request, error: answer(request, 403, "", key=str(error)),
        RefusedError: _refused,
        NotSignedInError: lambda request, error: not_signed_in(request),
        Exception: lambda request, error: answer(request, 500, ""),
    }
    for kind, handler in kinds.items():
        app.add_exception_handler(kind, handler)


def _answer_http(request: Request, error: HTTPException) -> Response:
    told = answer(request, error.status_code, str(error.detail))
    told.headers.update(error.headers or {})
    return told


def answer(request: Request, status: int, detail: str, *, key: str = "") -> Response:
    """An error, told in the way of the part of the desk that was asked. `key` names a message that says more."""
    if of_api(request):
        return problem(status, detail or (key and catalogue("en").say(key)))
    if wants_json(request):
        return problem(status, detail or (key and catalogue(language_of(request)).say(key)))
    return page(request, "error.html", status, code=status, detail=detail, key=key)


def wants_json(request: Request) -> bool:
    """Does a script ask, which says that it takes JSON, and not somebody who wants a page?"""
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    """An error for programs."""
    from http import HTTPStatus

    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JSONResponse(content, status, media_type="application/problem+json")


def _first(error: RequestValidationError) -> str:
    """The first thing that is wrong with what was asked, and where."""
    found = error.errors()[0]
    return f"{'.'.join(str(step) for step in found['loc'])}: {found['msg']}"


def _refused(request: Request, error: RefusedError) -> Response:
    told = answer(request, error.status, "", key=error.key)
    if error.after is not None:
        told.headers["Retry-After"] = str(error.after)
    return told


def not_signed_in(request: Request) -> Response:
    """Programs are told to show a token; browsers are led to where one signs in, and back from there."""
    if of_api(request) or wants_json(request):
        told = problem(401, "sign in, or send a token: Authorization: Bearer …")
        told.headers["WWW-Authenticate"] = 'Bearer realm="Qawl"'
        return told
    prefix = request.app.state.desk.settings.prefix
    query = request.scope["query_string"].decode("latin-1")
    back = request.scope["path"].removeprefix(prefix) + (f"?{query}" if query else "")
    return RedirectResponse(address(prefix, "/sign-in", back=back if request.method in ("GET", "HEAD") else "/"), 303)
