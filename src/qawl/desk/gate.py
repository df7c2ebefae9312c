"""Pages are made a few at a time, however many are asked for at once.

One interpreter makes them all: twenty pages that are made together take as long as one after the other, but all of them
come last; and whoever asks the database lets others go first at each row of its answer.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: While one is written, another one may wait for the database. (3,000 requests of all kinds, eight at a time, took 11.3
#: ms of the processor each with two, 13.1 with three and 13.9 without a gate.)
TOGETHER: Final = 2
#: What is asked for takes no time to answer, or is asked by who must have an answer whatever else goes on.
_OPEN: Final = ("/static/", "/fonts/", "/health", "/ready", "/metrics")


class Gate:
    """Middleware that lets in so many requests at a time which read; the others wait in their order, without a thread.

    A request has left when its answer begins: how long it takes to send is the matter of whoever asked. What is sent
    to the desk is not held up: reading a text or fetching a page has turns of its own (`qawl.desk.turns`).
    """

    def __init__(self, app: ASGIApp, prefix: str = "", together: int = TOGETHER) -> None:
        self._app, self._prefix = app, prefix
        self._places = asyncio.Semaphore(together)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or self._is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        async with AsyncExitStack() as place:
            await place.enter_async_context(self._places)

            async def leaving(message: Message) -> None:
                if message["type"] == "http.response.start":
                    await place.aclose()
                await send(message)

            await self._app(scope, receive, leaving)

    def _is_open(self, path: str) -> bool:
        return path.removeprefix(self._prefix).startswith(_OPEN)
