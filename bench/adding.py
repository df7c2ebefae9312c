"""What it costs to add articles to a large record: reading, who is who, and which statements report one utterance.

    python bench/adding.py qawl.db                       # the whole corpus, with people and groups up to date
    python bench/adding.py qawl.db --articles 20 --profile people.prof

Articles of the record are drawn at random and forgotten in a copy of it, and what followed from them is taken back;
then they are added again from the corpus, as `qawl add` does, and timed. So they are neither copies of others nor
unlike them, and in the end the record has what it had before. The corpus is ../shared/corpus/news-2018.jsonl.gz (or
--corpus). Processor time is that of this process and of those that read for it.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from sqlalchemy import Engine, select
from store import CORPUS, some

from qawl.article import Article
from qawl.compare import updating as comparing
from qawl.people import updating as resolving
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.forgetting import Chosen, forget
from qawl.record.writing import add


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--profile", type=Path, help="write a profile of the work on people there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copyfile(given.record, f"{folder}/copy.db")
        engine = open_record(f"{folder}/copy.db")
        try:
            measure(engine, given.corpus, given.articles, given.seed, given.jobs, given.profile)
        finally:
            engine.dispose()


def measure(engine: Engine, corpus: Path, number: int, seed: int, jobs: int, profile: Path | None) -> None:
    with snapshot(engine) as connection:
        a = tables.articles.c
        rows = connection.execute(select(a.id, a.source_id).where(a.latest, a.copy_of.is_(None)).order_by(a.id)).all()
    chosen = random.Random(seed).sample(rows, number)
    wanted = {row.source_id for row in chosen}
    articles: list[Article] = [article for article in some(corpus, None) if article.id in wanted]
    forget(engine, Chosen(article_ids=tuple(row.id for row in chosen)), who="bench", then=_catch_up)
    print(f"{len(articles)} articles are out", flush=True)
    total = timed("read", lambda: add(engine, articles, lambda outcome: None, jobs=jobs))
    profiler = cProfile.Profile() if profile else None
    total += timed("people", lambda: resolving.bring_up_to_date(engine), profiler)
    total += timed("groups", lambda: comparing.bring_up_to_date(engine))
    print(f"together {total:.1f} s of processor time")
    if profiler and profile:
        profiler.dump_stats(profile)


def _catch_up(engine: Engine) -> None:
    resolving.bring_up_to_date(engine)
    comparing.bring_up_to_date(engine)


def timed(what: str, work: Callable[[], None], profiler: cProfile.Profile | None = None) -> float:
    """Do the work; say, and return, what processor time it took (of this process and those that it started)."""
    begun, clock = _spent(), time.monotonic()
    if profiler:
        profiler.enable()
    work()
    if profiler:
        profiler.disable()
    for child in multiprocessing.active_children():
        child.join()  # only then its time is counted
    spent = _spent() - begun
    print(f"{what}: {spent:.1f} s of processor time, {time.monotonic() - clock:.1f} s by the clock", flush=True)
    return spent


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
