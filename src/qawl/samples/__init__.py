"""Six short articles of our own, with invented people, for a first look and for tests."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from qawl.article import Article


def load() -> tuple[Article, ...]:
    """The articles, with outlet, date of publication and headline."""
    folder = files("qawl.samples")
    rows = folder.joinpath("samples.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for row in [row for row in rows if row and not row.startswith("#")][1:]:
        name, outlet, published, _ = row.split("\t")
        text = folder.joinpath(f"{name}.txt").read_bytes().decode("utf-8")
        headline = (0, text.index("\n"))
        found.append(Article(text, name, outlet, published=date.fromisoformat(published), headline=headline))
    return tuple(found)
