"""Who is who, and who else reported it, across a whole archive: the tables `people` and `groups` of a data set.

They follow from the data set alone and are made as a whole; what is made on the way stands in a folder of its own,
`_compare`, and is taken away at the end. Stopped at any moment, the tables are as they were, and the same command
begins again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import daft
import pyarrow as pa
from daft import DataFrame, col

from qawl.corpus.appearing import FOUND, Gatherer, Gathering
from qawl.corpus.commit import Dataset
from qawl.corpus.engine import LOST, Engine, run
from qawl.corpus.errors import CorpusError
from qawl.corpus.groups import group, link
from qawl.corpus.likenesses import LINKS
from qawl.corpus.people import resolve
from qawl.corpus.plan import tally_of
from qawl.corpus.schema import GROUPS, PEOPLE
from qawl.corpus.settling import COMPARED, is_settled, state_of

_PLACE: Final = "_compare"
#: Articles for which one more worker is worth its start.
_WORTH: Final = 1000
#: How many tables are kept on the way.
_STEPS: Final = 7

#: Hears what is done, and what share of it.
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: persons, bodies and states; statements that others report too, in so many groups."""

    people: int
    statements: int
    groups: int


def compare(dataset: Dataset, engine: Engine, tell: Tell = lambda stage, share: None) -> Compared:
    """Make the tables `people` and `groups` of a data set. Raises CorpusError."""
    if dataset.about() is None:
        raise CorpusError(f"{dataset.place}: no data set here (`qawl corpus read` makes one)")
    with dataset.locked():
        if not is_settled(dataset):
            raise CorpusError(f"{dataset.place}: reading is not finished; give the same `qawl corpus read` again")
        workers = engine.begin()
        if not engine.workers:  # of few articles, to start a worker takes longer than what it does
            workers = min(workers, 1 + tally_of(dataset).articles // _WORTH)
        dataset.clear(_PLACE)
        try:
            compared = _compare(dataset, workers, tell)
        except LOST as error:
            # What went wrong in a worker stands at the end of what the engine says.
            raise CorpusError(f"the engine: {' '.join(str(error).split())[-300:]}") from None
        dataset.write_json(state_of(dataset), COMPARED)
        dataset.clear(_PLACE)
        return compared


def _compare(dataset: Dataset, workers: int, tell: Tell) -> Compared:
    tasks = [Gathering(part, n) for n, part in enumerate(sorted(dataset.names()))]
    for n, _ in enumerate(run(tasks, Gatherer(dataset.place, _PLACE), workers), 1):
        tell("reading names", n / len(tasks))
    found = {table: _read(dataset, schema, table) for table, schema in FOUND.items()}
    latest = found["articles"].groupby("key").agg(col("article").max()).select("article")
    for table in ("appearances", "said"):
        found[table] = found[table].join(latest, on="article", how="semi")
    found["forms"] = found["forms"].distinct("form")
    steps = 0

    def keep(table: DataFrame, name: str) -> DataFrame:
        nonlocal steps
        table.write_parquet(dataset.url(_PLACE, name))
        tell("resolving", (steps := steps + 1) / _STEPS)
        return _read(dataset, table.schema().to_pyarrow_schema(), name)

    members, entities = resolve(found, keep, workers)
    articles = found["articles"].select("article", "id", "outlet")
    voices = members.join(entities, on="cluster").select(col("number").alias("appearance"), "cluster", "state")
    said = keep(found["said"].join(voices, on="appearance", how="left").join(articles, on="article"), "voices")
    texts = daft.read_parquet(dataset.url("articles", "*.parquet")).select(col("article").alias("id"), "text")
    texts = texts.join(articles, on="id").select("article", "text")
    for share in link(dataset, _PLACE, said, texts, workers):
        tell("comparing", share)
    copies = daft.read_parquet(dataset.url("copies", "*.parquet")).select("article", "other")
    for side in ("article", "other"):
        numbers = articles.select(col("id").alias(side), col("article").alias("number"))
        copies = copies.join(numbers, on=side).exclude(side).with_column_renamed("number", side)
    grouped = group(_read(dataset, LINKS, "links"), said, copies, workers)
    grouped = keep(grouped, "grouped").join(said, on="number")
    people = members.join(entities, on="cluster").join(found["appearances"].exclude("outlet"), on="number")
    people = people.join(articles, on="article").sort("number")
    dataset.forget(COMPARED)
    for name, made, schema in (("people", people, PEOPLE), ("groups", grouped.sort(["group", "number"]), GROUPS)):
        rows = made.exclude("article").with_column_renamed("id", "article").select(*schema.names)
        dataset.write_batches(rows.to_arrow_iter(), schema, name, f"{name}.parquet")
    counted = grouped.agg(col("number").count(), col("group").count_distinct()).to_pydict()
    return Compared(entities.count_rows(), counted["number"][0], counted["group"][0])


def _read(dataset: Dataset, schema: pa.Schema, name: str) -> DataFrame:
    """A table of the folder in which this is made; one without rows where nothing was written."""
    if dataset.is_empty(_PLACE, name):
        return daft.from_arrow(schema.empty_table())
    return daft.read_parquet(dataset.url(_PLACE, name, "*.parquet"))
