"""Tokens with which programs use the desk: shown once, kept as their digest, never more than the account may.

One of the kind `feed` stands in the address of a feed, since a feed reader can show nothing else; it opens feeds alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from sqlalchemy import Connection, Engine, select, update

from qawl.desk.access.accounts import AccountError
from qawl.desk.access.keys import PREFIX, digest, new_key
from qawl.desk.access.roles import ROLES, Role, least
from qawl.desk.access.sessions import SignedIn
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.log import note_in
from qawl.record.times import moment, now

#: What a token is good for: what its role may do, or feeds alone.
Kind = Role | Literal["feed"]
FEED: Final = "feed"

_LONGEST: Final = 80  # characters of a name


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is not closed. `used_at` is to the hour."""

    id: int
    name: str
    role: Kind
    made_at: str
    used_at: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a token lets in, and whether it has to be noted that it was used."""

    token: int
    signed_in: SignedIn
    unnoted: bool


def make(engine: Engine, account: int, name: str, role: Kind, *, who: str) -> str:
    """Make a token of an account; the token itself, which nobody can see again. Raises AccountError."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise AccountError(f"a name has 1 to {_LONGEST} letters, digits, signs or spaces", "accounts-bad-name")
    token = PREFIX + new_key()

    def work(connection: Connection) -> None:
        row = {"account_id": account, "name": name, "digest": digest(token), "role": role, "made_at": now()}
        connection.execute(tables.api_tokens.insert(), row)
        note_in(connection, who, "token-make", {"token": name, "role": role})

    write(engine, work)
    return token


def tokens(engine: Engine, account: int) -> list[Token]:
    """The tokens of an account that are not closed, in the order in which they were made."""
    t = tables.api_tokens.c
    with snapshot(engine) as connection:
        rows = connection.execute(
            select(t.id, t.name, t.role, t.made_at, t.used_at)
            .where(t.account_id == account, t.closed_at.is_(None))
            .order_by(t.id)
        )
        return [Token(*row) for row in rows]


def close(engine: Engine, account: int, id: int, *, who: str) -> None:
    """Let a token of an account in no longer. Raises AccountError where there is none."""
    t = tables.api_tokens.c

    def work(connection: Connection) -> None:
        query = select(t.name).where(t.id == id, t.account_id == account, t.closed_at.is_(None))
        name = connection.scalar(query)
        if name is None:
            raise AccountError(f"{id}: no such token", "accounts-no-token")
        connection.execute(update(tables.api_tokens).where(t.id == id).values(closed_at=now()))
        note_in(connection, who, "token-close", {"token": name})

    write(engine, work)


def shown(engine: Engine, token: str, *, feed: bool = False) -> Shown | None:
    """What this token lets in, if anything; with `feed`, what one in the address of a feed does, which looks only."""
    if not token.startswith(PREFIX):
        return None
    t, a = tables.api_tokens.c, tables.accounts.c
    with snapshot(engine) as connection:
        row = connection.execute(
            select(t.id, t.role, t.used_at, a.id.label("account"), a.name, a.role.label("most"))
            .join(tables.accounts, a.id == t.account_id)
            .where(
                t.digest == digest(token),
                t.role == FEED if feed else t.role != FEED,
                t.closed_at.is_(None),
                a.closed_at.is_(None),
            )
        ).first()
    if row is None:
        return None
    return Shown(
        row.id, SignedIn(row.account, row.name, ROLES[0] if feed else least(row.role, row.most)), row.used_at != _hour()
    )


def note_use(engine: Engine, id: int) -> None:
    """Note that a token is used in this hour."""
    t = tables.api_tokens
    write(engine, lambda connection: connection.execute(update(t).where(t.c.id == id).values(used_at=_hour())))


def _hour() -> str:
    return moment(datetime.now(UTC).replace(minute=0, second=0))
