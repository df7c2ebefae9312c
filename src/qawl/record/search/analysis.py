"""The words of the search: what is found whatever its spelling, the letters glued to it and its inflection.

Each word of a text gets keys: two forms of one word share a key (يؤكد، وأكدت، أكد; وزراء، للوزير; اسرائيل، لإسرائيل).
The table `words.txt` beside this file lists the forms of some 16,000 words (`scripts/build_search_words.py` makes it);
rules take off what is glued to a form in the table, and do the regular endings of words that it does not have. Names
that nobody knows are left as they are written, but for the fold.

Everything here is a pure function of the word: a text and a query are analysed alike, so a word always finds itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from qawl.arabic.letters import IGNORABLE, fold

#: To be raised with every change of this module that changes a key; the table's own changes are noticed by its hash.
_VERSION: Final = 1

_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{IGNORABLE}])*")
_LONGEST: Final = 60
_CACHE_LIMIT: Final = 150_000
#: Pronouns written onto a word (folded), longest first; what a base looks like without them, see `spellings`.
_PRONOUNS: Final = ("هما", "كما", "ها", "هم", "هن", "نا", "ني", "كم", "ه", "ك", "ي")
#: Regular endings of words that the table does not have: ending, what stands in its place in the table.
_ENDINGS: Final = (
    ("تان", "ه"),
    ("تين", "ه"),
    ("ات", "ه"),
    ("ات", ""),
    ("ون", ""),
    ("ين", ""),
    ("ان", ""),
    ("وا", ""),
    ("ه", ""),
    ("ا", ""),
    ("ي", ""),
    ("و", ""),
)
#: Endings of adjectives in ي, which news makes of any name: what is left is the masculine.
_ADJECTIVE: Final = re.compile(r"(\w{3,}ي)(?:ه|ا|ات|ون|ين|تين|تان|ان)")


class Word(NamedTuple):
    """One word of a text.

    `start` and `end` are code points, half-open. `form` is the folded word without a glued و ف ب ل ك س, its article
    kept as ال: what phrases and beginnings are compared by. `keys` are the words it can be a form of; mostly one.
    """

    start: int
    end: int
    form: str
    keys: tuple[str, ...]


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order. Total and linear."""
    known = _known
    for match in _WORD.finditer(text):
        token = match.group()
        found = known.get(token)
        if found is None:
            found = _remember(token)
        if found[0]:
            yield Word(match.start(), match.end(), *found)


def first_keys(text: str) -> list[str]:
    """The first key of each word of a text, in order: as of `words`, but quicker, for many words of which no more is
    wanted."""
    known = _known
    found = (known.get(token) or _remember(token) for token in _WORD.findall(text))
    return [keys[0] for form, keys in found if form]


@cache
def fingerprint() -> str:
    """Changes whenever keys may have changed: an index made with another fingerprint has to be made anew."""
    return hashlib.blake2b(f"{_VERSION}\n{_table_text()}".encode(), digest_size=8).hexdigest()


_known: dict[str, tuple[str, tuple[str, ...]]] = {}


def _remember(token: str) -> tuple[str, tuple[str, ...]]:
    # Only letters and digits, so that no fold of a rare sign brings in what the engines' tokenizers would split at.
    key = "".join(filter(str.isalnum, fold(token[:_LONGEST])))
    found = _analyse(key) if key else ("", ())
    if len(token) <= _LONGEST:
        if len(_known) >= _CACHE_LIMIT:
            _known.clear()
        _known[token] = found
    return found


def _table_text() -> str:
    return files("qawl.record.search").joinpath("words.txt").read_text("utf-8")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Bare form → its keys."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _table_text().splitlines():
        key, forms = line.split("\t")
        for form in forms.split(" "):
            found[form] = (*found.get(form, ()), key)
    return found


def _analyse(key: str) -> tuple[str, tuple[str, ...]]:
    """(form, keys) of a folded word."""
    if key[-1] < "\u0600":  # Latin letters, digits; a particle may be glued to them (لـCNN)
        bare = key.lstrip("وفبلك") or key
        return bare, (bare,)
    readings = list(_readings(key))
    for form, stem, allowed in readings:
        keys = _allowed(_table().get(stem, ()), allowed)
        if keys:
            return form, keys
    for form, stem, allowed in readings:
        keys = _allowed(_inflected(stem, allowed), allowed)
        if keys:
            return form, keys
    # A word that nobody knows: و and the article come off where enough is left, else it is taken as it stands.
    form, stem, _ = next((r for r in reversed(readings) if r[0] != r[1]), readings[0])
    if stem == key and key[0] == "و" and len(key) > 4:
        form = stem = key[1:]
    adjective = _ADJECTIVE.fullmatch(stem)
    return form, (adjective[1] if adjective else stem,)


def _readings(key: str) -> Iterator[tuple[str, str, str]]:
    """(form, stem, what it may be: n noun, v verb, empty: anything), the most whole first."""
    starts = [key]
    if len(key) > 2 and key[0] in "وف":
        starts.append(key[1:])
    for start in starts:
        yield start, start, ""
        if len(start) > 3 and start.startswith("ال"):
            yield start, start[2:], "n"
        elif len(start) > 3 and start.startswith("لل"):
            yield "ال" + start[2:], start[2:], "n"
        elif len(start) > 4 and start[1:3] == "ال" and start[0] in "بك":
            yield start[1:], start[1:], "n"  # بالله
            yield start[1:], start[3:], "n"
        elif len(start) > 2:
            if start[0] in "بك":
                yield start[1:], start[1:], "n"
            elif start[0] == "ل":
                yield start[1:], start[1:], ""
            elif start[0] == "س" and start[1] in "يتنا":
                yield start[1:], start[1:], "v"


def _allowed(keys: tuple[str, ...], allowed: str) -> tuple[str, ...]:
    if not keys or not allowed:
        return keys
    return tuple(key for key in keys if (key[0] == "v") == (allowed == "v"))


def _inflected(stem: str, allowed: str) -> tuple[str, ...]:
    """The keys of a form that the table has only without its pronoun or its regular ending."""
    table = _table()
    for pronoun in _PRONOUNS:
        if stem.endswith(pronoun) and len(stem) > len(pronoun) + 2:
            found = [table[spelling] for spelling in spellings(stem[: -len(pronoun)]) if spelling in table]
            if found:
                return tuple(dict.fromkeys(key for keys in found for key in keys))
    if allowed != "v":
        for ending, instead in _ENDINGS:
            if stem.endswith(ending) and len(stem) > len(ending) + 2:
                keys = _allowed(table.get(stem[: -len(ending)] + instead, ()), "n")
                if keys:
                    return keys
    return ()


def spellings(base: str) -> tuple[str, ...]:
    """How a form with a pronoun is written without: حكومت(ه) → حكومه, مستوا(ه) → مستوي, أعضائ(ه) → أعضاء."""
    last = base[-1]
    if last == "ت":
        return base, base[:-1] + "ه"
    if last == "ا":
        return base, base[:-1] + "ي"
    if last in "وي":
        return base, base + "ا", base[:-1] + "ء"
    return (base,)
