"""What a change of the resolver joins and parts in a whole record: counted, and some of it drawn to be read.

    python -m people.joins --record qawl.db --save before.json            # in bench/; then change something
    python -m people.joins --record qawl.db --against before.json --sample 25 --seed 7
    python -m people.joins --record qawl.db --against before.json --set _DOMINANT=0.55     # or a limit, for this once
    python -m people.joins --record qawl.db --apart 100 --seed 7          # who is in one or two appearances

Of each entity that holds what used to be several, the largest part is at home there; the appearances of the others
are *joined*. Of an entity that was divided, those that are not with the largest part any more are *parted*. Gold sets
say little of this: they are drawn by whoever is named often, and a limit is loosened for the others.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from people.measure import HERE, speakers
from people.resolve import Placed, placed, resolve
from people.scoring import load, table
from qawl.arabic.letters import fold
from qawl.people import clustering
from qawl.people.clustering import describe

_SETS: Final = ("development", "second", "third")
_AROUND: Final = 110  # characters before and after a mention
_SMALL: Final = 2  # appearances of an entity that may be somebody left apart


def named(one: Placed) -> str:
    """What tells an appearance from all others of a record, however it is named."""
    kind = "person" if one.appearance.kind in ("person", "office") else "body"
    return f"{one.reading}:{one.start}:{one.end}:{kind}"


def moved(before: dict[str, int], after: dict[str, int]) -> list[tuple[str, str]]:
    """Who was joined: each with one of those who are at home where it is now. Both: key → entity."""
    entities: dict[int, dict[int | None, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, entity in after.items():
        if key in before:
            entities[entity][before[key]].append(key)
    found: list[tuple[str, str]] = []
    for parts in entities.values():
        home, *others = sorted(parts.values(), key=lambda part: (-len(part), min(part)))
        found += [(key, home[0]) for part in others for key in part]
    return sorted(found)


class Shown:
    """Prints appearances of a record with their texts and what their entities come to."""

    def __init__(self, record: sqlite3.Connection, all_: Sequence[Placed], entities: Sequence[Sequence[int]]) -> None:
        self._record = record
        self._by_id = {one.appearance.id: one for one in all_}
        self._entities = entities

    def entity(self, number: int) -> str:
        """One line: how many, name, kind, state, the most frequent offices and names."""
        members = [self._by_id[id_].appearance for id_ in self._entities[number]]
        told = describe(members)
        offices = "; ".join(f"{one.title} {one.of or ''} {one.count}" for one in told.offices[:4])
        called = Counter(one.name for one in members).most_common(5)
        days = sorted(one.day for one in members if one.day)
        since = f"{days[0]}–{days[-1]}" if days else ""
        return f"{len(members)}× {told.name} ({told.kind} {told.country or ''}) {since} [{offices}] {called}"

    def print(self, one: Placed) -> None:
        """The article, how it is named there, and the text around the first places."""
        (text, start, end, source), seen = self._text(one), one.appearance
        headline = text[start:end] if start is not None else text[:80]
        print(f"   {source} {seen.day} {seen.outlet} [{seen.setting}] | {headline}")
        print(f"   NAME {seen.name} | ALSO {' / '.join(seen.aliases)} | ROLE {seen.role} | {seen.kind}")
        around = text[max(0, one.start - _AROUND) : one.end + _AROUND] if one.start >= 0 else ""
        print("   " + around.replace("\n", " "))

    def _text(self, one: Placed) -> tuple[str, int | None, int | None, str]:
        row: tuple[str, int | None, int | None, str] = self._record.execute(
            """SELECT a.text, a.headline_start, a.headline_end, a.source_id FROM articles a
               JOIN readings r ON r.article_id = a.id WHERE r.id = ?""",
            (one.reading,),
        ).fetchone()
        return row


def scores(record: sqlite3.Connection, entity_of: dict[int, int]) -> Iterable[str]:
    """One line for each of the sets that were read: precision and recall of pairs."""
    for name in _SETS:
        items = load(HERE / f"{name}.json")
        at = speakers(record, items)
        names = {item: fold(speaker.name).strip() for item, speaker in at.items()}
        got = table(items, {item: entity_of.get(speaker.id) for item, speaker in at.items()}, names)
        pairs = {part: scored.pairs for part, scored in got.items()}
        yield f"{name}: " + ", ".join(f"{part} {of.precision:.3f} / {of.recall:.3f}" for part, of in pairs.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", required=True, type=Path)
    parser.add_argument("--save", type=Path, help="write down who is with whom")
    parser.add_argument("--against", type=Path, help="compare with what was written down")
    parser.add_argument("--set", action="append", default=[], metavar="LIMIT=NUMBER", help="of qawl.people.clustering")
    parser.add_argument("--sample", type=int, default=0, help="how many of the joined to print")
    parser.add_argument("--parted", action="store_true", help="print of the parted instead")
    parser.add_argument("--apart", type=int, default=0, help="how many of those in small entities to print")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for setting in given.set:
        limit, _, number = setting.partition("=")
        if not isinstance(getattr(clustering, limit, None), (int, float)):
            parser.error(f"no limit of qawl.people.clustering: {limit}")
        setattr(clustering, limit, float(number))
    record = sqlite3.connect(f"file:{given.record}?mode=ro", uri=True)
    all_ = placed(record, abouts=True)
    entities = [[one.id for one in members] for members in resolve([one.appearance for one in all_]).entities]
    entity_of = {id_: number for number, members in enumerate(entities) for id_ in members}
    now = {named(one): entity_of[one.appearance.id] for one in all_}
    print(f"{len(all_)} appearances, {len(entities)} entities")
    print("\n".join(scores(record, entity_of)))
    chance = random.Random(given.seed)
    shown = Shown(record, all_, entities)
    at = {named(one): one for one in all_}
    if given.save:
        given.save.write_text(json.dumps(now))
    if given.against:
        before = json.loads(given.against.read_text())
        joined, parted = moved(before, now), moved(now, before)
        print(f"{len(joined)} appearances joined, {len(parted)} parted")
        drawn = parted if given.parted else joined
        for key, home in chance.sample(drawn, min(given.sample, len(drawn))):
            print(f"== {shown.entity(now[home])}")
            shown.print(at[key])
    small = sorted(named(one) for one in all_ if len(entities[entity_of[one.appearance.id]]) <= _SMALL)
    for key in chance.sample(small, min(given.apart, len(small))):
        print(f"== {len(entities[now[key]])} of {len(small)}")
        shown.print(at[key])


if __name__ == "__main__":
    main()
