"""What people decide about who is who: two are the same, or are not. It always wins, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, select

from qawl.people.decisions import find
from qawl.people.finding import appearance_of, entity_of
from qawl.record import judgements as about_statements
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.identity_judgements import (
    Anchor,
    Judgement,
    identity_judgements,
    next_judgement_ids,
    row_of,
)
from qawl.record.overlay import in_effect, standing
from qawl.record.rows import insert, parts
from qawl.record.times import now
from qawl.record.unresolving import mark_appearances

Verdict = Literal["same", "different"]


class OneAlreadyError(RecordError):
    """Two were to be parted or joined that are the same appearance."""


class Judged(NamedTuple):
    """A judgement with what has become of it. `holds`: nobody has taken it back. `fits`: both whom it names are there.
    `overruled`: a later one says otherwise, and that one holds."""

    judgement: Judgement
    holds: bool
    fits: bool
    overruled: bool


def decide(engine: Engine, verdict: Verdict, one: str, other: str, *, who: str, note: str | None = None) -> int:
    """Decide that two are the same, or are different; the number of the judgement. `bring_up_to_date` then acts on it.

    Each is named by an entity's public ID, a name that means one alone, or the ID of a statement (then its speaker is
    meant, as that article has it). Raises RecordError where one is not found, and where both are the same appearance.
    """
    return write(engine, partial(_decide, verdict=verdict, one=one, other=other, who=who, note=note))


def _decide(connection: Connection, *, verdict: Verdict, one: str, other: str, who: str, note: str | None) -> int:
    ids = [appearance_of(connection, written) for written in (one, other)]
    if ids[0] == ids[1]:
        raise OneAlreadyError(f"{one} and {other} are one already; the ID of a statement of either says which is meant")
    (number,) = next_judgement_ids(connection, 1)
    sides = (_anchor(connection, ids[0]), _anchor(connection, ids[1]))
    made = Judgement(number, verdict, *sides, note, who, now(), None)
    insert(connection, tables.identity_judgements, [row_of(made)])
    _look_again(connection, ids)
    return number


def _anchor(connection: Connection, id: int) -> Anchor:
    a, r, ar, f, k = (
        table.c for table in (tables.appearances, tables.readings, tables.articles, tables.forms, tables.known)
    )
    row = connection.execute(
        select(ar.key, ar.text_hash, a.name_start, a.name_end, f.kind, f.name, k.identifier)
        .select_from(tables.appearances)
        .join(tables.forms, f.id == a.form_id)
        .outerjoin(tables.readings, r.id == a.reading_id)
        .outerjoin(tables.articles, ar.id == r.article_id)
        .outerjoin(tables.known, k.id == a.known_id)
        .where(a.id == id)
    ).one()
    return Anchor(*row)


def _look_again(connection: Connection, ids: list[int]) -> None:
    """Note that these appearances have to be resolved anew."""
    a = tables.appearances.c
    rows = connection.execute(select(a.form_id, a.cluster, a.entity_id).where(a.id.in_(ids))).all()
    mark_appearances(connection, rows)


def undo(engine: Engine, *, who: str, judgement_id: int | None = None) -> int:
    """Take back a judgement of either kind: the one of that number, else the last one of `who` that holds. The number
    of what was taken back.

    To take back that a judgement was taken back makes it hold again. Raises RecordError where there is none.
    """
    return write(engine, partial(_undo, who=who, judgement_id=judgement_id))


def _undo(connection: Connection, *, who: str, judgement_id: int | None) -> int:
    decided = identity_judgements(connection)
    if judgement_id is None:
        own = [(j.made_at, j.id) for j in in_effect(decided) if j.who == who]
        if (last := about_statements.last_of(connection, who)) is not None:
            own.append((last.made_at, last.id))
        if not own:
            raise RecordError(f"no judgement of {who} holds")
        judgement_id = max(own)[1]
    judgement = next((j for j in decided if j.id == judgement_id), None)
    if judgement is None:
        return about_statements.take_back(connection, judgement_id, who=who)
    if judgement_id not in standing(decided):
        raise RecordError(f"{judgement_id}: has been taken back already")
    (number,) = next_judgement_ids(connection, 1)
    taken = judgement._replace(id=number, verdict="undone", note=None, who=who, made_at=now(), undoes=judgement_id)
    insert(connection, tables.identity_judgements, [row_of(taken)])
    _look_again(connection, list(find(connection, [judgement.one, judgement.other]).values()))
    return judgement_id


def judged(
    engine: Engine, *, about: str | None = None, unmatched: bool = False, after: int = 0, most: int | None = None
) -> Iterator[Judged]:
    """All judgements about identity in the order of their numbers; about one entity (by public ID or name); or only
    those that hold and of whom one is not there (any more). With `most`, so many of those with the next numbers after
    one.

    Raises RecordError for an entity that is not there.
    """
    a = tables.appearances.c
    with snapshot(engine) as connection:
        wanted = None if about is None else entity_of(connection, about)
        decided = identity_judgements(connection)
        looked_at = [judgement for judgement in decided if judgement.id > after]
        if about is None and not unmatched:
            looked_at = looked_at[:most]
        found = find(connection, (anchor for j in looked_at for anchor in (j.one, j.other)))
        query = select(a.id, a.entity_id)
        entities = {
            row.id: row.entity_id
            for some in parts(found.values())
            for row in connection.execute(query.where(a.id.in_(some)))
        }
    stand = standing(decided)
    given = 0
    for judgement in looked_at:
        sides = [found.get(judgement.one), found.get(judgement.other)]
        one, other = (None if id is None else entities[id] for id in sides)
        fits = one is not None and other is not None
        holds = judgement.id in stand
        overruled = holds and fits and judgement.undoes is None and (one == other) != (judgement.verdict == "same")
        told = Judged(judgement, holds, fits, overruled)
        lost = holds and not fits and judgement.undoes is None
        if (wanted is None or wanted in (one, other)) and (lost or not unmatched):
            yield told
            given += 1
            if given == most:
                return
