"""What is exported: articles with their statements as they are shown, one article after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from qawl.article import Article
from qawl.record import tables
from qawl.record.overlay import overlaid
from qawl.record.rows import article_of, articles_with_outlets, load_readings, parts
from qawl.record.search.find import Filters, matching
from qawl.record.search.query import Query
from qawl.record.showing import rows_shown
from qawl.statement import Speaker, Statement

_TOGETHER: Final = 50  # articles that are loaded at a time


class Shown(NamedTuple):
    """A statement with its public ID, what people decided about it, and the public ID of the one it stands within."""

    ref: str
    statement: Statement
    verdict: str | None
    within: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """The latest version of an article with statements of its current reading, as they are shown.

    `speakers` are those who make one of them, or are told something in one.
    """

    id: int
    key: str
    version: int
    article: Article
    reader: str
    read_at: str
    statements: tuple[Shown, ...]
    speakers: tuple[Speaker, ...]

    @property
    def name(self) -> str:
        """Names this version of the article wherever it is exported: 16 letters and digits that follow from its key."""
        return blake2b(f"{self.key}\n{self.version}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements: all that are shown, or those that a search finds. With `machine`, as the reader had them."""

    query: Query = field(default_factory=Query)
    filters: Filters = field(default_factory=Filters)
    machine: bool = False

    @property
    def is_all(self) -> bool:
        return self.query == Query() and self.filters == Filters()

    def statement_ids(self, connection: Connection) -> set[int] | None:
        """The ids (`statements.id`) of those that are found; None for all. Raises QueryError as a search does."""
        return None if self.is_all else set(matching(connection, self.query, self.filters, machine=self.machine))

    def article_ids(self, connection: Connection, found: set[int] | None, *, versions: bool = False) -> list[int]:
        """The ids of the articles in which they stand, in the order in which they were added.

        Latest versions; with `versions`, the others too.
        """
        a, s = tables.articles.c, tables.statements.c
        if found is None:
            query = select(a.id).order_by(a.id)
            return list(connection.scalars(query if versions else query.where(a.latest)))
        ids: set[int] = set()
        wanted = sorted(found)
        for at in range(0, len(wanted), 5000):
            ids.update(connection.scalars(select(s.article_id).where(s.id.in_(wanted[at : at + 5000]))))
        if versions:
            keys: set[str] = set()
            for some in parts(sorted(ids), 5000):
                keys.update(connection.scalars(select(a.key).where(a.id.in_(some))))
            for part in parts(sorted(keys), 5000):
                ids.update(connection.scalars(select(a.id).where(a.key.in_(part))))
        return sorted(ids)


def entries(connection: Connection, selection: Selection) -> Iterator[Entry]:
    """The articles that have a statement of the selection, each with these statements; without a query and filters,
    all articles, those without a statement too."""
    found = selection.statement_ids(connection)
    a, r = tables.articles.c, tables.readings.c
    for some in parts(selection.article_ids(connection, found), _TOGETHER):
        rows = connection.execute(articles_with_outlets().where(a.id.in_(some)).order_by(a.id)).all()
        current = connection.execute(select(r.id, r.article_id, r.read_at).where(r.article_id.in_(some), r.current))
        readings = {row.article_id: row for row in current}
        stored = load_readings(connection, [row.id for row in readings.values()])
        shown = {} if selection.machine else rows_shown(connection, list(stored.values()))
        for row in rows:
            article = article_of(row)
            reading = readings[row.id]
            one = stored[reading.id]
            statements = []
            for id, ref, read in zip(one.statement_ids, one.refs, one.reading.statements, strict=True):
                over = shown.get(id)
                seen = overlaid(read, over, article.text, one.cast)
                if seen is not None and (found is None or id in found):
                    within = None if read.parent is None else one.refs[read.parent]
                    statements.append(Shown(ref, seen, over.verdict if over is not None else None, within))
            cast = {
                who.id: who
                for s in statements
                for who in (s.statement.speaker, s.statement.addressee)
                if who is not None
            }
            yield Entry(
                row.id,
                row.key,
                row.version,
                article,
                one.reading.reader,
                reading.read_at,
                tuple(statements),
                tuple(cast.values()),
            )
