"""What the process that reads pages and its parent say to each other. The parent does without the reader."""

from __future__ import annotations

import struct
from typing import Any, Final, NamedTuple

from qawl.corpus.inputs import Item

#: What the pulse says: how many lists were begun, the number of the item in the list, and since when (monotonic time).
PULSE: Final = struct.Struct("<qqd")
#: What a process says of an item that took all the memory it may have, before it ends.
OUT_OF_MEMORY: Final = b"m"


class Done(NamedTuple):
    """What became of an item: an article with so many words and statements, or the language for which it was left out,
    or why there is none."""

    article: str | None = None
    words: int = 0
    statements: int = 0
    language: str | None = None
    reason: str | None = None


def error_row(item: Item, reason: str) -> dict[str, Any]:
    """The row of the table `errors` for an item that gave no article."""
    return {"found": item.where, "kind": item.kind, "reason": reason}
