"""Train the small models of the reader on the annotated articles beside the project, cross-validated over articles.

    python scripts/train.py [--folds 5] [--write]

Needs scikit-learn (extra `train`) and the folder ../shared. Without --write it only reports cross-validated figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(SHARED / "score"))
import own_annotation  # noqa: E402
import score  # noqa: E402
from gold import Article, load_all  # noqa: E402

from qawl.article import Article as ReadArticle  # noqa: E402
from qawl.reading import confidence, contents, cues, model, reader  # noqa: E402
from qawl.reading.draft import Draft  # noqa: E402
from qawl.reading.speakers import Resolution  # noqa: E402
from qawl.reading.text import Text  # noqa: E402

MODELS = ROOT / "src/qawl/reading/models"
Row = tuple[list[model.Fact], int]


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
            if draft.frame in contents.SETTLED:
                continue
            wanted = tokens_of(text, self.article.statements[n].content[-1:])
            if not wanted:
                continue
            draft.quote = -1
            start = contents.begin(text, draft)
            places = contents.places(text, draft, start)
            last_word = wanted[-1]
            facts = contents.Ends(text, draft, start, places[-1], reports)
            walk: list[Row] = []
            for nth, place in enumerate(places):
                inside = place - 1
                while inside > start and text.forms[inside].kind not in ("word", "number"):
                    inside -= 1
                features = facts.features(place, nth)
                walk.append((features, int(inside == last_word)))
                if inside >= last_word:
                    break
            if walk and walk[-1][1]:
                ends.append(walk)
        return ends


def fit(rows: list[Row], c: float, own: list[Row] | None = None, weight: float = 1.0) -> model.Model:
    """A logistic model of the rows; `c` is the inverse strength of regularisation.

    A row of the gold (`rows`) counts as `weight` rows of our own annotation.
    """
    counts = [weight] * len(rows) + [1.0] * len(own or [])
    rows = rows + (own or [])
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([dict.fromkeys(model.names(facts), 1.0) for facts, _ in rows])
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    y = np.array([label for _, label in rows])
    learned = LogisticRegression(C=c, max_iter=400, solver="liblinear").fit(x, y, sample_weight=counts)
    weights = dict(zip(vectorizer.feature_names_, (float(w) for w in learned.coef_[0]), strict=True))
    kept = model.Weights({k: round(w, 4) for k, w in weights.items() if abs(w) >= 0.01})
    return model.Model(kept, float(learned.intercept_[0]))


@dataclass
class Learning:
    """What is learned from, and the models that come of it.

    `cases` are the gold's, split into folds by their place in the list; `own` are learned from in every fold.
    """

    cases: list[Case]
    own: list[Case]
    c: float
    folds: int
    weight: float = 1.0

    def __post_init__(self) -> None:
        self.cue = [case.cue_rows() for case in self.cases]
        self.own_cue = [case.cue_rows() for case in self.own]
        self.ends: list[list[list[Row]]] = []
        self.own_ends: list[Row] = []

    def held_out(self) -> Iterator[tuple[int, list[int]]]:
        """Each fold with the cases that it holds out."""
        for fold in range(self.folds):
            yield fold, [n for n in range(len(self.cases)) if n % self.folds == fold]

    def cue_model(self, but: int = -1) -> model.Model:
        """The model of cues, learned from all folds but one."""
        rows = [row for n, found in enumerate(self.cue) if n % self.folds != but for row in found]
        return fit(rows, self.c, [row for found in self.own_cue for row in found], self.weight)

    def end_model(self, but: int = -1) -> model.Model:
        """The model of ends, likewise."""
        rows = [row for n, walks in enumerate(self.ends) if n % self.folds != but for walk in walks for row in walk]
        return fit(rows, self.c, self.own_ends, self.weight)

    def score_candidates(self) -> list[tuple[int, int, float]]:
        """Score every candidate by a model that has not seen its article: (article, label, probability) of each.

        The rows of the ends, which see the scores, are made then.
        """
        out = []
        for fold, held in self.held_out():
            fitted = self.cue_model(fold)
            for n in held:
                for draft, (features, label) in zip(self.cases[n].drafts, self.cue[n], strict=True):
                    draft.score = fitted.probability(features)
                    out.append((n, label, draft.score))
        gold = fit([row for found in self.cue for row in found], self.c)
        for case, rows in zip(self.own, self.own_cue, strict=True):
            for draft, (features, _) in zip(case.drafts, rows, strict=True):
                draft.score = gold.probability(features)
        self.ends = [case.end_rows() for case in self.cases]
        self.own_ends = [row for case in self.own for walk in case.end_rows() for row in walk]
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


def end_accuracy(data: Learning) -> tuple[float, float]:
    """Shares of the gold contents whose words are found exactly, and nearly (0.8), cross-validated."""
    exact = near = total = 0
    for fold, held in data.held_out():
        fitted = data.end_model(fold)
        for case in (data.cases[n] for n in held):
            text, reports = case.text, cues.reports(case.drafts)
            for m, g in case.pairs.items():
                draft = case.drafts[m]
                if draft.frame in contents.SETTLED:
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


def confidence_rows(data: Learning) -> list[list[Row]]:
    """For each article the statements read by models that have not seen it: their features; whether they are right."""
    out: list[list[Row]] = [[] for _ in data.cases]
    for fold, held in data.held_out():
        models = data.cue_model(fold), data.end_model(fold)
        for n in held:
            article = data.cases[n].article
            text = Text(article.text)
            drafts, who = reader.attribute(text, reader.find(text, models), model.Model(model.Weights(), 9.0))
            right = right_ones(article, text, drafts, who)
            for draft, speaker, good in zip(drafts, who.speakers, right, strict=True):
                parent = drafts[draft.parent] if draft.parent is not None else None
                out[n].append((confidence.features(text, draft, speaker, parent), int(good)))
    return out


def predict(data: Learning, trust: list[list[Row]], c: float, folder: Path) -> None:
    """Write what models that have not seen an article read in it: one file of predictions for each gold folder."""
    lines: dict[str, list[str]] = {"dev": [], "train": []}
    for fold, held in data.held_out():
        models = data.cue_model(fold), data.end_model(fold)
        judge = fit([row for n, rows in enumerate(trust) if n % data.folds != fold for row in rows], c)
        for n in held:
            article = data.cases[n].article
            reading = reader.read_with(ReadArticle(article.text, article.id), models, judge)
            gold = "train" if article.id.startswith("t") else "dev"
            lines[gold].append(json.dumps(reading.to_json(), ensure_ascii=False))
    folder.mkdir(parents=True, exist_ok=True)
    for gold, found in lines.items():
        (folder / f"{gold}.jsonl").write_text("\n".join(found) + "\n", encoding="utf-8")


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
        fitted = fit([row for n, r in enumerate(rows) if n % folds != fold for row in r], c)
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
    parser.add_argument("--c", type=float, default=0.2, help="inverse strength of regularisation")
    parser.add_argument("--weight", type=float, default=3.0, help="how much more the gold counts than our annotation")
    parser.add_argument("--trust", type=float, default=0.1, help="the same for the model of confidence")
    parser.add_argument("--predict", type=Path, metavar="DIR", help="write cross-validated predictions there")
    args = parser.parse_args()
    articles = [a for name in ("dev", "train") for a in load_all(SHARED / "gold" / name)]
    articles.sort(key=lambda a: hash_of(a.id))
    own = list(map(Case.of, own_annotation.articles()))
    data = Learning([Case.of(a) for a in articles], own, args.c, args.folds, args.weight)
    total = sum(len(a.statements) for a in articles)
    found = sum(len(case.pairs) for case in data.cases)
    print(f"{len(articles)} gold articles, {total} statements; {len(data.own)} articles of our own annotation")
    print(f"candidates {sum(map(len, data.cue))}, of which gold {found} (recall {found / total:.3f})")
    f1, threshold = best_f1(data.score_candidates(), total)
    print(f"cue: cross-validated detection F1 {f1:.3f} at threshold {threshold:.2f}")
    exact, near = end_accuracy(data)
    print(f"end: reachable {sum(map(len, data.ends))}; cross-validated exact {exact:.3f}, near {near:.3f}")
    trust = confidence_rows(data)
    report_confidence(trust, articles, total, args.trust, args.folds)
    if args.predict:
        predict(data, trust, args.trust, args.predict)
    if args.write:
        note = "scripts/train.py on gold dev and train 1.1 and bench/annotations.json"
        save("cue", data.cue_model(), note)
        save("end", data.end_model(), note)
        save("confidence", fit([row for rows in trust for row in rows], args.trust), note)


def hash_of(name: str) -> int:
    """A fixed shuffle of the articles, so that folds mix outlets."""
    return zlib.crc32(name.encode())


if __name__ == "__main__":
    main()
