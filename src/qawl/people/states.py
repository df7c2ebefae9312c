"""States: their codes, and where a phrase names one (by its name, the adjective, or a house that stands for it)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.people import tables

_LONGEST: Final = 4  # words of a state's name or adjective


@cache
def codes() -> dict[str, str]:
    """Folded name of a state, as the lexicon has it → its code (ISO 3166-1 alpha-2)."""
    return {fold(state): code for code, state, *_ in tables.rows("states")}


@cache
def label(code: str) -> str:
    """The usual Arabic name of a state by its code; the code itself where the table has none."""
    return next((state for known, state, *_ in tables.rows("states") if known == code), code)


@cache
def _ambiguous() -> frozenset[str]:
    words = next(words for kind, words, *_ in tables.rows("office_words") if kind == "ambiguous")
    return frozenset(fold(words).split())


def ambiguous(word: str) -> bool:
    """Is this folded word an ordinary one as well as one for the people of a state (مالية)?"""
    return bare(word) in _ambiguous()


@cache
def _seats() -> dict[tuple[str, ...], str]:
    return {
        tuple(bare(word) for word in fold(seat).split()): code
        for names, code, *_ in tables.rows("seats")
        for seat in names.split(";")
    }


@cache
def _capitals() -> frozenset[str]:
    table = _classes.load()
    return frozenset(table.seats - table.countries)


def capital(words: Sequence[str]) -> str | None:
    """The code of the state whose capital these folded words name, or None."""
    name = " ".join(words)
    return codes().get(_classes.load().capitals[name]) if name in _capitals() else None


def bare(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def at(words: Sequence[str], start: int) -> tuple[str, int] | None:
    """The state that folded words name from `start` on, by name or adjective: its code and how many words it takes.

    Capitals do not count: who heads one does not head the state.
    """
    if words[start] in _beginnings():
        table, capitals = _classes.load(), _capitals()
        for length in range(min(_LONGEST, len(words) - start), 1, -1):
            phrase = " ".join(words[start : start + length])
            state = None if phrase in capitals else table.state(phrase)
            if state is not None and state in codes():
                return codes()[state], length
    code = _named(words[start])
    return None if code is None else (code, 1)


@cache
def _beginnings() -> frozenset[str]:
    """The first words of names of several words, with the article and without: few words are looked at further."""
    found = {name.split(" ")[0] for name in _classes.load().capitals if " " in name}
    return frozenset(found | {f"ال{word}" for word in found})


@lru_cache(maxsize=65536)
def _named(word: str) -> str | None:
    """The code of the state that one folded word names, or None."""
    table = _classes.load()
    if word in _capitals() or bare(word) in _ambiguous():
        return None
    state = table.state(word)
    if state is None and word.startswith("لل"):
        state = table.state("ال" + word[2:])
    if state is None and word[:1] in ("ل", "ب") and len(word) > 4 and word[1:] in table.countries:
        state = table.state(word[1:])
    return codes().get(state) if state is not None else None


def seat(stems: Sequence[str]) -> str | None:
    """The code of the state for which a house among these folded words stands (بيت ابيض, no articles), or None."""
    houses = _seats()
    for start in range(len(stems)):
        for length in range(min(_LONGEST, len(stems) - start), 0, -1):
            if code := houses.get(tuple(stems[start : start + length])):
                return code
    return None
