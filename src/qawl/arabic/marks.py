"""Quotation marks and sentences: which mark closes which, where a sentence ends, in texts careless of both.

Marks are paired paragraph by paragraph, so that one stray mark can spoil no more than its own paragraph.
"""

from __future__ import annotations

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
    `sentences` are half-open token ranges; a stop inside a closed quotation ends no sentence. `sentence_of[i]` is the
    index into it (newline tokens: -1).
    """

    partner: list[int]
    within: list[int]
    sentences: list[tuple[int, int]]
    sentence_of: list[int]

    def opens(self, i: int) -> bool:
        """Does token i open a quotation (closed or not)?"""
        return self.partner[i] > i


def find_marks(words: Words) -> Marks:
    """Pair the quotation marks and split the sentences of a text. Total and linear."""
    n = len(words)
    partner = [-1] * n
    within = [-1] * n
    for first, last in words.paragraphs:
        if _pair(words, first, last, partner):
            _nest(first, last, partner, within)
    sentences: list[tuple[int, int]] = []
    sentence_of = [-1] * n
    for first, last in words.paragraphs:
        for start, end in _sentences(words, first, last, partner, within):
            sentence_of[start:end] = [len(sentences)] * (end - start)
            sentences.append((start, end))
    return Marks(partner, within, sentences, sentence_of)


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


def _pair(words: Words, first: int, last: int, partner: list[int]) -> bool:
    """Pair the marks of a paragraph; does it have any?"""
    forms = words.forms
    marks = [i for i in range(first, last) if forms[i].kind == "punct" and forms[i].text in QUOTES]
    if not marks:
        return False
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
    return True


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


def _nest(first: int, last: int, partner: list[int], within: list[int]) -> None:
    open_marks: list[int] = []
    for i in range(first, last):
        closes = partner[i]
        if 0 <= closes < i:
            while open_marks and open_marks[-1] >= closes:
                open_marks.pop()
        if open_marks:
            within[i] = open_marks[-1]
        if i < closes < last and partner[closes] == i:
            open_marks.append(i)


def _sentences(words: Words, first: int, last: int, partner: list[int], within: list[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    start = first
    i = first
    forms = words.forms
    while i < last:
        form = forms[i]
        if form.kind == "punct":
            ends = form.text in _STOPS and within[i] < 0 and _is_stop(words, i, first, last)
            if not ends and within[i] < 0 and 0 <= partner[i] < i and i - 1 > start:
                # «… .» وأضاف: the stop stands inside the marks.
                ends = forms[i - 1].text in _STOPS and (i + 1 >= last or forms[i + 1].text not in ("،", ",", "."))
                ends = ends and i - partner[i] > 4
            if ends:
                while (
                    i + 1 < last
                    and forms[i + 1].kind == "punct"
                    and (forms[i + 1].text in _STOPS or 0 <= partner[i + 1] < start)
                ):
                    i += 1
                out.append((start, i + 1))
                start = i + 1
        i += 1
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
    glued = words.ends[i - 1] == words.starts[i], words.starts[i + 1] == words.ends[i]
    if before.text == "." or after.text == ".":
        return False  # an ellipsis: a pause, not an end
    if all(glued) and before.text[-1].isdigit() and after.text[0].isdigit():
        return False
    if len(before.core) == 1 and before.kind == "word" and glued[0]:
        return False  # an initial: د. م.
    return not (all(glued) and before.key.isascii() and after.key.isascii())
