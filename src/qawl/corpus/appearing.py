"""What comparing an archive begins with, part by part: who appears in its articles, under which keys others of them are
sought, and its statements as they are compared.

Articles, appearances and statements are numbered in the order of the parts, in which `qawl corpus load` brings them
into a record: of several versions of an article, the last one counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import pyarrow as pa

from qawl.compare.loading import ordinal, within
from qawl.corpus.commit import Dataset
from qawl.corpus.rows import Row
from qawl.people.appearance import Appearance
from qawl.people.clustering import keys
from qawl.people.gathering import Presence, Said, present
from qawl.people.looks import LONGEST, digest

#: Rows of a part; numbers are of the part, and within it of the row.
_ROWS: Final = 1 << 32

_ID: Final = pa.int64()
_NUMBERS: Final = pa.list_(pa.int32())
_STRINGS: Final = pa.list_(pa.string())

#: The tables that a part gives, by the name of their folder. `article`, `appearance` and `number` are numbers of the
#: whole data set, `id` is the article's name in its tables; days are ordinals (0: none).
FOUND: Final[dict[str, pa.Schema]] = {
    "articles": pa.schema({"article": _ID, "id": pa.string(), "key": pa.string(), "outlet": pa.string()}),
    "scenes": pa.schema({"article": _ID, "names": _STRINGS}),
    "forms": pa.schema(
        {
            "form": _ID,
            "kind": pa.string(),
            "name": pa.string(),
            "aliases": _STRINGS,
            "role": pa.string(),
            "rank": pa.string(),
            "wanted": pa.string(),
            "full": _STRINGS,
            "offered": _STRINGS,
        }
    ),
    "appearances": pa.schema(
        {
            "number": _ID,
            "article": _ID,
            "form": _ID,
            "outlet": pa.string(),
            "day": pa.string(),
            "anchor": _ID,
            "speaker": pa.string(),
            "name_start": pa.int32(),
            "name_end": pa.int32(),
        }
    ),
    "said": pa.schema(
        {
            "number": _ID,
            "article": _ID,
            "statement": pa.string(),
            "place": pa.int32(),
            "within": _NUMBERS,
            "published": pa.int32(),
            "said_on": pa.int32(),
            "appearance": _ID,
            "speaker_name": pa.string(),
            "act": pa.string(),
            "form": pa.string(),
            "cue": pa.string(),
            "setting": pa.bool_(),
            "negative": pa.bool_(),
            "headline": pa.bool_(),
            "starts": _NUMBERS,
            "ends": _NUMBERS,
        }
    ),
}


class Gathering(NamedTuple):
    """A task: a part, and the how manieth it is."""

    part: str
    number: int


@dataclass(frozen=True, slots=True)
class Gatherer:
    """The work: each part's tables are written into folders of `place`, a folder of the data set."""

    dataset: str
    place: str

    def begin(self) -> Callable[[Gathering], int]:
        dataset = Dataset(self.dataset)
        return lambda task: _gather(dataset, self.place, task)


