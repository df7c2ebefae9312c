"""Whom an article means by a description or a bare word (الباحثة، النادي) of which the reader made somebody of its own:
the one whom the same article names and of whom the same can be said, if there is one alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qawl.arabic.letters import fold
from qawl.people import bodies, forms, names
from qawl.people.appearance import EntityKind
from qawl.people.offices import Post

#: Fields in which people are known by name and called by what they do, again and again.
_BY_NAME: Final = ("sports",)


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody in an article: kind, name, what else he is called, and role."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    role: str | None


def meant(cast: Sequence[Cast]) -> list[str]:
    """For each of an article's cast the name of the one who is meant; his own where he is named or nobody else is."""
    people = [(one, form) for one in cast if one.kind == "person" and len((form := _form(one)).words) > 1]
    named = [(one.name, kind) for one in cast if (kind := _kind_of_body(one))]
    return [_person(one, people) if one.kind == "person" else _body(one, named) for one in cast]


def _form(one: Cast) -> forms.Form:
    return forms.of_person(one.name, one.aliases, one.role)


def _person(one: Cast, people: Sequence[tuple[Cast, forms.Form]]) -> str:
    own = _form(one)
    if own.words:
        return one.name
    word = fold(one.name)
    if " " not in word and word.startswith("ال"):
        found = {form.words: other.name for other, form in people if form.words[-1] == names.bare(word)}
        if len(found) == 1:
            return next(iter(found.values()))  # المعلم، where مراد المعلم is named
    post = next((post for post in own.posts if not post.sole and not post.titled), None)
    if post is None or post.field not in _BY_NAME:
        return one.name
    found = {form.words: other.name for other, form in people if any(_same(post, said) for said in form.posts)}
    return next(iter(found.values())) if len(found) == 1 else one.name


def _same(post: Post, said: Post) -> bool:
    """May a calling that is told in short be the one that is told in full?"""
    if _kind(post) != _kind(said) or (post.of and said.of and post.of != said.of) or post.former != said.former:
        return False
    return set(post.body.split()) <= set(said.body.split()) or bodies.vague(post.body)


def _kind(post: Post) -> str:
    return post.key.removesuffix(post.body).strip()


def _kind_of_body(one: Cast) -> str:
    """The first word of the name of a body that is one of its own."""
    if one.kind != "organization":
        return ""
    read = bodies.read(bodies.called(one.name, one.aliases))
    words = bodies.stems(read.title) if bodies.known(one.name, read.of) or bodies.proper(one.name) else []
    return words[0] if len(words) > 1 and read.standing == "body" else ""


def _body(one: Cast, named: Sequence[tuple[str, str]]) -> str:
    """The name of the only body of its kind that the article names, for a word with the article that says its kind."""
    words = bodies.stems(one.name)
    bare = one.kind == "organization" and len(words) == 1 and fold(one.name).startswith(("ال", "لل"))
    if not bare or not bodies.vague(one.name):
        return one.name
    found = {name for name, kind in named if kind == words[0]}
    return found.pop() if len(found) == 1 else one.name
