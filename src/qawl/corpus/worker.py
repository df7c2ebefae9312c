"""What a worker of the engine does: goes through an input, has its chunks read, and commits each as a part."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from qawl.corpus.commit import Dataset, Part
from qawl.corpus.inputs import Chunk, End, Input, chunks
from qawl.corpus.limits import Guarded, Limits
from qawl.corpus.rows import Row
from qawl.corpus.schema import TABLES
from qawl.intake.options import Options

_ROWS: Final = 2000  # of articles, after which rows become columns, which need a tenth of the memory


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

    def _read(self, name: str, chunk: Chunk) -> None:
        begun = time.monotonic()
        rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        built: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        seen: set[str] = set()
        left_out: Counter[str] = Counter()
        articles = words = statements = failed = 0

        def build() -> None:
            for table, schema in TABLES.items():
                built[table].append(pa.Table.from_pylist(rows[table], schema))
                rows[table].clear()

        for item, done in self._guarded.read(chunk.items):
            if done.rows is not None:
                (article,) = done.rows["articles"]
                if article["article"] in seen:  # the same once more; those of other parts are found at the end
                    continue
                done.rows["_bands"][0]["place"] += f" {name}-{len(seen):06}"
                seen.add(article["article"])
                for table, some in done.rows.items():
                    rows[table] += some
                articles += 1
                words += article["words"]
                statements += article["statements"]
                if len(rows["articles"]) >= _ROWS:
                    build()
            elif done.language is not None:
                left_out[done.language] += 1
            else:
                failed += 1
                rows["errors"].append({"found": item.where, "kind": item.kind, "reason": done.reason or ""})
        build()
        tables = {table: pa.concat_tables(some) for table, some in built.items()}
        seconds = round(time.monotonic() - begun, 3)
        if self._parent is not None and os.getppid() != self._parent:
            os._exit(1)  # whoever started the command has killed it, and may have started it anew
        self._dataset.commit(name, tables, Part(articles, words, statements, chunk.size, failed, dict(left_out), seconds))


def part_name(source: Input, number: int) -> str:
    """The name of the part that a chunk becomes."""
    return f"{source.mark}-{number:06}"
