"""Resolve a whole record in memory and score it on the gold set of people, beside the floor.

Who appears is read as `qawl.people.gathering` does, without judgements; then the steps of `qawl.people.appearance` run
one after the other over everything, with no database in between.

python bench/people/resolve.py --record qawl.db                 # one folded name is one entity; and the resolver
python bench/people/resolve.py --record qawl.db --gold bench/people/development.json
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from people.measure import HERE, speakers
from people.scoring import load, report, table
from qawl.arabic.letters import fold
from qawl.people.appearance import Appearance, Candidate, Decision, Doubt, EntityKind, Keys, Rank
from qawl.people.bodies import widened
from qawl.people.clustering import attach, cluster, describe, keys
from qawl.people.looks import folded, looks_of
from qawl.people.setting import setting

_SPEAKERS = "SELECT id, reading_id, type, name, role FROM speakers WHERE type <> 'unnamed'"


class Resolved(NamedTuple):
    """The entities, each a list of appearances, and the doubtful pairs."""

    entities: list[list[Appearance]]
    doubts: list[Doubt]


class Placed(NamedTuple):
    """An appearance with the id of its article's reading and the first place that names it there (-1, -1: none)."""

    reading: int
    start: int
    end: int
    appearance: Appearance


def appearances(record: sqlite3.Connection, *, abouts: bool) -> list[Appearance]:
    """All appearances of a record (a connection to SQLite): speakers by their id; with `abouts` also those who are only
    spoken about, numbered on from there."""
    return [one.appearance for one in placed(record, abouts=abouts)]


def placed(record: sqlite3.Connection, *, abouts: bool) -> list[Placed]:
    """All `appearances` of a record, with their places."""
    mentions: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for speaker, start, end in record.execute('SELECT speaker_id, start, "end" FROM mentions'):
        mentions[speaker].append((start, end))
    said: dict[int, list[tuple[int, int, EntityKind]]] = defaultdict(list)
    if abouts:
        query = """SELECT s.reading_id, b.start, b."end", b.type FROM abouts b
                   JOIN statements s ON s.id = b.statement_id WHERE b.type <> 'unnamed' ORDER BY s.id, b.position"""
        for reading, start, end, kind in record.execute(query):
            said[reading].append((start, end, kind))
    rows: dict[int, list[tuple[int, EntityKind, str, str | None]]] = defaultdict(list)
    for speaker, reading, kind, name, role in record.execute(_SPEAKERS):
        if folded(name):
            rows[reading].append((speaker, kind, name, role))
    next_id = max((speaker for some in rows.values() for speaker, *_ in some), default=0) + 1
    found: list[Placed] = []
    readings = """SELECT r.id, o.name, a.day, a.text FROM readings r JOIN articles a ON a.id = r.article_id
                  LEFT JOIN outlets o ON o.id = a.outlet_id WHERE r.current AND a.latest ORDER BY r.id"""
    for reading, outlet, day, text in record.execute(readings):
        cast: list[tuple[int, EntityKind, str, tuple[str, ...], str | None, tuple[int, int]]] = []
        named: set[tuple[EntityKind, str]] = set()
        spans: set[tuple[int, int]] = set()
        looks = looks_of(((kind, name, role, mentions[speaker]) for speaker, kind, name, role in rows[reading]), text)
        for (speaker, kind, _, role), (name, aliases) in zip(rows[reading], looks, strict=True):
            cast.append((speaker, kind, name, aliases, role, min(mentions[speaker], default=(-1, -1))))
            named.update((kind, folded(other)) for other in (name, *aliases))
            spans.update(mentions[speaker])
        for start, end, kind in said[reading]:
            first, last = widened(text, start, end)
            name = text[first:last]
            if not folded(name) or (kind, folded(name)) in named:
                continue
            if any(first <= start and end <= last for first, last in spans):
                continue
            named.add((kind, folded(name)))
            cast.append((next_id, kind, name, (), None, (start, end)))
            next_id += 1
        others = tuple(sorted({folded(name) for _, _, name, *_ in cast}))
        state = setting(text)
        found += [
            Placed(reading, *at, Appearance(n, kind, name, alias, role, outlet, day, others, setting=state))
            for n, kind, name, alias, role, at in cast
        ]
    return found


