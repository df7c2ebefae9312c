"""Train the model that says how probable it is that two statements report one utterance; cross-validated over pools.

    python scripts/train_likeness.py --db news.db [--folds 10] [--write]

The record at --db holds the corpus, with its people resolved. Learned from are the pairs within the pools of
bench/versions/development.json that would be compared at all; doubtful statements and worthless ones are left out. What
is printed is the pairwise F1 of the groups that come out in the folds held out, for several values of
`qawl.compare.grouping.JOIN`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from qawl.compare.grouping import JOIN, LINK, Link, groups, worth_comparing
from qawl.compare.likeness import FEATURES, Likeness, Utterance, features
from qawl.compare.loading import Loader
from qawl.record.engine import open_record, snapshot

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT / "bench" / "versions" / "development.json"
MODEL = ROOT / "src" / "qawl" / "compare" / "models" / "likeness.json"
PENALTY = 0.3
_JOINS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


class Pool(NamedTuple):
    """Statements with their groups (None: worthless), and which of them are sure."""

    statements: list[Utterance]
    groups: list[int | None]
    sure: list[bool]


class Pair(NamedTuple):
    """Two statements of a pool by their places in it, their features, and whether they are one (None: doubtful)."""

    one: int
    other: int
    features: tuple[float, ...]
    same: bool | None


def load(path: Path, db: str) -> list[Pool]:
    """The pools of an annotated file, their statements as the record at `db` has them."""
    import sqlite3

    kept = json.loads(path.read_text("utf-8"))["pools"]
    loader = Loader()
    pools = []
    with snapshot(open_record(db)) as connection:
        raw = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        ids = {}
        for id, source, cs, ce, start in raw.execute(
            "SELECT s.id, a.source_id, s.cue_start, s.cue_end, c.start FROM statements s JOIN articles a"
            " ON a.id = s.article_id JOIN contents c ON c.statement_id = s.id AND c.piece = 0"
        ):
            ids[source, cs, ce, start] = id
        for pool in kept:
            rows = [
                (ids[(p["article"], *(p["cue"] or (None, None)), p["content"][0][0])], p) for p in pool["statements"]
            ]
            found = loader.load(connection, [id for id, _ in rows])
            pools.append(
                Pool([found[id] for id, _ in rows], [p["group"] for _, p in rows], [p["sure"] for _, p in rows])
            )
    return pools


def pairs(pool: Pool) -> list[Pair]:
    """The pairs of a pool that would be compared."""
    found = []
    for i, j in combinations(range(len(pool.statements)), 2):
        one, other = pool.statements[i], pool.statements[j]
        if worth_comparing(one, other):
            same = None
            if pool.sure[i] and pool.sure[j] and None not in (pool.groups[i], pool.groups[j]):
                same = pool.groups[i] == pool.groups[j]
            found.append(Pair(i, j, features(one, other), same))
    return found


def train(items: Sequence[Pair]) -> Likeness:
    """A logistic model with weights for the features as they are."""
    known = [pair for pair in items if pair.same is not None]
    x = np.array([pair.features for pair in known], dtype=float)
    y = np.array([pair.same for pair in known])
    mean, deviation = x.mean(0), x.std(0)
    deviation[deviation == 0] = 1.0
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit((x - mean) / deviation, y)
    weights = model.coef_[0] / deviation
    return Likeness(tuple(map(float, weights)), float(model.intercept_[0] - (weights * mean).sum()))


def score(pools: Sequence[Pool], found: Sequence[Sequence[list[int]]]) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1 of groups (places in the pool), over all pairs of sure statements."""
    right = told = true = 0
    for pool, own in zip(pools, found, strict=True):
        of = {place: n for n, group in enumerate(own) for place in group}
        good = [n for n, group in enumerate(pool.groups) if group is not None and pool.sure[n]]
        for i, j in combinations(good, 2):
            same, said = pool.groups[i] == pool.groups[j], i in of and of.get(i) == of.get(j)
            right += same and said
            told += said
            true += same
    precision, recall = right / max(told, 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def grouped(pool: Pool, items: Sequence[Pair], model: Likeness, join: float) -> list[list[int]]:
    """The groups that a model makes of a pool."""
    links = [Link(p.one, p.other, likely) for p in items if (likely := model.of(p.features)) >= LINK]
    return groups(range(len(pool.statements)), links, join=join)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--development", type=Path, default=DEVELOPMENT)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    pools = load(given.development, given.db)
    items = [pairs(pool) for pool in pools]
    missed = sum(
        1
        for pool, own in zip(pools, items, strict=True)
        for i, j in combinations(range(len(pool.groups)), 2)
        if pool.groups[i] is not None and pool.groups[i] == pool.groups[j] and pool.sure[i] and pool.sure[j]
        and not any((p.one, p.other) == (i, j) for p in own)
    )
    same = sum(p.same is True for own in items for p in own)
    other = sum(p.same is False for own in items for p in own)
    print(f"{len(pools)} pools; pairs compared: {same} the same, {other} not; the same and never compared: {missed}")
    order = list(range(len(pools)))
    random.Random(1).shuffle(order)
    models: dict[int, Likeness] = {}
    for fold in range(given.folds):
        model = train([p for n in order if order.index(n) % given.folds != fold for p in items[n]])
        models |= {n: model for n in order if order.index(n) % given.folds == fold}
    for join in _JOINS:
        found = [grouped(pools[n], items[n], models[n], join) for n in range(len(pools))]
        precision, recall, f1 = score(pools, found)
        print(f"join {join:.2f}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}" + " *" * (join == JOIN))
    model = train([p for own in items for p in own])
    if given.write:
        value: dict[str, Any] = {"bias": round(model.bias, 4)}
        value["weights"] = {name: round(weight, 4) for name, weight in zip(FEATURES, model.weights, strict=True)}
        MODEL.parent.mkdir(exist_ok=True)
        MODEL.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        for name, weight in zip(FEATURES, model.weights, strict=True):
            print(f"{weight:8.2f}  {name}")


if __name__ == "__main__":
    main()
