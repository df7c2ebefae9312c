"""Train the model that says who is meant where a subject is left out; cross-validated over articles.

    train_antecedents.py [--folds 5] [--write]

Every article goes in twice: with the gold's cues, sources and contents, and with those that the reader finds. For
every statement without a source the candidates of `qawl.reading.antecedents` are ranked by a conditional logit. With
the gold's statements the speakers of those before are the right ones (as far as a candidate was right); with the
reader's they are as the present model tells them, wrong ones among them, so that it learns to get back on the track.
Our own annotation (bench/annotations.json) is learned from in every fold and never tested on.
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
from qawl.reading import reader
from qawl.reading.antecedents import Candidate
from qawl.reading.draft import Draft
from qawl.reading.entities import Entity
from qawl.reading.model import names
from qawl.reading.nesting import nest
from qawl.reading.speakers import Resolver
from qawl.reading.text import Text

SHARED = own_annotation.SHARED
sys.path.insert(0, str(SHARED / "score"))
import gold  # noqa: E402
import score  # noqa: E402

MODEL = Path(__file__).parent.parent / "src" / "qawl" / "reading" / "models" / "antecedent.json"
Item = tuple[list[set[str]], list[bool]]


class Watcher(Resolver):
    """A resolver that writes down what it could choose from, and follows the gold where it is told to."""

    article: Any
    #: For each draft the index of its gold statement, or -1.
    order: list[int]
    items: list[Item]
    same: Any
    forms_of_gold: Any
    follow: bool

    def choose(self, i: int, found: list[Candidate]) -> Entity | None:
        if self.order[i] < 0:
            return super().choose(i, found)
        gold = self.article.statements[self.order[i]].speaker
        right = []
        for candidate in found:
            name = self._name(candidate.entity)[0] if candidate.entity else None
            right.append(self.same(self.forms_of_gold, gold, name))
        self.items.append(([set(names(c.facts)) for c in found], right))
        if self.follow:
            for candidate, good in zip(found, right, strict=True):
                if good:
                    return candidate.entity
        return super().choose(i, found)


def found_by_reader(article: Any) -> tuple[Text, list[Draft], list[int]]:
    """What the reader finds in an article, and for each statement the index of the gold's (-1: none)."""
    text = Text(article.text)
    drafts, _ = reader.attribute(text, reader.find(text))
    starts, ends = text.words.starts, text.words.ends

    def span(tokens: tuple[int, int]) -> dict[str, int]:
        return {"start": starts[tokens[0]], "end": ends[tokens[1] - 1]}

    flat = [{"cue": span(d.cue) if d.cue else None, "content": [span(piece) for piece in d.content]} for d in drafts]
    order = [-1] * len(drafts)
    for old, new, _ in score.pair_up(article, flat, score.Words(article.text)):
        order[new] = old
    return text, drafts, order


def collect(articles: list[Any], nested: bool = True) -> list[tuple[list[Item], list[Item]]]:
    """The choices of every article: with the given statements (nested here if they are not), and with the reader's."""
    out = []
    for article in articles:
        both: list[list[Item]] = []
        for follow in (True, False):
            if follow:
                words = tokenize(article.text)
                drafts, order = drafts_of(article, words)
                if not nested:
                    nest(drafts)
                watcher = Watcher(words, drafts, find_marks(words))
            else:
                text, drafts, order = found_by_reader(article)
                watcher = Watcher(text.words, drafts, text.marks)
            watcher.article, watcher.order, watcher.items, watcher.follow = article, order, [], follow
            watcher.same, watcher.forms_of_gold = score.same_speaker, score.forms_of(article)
            watcher.run()
            both.append(watcher.items)
        out.append((both[0], both[1]))
    return out


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
    ap.add_argument("--penalty", type=float, default=1.0)
    ap.add_argument("--least", type=int, default=3, help="times that a feature must be seen")
    args = ap.parse_args()
    articles = collect([a for name in ("dev", "train") for a in gold.load_all(SHARED / "gold" / name)])
    ours = collect(own_annotation.articles(with_speakers=True), nested=False)
    own = [item for both in ours for items in both for item in items]
    random.Random(7).shuffle(articles)
    total = np.zeros((2, 3))
    for fold in range(args.folds):
        train = [item for n, both in enumerate(articles) if n % args.folds != fold for items in both for item in items]
        weights = fit(train + own, args.least, args.penalty)
        for n, both in enumerate(articles):
            if n % args.folds == fold:
                for which, items in enumerate(both):
                    total[which] += np.array(accuracy(items, weights))
    for kind, (right, choices, possible) in zip(("gold", "reader"), total, strict=True):
        print(
            f"cross-validated, statements of the {kind}: {right / choices:.3f} right of {choices:.0f}; "
            f"{possible / choices:.3f} had a right one"
        )
    everything = [item for both in articles for items in both for item in items]
    weights = fit(everything + own, args.least, args.penalty)
    print(f"on itself: {accuracy(everything, weights)}, {len(weights)} weights")
    if args.write:
        MODEL.write_text(json.dumps({"bias": 0.0, "weights": weights}, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
