"""From a data set into a record: what was read once is not read again.

An article that the record has is left as it is, so the same command twice changes nothing; one stopped in the middle
goes on when it is given again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Engine

from qawl.arabic.letters import fold
from qawl.corpus.commit import Dataset
from qawl.corpus.rows import article_of, reading_of
from qawl.record.engine import write, write_all
from qawl.record.identity import Identity
from qawl.record.rows import to_rows
from qawl.record.search.index import tidy
from qawl.record.writing import Outcome, Prepared, add_prepared

_BATCH: Final = 250  # articles in one transaction
_TABLES: Final = ("statements", "speakers", "mentions", "_bands")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles: of these outlets (of any, where there are none), published in these days, in which somebody of
    one of these names speaks."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    speakers: tuple[str, ...] = ()


def load(engine: Engine, dataset: Dataset, choice: Choice, tell: Callable[[Outcome], None]) -> None:
    """Bring the chosen articles of a data set into a record; `tell` hears of each once it is safe there."""
    written = 0
    for name in sorted(dataset.names()):
        rest = _prepared(dataset, name, choice)
        while batch := list(islice(rest, _BATCH)):
            for outcome in write_all(engine, add_prepared, batch, _refused):
                written += outcome.kind in ("new", "changed")
                tell(outcome)
    if written:
        write(engine, tidy)


def _refused(prepared: Prepared, reason: str) -> Outcome:
    return Outcome(prepared.article, "failed", reason)


def _prepared(dataset: Dataset, part: str, choice: Choice) -> Iterator[Prepared]:
    """The chosen articles of a part, ready to be written."""
    name = f"{part}.parquet"
    chosen = dataset.read_table("articles", name).filter(_chosen(choice))
    if choice.speakers and chosen.num_rows:
        said = dataset.read_table("statements", name, columns=["article", "speaker_name"])
        chosen = chosen.filter(pc.is_in(chosen["article"], _speaking(said, choice.speakers)))
    if not chosen.num_rows:
        return
    of_others = {table: _by_article(dataset.read_table(table, name), chosen["article"]) for table in _TABLES}
    for row in chosen.to_pylist():
        statements, speakers, mentions, bands = (of_others[table].get(row["article"], ()) for table in _TABLES)
        article = article_of(row)
        identity = Identity(row["key"], row["text_hash"])
        reading = to_rows(reading_of(row, statements, speakers, mentions), identity)
        yield Prepared(article, identity, row["words"], tuple(bands[0]["bands"]) if bands else (), reading)


def _chosen(choice: Choice) -> pc.Expression:
    found = pc.scalar(True)
    if choice.outlets:
        found &= pc.field("outlet").isin(choice.outlets)
    if choice.since:
        found &= pc.field("day") >= choice.since
    if choice.until:
        found &= pc.field("day") <= choice.until
    return found


def _speaking(said: pa.Table, speakers: Sequence[str]) -> pa.Array:
    """The articles in which one of these speaks."""
    wanted = [fold(speaker).split() for speaker in speakers]
    names = [
        name
        for name in pc.unique(said["speaker_name"]).to_pylist()
        if name is not None and any(set(words) <= set(fold(name).split()) for words in wanted)
    ]
    return pc.unique(said.filter(pc.is_in(said["speaker_name"], pa.array(names, pa.string())))["article"])


def _by_article(table: pa.Table, articles: pa.ChunkedArray) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of these articles; those of one stand together."""
    rows = table.filter(pc.is_in(table["article"], articles.combine_chunks())).to_pylist()
    return {article: list(some) for article, some in groupby(rows, lambda row: row["article"])}
