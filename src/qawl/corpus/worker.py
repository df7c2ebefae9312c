"""What a worker of the engine does: goes through an input, has its chunks read, and commits each as a part."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from qawl.corpus.commit import Dataset, Part
from qawl.corpus.inputs import Chunk, End, Input, Item, chunk_size, chunks
from qawl.corpus.limits import Guarded, Limits, Read
from qawl.corpus.protocol import error_row
from qawl.corpus.schema import TABLES
from qawl.intake.options import Options


@dataclass(frozen=True, slots=True)
class Share:
    """A share of an input: the chunks whose number leaves `first` to `last` (half-open) when divided by `shares`, but
    for those `done`."""

    source: Input
    first: int
    last: int
    shares: int
    done: frozenset[int]

    def has(self, number: int) -> bool:
        """Is the chunk of this number in it, and still to be read?"""
        return self.first <= number % self.shares < self.last and number not in self.done


#: What a worker is given at a time.
Task = tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class How:
    """How to read: what every worker is told once. `size` is bytes of a chunk at most, `driver` the process of the
    command."""

    place: str
    options: Options
    limits: Limits
    size: int
    driver: int

    def begin(self) -> Callable[[Task], int]:
        """The work of one worker, as the engine wants it."""
        return Worker(self).read


class Worker:
    """Reads shares of inputs, one after the other. To be closed."""

    def __init__(self, how: How) -> None:
        self._how = how
        self._dataset = Dataset(how.place)
        self._guarded = Guarded(how.options, how.limits)
        self._parent = None if os.getpid() == how.driver else os.getppid()

    def read(self, task: Task) -> int:
        """Read and commit the chunks of a task; how many it were."""
        begun: deque[_Reading] = deque()
        count = 0
        for read in self._guarded.read(self._items(task, begun)):
            begun[0].add(read)
            if begun[0].is_whole:
                self._commit(begun.popleft())
                count += 1
        return count

    def close(self) -> None:
        self._guarded.close()

    def _items(self, task: Task, begun: deque[_Reading]) -> Iterator[list[Item]]:
        """The items of each chunk. The next ones are asked for before those of the last are read, so that the process
        that reads does not wait while a part is written."""
        for share in task:
            source = share.source
            size = chunk_size(source, self._how.size)
            for found in chunks(source, size, share.has, self._how.options):
                if isinstance(found, End):
                    self._dataset.end(source.mark, found.chunks)
                else:
                    begun.append(_Reading(part_name(source, found.number), found))
                    yield found.items

    def _commit(self, reading: _Reading) -> None:
        tables, part = reading.tables(), reading.part()
        if self._parent is not None and os.getppid() != self._parent:
            os._exit(1)  # whoever started the command has killed it, and may have started it anew
        self._dataset.commit(reading.name, tables, part)


class _Reading:
    """A chunk that is being read: what has become of its items so far."""

    def __init__(self, name: str, chunk: Chunk) -> None:
        self.name = name
        self._size = chunk.size
        self._left = len(chunk.items)
        self._begun = time.monotonic()
        self._found: dict[str, list[pa.Table]] = {table: [schema.empty_table()] for table, schema in TABLES.items()}
        self._seen: set[str] = set()
        self._left_out: Counter[str] = Counter()
        self._articles = self._words = self._statements = self._failed = 0

    @property
    def is_whole(self) -> bool:
        """Is it known of each item what has become of it?"""
        return self._left == 0

    def add(self, read: Read) -> None:
        """Take in what became of the next items."""
        self._left -= len(read.done) + len(read.given_up)
        tables = dict(read.tables)
        # The same article once more; where other parts have it, that is found at the end.
        if again := {done.article for done in read.done if done.article is not None} & self._seen:
            tables = {name: _without(table, again) for name, table in tables.items()}
        for done in read.done:
            if done.article is not None and done.article not in self._seen:
                self._seen.add(done.article)
                self._articles += 1
                self._words += done.words
                self._statements += done.statements
            elif done.language is not None:
                self._left_out[done.language] += 1
            elif done.reason is not None:
                self._failed += 1
        for name, table in tables.items():
            self._found[name].append(table)
        if read.given_up:
            self._failed += len(read.given_up)
            rows = [error_row(item, reason) for item, reason in read.given_up]
            self._found["errors"].append(pa.Table.from_pylist(rows, TABLES["errors"]))

    def tables(self) -> dict[str, pa.Table]:
        """Its tables, in one piece each."""
        whole = {table: pa.concat_tables(some) for table, some in self._found.items()}
        whole["_bands"] = _placed(whole["_bands"], self.name)
        return whole

    def part(self) -> Part:
        """What it came to."""
        seconds = round(time.monotonic() - self._begun, 3)
        return Part(
            *(self._articles, self._words, self._statements, self._size, self._failed), dict(self._left_out), seconds
        )


def _without(table: pa.Table, articles: set[str]) -> pa.Table:
    """A table without the rows of these articles; it may be one that knows no articles."""
    if "article" not in table.column_names:
        return table
    return table.filter(pc.invert(pc.is_in(table["article"], pa.array(sorted(articles), pa.string()))))


def _placed(bands: pa.Table, part: str) -> pa.Table:
    """The places of articles with the part and the row in them, so that no two are the same."""
    rows = pa.array([f"{part}-{row:06}" for row in range(bands.num_rows)], pa.string())
    at = bands.schema.get_field_index("place")
    places = pc.binary_join_element_wise(bands["place"], rows, " ")
    return bands.set_column(at, bands.schema.field(at), places)


def part_name(source: Input, number: int) -> str:
    """The name of the part that a chunk becomes."""
    return f"{source.mark}-{number:06}"
