"""Finds out who asks, before anything is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qawl.desk.access import sessions, tokens
from qawl.desk.access.csrf import SAFE
from qawl.desk.access.hosts import is_known
from qawl.desk.access.keys import PREFIX, new_key
from qawl.desk.desk import Desk
from qawl.desk.errors import not_signed_in
from qawl.desk.settings import Settings
from qawl.desk.visitors import Visitor

_YEAR: Final = 365 * 24 * 3600
#: What everybody may have, so that nobody is looked up.
_OPEN: Final = ("/static/", "/fonts/", "/health", "/ready")
#: What is asked for by machines that know no name of this one.
_NAMELESS: Final = ("/health", "/ready")


@dataclass(frozen=True, slots=True)
class _Asks:
    """Who asks; `secret` is what the tokens of forms are made with; `token` the id of a program's token whose use has
    to be noted."""

    visitor: Visitor | None
    secret: str
    by_token: bool = False
    token: int | None = None


class Access:
    """Middleware that puts the visitor, if it knows one, into the state of the request; requests by a name that is not
    the desk's end here."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        settings = self._desk.settings
        request = Request(scope)
        path = scope["path"].removeprefix(settings.prefix)
        if path not in _NAMELESS and not is_known(request.headers.get("host", ""), settings.hosts):
            refusal = PlainTextResponse("This desk is not known by this name (qawl serve --host-name).\n", 421)
            await refusal(scope, receive, send)
            return
        if path.startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        guest = request.cookies.get(guest_cookie(settings), "")
        secret = guest if len(guest) == 43 else new_key()
        asks = _Asks(Visitor(settings.who, "admin", None), secret)
        if settings.accounts:
            asks = await run_in_threadpool(self._find, request, secret)
        if asks.visitor is None and request.method not in SAFE and path != "/sign-in":
            # Not even what is sent is taken from who is not signed in.
            await not_signed_in(request)(scope, receive, send)
            return
        scope.setdefault("state", {}).update(visitor=asks.visitor, secret=asks.secret, by_token=asks.by_token)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and asks.secret == secret != guest:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", _guest(settings, secret))
            await send(message)

        await self._app(scope, receive, tell)
        if asks.token is not None:
            await run_in_threadpool(tokens.note_use, self._desk.engine, asks.token)

    def _find(self, request: Request, secret: str) -> _Asks:
        """Who shows a token or has a session. A token that lets nobody in is not made good by a session."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            token = token.strip()
            shown = tokens.shown(self._desk.engine, token) if token.startswith(PREFIX) else None
            if shown is None:
                return _Asks(None, secret)
            return _Asks(_visitor(shown.signed_in), "", True, shown.token if shown.unnoted else None)
        key = request.cookies.get(session_cookie(self._desk.settings))
        found = sessions.signed_in(self._desk.engine, key) if key else None
        return _Asks(_visitor(found), key) if found and key else _Asks(None, secret)


def session_cookie(settings: Settings) -> str:
    """The name of the cookie with the key of a session. Browsers take one that begins with __Host- from nobody but
    this very host, over HTTPS."""
    return "__Host-qawl" if settings.secure else "qawl"


def guest_cookie(settings: Settings) -> str:
    """The name of the cookie of a browser that is not signed in: chance, for the tokens of forms."""
    return "__Host-qawl-guest" if settings.secure else "qawl-guest"


def cookie_path(settings: Settings) -> str:
    """For which paths a browser sends the cookies."""
    return "/" if settings.secure else settings.prefix or "/"


def _guest(settings: Settings, secret: str) -> str:
    more = "; Secure" if settings.secure else ""
    where = f"Path={cookie_path(settings)}; Max-Age={_YEAR}"
    return f"{guest_cookie(settings)}={secret}; {where}; HttpOnly; SameSite=Lax{more}"


def _visitor(found: sessions.SignedIn) -> Visitor:
    return Visitor(found.name, found.role, found.account)
