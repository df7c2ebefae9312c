"""Points in time as the tables hold them: UTC, to the second, ``2024-03-05T17:35:43Z``; they sort as text."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """This moment."""
    return moment(datetime.now(UTC))


def moment(time: datetime | date) -> str:
    """A time, or the beginning of a day; without a zone it is taken for one of UTC."""
    if not isinstance(time, datetime):
        time = datetime(time.year, time.month, time.day)
    try:
        time = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # in the first or last hours of the calendar
        time = time.replace(tzinfo=UTC)
    return time.isoformat(timespec="seconds")[:19] + "Z"
