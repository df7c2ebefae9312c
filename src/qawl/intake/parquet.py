"""Parquet: one article a row, read in small batches so that no file has to fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyarrow as arrow
import pyarrow.parquet

from qawl.article import Article
from qawl.intake.errors import InputError
from qawl.intake.failure import Failure
from qawl.intake.options import Options
from qawl.intake.rows import NAMES, article_from_row, has_text

_ROWS = 256  # of one batch


def articles_from_parquet(stream: IO[bytes], name: str, options: Options) -> Iterator[Article | Failure]:
    """The articles of a Parquet file, numbered by row from 1. Only the columns that are of use are read."""
    number = 0
    try:
        file = pyarrow.parquet.ParquetFile(stream)
        columns = file.schema_arrow.names
        if not has_text(dict.fromkeys(columns), options):
            wanted = options.fields.get("text") or " or ".join(NAMES["text"])
            yield Failure(name, f"no column {wanted} for the text; its columns are: {', '.join(columns)[:300]}")
            return
        used = {theirs for names in NAMES.values() for theirs in names} | {
            part for mapped in options.fields.values() for part in (mapped, mapped.partition(".")[0])
        }
        for batch in file.iter_batches(_ROWS, columns=[column for column in columns if column in used]):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield article_from_row(row, options)
                except InputError as error:
                    yield Failure(f"{name}: row {number}", str(error))
    except (arrow.ArrowException, OSError, ValueError) as error:
        where = f"{name}: row {number + 1}" if number else name
        yield Failure(where, f"no Parquet that can be read: {' '.join(str(error).split())[:200]}")
