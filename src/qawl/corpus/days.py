"""Which statements are near enough to be compared: those of one speaker, one state, or of like words, within days.

What is compared in full is decided by `qawl.compare.grouping.worth_comparing`; here is looked up what it may let
through, and nothing less. Statements come in stretches of days: each with the days before that its own may be near to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from qawl.compare.grouping import NARROW, SHARED, WINDOW
from qawl.compare.likeness import Utterance

#: Days before a stretch that belong to it as well.
BEFORE: Final = max(WINDOW, NARROW)


def near(utterances: Sequence[Utterance], first: int) -> Iterator[tuple[int, int]]:
    """The pairs (by place, the later one first) that may be worth comparing, of utterances in the order of their days;
    of each the later one is published on the day `first` or after it."""
    holders: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for n, one in enumerate(utterances):
        day = one.published or 0
        wide, narrow, words = _keys(one)
        if day >= first:
            found = {other for key in wide for other in _since(holders[key], day - WINDOW)}
            found.update(other for key in narrow for other in _since(holders[key], day - NARROW))
            shared = Counter(other for key in words for other in _since(holders[key], day - NARROW))
            found.update(other for other, count in shared.items() if count >= SHARED)
            for other in found:
                yield n, other
        for key in (*wide, *narrow, *words):
            holders[key].append((day, n))


def _keys(one: Utterance) -> tuple[list[Any], list[Any], list[Any]]:
    """What an utterance has in common with those that it may be worth comparing with: with one of the first within
    `WINDOW`, with one of the second or several of the third within `NARROW`."""
    voice = one.voice
    narrow: list[Any] = [("state", voice.state)] if voice.state else []
    narrow += [("called", word) for word in voice.called]
    return [("speaker", voice.entity)] if voice.entity is not None else [], narrow, [("word", w) for w in one.rarest]


def _since(held: Sequence[tuple[int, int]], day: int) -> Iterator[int]:
    for when, n in reversed(held):
        if when < day:
            return
        yield n


def stretches(days: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Cut days (each with its statements, in order) into stretches of about so many statements: the first and the last
    day of each. Day 0, which is none, is one by itself."""
    found: list[tuple[int, int]] = []
    count = 0
    for day, statements in days:
        if not found or found[-1][0] == 0 or count + statements > most:
            found.append((day, day))
            count = 0
        found[-1] = (found[-1][0], day)
        count += statements
    return found
