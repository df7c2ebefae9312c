"""The tables of a data set, as Parquet files hold them; `docs/scale.md` says the same in words.

Offsets count code points of `articles.text` and are half-open. Rows of one article stand together and in order.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

#: Of the form of the tables. It rises when a column changes its meaning or goes; new columns may come without.
VERSION: Final = 1


def _span(name: str) -> list[pa.Field]:
    return [pa.field(f"{name}_start", pa.int32()), pa.field(f"{name}_end", pa.int32())]


_REQUIRED: Final = {"nullable": False}
_ARTICLE: Final = pa.field("article", pa.string(), **_REQUIRED)
_SPANS: Final = pa.list_(pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())]))
_ABOUT: Final = pa.list_(
    pa.struct(
        [
            pa.field("start", pa.int32()),
            pa.field("end", pa.int32()),
            pa.field("text", pa.string()),
            pa.field("type", pa.string()),
        ]
    )
)

ARTICLES: Final = pa.schema(
    [
        _ARTICLE,
        pa.field("key", pa.string(), **_REQUIRED),
        pa.field("text_hash", pa.string(), **_REQUIRED),
        pa.field("outlet", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("published", pa.string()),
        pa.field("url", pa.string()),
        pa.field("canonical_url", pa.string()),
        pa.field("source_id", pa.string(), **_REQUIRED),
        pa.field("authors", pa.list_(pa.string()), **_REQUIRED),
        *_span("headline"),
        pa.field("text", pa.string(), **_REQUIRED),
        pa.field("words", pa.int32(), **_REQUIRED),
        pa.field("statements", pa.int32(), **_REQUIRED),
        pa.field("outlet_share", pa.float64(), **_REQUIRED),
        pa.field("reader", pa.string(), **_REQUIRED),
        pa.field("found", pa.string(), **_REQUIRED),
    ]
)

STATEMENTS: Final = pa.schema(
    [
        pa.field("statement", pa.string(), **_REQUIRED),
        _ARTICLE,
        pa.field("number", pa.int32(), **_REQUIRED),
        pa.field("outlet", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("speaker", pa.string()),
        pa.field("speaker_name", pa.string()),
        pa.field("speaker_type", pa.string()),
        pa.field("addressee", pa.string()),
        pa.field("act", pa.string(), **_REQUIRED),
        pa.field("form", pa.string(), **_REQUIRED),
        pa.field("kind", pa.string(), **_REQUIRED),
        pa.field("polarity", pa.string(), **_REQUIRED),
        pa.field("parent", pa.int32()),
        pa.field("text", pa.string(), **_REQUIRED),
        pa.field("cue", pa.string()),
        pa.field("content", _SPANS, **_REQUIRED),
        *_span("cue"),
        *_span("source"),
        *_span("hedge"),
        *_span("setting"),
        *_span("said"),
        pa.field("said_on", pa.date32()),
        pa.field("said_earlier", pa.bool_()),
        pa.field("about", _ABOUT, **_REQUIRED),
        pa.field("confidence", pa.float64(), **_REQUIRED),
    ]
)

SPEAKERS: Final = pa.schema(
    [
        _ARTICLE,
        pa.field("speaker", pa.string(), **_REQUIRED),
        pa.field("position", pa.int32(), **_REQUIRED),
        pa.field("name", pa.string(), **_REQUIRED),
        pa.field("type", pa.string(), **_REQUIRED),
        pa.field("role", pa.string()),
        pa.field("statements", pa.int32(), **_REQUIRED),
    ]
)

MENTIONS: Final = pa.schema(
    [
        _ARTICLE,
        pa.field("speaker", pa.string(), **_REQUIRED),
        pa.field("position", pa.int32(), **_REQUIRED),
        pa.field("start", pa.int32(), **_REQUIRED),
        pa.field("end", pa.int32(), **_REQUIRED),
        pa.field("text", pa.string(), **_REQUIRED),
    ]
)

ERRORS: Final = pa.schema(
    [
        pa.field("found", pa.string(), **_REQUIRED),
        pa.field("kind", pa.string(), **_REQUIRED),
        pa.field("reason", pa.string(), **_REQUIRED),
    ]
)

#: What copies are found by; no table that anybody else has a use for. `place` sorts by time of publication, then by
#: part and row.
BANDS: Final = pa.schema(
    [
        _ARTICLE,
        pa.field("key", pa.string(), **_REQUIRED),
        pa.field("text_hash", pa.string(), **_REQUIRED),
        pa.field("place", pa.string(), **_REQUIRED),
        pa.field("bands", pa.list_(pa.int64()), **_REQUIRED),
    ]
)

COPIES: Final = pa.schema(
    [
        _ARTICLE,
        pa.field("other", pa.string(), **_REQUIRED),
        pa.field("kind", pa.string(), **_REQUIRED),
        pa.field("likeness", pa.float64(), **_REQUIRED),
    ]
)

#: Made by `qawl corpus compare`, of the whole.
PEOPLE: Final = pa.schema(
    [
        _ARTICLE,
        pa.field("speaker", pa.string()),
        *_span("name"),
        pa.field("person", pa.string(), **_REQUIRED),
        pa.field("name", pa.string(), **_REQUIRED),
        pa.field("type", pa.string(), **_REQUIRED),
        pa.field("country", pa.string()),
        pa.field("sureness", pa.float64(), **_REQUIRED),
    ]
)

GROUPS: Final = pa.schema(
    [
        pa.field("statement", pa.string(), **_REQUIRED),
        _ARTICLE,
        pa.field("group", pa.string(), **_REQUIRED),
        pa.field("outlets", pa.int32(), **_REQUIRED),
    ]
)

#: The tables that a part of the archive fills, by the name of their folder.
TABLES: Final[dict[str, pa.Schema]] = {
    "articles": ARTICLES,
    "statements": STATEMENTS,
    "speakers": SPEAKERS,
    "mentions": MENTIONS,
    "errors": ERRORS,
    "_bands": BANDS,
}
