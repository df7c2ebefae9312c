"""Versions out of the record: each statement as `qawl.compare.words.Version`, with what people decided laid over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from qawl.compare.wording import Collation, collate
from qawl.compare.words import Place, Version, version
from qawl.record import tables
from qawl.record.identity import clean_ref, unknown_ref
from qawl.record.overlay import overlaid
from qawl.record.rows import parts, slice_of
from qawl.statement import Mention, Span, Speaker, Statement

#: Statements in one question; each comes with the text of its article.
_AT_ONCE: Final = 500


def load_versions(connection: Connection, statement_ids: Iterable[int]) -> dict[int, Version]:
    """The versions that these statements (by the ids of their rows) are, as they are shown, in the order of the ids.

    Statements without content or that people judged wrong are left out.
    """
    found: dict[int, Version] = {}
    for some in parts(statement_ids, _AT_ONCE):
        loaded = _load(connection, some)
        found |= {id: loaded[id] for id in some if id in loaded}
    return found


def _load(connection: Connection, ids: Sequence[int]) -> dict[int, Version]:
    s, a, k, h = tables.statements.c, tables.articles.c, tables.speakers.c, tables.shown.c
    contents = _spans(connection, select(tables.contents).where(tables.contents.c.statement_id.in_(ids)))
    abouts = _spans(connection, select(tables.abouts).where(tables.abouts.c.statement_id.in_(ids)))
    shown = {row.statement_id: row for row in connection.execute(select(tables.shown).where(h.statement_id.in_(ids)))}
    rows = connection.execute(
        select(
            tables.statements,
            a.text,
            a.day,
            a.url,
            a.headline_start,
            a.headline_end,
            tables.outlets.c.name.label("outlet"),
            k.name.label("speaker"),
            k.local_id,
            k.type,
        )
        .join(tables.articles, a.id == s.article_id)
        .outerjoin(tables.outlets, tables.outlets.c.id == a.outlet_id)
        .outerjoin(tables.speakers, k.id == s.speaker_id)
        .where(s.id.in_(ids))
    )
    found = {}
    for row in rows:
        judged = shown.get(row.id)
        read = Statement(
            cue=_span(row.text, row.cue_start, row.cue_end),
            source=None,
            speaker=Speaker(row.local_id, row.speaker, row.type) if row.speaker is not None else None,
            content=tuple(slice_of(row.text, piece.start, piece.end) for piece in contents[row.id]),
            form=row.form,
            kind=row.kind,
            act=row.act,
            hedge=_span(row.text, row.hedge_start, row.hedge_end),
            about=tuple(Mention(slice_of(row.text, m.start, m.end), m.type) for m in abouts[row.id]),
            polarity=row.polarity,
        )
        statement = overlaid(read, judged, row.text, _cast(judged))
        if statement is None or not statement.content:
            continue
        speaker = statement.speaker.name if statement.speaker else None
        place = Place(row.ref, row.article_id, row.outlet, row.day, row.url, speaker)
        headline = None if row.headline_start is None else (row.headline_start, row.headline_end)
        found[row.id] = version(row.text, statement, place, headline)
    return found


def _cast(judged: Any) -> dict[int, Speaker]:
    """The speaker whom people gave a statement, where the article has that speaker."""
    if judged is None or judged.speaker_id is None:
        return {}
    return {judged.speaker_id: Speaker("", judged.speaker_name, judged.speaker_type or "person")}


def _span(text: str, start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else slice_of(text, start, end)


def _spans(connection: Connection, query: Any) -> defaultdict[int, list[Any]]:
    """The rows of a statement's spans by statement, in the order of the text."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.statement_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row[1])
    return found


def group_of(connection: Connection, ref: str) -> list[int]:
    """The statements (ids of their rows) that report what the statement with this public ID does, itself among them.

    Raises RecordError where there is no such statement.
    """
    s, r, c = tables.statements.c, tables.readings.c, tables.compared.c
    row = connection.execute(
        select(s.id, c.group_id)
        .join(tables.readings, r.id == s.reading_id)
        .outerjoin(tables.compared, c.statement_id == s.id)
        .where(s.ref == clean_ref(ref))
        .order_by(r.current.desc(), s.id.desc())
    ).first()
    if row is None:
        raise unknown_ref(ref)
    if row.group_id is None:
        return [row.id]
    return list(connection.scalars(select(c.statement_id).where(c.group_id == row.group_id).order_by(c.statement_id)))


