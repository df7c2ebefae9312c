"""Finds out who asks, before anything is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qawl.desk.access import sessions, tokens
from qawl.desk.access.csrf import SAFE
from qawl.desk.access.hosts import is_known
from qawl.desk.access.keys import new_key
from qawl.desk.desk import Desk
from qawl.desk.errors import not_signed_in, problem
from qawl.desk.settings import Settings
from qawl.desk.visitors import Visitor

_YEAR: Final = 365 * 24 * 3600
#: What everybody may have, so that nobody is looked up.
_OPEN: Final = ("/static/", "/fonts/", "/health", "/ready")
#: What is asked for by machines that know no name of this one.
_NAMELESS: Final = ("/health", "/ready")


#: Which pages are feeds as well, and where in the address of one its token stands.
FEEDS: Final = ("/search",)
KEY: Final = "key"


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
        key = _feed_key(scope, path) if request.method in SAFE else None
        if settings.accounts:
            asks = await run_in_threadpool(self._find, request, secret, key)
            if asks.visitor is None and key is not None:
                # A feed reader has no use for the page where one signs in.
                await problem(403, "the key in this address is closed, or opens feeds alone")(scope, receive, send)
                return
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

    def _find(self, request: Request, secret: str, feed: str | None) -> _Asks:
        """Who shows a token or has a session. A token that lets nobody in is not made good by a session; `feed` is the
        one of a feed's address."""
        if feed is not None:
            return self._by_token(feed, secret, feed=True)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._by_token(token.strip(), secret)
        key = request.cookies.get(session_cookie(self._desk.settings))
        found = sessions.signed_in(self._desk.engine, key) if key else None
        return _Asks(_visitor(found), key) if found and key else _Asks(None, secret)

    def _by_token(self, token: str, secret: str, *, feed: bool = False) -> _Asks:
        shown = tokens.shown(self._desk.engine, token, feed=feed)
        if shown is None:
            return _Asks(None, secret)
        return _Asks(_visitor(shown.signed_in), "", True, shown.token if shown.unnoted else None)


def _feed_key(scope: Scope, path: str) -> str | None:
    """The token in the address of a feed, which is taken out of it, so that nothing further in sees it or writes it
    down; empty where what is asked for is no feed."""
    if path not in FEEDS:
        return None
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    values = dict(asked)
    if KEY not in values:
        return None
    scope["query_string"] = urlencode([(name, value) for name, value in asked if name != KEY]).encode("latin-1")
    return values[KEY] if values.get("format") == "atom" else ""


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
