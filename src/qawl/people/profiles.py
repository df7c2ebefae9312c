"""People as they are shown: the list of all, the page of one, and the pairs of which the resolver is not sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine, Select, and_, bindparam, case, distinct, func, or_, select

from qawl.people.anchors import to_ref
from qawl.people.decisions import decisions
from qawl.people.finding import entity_of
from qawl.people.looks import folded
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.rows import parts
from qawl.record.showing import Filter, briefs

#: Statements that a page shows.
LATEST: Final = 5


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
class Month:
    """What somebody says in one month of publication (``2024-03``; empty where the day is not known): how many
    statements of each act."""

    month: str
    acts: dict[str, int]


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
    `outlets`, `acts`, `months` and `about` count its statements; `spoken_of_by` those of others about it. `months` are
    those with statements, in their order."""

    person: Person
    identifiers: dict[str, str]
    names: tuple[Counted, ...]
    offices: tuple[OfficeHeld, ...]
    outlets: tuple[Counted, ...]
    acts: tuple[Counted, ...]
    months: tuple[Month, ...]
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
    """Those who make most statements first. `named`: all these words are in one of their names; then those come first
    who are called so, and those of whose name they are whole words before others. `kind` and `country` (a code of ISO
    3166) as the record gives them. With a filter, the numbers are those of what it lets through."""
    e = tables.entities.c
    asked: list[Any] = []
    order: tuple[Any, ...] = (e.statements.desc(), e.articles.desc(), e.anchor)
    if kind is not None:
        asked.append(e.kind == kind)
    if country is not None:
        asked.append(e.country == country.upper())
    fits = _named(named).subquery() if named else None
    with snapshot(engine) as connection:
        if where == Filter():
            query = select(tables.entities).where(*asked)
            if fits is not None:
                query = query.join(fits, fits.c.entity_id == e.id)
                order = (fits.c.fit.desc(), *order)
            query = query.order_by(*order).limit(limit).offset(offset)
            return _persons(connection, connection.execute(query).all())
        if fits is not None:
            asked.append(e.id.in_(select(fits.c.entity_id)))
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


def newcomers(connection: Connection, first: date, last: date, limit: int) -> list[Person]:
    """The people who first appear in the record in an article of these days (both included) and say something in it:
    those who say most first."""
    e = tables.entities.c
    query = (
        select(tables.entities)
        .where(e.first.between(first.isoformat(), last.isoformat()), e.kind == "person", e.statements > 0)
        .order_by(e.statements.desc(), e.articles.desc(), e.anchor)
        .limit(limit)
    )
    return _persons(connection, connection.execute(query).all())


def _named(words: str) -> Select[Any]:
    """The entities that have all these words in one name, in any spelling, and how well that fits: 2 for the name
    itself, 1 for whole words of it in that order."""
    n, a = tables.names.c, tables.appearances.c
    wanted = folded(words)
    having = [n.name.contains(word, autoescape=True) for word in wanted.split()]
    whole = (" " + n.name + " ").contains(f" {wanted} ", autoescape=True)
    fit = func.max(case((n.name == wanted, 2), (whole, 1), else_=0)).label("fit")
    # The few names first, or all appearances would be gone through for them.
    forms = select(n.form_id, fit).where(*having).group_by(n.form_id).subquery()
    return (
        select(a.entity_id, func.max(forms.c.fit).label("fit"))
        .join_from(forms, tables.appearances, a.form_id == forms.c.form_id)
        .where(a.entity_id.is_not(None))
        .group_by(a.entity_id)
    )


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
        outlets, acts, months = _statements(connection, id)
        return Profile(
            person,
            _identifiers(connection, row.known_id),
            _names(connection, id)[:most],
            _offices(connection, id)[:most],
            outlets[:most],
            acts[:most],
            months,
            spoken_about(connection, id, most=most),
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
            _statements(connection, id)[0][:most],
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


# Questions that are put on each page of a person are made once: making one takes as long as answering it. Who is meant
# is the parameter `id`.


def _statements_of(*columns: Any) -> Select[Any]:
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
        .where(a.entity_id == bindparam("id"))
    )


def _statements(connection: Connection, id: int) -> tuple[tuple[Counted, ...], tuple[Counted, ...], tuple[Month, ...]]:
    """The statements of an entity by outlet, by act, and by month and act: counted by all three at once, since finding
    them takes longer than counting."""
    counts: Counter[int | None] = Counter()
    acts: Counter[str] = Counter()
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for outlet, act, month, n in connection.execute(_by_outlet_act_and_month(), {"id": id}):
        counts[outlet] += n
        acts[act] += n
        months[month][act] += n
    o = tables.outlets.c
    names = {row.id: row.name for row in connection.execute(select(o.id, o.name).where(o.id.in_(counts)))}
    outlets = Counter({name: counts[number] for number, name in names.items()})
    return _ranked(outlets), _ranked(acts), tuple(Month(name, dict(months[name])) for name in sorted(months))


@cache
def _by_outlet_act_and_month() -> Select[Any]:
    act = func.coalesce(tables.shown.c.act, tables.statements.c.act)
    month = func.substr(func.coalesce(tables.articles.c.day, ""), 1, 7)
    # Grouped by number: names would be fetched, and sorted, for every statement.
    outlet = tables.articles.c.outlet_id
    return _statements_of(outlet, act, month, func.count()).group_by(outlet, act, month)


