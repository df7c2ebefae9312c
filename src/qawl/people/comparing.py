"""Are two names the same person? Evidence for and against, added up.

The evidence is counted in logarithms of odds, so that independent pieces add: how alike the names are and how rare they
are (`qawl.people.names`), whether both are given the same office, state or field of work. The weights are few and are
told here; they were set by reading development data, not fitted.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from qawl.people import names

#: From this probability on two are one.
SAME: Final = 0.85
#: From this probability on a person should look.
DOUBTFUL: Final = 0.5

_RARITY: Final = 0.35  # of log odds for each unit of a name's rarity …
_RAREST: Final = 20.0  # … up to this rarity
_KNOWN: Final = 0.5  # for the logarithm of how often the more frequent one is found: who is known is meant
_EQUAL: Final = -2.0
_SPELLING: Final = -3.0
_MISSPELT: Final = -5.0
_SLIP: Final = 0.85  # more is not believed of a slip of the pen, unless both are given one office
_FAR: Final = 0.8  # how alike names with more than one slip are not
_SHORTER_ENDS: Final = -3.0  # first and last word are the same, one has more between them
_SHORTER: Final = -4.5
_UNLIKE: Final = 10.0  # for each unit of unlikeness of the words
_SAME_OFFICE: Final = 3.0
_SAME_TITLE: Final = 2.0
_SAME_STATE: Final = 1.5
_SAME_FIELD: Final = 0.5
_OTHER_STATE: Final = -2.5
_OTHER_FIELD: Final = -1.5
_ROAMING: Final = frozenset({"sports", "arts", "business", "science", ""})  # who works abroad is given two states


@dataclass(slots=True)
class Profile:
    """What is said of the bearer of a name: how often each office (`Post.place`), state and field."""

    offices: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    count: int = 0

    def add(self, other: Profile, times: int = 1) -> None:
        """Take in what is said of another that is the same, or of so many of whom the same is said."""
        for own, others in ((self.offices, other.offices), (self.states, other.states), (self.fields, other.fields)):
            for key, count in others.items():
                own[key] += count * times
        self.count += other.count * times


@dataclass(frozen=True, slots=True)
class Verdict:
    """How probable it is that two are one (0 to 1), and why, in words."""

    score: float
    reasons: tuple[str, ...]
    relation: names.Relation


def compare(one: tuple[str, ...], other: tuple[str, ...], mine: Profile, theirs: Profile) -> Verdict:
    """Compare two names (words) and what is said of their bearers. Symmetric."""
    like = names.likeness(one, other)
    if like.relation == "different":
        return Verdict(0.0, ("another name",), "different")
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    rarity = min(min(names.rarity(few), names.rarity(many)), _RAREST)
    odds = _RARITY * rarity + _KNOWN * math.log(max(mine.count, theirs.count, 1))
    if like.relation == "equal":
        odds += _EQUAL
        reasons = ["same name"]
    elif like.relation == "spelling":
        odds += _SPELLING - _UNLIKE * (1 - like.score)
        reasons = ["same name in another spelling"]
    elif like.relation == "misspelt":
        odds += _MISSPELT - _UNLIKE / 2 * (1 - like.score)
        reasons = ["same name but for a slip"]
    else:
        odds += (_SHORTER_ENDS if like.ends else _SHORTER) - _UNLIKE * (1 - like.score)
        reasons = ["one name is shorter" if like.score == 1.0 else "one name is shorter, in another spelling"]
    if rarity < _RAREST / 2:
        reasons.append("a common name")
    context, more = _context(mine, theirs)
    score = 1 / (1 + math.exp(-(odds + context)))
    enough = like.shared > 2 or context >= (_SAME_TITLE if like.score >= _FAR else _SAME_OFFICE)
    if like.relation == "misspelt" and not enough:
        score = min(score, _SLIP)  # جون ميلر, جون ميل
    if like.slips > 1 and context < _SAME_OFFICE:
        score = min(score, DOUBTFUL)
    return Verdict(score, (*reasons, *more), like.relation)


def _context(mine: Profile, theirs: Profile) -> tuple[float, list[str]]:
    if mine.offices.keys() & theirs.offices.keys():
        return _SAME_OFFICE, ["same office"]
    odds = 0.0
    reasons: list[str] = []
    if _titles(mine, theirs):
        odds += _SAME_TITLE
        reasons.append("same office, once without its state")
    if mine.states and theirs.states:
        if mine.states.keys() & theirs.states.keys():
            odds += _SAME_STATE
            reasons.append("same state")
        elif not (_main(mine.fields) in _ROAMING and _main(theirs.fields) in _ROAMING):
            odds += _OTHER_STATE
            reasons.append("of different states")
    if mine.fields and theirs.fields:
        if mine.fields.keys() & theirs.fields.keys():
            odds += _SAME_FIELD
        else:
            odds += _OTHER_FIELD
            reasons.append("in different fields")
    return odds, reasons


def _titles(mine: Profile, theirs: Profile) -> bool:
    """Is one given an office without a state that the other is given with one?"""
    ours, yours = (
        {place.partition("|")[0]: bool(place.partition("|")[2]) for place in profile.offices}
        for profile in (mine, theirs)
    )
    return any(title in yours and stated != yours[title] for title, stated in ours.items())


def _main(counts: Counter[str]) -> str:
    return min(counts, key=lambda key: (-counts[key], key)) if counts else ""
