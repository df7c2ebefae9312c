"""The groups of the record, made anew for statements whose links have changed and what hangs together with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, func, select, update

from qawl.compare.grouping import Link, Report, groups, independent_outlets
from qawl.compare.likeness import JOIN
from qawl.compare.loading import ordinal
from qawl.record import tables
from qawl.record.rows import insert, next_ids, parts


class _Node(NamedTuple):
    """A statement in the order in which groups list them: by the day on which it was said, or else published, those
    without a day last, then by public ID."""

    undated: bool
    day: int
    ref: str
    id: int
    article: int


def regroup(connection: Connection, touched: Sequence[int]) -> None:
    """Make the groups anew in which these statements (by id) are or should be, with all that hangs together."""
    links = _reach(connection, touched)
    nodes = _nodes(connection, {id for link in links for id in link[:2]} | set(touched))
    c = tables.compared.c
    before: set[int] = set()
    for some in parts(sorted(nodes)):
        before |= set(connection.scalars(select(c.group_id).where(c.statement_id.in_(some), c.group_id.is_not(None))))
    _write(connection, groups(nodes.values(), [Link(nodes[a], nodes[b], p) for a, b, p in links]), before, nodes.keys())
    for some in parts(sorted(nodes)):
        connection.execute(
            update(tables.compared).where(c.statement_id.in_(some), c.unsettled.is_not(None)).values(unsettled=None)
        )


def unsettle(connection: Connection, ids: Iterable[int]) -> None:
    """The links of these statements have changed: they have to be grouped anew."""
    for some in parts(sorted(ids)):
        connection.execute(
            update(tables.compared).where(tables.compared.c.statement_id.in_(some)).values(unsettled=True)
        )


def unsettle_broken(connection: Connection) -> None:
    """Take groups apart of which statements are gone."""
    c, g = tables.compared.c, tables.statement_groups.c
    for some in parts(connection.scalars(broken()).all()):
        unsettle(connection, connection.scalars(select(c.statement_id).where(c.group_id.in_(some))).all())
        connection.execute(update(tables.compared).where(c.group_id.in_(some)).values(group_id=None))
        connection.execute(delete(tables.statement_groups).where(g.id.in_(some)))


def broken() -> Select[tuple[int]]:
    """A query of the groups (by id) of which statements are gone."""
    c, g = tables.compared.c, tables.statement_groups.c
    left = select(c.group_id, func.count().label("number")).group_by(c.group_id).subquery()
    return select(g.id).outerjoin(left, left.c.group_id == g.id).where(func.coalesce(left.c.number, 0) != g.statements)


def rows_of(connection: Connection, groups: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What the rows of these groups (by id) should be, without the id, from the statements that are in them."""
    c = tables.compared.c
    of = {
        row.statement_id: row.group_id
        for row in connection.execute(select(c.statement_id, c.group_id).where(c.group_id.in_(groups)))
    }
    members: dict[int, list[_Node]] = defaultdict(list)
    for node in sorted(_nodes(connection, of).values()):
        members[of[node.id]].append(node)
    return dict(zip(members, _facts(connection, list(members.values())), strict=True))


def _reach(connection: Connection, touched: Iterable[int]) -> list[tuple[int, int, float]]:
    """The links of all statements that hang together with these by links that can join."""
    c = tables.links.c
    found: dict[tuple[int, int], float] = {}
    seen: set[int] = set()
    todo = set(touched)
    while todo:
        seen |= todo
        following: set[int] = set()
        for some in parts(sorted(todo)):
            for mine, theirs in ((c.one_id, c.other_id), (c.other_id, c.one_id)):
                query = select(c.one_id, c.other_id, c.likeness, theirs.label("theirs")).where(mine.in_(some))
                for one, other, likeness, id in connection.execute(query).all():
                    found[one, other] = likeness
                    if likeness >= JOIN and id not in seen:
                        following.add(id)
        todo = following
    return [(one, other, likeness) for (one, other), likeness in found.items() if one in seen and other in seen]


def _nodes(connection: Connection, ids: Iterable[int]) -> dict[int, _Node]:
    c, s = tables.compared.c, tables.statements.c
    found: dict[int, _Node] = {}
    for some in parts(sorted(ids)):
        for row in connection.execute(
            select(s.id, s.ref, s.article_id, s.said_on, c.day)
            .join(tables.compared, c.statement_id == s.id)
            .where(s.id.in_(some))
        ).all():
            day = ordinal(row.said_on) or row.day
            found[row.id] = _Node(day == 0, day, row.ref, row.id, row.article_id)
    return found


def _write(connection: Connection, found: Sequence[Sequence[_Node]], before: set[int], members: Iterable[int]) -> None:
    """Put these groups in the place of those that were (`before`, by id); `members` are the statements of both."""
    c, g = tables.compared.c, tables.statement_groups.c
    facts = _facts(connection, found)
    by_ref = {row["ref"]: row for row in facts}
    known: dict[str, int] = {}
    for some in parts(sorted(by_ref)):
        known |= {row.ref: row.id for row in connection.execute(select(g.id, g.ref).where(g.ref.in_(some)))}
    for some in parts(sorted(before - set(known.values()))):
        connection.execute(delete(tables.statement_groups).where(g.id.in_(some)))
    new = [row for row in facts if row["ref"] not in known]
    ids = dict(zip((row["ref"] for row in new), next_ids(connection, tables.statement_groups, len(new)), strict=True))
    insert(connection, tables.statement_groups, [{"id": ids[row["ref"]], **row} for row in new])
    for row in facts:
        if row["ref"] in known:
            connection.execute(update(tables.statement_groups).where(g.ref == row["ref"]).values(**row))
    ids |= known
    grouped = {node.id: ids[group[0].ref] for group in found for node in group}
    alone = [id for id in members if id not in grouped]
    for some in parts(sorted(alone)):
        connection.execute(
            update(tables.compared).where(c.statement_id.in_(some), c.group_id.is_not(None)).values(group_id=None)
        )
    of_group: dict[int, list[int]] = defaultdict(list)
    for id, group in grouped.items():
        of_group[group].append(id)
    for group, own in of_group.items():
        for some in parts(sorted(own)):
            connection.execute(
                update(tables.compared)
                .where(c.statement_id.in_(some), c.group_id.is_distinct_from(group))
                .values(group_id=group)
            )


def _facts(connection: Connection, found: Sequence[Sequence[_Node]]) -> list[dict[str, Any]]:
    """The rows of groups, without their ids."""
    articles = sorted({node.article for group in found for node in group})
    a, k = tables.articles.c, tables.copies.c
    outlets: dict[int, int | None] = {}
    copies: dict[int, set[int]] = defaultdict(set)
    for some in parts(articles):
        outlets |= {
            row.id: row.outlet_id for row in connection.execute(select(a.id, a.outlet_id).where(a.id.in_(some)))
        }
        for row in connection.execute(select(k.article_id, k.other_id).where(k.article_id.in_(some))):
            copies[row.article_id].add(row.other_id)
            copies[row.other_id].add(row.article_id)
    facts = []
    for group in found:
        own = {node.article for node in group}
        days = [node.day for node in group if node.day]
        facts.append(
            {
                "ref": group[0].ref,
                "first": date.fromordinal(min(days)).isoformat() if days else None,
                "last": date.fromordinal(max(days)).isoformat() if days else None,
                "statements": len(group),
                "articles": len(own),
                "outlets": independent_outlets(Report(one, outlets[one], frozenset(copies[one])) for one in own),
            }
        )
    return facts
