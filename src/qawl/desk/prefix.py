"""The path under which a proxy serves the desk; whether the proxy takes it off or not makes no difference."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


class Prefix:
    """Middleware that tells the application under which path it is served: empty, or `/qawl`."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._prefix:
            path: str = scope["path"]
            if path != self._prefix and not path.startswith(self._prefix + "/"):
                path = self._prefix + path
            scope = {**scope, "path": path, "root_path": self._prefix}
        await self._app(scope, receive, send)


def of_api(request: Request) -> bool:
    """Is the API asked, and not a page?"""
    path: str = request.scope["path"]
    return path.removeprefix(request.app.state.desk.settings.prefix).startswith("/api/")
