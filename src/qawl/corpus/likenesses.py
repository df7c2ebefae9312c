"""The links of a stretch of days: how like its statements are to each other, and to those of the days before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qawl.compare import likeness
from qawl.compare.grouping import is_kept, worth_comparing
from qawl.compare.likeness import Context, Utterance, Voice, call, utterance
from qawl.corpus.commit import Dataset
from qawl.corpus.days import near
from qawl.corpus.rows import Row

LINKS: Final = pa.schema({"one": pa.int64(), "other": pa.int64(), "likeness": pa.float64()})


class Stretch(NamedTuple):
    """A task: the stretch of this number, from this day on, with the stretches that have its days before."""

    number: int
    first: int
    since: int
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparer:
    """The work: the links of a stretch are written into the folder `links` of `place`, a folder of the data set."""

    dataset: str
    place: str

    def begin(self) -> Callable[[Stretch], int]:
        dataset = Dataset(self.dataset)
        return lambda task: _compare(dataset, self.place, task)


def _compare(dataset: Dataset, place: str, task: Stretch) -> int:
    """Write the links of a stretch; how many statements it has."""
    said = sorted(_rows(dataset, place, "stretched", task), key=lambda row: (row["published"], row["number"]))
    articles = {row["article"] for row in said}
    texts = {row["article"]: row["text"] for row in _rows(dataset, place, "texts", task) if row["article"] in articles}
    contexts = {article: Context(text) for article, text in texts.items()}
    utterances = [_utterance(row, texts[row["article"]], contexts[row["article"]]) for row in said]
    model = likeness.load()
    links: list[Row] = []
    for later, earlier in near(utterances, task.first):
        one, other = utterances[later], utterances[earlier]
        if worth_comparing(one, other) and is_kept(found := model.of(one, other)):
            pair = sorted((said[later]["number"], said[earlier]["number"]))
            links.append({"one": pair[0], "other": pair[1], "likeness": round(found, 4)})
    dataset.write_table(pa.Table.from_pylist(links, LINKS), place, "links", f"{task.number}.parquet")
    return len(said)


def _rows(dataset: Dataset, place: str, table: str, task: Stretch) -> list[Row]:
    """The rows of a table in a stretch and, from the day `since` on, of those before it."""
    found: list[Row] = []
    for number in (*task.others, task.number):
        folder = dataset.path(place, table, f"stretch={number}")
        found += pq.read_table(
            folder, filesystem=dataset.files, partitioning=None, filters=pc.field("published") >= task.since
        ).to_pylist()
    return found


def _utterance(row: Row, text: str, context: Context) -> Utterance:
    return utterance(
        ref=row["statement"],
        article=row["article"],
        day=row["said_on"] or row["published"] or None,
        published=row["published"] or None,
        dated=bool(row["said_on"]),
        voice=Voice(row["cluster"], row["state"], call(row["speaker_name"] or "")),
        act=row["act"],
        text=text,
        spans=list(zip(row["starts"], row["ends"], strict=True)),
        context=context,
        form=row["form"],
        cue=row["cue"] or "",
        setting=row["setting"],
        negative=row["negative"],
        headline=row["headline"],
        number=row["place"],
        within=row["within"],
    )
