"""What people decided about who is who, as it is kept: rows that are only ever added, which name appearances by their
articles and places, so that they outlive every reading. What they come to, `qawl.people.decisions` works out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table, delete, select, update

from qawl.record import tables
from qawl.record.engine import is_sqlite
from qawl.record.rows import next_ids, parts

SIDES: Final = ("one", "other")
_PARTS: Final = ("key", "hash", "start", "end", "kind", "name", "known")


class Anchor(NamedTuple):
    """An appearance as a judgement names it: in an article (its key, the hash of its text, the first place that names
    it), or else `known`, the identifier of an imported entry."""

    key: str | None
    text_hash: str | None
    start: int | None
    end: int | None
    kind: str
    name: str
    known: str | None


class Judgement(NamedTuple):
    """A row of `identity_judgements`."""

    id: int
    verdict: str
    one: Anchor
    other: Anchor
    note: str | None
    who: str
    made_at: str
    undoes: int | None


def judgement_of(row: Any) -> Judgement:
    """The judgement in a row of `identity_judgements`."""
    one, other = (Anchor(*(getattr(row, f"{side}_{part}") for part in _PARTS)) for side in SIDES)
    return Judgement(row.id, row.verdict, one, other, row.note, row.who, row.made_at, row.undoes)


def row_of(judgement: Judgement) -> dict[str, Any]:
    """The row of a judgement."""
    row = {
        f"{side}_{part}": value
        for side, anchor in (("one", judgement.one), ("other", judgement.other))
        for part, value in zip(_PARTS, anchor, strict=True)
    }
    rest = ("id", "verdict", "note", "who", "made_at", "undoes")
    return row | {name: getattr(judgement, name) for name in rest}


def identity_judgements(connection: Connection, keys: Iterable[str] | None = None) -> list[Judgement]:
    """All judgements about identity in the order of their ids, or those of which one side is in an article of these
    keys."""
    j = tables.identity_judgements
    if keys is None:
        return [judgement_of(row) for row in connection.execute(select(j).order_by(j.c.id))]
    found: dict[int, Judgement] = {}
    for some in parts(keys):
        rows = connection.execute(select(j).where(j.c.one_key.in_(some) | j.c.other_key.in_(some)))
        found |= {row.id: judgement_of(row) for row in rows}
    return [found[id] for id in sorted(found)]


def next_judgement_ids(connection: Connection, count: int) -> list[int]:
    """So many ids for judgements of either kind: they have one numbering. Only for those who write."""
    if not is_sqlite(connection) or not count:
        return next_ids(connection, tables.judgements, count)
    both: tuple[Table, Table] = (tables.judgements, tables.identity_judgements)
    last = max(next_ids(connection, table, 1)[0] for table in both)
    return list(range(last, last + count))


def move_away(connection: Connection, article_ids: Sequence[int]) -> int:
    """Let the judgements that name somebody in these articles, which are to be deleted, name another appearance of the
    same entity instead. Those that cannot go with them; how many."""
    ar = tables.articles.c
    going = connection.execute(select(ar.id, ar.key, ar.text_hash).where(ar.id.in_(article_ids))).all()
    by_name = {(row.key, row.text_hash): row.id for row in going}
    lost: list[int] = []
    for judgement in identity_judgements(connection, {row.key for row in going}):
        moved: dict[str, Anchor | None] = {}
        for side, anchor in (("one", judgement.one), ("other", judgement.other)):
            id = by_name.get((anchor.key or "", anchor.text_hash or ""))
            if id is not None:
                moved[side] = _another(connection, id, anchor, article_ids)
        if any(anchor is None for anchor in moved.values()):
            lost.append(judgement.id)
            continue
        for side, other in moved.items():
            assert other is not None
            values = {f"{side}_{part}": value for part, value in zip(_PARTS, other, strict=True)}
            where = tables.identity_judgements.c.id == judgement.id
            connection.execute(update(tables.identity_judgements).where(where).values(values))
    for some in parts(lost):
        connection.execute(delete(tables.identity_judgements).where(tables.identity_judgements.c.id.in_(some)))
    return len(lost)


def _another(connection: Connection, article_id: int, anchor: Anchor, going: Sequence[int]) -> Anchor | None:
    a, r, ar, f = tables.appearances.c, tables.readings.c, tables.articles.c, tables.forms.c
    whom = connection.execute(
        select(a.entity_id, a.form_id)
        .join(tables.readings, r.id == a.reading_id)
        .join(tables.forms, f.id == a.form_id)
        .where(r.article_id == article_id, (a.name_start == anchor.start) | (f.name == anchor.name))
        .order_by((f.name == anchor.name).desc(), a.id)
        .limit(1)
    ).first()
    if whom is None or whom.entity_id is None:
        return None
    other = connection.execute(
        select(ar.key, ar.text_hash, a.name_start, a.name_end, f.kind, f.name)
        .select_from(tables.appearances)
        .join(tables.readings, r.id == a.reading_id)
        .join(tables.articles, ar.id == r.article_id)
        .join(tables.forms, f.id == a.form_id)
        .where(a.entity_id == whom.entity_id, ar.id.not_in(going))
        .order_by((a.form_id == whom.form_id).desc(), a.id)
        .limit(1)
    ).first()
    return None if other is None else Anchor(*other, known=None)
