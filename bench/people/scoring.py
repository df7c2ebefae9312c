"""Scores of a clustering of appearances against a gold set: pairs and B³, for persons, for all others, and together.

Pure: gold items and a mapping in, numbers out. Two appearances are a *pair* if they are of one entity. Pairwise
precision is the share of the predicted pairs that the gold set has, recall the share of the gold set's pairs that are
predicted. B³ (Bagga and Baldwin 1998) takes the mean over appearances: of what stands in the predicted cluster with
it, how much is of its entity; of its entity, how much stands in its cluster.

Appearances that name nobody and doubtful ones take no part, so no pair with them does. One that the reader no longer
finds is a cluster of its own: it costs recall.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

#: Kinds that are scored as persons: named, or by an office alone.
PERSONS: Final = frozenset({"person", "office"})


@dataclass(frozen=True, slots=True)
class Item:
    """An appearance of the gold set: the span of a mention (code points, half-open) and who it is (`None`: nobody)."""

    article: str
    start: int
    end: int
    entity: str | None
    kind: str | None
    sure: bool

    @property
    def scored(self) -> bool:
        return self.entity is not None and self.sure


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of appearances: how many the gold set has, how many are predicted, and how many are both."""

    gold: int
    predicted: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Cubed:
    """B³."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Scores:
    """What came out for some of the items. `same_name` and `other_name` divide `pairs` by whether the names are one."""

    items: int
    articles: int
    outlets: int
    entities: int
    missing: int
    pairs: Pairs
    cubed: Cubed
    same_name: Pairs
    other_name: Pairs
    homonyms: int  # pairs of one name that are two entities


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def load(path: Path) -> list[Item]:
    """The items of a gold file. Raises KeyError or TypeError where it is none."""
    return [Item(**item) for item in json.loads(path.read_text("utf-8"))["items"]]


def outlet(item: Item) -> str:
    """The outlet of an item: the first part of its article's identifier."""
    return item.article.split("-")[0]


def score(items: Iterable[Item], clusters: Mapping[Item, Hashable | None], names: Mapping[Item, str]) -> Scores:
    """Score `clusters` (item → cluster; `None` or absent: no longer found) over the items that are scored.

    `names` are the names that two appearances are compared by for `same_name` and `other_name`; an item without one has
    no name in common with any.
    """
    left = [item for item in items if item.scored]
    own = {item: clusters[item] if clusters.get(item) is not None else ("missing", item) for item in left}
    pairs: Counter[tuple[bool, bool, bool]] = Counter()  # how many are of one name, one entity, one cluster
    for one, other in combinations(left, 2):
        named = one in names and names[one] == names.get(other)
        pairs[named, one.entity == other.entity, own[one] == own[other]] += 1
    return Scores(
        items=len(left),
        articles=len({item.article for item in left}),
        outlets=len({outlet(item) for item in left}),
        entities=len({item.entity for item in left}),
        missing=sum(clusters.get(item) is None for item in left),
        pairs=_among(pairs, True, False),
        cubed=_cubed(left, own),
        same_name=_among(pairs, True),
        other_name=_among(pairs, False),
        homonyms=pairs[True, False, True] + pairs[True, False, False],
    )


def _among(pairs: Counter[tuple[bool, bool, bool]], *named: bool) -> Pairs:
    return Pairs(
        gold=sum(pairs[name, True, predicted] for name in named for predicted in (True, False)),
        predicted=sum(pairs[name, gold, True] for name in named for gold in (True, False)),
        both=sum(pairs[name, True, True] for name in named),
    )


def _cubed(items: Sequence[Item], own: Mapping[Item, Hashable]) -> Cubed:
    if not items:
        return Cubed(1.0, 1.0)
    clusters = Counter(own.values())
    entities = Counter(item.entity for item in items)
    common = Counter((own[item], item.entity) for item in items)
    shared = [(common[own[item], item.entity], item) for item in items]
    return Cubed(
        precision=sum(n / clusters[own[item]] for n, item in shared) / len(items),
        recall=sum(n / entities[item.entity] for n, item in shared) / len(items),
    )


def table(
    items: Sequence[Item], clusters: Mapping[Item, Hashable | None], names: Mapping[Item, str]
) -> dict[str, Scores]:
    """Scores of `persons` (with offices), of `others`, and `together` (where a person joined to a body counts too)."""
    persons = [item for item in items if item.kind in PERSONS]
    others = [item for item in items if item.kind not in PERSONS]
    return {
        part: score(among, clusters, names)
        for part, among in (("persons", persons), ("others", others), ("together", items))
    }


def report(scores: Mapping[str, Scores]) -> str:
    """`scores` as lines to be read."""
    lines = []
    for part, got in scores.items():
        lines.append(
            f"{part}: {got.items} appearances of {got.entities} entities in {got.articles} articles of {got.outlets} "
            f"outlets, {got.missing} no longer found; {got.homonyms} pairs of one name are two entities"
        )
        for label, pairs in (("pairs", got.pairs), ("same name", got.same_name), ("other name", got.other_name)):
            lines.append(
                f"  {label:<10} {pairs.gold:5} to find, {pairs.predicted:5} predicted: "
                f"precision {pairs.precision:.3f}  recall {pairs.recall:.3f}  F1 {pairs.f1:.3f}"
            )
        cubed = got.cubed
        lines.append(f"  B³: precision {cubed.precision:.3f}  recall {cubed.recall:.3f}  F1 {cubed.f1:.3f}")
    return "\n".join(lines)