def _gather(dataset: Dataset, place: str, task: Gathering) -> int:
    """Write the tables of a part; how many articles it has."""
    name = f"{task.part}.parquet"
    of_article = {table: _by_article(dataset, table, name) for table in ("statements", "speakers", "mentions")}
    found: dict[str, list[Row]] = {table: [] for table in FOUND}
    forms: dict[int, Row] = {}
    articles = dataset.read_table("articles", name).to_pylist()
    for n, article in enumerate(articles):
        statements, speakers, mentions = (of_article[table].get(article["article"], ()) for table in of_article)
        number = task.number * _ROWS + n
        cast, scene = _present(article, statements, speakers, mentions)
        outlet = article["outlet"] and article["outlet"][:LONGEST]
        day = article["day"] and article["day"].isoformat()
        found["articles"].append({"article": number, "id": article["article"], "key": article["key"], "outlet": outlet})
        found["scenes"].append({"article": number, "names": scene})
        speaking: dict[str, int] = {}
        for one in cast:
            appearance = task.number * _ROWS + len(found["appearances"])
            form = digest(one.form)
            if form not in forms:
                forms[form] = _form_row(form, one.form)
            speaker = None if one.speaker_id is None else speakers[one.speaker_id]["speaker"]
            if speaker is not None:
                speaking[speaker] = appearance
            start, end = one.span or (None, None)
            found["appearances"].append(
                {
                    "number": appearance,
                    "article": number,
                    "form": form,
                    "outlet": outlet,
                    "day": day,
                    "anchor": one.anchor,
                    "speaker": speaker,
                    "name_start": start,
                    "name_end": end,
                }
            )
        parents = {said["number"]: said["parent"] for said in statements if said["parent"] is not None}
        for said in statements:
            row = _said_row(article, number, said, parents)
            row["number"] = task.number * _ROWS + len(found["said"])
            row["appearance"] = speaking.get(said["speaker"])
            found["said"].append(row)
    found["forms"] = list(forms.values())
    for table, schema in FOUND.items():
        dataset.write_table(pa.Table.from_pylist(found[table], schema), place, table, name)
    return len(articles)


def _by_article(dataset: Dataset, table: str, name: str) -> Mapping[str, list[Row]]:
    """The rows of a table of a part by their article; those of one stand together."""
    rows = dataset.read_table(table, name).to_pylist()
    return {article: list(some) for article, some in groupby(rows, lambda row: row["article"])}


class _Named(NamedTuple):
    id: int
    type: str
    name: str
    role: str | None


class _Spoken(NamedTuple):
    start: int
    end: int
    type: str


def _present(
    article: Row, statements: Sequence[Row], speakers: Sequence[Row], mentions: Sequence[Row]
) -> tuple[list[Presence], list[str]]:
    """Who appears in an article, and its scene. Speakers are called by their place."""
    place = {who["speaker"]: n for n, who in enumerate(speakers)}
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at in mentions:
        places[place[at["speaker"]]].append((at["start"], at["end"]))
    return present(
        article["key"],
        article["text_hash"],
        article["text"],
        [_Named(n, who["type"], who["name"], who["role"]) for n, who in enumerate(speakers)],
        places,
        [Said(s["number"], place.get(s["speaker"]), place.get(s["addressee"])) for s in statements],
        {s["number"]: [_Spoken(a["start"], a["end"], a["type"]) for a in s["about"]] for s in statements},
    )


def _form_row(form: int, looks: Appearance) -> Row:
    """The row of a form, with its keys as a record keeps them."""
    how = keys(looks)
    return {
        "form": form,
        "kind": looks.kind,
        "name": looks.name,
        "aliases": list(looks.aliases),
        "role": looks.role,
        "rank": how.rank,
        "wanted": how.wanted and how.wanted[:LONGEST],
        "full": sorted({key[:LONGEST] for key in how.full}),
        "offered": sorted({key[:LONGEST] for key in how.offered}),
    }


def _said_row(article: Row, number: int, said: Row, parents: Mapping[int, int]) -> Row:
    """The row of a statement, but for its number and speaker."""
    on, day = (value and value.isoformat() for value in (said["said_on"], article["day"]))
    content = said["content"]
    end = article["headline_end"]
    return {
        "article": number,
        "statement": said["statement"],
        "place": said["number"],
        "within": within(parents, said["number"]),
        "published": ordinal(day or on),
        "said_on": ordinal(on),
        "speaker_name": said["speaker_name"],
        "act": said["act"],
        "form": said["form"],
        "cue": said["cue"],
        "setting": said["setting_start"] is not None,
        "negative": said["polarity"] == "negative",
        "headline": end is not None and bool(content) and content[0]["start"] < end,
        "starts": [piece["start"] for piece in content],
        "ends": [piece["end"] for piece in content],
    }
