"""Form: is a content quoted as a whole, in part, or not at all?

Mechanical by the scheme: every word within quotation marks, ``direct``; some mark around some word, ``mixed``; else
``indirect``. A preposition glued to a mark from outside (``بـ"…"``) and an و that joins two quotations do not count.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from qawl.arabic.marks import QUOTES, Marks, find_marks
from qawl.arabic.words import Words, tokenize
from qawl.reading.draft import Tokens
from qawl.statement import Form

_GLUED: Final = frozenset({"ب", "ل", "ك", "و", "ف", "وب", "ول", "او", "ثم"})


def form_of(words: Words, content: Sequence[Tokens], marks: Marks) -> Form:
    """The form of a content, given as token ranges. Linear in the length of the content."""
    for first, last in content:
        if _is_near_quotes(marks, first, last):
            break
    else:
        return "indirect"
    inside = outside = 0
    for first, last in content:
        # A quotation that its paragraph never closes covers what follows its mark.
        opened = first > 0 and _unclosed(words, marks, first - 1)
        for i in range(first, last):
            form = words.forms[i]
            if form.kind == "punct":
                opened = opened or (marks.within[i] < 0 and _unclosed(words, marks, i))
            elif form.kind == "newline":
                opened = False
            elif marks.within[i] >= 0 or opened:
                inside += 1
            elif not (form.core in _GLUED and i + 1 < len(words) and words.forms[i + 1].text in QUOTES):
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def form_of_slices(text: str, content: Sequence[tuple[int, int]]) -> Form:
    """The form of a content that is given by half-open spans of an article's text (code points)."""
    words = tokenize(text)
    pieces = [(bisect_right(words.ends, start), bisect_left(words.starts, end)) for start, end in content]
    return form_of(words, pieces, find_marks(words))


def _is_near_quotes(marks: Marks, first: int, last: int) -> bool:
    """Do the tokens [first, last) lie in a quotation, or does a mark of one stand among them or right before them?"""
    if first < last and marks.within[first] >= 0:
        return True
    return bisect_left(marks.quotes, first - 1) < bisect_left(marks.quotes, last)


def _unclosed(words: Words, marks: Marks, i: int) -> bool:
    """Does token i open a quotation that its paragraph never closes?"""
    partner = marks.partner[i]
    return partner > i and (partner >= len(words) or marks.partner[partner] != i)
