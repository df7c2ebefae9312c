"""Train the model that says how probable it is that two statements report one utterance; cross-validated over pools.

    python scripts/train_likeness.py --db news.db [--folds 10] [--times 3] [--write]

The record at --db holds the corpus, with its people resolved. Learned from are the pairs within the pools of
development.json, fresh.json and third.json in bench/versions; doubtful statements and worthless ones are left out. Only
pairs that would be compared in a record are scored. What is printed is the pairwise F1 of the groups that come out in
the folds held out, for several values of `qawl.compare.likeness.JOIN`; pools that share an article are in one fold.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sqlalchemy import select

from qawl.compare.grouping import LINK, Link, components, groups, worth_comparing
from qawl.compare.likeness import AGAINST, FEATURES, JOIN, Likeness, Utterance, features
from qawl.compare.loading import Loader
from qawl.record import tables
from qawl.record.engine import open_record, snapshot

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))
from versions.scoring import Marked, Place, Read, Score, find, score  # noqa: E402
from versions.scoring import load as load_set  # noqa: E402

SETS = [ROOT / "bench" / "versions" / f"{name}.json" for name in ("development", "fresh", "third")]
MODEL = ROOT / "src" / "qawl" / "compare" / "models" / "likeness.json"
PENALTY = 0.3  # the inverse of the regularisation's strength
#: Weights that are not learned, since the pools hold speakers of like names only, and days that are near. Of the bodies
#: of one state in a record (a ministry, the army) most have other names, and say less of what the others say.
GIVEN = {
    "speakers related": -0.7,
    "speakers with nothing in common": -6.0,
    "days between the articles after the second": -0.5,
}
_JOINS = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5)


class Pair(NamedTuple):
    """Two statements of a pool by their places in it, their features, whether they are one (None: doubtful), and
    whether a record would compare them."""

    one: int
    other: int
    features: tuple[float, ...]
    same: bool | None
    compared: bool


class Pool(NamedTuple):
    """The statements of a pool by their places in it, as far as the record has them, and their pairs."""

    statements: dict[int, Utterance]
    pairs: list[Pair]


def load(path: Path, db: str) -> tuple[list[list[Marked]], list[Pool]]:
    """The pools of a set, and what the record has of them."""
    marked = load_set(path)
    with snapshot(open_record(db)) as connection:
        found = find(marked, read_of(connection, {one.article for pool in marked for one in pool}))
        said = Loader().load(connection, [id for id in found.values() if isinstance(id, int)])
    pools = []
    for number, pool in enumerate(marked):
        places = {item: found.get(Place(number, item)) for item in range(len(pool))}
        own = {item: said[id] for item, id in places.items() if isinstance(id, int) and id in said}
        pools.append(Pool(own, _pairs(pool, own)))
    return marked, pools


def read_of(connection: Any, articles: set[str]) -> dict[str, list[Read]]:
    """The statements of the current readings of these articles (by `source_id`), keyed by the ids of their rows."""
    a, s, r, c = tables.articles.c, tables.statements.c, tables.readings.c, tables.contents.c
    query = (
        select(s.id, a.source_id, s.cue_start, s.cue_end, c.start, c.end)
        .join_from(tables.statements, tables.readings, r.id == s.reading_id)
        .join(tables.articles, a.id == r.article_id)
        .join(tables.contents, c.statement_id == s.id)
        .where(r.current, a.latest)
        .order_by(s.id, c.piece)
    )
    pieces: dict[int, list[tuple[int, int]]] = defaultdict(list)
    cues: dict[int, tuple[str, tuple[int, int] | None]] = {}
    for row in connection.execute(query):
        if row.source_id in articles:
            pieces[row.id].append((row.start, row.end))
            cues[row.id] = (row.source_id, None if row.cue_start is None else (row.cue_start, row.cue_end))
    found: dict[str, list[Read]] = defaultdict(list)
    for id, (article, cue) in cues.items():
        found[article].append(Read(id, cue, tuple(pieces[id])))
    return found


def _pairs(pool: Sequence[Marked], own: dict[int, Utterance]) -> list[Pair]:
    found = []
    for i, j in combinations(own, 2):
        same = None
        if pool[i].sure and pool[j].sure and None not in (pool[i].group, pool[j].group):
            same = pool[i].group == pool[j].group
        found.append(Pair(i, j, features(own[i], own[j]), same, worth_comparing(own[i], own[j])))
    return found


def train(items: Sequence[Pair]) -> Likeness:
    """A logistic model with weights for the features as they are."""
    known = [pair for pair in items if pair.same is not None]
    x = np.array([pair.features for pair in known], dtype=float)
    y = np.array([pair.same for pair in known])
    mean, deviation = x.mean(0), x.std(0)
    deviation[deviation == 0] = 1.0
    fitted = LogisticRegression(C=PENALTY, max_iter=5000).fit((x - mean) / deviation, y)
    weights = fitted.coef_[0] / deviation
    bias = float(fitted.intercept_[0] - (weights * mean).sum())
    for name, weight in GIVEN.items():
        weights[FEATURES.index(name)] = weight
    return Likeness(tuple(map(float, weights)), bias)


def grouped(pool: Pool, model: Likeness, join: float) -> dict[int, Hashable]:
    """The group of each statement of a pool, by its place."""
    said = pool.statements
    likely = [(p.one, p.other, model.of(said[p.one], said[p.other])) for p in pool.pairs if p.compared]
    links = [Link(*link) for link in likely if link[2] >= LINK or link[2] == AGAINST]
    of: dict[int, Hashable] = {place: ("alone", place) for place in pool.statements}
    for number, group in enumerate(groups(pool.statements, links, join=join)):
        of |= dict.fromkeys(group, number)
    return of


def cross_validated(pools: Sequence[Pool], folds: int, seed: int = 1) -> list[Likeness]:
    """For each pool a model that was trained without it, and without those that share an article with it."""
    fold_of = _folds(pools, folds, seed)
    models = [
        train([pair for number, pool in enumerate(pools) if fold_of[number] != fold for pair in pool.pairs])
        for fold in range(folds)
    ]
    return [models[fold_of[number]] for number in range(len(pools))]


def _folds(pools: Sequence[Pool], folds: int, seed: int) -> list[int]:
    """The fold of each pool; what hangs together by shared articles is in one."""
    near: dict[int, dict[int, float]] = {number: {} for number in range(len(pools))}
    first: dict[int, int] = {}
    for number, pool in enumerate(pools):
        for said in pool.statements.values():
            other = first.setdefault(said.article, number)
            near[number][other] = near[other][number] = 1.0
    together = components(near, 1.0)
    random.Random(seed).shuffle(together)
    return [fold for _, fold in sorted((number, at % folds) for at, one in enumerate(together) for number in one)]


def scored(marked: Sequence[Sequence[Marked]], pools: Sequence[Pool], models: Sequence[Likeness], join: float) -> Score:
    """The score of the groups that these models make of the pools."""
    found: dict[Place, Hashable] = {}
    for number, (pool, model) in enumerate(zip(pools, models, strict=True)):
        found |= {Place(number, item): group for item, group in grouped(pool, model, join).items()}
    return score(marked, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--times", type=int, default=1, help="how often the folds are drawn")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sets = [load(path, given.db) for path in SETS]
    for path, (marked, pools) in zip(SETS, sets, strict=True):
        others = [pair for _, some in sets if some is not pools for pool in some for pair in pool.pairs]
        models = [train(others)] * len(pools)
        print(f"{path.name}, by a model of the other sets: {_figures(scored(marked, pools, models, JOIN))}")
    marked, pools = [pool for some, _ in sets for pool in some], [pool for _, some in sets for pool in some]
    known = [pair.same for pool in pools for pair in pool.pairs]
    print(f"{len(pools)} pools; pairs: {known.count(True)} one, {known.count(False)} two; cross-validated:")
    for seed in range(1, given.times + 1):
        models = cross_validated(pools, given.folds, seed)
        for join in _JOINS:
            print(f"{seed}, join {join:.2f}: {_figures(scored(marked, pools, models, join))}" + " *" * (join == JOIN))
    model = train([pair for pool in pools for pair in pool.pairs])
    for name, weight in zip(FEATURES, model.weights, strict=True):
        print(f"{weight:8.2f}  {name}")
    if given.write:
        value: dict[str, Any] = {"bias": round(model.bias, 3)}
        value["weights"] = {name: round(weight, 3) for name, weight in zip(FEATURES, model.weights, strict=True)}
        MODEL.parent.mkdir(exist_ok=True)
        MODEL.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _figures(found: Score) -> str:
    pairs = found.pairs["all"]
    return f"precision {pairs.precision:.3f}, recall {pairs.recall:.3f}, F1 {pairs.f1:.3f}"


if __name__ == "__main__":
    main()
