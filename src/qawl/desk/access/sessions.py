"""Sessions: browsers that are signed in. A browser keeps a key in a cookie, the record its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, select

from qawl.desk.access.keys import digest, new_key
from qawl.desk.access.roles import Role
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.times import moment, now

#: How long a browser stays signed in.
LASTS: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose a session is: an open account with its role of this moment."""

    account: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `own`: the one that asks."""

    made_at: str
    ends_at: str
    own: bool


def begin(engine: Engine, account: int) -> str:
    """Begin a session; the key that the browser keeps. Sessions that are over go."""
    key = new_key()
    s = tables.sessions
    row = {
        "digest": digest(key),
        "account_id": account,
        "made_at": now(),
        "ends_at": moment(datetime.now(UTC) + LASTS),
    }

    def work(connection: Connection) -> None:
        connection.execute(delete(s).where(s.c.ends_at <= now()))
        connection.execute(s.insert(), row)

    write(engine, work)
    return key


def signed_in(engine: Engine, key: str) -> SignedIn | None:
    """Whose key it is, while the session lasts and the account is open."""
    s, a = tables.sessions.c, tables.accounts.c
    with snapshot(engine) as connection:
        row = connection.execute(
            select(a.id, a.name, a.role)
            .join(tables.sessions, s.account_id == a.id)
            .where(s.digest == digest(key), s.ends_at > now(), a.closed_at.is_(None))
        ).first()
    return SignedIn(*row) if row else None


def sessions(engine: Engine, account: int, key: str = "") -> list[Session]:
    """The browsers that are signed in with an account, the latest first; `key` is that of the one that asks."""
    s = tables.sessions.c
    with snapshot(engine) as connection:
        rows = connection.execute(
            select(s.made_at, s.ends_at, s.digest)
            .where(s.account_id == account, s.ends_at > now())
            .order_by(s.made_at.desc(), s.digest)
        ).all()
    return [Session(row.made_at, row.ends_at, row.digest == digest(key)) for row in rows]


def end(engine: Engine, key: str) -> None:
    """End a session."""
    _delete(engine, tables.sessions.c.digest == digest(key))


def end_all(engine: Engine, account: int) -> None:
    """End all sessions of an account."""
    _delete(engine, tables.sessions.c.account_id == account)


def count(connection: Connection) -> int:
    """How many browsers are signed in."""
    query = select(func.count()).select_from(tables.sessions).where(tables.sessions.c.ends_at > now())
    return connection.scalar(query) or 0


def _delete(engine: Engine, condition: Any) -> None:
    write(engine, lambda connection: connection.execute(delete(tables.sessions).where(condition)))
