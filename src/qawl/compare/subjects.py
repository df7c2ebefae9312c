"""What a line, a count or a watchlist is about: an entity, words, or a saved search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from qawl.people.anchors import from_ref, to_ref
from qawl.people.finding import entity_of
from qawl.people.searching import meant
from qawl.record import tables
from qawl.record.errors import RecordError
from qawl.record.rows import parts
from qawl.record.search import saved
from qawl.record.search.find import Filters, matching
from qawl.record.search.query import Query, parse


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as it is shown: its public ID, name and kind."""

    id: int
    ref: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as it was `asked` for, and what it came to: an `entity`, or else a `query` with filters.

    `words` are the entity's name, or the words that are looked for.
    """

    asked: str
    words: str
    entity: Named | None = None
    query: Query | None = None
    filters: Filters | None = None


def named(connection: Connection, written: str) -> Named:
    """The entity that is meant by a ref, a name or the ID of one of its statements. Raises RecordError for none and for
    several."""
    return by_id(connection, entity_of(connection, written))


def by_id(connection: Connection, id: int) -> Named:
    """The entity of this row."""
    return entities(connection, [id])[id]


def entities(connection: Connection, ids: Iterable[int]) -> dict[int, Named]:
    """Those of these rows that there are."""
    e = tables.entities.c
    return {
        row.id: Named(row.id, to_ref(row.anchor), row.name, row.kind)
        for some in parts(ids)
        for row in connection.execute(select(e.id, e.anchor, e.name, e.kind).where(e.id.in_(some)))
    }


def subject(connection: Connection, asked: str) -> Subject:
    """What is meant: ``@name`` is a saved search; the ref or name of one entity that entity; all else words, as in
    `qawl search`. Raises RecordError for a saved search or a ref that there is not, QueryError for words that are no
    question.
    """
    if asked.startswith(saved.SAVED):
        kept = saved.search(connection, asked.removeprefix(saved.SAVED))
        return Subject(asked, kept.query, query=parse(kept.query), filters=kept.filters)
    try:
        entity = named(connection, asked)
    except RecordError:
        if from_ref(asked) is not None:  # nobody looks for the letters of a ref in what was said
            raise
        return Subject(asked, asked, query=parse(asked))
    return Subject(asked, entity.name, entity=entity)


def statements_on(connection: Connection, about: Subject) -> set[int]:
    """The ids (`statements.id`) of all statements on the subject that are shown: in which the entity is named, or the
    words are said."""
    if about.entity is not None:
        return set(connection.scalars(with_part(about.entity.id, "about")))
    assert about.query is not None
    return set(matching(connection, about.query, meant(connection, about.filters or Filters()), said=True))


def with_part(entity_id: int, part: str) -> Select[tuple[int]]:
    """The ids of the statements in which an entity has this part: speaker, addressee or about."""
    p, a = tables.parties.c, tables.appearances.c
    return (
        select(p.statement_id)
        .join(tables.appearances, a.id == p.appearance_id)
        .where(a.entity_id == entity_id, p.part == part)
    )
