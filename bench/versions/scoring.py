"""Scoring of groups of statements against a set whose partition is known: over the pairs within each pool.

Pure: nothing here reads a record. `find` matches the set's statements with those that a reader gives, `score` compares
a partition with the set's. Statements with a `group` of null (worthless readings), those of which the annotator was not
sure, and those that were not found are of no pair.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int]

#: The kinds of pairs that are scored apart. A pair of copies is of the other kinds as well.
KINDS = ("all", "other outlet", "same outlet", "same article", "indirect and direct", "copies", "no copies")


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement of the set: half-open spans in code points of the article's text, and the group of its pool.

    `article` is the article's `source_id`. `group` is None for a worthless reading.
    """

    article: str
    cue: Span | None
    content: tuple[Span, ...]
    group: int | None
    sure: bool


class Place(NamedTuple):
    """Where a statement stands in a set: which pool, and which of its statements, from 0."""

    pool: int
    item: int


class Read(NamedTuple):
    """A statement that a reader gives for an article; `key` is the caller's own."""

    key: Hashable
    cue: Span | None
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What the kinds of pairs need to know.

    `outlets` by article; `copies` are pairs of articles; `direct` says of a statement whether its form is `direct` or
    `mixed` (quoted, in whole or in part). Statements of which it says nothing are in no pair of `indirect and direct`.
    """

    outlets: Mapping[str, str] = field(default_factory=dict)
    copies: Collection[frozenset[str]] = frozenset()
    direct: Mapping[Place, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Pairs:
    """Counted pairs: said to be the same and are, said to be and are not, are and were not said to be."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the pairs said to be the same that are; 1 where nothing was said."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that are the same that were said to be; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs by kind (`KINDS`), and what the set holds; `missing` statements were not found."""

    pairs: dict[str, Pairs]
    pools: int
    statements: int
    articles: int
    outlets: int
    groups: int
    worthless: int
    unsure: int
    missing: int


def load(path: Path) -> list[list[Marked]]:
    """The pools of a set as `draw.py` keeps it."""
    return [
        [
            Marked(
                one["article"],
                _span(one["cue"]) if one["cue"] else None,
                tuple(_span(piece) for piece in one["content"]),
                one["group"],
                one["sure"],
            )
            for one in pool["statements"]
        ]
        for pool in json.loads(path.read_text(encoding="utf-8"))["pools"]
    ]


def _span(pair: Sequence[int]) -> Span:
    start, end = pair
    return start, end


def find(pools: Sequence[Sequence[Marked]], read: Mapping[str, Sequence[Read]]) -> dict[Place, Hashable]:
    """The keys of the statements of the set, as far as a reader (`read`: by article) still gives them.

    One is found if its cue overlaps with that of the set (or both have none) and half or more of the longer content is
    common to both. Of several the nearest is taken.
    """
    found: dict[Place, Hashable] = {}
    for place, one in _places(pools):
        near = [
            (common, other.key)
            for other in read.get(one.article, ())
            if _cues_meet(one.cue, other.cue) and (common := _common(one.content, other.content)) >= 1 / 2
        ]
        if near:
            found[place] = max(near, key=lambda pair: pair[0])[1]
    return found


def _places(pools: Sequence[Sequence[Marked]]) -> Iterator[tuple[Place, Marked]]:
    for number, pool in enumerate(pools):
        for item, one in enumerate(pool):
            yield Place(number, item), one


def _cues_meet(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] < other[1] and other[0] < one[1]


def _common(one: Sequence[Span], other: Sequence[Span]) -> float:
    """The share of the longer of two contents that is common to both."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    return shared / max(sum(end - start for start, end in spans) or 1 for spans in (one, other))


def score(
    pools: Sequence[Sequence[Marked]],
    groups: Mapping[Place, Hashable],
    background: Background | None = None,
) -> Score:
    """Compare a partition with the set's.

    `groups` gives for every statement that was found the group it was put into; groups are compared within a pool only.
    A statement that it does not name is missing; one that was put into no group must have a group of its own.
    """
    background = background or Background()
    pairs = {kind: Pairs() for kind in KINDS}
    sizes: dict[tuple[int, int], int] = {}
    for number, pool in enumerate(pools):
        scored = []
        for item, one in enumerate(pool):
            if one.group is None or not one.sure:
                continue
            sizes[number, one.group] = sizes.get((number, one.group), 0) + 1
            if Place(number, item) in groups:
                scored.append((Place(number, item), one))
        for (place, one), (elsewhere, other) in combinations(scored, 2):
            same, said = one.group == other.group, groups[place] == groups[elsewhere]
            if not same and not said:
                continue
            for kind in _kinds(place, one, elsewhere, other, background):
                counted = pairs[kind]
                counted.right += same and said
                counted.wrong += said and not same
                counted.missed += same and not said
    every = list(_places(pools))
    return Score(
        pairs=pairs,
        pools=len(pools),
        statements=len(every),
        articles=len({one.article for _, one in every}),
        outlets=len({background.outlets[one.article] for _, one in every if one.article in background.outlets}),
        groups=sum(size > 1 for size in sizes.values()),
        worthless=sum(one.group is None for _, one in every),
        unsure=sum(not one.sure for _, one in every),
        missing=sum(place not in groups for place, _ in every),
    )


def _kinds(place: Place, one: Marked, elsewhere: Place, other: Marked, background: Background) -> Iterator[str]:
    yield "all"
    if one.article == other.article:
        yield "same article"
    elif background.outlets.get(one.article) == background.outlets.get(other.article):
        yield "same outlet"
    else:
        yield "other outlet"
    if {background.direct.get(place), background.direct.get(elsewhere)} == {True, False}:
        yield "indirect and direct"
    yield "copies" if frozenset((one.article, other.article)) in background.copies else "no copies"


def joined(likeness: Sequence[Sequence[float]], threshold: float) -> list[int]:
    """A group for each of n statements from an n × n likeness: whatever a chain of near ones connects."""
    groups = list(range(len(likeness)))
    for one, row in enumerate(likeness):
        for other in range(one):
            if row[other] >= threshold and groups[one] != groups[other]:
                old, new = groups[one], groups[other]
                groups = [new if group == old else group for group in groups]
    return groups


def table(name: str, result: Score) -> list[str]:
    """Lines to print: the pairs of each kind that occurs, under the name of what was scored."""
    lines = [f"{name:<28} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6}"]
    for kind, counted in result.pairs.items():
        if counted.right + counted.wrong + counted.missed:
            figures = f"{counted.precision:6.3f} {counted.recall:6.3f} {counted.f1:6.3f}"
            lines.append(f"  {kind:<26} {figures} {counted.right:>6} {counted.wrong:>6} {counted.missed:>6}")
    return lines
