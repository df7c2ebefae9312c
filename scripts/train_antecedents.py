"""Train the model that says who is meant where a subject is left out; cross-validated over articles.

    train_antecedents.py [--folds 5] [--write]

Gold cues, sources and contents go in. For every statement without a source the candidates of
`qawl.reading.antecedents` are ranked by a conditional logit; the speakers of the statements before are the right ones
(as far as a candidate was right).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import own_annotation
from eval_speakers import drafts_of

from qawl.arabic.marks import find_marks
from qawl.arabic.words import tokenize
from qawl.reading.antecedents import Candidate
from qawl.reading.entities import Entity
from qawl.reading.nesting import nest
from qawl.reading.speakers import Resolver

SHARED = own_annotation.SHARED
sys.path.insert(0, str(SHARED / "score"))
import gold  # noqa: E402
import score  # noqa: E402

MODEL = Path(__file__).parent.parent / "src" / "qawl" / "reading" / "models" / "antecedent.json"
Item = tuple[list[set[str]], list[bool]]


class Watcher(Resolver):
    """A resolver that follows the gold where it can and writes down what it could choose from."""

    article: Any
    order: list[int]
    items: list[Item]
    same: Any
    forms_of_gold: Any

    def choose(self, i: int, found: list[Candidate]) -> Entity | None:
        gold = self.article.statements[self.order[i]].speaker
        right = []
        for candidate in found:
            name = self._name(candidate.entity)[0] if candidate.entity else None
            right.append(self.same(self.forms_of_gold, gold, name))
        self.items.append(([c.features for c in found], right))
        for candidate, good in zip(found, right, strict=True):
            if good:
                return candidate.entity
        return super().choose(i, found)


def choices(article: gold.Article) -> list[Item]:
    """The choices of one article."""
    words = tokenize(article.text)
    drafts, order = drafts_of(article, words)
    if not any(draft.parent is not None for draft in drafts):  # our own annotation does not say what stands in what
        nest(drafts)
    watcher = Watcher(words, drafts, find_marks(words))
    watcher.article, watcher.order, watcher.items = article, order, []
    watcher.same, watcher.forms_of_gold = score.same_speaker, score.forms_of(article)
    watcher.run()
    return watcher.items


def fit(items: list[Item], least: int = 3, penalty: float = 0.6, rounds: int = 200) -> dict[str, float]:
    """Weights of a conditional logit (Adam, L2) over features seen at least `least` times."""
    counts: dict[str, int] = {}
    for features, _ in items:
        for one in features:
            for feature in one:
                counts[feature] = counts.get(feature, 0) + 1
    index = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= least))}
    sets = []
    for features, right in items:
        if any(right) and not all(right):
            matrix = np.zeros((len(features), len(index)))
            for row, one in enumerate(features):
                for feature in one:
                    if feature in index:
                        matrix[row, index[feature]] = 1
            sets.append((matrix, np.array(right)))
    weights = np.zeros(len(index))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        gradient = penalty * weights
        for matrix, right in sets:
            scores = matrix @ weights
            p = np.exp(scores - scores.max())
            p /= p.sum()
            q = p * right
            gradient += matrix.T @ (p - q / q.sum())
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights -= 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(weights[n]), 3) for f, n in index.items() if abs(weights[n]) >= 0.02}


def accuracy(items: list[Item], weights: dict[str, float]) -> tuple[int, int, int]:
    """(chosen right, choices, choices with a right candidate)."""
    good = possible = 0
    for features, right in items:
        scores = [sum(weights.get(f, 0.0) for f in one) for one in features]
        good += right[scores.index(max(scores))]
        possible += any(right)
    return good, len(items), possible


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--penalty", type=float, default=2.5)
    args = ap.parse_args()
    articles = [choices(a) for folder in ("dev", "train") for a in gold.load_all(SHARED / "gold" / folder)]
    own = [item for article in own_annotation.articles(with_speakers=True) for item in choices(article)]
    random.Random(7).shuffle(articles)
    total = np.zeros(3)
    for fold in range(args.folds):
        train = [item for n, items in enumerate(articles) if n % args.folds != fold for item in items] + own
        test = [item for n, items in enumerate(articles) if n % args.folds == fold for item in items]
        total += np.array(accuracy(test, fit(train, penalty=args.penalty)))
    right, all_, possible = total
    print(f"cross-validated: {right / all_:.3f} right of {all_:.0f}; {possible / all_:.3f} had a right one")
    weights = fit([item for items in articles for item in items] + own, penalty=args.penalty)
    print(f"on itself: {accuracy([item for items in articles for item in items], weights)}, {len(weights)} weights")
    if args.write:
        MODEL.write_text(json.dumps({"bias": 0.0, "weights": weights}, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
