"""People as they are shown: the list of all, the page of one, and the pairs of which the resolver is not sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, and_, distinct, func, select

from qawl.people.anchors import to_ref
from qawl.people.decisions import decisions
from qawl.people.finding import entity_of
from qawl.people.looks import folded
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.overlay import overlaid
from qawl.record.rows import load_readings, parts
from qawl.record.showing import Filter, rows_shown

#: Statements that a page shows.
LATEST: Final = 5
_LONGEST: Final = 300  # characters of a statement on a page


@dataclass(frozen=True, slots=True)
class Person:
    """An entity in a list. `first` and `last` are days of publication, ISO 8601."""

    ref: str
    name: str
    romanised: str | None
    kind: str
    country: str | None
    office: str | None
    statements: int
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office that articles give, from the first day to the last on which they do; `articles` is how many."""

    title: str
    of: str | None
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Something with how often it occurs; `ref` is that of an entity, where it is one."""

    name: str
    number: int
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """An entity of the same state: what it is to it (`state_of`, `capital_of`, `body_of`, …)."""

    ref: str
    name: str
    kind: str
    relation: str
    of: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, in short: its public ID, the day of publication, what was said, and who has it."""

    ref: str
    day: str | None
    act: str
    outlet: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the record knows of one entity. `identifiers` are those of imported data; `names` count articles;
    `outlets`, `acts` and `about` count its statements; `spoken_of_by` those of others about it."""

    person: Person
    identifiers: dict[str, str]
    names: tuple[Counted, ...]
    offices: tuple[OfficeHeld, ...]
    outlets: tuple[Counted, ...]
    acts: tuple[Counted, ...]
    about: tuple[Counted, ...]
    spoken_of_by: tuple[Counted, ...]
    related: tuple[Related, ...]
    latest: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What shows quickly who somebody is: of the profile what is most."""

    person: Person
    names: tuple[Counted, ...]
    offices: tuple[OfficeHeld, ...]
    outlets: tuple[Counted, ...]
    latest: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Two entities that may be one; `score` is 0 (different) to 1 (the same)."""

    one: Person
    other: Person
    score: float
    reasons: tuple[str, ...]


def people(
    engine: Engine,
    where: Filter,
    *,
    named: str = "",
    kind: str | None = None,
    country: str | None = None,
    limit: int,
    offset: int = 0,
) -> list[Person]:
    """Those who make most statements first. `named`: all these words are in one of their names; `kind` and `country` (a
    code of ISO 3166) as the record gives them. With a filter, the numbers are those of what it lets through."""
    e = tables.entities.c
    asked: list[Any] = []
    if kind is not None:
        asked.append(e.kind == kind)
    if country is not None:
        asked.append(e.country == country.upper())
    if named:
        asked.append(e.id.in_(_named(named)))
    with snapshot(engine) as connection:
        if where == Filter():
            order = (e.statements.desc(), e.articles.desc(), e.anchor)
            query = select(tables.entities).where(*asked).order_by(*order).limit(limit).offset(offset)
            return _persons(connection, connection.execute(query).all())
        counts = _within(where, asked).limit(limit).offset(offset)
        found = {row.entity_id: row for row in connection.execute(counts)}
        rows = {
            row.id: row
            for some in parts(found)
            for row in connection.execute(select(tables.entities).where(e.id.in_(some)))
        }
        persons = _persons(connection, [rows[id] for id in found])
    return [
        Person(p.ref, p.name, p.romanised, p.kind, p.country, p.office, n.statements, n.articles, n.first, n.last)
        for p, n in zip(persons, found.values(), strict=True)
    ]


def _named(words: str) -> Select[Any]:
    """The entities that have all these words in one name, in any spelling."""
    n, a = tables.names.c, tables.appearances.c
    having = [n.name.contains(word, autoescape=True) for word in folded(words).split()]
    return select(a.entity_id).join(tables.names, n.form_id == a.form_id).where(*having, a.entity_id.is_not(None))


def _within(where: Filter, asked: Sequence[Any]) -> Select[Any]:
    """Entities with the numbers of what a filter of articles lets through."""
    a, e, r, ar, p = (
        table.c for table in (tables.appearances, tables.entities, tables.readings, tables.articles, tables.parties)
    )
    statements = func.count(p.statement_id)
    return (
        select(
            a.entity_id,
            statements.label("statements"),
            func.count(distinct(a.reading_id)).label("articles"),
            func.min(ar.day).label("first"),
            func.max(ar.day).label("last"),
        )
        .select_from(tables.appearances)
        .join(tables.entities, e.id == a.entity_id)
        .join(tables.readings, r.id == a.reading_id)
        .join(tables.articles, ar.id == r.article_id)
        .outerjoin(tables.outlets, tables.outlets.c.id == ar.outlet_id)
        .outerjoin(tables.parties, and_(p.appearance_id == a.id, p.part == "speaker"))
        .where(*where.on(), *asked)
        .group_by(a.entity_id, e.anchor)
        .order_by(statements.desc(), func.count(distinct(a.reading_id)).desc(), e.anchor)
    )


def _persons(connection: Connection, rows: Sequence[Any]) -> list[Person]:
    o = tables.offices.c
    offices: dict[int, str] = {}
    for some in parts(row.id for row in rows):
        query = select(o.entity_id, o.title).where(o.entity_id.in_(some), o.position == 0)
        offices |= {row.entity_id: row.title for row in connection.execute(query)}
    return [
        Person(
            to_ref(row.anchor),
            row.name,
            row.romanised,
            row.kind,
            row.country,
            offices.get(row.id),
            row.statements,
            row.articles,
            row.first,
            row.last,
        )
        for row in rows
    ]


def profile(engine: Engine, written: str, *, most: int = 10) -> Profile:
    """The page of the one who is meant by a public ID, a name or a statement; at most so many lines of each kind.

    Raises RecordError for what means nobody, or several.
    """
    with snapshot(engine) as connection:
        id = entity_of(connection, written)
        row = connection.execute(select(tables.entities).where(tables.entities.c.id == id)).one()
        (person,) = _persons(connection, [row])
        return Profile(
            person,
            _identifiers(connection, row.known_id),
            _names(connection, id)[:most],
            _offices(connection, id)[:most],
            _counted(connection, id, tables.outlets.c.name, most),
            _counted(connection, id, func.coalesce(tables.shown.c.act, tables.statements.c.act), most),
            _beside(connection, id, own="speaker", theirs="about", most=most),
            _beside(connection, id, own="about", theirs="speaker", most=most),
            _related(connection, id, most),
            _latest(connection, id),
        )


def glance(engine: Engine, ref: str, *, most: int = 5) -> Glance:
    """A short look at the one with this public ID; at most so many lines of each kind. Raises RecordError."""
    with snapshot(engine) as connection:
        id = entity_of(connection, ref)
        row = connection.execute(select(tables.entities).where(tables.entities.c.id == id)).one()
        (person,) = _persons(connection, [row])
        return Glance(
            person,
            _names(connection, id)[:most],
            _offices(connection, id)[:most],
            _counted(connection, id, tables.outlets.c.name, most),
            _latest(connection, id),
        )


def _identifiers(connection: Connection, known_id: int | None) -> dict[str, str]:
    found = connection.scalar(select(tables.known.c.identifiers).where(tables.known.c.id == known_id))
    return dict(found) if found else {}


def _names(connection: Connection, id: int) -> tuple[Counted, ...]:
    """Each spelling once: names that differ in marks and hamzas alone are one, in the form that most articles have."""
    a, f = tables.appearances.c, tables.forms.c
    query = (
        select(f.name, func.count().label("n"))
        .join(tables.appearances, a.form_id == f.id)
        .where(a.entity_id == id, a.reading_id.is_not(None))
        .group_by(f.name)
    )
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        spellings[folded(row.name)][row.name] += row.n
    # The spelling of most articles stands for all; of equals the first in the order of letters.
    best = [min(names.items(), key=lambda name: (-name[1], name[0]))[0] for names in spellings.values()]
    found = [Counted(name, names.total()) for name, names in zip(best, spellings.values(), strict=True)]
    return tuple(sorted(found, key=lambda one: (-one.number, one.name)))


def _offices(connection: Connection, id: int) -> tuple[OfficeHeld, ...]:
    o = tables.offices.c
    rows = connection.execute(
        select(o.title, o.of, o.first, o.last, o.count).where(o.entity_id == id).order_by(o.position)
    )
    return tuple(OfficeHeld(*row) for row in rows)


def _statements_of(id: int, *columns: Any) -> Select[Any]:
    """A query over the statements that an entity makes, with their articles and what people changed in them."""
    a, p, s, ar = tables.appearances.c, tables.parties.c, tables.statements.c, tables.articles.c
    return (
        select(*columns)
        .select_from(tables.appearances)
        .join(tables.parties, and_(p.appearance_id == a.id, p.part == "speaker"))
        .join(tables.statements, s.id == p.statement_id)
        .join(tables.articles, ar.id == s.article_id)
        .outerjoin(tables.outlets, tables.outlets.c.id == ar.outlet_id)
        .outerjoin(tables.shown, tables.shown.c.statement_id == s.id)
        .where(a.entity_id == id)
    )


def _counted(connection: Connection, id: int, column: Any, most: int) -> tuple[Counted, ...]:
    number = func.count()
    query = _statements_of(id, column.label("name"), number.label("n")).where(column.is_not(None)).group_by(column)
    rows = connection.execute(query.order_by(number.desc(), column).limit(most))
    return tuple(Counted(row.name, row.n) for row in rows)


def _beside(connection: Connection, id: int, *, own: str, theirs: str, most: int) -> tuple[Counted, ...]:
    """The entities that have a part in the same statements, with the number of these."""
    a, p, e = tables.appearances.c, tables.parties.c, tables.entities.c
    other_a, other_p = tables.appearances.alias(), tables.parties.alias()
    number = func.count(distinct(p.statement_id))
    query = (
        select(e.anchor, e.name, number.label("n"))
        .select_from(tables.appearances)
        .join(tables.parties, and_(p.appearance_id == a.id, p.part == own))
        .join(other_p, and_(other_p.c.statement_id == p.statement_id, other_p.c.part == theirs))
        .join(other_a, other_a.c.id == other_p.c.appearance_id)
        .join(tables.entities, e.id == other_a.c.entity_id)
        .where(a.entity_id == id, e.id != id)
        .group_by(e.id, e.anchor, e.name)
        .order_by(number.desc(), e.anchor)
        .limit(most)
    )
    return tuple(Counted(row.name, row.n, to_ref(row.anchor)) for row in connection.execute(query))


def _related(connection: Connection, id: int, most: int) -> tuple[Related, ...]:
    """The state of an entity with its capital and bodies; of people the state and bodies alone."""
    r, e = tables.relations.c, tables.entities.c
    states = select(r.of).where(r.entity_id == id)
    rows = connection.execute(
        select(e.anchor, e.name, e.kind, r.kind.label("relation"), r.of)
        .join(tables.relations, r.entity_id == e.id)
        .where(r.of.in_(states), e.id != id, r.kind != "national_of")
        .order_by((r.kind == "state_of").desc(), (e.statements + e.articles).desc(), e.anchor)
        .limit(most)
    )
    return tuple(Related(to_ref(row.anchor), row.name, row.kind, row.relation, row.of) for row in rows)


def _latest(connection: Connection, id: int) -> tuple[Said, ...]:
    s, ar = tables.statements.c, tables.articles.c
    query = _statements_of(id, s.id, s.ref, s.reading_id, ar.day, ar.text, tables.outlets.c.name.label("outlet"))
    rows = connection.execute(query.order_by(ar.published_at.desc().nulls_last(), s.id.desc()).limit(LATEST)).all()
    stored = load_readings(connection, [row.reading_id for row in rows])
    shown = rows_shown(connection, list(stored.values()))
    found = []
    for row in rows:
        reading = stored[row.reading_id]
        read = reading.reading.statements[reading.statement_ids.index(row.id)]
        seen = overlaid(read, shown.get(row.id), row.text, reading.cast) or read
        text = " ".join(seen.text.split())
        short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        found.append(Said(row.ref, row.day, seen.act, row.outlet, short))
    return tuple(found)


def doubts(engine: Engine, *, limit: int, offset: int = 0) -> list[Doubtful]:
    """The pairs that may be one, those first that are most likely to be and matter most: by score and by how often the
    rarer of the two appears."""
    d, e = tables.doubts.c, tables.entities.c
    left, right = tables.appearances.alias(), tables.appearances.alias()
    with snapshot(engine) as connection:
        rows = connection.execute(
            select(left.c.entity_id.label("one"), right.c.entity_id.label("other"), d.score, d.reasons)
            .select_from(tables.doubts)
            .join(left, left.c.id == d.one_id)
            .join(right, right.c.id == d.other_id)
            .where(left.c.entity_id != right.c.entity_id)
        ).all()
        pairs: dict[tuple[int, int], Any] = {}
        for row in rows:
            pair = (min(row.one, row.other), max(row.one, row.other))
            if pair not in pairs or row.score > pairs[pair].score:
                pairs[pair] = row
        settled = _settled(connection)
        ids = {id for pair in pairs for id in pair}
        entities = {
            row.id: row
            for some in parts(ids)
            for row in connection.execute(select(tables.entities).where(e.id.in_(some)))
        }
        persons = dict(zip(entities, _persons(connection, list(entities.values())), strict=True))
    found = []
    for pair, row in pairs.items():
        if pair not in settled:
            one, other = sorted((persons[id] for id in pair), key=_weight)
            found.append(Doubtful(one, other, row.score, tuple(row.reasons)))
    found.sort(key=lambda doubt: (-round(doubt.score, 1), *_weight(doubt.other), doubt.one.ref))
    return found[offset : offset + limit]


def _settled(connection: Connection) -> set[tuple[int, int]]:
    """The pairs about which people decided."""
    a = tables.appearances.c
    decided = [(decision.one, decision.other) for decision in decisions(connection)]
    entity: dict[int, int] = {}
    for some in parts(id for pair in decided for id in pair):
        query = select(a.id, a.entity_id).where(a.id.in_(some), a.entity_id.is_not(None))
        entity |= {row.id: row.entity_id for row in connection.execute(query)}
    pairs = [(entity[one], entity[other]) for one, other in decided if one in entity and other in entity]
    return {(min(pair), max(pair)) for pair in pairs}


def _weight(person: Person) -> tuple[int, str]:
    return -person.articles, person.ref
