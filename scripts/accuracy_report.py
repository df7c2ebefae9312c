"""Fill the tables of docs/accuracy.md with what the reader reaches now.

    python scripts/accuracy_report.py            # measure, and write the tables
    python scripts/accuracy_report.py --print    # measure, and print them

The figures are those of ../shared/score/score.py on the gold; what that does not print (confidence, kinds of error) is
counted here by its own rules of what is found and what is right. Of the check set nothing but figures is taken.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import gate

PAGE = gate.ROOT / "docs" / "accuracy.md"
_BLOCK = re.compile(r"(<!-- begin figures: (\w+) -->\n).*?(<!-- end figures -->)", re.S)
_BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)


class Set:
    """One set of the gold with its readings, as the scorer sees them."""

    def __init__(self, name: str, folder: Path) -> None:
        sys.path.insert(0, str(gate.SHARED / "score"))
        self.score: Any = importlib.import_module("score")
        gold, readings = gate.read_set(name, folder)
        self.articles = self.score.load_all(gold)
        lines = readings.read_text("utf-8").splitlines()
        self.readings = {value["id"]: value["statements"] for value in map(json.loads, lines)}
        self.tallies = [self.score.tally(article, self.readings[article.id]) for article in self.articles]

    def metrics(self) -> dict[str, float]:
        found: dict[str, float] = self.score.report(sum(self.tallies, Counter()))
        return found

    def interval(self) -> tuple[float, float]:
        low, high = self.score.interval(self.tallies, "record_f1")
        return low, high

    def judged(self) -> list[tuple[float, bool]]:
        """Every predicted statement's confidence, and whether its record is right."""
        out = []
        for article in self.articles:
            predicted = self.readings[article.id]
            forms = self.score.forms_of(article)
            right = set()
            for i, j, same in self.score.pair_up(article, predicted, self.score.Words(article.text)):
                name = (predicted[j]["speaker"] or {}).get("name")
                if same >= self.score.SOFT and self.score.same_speaker(forms, article.statements[i].speaker, name):
                    right.add(j)
            out += [(p["confidence"], j in right) for j, p in enumerate(predicted)]
        return out

    def errors(self) -> Counter[str]:
        """How often each kind of error is made; a statement may have more than one."""
        kinds: Counter[str] = Counter()
        for article in self.articles:
            kinds += self._errors(article, self.readings[article.id])
        return kinds

    def _errors(self, article: Any, predicted: list[dict[str, Any]]) -> Counter[str]:
        kinds: Counter[str] = Counter()
        words = self.score.Words(article.text)
        forms = self.score.forms_of(article)
        pairs = self.score.pair_up(article, predicted, words)
        for i in set(range(len(article.statements))) - {i for i, _, _ in pairs}:
            gold = article.statements[i]
            place = "within another's content" if gold.parent is not None else "in the article's own text"
            what = "no cue: speech that goes on" if gold.cue is None else gold.kind
            kinds[f"missed, {place} ({what})"] += 1
        for j in set(range(len(predicted))) - {j for _, j, _ in pairs}:
            place = "within another's content" if predicted[j]["parent"] is not None else "in the article's own text"
            kinds[f"none there, {place} ({predicted[j]['kind']})"] += 1
        for i, j, same in pairs:
            gold, guess = article.statements[i], predicted[j]
            name = (guess["speaker"] or {}).get("name")
            if not self.score.same_speaker(forms, gold.speaker, name):
                beside = "named beside the cue" if gold.source else "not named beside the cue"
                wrong = "somebody given, nobody right" if gold.speaker is None else "wrong"
                got = "none given" if name is None else wrong
                kinds[f"speaker {beside}: {got}"] += 1
            if same < self.score.SOFT:
                want = words.content(gold.content)
                got_words = words.content(self.score.spans_of(guess["content"]))
                if not want or not got_words or not want & got_words:
                    kinds["content: elsewhere"] += 1
                    continue
                if max(got_words) != max(want):
                    kinds["content ends too " + ("late" if max(got_words) > max(want) else "early")] += 1
                if min(got_words) != min(want):
                    kinds["content begins too " + ("late" if min(got_words) > min(want) else "early")] += 1
        return kinds


