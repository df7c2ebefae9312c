"""Which statements of an archive report one utterance: compared by stretches of days, then grouped where links hang
together, by the same functions as in a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import daft
from daft import DataFrame, DataType, col
from daft.functions import to_struct

from qawl.compare.grouping import Link, Report, groups, independent_outlets
from qawl.compare.likeness import JOIN
from qawl.corpus.commit import Dataset
from qawl.corpus.connected import heads
from qawl.corpus.days import BEFORE, stretches
from qawl.corpus.engine import decided, run
from qawl.corpus.likenesses import Comparer, Stretch
from qawl.corpus.rows import Row

#: Statements of a stretch, with those of the days before it: some 300 MiB in a worker.
_MOST: Final = 12_000
_NODE: Final = ("number", "statement", "article", "outlet", "published", "said_on", "copies")
_GROUPED: Final = DataType.list(
    DataType.struct({"number": DataType.int64(), "group": DataType.string(), "outlets": DataType.int64()})
)


class _Node(NamedTuple):
    """A statement in the order in which groups list them, as in a record: by the day on which it was said, or else
    published, those without a day last, then by public ID."""

    undated: bool
    day: int
    ref: str
    number: int
    article: int


def link(dataset: Dataset, place: str, said: DataFrame, texts: DataFrame, workers: int) -> Iterator[float]:
    """Write the links of statements into the folder `links` of `place`; what share of it is done, after each step.

    `said` are the statements with the `cluster` and `state` of who speaks, `texts` the articles that they stand in.
    """
    counted = said.groupby("published").agg(col("number").count().alias("statements")).sort("published").to_pydict()
    days = list(zip(counted["published"], map(int, counted["statements"]), strict=True))
    if not days:
        return
    found = stretches(days, _MOST)
    of_day = {day: n for n, (first, last) in enumerate(found) for day, _ in days if first <= day <= last}
    table = daft.from_pydict({"published": list(of_day), "stretch": list(of_day.values())})
    table = table.select(col("published").cast(DataType.int32()), "stretch")
    stretched = said.join(table, on="published")
    stretched.write_parquet(dataset.url(place, "stretched"), partition_cols=["stretch"])
    where = stretched.groupby("article", "stretch").agg(col("published").max())
    texts.join(where, on="article").write_parquet(dataset.url(place, "texts"), partition_cols=["stretch"])
    tasks = [
        Stretch(n, first, first - BEFORE, tuple(m for m in range(n) if found[m][1] >= first - BEFORE and found[m][0]))
        for n, (first, last) in enumerate(found)
    ]
    total = sum(statements for _, statements in days)
    done = 0
    for statements in run(tasks, Comparer(dataset.place, place), workers):
        done += statements
        yield done / total


def group(links: DataFrame, said: DataFrame, copies: DataFrame, workers: int) -> DataFrame:
    """Of statements (`number`) that are not alone their `group`, which goes by the public ID of its first one, and how
    many `outlets` give it in words of their own.

    `copies` are pairs of articles (`article`, `other`) that share their text.
    """
    blocks = heads(links.where(f"likeness >= {JOIN}").select("one", "other"))
    inside = links.join(blocks.select(col("node").alias("one"), "head"), on="one")
    inside = inside.join(blocks.select(col("node").alias("other"), col("head").alias("block")), on="other")
    inside = inside.where("head = block")
    linked = inside.groupby("block").agg(to_struct(col("one"), col("other"), col("likeness")).list_agg().alias("links"))
    both = copies.concat(copies.select(col("other").alias("article"), col("article").alias("other")))
    own = both.groupby("article").agg(col("other").list_agg().alias("copies"))
    nodes = said.join(blocks.select(col("node").alias("number"), col("head").alias("block")), on="number")
    nodes = nodes.join(own, on="article", how="left")
    node = to_struct(*map(col, _NODE))
    whole = linked.join(nodes.groupby("block").agg(node.list_agg().alias("nodes")), on="block")
    grouped = decided(_group, _GROUPED, workers)(to_struct(col("nodes"), col("links"))).alias("found")
    found = col("found")
    rows = whole.select(grouped).explode(found).where(found.not_null())
    return rows.select(*(found.get(name).alias(name) for name in ("number", "group", "outlets")))


def _group(block: Row) -> list[Row]:
    rows = {row["number"]: row for row in block["nodes"]}
    nodes = {}
    for number, row in rows.items():
        day = row["said_on"] or row["published"]
        nodes[number] = _Node(day == 0, day, row["statement"], number, row["article"])
    links = [Link(nodes[one["one"]], nodes[one["other"]], one["likeness"]) for one in block["links"]]
    names = sorted({row["outlet"] for row in rows.values() if row["outlet"] is not None})
    outlets = {name: n for n, name in enumerate(names)}
    found: list[Row] = []
    for group in groups(nodes.values(), links):
        reports = [
            Report(row["article"], outlets.get(row["outlet"]), frozenset(row["copies"] or ()))
            for row in {node.article: rows[node.number] for node in group}.values()
        ]
        independent = independent_outlets(reports)
        found += [{"number": node.number, "group": group[0].ref, "outlets": independent} for node in group]
    return found
