"""Which statements report one utterance, from how likely each two of them do.

Whether two statements are compared depends on nothing but the two (`worth_comparing`), and what hangs together by links
is grouped by itself (`groups`). So statements that are added one day after the other come to the same groups as all of
them at once.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from qawl.compare.likeness import (
    AGAINST,
    JOIN,
    SAME_WORDS,
    Utterance,
    alike,
    days_apart,
    overlap,
    relation,
    shared_weight,
)

#: Days that may lie between the articles of two statements of one speaker, and of those of others.
WINDOW: Final = 7
NARROW: Final = 3
#: Statements of speakers that are not known to have to do with each other are compared where they share so many of
#: their rarest words.
SHARED: Final = 2
#: The least share of the smaller one's weight that two statements must have in common to be compared in full.
_WORTH: Final = 0.05
_WORTH_ALIKE: Final = 0.1
_WORTH_APART: Final = 0.3
#: … and the least weight, where it is not known that the speakers have to do with each other: two words or so.
_LEAST: Final = 8.0
#: The least likeness that is kept as a link, but for `AGAINST`.
LINK: Final = 0.1
#: The likeness that a pair without a link counts with, that of the opposite, and the most that any pair counts with.
_NONE: Final = 0.05
_OPPOSITE: Final = 0.0005
_MOST: Final = 0.9995

#: To be raised with every change of which pairs are compared or how they are grouped, but for the numbers above.
_VERSION: Final = 3

#: Changes with what pairs are compared and how they are grouped.
RULES: Final = " ".join(
    str(rule)
    for rule in (
        *(_VERSION, WINDOW, NARROW, SHARED, _WORTH, _WORTH_ALIKE, _WORTH_APART, _LEAST, LINK, JOIN),
        *(_NONE, _OPPOSITE, _MOST),
    )
)


class _Ordered(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Node = TypeVar("Node", bound=_Ordered)


class Link(NamedTuple, Generic[Node]):
    """Two statements and their likeness (`qawl.compare.likeness.Likeness.of`)."""

    one: Node
    other: Node
    likeness: float


def worth_comparing(one: Utterance, other: Utterance) -> bool:
    """Are the two near enough in time and words, for what their speakers are to each other, to be compared in full?"""
    how = relation(one.voice, other.voice)
    if how != "same" and overlap(one, other):
        return False
    # Without a day there is nothing that a day could be near to, but others without.
    if (one.published is None) != (other.published is None):
        return False
    # … and a speaker of many years' undated statements would have each compared with all: they must share rare words.
    if one.published is None and len(one.rarest & other.rarest) < SHARED:
        return False
    if days_apart(one.published, other.published) > (WINDOW if how == "same" else NARROW):
        return False
    common, least = shared_weight(one, other), min(one.weight, other.weight)
    if how in ("same", "related"):
        return common > 0 and common >= _WORTH * least
    if alike(one.voice, other.voice):
        return common > 0 and common >= _WORTH_ALIKE * least
    return common >= max(_LEAST, _WORTH_APART * least) and len(one.rarest & other.rarest) >= SHARED


def is_kept(likeness: float) -> bool:
    """Is a likeness kept as a link (rounded to four digits)?"""
    return likeness >= LINK or likeness == AGAINST


def groups(nodes: Iterable[Node], links: Iterable[Link[Node]], *, join: float = JOIN) -> list[list[Node]]:
    """The groups of two statements or more, each in its order, the groups in the order of their first.

    What is in the very same words (`SAME_WORDS`) counts as one statement, however often it was printed: it is as like
    to another as the likest of its pairs, or the opposite where any pair is. Each pair speaks for or against two groups
    being one, by how far its log odds lie from those of `join`; a pair without a link speaks against it. The two become
    one, those first for which most speaks, as long as more speaks for it than against it. So a chain does not make one
    of what has nothing in common at its ends.
    """
    linked: dict[Node, dict[Node, float]] = {node: {} for node in nodes}
    for one, other, likeness in links:
        if one in linked and other in linked:
            linked[one][other] = linked[other][one] = likeness
    said = _in_same_words(linked)
    near = _likest(linked, said)
    found: list[list[Node]] = []
    for component in components(near, join):
        found += [sorted(node for first in group for node in said[first]) for group in _merged(component, near, join)]
    return sorted((group for group in found if len(group) > 1), key=lambda group: group[0])


def _in_same_words(linked: Mapping[Node, Mapping[Node, float]]) -> dict[Node, list[Node]]:
    """The statements in the same words as each first one, with that one."""
    return {same[0]: same for same in map(sorted, components(linked, SAME_WORDS))}


def _likest(
    linked: Mapping[Node, Mapping[Node, float]], said: Mapping[Node, Sequence[Node]]
) -> dict[Node, dict[Node, float]]:
    """The likeness of what is in the same words to what is in others, by the first statement of each."""
    first_of = {node: first for first, same in said.items() for node in same}
    found: dict[Node, dict[Node, float]] = {}
    for first, same in said.items():
        pairs: dict[Node, list[float]] = defaultdict(list)
        for node in same:
            for other, likeness in linked[node].items():
                if first_of[other] != first:
                    pairs[first_of[other]].append(likeness)
        found[first] = {other: AGAINST if AGAINST in own else max(own) for other, own in pairs.items()}
    return found


def components(near: Mapping[Node, Mapping[Node, float]], least: float) -> list[list[Node]]:
    """What hangs together by links of `least` or more; every node is in one."""
    seen: set[Node] = set()
    found: list[list[Node]] = []
    for start in sorted(near):
        if start in seen:
            continue
        seen.add(start)
        component, todo = [start], [start]
        while todo:
            for other, likeness in near[todo.pop()].items():
                if likeness >= least and other not in seen:
                    seen.add(other)
                    component.append(other)
                    todo.append(other)
        found.append(component)
    return found


def _merged(component: Sequence[Node], near: Mapping[Node, Mapping[Node, float]], join: float) -> Iterable[list[Node]]:
    """Groups go by their first node; `sums` is what the links between two groups say beyond what none would say."""
    none = _odds(_NONE) - _odds(join)
    members = {node: [node] for node in component}
    sums = {
        node: {other: _odds(p) - _odds(_NONE) for other, p in near[node].items() if other in members}
        for node in component
    }

    def says(one: Node, other: Node) -> float:
        return sums[one][other] + none * len(members[one]) * len(members[other])

    queue = [(-says(one, other), one, other) for one in component for other in sums[one] if one < other]
    queue = [entry for entry in queue if entry[0] < 0]
    heapify(queue)
    while queue:
        least, one, other = heappop(queue)
        if one not in members or other not in members or -least != says(one, other):
            continue  # out of date: one of the two has grown, or is part of another
        members[one] += members.pop(other)
        for third, said in sums.pop(other).items():
            del sums[third][other]
            if third != one:
                sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + said
        for third in sums[one]:
            if (now := says(one, third)) > 0:
                heappush(queue, (-now, min(one, third), max(one, third)))
    return members.values()


def _odds(likeness: float) -> float:
    """The log odds of a likeness."""
    p = _OPPOSITE if likeness == AGAINST else min(likeness, _MOST)
    return math.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Report:
    """An article that gives a version: its outlet (None: nobody knows), and articles with which it shares its text."""

    article: int
    outlet: int | None
    copies: frozenset[int]


def independent_outlets(reports: Iterable[Report]) -> int:
    """How many outlets give an utterance in words of their own: whoever ran the text of another counts with it."""
    own: dict[int, Report] = {report.article: report for report in reports}
    alike: dict[int, set[int]] = {article: set() for article in own}
    for report in own.values():
        for other in report.copies & own.keys():
            alike[report.article].add(other)
            alike[other].add(report.article)
    families: dict[int, int] = {}
    for article in sorted(own):
        if article in families:
            continue
        todo = [article]
        while todo:
            one = todo.pop()
            if one not in families:
                families[one] = article
                todo += alike[one]
    firsts = [own[article] for article in sorted(set(families.values()))]
    known = {report.outlet for report in firsts if report.outlet is not None}
    return len(known) + sum(report.outlet is None for report in firsts)
