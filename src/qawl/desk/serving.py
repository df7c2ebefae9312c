"""Run the desk: a server that is listening when it says so, and finishes what it has begun when it is stopped."""

from __future__ import annotations

import gc
import signal
import socket
from collections.abc import Callable, Sequence
from typing import Final

import uvicorn
from sqlalchemy import Engine

from qawl.desk.app import application
from qawl.desk.settings import Settings
from qawl.record.engine import limit_cache

#: After how many new objects, collections of the young and collections of the middle-aged the garbage is collected: a
#: page makes some thousands of objects that are gone with it.
_GARBAGE: Final = (20_000, 20, 20)
#: Megabytes of a SQLite file that each connection keeps; the system keeps the file besides, for all of them.
_CACHE: Final = 8
_PATIENCE: Final = 30  # seconds for requests that are being answered when the desk is stopped


def listen(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    """A socket that listens there; with `or_any` at any free port where that one is taken. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, or asyncio does not see that it is TCP and leaves Nagle's algorithm on: the second part of
    # an answer would wait 40 ms for the other side to have the first.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host.strip("[]"), port))
    except OSError:
        found.close()
        if not or_any or port == 0:
            raise
        return listen(host, 0)
    found.listen(128)
    return found


def address_of(listening: socket.socket, prefix: str = "") -> str:
    """The address of the desk that listens there, for a browser of this machine."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{prefix}/"


def run(
    engine: Engine,
    settings: Settings,
    listening: socket.socket,
    *,
    proxies: Sequence[str] = (),
    began: Callable[[], None] = lambda: None,
) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM); requests that have begun are answered first.

    `proxies` are the addresses or networks whose word on who asks is taken. `began` is called when it answers.
    """
    # What goes wrong with the database is logged without the values that were asked about.
    engine.hide_parameters = True
    limit_cache(engine, _CACHE)
    config = uvicorn.Config(
        application(engine, settings),
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=_PATIENCE,
    )
    # The server takes these signals, and when it is done has them handled as they were before: by going on from here.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        _Server(config, began).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, began: Callable[[], None]) -> None:
        super().__init__(config)
        self._began = began

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # What was made until now stays to the end, and is not looked through again and again for what is not used.
            gc.collect()
            gc.freeze()
            gc.set_threshold(*_GARBAGE)
            self._began()
