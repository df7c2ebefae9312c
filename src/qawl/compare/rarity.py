"""How much a word says about what a statement is about: the rarer it is in statements of news, the more.

The table ``tables/rarity.tsv`` is written by ``scripts/count_keys.py``. It is fixed, not counted in the record: what
two statements have in common must not change with what else is in the record.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

#: Weight of a word that the table lacks: natural logarithm of (all statements / statements that have the word).
UNSEEN: Final = 10.0
#: Words that weigh less say nothing of what a statement is about: particles, pronouns, auxiliaries.
EMPTY: Final = 2.6


class _Weights(dict[str, float]):
    def __missing__(self, key: str) -> float:
        return UNSEEN


@cache
def weights() -> dict[str, float]:
    """The weight of each key (`qawl.record.search.analysis`); of keys that the table lacks, `UNSEEN`."""
    found = _Weights()
    for line in files("qawl.compare").joinpath("tables", "rarity.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            weight, keys = line.split("\t")
            found.update(dict.fromkeys(keys.split(" "), float(weight)))
    return found


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much two sets of weighted words have in common, 0 to 1."""
    # Exact sums, so that the order of a set makes no difference.
    both = math.fsum(one[key] * other[key] for key in one.keys() & other.keys())
    norms = math.fsum(w * w for w in one.values()) * math.fsum(w * w for w in other.values())
    return both / math.sqrt(norms) if norms else 0.0
