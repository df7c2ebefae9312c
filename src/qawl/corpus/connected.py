"""What hangs together by pairs. Numbers alone are held, in the memory of the command: some 60 bytes a pair."""

from __future__ import annotations

from typing import Any

import daft
import numpy as np
import pyarrow as pa
from daft import DataFrame


def heads(pairs: DataFrame) -> DataFrame:
    """For each number of pairs (`one`, `other`) as `node` the least of all that hang together with it, the `head`."""
    table = pairs.to_arrow()
    nodes, found = connected(table["one"].to_numpy(), table["other"].to_numpy())
    return daft.from_arrow(pa.table({"node": nodes, "head": found}))


def connected(one: Any, other: Any) -> tuple[Any, Any]:
    """The nodes of pairs (two arrays of numbers), each once and in order, and the least node of all that each hangs
    together with, directly or through others."""
    nodes, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    first, second = places[: len(one)], places[len(one) :]
    least = np.arange(len(nodes))
    while True:
        left, right = least[first], least[second]
        apart = left != right
        if not apart.any():
            return nodes, nodes[least]
        first, second, left, right = first[apart], second[apart], left[apart], right[apart]
        # What heads one part comes under the least head of its neighbours, and all that is below follows.
        np.minimum.at(least, np.maximum(left, right), np.minimum(left, right))
        while (least != (above := least[least])).any():
            least = above
