"""The last step over a whole data set: no article twice, and copies linked.

It follows from the parts alone and is done again when they have changed. Stopped at any moment, it can be done again.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from qawl.corpus.commit import Dataset
from qawl.corpus.copies import doubled, links
from qawl.corpus.engine import run
from qawl.corpus.schema import COPIES, TABLES

_SETTLED = "_settled.json"
#: Tells of what parts the tables `people` and `groups` were made.
COMPARED = "_compared.json"
_FEW = 256  # parts: to start the workers anew takes a second or two, and these take hardly longer


def settle(dataset: Dataset, workers: int) -> None:
    """Bring a data set to its end, where it is not there yet. The engine must have been begun."""
    if is_settled(dataset):
        return
    state = state_of(dataset)
    tasks = [_Doubled(part, frozenset(articles)) for part, articles in doubled(dataset).items()]
    work = _Dropping(dataset.place)
    if len(tasks) <= _FEW:
        with ThreadPoolExecutor(workers) as threads:  # reading and writing Parquet, which Python need not wait for
            list(threads.map(work.begin(), tasks))
    else:
        for _ in run(tasks, work, workers):
            pass
    dataset.write_batches(links(dataset).to_arrow_iter(), COPIES, "copies", "copies.parquet")
    dataset.write_json(state, _SETTLED)


def state_of(dataset: Dataset) -> dict[str, str]:
    """What tells whether a data set still has the same parts."""
    return {"parts": blake2b("\n".join(sorted(dataset.names())).encode(), digest_size=16).hexdigest()}


def is_settled(dataset: Dataset) -> bool:
    """Has all that is in a data set been brought to its end?"""
    return dataset.read_json(_SETTLED) == state_of(dataset)


def is_compared(dataset: Dataset) -> bool:
    """Are the tables `people` and `groups` there, and made of all that the data set has?"""
    return dataset.read_json(COMPARED) == state_of(dataset)


@dataclass(frozen=True, slots=True)
class _Doubled:
    """The articles of a part that another part has."""

    part: str
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Dropping:
    """The work of taking them out."""

    place: str

    def begin(self) -> Callable[[Any], int]:
        dataset = Dataset(self.place)
        return lambda task: _drop(dataset, task)


def _drop(dataset: Dataset, task: _Doubled) -> int:
    """Take articles out of a part. What would be done again after a stop in the middle comes to the same: the table by
    which they are found is written last."""
    name = f"{task.part}.parquet"
    gone = pa.array(sorted(task.articles), pa.string())
    left: dict[str, pa.Table] = {}
    for table in TABLES:
        if table != "errors":
            whole = dataset.read_table(table, name)
            left[table] = whole.filter(pc.invert(pc.is_in(whole["article"], gone)))
    part = dataset.part(task.part)
    assert part is not None  # nothing takes parts away while this one has the data set
    articles = left["articles"]
    counts = {
        "articles": articles.num_rows,
        "words": pc.sum(articles["words"]).as_py() or 0,
        "statements": left["statements"].num_rows,
    }
    for table in ("statements", "speakers", "mentions", "articles"):
        dataset.write_table(left[table].cast(TABLES[table]), table, name)
    dataset.note(task.part, replace(part, **counts))
    dataset.write_table(left["_bands"].cast(TABLES["_bands"]), "_bands", name)
    return len(gone)