@dataclass(frozen=True, slots=True)
class Carried:
    """How often one utterance is reported: in so many statements, articles and outlets. `ref` is the public ID of the
    earliest statement, `first` and `last` the days between which it was said or published."""

    id: int
    ref: str
    statements: int
    articles: int
    outlets: int
    first: str | None
    last: str | None


def carried(connection: Connection, statement_ids: Iterable[int]) -> dict[int, Carried]:
    """For those of these statements (by the ids of their rows) that others report too, how often that is."""
    g, c = tables.statement_groups.c, tables.compared.c
    found: dict[int, Carried] = {}
    for some in parts(statement_ids):
        rows = connection.execute(
            select(c.statement_id, g.id, g.ref, g.statements, g.articles, g.outlets, g.first, g.last)
            .join_from(tables.compared, tables.statement_groups, g.id == c.group_id)
            .where(c.statement_id.in_(some))
        )
        found |= {row.statement_id: Carried(*row[1:]) for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which groups: said between two days (both included), with a version of this outlet."""

    since: date | None = None
    until: date | None = None
    outlet: str | None = None

    def on(self) -> list[ColumnElement[bool]]:
        """As conditions on `statement_groups`."""
        g = tables.statement_groups.c
        found: list[ColumnElement[bool]] = []
        if self.since is not None:
            found.append(g.last >= self.since.isoformat())
        if self.until is not None:
            found.append(g.first <= self.until.isoformat())
        if self.outlet is not None:
            found.append(g.id.in_(_of_outlet(self.outlet)))
        return found


def most_carried(connection: Connection, wanted: Wanted, limit: int, *, outlets: int = 0) -> list[Carried]:
    """The utterances that most outlets report, at least so many; of equals, those in more articles, then the later."""
    g = tables.statement_groups.c
    order = (g.outlets.desc(), g.articles.desc(), g.statements.desc(), g.last.desc(), g.ref)
    rows = connection.execute(
        select(g.id, g.ref, g.statements, g.articles, g.outlets, g.first, g.last)
        .where(*wanted.on(), g.outlets >= outlets)
        .order_by(*order)
        .limit(limit)
    )
    return [Carried(*row) for row in rows]


def speaking(connection: Connection, found: Iterable[Carried]) -> dict[int, int]:
    """For each group (by its id) the id of the statement that stands for it: the earliest one."""
    s, c = tables.statements.c, tables.compared.c
    refs = {one.ref: one.id for one in found}
    rows = connection.execute(
        select(s.ref, s.id).join_from(tables.statements, tables.compared, c.statement_id == s.id).where(s.ref.in_(refs))
    )
    return {refs[row.ref]: row.id for row in rows}


def groups(connection: Connection, wanted: Wanted) -> int:
    """How many utterances several statements report, as far as they are wanted."""
    return connection.execute(
        select(func.count()).select_from(tables.statement_groups).where(*wanted.on())
    ).scalar_one()


def collated(connection: Connection, group_ids: Iterable[int]) -> Iterator[Collation]:
    """The versions of these groups that still have several, in their order."""
    c = tables.compared.c
    for some in parts(group_ids, _AT_ONCE):
        members: dict[int, list[int]] = defaultdict(list)
        for row in connection.execute(
            select(c.group_id, c.statement_id).where(c.group_id.in_(some)).order_by(c.statement_id)
        ):
            members[row.group_id].append(row.statement_id)
        versions = load_versions(connection, (id for group in members.values() for id in group))
        for group_id in some:
            found = [versions[id] for id in members[group_id] if id in versions]
            if len(found) > 1:
                yield collate(found)


def _of_outlet(name: str) -> Select[tuple[int | None]]:
    """The groups with a statement that this outlet published."""
    s, a, o, c = tables.statements.c, tables.articles.c, tables.outlets.c, tables.compared.c
    return (
        select(c.group_id)
        .join(tables.statements, s.id == c.statement_id)
        .join(tables.articles, a.id == s.article_id)
        .join(tables.outlets, o.id == a.outlet_id)
        .where(o.name == name, c.group_id.is_not(None))
    )
