"""Small linear models: weights of named features, trained by scripts/train.py and shipped as JSON in this package.

Features are made of our own tables' word classes, frames and positions; never of the words of an article.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat


class Weights(dict[str, float]):
    """Weights by feature; a feature that was not learned weighs nothing."""

    def __missing__(self, feature: str) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over named features that are there or not."""

    weights: Weights
    bias: float = 0.0

    def logit(self, features: Iterable[str]) -> float:
        """The log odds that the features speak for."""
        return self.bias + sum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """The probability (0 to 1) that the features speak for."""
        return sigmoid(self.logit(features))


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
