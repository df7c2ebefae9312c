"""The tables of this package, read as rows."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``<name>.tsv`` after its heading, without comments and empty lines; short rows are filled up."""
    heading, *lines = (files(__name__) / f"{name}.tsv").read_text("utf-8").splitlines()
    width = heading.count("\t") + 1
    found = (tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
    return tuple(row + ("",) * (width - len(row)) for row in found)