def figures(sets: dict[str, Set]) -> str:
    """The scorer's metrics, a column a set."""
    rows = [f"| metric | {' | '.join(sets)} |", f"| --- |{' ---: |' * len(sets)}"]
    metrics = {name: one.metrics() for name, one in sets.items()}
    for metric in next(iter(metrics.values())):
        rows.append(f"| `{metric}` | {' | '.join(f'{metrics[name][metric]:.3f}' for name in sets)} |")
        if metric == "record_f1":
            intervals = (f"{low:.2f}–{high:.2f}" for low, high in (one.interval() for one in sets.values()))
            rows.append(f"| 95 % interval over articles | {' | '.join(intervals)} |")
    articles = " | ".join(f"{len(one.articles)}" for one in sets.values())
    statements = " | ".join(f"{sum(t['gold'] for t in one.tallies)}" for one in sets.values())
    return "\n".join([*rows[:2], f"| articles | {articles} |", f"| statements | {statements} |", *rows[2:]])


def confidence(sets: dict[str, Set]) -> str:
    """How confidence and truth go together: a table of bins, and two figures."""
    rows = ["| confidence | " + " | ".join(f"{name}: statements | right" for name in sets) + " |"]
    rows.append("| --- |" + " ---: |" * (2 * len(sets)))
    judged = {name: one.judged() for name, one in sets.items()}
    for low, high in pairwise(_BINS):
        cells = []
        for pairs in judged.values():
            inside = [right for sure, right in pairs if low <= sure < high]
            cells += [str(len(inside)), f"{sum(inside) / len(inside):.0%}" if inside else "–"]
        rows.append(f"| {low:.1f} to {min(high, 1):.1f} | {' | '.join(cells)} |")
    for name, pairs in judged.items():
        rows.append(f"\n{name}: AUROC {auroc(pairs):.3f}, expected calibration error {calibration_error(pairs):.3f}.")
    return "\n".join(rows)


def auroc(pairs: list[tuple[float, bool]]) -> float:
    """The chance that a right record has more confidence than a wrong one; ties count half."""
    right = [sure for sure, is_right in pairs if is_right]
    wrong = [sure for sure, is_right in pairs if not is_right]
    if not right or not wrong:
        return 0.5
    return sum((r > w) + (r == w) / 2 for r in right for w in wrong) / (len(right) * len(wrong))


def calibration_error(pairs: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: the mean distance of confidence and share of right records, over equal bins."""
    error = 0.0
    for n in range(bins):
        inside = [(sure, right) for sure, right in pairs if min(int(sure * bins), bins - 1) == n]
        error += abs(sum(sure - right for sure, right in inside))
    return error / len(pairs) if pairs else 0.0


def errors(one: Set) -> str:
    """The ten commonest kinds of error."""
    rows = ["| kind of error | count |", "| --- | ---: |"]
    found = one.errors()
    commonest = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:10]
    rows += [f"| {kind} | {count} |" for kind, count in commonest]
    return "\n".join([*rows, f"| all kinds together | {sum(found.values())} |"])


def outlets(sets: list[Set]) -> str:
    """The headline figure for each outlet (the last part of an article's id)."""
    by_outlet: dict[str, Counter[str]] = {}
    articles: Counter[str] = Counter()
    for one in sets:
        for article, tally in zip(one.articles, one.tallies, strict=True):
            outlet = article.id.rsplit("-", 1)[-1]
            by_outlet[outlet] = by_outlet.get(outlet, Counter()) + tally
            articles[outlet] += 1
    rows = ["| outlet | articles | statements | `record_f1` |", "| --- | ---: | ---: | ---: |"]
    for outlet, tally in sorted(by_outlet.items(), key=lambda item: -articles[item[0]]):
        score = sets[0].score.report(tally)["record_f1"]
        rows.append(f"| {outlet} | {articles[outlet]} | {tally['gold']} | {score:.2f} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", dest="show", help="print the tables, write nothing")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sets = {name: Set(name, Path(folder)) for name in gate.SETS}
    tables = {
        "metrics": figures(sets),
        "confidence": confidence({name: sets[name] for name in ("dev", "check")}),
        "errors": errors(sets["dev"]),
        "outlets": outlets([sets["dev"], sets["train"]]),
    }
    if args.show:
        print("\n\n".join(tables.values()))
        return
    text = PAGE.read_text("utf-8")
    PAGE.write_text(_BLOCK.sub(lambda m: f"{m[1]}{tables[m[2]]}\n{m[3]}", text), "utf-8")


if __name__ == "__main__":
    main()
