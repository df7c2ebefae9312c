"""What a worker of the engine does: goes through an input, has its chunks read, and commits each as a part."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from qawl.corpus.commit import Dataset, Part
from qawl.corpus.inputs import Chunk, End, Input, chunks
from qawl.corpus.limits import Guarded, Limits
from qawl.corpus.reading import error_row
from qawl.corpus.schema import TABLES
from qawl.intake.options import Options


@dataclass(frozen=True, slots=True)
class Task:
    """A share of an input: the chunks whose number leaves `share` when divided by `shares`, but for those `done`."""

    source: Input
    share: int
    shares: int
    done: frozenset[int]


@dataclass(frozen=True, slots=True)
class How:
    """How to read: what every worker is told once. `size` is bytes of a chunk, `driver` the process of the command."""

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
        """Read and commit the chunks of a share; how many it were."""
        how, source = self._how, task.source
        count = 0
        for found in chunks(
            source, how.size, lambda n: n % task.shares == task.share and n not in task.done, how.options
        ):
            if isinstance(found, End):
                self._dataset.end(source.mark, found.chunks)
            else:
                self._read(part_name(source, found.number), found)
                count += 1
        return count

    def close(self) -> None:
        self._guarded.close()

    def _read(self, name_of_part: str, chunk: Chunk) -> None:
        begun = time.monotonic()
        found: dict[str, list[pa.Table]] = {table: [schema.empty_table()] for table, schema in TABLES.items()}
        seen: set[str] = set()
        left_out: Counter[str] = Counter()
        articles = words = statements = failed = 0
        for read in self._guarded.read(chunk.items):
            tables = dict(read.tables)
            # The same article once more; where other parts have it, that is found at the end.
            if again := {done.article for done in read.done if done.article is not None} & seen:
                tables = {name: _without(table, again) for name, table in tables.items()}
            for done in read.done:
                if done.article is not None and done.article not in seen:
                    seen.add(done.article)
                    articles += 1
                    words += done.words
                    statements += done.statements
                elif done.language is not None:
                    left_out[done.language] += 1
                elif done.reason is not None:
                    failed += 1
            for name, table in tables.items():
                found[name].append(table)
            if read.given_up:
                failed += len(read.given_up)
                rows = [error_row(item, reason) for item, reason in read.given_up]
                found["errors"].append(pa.Table.from_pylist(rows, TABLES["errors"]))
        whole = {table: pa.concat_tables(some) for table, some in found.items()}
        whole["_bands"] = _placed(whole["_bands"], name_of_part)
        seconds = round(time.monotonic() - begun, 3)
        if self._parent is not None and os.getppid() != self._parent:
            os._exit(1)  # whoever started the command has killed it, and may have started it anew
        self._dataset.commit(
            name_of_part, whole, Part(articles, words, statements, chunk.size, failed, dict(left_out), seconds)
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
