"""Finds out who asks, before anything is answered."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from qawl.desk.desk import Desk
from qawl.desk.visitors import Visitor


class Access:
    """Middleware that puts the visitor, if it knows one, into the state of the request."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["visitor"] = Visitor(self._desk.settings.who, "admin", None, "-")
        await self._app(scope, receive, send)
