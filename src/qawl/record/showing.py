"""Look things up in a record: a statement in its sentence, an article with its statements, who speaks, who publishes.

What people decided is laid over the reading, unless `machine` asks for the reading alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, and_, case, distinct, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from qawl.arabic.letters import fold
from qawl.article import Article
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.identity import Identity, clean_ref, unknown_ref
from qawl.record.overlay import overlaid
from qawl.record.rows import Stored, article_of, articles_with_outlets, load_readings, slice_of
from qawl.record.search.index import sentence
from qawl.statement import Span, Statement

_IDS: Final = 2000  # ids in one question
_LONGEST: Final = 300  # characters of a statement in short


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the same text, or with much of it. `likeness` is 0 to 1."""

    article_id: int
    kind: str
    likeness: float
    outlet: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article as the record has it."""

    id: int
    key: str
    version: int
    latest: bool
    added_at: str
    forgotten_at: str | None
    article: Article
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A statement as the record shows it. `verdict` is what people decided, if they did, `judgement` the number of
    their last decision; `current` is false for one that only an older reading has; `sentence` is the half-open span
    around it in the text. `id` is that of its row, `number` its place in the reading, as `Statement.parent` counts."""

    ref: str
    statement: Statement
    verdict: str | None
    current: bool
    reader: str
    sentence: tuple[int, int]
    id: int
    number: int
    judgement: int | None


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an article: its number in the record, which version it is, when it was added and published."""

    id: int
    version: int
    added_at: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Brief:
    """A statement in short, for a list: `text` is what was said in one line, cut where long; `speaker` is the name
    that its article gives; `day` that of publication, ISO 8601."""

    ref: str
    article: int
    day: str | None
    outlet: str | None
    speaker: str | None
    act: str
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name, and how much its bearers say in the record. Names that differ in spelling alone are one."""

    name: str
    type: str
    statements: int
    articles: int


