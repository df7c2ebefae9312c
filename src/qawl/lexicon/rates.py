"""Rates: how often a reporting word stands with a clause, a complement or a source of its own, counted in raw news.

The table (``tables/rates.tsv``) is written by ``scripts/count_frames.py``. A word that it lacks (a line just added) has
the rates of no evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from qawl.lexicon.cues import read_rows


@dataclass(frozen=True, slots=True)
class Rate:
    """Steps from 0 (never) to 8 (nearly always) of a word's occurrences with a clause, a complement, a source."""

    clause: int
    phrase: int
    source: int


_STEPS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85)
UNKNOWN = Rate(-1, -1, -1)


@cache
def load() -> dict[tuple[str, str], Rate]:
    """The rates by lemma and part."""
    table: dict[tuple[str, str], Rate] = {}
    for row in read_rows("rates"):
        seen = int(row["seen"]) + 2
        clause, phrase, source = (_step(int(row[key]) / seen) for key in ("clause", "phrase", "source"))
        table[row["lemma"], row["part"]] = Rate(clause, phrase, source)
    return table


def _step(rate: float) -> int:
    return sum(rate >= step for step in _STEPS)
