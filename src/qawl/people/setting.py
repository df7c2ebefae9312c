"""Which state an article tells of, as far as its words say: a body without its state (وزارة الطرق) is mostly its."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.people import states

_WORD: Final = re.compile(r"[^\W_]+")
#: The place and the outlet before the first sentence (أوسلو، النرويج (CNN) --) say where it was written.
_DATELINE: Final = re.compile(r"^([^\n]*\n+)?[^\n]{0,60}\(CNN\)")
_LONGEST: Final = 4  # words of a state's name
_WHOLE: Final = 2  # what a name of the state counts …
_PART: Final = 1  # … and one of a region or town of it
_HEADLINE: Final = 4  # how much more a word of the headline counts
_CLEAR: Final = 0.6  # of all that is counted, for one state


def setting(text: str) -> str | None:
    """The code of the state that most names of states, peoples, capitals and towns in a text point to; None where no
    state has so many. The headline is what stands before the first line break."""
    written = _DATELINE.match(text)
    headline, _, body = text.partition("\n")
    if written:
        body = text[written.end() :]
    counts: Counter[str] = Counter()
    for words, weight in ((_folded(headline), 1 + _HEADLINE), (_folded(body), 1)):
        at = 0
        while at < len(words):
            found = _named(words, at)
            if found is None:
                at += 1
                continue
            code, length, share = found
            counts[code] += weight * share
            at += length
    if not counts:
        return None
    most = min(counts, key=lambda code: (-counts[code], code))
    return most if counts[most] >= _CLEAR * sum(counts.values()) else None


def _folded(text: str) -> list[str]:
    return [fold(found[0]) for found in _WORD.finditer(text)]


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
