"""Speed over a whole corpus: words and articles a second, peak memory, the slowest article, the profile by step.

    python bench/speed.py                      # all articles in one process, beside the yardsticks
    python bench/speed.py --jobs 2             # all articles in two processes (no yardsticks)
    python bench/speed.py --limit 2000         # the first 2,000

The corpus is ../shared/corpus/news-2018.jsonl.gz (or --corpus). The yardsticks, spaCy's blank Arabic tokenizer and
simplemma (pip install '.[bench]'), run over the same texts in turns with the reader, a batch at a time, so that all
feel the same load of the machine. They run in the same process, and the garbage collector is set for them as for the
reader (`qawl.batch.rare_collections`). A word is what stands between spaces.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import qawl
from qawl.article import Article
from qawl.batch import rare_collections

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared") / "corpus" / "news-2018.jsonl.gz"
_BATCH = 250
_PROFILED = 500


@dataclass(slots=True)
class Tally:
    """What a stretch of reading came to. `slowest` is (seconds, article's id, its words)."""

    articles: int = 0
    words: int = 0
    statements: int = 0
    seconds: float = 0.0
    slowest: tuple[float, str, int] = (0.0, "", 0)
    memory: float = field(default=0.0)  # peak of the process, MB

    def add(self, other: Tally) -> None:
        self.articles += other.articles
        self.words += other.words
        self.statements += other.statements
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)


def articles(corpus: Path) -> Iterator[Article]:
    """The corpus, an article at a time: headline, blank line, body."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row['title']}\n\n{row['text']}"
            yield Article.from_json({**row, "text": text, "headline": [0, len(row["title"])]})


def batched(source: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists of at most _BATCH."""
    rest = iter(source)
    while batch := list(islice(rest, _BATCH)):
        yield batch


@rare_collections()
def read_all(batch: Iterable[Article]) -> Tally:
    """Read a batch, as `qawl read` does, and say what it took."""
    tally = Tally()
    for article in batch:
        words = len(article.text.split())
        started = time.perf_counter()
        reading = qawl.read(article)
        seconds = time.perf_counter() - started
        tally.add(Tally(1, words, len(reading.statements), seconds, (seconds, article.id, words)))
    tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    if sys.platform == "darwin":
        tally.memory /= 1024 * 1024
    return tally


def yardsticks() -> dict[str, Callable[[str], object]]:
    """Programs of less work over the same texts."""
    import simplemma
    import spacy

    tokenizer = spacy.blank("ar").tokenizer
    return {
        "spaCy blank Arabic tokenizer": tokenizer,
        "simplemma": lambda text: simplemma.text_lemmatizer(text, lang="ar"),
    }


def profile(batch: list[Article]) -> list[tuple[str, float]]:
    """The steps of the reader by their share of its time: the functions that the reader itself calls."""
    profiler = cProfile.Profile()
    profiler.enable()
    read_all(batch)
    profiler.disable()
    profiler.create_stats()
    stats = profiler.stats
    whole = sum(entry[3] for (file, _, name), entry in stats.items() if file.endswith("reader.py") and name == "read")
    steps: dict[str, float] = {}
    for (file, _, name), (_, _, _, _, callers) in stats.items():
        inside = Path(file).stem == "reader" or file == "~"
        for (caller, _, _), (_, _, _, cumulative) in callers.items():
            if Path(caller).stem == "reader" and not inside:
                label = f"{Path(file).stem}.{name}"
                steps[label] = steps.get(label, 0.0) + cumulative
    return sorted(((name, seconds / whole) for name, seconds in steps.items()), key=lambda step: -step[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int, help="read this many articles only")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--no-yardsticks", action="store_true")
    args = parser.parse_args()
    source = batched(islice(articles(args.corpus), args.limit))
    if args.jobs > 1:
        _many(source, args.jobs)
    else:
        _one(source, {} if args.no_yardsticks else yardsticks())
        print(f"\nprofile by step, first {_PROFILED} articles (share of reading, under the profiler)")
        for name, share in profile(list(islice(articles(args.corpus), _PROFILED))):
            if share >= 0.005:
                print(f"  {share:6.1%}  {name}")


def _one(source: Iterable[list[Article]], others: dict[str, Callable[[str], object]]) -> None:
    total = Tally()
    spent = dict.fromkeys(others, 0.0)
    qawl.read("قال الوزير إن السد امتلأ.")  # load the tables: they have a figure of their own in curve.py
    peak = 0.0
    for batch in source:
        tally = read_all(batch)
        peak = tally.memory if not others else peak
        total.add(tally)
        for name, run in others.items():
            spent[name] += _time(run, batch)
    _print(total, total.seconds, "one process")
    if not others:
        print(f"  {peak:10,.0f} MB peak memory")
    for name, seconds in spent.items():
        rate = total.words / seconds
        print(f"  {rate:10,.0f} words/s {name}; the reader is {total.words / total.seconds / rate:.3f} of it")


@rare_collections()
def _time(run: Callable[[str], object], batch: Iterable[Article]) -> float:
    """The seconds that a yardstick takes for a batch."""
    started = time.perf_counter()
    for article in batch:
        run(article.text)
    return time.perf_counter() - started


def _many(source: Iterable[list[Article]], jobs: int) -> None:
    total = Tally()
    started = time.perf_counter()
    # Spawned, so that the memory of a process is its own and not what it was born with.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        running = []
        for batch in source:
            running.append(pool.submit(read_all, batch))
            if len(running) > 4 * jobs:
                total.add(running.pop(0).result())
        for future in running:
            total.add(future.result())
    _print(total, time.perf_counter() - started, f"{jobs} processes, wall clock")
    print(f"  {total.memory:10,.0f} MB peak memory of a process")


def _print(total: Tally, seconds: float, how: str) -> None:
    print(f"{total.articles:,} articles, {total.words:,} words, {total.statements:,} statements")
    print(f"  {seconds:10.1f} s ({how})")
    print(f"  {total.words / seconds:10,.0f} words/s")
    print(f"  {total.articles / seconds:10,.0f} articles/s")
    slow, id, words = total.slowest
    print(f"  slowest article: {id}, {slow * 1000:.0f} ms for {words:,} words")


if __name__ == "__main__":
    main()
