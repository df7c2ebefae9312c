"""Numbers in a text, in digits and in words, by what they come to: خمسة عشر, 15 and ١٥ are one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, NamedTuple

from qawl.arabic.letters import fold
from qawl.arabic.words import Words
from qawl.compare.lists import Numeral, numerals

#: After في and ب these are the unit of a share (خمسة في المئة).
_HUNDRED: Final = frozenset(map(fold, ("مئة", "مائة", "مية", "ألف")))
_IN: Final = fold("في")
#: What is glued to digits: و15, بـ15, الـ15, and careless في15.
_DIGITS: Final = re.compile(r"(?:[وف]?[بلك]?(?:ال)?|[وف]?(?:في|من|عن|الي|علي|عام|نحو))(\d+)")
#: The longest run of digits that is taken for a number; longer ones are names of something.
_MOST_DIGITS: Final = 18
_NOTHING: Final = Fraction(0)


class Number(NamedTuple):
    """A number: its tokens (half-open), and its value as text: ``15``, ``2.5``; a vague one as ``1000s`` (آلاف)."""

    first: int
    last: int
    value: str


def find_numbers(words: Words, first: int, last: int) -> list[Number]:
    """The numbers among the tokens [first, last), in order. Total and linear."""
    found: list[Number] = []
    i = first
    while i < last:
        number = _number_at(words, i, last)
        if number is None or _is_unit(words, i, first):
            i += 1
        else:
            found.append(number)
            i = number.last
    return found


def _number_at(words: Words, i: int, last: int) -> Number | None:
    start, total, current = i, _NOTHING, _NOTHING
    before: Numeral | None = None
    while i < last:
        form = words.forms[i]
        read = _digits(words, i, last)
        if read is not None:
            if i != start:
                break
            current, i = read
            before = Numeral(0, "unit")
            continue
        numeral = numerals().get(form.stem) if form.kind == "word" else None
        if numeral is None or (i == start and numeral.part == "ordinal" and not _counts(words, i, last)):
            break
        if i > start and not _joins(before, numeral, bool(form.conj), bool(form.prep)):
            break
        value, part = numeral
        if part in ("scale", "vague"):
            if part == "vague" and i == start:
                return Number(i, i + 1, f"{value}s")
            total += (current or 1) * value
            current = _NOTHING
        elif part == "hundred" and value == 100 and current and not form.conj:
            current *= 100
        else:
            current += value
        before = numeral
        i += 1
    if before is None:
        return None
    return Number(start, i, _text(total + current))


def _joins(before: Numeral | None, numeral: Numeral, conj: bool, prep: bool) -> bool:
    """Can this word go on with the number that the other one is part of?"""
    if before is None or prep:
        return False
    if conj:
        return numeral.part != "vague" and (numeral.part != "teen" or before.part in ("hundred", "scale", "vague"))
    if numeral.part == "teen":
        return before.part in ("unit", "ordinal") and 0 < before.value < 10
    return numeral.part in ("scale", "vague") or (numeral == (100, "hundred") and 2 < before.value < 10)


def _counts(words: Words, i: int, last: int) -> bool:
    """Does an ordinal belong to a number above ten (الثاني عشر, الحادي والعشرون)? Alone it is an ordinary word."""
    after = numerals().get(words.forms[i + 1].stem) if i + 1 < last else None
    return after is not None and (after.part == "teen" or (after.part == "ten" and bool(words.forms[i + 1].conj)))


def _digits(words: Words, i: int, last: int) -> tuple[Fraction, int] | None:
    """A number in digits with its commas and points, and one past it."""
    read = _DIGITS.fullmatch(words.forms[i].key)
    if read is None or len(read[1]) > _MOST_DIGITS:
        return None
    text, i = read[1], i + 1
    while i + 1 < last and _follow(words, i) and words.forms[i].text in ",.،٬٫:" and words.forms[i + 1].key.isdecimal():
        mark, more = words.forms[i].text, words.forms[i + 1].key
        if mark == ":":
            if len(text) > 2 or len(more) != 2:
                break
            text += more  # of the clock: 09:00 is 0900
        elif len(more) == 3 and mark != "٫" and len(text) + 3 <= _MOST_DIGITS and "." not in text:
            text += more
        elif mark in ".٫," and "." not in text and len(more) < _MOST_DIGITS:
            text += f".{more}"
        else:
            break
        i += 2
    return Fraction(text), i


def _follow(words: Words, i: int) -> bool:
    return words.ends[i - 1] == words.starts[i] and words.ends[i] == words.starts[i + 1]


def _is_unit(words: Words, i: int, first: int) -> bool:
    """Is this the مئة of في المئة, بالمئة?"""
    form = words.forms[i]
    if form.stem not in _HUNDRED:
        return False
    return form.prep == "ب" or (form.article and i > first and words.forms[i - 1].core == _IN)


def _text(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
