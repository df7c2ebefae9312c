"""Where a statement finds those that it is worth comparing with: by who speaks, by state, by rare words, within days.

The tables `compared` and `rare_words` are what is looked into. They give more than `qawl.compare.grouping` then lets
through, and nothing less.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, Connection, select

from qawl.compare.grouping import NARROW, SHARED, WINDOW
from qawl.compare.likeness import Utterance
from qawl.record import tables
from qawl.record.rows import parts

_WEEK: Final = 8  # days of a week of `rare_words`; no shorter than NARROW


class Known(NamedTuple):
    """A statement that has been compared: its id and the day as `compared` has it."""

    id: int
    day: int


def word_hashes(utterance: Utterance, day: int) -> list[int]:
    """The rows of `rare_words` for a statement of that day."""
    if not day:
        return _together(utterance)
    return [
        *(_hash(f"said {key}", day // _WEEK) for key in utterance.rarest),
        *(_hash(f"name {key}", day // _WEEK) for key in utterance.voice.called),
    ]


def _together(utterance: Utterance) -> list[int]:
    """The rows of a statement without a day: no week bounds how many hold a word, so they are looked up by so many
    words together as two of them must share."""
    return [_hash(" ".join(("said", *keys)), 0) for keys in combinations(sorted(utterance.rarest), SHARED)]


def find(connection: Connection, wanted: Sequence[tuple[Known, Utterance]]) -> dict[int, set[int]]:
    """For each statement (by id) those among the compared ones that it may be worth comparing with."""
    found: dict[int, set[int]] = {known.id: set() for known, _ in wanted}
    c = tables.compared.c
    by_entity: dict[int, list[Known]] = defaultdict(list)
    by_state: dict[str, list[Known]] = defaultdict(list)
    dated = [(known, utterance) for known, utterance in wanted if known.day]
    for known, utterance in dated:
        if utterance.voice.entity:
            by_entity[utterance.voice.entity].append(known)
        if utterance.voice.state:
            by_state[utterance.voice.state].append(known)
    for column, holders, window in ((c.entity_id, by_entity, WINDOW), (c.state, by_state, NARROW)):
        others = _of(connection, column, holders, [known.day for known, _ in dated], window)
        for name, own in holders.items():
            for known in own:
                found[known.id].update(other.id for other in others[name] if abs(other.day - known.day) <= window)
    _by_words(connection, wanted, found)
    for known, _ in wanted:
        found[known.id].discard(known.id)
    return found


def _of(
    connection: Connection, column: Column[Any], names: Iterable[Any], days: Sequence[int], window: int
) -> dict[Any, list[Known]]:
    """The compared statements of these entities or states, of the days that the window around `days` reaches."""
    c = tables.compared.c
    found: dict[Any, list[Known]] = defaultdict(list)
    for some in parts(sorted(names)):
        near = c.day.between(min(days) - window, max(days) + window)
        for name, id, day in connection.execute(
            select(column, c.statement_id, c.day).where(column.in_(some), near)
        ).all():
            found[name].append(Known(id, day))
    return found


def _by_words(connection: Connection, wanted: Sequence[tuple[Known, Utterance]], found: dict[int, set[int]]) -> None:
    looks: dict[int, tuple[set[int], set[int]]] = {}  # of which `SHARED` must meet, and of which one is enough
    for known, utterance in wanted:
        if not known.day:
            looks[known.id] = set(), set(_together(utterance))
            continue
        weeks = {(known.day - NARROW) // _WEEK, (known.day + NARROW) // _WEEK}
        looks[known.id] = (
            {_hash(f"said {key}", week) for key in utterance.rarest for week in weeks},
            {_hash(f"name {key}", week) for key in utterance.voice.called for week in weeks},
        )
    r = tables.rare_words.c
    holders: dict[int, list[int]] = defaultdict(list)
    for some in parts(sorted({hash for own in looks.values() for part in own for hash in part})):
        for hash, id in connection.execute(select(r.hash, r.statement_id).where(r.hash.in_(some))).all():
            holders[hash].append(id)
    for id, (said, alone) in looks.items():
        counts = Counter(other for hash in said for other in holders.get(hash, ()))
        found[id].update(other for other, count in counts.items() if count >= SHARED)
        found[id].update(other for hash in alone for other in holders.get(hash, ()))


def _hash(key: str, week: int) -> int:
    digest = hashlib.blake2b(f"{week} {key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