@dataclass(frozen=True, slots=True)
class Published:
    """An outlet and what the record has of it; `first` and `last` are days of publication, ISO 8601."""

    name: str | None
    articles: int
    statements: int
    copies: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Of an outlet only; from a day on; up to and with a day."""

    outlet: str | None = None
    first: date | None = None
    last: date | None = None

    def on(self) -> list[ColumnElement[bool]]:
        """As conditions on `articles` beside `outlets`."""
        found: list[ColumnElement[bool]] = []
        if self.outlet is not None:
            found.append(tables.outlets.c.name == self.outlet)
        if self.first is not None:
            found.append(tables.articles.c.day >= self.first.isoformat())
        if self.last is not None:
            found.append(tables.articles.c.day <= self.last.isoformat())
        return found


def statement(engine: Engine, ref: str, *, machine: bool = False) -> tuple[ArticleEntry, StatementEntry]:
    """The statement with this public ID, and its article. One that people judged wrong is given with that verdict.

    Raises RecordError where there is none.
    """
    s, r = tables.statements.c, tables.readings.c
    with snapshot(engine) as connection:
        row = connection.execute(
            select(s.reading_id, r.article_id)
            .join(tables.readings, r.id == s.reading_id)
            .where(s.ref == clean_ref(ref))
            .order_by(r.current.desc(), s.id.desc())
        ).first()
        if row is None:
            raise unknown_ref(ref)
        entry = _article(connection, row.article_id)
        found = _entries(connection, row.reading_id, entry.article.text, machine, wrong=True)
        return entry, next(e for e in found if e.ref == clean_ref(ref))


def article(
    engine: Engine, id: int, *, machine: bool = False, wrong: bool = False
) -> tuple[ArticleEntry, list[StatementEntry]]:
    """The article of this number with the statements of its current reading; with `wrong`, also those that people
    judged wrong. Raises RecordError where there is none."""
    r = tables.readings.c
    with snapshot(engine) as connection:
        entry = _article(connection, id)
        reading = connection.scalars(select(r.id).where(r.article_id == id, r.current)).one()
        return entry, _entries(connection, reading, entry.article.text, machine, wrong=wrong)


def editions(connection: Connection, key: str) -> list[Edition]:
    """All versions of the article with this key, the first one first."""
    a = tables.articles.c
    rows = connection.execute(select(a.id, a.version, a.added_at, a.published).where(a.key == key).order_by(a.version))
    return [Edition(*row) for row in rows]


def known(connection: Connection, identity: Identity) -> int | None:
    """The number of the article of that identity; None where the record has none of these very words."""
    a = tables.articles.c
    return connection.scalar(select(a.id).where(a.key == identity.key, a.text_hash == identity.text_hash))


@dataclass(frozen=True, slots=True)
class Volume:
    """How much was published in a span: articles, the statements in them, the outlets that have one."""

    articles: int
    statements: int
    outlets: int


def volume(connection: Connection, where: Filter) -> Volume:
    """How much a filter lets through, of latest versions and of the statements that are shown."""
    a, o = tables.articles.c, tables.outlets.c
    counts = (
        select(func.count(), func.count(distinct(a.outlet_id)))
        .select_from(tables.articles)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .where(a.latest, *where.on())
    )
    articles, outlets = connection.execute(counts).one()
    statements = connection.execute(visible(func.count(), machine=False, where=where)).scalar_one()
    return Volume(articles, statements, outlets)


def briefs(connection: Connection, statement_ids: Sequence[int]) -> dict[int, Brief]:
    """These statements (by the ids of their rows; some hundreds at most) in short, as they are shown; those that people
    judged wrong are left out."""
    s, a, o, k, h, c = (
        table.c
        for table in (
            tables.statements,
            tables.articles,
            tables.outlets,
            tables.speakers,
            tables.shown,
            tables.contents,
        )
    )
    # No whole readings: of a statement in short, this is all that shows.
    rows = connection.execute(
        select(s.id, s.ref, s.act, a.id.label("article"), a.day, a.text, o.name.label("outlet"))
        .add_columns(k.name.label("speaker"), h.verdict, h.act.label("other_act"), h.content)
        .add_columns(h.speaker_changed, h.speaker_name)
        .join(tables.articles, a.id == s.article_id)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .outerjoin(tables.speakers, k.id == s.speaker_id)
        .outerjoin(tables.shown, h.statement_id == s.id)
        .where(s.id.in_(statement_ids), func.coalesce(h.verdict, "") != "wrong")
    ).all()
    pieces: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    query = select(c.statement_id, c.start, c.end).where(c.statement_id.in_(statement_ids))
    for id, start, end in connection.execute(query.order_by(c.statement_id, c.piece)):
        pieces[id].append((start, end))
    found = {}
    for row in rows:
        content = row.content if row.content is not None else pieces[row.id]
        text = " … ".join(slice_of(row.text, start, end).text for start, end in content)
        name = row.speaker_name if row.speaker_changed else row.speaker
        found[row.id] = Brief(
            row.ref, row.article, row.day, row.outlet, name, row.other_act or row.act, _in_short(text)
        )
    return found


def _in_short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def to_json(entry: ArticleEntry, found: Sequence[StatementEntry]) -> dict[str, Any]:
    """An article with some of its statements, as `qawl show --json` and the API give it."""
    article = entry.article.to_json()
    return {
        "article": {
            **article,
            "id": entry.id,
            "source_id": entry.article.id,
            "version": entry.version,
            "latest": entry.latest,
            "added_at": entry.added_at,
            "forgotten_at": entry.forgotten_at,
            "copies": [
                {"id": c.article_id, "kind": c.kind, "likeness": c.likeness, "outlet": c.outlet, "url": c.url}
                for c in entry.copies
            ],
        },
        "statements": [
            {
                "id": e.ref,
                **e.statement.to_json(),
                "speaker": _speaker(e.statement),
                "verdict": e.verdict,
                "current": e.current,
                "reader": e.reader,
                "sentence": Span(*e.sentence, entry.article.text[slice(*e.sentence)]).to_json(),
            }
            for e in found
        ],
    }


def _speaker(statement: Statement) -> dict[str, Any] | None:
    return statement.speaker.to_json() if statement.speaker else None


def _article(connection: Connection, id: int) -> ArticleEntry:
    row = connection.execute(articles_with_outlets().where(tables.articles.c.id == id)).first()
    if row is None:
        raise RecordError(f"{id}: no such article")
    return ArticleEntry(
        row.id,
        row.key,
        row.version,
        row.latest,
        row.added_at,
        row.forgotten_at,
        article_of(row),
        _copies(connection, id),
    )


def _copies(connection: Connection, id: int) -> tuple[Copy, ...]:
    """Who else ran the text: copies are linked with the first of them, so those of the same first are copies too."""
    a, c, o = tables.articles.c, tables.copies.c, tables.outlets.c
    first = connection.scalar(select(func.coalesce(a.copy_of, a.id)).where(a.id == id))
    links: dict[int, tuple[str, float]] = {}
    query = select(c.article_id, c.other_id, c.kind, c.likeness)
    for link in connection.execute(query.where(or_(c.article_id == first, c.other_id == first))):
        other = link.article_id if link.other_id == first else link.other_id
        links[other] = (link.kind, link.likeness)
    if first != id:
        links[int(first or 0)] = ("same", 1.0)
        links.pop(id, None)
    rows = connection.execute(
        select(a.id, a.url, o.name).outerjoin(tables.outlets, o.id == a.outlet_id).where(a.id.in_(links))
    )
    found = [Copy(row.id, *links[row.id], row.name, row.url) for row in rows]
    return tuple(sorted(found, key=lambda copy: (-copy.likeness, copy.article_id)))


def _entries(connection: Connection, reading_id: int, text: str, machine: bool, *, wrong: bool) -> list[StatementEntry]:
    """The statements of a reading as they are shown; those judged wrong too, with `wrong`."""
    r = tables.readings.c
    stored = load_readings(connection, [reading_id])[reading_id]
    current = bool(connection.scalar(select(r.current).where(r.id == reading_id)))
    shown = {} if machine else rows_shown(connection, [stored])
    found = []
    listed = zip(stored.statement_ids, stored.refs, stored.reading.statements, strict=True)
    for number, (id, ref, read) in enumerate(listed):
        row = shown.get(id)
        seen = overlaid(read, row, text, stored.cast)
        if seen is None and not wrong:
            continue
        verdict, judgement = (row.verdict, row.judgement_id) if row is not None else (None, None)
        entry = seen or read
        sentence_of = around(text, entry)
        reader = stored.reading.reader
        found.append(StatementEntry(ref, entry, verdict, current, reader, sentence_of, id, number, judgement))
    return found


def rows_shown(connection: Connection, stored: Sequence[Stored]) -> Mapping[int, Any]:
    """The rows of `shown` for the statements of some readings, by statement."""
    ids = [id for reading in stored for id in reading.statement_ids]
    found: dict[int, Any] = {}
    for at in range(0, len(ids), _IDS):
        some = tables.shown.c.statement_id.in_(ids[at : at + _IDS])
        found |= {row.statement_id: row for row in connection.execute(select(tables.shown).where(some))}
    return found


def around(text: str, statement: Statement) -> tuple[int, int]:
    """The half-open span of the sentence or sentences in which a statement is made, with its cue and its source."""
    spans: list[Span] = [*statement.content, *(span for span in (statement.cue, statement.source) if span)]
    return sentence(text, [(span.start, span.end) for span in spans])


def visible(*columns: Any, machine: bool, where: Filter) -> Select[Any]:
    """A query over the statements that are shown: of current readings of latest versions, none judged wrong."""
    query = (
        select(*columns)
        .select_from(tables.articles)
        .outerjoin(tables.outlets, tables.outlets.c.id == tables.articles.c.outlet_id)
        .join(tables.readings, and_(tables.readings.c.article_id == tables.articles.c.id, tables.readings.c.current))
        .join(tables.statements, tables.statements.c.reading_id == tables.readings.c.id)
        .outerjoin(tables.speakers, tables.speakers.c.id == tables.statements.c.speaker_id)
        .outerjoin(tables.shown, tables.shown.c.statement_id == tables.statements.c.id)
        .where(tables.articles.c.latest, *where.on())
    )
    if not machine:
        query = query.where(func.coalesce(tables.shown.c.verdict, "") != "wrong")
    return query


def speakers(engine: Engine, where: Filter | None = None, *, named: str = "", machine: bool = False) -> list[Spoken]:
    """Who speaks, by name, those who say most first; with `named`, only names with these letters in them, however they
    are spelled. Two persons of one name are one line: the record does not know persons."""
    k, h = tables.speakers.c, tables.shown.c
    name: Any = k.name
    type: Any = k.type
    if not machine:
        name = case((func.coalesce(h.speaker_changed, False), h.speaker_name), else_=k.name)
        type = case((func.coalesce(h.speaker_changed, False), func.coalesce(h.speaker_type, "person")), else_=k.type)
    query = visible(
        name.label("name"),
        type.label("type"),
        func.count().label("statements"),
        func.count(distinct(tables.articles.c.id)).label("articles"),
        machine=machine,
        where=where or Filter(),
    )
    merged: dict[tuple[str, str], Spoken] = {}
    wanted = fold(named)
    with snapshot(engine) as connection:
        for row in connection.execute(query.where(name.is_not(None)).group_by(name, type)):
            folded = " ".join(fold(row.name).split())
            if wanted not in folded:
                continue
            had = merged.get((folded, row.type))
            # The spelling of most statements stands for all; of equals the first in the order of letters.
            best = row.name if not had or (-row.statements, row.name) < (-had.statements, had.name) else had.name
            sums = (had.statements if had else 0) + row.statements, (had.articles if had else 0) + row.articles
            merged[folded, row.type] = Spoken(best, row.type, *sums)
    return sorted(merged.values(), key=lambda s: (-s.statements, s.name, s.type))


def outlets(engine: Engine, where: Filter | None = None, *, machine: bool = False) -> list[Published]:
    """The outlets, those with most articles first, with the articles of no outlet as one without a name."""
    a, o, r, s = tables.articles.c, tables.outlets.c, tables.readings.c, tables.statements.c
    chosen = where or Filter()
    counted = (
        select(a.outlet_id, func.count().label("n"))
        .select_from(tables.articles)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .join(tables.readings, and_(r.article_id == a.id, r.current))
        .join(tables.statements, s.reading_id == r.id)
        .where(a.latest, *chosen.on())
        .group_by(a.outlet_id)
    )
    if not machine:
        # The few that were judged wrong, once: to look for each statement among them takes three times as long.
        wrong = select(tables.shown.c.statement_id).where(tables.shown.c.verdict == "wrong")
        counted = counted.where(s.id.not_in(wrong))
    with snapshot(engine) as connection:
        statements = {row.outlet_id: row.n for row in connection.execute(counted)}
        rows = connection.execute(
            select(
                a.outlet_id,
                o.name,
                func.count().label("articles"),
                func.count(a.copy_of).label("copies"),
                func.min(a.day).label("first"),
                func.max(a.day).label("last"),
            )
            .select_from(tables.articles)
            .outerjoin(tables.outlets, o.id == a.outlet_id)
            .where(a.latest, *chosen.on())
            .group_by(a.outlet_id, o.name)
        )
        found = [
            Published(row.name, row.articles, statements.get(row.outlet_id, 0), row.copies, row.first, row.last)
            for row in rows
        ]
    return sorted(found, key=lambda p: (-p.articles, p.name or ""))
