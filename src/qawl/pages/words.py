"""What acts, forms and types are called where people read them: the rows of ``tables/words.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Kind = Literal["act", "form", "type"]


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, ...], ...]:
    text = files("qawl.pages").joinpath("tables", "words.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:] if not line.startswith("#"))


def words(language: Literal["ar", "en"]) -> Mapping[tuple[str, str], str]:
    """The words of a language by kind and value, such as ``("act", "deny")``."""
    return {(kind, value): arabic if language == "ar" else english for kind, value, arabic, english in _rows()}


def arabic(kind: Kind) -> Mapping[str, str]:
    """The Arabic words of one kind by value."""
    return {value: word for (of, value), word in words("ar").items() if of == kind}
