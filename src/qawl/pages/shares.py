"""Whose words an article is made of: the share of each speaker, and of the outlet itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from qawl.statement import Statement

_WORD = re.compile(r"\S+")


def shares(text: str, statements: Sequence[Statement]) -> Mapping[str | None, float]:
    """The share of the text's words, 0 to 1, that each speaker says (by its id; the empty string: one who is not
    given), and under None that of the outlet. What one says that another said counts for the other."""
    starts = [match.start() for match in _WORD.finditer(text)]
    if not starts:
        return {None: 1.0}
    owners: list[str | None] = [None] * len(starts)
    pieces = [(piece, s.speaker.id if s.speaker else "") for s in statements for piece in s.content]
    # The longest first, so that what stands within another is laid over it.
    for piece, owner in sorted(pieces, key=lambda pair: pair[0].start - pair[0].end):
        first, last = bisect_left(starts, piece.start), bisect_left(starts, piece.end)
        owners[first:last] = [owner] * (last - first)
    return {owner: number / len(starts) for owner, number in Counter(owners).items()}
