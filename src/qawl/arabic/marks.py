"""Quotation marks and sentences: which mark closes which, where a sentence ends, in texts careless of both.

Marks are paired paragraph by paragraph, so that one stray mark can spoil no more than its own paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qawl.arabic.words import Words

_OPEN: Final = {"«": "»", "‹": "›", "„": "”", "“": "”", "‘": "’", "❝": "❞", "「": "」"}
_CLOSE: Final = {"»": "«", "›": "‹", "”": "“", "’": "‘", "❞": "❝", "」": "「"}
_EITHER: Final = frozenset("\"'″＂‟`")
#: All marks that a quotation can begin or end with.
QUOTES: Final = frozenset(_OPEN) | frozenset(_CLOSE) | _EITHER
_CURLY: Final = frozenset("“”„")
_STOPS: Final = frozenset(".؟!?□۔")
_DEEPEST: Final = 64


@dataclass(frozen=True, slots=True)
class Marks:
    """`partner[i]` is the token that closes (or opens) the quotation whose mark is token i, -1 where there is none.

    A quotation that its paragraph never closes has the paragraph's end (one past its last token) as partner of its
    opening mark. `within[i]` is the opening mark of the innermost *closed* quotation that token i lies in, or -1.
    `quotes` are the tokens that have a partner. `sentences` are half-open token ranges; a stop inside a closed
    quotation ends no sentence. `sentence_of[i]` is the index into it (newline tokens: -1).
    """

    partner: list[int]
    within: list[int]
    quotes: list[int]
    sentences: list[tuple[int, int]]
    sentence_of: list[int]

    def opens(self, i: int) -> bool:
        """Does token i open a quotation (closed or not)?"""
        return self.partner[i] > i


def find_marks(words: Words) -> Marks:
    """Pair the quotation marks and split the sentences of a text. Total and linear."""
    n = len(words)
    forms = words.forms
    partner = [-1] * n
    within = [-1] * n
    quotes: list[int] = []
    sentences: list[tuple[int, int]] = []
    sentence_of = [-1] * n
    begun = 0
    for first, last in words.paragraphs:
        ended = bisect_left(words.points, last, begun)
        points = words.points[begun:ended]
        begun = ended
        marks = [i for i in points if forms[i].text in QUOTES]
        if marks:
            _pair(words, marks, first, last, partner)
            _nest(marks, last, partner, within)
            quotes += [i for i in marks if partner[i] >= 0]
        for start, end in _sentences(words, points, first, last, partner, within):
            sentence_of[start:end] = [len(sentences)] * (end - start)
            sentences.append((start, end))
    return Marks(partner, within, quotes, sentences, sentence_of)


def _looks_closing(words: Words, i: int, first: int, last: int) -> bool:
    """Is the mark glued to what stands before it and free of what follows?"""
    if i == first:
        return False
    before = words.forms[i - 1]
    glued_before = words.ends[i - 1] == words.starts[i] and before.text not in (":", "(", "،")
    free_after = i + 1 >= last or words.starts[i + 1] > words.ends[i] or words.forms[i + 1].kind == "punct"
    return glued_before and free_after


def _looks_opening(words: Words, i: int, first: int, last: int) -> bool:
    """Is the mark glued to what follows and free of what stands before it?"""
    glued_after = i + 1 < last and words.starts[i + 1] == words.ends[i]
    free_before = i == first or words.ends[i - 1] < words.starts[i] or words.forms[i - 1].text in ":(،"
    return glued_after and free_before


def _pair(words: Words, marks: Sequence[int], first: int, last: int, partner: list[int]) -> None:
    """Pair the marks of a paragraph."""
    forms = words.forms
    left: dict[str, int] = {}
    for i in marks:
        left[forms[i].text] = left.get(forms[i].text, 0) + 1
    stack: list[int] = []
    for i in marks:
        mark = forms[i].text
        remaining = left[mark]
        left[mark] -= 1
        if mark in "'’‘`" and _apostrophe(words, i, first, last):
            continue
        if mark in _EITHER:
            at = _topmost(stack, words, mark)
            if at < 0:
                if not _looks_closing(words, i, first, last):
                    stack.append(i)
            elif remaining % 2 == 0 and _looks_opening(words, i, first, last):
                # An even number of marks is left and this one opens: the earlier one was never closed.
                partner[stack[at]] = i
                del stack[at:]
                stack.append(i)
            else:
                _close(stack, at, i, partner)
        elif mark in _CLOSE:
            at = _topmost(stack, words, _CLOSE[mark], mark)
            if at >= 0:
                _close(stack, at, i, partner)
            elif mark == "”" and _looks_opening(words, i, first, last):
                stack.append(i)  # ”…“: the family turned round
        else:
            at = _topmost(stack, words, "”") if mark == "“" else -1
            if at >= 0 or (
                mark in _CURLY and (at := _topmost(stack, words, mark)) >= 0 and _looks_closing(words, i, first, last)
            ):
                _close(stack, at, i, partner)
            else:
                stack.append(i)
        if len(stack) > _DEEPEST:
            del stack[0]
    for i in stack:
        partner[i] = last


def _apostrophe(words: Words, i: int, first: int, last: int) -> bool:
    return (
        first < i < last - 1
        and words.ends[i - 1] == words.starts[i]
        and words.starts[i + 1] == words.ends[i]
        and words.forms[i - 1].kind == "word"
        and words.forms[i + 1].kind == "word"
    )


def _topmost(stack: list[int], words: Words, *marks: str) -> int:
    wanted = {*marks, "„"} if "“" in marks else set(marks)
    for at in range(len(stack) - 1, -1, -1):
        if words.forms[stack[at]].text in wanted:
            return at
    return -1


def _close(stack: list[int], at: int, i: int, partner: list[int]) -> None:
    """Close the quotation at stack[at]; what was opened inside it and never closed ends here with it."""
    for inner in stack[at + 1 :]:
        partner[inner] = i
    partner[stack[at]] = i
    partner[i] = stack[at]
    del stack[at:]


def _nest(marks: Sequence[int], last: int, partner: list[int], within: list[int]) -> None:
    """Say for each token from the first mark of a paragraph to its last which quotation it lies in."""
    open_marks: list[int] = []
    after = 0
    for i in marks:
        if open_marks:
            within[after:i] = [open_marks[-1]] * (i - after)
        closes = partner[i]
        if 0 <= closes < i:
            while open_marks and open_marks[-1] >= closes:
                open_marks.pop()
        if open_marks:
            within[i] = open_marks[-1]
        if i < closes < last and partner[closes] == i:
            open_marks.append(i)
        after = i + 1


def _sentences(
    words: Words, points: Sequence[int], first: int, last: int, partner: list[int], within: list[int]
) -> list[tuple[int, int]]:
    """The sentences of a paragraph with this punctuation."""
    out: list[tuple[int, int]] = []
    start = first
    forms = words.forms
    for i in points:
        if i < start or within[i] >= 0:
            continue
        ends = forms[i].text in _STOPS and _is_stop(words, i, first, last)
        if not ends and 0 <= partner[i] < i and i - 1 > start:
            # «… .» وأضاف: the stop stands inside the marks.
            ends = forms[i - 1].text in _STOPS and (i + 1 >= last or forms[i + 1].text not in ("،", ",", "."))
            ends = ends and i - partner[i] > 4
        if ends:
            end = i + 1
            while (
                end < last and forms[end].kind == "punct" and (forms[end].text in _STOPS or 0 <= partner[end] < start)
            ):
                end += 1
            out.append((start, end))
            start = end
    if start < last:
        out.append((start, last))
    return out


def _is_stop(words: Words, i: int, first: int, last: int) -> bool:
    if words.forms[i].text != ".":
        return True
    if i == first:
        return False
    if i + 1 >= last:
        return True
    before, after = words.forms[i - 1], words.forms[i + 1]
    glued_before = words.ends[i - 1] == words.starts[i]
    glued = glued_before and words.starts[i + 1] == words.ends[i]
    if before.text == "." or after.text == ".":
        return False  # an ellipsis: a pause, not an end
    if glued and before.text[-1].isdigit() and after.text[0].isdigit():
        return False
    if len(before.core) == 1 and before.kind == "word" and glued_before:
        return False  # an initial: د. م.
    return not (glued and before.key.isascii() and after.key.isascii())
