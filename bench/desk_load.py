"""The desk under load: how long its pages take, how large they are, and what a long day does to its memory.

The server is `qawl serve` in a process of its own, the load comes from this one, over loopback. Pages are asked for
at a steady rate, whether the ones before are answered or not: a slow answer makes the next ones wait, as people would.

    python bench/desk_load.py --db news.db                    # 20 requests a second for a minute, sizes, paint
    python bench/desk_load.py --db news.db --soak 100000      # and so many requests of all kinds, as fast as they go
    python bench/desk_load.py --db postgresql://user@host/news    # over PostgreSQL

Beside the times by the clock stands the processor time of a request, of the desk and of PostgreSQL: it is the same on a
machine that does other work.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
import psutil
from sqlalchemy import select

from qawl.people.anchors import to_ref
from qawl.record import tables
from qawl.record.engine import open_record, snapshot

#: What is asked for, how often of a hundred, and the 95th percentile in milliseconds that is to be held.
KINDS: Final = {"article": (30, 80), "person": (20, 80), "search": (30, 80), "today": (10, 150), "versions": (10, 150)}
_OF_EACH: Final = 300
_SEED: Final = 20181122


def addresses(db: str) -> dict[str, list[str]]:
    """Paths of each kind: articles at random, the people who say most, the queries of `search_queries.tsv`, groups."""
    a, e, g = tables.articles.c, tables.entities.c, tables.statement_groups.c
    chance = random.Random(_SEED)
    engine = open_record(db)
    with snapshot(engine) as connection:
        articles = list(connection.scalars(select(a.id).where(a.latest).order_by(a.id)))
        people = connection.scalars(select(e.anchor).order_by(e.statements.desc(), e.id).limit(_OF_EACH)).all()
        groups = connection.scalars(select(g.ref).where(g.outlets > 1).order_by(g.id)).all()
        last = connection.scalar(select(a.day).where(a.day.is_not(None)).order_by(a.day.desc()))
    engine.dispose()
    lines = (Path(__file__).parent / "search_queries.tsv").read_text("utf-8").splitlines()
    queries = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    days = [f"{str(last)[:8]}{day:02}" for day in range(1, 29)]
    return {
        "article": [f"/articles/{id}" for id in chance.sample(articles, min(_OF_EACH, len(articles)))],
        "person": [f"/people/{to_ref(anchor)}" for anchor in people],
        "search": [f"/search?q={quote(query)}" for query in queries],
        "today": ["/", *(f"/?from={day}&to={day}" for day in days)],
        "versions": [f"/versions/{ref}" for ref in chance.sample(list(groups), min(_OF_EACH, len(groups)))],
    }


@contextmanager
def served(db: str) -> Iterator[tuple[str, psutil.Process]]:
    """A desk over that record, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = "from qawl.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", call, "serve", "--db", db, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 180
        while True:
            try:
                if httpx.get(url + "/health").is_success:
                    break
            except httpx.TransportError:
                pass
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the desk does not start")
            time.sleep(0.1)
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def processor(desk: psutil.Process) -> tuple[float, float]:
    """Seconds of the processor that the desk has taken until now, and the servers of PostgreSQL on this machine."""
    own = desk.cpu_times()
    others = 0.0
    for one in psutil.process_iter(["name"]):
        if one.info["name"] == "postgres":
            try:
                times = one.cpu_times()
            except psutil.Error:
                continue
            # What has ended is counted with the one that began it.
            others += times.user + times.system + times.children_user + times.children_system
    return own.user + own.system, others


def mixture(paths: dict[str, list[str]], number: int, chance: random.Random) -> list[tuple[str, str]]:
    """So many requests, of each kind its share."""
    kinds = chance.choices(list(KINDS), [share for share, _ in KINDS.values()], k=number)
    return [(kind, chance.choice(paths[kind])) for kind in kinds]


