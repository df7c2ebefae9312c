"""Parquet for data frames: one statement a row, with the columns of CSV, lists as lists and dates as they are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from qawl.record.export.entries import Entry
from qawl.record.export.table import Row, row

_ROWS: Final = 5000  # in one group: what has to be in memory at a time
_STRINGS: Final = pa.list_(pa.string())
_NUMBERS: Final = pa.list_(pa.int32())
_OTHERS: Final = {
    "about": _STRINGS,
    "authors": _STRINGS,
    "starts": _NUMBERS,
    "ends": _NUMBERS,
    "said_earlier": pa.bool_(),
    "confidence": pa.float64(),
    "version": pa.int32(),
}
#: The columns and their types; all but those of `_OTHERS` are text.
SCHEMA: Final = pa.schema([(name, _OTHERS.get(name, pa.string())) for name in Row._fields])


def write(entries: Iterable[Entry], file: IO[bytes]) -> int:
    """Write the file; the number of its rows."""
    rows = _rows(entries)
    written = 0
    with pq.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            columns = [list(column) for column in zip(*some, strict=True)]
            writer.write_table(pa.table(columns, schema=SCHEMA))
            written += len(some)
    return written


def _rows(entries: Iterable[Entry]) -> Iterator[Row]:
    for entry in entries:
        for shown in entry.statements:
            yield row(entry, shown)
