"""Drift: how far the versions of one statement are from each other, as a number to rank by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from qawl.compare.lists import kinds
from qawl.compare.wording import Alignment, Collation


@dataclass(frozen=True, slots=True)
class Drift:
    """The versions of a statement, which two of them (by position) differ most, and how far apart these are."""

    collation: Collation
    score: float
    farthest: tuple[int, int] = (0, 0)

    def to_json(self) -> dict[str, Any]:
        return {"score": round(self.score, 2), "kinds": list(self.collation.kinds), **self.collation.to_json()}


def distance(alignment: Alignment) -> float:
    """How far two versions are apart: the weights of the kinds in which they differ, each once, times the shares of
    either version's words that both have. A negation counts for more the more all else is the same."""
    weights = kinds()
    words = alignment.left.weight * alignment.right.weight
    alike = len(alignment.pairs) ** 2 / words if words else 0.0
    return sum(weights[kind].weight for kind in {d.kind for d in alignment.differences}) * alike


def drift(collation: Collation) -> Drift:
    """The greatest distance between two of the versions; 0 where there is one version only."""
    scores = {pair: distance(alignment) for pair, alignment in collation.alignments.items()}
    if not scores:
        return Drift(collation, 0.0)
    # Of equals the first pair, so that the reference is one of the two where it can be.
    farthest = max(scores, key=lambda pair: (scores[pair], -pair[0], -pair[1]))
    return Drift(collation, scores[farthest], farthest)


def most_drifted(collations: Iterable[Collation], limit: int) -> list[Drift]:
    """The statements whose versions differ most, those most of all first; of equals, the one with more versions, then
    the later one."""
    found = (drift(collation) for collation in collations)
    return nlargest(limit, (d for d in found if d.score > 0), key=_rank)


def _rank(found: Drift) -> tuple[float, int, str, str]:
    first = found.collation.versions[0].place
    return (found.score, len(found.collation.versions), first.day or "", first.ref)
