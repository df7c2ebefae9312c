"""A person's line on one subject: what says the same again, and where a later statement differs from an earlier one.

Pure: statements in, stretches and turns out. A turn is a hint for a reader, who is shown both texts; that one statement
*differs from* another does not say that it contradicts it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from qawl.compare.rarity import EMPTY, cosine, weights
from qawl.lexicon.cues import read_rows
from qawl.statement import Act, Polarity

Kind = Literal["polarity", "act"]

#: The least nearness (0 to 1) of two statements on one subject for one to be compared with the other.
NEAR: Final = 0.3
#: … for one to be the same again.
SAME: Final = 0.5
#: The least score of a turn.
LEAST: Final = 0.35
#: Words that two statements share at least, or all that the shorter one has: one alone is chance.
_SHARED: Final = 2
#: How far apart a denial is from what only seems to be what is denied: the words must make up for it.
_DENIED: Final = 0.7
#: Earlier statements that one is compared with, at most: those that share most of their rare words with it.
_MOST_COMPARED: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement on the line. `day` (ISO 8601, empty where it is not known) is when it was said, `words` are the keys
    of its content's words, `roots` their roots; `negated` are the keys and roots of those that a negation governs."""

    ref: str
    day: str
    act: Act
    polarity: Polarity
    words: frozenset[str]
    roots: frozenset[str] = frozenset()
    negated: frozenset[str] = frozenset()

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
    """How near the statements of one line are, 0 to 1: the cosine of their words, each weighted by how rare it is in
    the news. The words of the `subject` (keys) are left out, for all on the line have them, but with `whole`; two that
    share no others are not near."""

    def __init__(self, entries: Sequence[Entry], subject: frozenset[str] = frozenset()) -> None:
        rarity = weights()
        self.whole = [{word: rarity[word] for word in entry.words if rarity[word] >= EMPTY} for entry in entries]
        self.words = [{word: weight for word, weight in own.items() if word not in subject} for own in self.whole]

    def __call__(self, one: int, other: int, *, whole: bool = False) -> float:
        mine, theirs = self.words[one], self.words[other]
        both = len(mine.keys() & theirs.keys())
        if not both or (not whole and both < min(_SHARED, len(mine), len(theirs))):
            return 0.0
        return cosine(self.whole[one], self.whole[other]) if whole else cosine(mine, theirs)


def turns(entries: Sequence[Entry], subject: frozenset[str] = frozenset()) -> list[Turn]:
    """The turns of a line whose entries are in the order of time, in the order of the later statement.

    Each entry is compared with the last one before it, of an earlier day, that is near to it: where that one already
    says the same there is no turn, whatever was said before. Of two acts as far apart as a warning and praise, the
    subject itself counts among what both have.
    """
    near = Nearness(entries, subject)
    holders: dict[str, list[int]] = defaultdict(list)
    found: list[Turn] = []
    for later, entry in enumerate(entries):
        shared = Counter(at for word in near.words[later] for at in holders[word][-_MOST_COMPARED:])
        # Of equals the later ones, so that the order of a set makes no difference.
        nearest = sorted(shared, key=lambda at: (-shared[at], -at))[:_MOST_COMPARED]
        for earlier in sorted(nearest, reverse=True):
            if entries[earlier].day >= entry.day:
                continue
            kind, apart = _apart(entries[earlier], entry)
            nearness = near(earlier, later, whole=kind == "act" and apart > 0)
            if nearness < NEAR:
                continue
            if nearness * apart >= LEAST:
                found.append(Turn(earlier, later, kind, nearness * apart))
            break
        for word in near.words[later]:
            holders[word].append(later)
    return found


def stretches(entries: Sequence[Entry], subject: frozenset[str] = frozenset()) -> list[Stretch]:
    """The line cut into stretches, all entries in order: an entry goes on with the stretch before it where it is near
    to its first one, affirms or negates as it does and is the same act."""
    near = Nearness(entries, subject)
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
    if one.affirms == other.affirms:
        return "act", opposed().get(frozenset((one.act, other.act)), 0.0)
    if (one.negated ^ other.negated) & (one.words | one.roots) & (other.words | other.roots):
        return "polarity", 1.0
    return "polarity", _DENIED if (one.act == "deny") != (other.act == "deny") else 0.0


@cache
def opposed() -> Mapping[frozenset[str], float]:
    """Pairs of acts that make a turn on one subject, with how far they are apart, 0 to 1."""
    rows = read_rows("turns", files("qawl.compare") / "tables")
    return {frozenset((row["from"], row["to"])): float(row["weight"]) for row in rows}
