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
_KEPT: Final = 400_000


class Weights(dict[str, float]):
    """Weights by feature; a feature that was not learned weighs nothing."""

    def __missing__(self, feature: str) -> float:
        return 0.0


class Known(dict[Fact, float]):
    """Facts by what they weigh, with these weights of features; a fact that is new here is weighed."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, fact: Fact) -> float:
        if len(self) >= _KEPT:
            self.clear()
        weight = self[fact] = sum(map(self.weights.get, fact[0](*fact[1:]), repeat(0.0)))
        return weight


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over named features that are there or not."""

    weights: Weights
    bias: float = 0.0
    known: Known = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", Known(self.weights))

    def log_odds(self, facts: Iterable[Fact]) -> float:
        """What the features of the facts speak for, to nine digits, so that their order (of a set) makes no odds."""
        return round(sum(map(self.known.__getitem__, facts), self.bias), 9)

    def probability(self, facts: Iterable[Fact]) -> float:
        """The probability (0 to 1) that the features of the facts speak for."""
        return sigmoid(sum(map(self.known.__getitem__, facts), self.bias))


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
