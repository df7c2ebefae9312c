"""Who is who across an archive: the steps of `qawl.people.appearance`, their blocks brought together by joins of the
engine, each block decided by the same functions as in a record.

Nobody decided anything about a data set, and nothing is imported into it: so a cluster is a person, body or state. It
goes by the number of its first appearance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from daft import DataFrame, DataType, col, lit
from daft.functions import to_struct

from qawl.compare.loading import SPEAKING
from qawl.corpus.connected import heads
from qawl.corpus.engine import Keep, decided
from qawl.corpus.rows import Row
from qawl.people.anchors import to_ref
from qawl.people.appearance import Appearance, Candidate, Clustering
from qawl.people.clustering import attach, cluster, describe

_LOOKS: Final = ("number", "kind", "name", "aliases", "role", "outlet", "day")
_MEMBERS: Final = DataType.list(
    DataType.struct({"number": DataType.int64(), "cluster": DataType.int64(), "sureness": DataType.float64()})
)
_TOLD: Final = ("person", "name", "type", "country", "state")
_ENTITY: Final = DataType.struct(dict.fromkeys(_TOLD, DataType.string()))
_NO_DAY: Final = "~"  # sorts after all days


def resolve(found: Mapping[str, DataFrame], keep: Keep, workers: int) -> tuple[DataFrame, DataFrame]:
    """Of appearances (`number`) their `cluster` and `sureness`, and of each `cluster` the public ID of the `person`
    with `name`, `type`, `country` and the `state` for which it may speak.

    `found` are the tables of `qawl.corpus.appearing`, without earlier versions of articles, each form there once.
    """
    forms = found["forms"]
    looks = keep(found["appearances"].join(forms.exclude("full", "offered"), on="form"), "looks")
    full = keep(_full(looks, forms, workers), "full")
    short = keep(_attached(looks, found, full, "short", workers), "short")
    office = keep(_attached(looks, found, full.concat(short), "office", workers), "office")
    members = full.concat(short).concat(office)
    gathered = _grouped(members.join(looks, on="number"), "cluster", "members", "anchor")
    described = decided(_describe, _ENTITY, workers)
    told = gathered.select(col("cluster"), described(col("members")).alias("told"))
    return members, keep(told.select("cluster", *(col("told").get(name).alias(name) for name in _TOLD)), "entities")


def _full(looks: DataFrame, forms: DataFrame, workers: int) -> DataFrame:
    """Step 1: the clusters of full names, among those that hang together by keys."""
    of_rank = forms.where("rank = 'full'")
    keys = of_rank.select("form", col("full").alias("key")).explode("key").where(col("key").not_null())
    firsts = keys.groupby("key").agg(col("form").min().alias("one"))
    pairs = keys.join(firsts, on="key").select("one", col("form").alias("other")).where("one <> other").distinct()
    blocks = keys.select("form").distinct().join(heads(pairs), left_on="form", right_on="node", how="left")
    blocks = blocks.select(col("form"), col("head").fill_null(col("form")).alias("block"))
    grouped = _grouped(looks.join(blocks, on="form"), "block", "members")
    clustered = decided(_cluster, _MEMBERS, workers)
    found = _exploded(grouped.select(clustered(col("members")).alias("found")))
    # A full name without a key tells nobody from others.
    alone = looks.where("rank = 'full'").join(keys.select("form").distinct(), on="form", how="anti")
    return found.concat(alone.select("number", col("number").alias("cluster"), lit(1.0).alias("sureness")))


def _attached(
    looks: DataFrame, found: Mapping[str, DataFrame], clusters: DataFrame, rank: str, workers: int
) -> DataFrame:
    """Steps 2 and 3: where short names, or offices, go, among the `clusters` of the steps before."""
    seen = looks.join(found["scenes"], on="article")
    wanting = _grouped(seen.where(f"rank = '{rank}'"), "wanted", "wanting", "names")
    offers = found["forms"].select("form", col("offered").alias("wanted")).explode("wanted")
    offers = offers.join(wanting.select("wanted"), on="wanted")
    sizes = clusters.groupby("cluster").agg(col("number").count().cast(DataType.int64()).alias("size"))
    offering = clusters.join(sizes, on="cluster").join(seen.exclude("wanted"), on="number").join(offers, on="form")
    both = wanting.join(_grouped(offering, "wanted", "offering", "names", "cluster", "size"), on="wanted", how="left")
    attached = decided(_attach, _MEMBERS, workers)
    return _exploded(both.select(attached(to_struct(col("wanting"), col("offering"))).alias("found")))


def _grouped(rows: DataFrame, by: str, name: str, *further: str) -> DataFrame:
    """Appearances by the block that they are in, with what else is needed of them."""
    return rows.groupby(by).agg(to_struct(*map(col, (*_LOOKS, *further))).list_agg().alias(name))


def _exploded(blocks: DataFrame) -> DataFrame:
    """What was found of blocks, a row for each appearance."""
    found = col("found")
    return blocks.explode(found).select(*(found.get(name).alias(name) for name in ("number", "cluster", "sureness")))


def _cluster(block: list[Row]) -> list[Row]:
    return _own(cluster([_appearance(row) for row in block]))


def _attach(block: Row) -> list[Row]:
    candidates: dict[int, list[Row]] = defaultdict(list)
    for row in block["offering"] or ():
        candidates[row["cluster"]].append(row)
    found = attach(
        [_appearance(row) for row in block["wanting"]],
        [
            Candidate(number, tuple(map(_appearance, rows)), rows[0]["size"])
            for number, rows in sorted(candidates.items())
        ],
    )
    gone = [{"number": one.id, "cluster": number, "sureness": one.sureness} for number, one in found.attached]
    return gone + _own(found.apart)


def _own(found: Clustering) -> list[Row]:
    """Clusters, by the number of their first appearance."""
    rows: list[Row] = []
    for group in found.groups:
        first = min(one.id for one in group)
        rows += [{"number": one.id, "cluster": first, "sureness": one.sureness} for one in group]
    return rows


def _describe(members: list[Row]) -> Row:
    """What the appearances of a cluster come to. Its ID is that of the earliest (`qawl.people.anchors`)."""
    told = describe([_appearance(row) for row in members])
    _, anchor = min((row["day"] or _NO_DAY, row["anchor"]) for row in members)
    speaks = any(one.of == told.country and one.kind in SPEAKING for one in told.relations)
    return {
        "person": to_ref(anchor),
        "name": told.name,
        "type": told.kind,
        "country": told.country,
        "state": told.country if speaks else None,
    }


def _appearance(row: Row) -> Appearance:
    names = tuple(row.get("names") or ())
    state = names[0][1:] if names and names[0].startswith("=") else None
    return Appearance(
        row["number"],
        row["kind"],
        row["name"],
        tuple(row["aliases"]),
        row["role"],
        row["outlet"],
        row["day"],
        names[1:] if state else names,
        setting=state,
    )