def resolve(found: Sequence[Appearance], decisions: Sequence[Decision] = ()) -> Resolved:
    """All steps over all appearances."""
    looks: dict[tuple[object, ...], Keys] = {}
    how: dict[int, Keys] = {}
    for one in found:
        look = (one.kind, one.name, one.aliases, one.role)
        if look not in looks:
            looks[look] = keys(one)
        how[one.id] = looks[look]
    by_id = {one.id: one for one in found}
    entities: list[list[Appearance]] = []
    doubts: list[Doubt] = []
    for block in _blocks(found, how):
        clustering = cluster(block, decisions)
        entities += [[by_id[member.id] for member in group] for group in clustering.groups]
        doubts += clustering.doubts
    ranks: tuple[Rank, ...] = ("short", "office")
    for rank in ranks:
        offering: dict[str, dict[int, list[Appearance]]] = defaultdict(lambda: defaultdict(list))
        for number, members in enumerate(entities):
            for one in members:
                for key in how[one.id].offered:
                    offering[key][number].append(one)
        wanting: dict[str, list[Appearance]] = defaultdict(list)
        for one in found:
            wanted = how[one.id].wanted
            if how[one.id].rank == rank and wanted:
                wanting[wanted].append(one)
        sizes = list(map(len, entities))
        attached: list[tuple[int, Appearance]] = []
        for key, some in wanting.items():
            candidates = [Candidate(n, tuple(offers), sizes[n]) for n, offers in offering[key].items()]
            attachment = attach(some, candidates, decisions)
            attached += [(number, by_id[member.id]) for number, member in attachment.attached]
            entities += [[by_id[member.id] for member in group] for group in attachment.apart.groups]
        for number, one in attached:
            entities[number].append(one)
    return Resolved(entities, doubts)


def _blocks(found: Iterable[Appearance], how: dict[int, Keys]) -> list[list[Appearance]]:
    """Appearances of rank full that share a key, directly or through others."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    full = [one for one in found if how[one.id].rank == "full"]
    for one in full:
        own = how[one.id].full
        for key in own[1:]:
            parent[find(key)] = find(own[0])
    blocks: dict[object, list[Appearance]] = defaultdict(list)
    for one in full:
        own = how[one.id].full
        blocks[find(own[0]) if own else one.id].append(one)
    return list(blocks.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--record", required=True, type=Path)
    parser.add_argument("--gold", type=Path, default=HERE / "gold.json")
    parser.add_argument("--speakers-only", action="store_true", help="leave out who is only spoken about")
    given = parser.parse_args()
    items = load(given.gold)
    record = sqlite3.connect(f"file:{given.record}?mode=ro", uri=True)
    at = speakers(record, items)
    names = {item: fold(speaker.name).strip() for item, speaker in at.items()}
    found = appearances(record, abouts=not given.speakers_only)
    began = time.process_time()
    resolved = resolve(found)
    described = [describe(members) for members in resolved.entities]
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cluster_of = {one.id: number for number, members in enumerate(resolved.entities) for one in members}
    print(f"{len(found)} appearances, {len(described)} entities, {len(resolved.doubts)} doubtful pairs: ", end="")
    print(f"{seconds:.1f} s of one core, {memory:.0f} MB with the record's names in memory")
    print("floor: one folded name is one entity")
    print(report(table(items, names, names)))
    print("resolver")
    print(report(table(items, {item: cluster_of.get(speaker.id) for item, speaker in at.items()}, names)))


if __name__ == "__main__":
    main()
