"""CSV, and what goes by that name: a line of column names, then one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from qawl.article import Article
from qawl.intake.errors import InputError
from qawl.intake.failure import Failure
from qawl.intake.options import Options
from qawl.intake.rows import NAMES, article_from_row, has_text
from qawl.intake.streams import STREAM_ERRORS, reason

_UNDECODED = re.compile("[\udc80-\udcff]")
_DELIMITERS = ",;\t|"


def articles_from_csv(stream: IO[bytes], name: str, options: Options) -> Iterator[Article | Failure]:
    """The articles of a CSV file, one at a time, numbered by the line on which their row ends."""
    csv.field_size_limit(options.size)
    encoding = "utf-8-sig" if options.encoding.lower() in {"utf-8", "utf8"} else options.encoding
    # What is not of the encoding becomes a surrogate, so that one bad row costs only itself.
    file = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    lines = _Lines(file, options.size)
    try:
        delimiter = options.delimiter or max(_DELIMITERS, key=lines.first.count)
        rows = csv.reader(lines, delimiter=delimiter)
        names = [column.strip() for column in next(rows, [])]
        if not has_text(dict.fromkeys(names), options):
            wanted = options.fields.get("text") or " or ".join(NAMES["text"])
            yield Failure(f"{name}:1", f"no column {wanted} for the text; its columns are: {', '.join(names)[:300]}")
            return
        while True:
            try:
                row = next(rows, None)
                if row is None:
                    return
                if any(row):
                    yield _article(names, row, options)
            except csv.Error as error:
                yield Failure(f"{name}:{lines.number}", f"no row of CSV: {error}")
            except InputError as error:
                yield Failure(f"{name}:{lines.number}", str(error))
    except (*STREAM_ERRORS, csv.Error) as error:
        yield Failure(f"{name}:{lines.number + 1}", reason(error))
    finally:
        file.detach()


class _Lines:
    """The lines of a file for the reader of rows, which goes on after an error of theirs. `number` is that of the
    line last given, from 1."""

    def __init__(self, file: IO[str], limit: int) -> None:
        self.file = file
        self.limit = limit
        self.number = 0
        self.first = file.readline(limit)
        self._given_back: str | None = self.first

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._given_back if self._given_back is not None else self.file.readline(self.limit)
        self._given_back = None
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == self.limit and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = self.file.readline(self.limit)
            raise csv.Error(f"a line of {self.limit} characters or more")
        return line


def _article(names: list[str], row: list[str], options: Options) -> Article:
    if len(row) != len(names):
        raise InputError(f"{len(row)} cells, where the first line names {len(names)} columns")
    for column, cell in zip(names, row, strict=True):
        if not cell.isascii() and _UNDECODED.search(cell):
            raise InputError(f"column {column}: not {options.encoding}")
    return article_from_row(dict(zip(names, row, strict=True)), options)
