"""What people decided about who is who, as far as it holds, in terms of the appearances that there are today.

A judgement names two appearances by their articles and places. An article may have been read otherwise since, or have
a new version: then whoever bears the same name there is meant. One that fits nobody waits for its article to come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from qawl.people.appearance import Decision
from qawl.people.looks import folded
from qawl.record import tables
from qawl.record.identity_judgements import Anchor, identity_judgements
from qawl.record.overlay import in_effect
from qawl.record.rows import parts


def decisions(connection: Connection) -> list[Decision]:
    """The judgements that hold and fit, in the order in which they were made."""
    held = in_effect(identity_judgements(connection))
    found = find(connection, (anchor for j in held for anchor in (j.one, j.other)))
    decided = []
    for judgement in held:
        one, other = found.get(judgement.one), found.get(judgement.other)
        if one is not None and other is not None and one != other:
            decided.append(Decision("same" if judgement.verdict == "same" else "different", one, other))
    return decided


def among(decided: Iterable[Decision], ids: set[int]) -> list[Decision]:
    """The decisions about two of these appearances."""
    return [one for one in decided if one.one in ids and one.other in ids]


def find(connection: Connection, anchors: Iterable[Anchor]) -> dict[Anchor, int]:
    """The appearances (`appearances.id`) that these anchors mean today; those that mean none are left out."""
    wanted = set(anchors)
    if not wanted:
        return {}
    a, r, ar, f, kn = (
        table.c for table in (tables.appearances, tables.readings, tables.articles, tables.forms, tables.known)
    )
    there: dict[str, list[Any]] = defaultdict(list)
    for keys in parts(sorted({anchor.key for anchor in wanted if anchor.key is not None})):
        rows = connection.execute(
            select(a.id, a.name_start, a.name_end, ar.key, ar.text_hash, f.kind, f.name, f.aliases)
            .join(tables.readings, r.id == a.reading_id)
            .join(tables.articles, ar.id == r.article_id)
            .join(tables.forms, f.id == a.form_id)
            .where(ar.key.in_(keys))
            .order_by(a.id)
        )
        for row in rows:
            there[row.key].append(row)
    known: dict[str, int] = {}
    for identifiers in parts(sorted({anchor.known for anchor in wanted if anchor.known is not None})):
        rows = connection.execute(
            select(kn.identifier, a.id)
            .join(tables.appearances, a.known_id == kn.id)
            .where(kn.identifier.in_(identifiers))
        )
        known |= {row.identifier: row.id for row in rows}
    found: dict[Anchor, int] = {}
    for anchor in wanted:
        id = known.get(anchor.known) if anchor.known is not None else _meant(anchor, there[anchor.key or ""])
        if id is not None:
            found[anchor] = id
    return found


def _meant(anchor: Anchor, there: Sequence[Any]) -> int | None:
    """Of the appearances of an article, the one that an anchor means: at that place, else over it, else by name."""
    name = folded(anchor.name)

    def likeness(row: Any) -> tuple[bool, bool, bool, bool, bool]:
        same_text = row.text_hash == anchor.text_hash and anchor.start is not None and row.name_start is not None
        at = same_text and row.name_start == anchor.start
        over = same_text and row.name_start < anchor.end and anchor.start < row.name_end
        own = folded(row.name) == name
        also = name in map(folded, row.aliases)
        return at and own, own and row.kind == anchor.kind, at, over and (own or also), own or also

    best = max(there, key=likeness, default=None)
    return best.id if best is not None and any(likeness(best)) else None
