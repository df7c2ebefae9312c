"""Keep who is who up to date: every current reading has its appearances, and every appearance its entity.

What is left to do stands in the record itself (readings without a row in `resolved`, and the table `unresolved`), and
is done in transactions of bounded size: whenever the process ends, the next call goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from hashlib import blake2b
from importlib.resources import files
from typing import Final, Literal

from sqlalchemy import Connection, Engine, Select, delete, func, select, text

from qawl.batch import rare_collections
from qawl.people.entities import describe_some
from qawl.people.gathering import gather
from qawl.people.known import gather_known, is_known_left
from qawl.people.loading import Loader
from qawl.people.resolving import resolve_some
from qawl.record import tables
from qawl.record.engine import is_sqlite, snapshot, write
from qawl.record.unresolving import Step

#: What is done at the moment: finding who appears, joining full names, placing short names and offices, describing.
Stage = Literal["gather", "cluster", "attach", "describe"]
Tell = Callable[[Stage, int], None]

_READINGS: Final = 200  # that are gathered in one transaction
#: What decides who is who: where one of these is another than before, all is resolved anew.
_DECIDES: Final = (
    *("anaphora", "appearance", "bodies", "clustering", "comparing", "entities", "forms", "gathering", "leading"),
    *("looks", "names", "naming", "offices", "resolving", "romanising", "setting", "states"),
)
_STAGES: Final[dict[Step, Stage]] = {
    Step.FULL: "cluster",
    Step.SHORT: "attach",
    Step.OFFICE: "attach",
    Step.ENTITY: "describe",
}
#: What follows from readings and judgements, in an order in which it can be deleted.
_DERIVED: Final = (
    tables.unresolved,
    tables.resolved,
    tables.doubts,
    tables.parties,
    tables.offices,
    tables.relations,
    tables.appearances,
    tables.entities,
    tables.names,
    tables.form_keys,
    tables.forms,
    tables.people_state,
)


def bring_up_to_date(engine: Engine, tell: Tell = lambda stage, left: None, *, keys: int | None = None) -> None:
    """Resolve all that is not resolved yet; where another version of the resolver did the rest, everything.

    `tell` hears before each transaction what is to be done, and how many keys of that (or readings) are left. `keys`:
    at most so many in one transaction, where others want to write meanwhile; all of it then takes longer.
    """
    with snapshot(engine) as connection:
        if is_up_to_date(connection):
            return
    write(engine, _prepare)
    with rare_collections():
        _bring_up_to_date(engine, tell, keys)


def _bring_up_to_date(engine: Engine, tell: Tell, keys: int | None) -> None:
    loader = Loader()
    after: int | None = 0
    left = _unread(engine)
    while after is not None:
        tell("gather", left)
        after = write(engine, partial(gather, after=after, most=_READINGS))
        left = max(0, left - _READINGS)
    while write(engine, gather_known):
        pass
    # A step may find work for a later one, and other processes for any: the earliest is always done first.
    while (found := _next(engine)) is not None:
        step, left = found
        tell(_STAGES[step], left)
        if step is Step.ENTITY:
            write(engine, partial(describe_some, loader=loader))
        else:
            write(engine, partial(resolve_some, step=step, loader=loader, most=keys))
    write(engine, _tidy)


def is_up_to_date(connection: Connection) -> bool:
    """Is there nothing for `bring_up_to_date` to do?"""
    return (
        connection.execute(_unresolved_readings().limit(1)).first() is None
        and not is_known_left(connection)
        and connection.execute(select(tables.unresolved.c.key).limit(1)).first() is None
        and connection.scalar(select(tables.people_state.c.fingerprint)) in (None, _fingerprint())
    )


def start_over(engine: Engine) -> None:
    """Let `bring_up_to_date` make it all anew from readings and judgements."""
    write(engine, _reset)


@cache
def _fingerprint() -> str:
    """Of the code and the tables that decide who is who."""
    folder = files("qawl.people")
    parts = [folder / f"{name}.py" for name in _DECIDES]
    parts += sorted((folder / "tables").iterdir(), key=lambda part: part.name)
    digest = blake2b(digest_size=16)
    for part in parts:
        if part.is_file():
            digest.update(part.name.encode() + part.read_bytes())
    return digest.hexdigest()


def _prepare(connection: Connection) -> None:
    found = connection.scalar(select(tables.people_state.c.fingerprint))
    if found != _fingerprint():
        _reset(connection)
        connection.execute(tables.people_state.insert(), {"fingerprint": _fingerprint()})


def _reset(connection: Connection) -> None:
    for table in _DERIVED:
        connection.execute(delete(table))


def _tidy(connection: Connection) -> None:
    """Tell the engine how large the tables have become, where it is worth it: else it takes long ways to find rows."""
    if is_sqlite(connection):
        connection.execute(text("PRAGMA optimize"))


def _unresolved_readings() -> Select[tuple[int]]:
    r, a = tables.readings.c, tables.articles.c
    done = select(tables.resolved.c.reading_id).where(tables.resolved.c.reading_id == r.id)
    return select(r.id).join(tables.articles, a.id == r.article_id).where(r.current, a.latest, ~done.exists())


def _unread(engine: Engine) -> int:
    with snapshot(engine) as connection:
        return connection.scalar(select(func.count()).select_from(_unresolved_readings().subquery())) or 0


def _next(engine: Engine) -> tuple[Step, int] | None:
    u = tables.unresolved.c
    with snapshot(engine) as connection:
        row = connection.execute(
            select(u.step, func.count().label("left")).group_by(u.step).order_by(u.step).limit(1)
        ).first()
    return None if row is None else (Step(row.step), row.left)
