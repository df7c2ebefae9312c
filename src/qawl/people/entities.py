"""The last step over the tables: clusters that people said are one become one entity, and each entity is described."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from qawl.people.appearance import Decision, Description
from qawl.people.clustering import describe
from qawl.people.decisions import decisions
from qawl.people.loading import Loaded, Loader
from qawl.people.resolving import finished, taken, write_rows
from qawl.record import tables
from qawl.record.rows import insert, next_ids, parts
from qawl.record.unresolving import Step

#: Clusters and entities that are taken at a time.
_KEYS: Final = 1500


def describe_some(connection: Connection, loader: Loader) -> bool:
    """Make entities of some clusters that changed; was there any?"""
    keys = taken(connection, Step.ENTITY, _KEYS)
    if not keys:
        return False
    decided = decisions(connection)
    numbers = _clusters_of(connection, {id for d in decided for id in (d.one, d.other)})
    united = unite(decided, numbers)
    clusters = {int(key[1:]) for key in keys if key[0] == "c"}
    entities = {int(key[1:]) for key in keys if key[0] == "e"}
    members: dict[int, list[Loaded]] = {}
    involved: set[int] = set()
    while clusters or entities:
        involved |= entities
        clusters |= _clusters_in(connection, entities)
        clusters |= {other for one in clusters for other in united.get(one, ())}
        new = loader.by_cluster(connection, clusters - members.keys())
        for one in new:
            assert one.cluster is not None
            members.setdefault(one.cluster, []).append(one)
        entities = {one.entity_id for one in new if one.entity_id is not None} - involved
        clusters = set()
    _write(connection, _united(members, united), involved)
    finished(connection, Step.ENTITY, keys)
    return True


def unite(decided: Sequence[Decision], clusters: dict[int, int]) -> dict[int, frozenset[int]]:
    """The clusters that people's decisions make one, each with all of its group. `clusters` gives the cluster of an
    appearance. Of two decisions that cannot both hold, the later one does."""
    group: dict[int, frozenset[int]] = {}
    apart: list[tuple[int, int]] = []
    for decision in reversed(decided):
        one, other = clusters.get(decision.one), clusters.get(decision.other)
        if one is None or other is None or one == other:
            continue
        left, right = group.get(one, frozenset({one})), group.get(other, frozenset({other}))
        if decision.verdict == "different":
            if left != right:
                apart.append((one, other))
        elif not any((a in left and b in right) or (a in right and b in left) for a, b in apart):
            group |= dict.fromkeys(left | right, left | right)
    return group


def _clusters_in(connection: Connection, entity_ids: Iterable[int]) -> set[int]:
    a = tables.appearances.c
    query = select(a.cluster).distinct().where(a.cluster.is_not(None))
    return {
        cluster
        for some in parts(entity_ids)
        for cluster in connection.scalars(query.where(a.entity_id.in_(some)))
        if cluster is not None
    }


def _clusters_of(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    a = tables.appearances.c
    query = select(a.id, a.cluster).where(a.cluster.is_not(None))
    return {row.id: row.cluster for some in parts(ids) for row in connection.execute(query.where(a.id.in_(some)))}


def _united(members: dict[int, list[Loaded]], united: dict[int, frozenset[int]]) -> list[list[Loaded]]:
    """The appearances of each entity to be."""
    groups: dict[int, list[Loaded]] = defaultdict(list)
    for cluster in sorted(members):
        groups[min(united.get(cluster, {cluster}))] += members[cluster]
    return list(groups.values())


def _write(connection: Connection, groups: Sequence[list[Loaded]], involved: set[int]) -> None:
    """Make these groups the entities, instead of those that are involved."""
    shown = [group for group in groups if any(one.reading_id is not None for one in group)]
    numbers = _numbers(connection, shown)
    described = {
        number: describe([one.appearance for one in group]) for number, group in zip(numbers, shown, strict=True)
    }
    _keep_ids(connection, shown, involved)
    _write_entities(connection, described, dict(zip(numbers, shown, strict=True)))
    entity_of = {one.id: number for number, group in zip(numbers, shown, strict=True) for one in group}
    moved = [
        {"id_": one.id, "entity_id_": entity_of.get(one.id)}
        for group in groups
        for one in group
        if one.entity_id != entity_of.get(one.id)
    ]
    write_rows(connection, moved, ("entity_id",))
    for some in parts(involved - set(numbers)):
        connection.execute(delete(tables.entities).where(tables.entities.c.id.in_(some)))
    _count(connection, numbers)


def _numbers(connection: Connection, groups: Sequence[list[Loaded]]) -> list[int]:
    """Which entity each group is: the one that most of it belonged to, where that is not another's; else a new one."""
    wishes: list[tuple[int, int, int]] = []
    for place, group in enumerate(groups):
        counts = Counter(one.entity_id for one in group if one.entity_id is not None)
        wishes += [(-count, entity, place) for entity, count in counts.items()]
    given: dict[int, int] = {}
    gone: set[int] = set()
    for _, entity, place in sorted(wishes):
        if place not in given and entity not in gone:
            given[place] = entity
            gone.add(entity)
    new = iter(next_ids(connection, tables.entities, len(groups) - len(given)))
    return [given[place] if place in given else next(new) for place in range(len(groups))]


