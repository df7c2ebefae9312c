"""What can be had without knowing anything of statements: TF-IDF cosine of the words of the contents.

    cd bench; python -m versions.floor --record R.db

The threshold is chosen on the development set (the best F1 over all pairs), and both sets are scored with it.
Statements of a pool that are near enough are joined, and what is joined with one of a group is of that group.
Frequencies are those of all contents in the record. scikit-learn is of the extra `train`.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from qawl.arabic.letters import fold
from versions.scoring import Background, Marked, Place, Read, Span, find, joined, load, score, table

HERE = Path(__file__).resolve().parent
_WORD = re.compile(r"\w+")
_THRESHOLDS = [step / 100 for step in range(10, 96)]


class Record:
    """What scoring needs of a record (SQLite, opened for reading only)."""

    def __init__(self, path: Path) -> None:
        self.rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def contents(self) -> Iterator[str]:
        """The words of every content of the record."""
        for text, start, end in self.rows.execute(
            'SELECT a.text, c.start, c."end" FROM contents c JOIN statements s ON s.id = c.statement_id'
            " JOIN articles a ON a.id = s.article_id WHERE a.latest"
        ):
            yield text[start:end]

    def read(self, articles: set[str]) -> dict[str, list[Read]]:
        """The statements of some articles (by `source_id`) in their current readings."""
        found: dict[str, list[Read]] = defaultdict(list)
        for article in sorted(articles):
            pieces: dict[int, list[Span]] = defaultdict(list)
            cues: dict[int, Span | None] = {}
            for row, cue_start, cue_end, start, end in self.rows.execute(
                'SELECT s.id, s.cue_start, s.cue_end, c.start, c."end" FROM statements s'
                " JOIN readings r ON r.id = s.reading_id AND r.current JOIN contents c ON c.statement_id = s.id"
                " JOIN articles a ON a.id = s.article_id WHERE a.source_id = ? ORDER BY s.id, c.piece",
                (article,),
            ):
                pieces[row].append((start, end))
                cues[row] = None if cue_start is None else (cue_start, cue_end)
            found[article] = [Read(row, cues[row], tuple(spans)) for row, spans in pieces.items()]
        return found

    def background(self, keys: dict[Place, Any], articles: set[str]) -> Background:
        """Outlets, copies and forms of the statements that were found."""
        sources = dict(self.rows.execute("SELECT id, source_id FROM articles"))
        return Background(
            outlets={
                source: outlet
                for source, outlet in self.rows.execute(
                    "SELECT a.source_id, o.name FROM articles a JOIN outlets o ON o.id = a.outlet_id"
                )
                if source in articles
            },
            copies={
                frozenset((sources[one], sources[other]))
                for one, other in self.rows.execute("SELECT article_id, other_id FROM copies")
            },
            direct={
                place: form != "indirect"
                for place, key in keys.items()
                for (form,) in self.rows.execute("SELECT form FROM statements WHERE id = ?", (key,))
            },
        )

    def words(self, one: Marked) -> str:
        """The content of a statement of a set."""
        (text,) = self.rows.execute(
            "SELECT text FROM articles WHERE source_id = ? AND latest", (one.article,)
        ).fetchone()
        return " ".join(text[slice(*piece)] for piece in one.content)


def words(content: str) -> list[str]:
    """The folded words of a content."""
    return _WORD.findall(fold(content))


class Scored:
    """A set, what of it the record still has, and the likeness of the contents within each pool."""

    def __init__(self, path: Path, record: Record, vectors: TfidfVectorizer) -> None:
        self.pools = load(path)
        articles = {one.article for pool in self.pools for one in pool}
        self.keys = find(self.pools, record.read(articles))
        self.background = record.background(self.keys, articles)
        self.likeness = []
        for pool in self.pools:
            rows = vectors.transform([record.words(one) for one in pool])
            self.likeness.append((rows @ rows.T).toarray().tolist())

    def score(self, threshold: float) -> Any:
        groups = {
            Place(number, item): group
            for number, likeness in enumerate(self.likeness)
            for item, group in enumerate(joined(likeness, threshold))
        }
        return score(self.pools, {place: groups[place] for place in self.keys}, self.background)


def main() -> None:
    parser = argparse.ArgumentParser(description="TF-IDF cosine on the sets of statements in several outlets")
    parser.add_argument("--record", type=Path, required=True, help="a record in SQLite that holds the corpus")
    given = parser.parse_args()
    record = Record(given.record)
    vectors = TfidfVectorizer(analyzer=words, sublinear_tf=True).fit(record.contents())
    development = Scored(HERE / "development.json", record, vectors)
    threshold = max(_THRESHOLDS, key=lambda threshold: development.score(threshold).pairs["all"].f1)
    for name, sample in (("development", development), ("gold", Scored(HERE / "gold.json", record, vectors))):
        held = sample.score(threshold)
        print("\n".join(table(f"{name}, from {threshold:.2f}", held)))
        print(
            f"  {held.pools} pools, {held.statements} statements of {held.articles} articles of {held.outlets} outlets,"
            f" {held.groups} groups of two or more;\n  left out: {held.worthless} worthless, {held.unsure} unsure,"
            f" {held.missing} not found"
        )


if __name__ == "__main__":
    main()
