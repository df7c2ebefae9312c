"""Which statements of the record report one utterance: brought in line with the record, a few hundred at a time.

A statement is compared when it is new, when people changed it, and when it is known better who speaks. Links of pairs
follow from the two statements alone, groups from the links: so the order in which statements come does not matter, and
making all anew gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, Final, Literal

from sqlalchemy import Connection, Engine, Select, delete, func, select

from qawl.batch import rare_collections
from qawl.compare import likeness
from qawl.compare.candidates import Known, find, word_hashes
from qawl.compare.grouping import RULES, is_kept, worth_comparing
from qawl.compare.loading import Loader, ordinal, standing
from qawl.compare.regrouping import broken, regroup, unsettle, unsettle_broken
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.rows import insert, parts

Stage = Literal["compare", "group"]

#: Hears before each transaction what is done, and how many statements are left.
Tell = Callable[[Stage, int], None]

_BATCH: Final = 400  # statements that are compared in one transaction
_SETTLED: Final = 1000  # statements that are grouped in one transaction, with what hangs together with them
_UNSETTLED: Final = select(tables.compared.c.statement_id).where(tables.compared.c.unsettled.is_not(None))


def bring_up_to_date(engine: Engine, tell: Tell = lambda stage, left: None) -> None:
    """Compare all statements that are not compared yet, as they now stand; group what reports one utterance.

    To be called when it is known who speaks (`qawl.people.updating`). Interrupted, the next call goes on.
    """
    write(engine, _prepare)
    with rare_collections():
        _bring_up_to_date(engine, tell)


def _bring_up_to_date(engine: Engine, tell: Tell) -> None:
    loader = Loader()
    for some in parts(_gone(engine)):
        write(engine, partial(_take_out, ids=some))
    waiting = _waiting(engine)
    for at in range(0, len(waiting), _BATCH):
        tell("compare", len(waiting) - at)
        write(engine, partial(_compare, ids=[id for _, id in waiting[at : at + _BATCH]], loader=loader))
    write(engine, unsettle_broken)
    while left := _unsettled(engine):
        tell("group", left)
        write(engine, _settle)


def is_up_to_date(connection: Connection) -> bool:
    """Is there nothing for `bring_up_to_date` to do?"""
    return (
        connection.scalar(select(tables.comparison_state.c.fingerprint)) in (None, _fingerprint())
        and connection.execute(_unlike_now().limit(1)).first() is None
        and connection.execute(_no_longer().limit(1)).first() is None
        and connection.execute(broken().limit(1)).first() is None
        and connection.execute(select(_UNSETTLED.limit(1).exists())).scalar_one() is False
    )


def start_over(engine: Engine) -> None:
    """Take out all links and groups: `bring_up_to_date` then makes them anew."""
    write(engine, _empty)


def _fingerprint() -> str:
    return blake2b(f"{likeness.fingerprint()} {RULES}".encode(), digest_size=16).hexdigest()


def _prepare(connection: Connection) -> None:
    """Begin from nothing where another Qawl compared the statements."""
    found = connection.scalar(select(tables.comparison_state.c.fingerprint))
    if found != _fingerprint():
        _empty(connection)
        insert(connection, tables.comparison_state, [{"fingerprint": _fingerprint()}])


def _empty(connection: Connection) -> None:
    for table in (
        tables.links,
        tables.rare_words,
        tables.compared,
        tables.statement_groups,
        tables.comparison_state,
    ):
        connection.execute(delete(table))


def _unlike_now() -> Select[Any]:
    """A query of the statements that were not compared as they now stand."""
    now, c = standing().subquery(), tables.compared.c
    return (
        select(now.c.statement_id, now.c.date)
        .outerjoin(tables.compared, c.statement_id == now.c.statement_id)
        .where(
            c.statement_id.is_(None)
            | c.entity_id.is_distinct_from(now.c.entity_id)
            | c.state.is_distinct_from(now.c.state)
            | c.judgement_id.is_distinct_from(now.c.judgement_id)
        )
    )


def _no_longer() -> Select[tuple[int]]:
    """A query of the statements that were compared and no longer stand."""
    s, r, a, h, c = (
        tables.statements.c,
        tables.readings.c,
        tables.articles.c,
        tables.shown.c,
        tables.compared.c,
    )
    return (
        select(c.statement_id)
        .join(tables.statements, s.id == c.statement_id)
        .join(tables.readings, r.id == s.reading_id)
        .join(tables.articles, a.id == r.article_id)
        .outerjoin(tables.shown, h.statement_id == s.id)
        .where(~(r.current & a.latest) | (h.verdict == "wrong"))
    )


def _gone(engine: Engine) -> list[int]:
    with snapshot(engine) as connection:
        return list(connection.scalars(_no_longer()))


def _waiting(engine: Engine) -> list[tuple[int, int]]:
    """(day, id) of the statements that are to be compared, in order: what is near in time then comes together."""
    with snapshot(engine) as connection:
        return sorted((ordinal(row.date), row.statement_id) for row in connection.execute(_unlike_now()))


def _take_out(connection: Connection, ids: Sequence[int]) -> None:
    """Take these statements out of what was compared. Their groups are then broken."""
    links = tables.links.c
    connection.execute(delete(tables.links).where(links.one_id.in_(ids) | links.other_id.in_(ids)))
    connection.execute(delete(tables.rare_words).where(tables.rare_words.c.statement_id.in_(ids)))
    connection.execute(delete(tables.compared).where(tables.compared.c.statement_id.in_(ids)))


def _compare(connection: Connection, ids: Sequence[int], loader: Loader) -> None:
    """Compare these statements with all that were compared before, and with each other."""
    loader.forget(ids)
    changed = connection.scalars(select(tables.compared.c.statement_id).where(tables.compared.c.statement_id.in_(ids)))
    if known := changed.all():
        _take_out(connection, known)
    now = {row.statement_id: row for row in connection.execute(standing().where(tables.statements.c.id.in_(ids)))}
    own = loader.load(connection, now)
    wanted = [(Known(id, ordinal(now[id].date)), own[id]) for id in own]
    insert(
        connection,
        tables.compared,
        [
            {
                "statement_id": known.id,
                "group_id": None,
                "day": known.day,
                "entity_id": now[known.id].entity_id,
                "state": now[known.id].state,
                "judgement_id": now[known.id].judgement_id,
            }
            for known, _ in wanted
        ],
    )
    insert(
        connection,
        tables.rare_words,
        [
            {"hash": hash, "statement_id": known.id}
            for known, utterance in wanted
            for hash in dict.fromkeys(word_hashes(utterance, known.day))
        ],
    )
    near = find(connection, wanted)
    others = loader.load(connection, {other for found in near.values() for other in found})
    model = likeness.load()
    links: dict[tuple[int, int], float] = {}
    for id, utterance in own.items():
        for other in near[id]:
            pair = (min(id, other), max(id, other))
            if pair in links or other not in others or not worth_comparing(utterance, others[other]):
                continue
            links[pair] = model.of(utterance, others[other])
    kept = {pair: round(p, 4) for pair, p in links.items() if is_kept(p)}
    insert(
        connection,
        tables.links,
        [{"one_id": one, "other_id": other, "likeness": p} for (one, other), p in sorted(kept.items())],
    )
    unsettle(connection, {id for pair in kept for id in pair})


def _unsettled(engine: Engine) -> int:
    with snapshot(engine) as connection:
        return connection.scalar(select(func.count()).select_from(_UNSETTLED.subquery())) or 0


def _settle(connection: Connection) -> None:
    """Group some of the statements whose links have changed."""
    regroup(connection, connection.scalars(_UNSETTLED.limit(_SETTLED)).all())
