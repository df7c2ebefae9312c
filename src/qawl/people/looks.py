"""How somebody appears: kind, names and role. Most appearances of a person look like earlier ones, so what follows from
their looks alone (the keys under which others are sought) is worked out and kept once for all that look alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, select

from qawl.arabic.letters import fold
from qawl.people import bodies, names, naming, states
from qawl.people.anaphora import Cast
from qawl.people.anaphora import meant as whom
from qawl.people.anchors import anchor
from qawl.people.appearance import Appearance, EntityKind
from qawl.people.bodies import widened
from qawl.people.clustering import keys
from qawl.people.leading import led
from qawl.people.setting import near, setting
from qawl.record import tables
from qawl.record.rows import insert, next_ids, parts

#: Begins the key of a form that is in a block of its own.
ALONE: Final = "alone "
#: Characters of a name or key that are indexed; PostgreSQL indexes no more than 2,700 bytes.
LONGEST: Final = 500
#: Of phrases with more than the name: how many are kept, and their characters.
_PHRASES: Final = 4
_LONGEST_PHRASE: Final = 120
_MARKS: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name in one spelling, without marks: `#سالم_بن_راشد` is `سالم بن راشد`."""
    return " ".join(_MARKS.sub(" ", fold(name)).split())[:LONGEST]


def looks_of(
    speakers: Iterable[tuple[EntityKind, str, str | None, Iterable[tuple[int, int]]]], text: str
) -> list[tuple[str, tuple[str, ...]]]:
    """Name and aliases of those who speak in an article, given kind, name, role and places of each: `names_of`, and
    whom the article means where it describes somebody alone (`qawl.people.anaphora`)."""
    listed = list(speakers)
    found = [names_of(kind, name, role, text, spans) for kind, name, role, spans in listed]
    cast = [Cast(kind, *names, role) for (kind, _, role, _), names in zip(listed, found, strict=True)]
    return [
        (name, aliases) if meant == name else (meant, aliases_of(meant, {name, *aliases}))
        for (name, aliases), meant in zip(found, whom(cast), strict=True)
    ]


def names_of(
    kind: EntityKind, name: str, role: str | None, text: str, spans: Iterable[tuple[int, int]]
) -> tuple[str, tuple[str, ...]]:
    """The name of somebody and what else he is called (`aliases_of`), given the places that name him in a text.

    Where the words beside one of them belong to the name of a body (`qawl.people.bodies.widened`), it is read with
    these; a person's with what `qawl.people.naming` finds there.
    """
    own = folded(name)
    full = name
    called: set[str] = set()
    found = ""
    if kind == "person":
        found = _fuller(name, role, text, spans)
    elif kind == "organization":
        found = led(name, text) or bodies.meant_in(name, text) or _stated(name, text, spans)
    if found:
        full = found
        called.add(name)
    for start, end in sorted(spans):
        first, last = widened(text, start, end)
        called.add(text[first:last])
        said = folded(text[start:end])
        if full == name and (first, last) != (start, end) and own in (said, said[1:]):
            full = text[first:last]
    return full, aliases_of(full, called)


def _fuller(name: str, role: str | None, text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The name of a person of whom the reader has a given name or a description alone; empty where none is found."""
    if (whole := next((naming.restored(name, text, *span) for span in sorted(spans)), name)) != name:
        return whole
    own = folded(name)
    if role is not None and folded(role) == own:
        beside = (naming.named_beside(text, *span) for span in sorted(spans) if folded(text[slice(*span)]) == own)
        return naming.within(name) or next(filter(None, beside), "")
    if found := naming.after_comma(name):
        return found
    if len(names.parse(name, trim=False).words) == 1:
        for start, end in sorted(spans):
            to = naming.whole(text, start, end)[1]
            if to > end and f" {folded(text[start:end])}".endswith(f" {own}"):
                return name + text[end:to]
    return ""


def _stated(name: str, text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The name of a body that every state has (وزارة الطرق), with the state of which the article tells beside it, where
    the article as a whole tells of several; else empty."""
    words = fold(name).split()
    definite = any(word.startswith(("ال", "لل")) for word in words) and "في" not in words
    if not (definite and bodies.title(name) and bodies.vague(name)) or bodies.international(name) or setting(text):
        return ""
    state = near(text, spans)
    return f"{name} في {states.label(state)}" if state else ""


def aliases_of(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """What somebody is called besides `name`, each spelling once: other names, and a few of the longest phrases with
    more than the name (an office stands there, it may be)."""
    own = folded(name)
    called: dict[str, str] = {}
    longer: dict[str, str] = {}
    for other in sorted(others):
        words = folded(other)
        if words and words != own:
            (longer if _within(own, words) else called).setdefault(words, other)
    longest = sorted(longer, key=lambda words: (-len(words), words))[:_PHRASES]
    called |= {words: longer[words][:_LONGEST_PHRASE] for words in longest}
    return tuple(called[words] for words in sorted(called))


def _within(own: str, words: str) -> bool:
    return f" {own} " in f" {words} "


def digest(form: Appearance) -> int:
    """What tells forms apart: 50 bits of all that `qawl.people.clustering.keys` may look at."""
    terms = [[term.title, term.of, term.first, term.last] for term in form.terms]
    looks = [form.kind, form.name, form.aliases, form.role, form.known is not None, form.country, terms]
    return anchor(json.dumps(looks, ensure_ascii=False))


def write_forms(connection: Connection, wanted: Iterable[Appearance]) -> dict[int, int]:
    """The ids of forms (`forms.id`) by their digests. Those that are new are written, with their keys and names."""
    by_digest = {digest(form): form for form in wanted}
    f = tables.forms.c
    found: dict[int, int] = {}
    for some in parts(by_digest):
        rows = connection.execute(select(f.digest, f.id).where(f.digest.in_(some)))
        found |= {row.digest: row.id for row in rows}
    new = [(one, form) for one, form in by_digest.items() if one not in found]
    forms: list[dict[str, Any]] = []
    form_keys: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for id, (one, form) in zip(next_ids(connection, tables.forms, len(new)), new, strict=True):
        found[one] = id
        how = keys(form)
        forms.append(
            {
                "id": id,
                "digest": one,
                "kind": form.kind,
                "name": form.name,
                "aliases": list(form.aliases),
                "role": form.role,
                "rank": how.rank,
                "wanted": how.wanted and how.wanted[:LONGEST],
            }
        )
        # A full name without a key is nobody else's: its form is a block of its own.
        full = how.full or ((f"{ALONE}{one}",) if how.rank == "full" else ())
        for offered, some_keys in ((False, full), (True, how.offered)):
            form_keys += [
                {"key": key, "offered": offered, "form_id": id} for key in {key[:LONGEST] for key in some_keys}
            ]
        names += [
            {"name": name, "form_id": id} for name in {folded(name) for name in (form.name, *form.aliases)} if name
        ]
    insert(connection, tables.forms, forms)
    insert(connection, tables.form_keys, form_keys)
    insert(connection, tables.names, names)
    return found
