"""Copies across the whole archive: the same article twice, the same words elsewhere, much of the same words.

Found by the engine, as joins: no machine has to hold the archive. An article that several parts have stays in one of
them; what is alike is linked, each with what was published before it, as in a record (`qawl.record.identity`).
"""

from __future__ import annotations

from typing import Final

import daft
from daft import DataFrame, Window, col
from daft.functions import row_number

from qawl.corpus.commit import Dataset
from qawl.record.identity import NEAR, likeness, shingles

_MOST: Final = 20  # earlier articles of a band, and of an article, with which one is compared


def doubled(dataset: Dataset) -> dict[str, list[str]]:
    """The articles that are to go from parts, by the name of the part: another part has the same."""
    bands = _bands(dataset)
    # The part stands at the end of a place: "2024-03-05T17:35:43Z 0123456789ab-000001-000002".
    part = daft.sql_expr("regexp_extract(place, '([0-9a-f]{12}-[0-9]{6})-[0-9]{6}$', 1)")
    several = bands.groupby("article").agg(col("place").count().alias("times")).where("times > 1").select("article")
    rows = bands.select("article", part.alias("part")).join(several, on="article", how="semi").collect()
    firsts = rows.groupby("article").agg(col("part").min().alias("kept"))
    found = rows.join(firsts, on="article").where("part <> kept")
    gone: dict[str, list[str]] = {}
    for row in found.select("part", "article").iter_rows():
        gone.setdefault(row["part"], []).append(row["article"])
    return gone


def links(dataset: Dataset) -> DataFrame:
    """The rows of the table `copies`."""
    # What is used more than once, and small beside the whole, is worked out once: the engine would do so each time.
    bands = _bands(dataset)
    several = bands.groupby("text_hash").agg(col("place").min().alias("first"), col("place").count().alias("times"))
    alike = (
        bands.select("article", "text_hash", "place")
        .join(several.where("times > 1").exclude("times"), on="text_hash")
        .collect()
    )
    firsts = alike.where("place = first").select(col("article").alias("other"), "text_hash")
    again = alike.where("place <> first")
    same = again.join(firsts, on="text_hash").select(
        "article", "other", daft.lit("same").alias("kind"), daft.lit(1.0).alias("likeness")
    )
    return same.concat(_near(dataset, bands.join(again.select("place"), on="place", how="anti")))


def _near(dataset: Dataset, firsts: DataFrame) -> DataFrame:
    every = firsts.explode("bands").select("article", "key", "place", col("bands").alias("band"))
    every = every.where(col("band").not_null())
    # Of a hundred bands hardly one is of two articles; to put the others in order would be most of the work.
    several = every.groupby("band").agg(col("article").count().alias("times")).where("times > 1").select("band")
    by_band = Window().partition_by("band").order_by("place")
    holders = every.join(several, on="band", how="semi").with_column("nth", row_number().over(by_band)).collect()
    others = holders.where(f"nth <= {_MOST}").select(
        col("band"),
        col("article").alias("other"),
        col("key").alias("other_key"),
        col("place").alias("other_place"),
        col("nth").alias("other_nth"),
    )
    shared = (
        holders.where("nth > 1")
        .join(others, on="band")
        .where("other_nth < nth AND key <> other_key")
        .groupby("article", "other")
        .agg(col("band").count().alias("shared"), col("other_place").min().alias("other_place"))
    )
    best = Window().partition_by("article").order_by(col("shared"), col("other_place"), desc=[True, False])
    pairs = (
        shared.with_column("nth", row_number().over(best)).where(f"nth <= {_MOST}").select("article", "other").collect()
    )
    named = pairs.select("article").concat(pairs.select(col("other").alias("article")))
    texts = daft.read_parquet(f"{dataset.url('articles')}/*.parquet").select("article", "text")
    texts = texts.join(named, on="article", how="semi").collect()
    both = pairs.join(texts, on="article").join(
        texts.select(col("article").alias("other"), col("text").alias("other_text")), on="other"
    )
    alike = both.select("article", "other", _likeness(col("text"), col("other_text")).alias("likeness"))
    near = alike.where(f"likeness >= {NEAR}")
    return near.select("article", "other", daft.lit("near").alias("kind"), "likeness")


@daft.func(return_dtype=daft.DataType.float64())
def _likeness(one: str, other: str) -> float:
    return likeness(shingles(one), shingles(other))


def _bands(dataset: Dataset) -> DataFrame:
    return daft.read_parquet(f"{dataset.url('_bands')}/*.parquet")