def _ranked(counts: Counter[str]) -> tuple[Counted, ...]:
    """The most frequent first, of equals the first in the order of letters."""
    return tuple(Counted(name, n) for name, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def spoken_about(connection: Connection, id: int, *, most: int) -> tuple[Counted, ...]:
    """Whom an entity (`entities.id`) speaks about, with the number of statements, the most frequent first."""
    return _beside(connection, id, own="speaker", theirs="about", most=most)


def _beside(connection: Connection, id: int, *, own: str, theirs: str, most: int) -> tuple[Counted, ...]:
    """The entities that have a part in the same statements, with the number of these."""
    rows = connection.execute(_parts_beside(), {"id": id, "own": own, "theirs": theirs, "most": most})
    return tuple(Counted(row.name, row.n, to_ref(row.anchor)) for row in rows)


@cache
def _parts_beside() -> Select[Any]:
    a, p, e = tables.appearances.c, tables.parties.c, tables.entities.c
    other_a, other_p = tables.appearances.alias(), tables.parties.alias()
    # First the numbers alone: their names, of which few are needed, would be carried through all the counting.
    counted = (
        select(other_a.c.entity_id, func.count(distinct(p.statement_id)).label("n"))
        .select_from(tables.appearances)
        .join(tables.parties, and_(p.appearance_id == a.id, p.part == bindparam("own")))
        .join(other_p, and_(other_p.c.statement_id == p.statement_id, other_p.c.part == bindparam("theirs")))
        .join(other_a, other_a.c.id == other_p.c.appearance_id)
        .where(a.entity_id == bindparam("id"), other_a.c.entity_id != bindparam("id"))
        .group_by(other_a.c.entity_id)
        .subquery()
    )
    return (
        select(e.anchor, e.name, counted.c.n)
        .join_from(counted, tables.entities, e.id == counted.c.entity_id)
        .order_by(counted.c.n.desc(), e.anchor)
        .limit(bindparam("most"))
    )


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
    ids = connection.scalars(_last_said(), {"id": id}).all()
    # Asked for apart, or the texts of all that somebody ever said would be sorted with it.
    told = briefs(connection, ids)
    return tuple(Said(one.ref, one.day, one.act, one.outlet, one.text) for id in ids if (one := told.get(id)))


@cache
def _last_said() -> Select[Any]:
    s, ar = tables.statements.c, tables.articles.c
    return _statements_of(s.id).order_by(ar.published_at.desc().nulls_last(), s.id.desc()).limit(LATEST)


class _Pair(NamedTuple):
    """Two entities that may be one (`entities.id`), as far as their order needs: `at` is the row of `doubts` that tells
    it, `weight` is that of the second, which appears less."""

    one: int
    other: int
    score: float
    weight: tuple[int, str]
    first: str
    at: tuple[int, int]


def doubts(engine: Engine, *, of: str | None = None, limit: int, offset: int = 0) -> list[Doubtful]:
    """The pairs that may be one, those first that are most likely to be and matter most: by score and by how often the
    rarer of the two appears. With `of`, only those of one entity (see `profile`)."""
    e, d = tables.entities.c, tables.doubts.c
    with snapshot(engine) as connection:
        found = _pairs(connection, None if of is None else entity_of(connection, of))[offset : offset + limit]
        rows = [
            row
            for some in parts({id for pair in found for id in (pair.one, pair.other)})
            for row in connection.execute(select(tables.entities).where(e.id.in_(some)))
        ]
        persons = dict(zip((row.id for row in rows), _persons(connection, rows), strict=True))
        told = {
            (row.one_id, row.other_id): tuple(row.reasons)
            for some in parts({pair.at[0] for pair in found})
            for row in connection.execute(select(d.one_id, d.other_id, d.reasons).where(d.one_id.in_(some)))
        }
    return [Doubtful(persons[pair.one], persons[pair.other], pair.score, told[pair.at]) for pair in found]


def doubtful(engine: Engine) -> list[tuple[str, str]]:
    """The public IDs of all pairs that may be one, in the order of `doubts`."""
    with snapshot(engine) as connection:
        return [(pair.first, pair.weight[1]) for pair in _pairs(connection, None)]


def _pairs(connection: Connection, of: int | None) -> list[_Pair]:
    """All of them, or those of one entity, that nobody has decided about, in the order in which they are shown."""
    d, a = tables.doubts.c, tables.appearances.c
    left, right = tables.appearances.alias(), tables.appearances.alias()
    one, other = tables.entities.alias(), tables.entities.alias()
    query = (
        select(one.c.id, one.c.articles, one.c.anchor, other.c.id, other.c.articles, other.c.anchor)
        .add_columns(d.score, d.one_id, d.other_id)
        .select_from(tables.doubts)
        .join(left, left.c.id == d.one_id)
        .join(right, right.c.id == d.other_id)
        .join(one, one.c.id == left.c.entity_id)
        .join(other, other.c.id == right.c.entity_id)
        .where(left.c.entity_id != right.c.entity_id)
        .order_by(d.one_id, d.other_id)
    )
    if of is not None:
        own = select(a.id).where(a.entity_id == of)
        query = query.where(or_(d.one_id.in_(own), d.other_id.in_(own)))
    pairs: dict[tuple[int, int], _Pair] = {}
    for *sides, score, one_id, other_id in connection.execute(query):
        (more, id), (less, rarer) = sorted(
            ((-articles, to_ref(anchor)), id) for id, articles, anchor in (sides[:3], sides[3:])
        )
        key = (min(id, rarer), max(id, rarer))
        if key not in pairs or score > pairs[key].score:
            pairs[key] = _Pair(id, rarer, score, less, more[1], (one_id, other_id))
    settled = _settled(connection)
    found = [pair for key, pair in pairs.items() if key not in settled]
    return sorted(found, key=lambda pair: (-round(pair.score, 1), *pair.weight, pair.first))


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
