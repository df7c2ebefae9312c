"""What an appearance says of itself: its name in words, its offices, its state, and at which step it is resolved.

All of it follows from the texts of the appearance alone and is computed once for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.lexicon.classes import WordClass
from qawl.people import bodies, names, offices
from qawl.people.appearance import Appearance, Rank
from qawl.people.names import Name
from qawl.people.offices import Post

_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)
_NO_NAME: Final = int(WordClass.OFFICE | WordClass.PEOPLE | WordClass.BODY | WordClass.NATIONALITY | WordClass.OUTLET)
_BODIES: Final = ("organization", "place", "group")
#: A word that is part of so many Arabic names names nobody alone.
_EVERYBODY: Final = 60


@dataclass(frozen=True, slots=True)
class Form:
    """A person's appearance as it is compared. `words` are those of the name (empty: there is none); `posts` the
    offices it is given; `state` the code of the state that it points to; `field` where such people work; `reign`
    whether it has an honorific with which a given name alone is enough."""

    rank: Rank
    name: Name
    words: tuple[str, ...]
    posts: tuple[Post, ...]
    state: str | None
    field: str
    reign: bool
    spoken: tuple[str, ...]


@lru_cache(maxsize=131072)
def of_person(name: str, aliases: tuple[str, ...], role: str | None, known: bool = False) -> Form:
    """Read a person's name, aliases and role."""
    parsed = names.parse(name)
    described = role is not None and fold(role) == fold(name) and not known
    called = names.plausible(parsed) and (known or not _describes(parsed, name, described))
    sources = [name] if not called else []
    if role and (called or not described):
        sources.append(role)
    if called:
        sources.extend(_beside(parsed, aliases))
    posts: dict[str, Post] = {}
    state: str | None = None
    field = ""
    for source in sources:
        reading = offices.read(source)
        if reading.post:
            posts.setdefault(reading.post.place, reading.post)
            field = field or reading.post.field
        state = state or reading.state
    parts = names.parts("reign")
    reign = any(title in parts for title in parsed.titles) or any(post.key in parts for post in posts.values())
    words = parsed.words if called else ()
    spoken = tuple(
        sorted(
            {short.words[0] for short in map(names.parse, aliases) if len(short.words) == 1 and short.words[0] in words}
        )
    )
    return Form(
        _rank(words, tuple(posts.values()), reign, known),
        parsed,
        words,
        tuple(posts.values()),
        state,
        field,
        reign,
        spoken,
    )


def _rank(words: tuple[str, ...], posts: tuple[Post, ...], reign: bool, known: bool) -> Rank:
    if known or len(words) > 1:
        return "full"
    if len(words) == 1:
        word = words[0]
        if names.is_ordinary(word) or word.isascii():
            return "full"
        if _everybody(word) and not reign:
            return "office" if any(post.sole and not post.former for post in posts) else "full"
        return "short"
    return "office" if any(post.sole and not post.former for post in posts) else "full"


def _everybody(word: str) -> bool:
    return names.counts().get(word, 0) >= _EVERYBODY


def _describes(parsed: Name, name: str, described: bool) -> bool:
    """Is this no name but a description (الرئيس الأميركي)? `described`: the reader took it for one."""
    table = _classes.load()
    first = fold(parsed.shown).split()[:1]
    known = table.flags(parsed.words[0])
    if len(parsed.words) == 1 and known & _NO_NAME and not names.established(parsed.words[0]):
        return True
    if first and first[0].startswith("ال") and known & _NO_NAME and not known & _NAMES:
        return True
    if not described:
        return False
    return any(
        (table.flags(word) & _NO_NAME and not names.established(word))
        or not (table.flags(word) & _NAMES or names.counts().get(word))
        for word in parsed.words
    ) or (not parsed.titles and len(parsed.words) == 1)


def _beside(parsed: Name, aliases: tuple[str, ...]) -> list[str]:
    """What stands beside the name in the aliases that have more than it: فلان وزير الطرق, وزير الطرق فلان."""
    found: list[str] = []
    name = parsed.shown
    for alias in aliases:
        before, inside, after = alias.partition(name)
        if not inside:
            continue
        if after.strip(" ،,"):
            found.append(after.strip(" ،,"))
        elif before.strip(" ،,"):
            found.append(before.strip(" ،,"))
    return found


def of(appearance: Appearance) -> Form:
    """The form of a person's appearance."""
    return of_person(appearance.name, appearance.aliases, appearance.role, appearance.known is not None)


def body_key(appearance: Appearance) -> str:
    """The key of an organization, place or group; empty where its name is nobody's own."""
    if appearance.kind not in _BODIES:
        return ""
    return bodies.group_key(appearance.name) if appearance.kind == "group" else bodies.read(appearance.name).key


def full_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys under which other spellings of a full name are found, and names with a word more or less."""
    heard = [names.key(word) for word in words]
    pairs = {(heard[0], heard[-1])}
    if len(heard) > 2:
        pairs.add((heard[1], heard[-1]))
        pairs.add((heard[0], heard[1]))
    return tuple(sorted(f"person:{one} {other}" for one, other in pairs))