def _write_entities(
    connection: Connection, described: dict[int, Description], members: dict[int, list[Loaded]]
) -> None:
    e = tables.entities.c
    there: set[int] = set()
    for some in parts(described):
        there.update(connection.scalars(select(e.id).where(e.id.in_(some))))
        connection.execute(delete(tables.offices).where(tables.offices.c.entity_id.in_(some)))
        connection.execute(delete(tables.relations).where(tables.relations.c.entity_id.in_(some)))
    rows = {number: _row(described[number], group) for number, group in members.items()}
    insert(
        connection, tables.entities, [{"id": n, "statements": 0, **row} for n, row in rows.items() if n not in there]
    )
    old = [{f"{name}_": value for name, value in {"id": n, **rows[n]}.items()} for n in rows if n in there]
    if old:
        values: Any = {name: bindparam(f"{name}_") for name in next(iter(rows.values()))}
        connection.execute(update(tables.entities).where(e.id == bindparam("id_")).values(values), old)
    offices = [
        {
            "entity_id": n,
            "position": at,
            "title": o.title,
            "of": o.of,
            "first": o.first,
            "last": o.last,
            "count": o.count,
        }
        for n, description in described.items()
        for at, o in enumerate(description.offices)
    ]
    insert(connection, tables.offices, offices)
    relations = {(n, r.kind, r.of) for n, description in described.items() for r in description.relations}
    insert(connection, tables.relations, [{"entity_id": n, "kind": k, "of": of} for n, k, of in sorted(relations)])


def _keep_ids(connection: Connection, groups: Sequence[list[Loaded]], involved: set[int]) -> None:
    """Note the IDs that entities had until now and will no longer have, so that they lead on whatever is read anew."""
    e = tables.entities.c
    ids: dict[int, int] = {}
    for group in groups:
        ids |= dict.fromkeys((one.anchor for one in group), _earliest(group).anchor)
    had = [a for some in parts(involved) for a in connection.scalars(select(e.anchor).where(e.id.in_(some)))]
    rows = [{"anchor": anchor, "leads_to": ids[anchor]} for anchor in had if ids.get(anchor, anchor) != anchor]
    if rows:
        sql = "INSERT INTO earlier_refs (anchor, leads_to) VALUES (:anchor, :leads_to) ON CONFLICT DO NOTHING"
        connection.execute(text(sql), rows)


def _earliest(group: Sequence[Loaded]) -> Loaded:
    """The appearance that gives an entity its ID."""
    articles = (one for one in group if one.reading_id is not None)
    return min(articles, key=lambda one: (one.appearance.day or "~", one.anchor))


def _row(description: Description, group: Sequence[Loaded]) -> dict[str, Any]:
    """The row of an entity, but for its number and how much it says."""
    articles = [one for one in group if one.reading_id is not None]
    days = [one.appearance.day for one in articles if one.appearance.day is not None]
    return {
        "anchor": _earliest(group).anchor,
        "kind": description.kind,
        "name": description.name,
        "romanised": description.romanised,
        "country": description.country,
        "known_id": min((one.appearance.known for one in group if one.appearance.known is not None), default=None),
        "articles": len({one.reading_id for one in articles}),
        "first": min(days, default=None),
        "last": max(days, default=None),
    }


def _count(connection: Connection, numbers: Iterable[int]) -> None:
    """How many statements these entities make."""
    a, p, e = tables.appearances.c, tables.parties.c, tables.entities.c
    for some in parts(numbers):
        said = (
            select(a.entity_id, func.count().label("n"))
            .join(tables.parties, p.appearance_id == a.id)
            .where(a.entity_id.in_(some), p.part == "speaker")
            .group_by(a.entity_id)
        )
        counts = {row.entity_id: row.n for row in connection.execute(said)}
        rows = [{"id_": number, "statements_": counts.get(number, 0)} for number in some]
        values: Any = {"statements": bindparam("statements_")}
        connection.execute(update(tables.entities).where(e.id == bindparam("id_")).values(values), rows)
