"""Which state an article tells of, as far as its words say: a body without its state (وزارة الطرق) is mostly its."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.people import states

_WORD: Final = re.compile(r"[^\W_]+")
#: The place and the outlet before the first sentence (أوسلو، النرويج (CNN) --) say where it was written.
_DATELINE: Final = re.compile(r"^([^\n]*\n+)?[^\n]{0,60}\(CNN\)")
_IN: Final = re.compile(r"\s+(?:في\s+(?:(?:ال)?عاصمة\s+)?|ب(?=\w))")
_LONGEST: Final = 4  # words of a state's name
_WHOLE: Final = 2  # what a name of the state counts …
_PART: Final = 1  # … and one of a region or town of it
_HEADLINE: Final = 4  # how much more a word of the headline counts
_CLEAR: Final = 0.6  # of all that is counted, for one state
_REACH: Final = 400  # characters before a place …
_BEYOND: Final = 30  # … and after it, in which a state is named …
_HALF: Final = 80.0  # … of which one so much farther off counts half
_CLEAR_NEAR: Final = 0.9


@lru_cache(maxsize=64)
def setting(text: str) -> str | None:
    """The code of the state that most names of states, peoples, capitals and towns in a text point to; None where no
    state has so many. The headline is what stands before the first line break."""
    written = _DATELINE.match(text)
    headline, _, body = text.partition("\n")
    if written:
        body = text[written.end() :]
    counts: Counter[str] = Counter()
    for part, weight in ((headline, 1 + _HEADLINE), (body, 1)):
        for code, share, _, _ in _pointing(part):
            counts[code] += weight * share
    return _most(counts, _CLEAR)


def near(text: str, spans: Iterable[tuple[int, int]]) -> str | None:
    """The code of the state to which most names before these places in a text point, the nearer the more, and those
    that follow at once; None where no state has so many."""
    written = _DATELINE.match(text)
    begins = written.end() if written else 0
    counts: Counter[str] = Counter()
    for start, end in spans:
        if inside := _inside(text[end : end + _BEYOND]):
            return inside
        first = max(begins, start - _REACH)
        for code, share, _, to in _pointing(text[first:start] if first < start else ""):
            counts[code] += share * 0.5 ** ((start - first - to) / _HALF)
        for code, share, since, _ in _pointing(text[end : end + _BEYOND]):
            counts[code] += share * 0.5 ** (since / _HALF)
    return _most(counts, _CLEAR_NEAR)


def _inside(text: str) -> str | None:
    """The code of the state in which something is by the words that follow it at once (في أوسلو)."""
    found = _IN.match(text)
    named = next(_pointing(text[found.end() :]), None) if found else None
    return named[0] if named and not named[2] else None


def _most(counts: Counter[str], clear: float) -> str | None:
    if not counts:
        return None
    most = min(counts, key=lambda code: (-counts[code], code))
    return most if counts[most] >= clear * counts.total() else None


def _pointing(text: str) -> Iterator[tuple[str, int, int, int]]:
    """The states that words of a text name or point to: code, what they count, and where they begin and end."""
    found = list(_WORD.finditer(text))
    words = [fold(word[0]) for word in found]
    at = 0
    while at < len(words):
        named = _named(words, at)
        if named is None:
            at += 1
            continue
        code, length, share = named
        yield code, share, found[at].start(), found[at + length - 1].end()
        at += length


@cache
def _first_words() -> frozenset[str]:
    """The first words of all names of states and of what lies in them, without article."""
    table = _classes.load()
    return frozenset(states.bare(name.partition(" ")[0]) for name in (*table.capitals, *table.located))


@cache
def _stems(word: str) -> tuple[str, ...]:
    """A folded word as it may begin a name of a place: without what is glued to it."""
    forms = [word]
    if word[:2] == "لل":
        forms.append("ال" + word[2:])
    elif word[:1] in ("و", "ل", "ب") and len(word) > _LONGEST:
        forms.append(word[1:])
    return tuple(form for form in forms if states.bare(form) in _first_words())


def _named(words: Sequence[str], at: int) -> tuple[str, int, int] | None:
    """The state that words name or point to from here on: its code, how many words, and what they count."""
    table = _classes.load()
    for form in _stems(words[at]):
        phrase = [form, *words[at + 1 : at + _LONGEST]]
        for length in range(len(phrase), 0, -1):
            name = " ".join(phrase[:length])
            if length == 1 and states.ambiguous(name):
                break
            share = _WHOLE
            state = table.state(name)
            if state is None:
                state, share = table.located.get(name) or table.located.get(states.bare(name)), _PART
            if state is not None and state in states.codes():
                return states.codes()[state], length, share
    return None
