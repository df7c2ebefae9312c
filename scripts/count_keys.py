"""Count in how many statements of a record each word key occurs, and write the table of their weights.

    python scripts/count_keys.py --db news.db

A statement of several pieces counts with each of them. Only keys that at least `LEAST` pieces have are kept, each with
its weight to the nearest fifth. Only the counts are kept of the texts.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from pathlib import Path

from sqlalchemy import func, select

from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.search.analysis import words

TABLE = Path(__file__).parent.parent / "src" / "qawl" / "compare" / "tables" / "rarity.tsv"
LEAST = 12


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    statements = 0
    a, s, c, r = tables.articles.c, tables.statements.c, tables.contents.c, tables.readings.c
    piece = func.substr(a.text, c.start + 1, c.end - c.start)
    query = (
        select(piece)
        .join_from(tables.contents, tables.statements, s.id == c.statement_id)
        .join(tables.readings, r.id == s.reading_id)
        .join(tables.articles, a.id == r.article_id)
        .where(r.current, a.latest)
    )
    with snapshot(open_record(given.db)) as connection:
        for content in connection.scalars(query):
            statements += 1
            counts.update({key for word in words(content) for key in word.keys})
    levels: dict[float, list[str]] = defaultdict(list)
    for key, count in counts.items():
        if count >= LEAST:
            levels[round(5 * math.log(statements / count)) / 5].append(key)
    lines = [
        "# Weight (natural logarithm of all statements / those with the word), word keys. By scripts/count_keys.py.",
        *(f"{level:.1f}\t{' '.join(sorted(keys))}" for level, keys in sorted(levels.items())),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{statements} statements, {sum(map(len, levels.values()))} keys")


if __name__ == "__main__":
    main()
