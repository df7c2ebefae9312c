"""Names in Latin letters, word by word from two tables: Arabic names as most of their bearers write themselves, and
foreign names in the spelling of their own language. A name with a word that neither knows is left in Arabic letters:
what letters alone give (``Bwtyn``) helps nobody. The tables are read when the first name is asked for.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.people import names, tables

_SON: Final = {"بن": "bin", "ابن": "ibn", "بنت": "bint"}
_DYNASTY: Final = "ال"


@cache
def _foreign() -> dict[str, str]:
    return {fold(word): latin for latin, words, *_ in tables.rows("foreign_names") for word in words.split()}


@cache
def _arabic() -> dict[str, str]:
    return {word: latin for word, _, latin in tables.rows("name_words")}


@lru_cache(maxsize=65536)
def romanise(name: str) -> str | None:
    """A person's name in Latin letters; None where a word is in neither table. ``name`` as `names.Name.shown` has it.

    ``أبو`` is Abu, ``آل`` is Al, ``بن`` is bin; ``عبد`` and what belongs to it are one word, as most bearers write it.
    """
    words = [fold(word) for word in names.parse(name).shown.split()]
    found: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        pair = word + words[at + 1] if at + 1 < len(words) else ""
        if word in _SON and at + 1 < len(words):
            latin, taken = (_SON[word], 1)
        elif word == _DYNASTY and at + 1 < len(words) and (own := _word(names.bare(words[at + 1]))):
            latin, taken = (f"Al {own}", 2)
        elif pair in _arabic():
            latin, taken = (_arabic()[pair], 2)
        elif (own := _word(word)) is not None:
            latin, taken = (own, 1)
        else:
            return None
        found.append(latin)
        at += taken
    return " ".join(found) or None


def _word(word: str) -> str | None:
    """One word: as it is in the tables, or with the article."""
    if word.isascii():
        return word.capitalize()
    if word in _foreign():
        return _foreign()[word]
    stem = names.bare(word)
    latin = _arabic().get(stem)
    if latin is None or stem == word or not latin.isascii():
        return latin if stem == word else None
    return latin if latin.lower().startswith(("al", "el")) else f"al-{latin}"
