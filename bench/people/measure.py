"""Measure on the gold set of people, with the speakers of a loaded record.

python bench/people/measure.py --record qawl.db               # the floor: one folded name is one entity
python bench/people/measure.py --record qawl.db --gold bench/people/development.json
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from people.scoring import Item, load, report, table
from qawl.arabic.letters import fold

HERE = Path(__file__).resolve().parent


class Speaker(NamedTuple):
    """A row of `speakers`."""

    id: int
    name: str


def speakers(record: sqlite3.Connection, items: Iterable[Item]) -> dict[Item, Speaker]:
    """The speaker of each item whose mention the current reading of its article still has, span for span.

    Where a reading has cut the mention anew, the speaker whose mention overlaps the item's most.
    """
    found: dict[Item, Speaker] = {}
    for item in items:
        row = record.execute(
            """SELECT s.id, s.name, min(m."end", :end) - max(m.start, :start) AS common
               FROM articles a JOIN readings r ON r.article_id = a.id AND r.current
               JOIN speakers s ON s.reading_id = r.id JOIN mentions m ON m.speaker_id = s.id
               WHERE a.source_id = :article AND common > 0
               ORDER BY common DESC, m."end" - m.start, s.id LIMIT 1""",
            {"article": item.article, "start": item.start, "end": item.end},
        ).fetchone()
        if row is not None:
            found[item] = Speaker(row[0], row[1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--record", required=True, type=Path)
    parser.add_argument("--gold", type=Path, default=HERE / "gold.json")
    given = parser.parse_args()
    items = load(given.gold)
    record = sqlite3.connect(f"file:{given.record}?mode=ro", uri=True)
    names = {item: fold(speaker.name).strip() for item, speaker in speakers(record, items).items()}
    print(f"{given.gold.name}: {len(items)} appearances, of which", end=" ")
    print(f"{sum(item.entity is None for item in items)} name nobody and", end=" ")
    print(f"{sum(item.entity is not None and not item.sure for item in items)} are doubtful")
    print("floor: one folded name is one entity")
    print(report(table(items, names, names)))


if __name__ == "__main__":
    main()
