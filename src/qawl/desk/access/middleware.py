"""Finds out who asks, before anything is answered."""

from __future__ import annotations

import secrets
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qawl.desk.desk import Desk
from qawl.desk.visitors import Visitor

_YEAR: Final = 365 * 24 * 3600


class Access:
    """Middleware that puts the visitor, if it knows one, into the state of the request."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        settings = self._desk.settings
        name = "__Host-qawl-guest" if settings.secure else "qawl-guest"
        guest = HTTPConnection(scope).cookies.get(name, "")
        secret = guest if len(guest) == 43 else secrets.token_urlsafe(32)
        state = scope.setdefault("state", {})
        state["visitor"] = Visitor(settings.who, "admin", None)
        state["secret"] = secret

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and secret != guest:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    path = "/" if settings.secure else settings.prefix or "/"
                    more = "; Secure" if settings.secure else ""
                    headers.append(
                        "Set-Cookie", f"{name}={secret}; Path={path}; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{more}"
                    )
            await send(message)

        await self._app(scope, receive, tell)
