"""A person's line on one subject: what says the same again, and where a later statement differs from an earlier one.

Pure: statements in, stretches and turns out. A turn is a hint for a reader, who is shown both texts; that one statement
*differs from* another does not say that it contradicts it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from qawl.lexicon.cues import read_rows
from qawl.statement import Act, Polarity

Kind = Literal["polarity", "act"]

#: The least nearness (0 to 1) of two statements on one subject for one to be a turn from the other, or the same again.
NEAR: Final = 0.3
SAME: Final = 0.5
#: Earlier statements that one is compared with, at most: those that share most of their rare words with it.
_MOST_COMPARED: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement on the line. `day` (ISO 8601, empty where it is not known) is when it was said, `words` are the keys
    of its content's words."""

    ref: str
    day: str
    act: Act
    polarity: Polarity
    words: frozenset[str]

    @property
    def affirms(self) -> bool:
        """Is the content affirmed? What is denied, and not negated itself, is not."""
        return (self.polarity == "positive") != (self.act == "deny")


@dataclass(frozen=True, slots=True)
class Turn:
    """The entry `later` differs from `earlier` (indexes into the line): in polarity, or in the act.

    `score`, 0 to 1: how near they are in subject, times how far apart they are otherwise.
    """

    earlier: int
    later: int
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries [first, last) of the line that come one after the other and say the same."""

    first: int
    last: int


class Nearness:
    """How near the statements of one line are, 0 to 1: the cosine of their words, each weighted by how few have it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        counts = Counter(word for entry in entries for word in entry.words)
        total = len(entries)
        self.weights: Mapping[str, float] = {word: math.log(1 + total / n) for word, n in counts.items()}
        self.lengths = [math.sqrt(math.fsum(self.weights[word] ** 2 for word in entry.words)) for entry in entries]
        self.entries = entries

    def __call__(self, one: int, other: int) -> float:
        both = self.entries[one].words & self.entries[other].words
        shared = math.fsum(self.weights[word] ** 2 for word in both)  # exact, so in any order the same
        return shared / (self.lengths[one] * self.lengths[other]) if shared else 0.0


def turns(entries: Sequence[Entry]) -> list[Turn]:
    """The turns of a line whose entries are in the order of time, in the order of the later statement.

    Each entry is compared with the last one before it, of an earlier day, that is near to it: where that one already
    says the same there is no turn, whatever was said before.
    """
    near = Nearness(entries)
    holders: dict[str, list[int]] = defaultdict(list)
    found: list[Turn] = []
    for later, entry in enumerate(entries):
        shared = Counter(at for word in entry.words for at in holders[word][-_MOST_COMPARED:])
        for earlier in sorted((at for at, _ in shared.most_common(_MOST_COMPARED)), reverse=True):
            other = entries[earlier]
            if other.day >= entry.day:
                continue
            nearness = near(earlier, later)
            if nearness < NEAR:
                continue
            kind, apart = _apart(other, entry)
            if apart:
                found.append(Turn(earlier, later, kind, nearness * apart))
            break
        for word in entry.words:
            holders[word].append(later)
    return found


def stretches(entries: Sequence[Entry]) -> list[Stretch]:
    """The line cut into stretches, all entries in order: an entry goes on with the stretch before it where it is near
    to its first one, affirms or negates as it does and is the same act."""
    near = Nearness(entries)
    found: list[Stretch] = []
    for at, entry in enumerate(entries):
        if found:
            first = entries[found[-1].first]
            alike = entry.affirms == first.affirms and entry.act == first.act
            if alike and near(found[-1].first, at) >= SAME:
                found[-1] = Stretch(found[-1].first, at + 1)
                continue
        found.append(Stretch(at, at + 1))
    return found


def _apart(one: Entry, other: Entry) -> tuple[Kind, float]:
    acts = _opposed().get(frozenset((one.act, other.act)), 0.0)
    if one.affirms != other.affirms:
        return "polarity", 1.0
    return "act", acts


@cache
def _opposed() -> Mapping[frozenset[str], float]:
    rows = read_rows("turns", files("qawl.compare") / "tables")
    return {frozenset((row["from"], row["to"])): float(row["weight"]) for row in rows}
