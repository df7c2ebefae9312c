"""A person's line on a subject: the statements in the order in which they were said, out of the record.

Versions of one statement are one entry, with the outlets that have it beside each other. What says the same again and
where a later entry differs from an earlier one is worked out in `qawl.compare.turns`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from qawl.compare.pairing import root_of
from qawl.compare.subjects import Named, Subject, statements_on, with_part
from qawl.compare.turns import Entry, Stretch, Turn, stretches, turns
from qawl.compare.versions import load_versions
from qawl.compare.words import Place, Version
from qawl.record import tables
from qawl.record.rows import parts
from qawl.record.search.analysis import words


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance on the line: its fullest version, and all places that have it.

    `day` (ISO 8601) is when it was said, as far as the articles tell (`dated`), else when the first of them was
    published.
    """

    version: Version
    places: tuple[Place, ...]
    day: str | None
    dated: bool

    @property
    def text(self) -> str:
        """What was said, its pieces joined by `` … ``."""
        return " … ".join(piece.text for piece in self.version.content)

    def to_json(self) -> dict[str, Any]:
        version = self.version
        return {
            "id": version.place.ref,
            "day": self.day,
            "dated": self.dated,
            "text": self.text,
            "cue": version.cue.text if version.cue else None,
            "act": version.act,
            "polarity": version.polarity,
            "firmness": version.force.force,
            "hedge": version.hedge.text if version.hedge else None,
            "form": version.form,
            "places": [
                {"id": p.ref, "outlet": p.outlet, "published": p.day, "article": p.article, "url": p.url}
                for p in self.places
            ],
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A person's statements on a subject, with the stretches that say the same and the turns (by index)."""

    person: Named
    subject: Subject
    said: tuple[Said, ...]
    stretches: tuple[Stretch, ...]
    turns: tuple[Turn, ...]

    def to_json(self, *, only_turns: bool = False) -> list[dict[str, Any]]:
        """One object an entry, with the number of its stretch, and with the turn where it is one."""
        turns = {turn.later: turn for turn in self.turns}
        objects = []
        for number, stretch in enumerate(self.stretches):
            for at in range(stretch.first, stretch.last):
                if only_turns and at not in turns:
                    continue
                value = self.said[at].to_json() | {"stretch": number, "differs_from": None}
                if at in turns:
                    earlier = self.said[turns[at].earlier]
                    value["differs_from"] = {
                        "id": earlier.version.place.ref,
                        "day": earlier.day,
                        "text": earlier.text,
                        "kind": turns[at].kind,
                        "score": round(turns[at].score, 3),
                    }
                objects.append(value)
        return objects


@dataclass(frozen=True, slots=True)
class Within:
    """Of an outlet only; said from a day on; up to and with a day."""

    outlet: str | None = None
    first: date | None = None
    last: date | None = None


def line(connection: Connection, person: Named, about: Subject, within: Within | None = None) -> Line:
    """The line of an entity on a subject. What has no day comes first, in the order in which it was added."""
    within = within or Within()
    ids = statements_on(connection, about) & set(connection.scalars(with_part(person.id, "speaker")))
    said = sorted(_said(connection, ids, within.outlet), key=_when)
    first = within.first.isoformat() if within.first else ""
    last = within.last.isoformat() if within.last else "~"
    kept = tuple(s for s in said if first <= (s.day or "") <= last)
    entries = [entry_of(one.version, one.day) for one in kept]
    keys = frozenset(_keys(about.words))
    return Line(person, about, kept, tuple(stretches(entries, keys)), tuple(turns(entries, keys)))


def _when(said: Said) -> tuple[str, str, int, int]:
    """What is said on one day stands in the order of publication, and then in that of the text."""
    place = said.version.place
    return said.day or "", place.day or "", place.article, said.version.content[0].start


def entry_of(version: Version, day: str | None) -> Entry:
    """A version, said on that day (ISO 8601), as it stands on a line."""
    content = [(word, _keys(word.span.text), root_of(word)) for word in version.words if word.role == "content"]
    return Entry(
        ref=version.place.ref,
        day=day or "",
        act=version.act,
        polarity=version.polarity,
        words=frozenset(key for _, keys, _ in content for key in keys),
        roots=frozenset(root for _, _, root in content if root),
        negated=frozenset(key for word, keys, root in content if word.negation for key in (*keys, root) if key),
    )


@lru_cache(maxsize=20_000)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(key for word in words(text) for key in word.keys)


def _said(connection: Connection, ids: Iterable[int], outlet: str | None) -> list[Said]:
    """The utterances that these statements report."""
    s, c = tables.statements.c, tables.compared.c
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    days: dict[int, str] = {}
    for some in parts(sorted(ids)):
        rows = connection.execute(
            select(s.id, s.said_on, c.group_id).outerjoin(tables.compared, c.statement_id == s.id).where(s.id.in_(some))
        )
        for row in rows:
            groups[("statement", row.id) if row.group_id is None else ("group", row.group_id)].append(row.id)
            if row.said_on:
                days[row.id] = row.said_on
    versions = load_versions(connection, ids)
    found = []
    for members in groups.values():
        there = [id for id in members if id in versions]
        places = tuple(place for id in there for place in versions[id].places)
        if not there or (outlet is not None and all(place.outlet != outlet for place in places)):
            continue
        fullest = min(there, key=lambda id: (-versions[id].weight, id))
        dated = min((days[id] for id in there if id in days), default=None)
        published = min((place.day for place in places if place.day), default=None)
        found.append(Said(versions[fullest], places, dated or published, dated is not None))
    return found
