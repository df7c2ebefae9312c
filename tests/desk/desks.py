"""A desk that runs: a real server over a record of our samples, and a real browser that looks at it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import httpx
import pytest
import uvicorn
from sqlalchemy import Engine

from qawl import samples
from qawl.compare import updating as comparing
from qawl.desk.app import application
from qawl.desk.settings import Settings
from qawl.desk.upkeep import Upkeep
from qawl.people import updating as resolving
from qawl.record.engine import open_record
from qawl.record.writing import add

T = TypeVar("T")

_CHROMIUM: Final = os.environ.get("QAWL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True, slots=True)
class Running:
    """A desk that answers at `url` (without a slash at its end)."""

    url: str
    engine: Engine
    upkeep: Upkeep


def fill(engine: Engine) -> None:
    """Put all samples into a record, and bring it up to date."""
    add(engine, [*samples.load(), *samples.load_week()], lambda outcome: None)
    resolving.bring_up_to_date(engine, lambda stage, number: None)
    comparing.bring_up_to_date(engine, lambda stage, number: None)


@contextmanager
def serving(engine: Engine, **settings: Any) -> Iterator[Running]:
    """A server of this process over a record, on a port of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = application(engine, Settings(db=str(engine.url), **settings))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            until = time.monotonic() + 30
            while not server.started:
                assert thread.is_alive()
                assert time.monotonic() < until
                time.sleep(0.01)
            yield Running(f"http://127.0.0.1:{port}{settings.get('prefix', '')}", engine, app.state.desk.upkeep)
        finally:
            server.should_exit = True
            thread.join()


def csrf(client: httpx.Client, path: str = "/search") -> str:
    """What a form of a page shown to this client has to send back."""
    found = re.search(r'<meta name="csrf" content="([0-9a-f]+)">', client.get(path).text)
    assert found
    return found[1]


def in_forms(client: httpx.Client, path: str) -> set[str]:
    """What the forms of a page really have in them to be sent back."""
    return set(re.findall(r'<input type="hidden" name="csrf" value="([^"]*)">', client.get(path).text))


#: What WCAG 2.2 asks of the size of what is clicked, axe looks at only when told to.
_RULES: Final = {"rules": {"target-size": {"enabled": True}}}


def sound(tab: Any) -> None:
    """Nothing on the page that keeps anybody out (axe: WCAG 2.2 AA and good practice), in light and in dark."""
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        found = Axe().run(tab, options=_RULES)
        assert found.violations_count == 0, found.generate_report()


def in_a_loop(run: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What a coroutine comes to, in a thread of its own: in that of the tests, the browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all samples, to be copied and not to be changed."""
    path = tmp_path_factory.mktemp("desk") / "samples.db"
    engine = open_record(str(path), create=True)
    fill(engine)
    engine.dispose()
    return path


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Running]:
    """A desk of its own over a record of all samples, without accounts."""
    path = tmp_path / "desk.db"
    shutil.copy(filled, path)
    engine = open_record(str(path))
    with serving(engine) as running:
        yield running
    engine.dispose()


@pytest.fixture(scope="session")
def standing(filled: Path) -> Iterator[Running]:
    """One desk for all tests that only look."""
    engine = open_record(str(filled))
    with serving(engine) as running:
        yield running
    engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, without a window. On a machine without it the test is skipped."""
    if _CHROMIUM is None:
        pytest.skip("no chromium on this machine (apt-get install chromium, or set QAWL_CHROMIUM)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A tab of a browser that knows nothing yet. What a page says on the console about errors, or asks of another
    host, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    wrong: list[str] = []
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on(
        "request",
        lambda request: None if "//127.0.0.1:" in request.url else wrong.append(f"asks {request.url}"),
    )
    yield found
    context.close()
    assert not wrong, wrong
