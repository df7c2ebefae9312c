"""Short articles of our own, with invented people: six for a first look and for tests, and nine of one week on one
dispute, in which three outlets report the same."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from qawl.article import Article


def load() -> tuple[Article, ...]:
    """Six articles on six subjects, with outlet, date of publication and headline."""
    return _load("samples")


def load_week() -> tuple[Article, ...]:
    """Nine articles on one subject, within ten days."""
    return _load("week")


def _load(table: str) -> tuple[Article, ...]:
    folder = files("qawl.samples")
    rows = folder.joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for row in [row for row in rows if row and not row.startswith("#")][1:]:
        name, outlet, published, _ = row.split("\t")
        text = folder.joinpath(f"{name}.txt").read_bytes().decode("utf-8")
        headline = (0, text.index("\n"))
        found.append(Article(text, name, outlet, published=date.fromisoformat(published), headline=headline))
    return tuple(found)
