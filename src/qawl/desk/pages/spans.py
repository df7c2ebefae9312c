"""The span of days that a page is about: the one asked for, else the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from qawl.record.listing import last_day

#: Days that are shown of a record that ends before yesterday.
_LAST: Final = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included. `ended`: nobody asked for them, and they are the record's last, which are not the latest."""

    first: date
    last: date
    asked: bool
    ended: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def span_of(connection: Connection, first: date | None, last: date | None, today: date | None = None) -> Span:
    """The days from `first` to `last`; of one alone up to the record's end, or that day alone. Without either since
    yesterday or, where the record has nothing of these days, its last seven."""
    today = today or date.today()
    end = last_day(connection, today) or today
    if first is None and last is None:
        yesterday = today - timedelta(days=1)
        if end >= yesterday:
            return Span(yesterday, today, asked=False, ended=False)
        return Span(end - timedelta(days=_LAST - 1), end, asked=False, ended=True)
    begin = first or last or end
    until = last or max(begin, end)
    return Span(min(begin, until), max(begin, until), asked=True, ended=False)
