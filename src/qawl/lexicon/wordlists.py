"""Word lists: tables with the columns ``kind, words, example`` as sets of folded words by kind."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from qawl.arabic.letters import fold


@cache
def load(table: str) -> dict[str, frozenset[str]]:
    """The table ``tables/<table>.tsv``: kind → its words, folded. Words are separated by spaces."""
    lists: dict[str, frozenset[str]] = {}
    for line in files("qawl.lexicon").joinpath("tables", f"{table}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            kind, words, *_ = line.split("\t")
            lists[kind] = lists.get(kind, frozenset()) | frozenset(fold(words).split())
    return lists
