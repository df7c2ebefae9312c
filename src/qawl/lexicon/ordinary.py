"""Ordinary words: nouns and verbs of the language that are no proper names (built from how they inflect).

The table (`tables/ordinary.txt`, folded words) is written by ``scripts/build_ordinary.py``. It helps to see where a
title ends and a name begins; it never decides alone, since some names are ordinary words too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Folded ordinary nouns and adjectives (without article) and verb forms."""

    nouns: frozenset[str]
    verbs: frozenset[str]
    adjectives: frozenset[str]


@cache
def load() -> Ordinary:
    """The table, read once."""
    text = (files("qawl.lexicon") / "tables" / "ordinary.txt").read_text("utf-8")
    nouns, verbs, adjectives = [line for line in text.split("\n") if line and not line.startswith("#")][:3]
    return Ordinary(frozenset(nouns.split()), frozenset(verbs.split()), frozenset(adjectives.split()))
