"""From inputs to a data set: what is left to be read, shared out among workers, and told of as it is done."""

from __future__ import annotations

import math
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from qawl.corpus.commit import Dataset, Part
from qawl.corpus.engine import LOST, Engine, machines, run
from qawl.corpus.errors import CorpusError
from qawl.corpus.inputs import Input, chunk_size, find_inputs, unpacked_size
from qawl.corpus.limits import Limits
from qawl.corpus.settling import settle
from qawl.corpus.worker import How, Share, Task
from qawl.intake.options import Options
from qawl.reading.version import VERSION as READER

#: Bytes of a chunk, unpacked, at most: some thousand articles, read in about five seconds and lost where a worker is.
CHUNK: Final = 4 << 20
_SHARES: Final = 8  # of the inputs for each worker: with fewer, some would wait long for the last
_MOST_SHARES: Final = 64
#: Of what is left, this much is given out in tasks of one size, one for each worker; then of the rest again.
_ROUND: Final = 0.75
_EVERY: Final = 1.0  # seconds between two looks at what is done
_EVERY_FAR: Final = 10.0  # in an object store, where a look is a request for each thousand parts


@dataclass(slots=True)
class Tally:
    """What a data set holds so far. `bytes` is of inputs as they lie there, of `total`."""

    articles: int = 0
    words: int = 0
    statements: int = 0
    bytes: int = 0
    total: int = 0
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, part: Part) -> None:
        self.articles += part.articles
        self.words += part.words
        self.statements += part.statements
        self.bytes += part.bytes
        self.failed += part.failed
        self.left_out.update(part.left_out)


def read_archive(
    sources: Sequence[str],
    place: str,
    *,
    options: Options,
    engine: Engine,
    limits: Limits,
    chunk: int,
    tell: Callable[[Tally], None],
    lost: Callable[[], None],
) -> Tally:
    """Read all that the sources hold, and is not read yet, into the data set at `place`.

    `tell` hears how far it is, about once a second, from another thread. From there `lost` is called when a machine of
    the cluster is gone: the engine would wait for it until it is replaced, so that it is better to begin again with
    those that are left. Raises CorpusError and InputError.
    """
    workers = engine.begin()  # first of all: what lies in an object store is found by it
    dataset = Dataset(place)
    inputs = find_inputs(list(sources), options)
    dataset.begin({"reader": f"qawl {READER}", "part": chunk, "options": _described(options)})
    with dataset.locked():
        how = How(dataset.place, options, limits, chunk, os.getpid())
        before = None
        while tasks := _tasks(dataset, inputs, workers, chunk):
            whole = dataset.names()
            if whole == before:
                raise CorpusError("the engine came to an end, and nothing was read")
            before = whole
            with _watched(dataset, inputs, tell, lost):
                try:
                    for _ in run(tasks, how, workers):
                        pass
                except LOST as error:
                    # A machine or a worker is gone. What it had done is done; the rest is left, for those who remain.
                    if dataset.names() == whole:
                        raise CorpusError(f"the engine: {' '.join(str(error).split())[:300]}") from None
        dataset.tidy()
        settle(dataset, workers)
    tally = tally_of(dataset, inputs)
    tell(tally)
    return tally


def tally_of(dataset: Dataset, inputs: Sequence[Input] = ()) -> Tally:
    """What a data set holds."""
    tally = Tally(total=sum(one.size for one in inputs))
    for part in dataset.parts().values():
        tally.add(part)
    return tally


def _tasks(dataset: Dataset, inputs: Sequence[Input], workers: int, chunk: int) -> list[Task]:
    """The inputs that are not read yet, shared out: the largest first, and in ever smaller tasks, so that no worker is
    left alone at the end."""
    done: dict[str, set[int]] = {}
    for name in dataset.names():
        mark, _, number = name.partition("-")
        done.setdefault(mark, set()).add(int(number))
    ends = dataset.ends()
    left = [
        source for source in inputs if source.mark not in ends or len(done.get(source.mark, ())) < ends[source.mark]
    ]
    total = sum(source.size for source in left) or 1
    units: deque[tuple[float, Share]] = deque()  # with their bytes
    for source in sorted(left, key=lambda source: -source.size):
        # Each share goes through the whole input, so there are no more of them than are of use.
        wanted = round(_SHARES * workers * source.size / total)
        most = math.ceil(unpacked_size(source) / chunk_size(source, chunk))
        shares = max(1, min(wanted, most, _MOST_SHARES))
        own = frozenset(done.get(source.mark, ()))
        units.extend((source.size / shares, Share(source, n, n + 1, shares, own)) for n in range(shares))
    tasks: list[Task] = []
    while units:
        size = _ROUND * sum(size for size, _ in units) / workers
        for _ in range(workers):
            if units:
                tasks.append(_task(units, size))
    return tasks


def _task(units: deque[tuple[float, Share]], size: float) -> Task:
    """The next shares, of so many bytes together; those of one input as one."""
    taken: list[Share] = []
    held = 0.0
    while units and (not taken or held + units[0][0] / 2 <= size):
        bytes_, share = units.popleft()
        held += bytes_
        if taken and taken[-1].source is share.source:
            taken[-1] = replace(taken[-1], last=share.last)
        else:
            taken.append(share)
    return tuple(taken)


def _described(options: Options) -> dict[str, Any]:
    """What of the options the articles follow from, as far as it was not left as it is."""
    usual = Options()
    names = (field.name for field in fields(Options) if field.name != "web")
    found = {name: getattr(options, name) for name in names if getattr(options, name) != getattr(usual, name)}
    return {name: dict(value) if isinstance(value, Mapping) else str(value) for name, value in found.items()}


@contextmanager
def _watched(
    dataset: Dataset, inputs: Sequence[Input], tell: Callable[[Tally], None], lost: Callable[[], None]
) -> Iterator[None]:
    """Tell from time to time how far the data set is, and when a machine is lost."""
    over = threading.Event()
    there = machines()

    def watch() -> None:
        seen: set[str] = set()
        tally = Tally(total=sum(one.size for one in inputs))
        while True:
            for name in dataset.names() - seen:
                if (part := dataset.part(name)) is not None:
                    seen.add(name)
                    tally.add(part)
            tell(tally)
            if there - machines():
                lost()
                return
            if over.wait(_EVERY if dataset.local else _EVERY_FAR):
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
