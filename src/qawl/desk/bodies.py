"""How large what is sent to the desk may be."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Bytes: an article of five million letters has room in a form.
LARGEST: Final = 64 * 1024 * 1024


class Bodies:
    """Middleware that breaks off where more is sent than this, whatever was announced."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self._app, self._largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0

        async def take() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > self._largest:
                    raise HTTPException(413)
            return message

        await self._app(scope, take if scope["type"] == "http" else receive, send)
