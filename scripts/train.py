"""Train the small models of the reader on the annotated articles beside the project, cross-validated over articles.

    python scripts/train.py [--folds 5] [--write]

Needs scikit-learn (extra `train`) and the folder ../shared. Without --write it only reports cross-validated figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(SHARED / "score"))
import score  # noqa: E402
from gold import Article, load_all  # noqa: E402

from qawl.article import Article as ReadArticle  # noqa: E402
from qawl.reading import confidence, contents, cues, model, reader  # noqa: E402
from qawl.reading.draft import Draft  # noqa: E402
from qawl.reading.speakers import Resolution  # noqa: E402
from qawl.reading.text import Text  # noqa: E402

MODELS = ROOT / "src/qawl/reading/models"
Row = tuple[list[str], int]


def tokens_of(text: Text, spans: list[tuple[int, int]]) -> list[int]:
    """The word tokens that the spans touch."""
    starts, ends = text.words.starts, text.words.ends
    return [
        i
        for i in range(len(starts))
        if text.forms[i].kind in ("word", "number") and any(starts[i] < e and s < ends[i] for s, e in spans)
    ]


def gold_pairs(art: Article, text: Text, drafts: list[Draft]) -> dict[int, int]:
    """Candidate → index of the gold statement whose cue it shares."""
    gold: dict[int, int] = {}
    for n, statement in enumerate(art.statements):
        if statement.cue:
            for token in cue_tokens(text, statement.cue):
                gold.setdefault(token, n)
    pairs: dict[int, int] = {}
    for m, draft in enumerate(drafts):
        if draft.cue and draft.cue[0] in gold:
            pairs[m] = gold[draft.cue[0]]
    return pairs


def cue_tokens(text: Text, span: tuple[int, int]) -> list[int]:
    starts, ends = text.words.starts, text.words.ends
    return [i for i in range(len(starts)) if starts[i] < span[1] and span[0] < ends[i]][:1]


@dataclass
class Case:
    """One article with its candidates, and which gold statement each one is."""

    article: Article
    text: Text
    drafts: list[Draft]
    pairs: dict[int, int]

    @classmethod
    def of(cls, article: Article) -> Case:
        text = Text(article.text)
        drafts = cues.find(text)
        return cls(article, text, drafts, gold_pairs(article, text, drafts))

    def cue_rows(self) -> list[Row]:
        """For every candidate its features, and whether it reports."""
        return [(cues.features(self.text, draft), int(m in self.pairs)) for m, draft in enumerate(self.drafts)]

    def end_rows(self) -> list[list[Row]]:
        """For every content the features of the places up to its end, and whether it ends there.

        The candidates must have been scored (by a model that has not seen the article).
        """
        text, reports = self.text, cues.reports(self.drafts)
        ends = []
        for m, n in self.pairs.items():
            draft = self.drafts[m]
            if draft.frame in ("head", "before"):
                continue
            wanted = tokens_of(text, self.article.statements[n].content[-1:])
            if not wanted:
                continue
            draft.quote = -1
            start = contents.begin(text, draft)
            places = contents.places(text, draft, start)
            last_word = wanted[-1]
            walk: list[Row] = []
            for nth, place in enumerate(places):
                inside = place - 1
                while inside > start and text.forms[inside].kind not in ("word", "number"):
                    inside -= 1
                features = contents.end_features(text, draft, start, place, nth, places[-1], reports)
                walk.append((features, int(inside == last_word)))
                if inside >= last_word:
                    break
            if walk and walk[-1][1]:
                ends.append(walk)
        return ends


def fit(rows: list[Row], c: float) -> tuple[model.Model, Any]:
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features, _ in rows])
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    y = np.array([label for _, label in rows])
    clf = LogisticRegression(C=c, max_iter=400, solver="liblinear").fit(x, y)
    weights = dict(zip(vectorizer.feature_names_, (float(w) for w in clf.coef_[0]), strict=True))
    learned = model.Weights({k: round(w, 4) for k, w in weights.items() if abs(w) >= 0.01})
    return model.Model(learned, float(clf.intercept_[0])), clf


def score_candidates(cases: list[Case], c: float, folds: int) -> list[tuple[int, int, float]]:
    """Score every candidate by a model that has not seen its article: (article, label, probability) of each."""
    rows = [case.cue_rows() for case in cases]
    out = []
    for fold in range(folds):
        fitted, _ = fit([row for n, r in enumerate(rows) if n % folds != fold for row in r], c)
        for n, case in enumerate(cases):
            if n % folds == fold:
                for draft, (features, label) in zip(case.drafts, rows[n], strict=True):
                    draft.score = fitted.probability(features)
                    out.append((n, label, draft.score))
    return out


#: Thresholds that are tried for a candidate's probability.
THRESHOLDS = tuple(step / 20 for step in range(4, 16))


def best_f1(
    scored: list[tuple[int, int, float]], total: int, thresholds: Iterable[float] = THRESHOLDS
) -> tuple[float, float]:
    best = (0.0, 0.0)
    for threshold in thresholds:
        hit = sum(1 for _, y, p in scored if y and p >= threshold)
        found = sum(1 for _, _, p in scored if p >= threshold)
        best = max(best, (2 * hit / (found + total), float(threshold)))
    return best


def end_accuracy(cases: list[Case], ends: list[list[list[Row]]], c: float, folds: int) -> tuple[float, float]:
    """Shares of the gold contents whose words are found exactly, and nearly (0.8), cross-validated."""
    exact = near = total = 0
    for fold in range(folds):
        fitted, _ = fit([row for n, walks in enumerate(ends) if n % folds != fold for w in walks for row in w], c)
        for n, case in enumerate(cases):
            if n % folds != fold:
                continue
            text, reports = case.text, cues.reports(case.drafts)
            for m, g in case.pairs.items():
                draft = case.drafts[m]
                if draft.frame in ("head", "before"):
                    continue
                draft.quote = -1
                start = contents.begin(text, draft)
                places = contents.places(text, draft, start)
                end = contents.best_end(text, draft, start, places, reports, fitted)
                got = {i for i in range(start, end) if text.forms[i].kind in ("word", "number")}
                wanted = set(tokens_of(text, case.article.statements[g].content))
                total += 1
                exact += got == wanted
                near += len(got & wanted) >= 0.8 * len(got | wanted)
    return exact / total, near / total


def confidence_rows(cases: list[Case], ends: list[list[list[Row]]], c: float, folds: int) -> list[list[Row]]:
    """For every article the statements read by models that have not seen it: their features; whether they are right."""
    out: list[list[Row]] = [[] for _ in cases]
    for fold in range(folds):
        train = [case for n, case in enumerate(cases) if n % folds != fold]
        accept, _ = fit([row for case in train for row in case.cue_rows()], c)
        end, _ = fit([row for n, walks in enumerate(ends) if n % folds != fold for w in walks for row in w], c)
        for n, case in enumerate(cases):
            if n % folds == fold:
                text = Text(case.article.text)
                found = reader.find(text, (accept, end))
                drafts, who = reader.attribute(text, found, model.Model(model.Weights(), 9.0))
                for draft, speaker, right in zip(
                    drafts, who.speakers, right_ones(case.article, text, drafts, who), strict=True
                ):
                    parent = drafts[draft.parent] if draft.parent is not None else None
                    out[n].append((confidence.features(text, draft, speaker, parent), int(right)))
    return out


def predict(cases: list[Case], ends: list[list[list[Row]]], trust: list[list[Row]], args: argparse.Namespace) -> None:
    """Write what models that have not seen an article read in it: one file of predictions for each gold folder."""
    lines: dict[str, list[str]] = {"dev": [], "train": []}
    for fold in range(args.folds):
        rest = [n for n in range(len(cases)) if n % args.folds != fold]
        accept, _ = fit([row for n in rest for row in cases[n].cue_rows()], args.c)
        end, _ = fit([row for n in rest for walk in ends[n] for row in walk], args.c)
        judge, _ = fit([row for n in rest for row in trust[n]], args.trust)
        for n, case in enumerate(cases):
            if n % args.folds == fold:
                article = case.article
                reading = reader.read_with(ReadArticle(article.text, article.id), (accept, end), judge)
                folder = "train" if article.id.startswith("t") else "dev"
                lines[folder].append(json.dumps(reading.to_json(), ensure_ascii=False))
    args.predict.mkdir(parents=True, exist_ok=True)
    for folder, found in lines.items():
        (args.predict / f"{folder}.jsonl").write_text("\n".join(found) + "\n", encoding="utf-8")


def right_ones(article: Article, text: Text, drafts: list[Draft], who: Resolution) -> list[bool]:
    """Which statements are right as the scorer has it: found, content near enough, the right speaker."""
    predicted = []
    for draft, speaker in zip(drafts, who.speakers, strict=True):
        spans = [(text.words.starts[a], text.words.ends[b - 1]) for a, b in draft.content]
        cue = draft.cue and {"start": text.words.starts[draft.cue[0]], "end": text.words.ends[draft.cue[1] - 1]}
        predicted.append(
            {
                "cue": cue,
                "content": [{"start": a, "end": b} for a, b in spans],
                "speaker": {"name": speaker.name} if speaker else None,
            }
        )
    words, forms = score.Words(article.text), score.forms_of(article)
    right = [False] * len(drafts)
    for g, m, same in score.pair_up(article, predicted, words):
        name = (predicted[m]["speaker"] or {}).get("name")
        right[m] = same >= score.SOFT and score.same_speaker(forms, article.statements[g].speaker, name)
    return right


def report_confidence(rows: list[list[Row]], articles: list[Article], total: int, c: float, folds: int) -> None:
    """Print AUROC, calibration error and the best threshold for record F1, cross-validated; the first two on dev."""
    scored = []
    for fold in range(folds):
        fitted, _ = fit([row for n, r in enumerate(rows) if n % folds != fold for row in r], c)
        scored += [
            (n, label, fitted.probability(features))
            for n, r in enumerate(rows)
            if n % folds == fold
            for features, label in r
        ]
    dev = [(n, y, p) for n, y, p in scored if not articles[n].id.startswith("t")]
    f1, threshold = best_f1(scored, total, [step / 50 for step in range(35)])
    plain = 2 * sum(y for _, y, _ in scored) / (len(scored) + total)
    print(f"record: cross-validated F1 {plain:.3f}; with confidence from {threshold:.2f} on {f1:.3f}")
    gold = sum(len(a.statements) for a in articles if not a.id.startswith("t"))
    f1, _ = best_f1(dev, gold, [threshold])
    print(f"record on dev: cross-validated F1 {f1:.3f}")
    for name, part in (("all", scored), ("dev", dev)):
        truth, odds = [y for _, y, _ in part], [p for _, _, p in part]
        print(f"confidence on {name}: AUROC {roc_auc_score(truth, odds):.3f}, calibration error {ece(truth, odds):.3f}")


def ece(truth: list[int], odds: list[float], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    total = 0.0
    for b in range(bins):
        inside = [
            (y, p)
            for y, p in zip(truth, odds, strict=True)
            if b / bins <= p < (b + 1) / bins or (p == 1 and b == bins - 1)
        ]
        if inside:
            total += abs(sum(y for y, _ in inside) - sum(p for _, p in inside))
    return total / len(truth)


def save(name: str, fitted: model.Model, note: str) -> None:
    MODELS.mkdir(exist_ok=True)
    value = {"note": note, "bias": round(fitted.bias, 4), "weights": dict(sorted(fitted.weights.items()))}
    (MODELS / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--c", type=float, default=0.3, help="inverse strength of regularisation")
    parser.add_argument("--trust", type=float, default=0.1, help="the same for the model of confidence")
    parser.add_argument("--predict", type=Path, metavar="DIR", help="write cross-validated predictions there")
    args = parser.parse_args()
    articles = [a for name in ("dev", "train") for a in load_all(SHARED / "gold" / name)]
    articles.sort(key=lambda a: hash_of(a.id))
    cases = [Case.of(a) for a in articles]
    total = sum(len(a.statements) for a in articles)
    found = sum(len(case.pairs) for case in cases)
    print(f"{len(articles)} articles, {total} gold statements")
    print(f"candidates {sum(len(c.drafts) for c in cases)}, of which gold {found} (recall {found / total:.3f})")
    f1, threshold = best_f1(score_candidates(cases, args.c, args.folds), total)
    print(f"cue: cross-validated detection F1 {f1:.3f} at threshold {threshold:.2f}")
    ends = [case.end_rows() for case in cases]
    exact, near = end_accuracy(cases, ends, args.c, args.folds)
    print(f"end: reachable {sum(map(len, ends))}; cross-validated exact {exact:.3f}, near {near:.3f}")
    trust = confidence_rows(cases, ends, args.c, args.folds)
    report_confidence(trust, articles, total, args.trust, args.folds)
    if args.predict:
        predict(cases, ends, trust, args)
    if args.write:
        note = "scripts/train.py on gold dev and train 1.1"
        save("cue", fit([row for case in cases for row in case.cue_rows()], args.c)[0], note)
        save("confidence", fit([row for r in trust for row in r], args.trust)[0], note)
        save("end", fit([row for r in ends for w in r for row in w], args.c)[0], note)


def hash_of(name: str) -> int:
    """A fixed shuffle of the articles, so that folds mix outlets."""
    return zlib.crc32(name.encode())


if __name__ == "__main__":
    main()
