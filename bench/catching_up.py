"""Who is who, and which statements report one utterance: what it costs, at several sizes of a record.

    python bench/catching_up.py                          # 4,000, 8,000, 16,000 and all articles of the corpus
    python bench/catching_up.py --sizes 1000 2000        # other sizes
    python bench/catching_up.py --engine postgresql      # on a PostgreSQL server from a wheel (pip install '.[dev]')

The articles are added in the order of the file but for the last hundred. At each size people and groups are made from
nothing; at the end the hundred are added and what they change is worked out. The corpus is
../shared/corpus/news-2018.jsonl.gz (or --corpus).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine, func, select
from store import CORPUS, Watch, postgresql, some

from qawl.article import Article
from qawl.compare import updating as comparing
from qawl.people import updating as resolving
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.writing import add

_SIZES = (4_000, 8_000, 16_000)
_LAST = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int, help="so many articles in all")
    parser.add_argument("--sizes", type=int, nargs="*", default=_SIZES)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    articles = list(some(given.corpus, given.limit))
    first, last = articles[:-_LAST], articles[-_LAST:]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        place = f"{folder}/bench.db" if given.engine == "sqlite" else stack.enter_context(postgresql())
        engine = open_record(place, create=True)
        stack.callback(engine.dispose)
        done = 0
        for size in [*(size for size in sorted(given.sizes) if size < len(first)), len(first)]:
            put(engine, first[done:size])
            done = size
            resolving.start_over(engine)
            comparing.start_over(engine)
            report(engine, f"{size:,} articles")
        put(engine, last)
        report(engine, f"{len(last)} articles more")


def put(engine: Engine, articles: Iterable[Article]) -> None:
    add(engine, articles, lambda outcome: None, jobs=2)


def report(engine: Engine, what: str) -> None:
    """Bring people and groups up to date, and say what it took and what there is."""
    told = []
    for name, work in (("people", resolving.bring_up_to_date), ("groups", comparing.bring_up_to_date)):
        seconds, spent, memory = timed(engine, work)
        told.append(f"{name} {seconds:.0f} s ({spent:.0f} s of processor time, {memory:.0f} MB at most)")
    counts = ", ".join(f"{count(engine, table):,} {table}" for table in ("statements", "entities", "statement_groups"))
    print(f"{what}: {'; '.join(told)}; {counts}", flush=True)


def timed(engine: Engine, work: Callable[[Engine], None]) -> tuple[float, float, float]:
    """Seconds by the clock and of this process's time, and the most memory (MB)."""
    begun = time.monotonic()
    with Watch() as watch:
        work(engine)
        spent = watch.here
    return time.monotonic() - begun, spent, watch.memory


def count(engine: Engine, table: str) -> int:
    with snapshot(engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


if __name__ == "__main__":
    main()
