"""Appearances as the tables have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, select
from sqlalchemy.sql.elements import ColumnElement

from qawl.people.appearance import Appearance, Rank, Term
from qawl.record import tables
from qawl.record.rows import parts

#: Articles whose names are held in memory …
_MOST: Final = 50_000
#: … and appearances, as they are but for where they belong.
_MOST_APPEARANCES: Final = 300_000


class Loaded(NamedTuple):
    """An appearance with its place in the tables."""

    appearance: Appearance
    form_id: int
    rank: Rank
    wanted: str | None
    reading_id: int | None
    anchor: int
    cluster: int | None
    entity_id: int | None
    sureness: float | None

    @property
    def id(self) -> int:
        return self.appearance.id


class _Kept(NamedTuple):
    """What does not change of an appearance as long as its form, reading and known person (`at`) do not; `others`: was
    it loaded with whom its article names?"""

    appearance: Appearance
    rank: Rank
    wanted: str | None
    at: tuple[int, int | None, int | None]
    others: bool


class _Article(NamedTuple):
    """Of the article of a reading: outlet and day."""

    outlet: str | None = None
    day: str | None = None


_NOWHERE: Final = _Article()


class Loader:
    """Loads appearances; what does not change is kept for later steps, which look at the same ones again. One for each
    transaction or more."""

    def __init__(self) -> None:
        self._names: dict[int, tuple[str, ...]] = {}
        self._articles: dict[int, _Article] = {}
        self._kept: dict[int, _Kept] = {}

    def by_form(self, connection: Connection, form_ids: Iterable[int]) -> list[Loaded]:
        """All appearances of these forms, with the others of their articles."""
        return self._load(connection, tables.appearances.c.form_id, form_ids, others=True)

    def by_cluster(self, connection: Connection, clusters: Iterable[int], *, others: bool = False) -> list[Loaded]:
        """All appearances of these clusters."""
        return self._load(connection, tables.appearances.c.cluster, clusters, others=others)

    def _load(
        self, connection: Connection, column: ColumnElement[int], values: Iterable[int], *, others: bool
    ) -> list[Loaded]:
        rows = [row for some in parts(values) for row in connection.execute(_PLACES.where(column.in_(some))).all()]
        if len(self._kept) > _MOST_APPEARANCES:
            self._kept.clear()
        kept = self._kept
        missing = [
            row
            for row in rows
            if (found := kept.get(row[0])) is None or found.at != row[1:4] or (others and not found.others)
        ]
        if missing:
            self._keep(connection, missing, others=others)
        return [
            Loaded(
                kept[id].appearance,
                form_id,
                kept[id].rank,
                kept[id].wanted,
                reading_id,
                anchor,
                cluster,
                entity_id,
                sureness,
            )
            for id, form_id, reading_id, _, anchor, cluster, entity_id, sureness in rows
        ]

    def _keep(self, connection: Connection, rows: Sequence[Any], *, others: bool) -> None:
        """Load what does not change of these appearances; with `others` also whom their articles name."""
        forms = _forms(connection, {form_id for _, form_id, *_ in rows})
        known = _known(connection, {row.known_id for row in rows if row.known_id is not None})
        readings = {reading_id for _, _, reading_id, *_ in rows if reading_id is not None}
        articles = self._of_articles(connection, readings)
        names = self._others(connection, readings) if others else {}
        for id, form_id, reading_id, known_id, *_ in rows:
            form = forms[form_id]
            article, named = articles.get(reading_id, _NOWHERE), names.get(reading_id, ())
            appearance = _appearance(id, form, known_id, known.get(known_id), article, named)
            self._kept[id] = _Kept(appearance, form[0].rank, form[0].wanted, (form_id, reading_id, known_id), others)

    def _of_articles(self, connection: Connection, reading_ids: set[int]) -> dict[int, _Article]:
        if len(self._articles) > _MOST:
            self._articles.clear()
        for some in parts(reading_ids - self._articles.keys()):
            rows = connection.execute(_ARTICLES.where(tables.readings.c.id.in_(some)))
            self._articles |= {id: _Article(outlet, day) for id, outlet, day in rows.all()}
        return self._articles

    def _others(self, connection: Connection, reading_ids: set[int]) -> dict[int, tuple[str, ...]]:
        if len(self._names) > _MOST:
            self._names.clear()
        r = tables.resolved.c
        for some in parts(reading_ids - self._names.keys()):
            for id, names in connection.execute(select(r.reading_id, r.names).where(r.reading_id.in_(some))).all():
                self._names[id] = tuple(names)
        return self._names


def _places() -> Select[Any]:
    a = tables.appearances.c
    return select(a.id, a.form_id, a.reading_id, a.known_id, a.anchor, a.cluster, a.entity_id, a.sureness)


def _of_readings() -> Select[Any]:
    r, ar, o = tables.readings.c, tables.articles.c, tables.outlets.c
    return (
        select(r.id, o.name, ar.day)
        .join(tables.articles, ar.id == r.article_id)
        .outerjoin(tables.outlets, o.id == ar.outlet_id)
    )


#: Where appearances belong, and the outlets and days of their articles.
_PLACES: Final = _places()
_ARTICLES: Final = _of_readings()


def _forms(connection: Connection, form_ids: Iterable[int]) -> dict[int, Any]:
    f = tables.forms
    columns = (f.c.id, f.c.kind, f.c.name, f.c.aliases, f.c.role, f.c.rank, f.c.wanted)
    return {
        row.id: (row, tuple(row.aliases))
        for some in parts(form_ids)
        for row in connection.execute(select(*columns).where(f.c.id.in_(some))).all()
    }


def _known(connection: Connection, known_ids: Iterable[int]) -> dict[int | None, tuple[str | None, tuple[Term, ...]]]:
    k = tables.known.c
    return {
        row.id: (row.country, tuple(Term(**term) for term in row.terms))
        for some in parts(known_ids)
        for row in connection.execute(select(k.id, k.country, k.terms).where(k.id.in_(some)))
    }


def _appearance(
    id: int,
    form: Any,
    known_id: int | None,
    known: tuple[str | None, tuple[Term, ...]] | None,
    article: _Article,
    names: tuple[str, ...],
) -> Appearance:
    looks, aliases = form
    country, terms = known or (None, ())
    setting = names[0][1:] if names and names[0].startswith("=") else None
    return Appearance(
        id,
        looks.kind,
        looks.name,
        aliases,
        looks.role,
        article.outlet,
        article.day,
        names[1:] if setting else names,
        known_id,
        country,
        terms,
        setting,
    )


def forms_under(connection: Connection, keys: Iterable[str], *, offered: bool) -> dict[str, set[int]]:
    """The forms (`forms.id`) under each of these keys."""
    k = tables.form_keys.c
    found: dict[str, set[int]] = defaultdict(set)
    for some in parts(keys):
        query = select(k.key, k.form_id).where(k.key.in_(some), k.offered == offered)
        for key, form_id in connection.execute(query).all():
            found[key].add(form_id)
    return found


def keys_of(connection: Connection, form_ids: Iterable[int], *, offered: bool) -> dict[int, set[str]]:
    """The keys of each of these forms."""
    k = tables.form_keys.c
    found: dict[int, set[str]] = defaultdict(set)
    for some in parts(form_ids):
        query = select(k.form_id, k.key).where(k.form_id.in_(some), k.offered == offered)
        for form_id, key in connection.execute(query).all():
            found[form_id].add(key)
    return found


def forms_wanting(connection: Connection, keys: Iterable[str], rank: Rank) -> dict[str, set[int]]:
    """The forms of that rank that want each of these keys."""
    f = tables.forms.c
    found: dict[str, set[int]] = defaultdict(set)
    for some in parts(keys):
        for row in connection.execute(select(f.id, f.wanted).where(f.wanted.in_(some), f.rank == rank)):
            found[row.wanted].add(row.id)
    return found
