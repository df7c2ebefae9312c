"""Who else reported it: the statements of a group out of a data set, as `qawl.compare` lays versions side by side."""

from __future__ import annotations

from typing import Any, Final

import pyarrow.compute as pc
import pyarrow.dataset as arrow_dataset

from qawl.compare.words import Place, Version, version
from qawl.corpus.commit import Dataset
from qawl.corpus.errors import CorpusError
from qawl.corpus.rows import Row, article_of, reading_of
from qawl.corpus.settling import is_compared
from qawl.record.identity import clean_ref, unknown_ref

_TABLES: Final = ("statements", "speakers", "mentions")


def versions_of(dataset: Dataset, written: str) -> list[Version]:
    """All that report what the statement with this public ID does, itself among them.

    Raises CorpusError where the tables `people` and `groups` are not there or older than the data set, RecordError
    where there is no such statement.
    """
    if not is_compared(dataset):
        raise CorpusError(f"{dataset.place}: who reports the same is not worked out (`qawl corpus compare` does)")
    ref = clean_ref(written)
    own = _rows(dataset, "groups", pc.field("statement") == ref, ["group"])
    if own:
        members = _rows(dataset, "groups", pc.field("group") == own[0]["group"], ["statement", "article"])
    else:
        members = _rows(dataset, "statements", pc.field("statement") == ref, ["statement", "article"])
    if not members:
        raise unknown_ref(written)
    wanted = {row["statement"] for row in members}
    number = {article: n for n, article in enumerate(dict.fromkeys(row["article"] for row in members), 1)}
    inside = pc.field("article").isin(list(number))
    rows = {table: _by_article(_rows(dataset, table, inside)) for table in _TABLES}
    found = []
    for row in _rows(dataset, "articles", inside):
        id = row["article"]
        statements, speakers, mentions = (rows[table].get(id, []) for table in _TABLES)
        reading = reading_of(row, statements, speakers, mentions)
        article = article_of(row)
        for said, statement in zip(statements, reading.statements, strict=True):
            if said["statement"] in wanted and statement.content:
                day = row["day"] and row["day"].isoformat()
                speaker = statement.speaker.name if statement.speaker else None
                place = Place(said["statement"], number[id], row["outlet"], day, row["url"], speaker)
                found.append(version(article.text, statement, place, article.headline))
    return found


def _rows(dataset: Dataset, table: str, wanted: pc.Expression, columns: list[str] | None = None) -> list[Row]:
    """The wanted rows of a table, in their order."""
    whole = arrow_dataset.dataset(dataset.path(table), filesystem=dataset.files, format="parquet")
    found: list[dict[str, Any]] = whole.to_table(columns, filter=wanted).to_pylist()
    return found


def _by_article(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["article"], []).append(row)
    return found
