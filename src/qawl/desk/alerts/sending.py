"""Ask all alerts that are due, and send what they have to tell; one that fails does not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Engine, select, update

from qawl.desk.alerts import messages
from qawl.desk.alerts.delivery import DeliveryError, Mail, post, send_mail
from qawl.desk.alerts.kept import Alert, alerts
from qawl.desk.alerts.news import News, mark, news
from qawl.desk.languages import LANGUAGES, Language, catalogue
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.rows import parts
from qawl.record.search.find import Found, loaded
from qawl.record.search.query import Query, QueryError, parse
from qawl.record.search.saved import search as saved_search
from qawl.record.times import moment

#: Statements in one message, and messages of one alert at a time; the rest is told the next time.
TOGETHER: Final = 50
MESSAGES: Final = 10
#: How long an alert that failed is left alone: this after the first failure, twice that after the next and so on.
PAUSE: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(days=1)
#: How long an alert is ours alone while we send a message of it. Who is cut off within leaves it to others after that.
_TAKEN: Final = timedelta(minutes=2)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Means:
    """With what alerts are sent. `base` is the address of the desk as others reach it (`https://qawl.example`, without
    a slash at its end), or empty."""

    mail: Mail | None = None
    base: str = ""
    language: Language = LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of which alert how many statements were told, and what went wrong."""

    alert: str
    told: int
    error: str | None = None


def send_due(
    engine: Engine,
    means: Means,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    goes_on: Callable[[], bool] = lambda: True,
) -> list[Outcome]:
    """Ask every alert that is due, and send what is new. `goes_on` is asked before each message whether to go on."""
    outcomes = []
    for alert in alerts(engine):
        if not goes_on():
            break
        try:
            outcome = _send(engine, means, alert.id, clock, goes_on)
        except Exception:
            # Whatever it is, the others are to be sent. It is ours for a moment yet, and then due again.
            _log.exception("alert %r failed", alert.name)
            outcome = Outcome(alert.name, 0, "an internal error, which is in the log")
        if outcome is not None:
            outcomes.append(outcome)
    return outcomes


def due_at(alert: Alert) -> datetime | None:
    """From when on an alert may be asked; None: at any time."""
    if not alert.failures or alert.asked_at is None:
        return None
    pause: timedelta = min(PAUSE * 2 ** (alert.failures - 1), LONGEST_PAUSE)
    return datetime.fromisoformat(alert.asked_at) + pause


def _send(
    engine: Engine, means: Means, id: int, clock: Callable[[], datetime], goes_on: Callable[[], bool]
) -> Outcome | None:
    """Ask one alert; None where it is not due, or somebody else is about to send it."""
    alert = write(engine, lambda connection: _take(connection, id, clock()))
    if alert is None:
        return None
    told = 0
    try:
        with snapshot(engine) as connection:
            waiting = news(connection, alert.id, alert.of, alert.asked)
            query = _query(connection, alert)
        for some in islice(parts(waiting, TOGETHER), MESSAGES):
            if not goes_on():
                break
            with snapshot(engine) as connection:
                found = loaded(connection, [one.id for one in some], query)
            _deliver(means, alert, found)
            # From here on they count as told: whoever is cut off before this line tells them again.
            if not write(engine, partial(_told, id=id, some=some, at=clock())):
                break  # it was removed meanwhile
            told += len(some)
    except (DeliveryError, RecordError, QueryError) as error:
        _log.warning("alert %r: %s", alert.name, error)
        _done(engine, id, clock(), failures=alert.failures + 1, last_error=str(error))
        return Outcome(alert.name, told, str(error))
    _done(engine, id, clock(), failures=0, last_error=None)
    if told:
        _log.info("alert %r told %d statements", alert.name, told)
    return Outcome(alert.name, told)


def _take(connection: Connection, id: int, at: datetime) -> Alert | None:
    """Make an alert ours for a moment, where it is due and nobody else's."""
    row = connection.execute(select(tables.alerts).where(tables.alerts.c.id == id)).first()
    alert = Alert(**row._mapping) if row is not None else None
    if alert is None or alert.failing or (alert.taken_until or "") > moment(at):
        return None
    due = due_at(alert)
    if due is not None and due > at:
        return None
    _set(connection, id, taken_until=moment(at + _TAKEN))
    return alert


def _told(connection: Connection, id: int, some: Iterable[News], at: datetime) -> bool:
    """Note what was told, and go on being the one who tells; false where the alert is gone."""
    if not _set(connection, id, sent_at=moment(at), taken_until=moment(at + _TAKEN)):
        return False
    mark(connection, id, (one.ref for one in some))
    return True


def _done(engine: Engine, id: int, at: datetime, **values: Any) -> None:
    """Leave an alert to the next round, with what came of this one."""
    values |= {"asked_at": moment(at), "taken_until": None}
    write(engine, lambda connection: _set(connection, id, **values))


def _set(connection: Connection, id: int, **values: Any) -> int:
    change = update(tables.alerts).where(tables.alerts.c.id == id).values(**values)
    return connection.execute(change).rowcount


def _query(connection: Connection, alert: Alert) -> Query:
    """The words that are marked in what is told."""
    return parse(saved_search(connection, alert.asked).query) if alert.of == "search" else Query()


def _deliver(means: Means, alert: Alert, found: tuple[Found, ...]) -> None:
    delivery = messages.delivery_of(alert, found)
    if alert.by == "webhook":
        assert alert.secret is not None
        post(alert.target, alert.secret, messages.as_json(alert, found, delivery, means.base), delivery)
        return
    if means.mail is None:
        raise DeliveryError("this desk knows no mail server")
    words = catalogue(means.language)
    text = messages.as_text(alert, found, words, means.base)
    send_mail(means.mail, alert.target, messages.subject(alert, found, words), text, delivery)
