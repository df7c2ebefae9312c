"""Alerts as they are kept: made, listed, taken up again, removed."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, Engine, delete, insert, select, update

from qawl.desk.alerts.news import mark, news
from qawl.intake.errors import InputError
from qawl.intake.web import normalised
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.search.saved import clean_name
from qawl.record.times import now

Of = Literal["search", "watchlist"]
By = Literal["webhook", "email"]
OF: Final[tuple[Of, ...]] = get_args(Of)
BY: Final[tuple[By, ...]] = get_args(By)
#: After so many failures in a row an alert is no longer sent until somebody takes it up again.
MOST_FAILURES: Final = 10

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert; `asked` is the name of the saved search or of the watchlist. Points in time are those of
    `qawl.record.times`."""

    id: int
    name: str
    of: Of
    asked: str
    by: By
    target: str
    secret: str | None
    who: str
    made_at: str
    asked_at: str | None
    sent_at: str | None
    failures: int
    last_error: str | None
    taken_until: str | None

    @property
    def failing(self) -> bool:
        """Is it left alone, because it could not be sent again and again?"""
        return self.failures >= MOST_FAILURES

    def to_json(self) -> dict[str, Any]:
        """What may be shown of it: nothing that is secret, which an address of a webhook may be, too."""
        names = ("name", "of", "asked", "by", "who", "made_at", "asked_at", "sent_at", "failures", "last_error")
        return {name: getattr(self, name) for name in names}


class AlertError(RecordError):
    """An alert that cannot be; `key` is the end of the name of the message that says why."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


def add(engine: Engine, name: str, of: Of, asked: str, by: By, target: str, *, who: str) -> Alert:
    """Keep an alert. Whatever its search or watchlist finds by now counts as told.

    Raises AlertError for a name that is none or taken, an address that is none, and where there is no such search or
    watchlist or it cannot be asked.
    """
    try:
        name = clean_name(name, "an alert")
    except RecordError as error:
        raise AlertError(str(error), "name") from None
    target = _target(by, target.strip())
    row: dict[str, Any] = {"name": name, "of": of, "asked": asked.strip(), "by": by, "target": target, "who": who}
    row |= {"secret": secrets.token_urlsafe(32) if by == "webhook" else None, "made_at": now()}

    try:
        with snapshot(engine) as connection:
            there = [one.ref for one in news(connection, None, of, row["asked"])]
    except (ValueError, RecordError) as error:  # a search that cannot be asked, or there is none
        raise AlertError(str(error), "asked") from None

    def keep(connection: Connection) -> int:
        t = tables.alerts
        if connection.execute(select(t.c.id).where(t.c.name == name)).first() is not None:
            raise AlertError(f"{name}: there is an alert of that name", "taken")
        made = connection.execute(insert(t).values(**row, asked_at=row["made_at"], failures=0).returning(t.c.id))
        id: int = made.scalar_one()
        # What was added since it was looked for is news, and found the next time.
        mark(connection, id, there)
        return id

    id = write(engine, keep)
    return next(alert for alert in alerts(engine) if alert.id == id)


def _target(by: By, target: str) -> str:
    """The address as it is kept. Raises AlertError."""
    if by == "webhook":
        try:
            return normalised(target)
        except InputError as error:
            raise AlertError(str(error), "webhook") from None
    try:
        if not _ADDRESS.fullmatch(target):
            raise ValueError(target)
        return Address(addr_spec=target).addr_spec
    except (ValueError, IndexError, HeaderParseError):
        raise AlertError(f"{target}: no address of e-mail", "email") from None


def alerts(engine: Engine) -> list[Alert]:
    """All alerts, by name."""
    t = tables.alerts
    with snapshot(engine) as connection:
        return [Alert(**row._mapping) for row in connection.execute(select(t).order_by(t.c.name))]


def hanging_on(engine: Engine, of: Of, asked: str) -> bool:
    """Is there an alert of that search or watchlist?"""
    return any((alert.of, alert.asked) == (of, asked) for alert in alerts(engine))


def take_up(engine: Engine, id: int) -> None:
    """Forget the failures of an alert, so that it is sent again. Raises RecordError where there is none."""
    t = tables.alerts
    change = update(t).where(t.c.id == id).values(failures=0, last_error=None, taken_until=None)
    if not write(engine, lambda connection: connection.execute(change).rowcount):
        raise RecordError(f"{id}: no such alert")


def remove(engine: Engine, id: int) -> None:
    """Take an alert out. Raises RecordError where there is none."""
    if not write(
        engine, lambda connection: connection.execute(delete(tables.alerts).where(tables.alerts.c.id == id)).rowcount
    ):
        raise RecordError(f"{id}: no such alert")
