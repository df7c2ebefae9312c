"""Small linear models: weights of named features, trained by scripts/train.py and shipped as JSON in this package.

Features are made of our own tables' word classes, frames and positions; never of the words of an article.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Any, Final

Fact = tuple[Any, ...]
"""A few values that features are made of: the function that names those features (a `Family`), then its arguments."""

Family = Callable[..., list[str]]

#: Facts whose weight a model keeps: articles repeat them, so most features need not be named again.
_KEPT: Final = 100_000


class Weights(dict[str, float]):
    """Weights by feature; a feature that was not learned weighs nothing."""

    def __missing__(self, feature: str) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over named features that are there or not."""

    weights: Weights
    bias: float = 0.0
    _known: dict[Fact, float] = field(default_factory=dict, compare=False, repr=False)

    def logit(self, features: Iterable[str]) -> float:
        """The log odds that the features speak for, the same to the last bit in whatever order they come (a set)."""
        return self.bias + math.fsum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, facts: Iterable[Fact]) -> float:
        """The probability (0 to 1) that the features of the facts speak for."""
        known = self._known
        total = self.bias
        for fact in facts:
            weight = known.get(fact)
            if weight is None:
                weight = self._weigh(fact)
            total += weight
        return sigmoid(total)

    def _weigh(self, fact: Fact) -> float:
        if len(self._known) >= _KEPT:
            self._known.clear()
        weight = self._known[fact] = sum(map(self.weights.get, fact[0](*fact[1:]), repeat(0.0)))
        return weight


def names(facts: Iterable[Fact]) -> list[str]:
    """The features of the facts by name, as the models learn and keep them."""
    return [name for fact in facts for name in fact[0](*fact[1:])]


def sigmoid(x: float) -> float:
    """The logistic function, safe for any finite x."""
    if x < -40:
        return 0.0
    return 1.0 / (1.0 + math.exp(-x))


@cache
def load(name: str) -> Model:
    """The model of that name in the package (``models/<name>.json``)."""
    path = files("qawl.reading").joinpath("models", f"{name}.json")
    value = json.loads(path.read_text(encoding="utf-8"))
    return Model(Weights(value["weights"]), value["bias"])
