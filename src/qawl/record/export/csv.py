"""CSV for spreadsheets: one statement a row, and no cell that a spreadsheet could take for a formula.

The file is UTF-8 with a byte order mark, without which spreadsheets show Arabic as other letters. Lists stand in one
cell, separated by ``; ``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from qawl.arabic.letters import strip_marks
from qawl.record.export.entries import Entry
from qawl.record.export.table import Row, row

#: What a spreadsheet may take for the beginning of a formula, ASCII and full-width.
_FORMULA: Final = frozenset("=+-@|%＝＋－＠")
_CONTROLS: Final = frozenset("\t\r\n")


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The file in parts: the byte order mark with the names of the columns, then a row a statement."""
    yield from table(Row._fields, (row(entry, shown) for entry in entries for shown in entry.statements))


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A file of any columns: values are null, truth values, numbers, texts, or tuples of these."""
    yield "\ufeff" + _line(head)
    for cells in rows:
        yield _line(_cell(value) for value in cells)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return guarded("; ".join(map(str, value)))
    return guarded(str(value).replace("\x00", "\ufffd"))


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula.

    What decides is the first sign that is seen: spaces, marks of direction and controls before it are passed over.
    """
    seen = strip_marks(text).lstrip()
    if (seen and seen[0] in _FORMULA) or (text and text[0] in _CONTROLS):
        return "'" + text
    return text
