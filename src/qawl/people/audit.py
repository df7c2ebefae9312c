"""Who decided what: judgements of both kinds and the lines of the log, as one list, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, get_args

from sqlalchemy import Connection, Engine, and_, false, func, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from qawl.people.anchors import to_ref
from qawl.people.decisions import find
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.identity_judgements import Anchor, Judgement, identity_judgements, judgement_of
from qawl.record.overlay import decisions_of, standing
from qawl.record.rows import parts

#: About a statement, about who is who, about the record as a whole (with the accounts of the desk).
Kind = Literal["statement", "people", "record"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class Place(NamedTuple):
    """Where an entry stands in the list; as text `2024-03-05T17:35:43Z.people.12`."""

    at: str
    kind: Kind
    id: int

    def __str__(self) -> str:
        return f"{self.at}.{self.kind}.{self.id}"

    @classmethod
    def of(cls, text: str) -> Place:
        """Raises RecordError for what is no such text."""
        match text.split("."):
            case [at, kind, id] if kind in KINDS and id.isascii() and id.isdigit() and len(id) < 19 and len(at) == 20:
                return cls(at, next(one for one in KINDS if one == kind), int(id))
        raise RecordError("no place in the list of decisions")


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody in a judgement: the name there, and the public ID of whom it means today, if anybody."""

    name: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did. `what` is the verdict (`undone`: took `undoes` back), or the action of a line of the log;
    `holds` is false of what was taken back; `ref` the statement; `detail` what holds instead of the reading, or what
    the line of the log says."""

    at: str
    kind: Kind
    id: int
    who: str
    what: str
    ref: str | None = None
    one: Side | None = None
    other: Side | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    undoes: int | None = None
    holds: bool = True

    @property
    def place(self) -> Place:
        return Place(self.at, self.kind, self.id)


def entries(
    engine: Engine,
    *,
    who: str | None = None,
    kinds: Sequence[Kind] = KINDS,
    after: Place | None = None,
    limit: int,
) -> list[Entry]:
    """What was done, the newest first; by one person; of these kinds; what comes after a place in the list."""
    with snapshot(engine) as connection:
        found: list[Entry] = []
        if "statement" in kinds:
            found += _statements(connection, who, after, limit)
        if "people" in kinds:
            found += _people(connection, who, after, limit)
        if "record" in kinds:
            found += _record(connection, who, after, limit)
    found.sort(key=lambda entry: (entry.at, -KINDS.index(entry.kind), entry.id), reverse=True)
    return found[:limit]


def deciders(engine: Engine) -> list[str]:
    """Everybody who ever did something, by name."""
    with snapshot(engine) as connection:
        return sorted(
            {
                who
                for table in (tables.judgements, tables.identity_judgements, tables.log)
                for who in connection.scalars(select(table.c.who).distinct())
            }
        )


def decided_since(engine: Engine, moment: str) -> dict[str, int]:
    """How many decisions everybody made since a moment (as `qawl.record.times` writes it) that do not take back
    others."""
    counts: dict[str, int] = {}
    with snapshot(engine) as connection:
        for table in (tables.judgements, tables.identity_judgements):
            c = table.c
            query = select(c.who, func.count().label("n")).where(c.made_at >= moment, c.undoes.is_(None))
            for row in connection.execute(query.group_by(c.who)):
                counts[row.who] = counts.get(row.who, 0) + row.n
    return counts


def _chosen(kind: Kind, columns: Any, time: Any, who: str | None, after: Place | None) -> ColumnElement[bool]:
    wanted: ColumnElement[bool] = true() if who is None else columns.who == who
    if after is None:
        return wanted
    mine, its = KINDS.index(kind), KINDS.index(after.kind)
    of_same = columns.id < after.id if mine == its else (true() if mine > its else false())
    return and_(wanted, or_(time < after.at, and_(time == after.at, of_same)))


def _statements(connection: Connection, who: str | None, after: Place | None, limit: int) -> list[Entry]:
    j = tables.judgements.c
    rows = connection.execute(
        select(j.id, j.article_id, j.ref, j.verdict, j.change, j.note, j.who, j.made_at, j.undoes)
        .where(_chosen("statement", j, j.made_at, who, after))
        .order_by(j.made_at.desc(), j.id.desc())
        .limit(limit)
    ).all()
    stand: set[int] = set()
    for some in parts({row.article_id for row in rows}):
        for decisions in decisions_of(connection, some).values():
            stand |= standing(decisions)
    return [
        Entry(
            row.made_at,
            "statement",
            row.id,
            row.who,
            row.verdict,
            ref=row.ref,
            detail=row.change if row.verdict == "mended" else {},
            note=row.note,
            undoes=row.undoes,
            holds=row.id in stand,
        )
        for row in rows
    ]


def _people(connection: Connection, who: str | None, after: Place | None, limit: int) -> list[Entry]:
    j = tables.identity_judgements
    query = select(j).where(_chosen("people", j.c, j.c.made_at, who, after))
    rows = connection.execute(query.order_by(j.c.made_at.desc(), j.c.id.desc()).limit(limit)).all()
    if not rows:
        return []
    stand = standing(identity_judgements(connection))
    found = [judgement_of(row) for row in rows]
    refs = _refs(connection, found)
    return [
        Entry(
            judgement.made_at,
            "people",
            judgement.id,
            judgement.who,
            judgement.verdict,
            one=Side(judgement.one.name, refs.get(judgement.one)),
            other=Side(judgement.other.name, refs.get(judgement.other)),
            note=judgement.note,
            undoes=judgement.undoes,
            holds=judgement.id in stand,
        )
        for judgement in found
    ]


def _refs(connection: Connection, judgements: Sequence[Judgement]) -> dict[Anchor, str]:
    """The public IDs of those whom judgements name, as far as they are there today."""
    a, e = tables.appearances.c, tables.entities.c
    meant = find(connection, (anchor for judgement in judgements for anchor in (judgement.one, judgement.other)))
    entities: dict[int, str] = {}
    for some in parts(meant.values()):
        query = select(a.id, e.anchor).join(tables.entities, e.id == a.entity_id).where(a.id.in_(some))
        entities |= {row.id: to_ref(row.anchor) for row in connection.execute(query)}
    return {anchor: entities[id] for anchor, id in meant.items() if id in entities}


def _record(connection: Connection, who: str | None, after: Place | None, limit: int) -> list[Entry]:
    line = tables.log.c
    rows = connection.execute(
        select(line.id, line.at, line.who, line.action, line.detail)
        .where(_chosen("record", line, line.at, who, after))
        .order_by(line.at.desc(), line.id.desc())
        .limit(limit)
    )
    return [Entry(row.at, "record", row.id, row.who, row.action, detail=row.detail) for row in rows]