async def steadily(url: str, asked: list[tuple[str, str]], rate: float) -> dict[str, list[float]]:
    """Ask for each at its time; how many milliseconds each took, by kind."""
    took: dict[str, list[float]] = defaultdict(list)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=httpx.Limits(max_connections=200)) as client:

        async def one(kind: str, path: str, at: float) -> None:
            await asyncio.sleep(at - time.perf_counter())
            answer = await client.get(path)
            took[kind].append((time.perf_counter() - at) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")

        begin = time.perf_counter() + 0.1
        await asyncio.gather(*(one(kind, path, begin + n / rate) for n, (kind, path) in enumerate(asked)))
    return took


async def all_day(url: str, asked: list[tuple[str, str]], process: psutil.Process) -> tuple[list[float], Counter[int]]:
    """Ask for all of them, eight at a time; the memory of the server in MB after each tenth, and the answers by
    status."""
    memory: list[float] = []
    statuses: Counter[int] = Counter()
    waiting = iter(asked)
    step = max(1, len(asked) // 10)

    async with httpx.AsyncClient(base_url=url, timeout=600) as client:

        async def worker() -> None:
            for _, path in waiting:
                statuses[(await client.get(path)).status_code] += 1
                if statuses.total() % step == 0:
                    memory.append(process.memory_info().rss / 1e6)

        await asyncio.gather(*(worker() for _ in range(8)))
    return memory, statuses


def weight(url: str, path: str) -> int:
    """The bytes of a page as they are sent, with its styles, scripts and pictures, but without fonts."""
    with httpx.Client(base_url=url) as client:
        page = client.get(path)
        found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        answers = [page, *(client.get(one) for one in dict.fromkeys(found))]
        return sum(answer.num_bytes_downloaded for answer in answers)


def painted(url: str, paths: dict[str, list[str]]) -> Iterator[tuple[str, float]]:
    """When the largest part of a page of each kind stood on the screen, in milliseconds, in a browser without a
    window that has nothing kept."""
    from playwright.sync_api import sync_playwright

    watch = """() => new Promise((done) => new PerformanceObserver((list) => {
        const all = list.getEntries(); setTimeout(() => done(all[all.length - 1].startTime), 500);
    }).observe({type: "largest-contentful-paint", buffered: true}))"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for kind, some in paths.items():
            times = []
            for path in some[:5]:
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page: Any = context.new_page()
                page.goto(url + path)
                times.append(float(page.evaluate(watch)))
                context.close()
            yield kind, max(times)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True, help="a record with its people and groups made")
    parser.add_argument("--rate", type=float, default=20, help="requests a second (default: 20)")
    parser.add_argument("--seconds", type=float, default=60, help="for how long (default: 60)")
    parser.add_argument("--soak", type=int, default=0, help="afterwards, so many requests as fast as they go")
    given = parser.parse_args()
    paths = addresses(given.db)
    chance = random.Random(_SEED)
    with served(given.db) as (url, process):
        asyncio.run(steadily(url, mixture(paths, 100, chance), 10))  # everything is loaded once
        asked = mixture(paths, int(given.rate * given.seconds), chance)
        before = processor(process)
        took = asyncio.run(steadily(url, asked, given.rate))
        own, others = ((b - a) * 1000 / len(asked) for a, b in zip(before, processor(process), strict=True))
        print(f"{given.rate:g} requests a second for {given.seconds:g} s")
        print(f"processor time of a request: desk {own:.1f} ms, PostgreSQL on this machine {others:.1f} ms")
        print(f"{'page':<10}{'number':>8}{'median ms':>11}{'p95 ms':>9}{'longest':>9}{'aim':>7}")
        for kind, (_, aim) in KINDS.items():
            times = sorted(took[kind]) or [0.0]
            p95 = times[int(len(times) * 0.95)]
            median = statistics.median(times)
            print(f"{kind:<10}{len(times):>8}{median:>11.1f}{p95:>9.1f}{times[-1]:>9.1f}{aim:>7}")
        for kind, some in paths.items():
            sizes = [weight(url, path) for path in some[:20]]
            print(f"{kind}: at most {max(sizes) / 1000:.0f} KB with all that it needs, fonts aside")
        for kind, milliseconds in painted(url, paths):
            print(f"{kind}: largest contentful paint after at most {milliseconds:.0f} ms")
        if given.soak:
            began = time.monotonic()
            memory, statuses = asyncio.run(all_day(url, mixture(paths, given.soak, chance), process))
            lasted = time.monotonic() - began
            print(f"{given.soak:,} requests in {lasted:.0f} s, answers by status: {dict(statuses)}")
            print("memory after each tenth, MB: " + " ".join(f"{one:.0f}" for one in memory))


if __name__ == "__main__":
    main()
