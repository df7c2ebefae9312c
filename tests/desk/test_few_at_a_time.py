"""Pages are made a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from desks import in_a_loop
from starlette.types import Message, Receive, Scope, Send

from qawl.desk.gate import Gate


class _Pages:
    """Pages that are made when they are told to; who is in, and who has an answer."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.answered: list[str] = []
        self.made: dict[str, asyncio.Event] = {}
        self.sent = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        self.inside.append(path)
        await self.made.setdefault(path, asyncio.Event()).wait()
        if path.endswith("wrong"):
            raise ValueError(path)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await self.sent.wait()  # whoever asked takes it slowly
        await send({"type": "http.response.body", "body": b""})


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def _asking(gate: Gate, pages: _Pages) -> Callable[[str, str], asyncio.Task[None]]:
    async def ask(method: str, path: str) -> None:
        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                pages.answered.append(path)

        await gate({"type": "http", "method": method, "path": path}, receive, send)

    return lambda method, path: asyncio.create_task(ask(method, path))


def _run(test: Callable[[_Pages, Callable[[str, str], asyncio.Task[None]]], Awaitable[None]]) -> None:
    async def run() -> None:
        pages = _Pages()
        await test(pages, _asking(Gate(pages, "/qawl", together=2), pages))

    in_a_loop(run)


def test_so_many_at_a_time_and_the_others_in_their_order() -> None:
    async def test(pages: _Pages, ask: Callable[[str, str], asyncio.Task[None]]) -> None:
        tasks = [ask("GET", f"/{n}") for n in range(4)]
        await _settle()
        assert pages.inside == ["/0", "/1"]
        pages.made["/1"].set()
        await _settle()  # its answer has begun, and is not sent yet
        assert (pages.answered, pages.inside) == (["/1"], ["/0", "/1", "/2"])
        for event in pages.made.values():
            event.set()
        await _settle()
        assert pages.inside[3:] == ["/3"]
        pages.made["/3"].set()
        pages.sent.set()
        await asyncio.gather(*tasks)

    _run(test)


def test_what_is_sent_and_what_takes_no_time_is_not_held_up() -> None:
    async def test(pages: _Pages, ask: Callable[[str, str], asyncio.Task[None]]) -> None:
        pages.sent.set()
        tasks = [ask("GET", "/0"), ask("GET", "/1"), ask("GET", "/2")]
        open_ones = [("POST", "/read"), ("GET", "/static/base.css"), ("GET", "/qawl/health"), ("GET", "/ready")]
        tasks += [ask(method, path) for method, path in open_ones]
        await _settle()
        assert pages.inside == ["/0", "/1", *(path for _, path in open_ones)]
        for path in ("/0", "/1", "/2", *(path for _, path in open_ones)):
            pages.made.setdefault(path, asyncio.Event()).set()
        await asyncio.gather(*tasks)

    _run(test)


def test_who_fails_or_is_gone_leaves_its_place() -> None:
    async def test(pages: _Pages, ask: Callable[[str, str], asyncio.Task[None]]) -> None:
        pages.sent.set()
        wrong, gone, waiting = ask("GET", "/wrong"), ask("GET", "/gone"), ask("GET", "/waiting")
        await _settle()
        gone.cancel()
        waiting.cancel()
        pages.made["/wrong"].set()
        with pytest.raises(ValueError, match="/wrong"):
            await wrong
        others = [ask("GET", "/a"), ask("GET", "/b")]
        await _settle()
        assert pages.inside[2:] == ["/a", "/b"]
        for event in pages.made.values():
            event.set()
        await asyncio.gather(*others)

    _run(test)
