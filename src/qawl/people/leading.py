"""Whose government is called by the name of who leads it (إدارة ميلر): the state of which the article says that he is
the head (الرئيس النرويجي مراد ميلر)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.lexicon.classes import WordClass
from qawl.people import names, offices, states, tables

_WORD: Final = re.compile(r"[^\W_]+")
_BEFORE: Final = 6  # words before a surname in which the office stands
_LONGEST: Final = 3  # words of a name
_NO_NAME: Final = int(
    WordClass.PLACE | WordClass.NATIONALITY | WordClass.BODY | WordClass.OFFICE | WordClass.PEOPLE | WordClass.OUTLET
)


def led(name: str, text: str) -> str:
    """The name of a government with its state, where `name` has its leader's; empty where that is not so, or where the
    article does not say of which state he is the head."""
    head, *called = name.split()
    if fold(head) not in _kinds() or not called:
        return ""
    if state := _heads(called):
        return f"{head} {states.label(state)}"  # إدارة الرئيس النرويجي
    if len(called) > _LONGEST or not all(map(_of_name, called)):
        return ""
    last = fold(called[-1])
    words = [fold(found[0]) for found in _WORD.finditer(text)]
    found: Counter[str] = Counter()
    for at, word in enumerate(words):
        if word == last and (state := _heads(words[max(0, at - _BEFORE) : at])):
            found[state] += 1
    if not found:
        return ""
    state = min(found, key=lambda code: (-found[code], code))
    return f"{head} {states.label(state)}" if found[state] * 2 > found.total() else ""


def leader(name: str) -> str:
    """The key under which a government is found that is called by the name of who leads it, however that is spelled
    (إدارة ميلر, ادارة الرئيس ميلر); empty for every other name."""
    head, _, rest = " ".join(name.split()).partition(" ")
    said = names.parse(rest, trim=False).words if rest and fold(head) in _kinds() else ()
    if not said or len(said) > _LONGEST or not all(map(_of_name, said)):
        return ""
    return f"{fold(head)} {names.key(said[-1])}"


def _of_name(word: str) -> bool:
    folded = fold(word)
    stem = names.bare(folded)
    name = not names.in_language(stem) or names.common(stem)
    return name and not _classes.load().flags(folded) & _NO_NAME


def _called(word: str) -> bool:
    return names.attested(word) or names.foreign(word)


def _heads(words: list[str]) -> str | None:
    """The state of which the last of these words name the head, or whose head's name they begin."""
    for at in range(len(words)):
        for end in range(at + 1, len(words) + 1):
            post = offices.read(" ".join(words[at:end])).post
            sole = post and post.title in _leaders() and not post.body and not post.former
            if post and sole and post.of and len(words) - end < _LONGEST and all(map(_called, words[end:])):
                return post.of
    return None


@cache
def _kinds() -> frozenset[str]:
    return frozenset(
        fold(word) for kind, words, *_ in tables.rows("body_words") if kind == "led" for word in words.split()
    )


@cache
def _leaders() -> frozenset[str]:
    return frozenset(
        office.strip()
        for kind, listed, *_ in tables.rows("office_words")
        if kind == "leader"
        for office in listed.split(";")
    )
