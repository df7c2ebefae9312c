"""Who is who has to be worked out anew where an article's reading goes, changes or is no longer shown.

The record keeps to what is its own: it takes such appearances out and notes in `unresolved` what is left to do;
`qawl.people.updating` does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from qawl.record.rows import parts
from qawl.record.tables import (
    appearances,
    articles,
    earlier_refs,
    entities,
    form_keys,
    forms,
    identity_judgements,
    known,
    readings,
    resolved,
)


class Step(IntEnum):
    """What a key of `unresolved` stands for, in the order in which the steps are done."""

    FULL = 1  #: forms of full names that share this key
    SHORT = 2  #: forms of short names that want this key
    OFFICE = 3  #: forms of offices without a name that want this key
    ENTITY = 4  #: the cluster or the entity of that number (c1, e1) is to be made an entity, and described


def mark(connection: Connection, step: Step, keys: Iterable[str]) -> None:
    """Note what has to be worked out anew."""
    rows = [{"step": int(step), "key": key} for key in sorted(set(keys))]
    if rows:
        connection.execute(text("INSERT INTO unresolved (step, key) VALUES (:step, :key) ON CONFLICT DO NOTHING"), rows)


def mark_forms(connection: Connection, form_ids: Iterable[int]) -> None:
    """Note that appearances of these forms came or went."""
    f, k = forms.c, form_keys.c
    full: set[str] = set()
    wanted: dict[str, set[str]] = {"short": set(), "office": set()}
    offered: set[str] = set()
    for some in parts(form_ids):
        for key, is_offered in connection.execute(select(k.key, k.offered).where(k.form_id.in_(some))):
            (offered if is_offered else full).add(key)
        ranks = select(f.rank, f.wanted).where(f.id.in_(some), f.wanted.is_not(None))
        for rank, key in connection.execute(ranks):
            wanted[rank].add(key)
    mark(connection, Step.FULL, full)
    mark(connection, Step.SHORT, wanted["short"])
    mark(connection, Step.OFFICE, wanted["office"])
    mark_offered(connection, offered)


def mark_appearances(connection: Connection, rows: Iterable[Any]) -> None:
    """Note that these appearances (rows with `form_id`, `cluster` and `entity_id`) come or go: their forms, and the
    clusters and entities that they are in."""
    there = list(rows)
    mark_forms(connection, (row.form_id for row in there))
    mark(connection, Step.ENTITY, (f"c{row.cluster}" for row in there if row.cluster is not None))
    mark(connection, Step.ENTITY, (f"e{row.entity_id}" for row in there if row.entity_id is not None))


def mark_offered(connection: Connection, keys: Iterable[str], ranks: Iterable[str] = ("short", "office")) -> None:
    """Note that there are others than before to be found under these keys, for the forms of these ranks that want
    them."""
    f = forms.c
    wanted_ranks = tuple(ranks)
    for some in parts(keys):
        wanting = select(f.rank, f.wanted).where(f.wanted.in_(some), f.rank.in_(wanted_ranks)).distinct()
        found = connection.execute(wanting).all()
        mark(connection, Step.SHORT, (key for rank, key in found if rank == "short"))
        mark(connection, Step.OFFICE, (key for rank, key in found if rank == "office"))


def unresolve(connection: Connection, article_ids: Iterable[int]) -> None:
    """Take the appearances in these articles out, in the transaction that changes or deletes their readings (before it
    deletes them), makes another version the latest, or changes who is shown to speak."""
    a, r = appearances.c, readings.c
    for some in parts(article_ids, 500):
        _mark_partners(connection, some)
        of_articles = select(r.id).where(r.article_id.in_(some))
        rows = connection.execute(
            select(a.id, a.form_id, a.anchor, a.cluster, a.entity_id).where(a.reading_id.in_(of_articles))
        ).all()
        connection.execute(delete(resolved).where(resolved.c.reading_id.in_(of_articles)))
        if not rows:
            continue
        going = {row.id for row in rows}
        mark_appearances(connection, rows)
        _lead_on(connection, {row.anchor: row.entity_id for row in rows}, going)
        for gone in parts(going):
            connection.execute(delete(appearances).where(a.id.in_(gone)))
        left = select(a.id).where(a.entity_id == entities.c.id)
        for ids in parts(row.entity_id for row in rows if row.entity_id is not None):
            connection.execute(delete(entities).where(entities.c.id.in_(ids), ~left.exists()))
        _drop_forms(connection, {row.form_id for row in rows})


def _mark_partners(connection: Connection, article_ids: list[int]) -> None:
    """Note those of whom people decided that they are, or are not, one with somebody in these articles."""
    j, r, ar = identity_judgements.c, readings.c, articles.c
    here = select(ar.key).where(ar.id.in_(article_ids))
    sides: Any = ((j.one_key, j.other_key, j.other_known), (j.other_key, j.one_key, j.one_known))
    for own, key, identifier in sides:
        there = select(r.id).join(articles, ar.id == r.article_id).where(ar.key.in_(select(key).where(own.in_(here))))
        mark_forms(
            connection, connection.scalars(select(appearances.c.form_id).where(appearances.c.reading_id.in_(there)))
        )
        ids = select(known.c.id).where(known.c.identifier.in_(select(identifier).where(own.in_(here))))
        mark_forms(connection, connection.scalars(select(appearances.c.form_id).where(appearances.c.known_id.in_(ids))))


def _lead_on(connection: Connection, anchors: dict[int, int | None], going: set[int]) -> None:
    """Let the IDs that entities have, or had, from these appearances (entity by anchor) lead to others of the same
    entity."""
    a, e = appearances.c, earlier_refs.c
    given: set[int] = set()
    rest: dict[int | None, int] = {}
    for some in parts(anchors):
        given.update(connection.scalars(select(entities.c.anchor).where(entities.c.anchor.in_(some))))
        given.update(connection.scalars(select(e.leads_to).where(e.leads_to.in_(some))))
        given.update(connection.scalars(select(e.anchor).where(e.anchor.in_(some))))
    for ids in parts({id for anchor in given if (id := anchors[anchor]) is not None}):
        rows = connection.execute(select(a.id, a.entity_id, a.anchor).where(a.entity_id.in_(ids)).order_by(a.id.desc()))
        rest |= {row.entity_id: row.anchor for row in rows if row.id not in going}
    for anchor in given:
        other = rest.get(anchors[anchor])
        if other is not None:
            connection.execute(update(earlier_refs).where(e.leads_to == anchor).values(leads_to=other))
            connection.execute(delete(earlier_refs).where(e.anchor == anchor))
            connection.execute(earlier_refs.insert(), {"anchor": anchor, "leads_to": other})


def _drop_forms(connection: Connection, form_ids: Iterable[int]) -> None:
    """Forget the names that no appearance has any more."""
    still = select(appearances.c.form_id).where(appearances.c.form_id == forms.c.id)
    for some in parts(form_ids):
        connection.execute(delete(forms).where(forms.c.id.in_(some), ~still.exists()))
