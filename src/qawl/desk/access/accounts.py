"""Accounts: who may use the desk, and as what. What is done to them stands in the log of the record."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, select, update

from qawl.desk.access import passwords
from qawl.desk.access.roles import Role
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.log import note_in
from qawl.record.times import now

_LONGEST: Final = 80  # characters of a name


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may use the desk. `made_at` and `closed_at` are UTC, to the second."""

    id: int
    name: str
    role: Role
    made_at: str
    closed_at: str | None


class AccountError(RecordError):
    """What was asked for cannot be done with an account. `key` names the desk's message that says why."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text)
        self.key = key


def accounts(engine: Engine) -> list[Account]:
    """All accounts by name, the closed ones last."""
    with snapshot(engine) as connection:
        rows = connection.execute(select(tables.accounts)).all()
    return sorted(map(_account, rows), key=lambda one: (one.closed_at is not None, one.name))


def are_any(engine: Engine) -> bool:
    """Is there an account that is open?"""
    c = tables.accounts.c
    with snapshot(engine) as connection:
        return connection.execute(select(c.id).where(c.closed_at.is_(None)).limit(1)).first() is not None


def add(engine: Engine, name: str, role: Role, password: str, *, who: str) -> int:
    """Make an account; its id. Raises AccountError for a name that is taken or will not do, and for a bad password."""
    name = _clean(name)
    kept = _hashed(name, password)

    def work(connection: Connection) -> int:
        if connection.scalar(select(tables.accounts.c.id).where(tables.accounts.c.name == name)) is not None:
            raise AccountError(f"{name}: there is an account of this name already", "accounts-taken")
        row = {"name": name, "password": kept, "role": role, "made_at": now()}
        id: int = connection.execute(tables.accounts.insert().returning(tables.accounts.c.id), row).scalar_one()
        note_in(connection, who, "account-add", {"account": name, "role": role})
        return id

    return write(engine, work)


def set_role(engine: Engine, name: str, role: Role, *, who: str) -> None:
    """Give an account another role, at once for all who are signed in with it. Raises AccountError."""

    def work(connection: Connection) -> None:
        account = _open(connection, name)
        if role != "admin":
            _spare_last(connection, account)
        _change(connection, account, role=role)
        note_in(connection, who, "account-role", {"account": name, "from": account.role, "role": role})

    write(engine, work)


def set_password(engine: Engine, name: str, password: str, *, who: str, close_tokens: bool = False) -> None:
    """Give an account another password, and sign out all browsers that use it; with `close_tokens` its tokens are
    closed as well. Raises AccountError."""
    kept = _hashed(name, password)

    def work(connection: Connection) -> None:
        account = _open(connection, name)
        _change(connection, account, password=kept)
        _sign_out(connection, account)
        note_in(connection, who, "account-password", {"account": name})
        if close_tokens:
            closed = _close_tokens(connection, account)
            note_in(connection, who, "tokens-close", {"account": name, "tokens": closed})

    write(engine, work)


def close(engine: Engine, name: str, *, who: str) -> None:
    """Let an account in no longer, nor its sessions and tokens. What was decided under its name stays; the name is not
    given again. Raises AccountError."""

    def work(connection: Connection) -> None:
        account = _open(connection, name)
        _spare_last(connection, account)
        _change(connection, account, closed_at=now())
        _sign_out(connection, account)
        note_in(connection, who, "account-close", {"account": name})

    write(engine, work)


def reopen(engine: Engine, name: str, *, who: str) -> None:
    """Let a closed account in again, with the password that it had. Its tokens are closed. Raises AccountError."""

    def work(connection: Connection) -> None:
        account = _of_name(connection, name)
        if account.closed_at is None:
            return
        _change(connection, account, closed_at=None)
        _close_tokens(connection, account)
        note_in(connection, who, "account-open", {"account": name})

    write(engine, work)


def check(engine: Engine, name: str, password: str) -> Account | None:
    """The open account of that name if this is its password. It takes as long where there is none."""
    c = tables.accounts.c
    with snapshot(engine) as connection:
        row = connection.execute(select(tables.accounts).where(c.name == _normal(name), c.closed_at.is_(None))).first()
    if not passwords.fits(row.password if row else None, password[: passwords.LONGEST]):
        return None
    assert row is not None
    if passwords.is_outdated(row.password):
        kept = passwords.hashed(password)
        same = update(tables.accounts).where(c.id == row.id, c.password == row.password)
        write(engine, lambda connection: connection.execute(same.values(password=kept)))
    return _account(row)


def _clean(name: str) -> str:
    cleaned = _normal(name)
    if not cleaned or len(cleaned) > _LONGEST or not cleaned.isprintable():
        raise AccountError(f"a name has 1 to {_LONGEST} letters, digits, signs or spaces", "accounts-bad-name")
    return cleaned


def _normal(name: str) -> str:
    """The name as it is kept: of what looks alike, one form."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _hashed(name: str, password: str) -> str:
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST or password.strip() in ("", name):
        raise AccountError(
            f"a password has {passwords.SHORTEST} to {passwords.LONGEST} characters, and is not the name",
            "accounts-bad-password",
        )
    return passwords.hashed(password)


def _of_name(connection: Connection, name: str) -> Account:
    row = connection.execute(select(tables.accounts).where(tables.accounts.c.name == _normal(name))).first()
    if row is None:
        raise AccountError(f"{name}: no such account", "accounts-none")
    return _account(row)


def _open(connection: Connection, name: str) -> Account:
    account = _of_name(connection, name)
    if account.closed_at is not None:
        raise AccountError(f"{name}: the account is closed", "accounts-closed")
    return account


def _spare_last(connection: Connection, account: Account) -> None:
    """Somebody must be left who can make accounts."""
    c = tables.accounts.c
    others = select(func.count()).where(c.role == "admin", c.closed_at.is_(None), c.id != account.id)
    if account.role == "admin" and not connection.scalar(others):
        raise AccountError(f"{account.name}: is the last administrator", "accounts-last")


def _change(connection: Connection, account: Account, **values: Any) -> None:
    connection.execute(update(tables.accounts).where(tables.accounts.c.id == account.id).values(**values))


def _sign_out(connection: Connection, account: Account) -> None:
    connection.execute(delete(tables.sessions).where(tables.sessions.c.account_id == account.id))


def _close_tokens(connection: Connection, account: Account) -> int:
    """Let none of its tokens in any longer; how many there were."""
    t = tables.api_tokens
    still = update(t).where(t.c.account_id == account.id, t.c.closed_at.is_(None))
    return connection.execute(still.values(closed_at=now())).rowcount


def _account(row: Any) -> Account:
    role: Role = row.role
    return Account(row.id, row.name, role, row.made_at, row.closed_at)
