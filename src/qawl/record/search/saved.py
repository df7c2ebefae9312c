"""Searches that are kept by name, to be asked again."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, insert, select

from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.search.find import Filters
from qawl.record.times import now

#: How a saved search is written where a search is asked for: ``@name``.
SAVED: Final = "@"
_DAYS: Final = ("first", "last")
_LONGEST: Final = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Saved:
    """A search as it was asked, by whom and when (`qawl.record.times`)."""

    name: str
    query: str
    filters: Filters
    who: str
    made_at: str

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "query": self.query,
            "filters": _to_json(self.filters),
            "who": self.who,
            "made_at": self.made_at,
        }


def clean_name(written: str, what: str) -> str:
    """The name under which something is kept. Raises RecordError for none, for one too long for an index,
    and for one with signs in it that nobody can write (control characters)."""
    name = written.strip()
    if not name:
        raise RecordError(f"{what} needs a name")
    if len(name) > _LONGEST:
        raise RecordError(f"the name of {what} has at most {_LONGEST} characters")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        raise RecordError(f"the name of {what} has no control characters in it")
    return name


def save(engine: Engine, name: str, query: str, filters: Filters, *, who: str) -> None:
    """Keep a search under a name; what had the name before goes. Raises RecordError for none and for one too long."""
    name = clean_name(name, "a saved search")
    row = {"name": name, "query": query, "filters": _to_json(filters), "who": who, "made_at": now()}

    def keep(connection: Connection) -> None:
        connection.execute(delete(tables.saved_searches).where(tables.saved_searches.c.name == name))
        connection.execute(insert(tables.saved_searches), [row])

    write(engine, keep)


def search(connection: Connection, name: str) -> Saved:
    """The search of that name. Raises RecordError where there is none."""
    s = tables.saved_searches
    row = connection.execute(select(s).where(s.c.name == name.strip())).first()
    if row is None:
        raise RecordError(f"{name}: no such saved search (`qawl saved` lists them)")
    return _saved(row)


def searches(engine: Engine) -> list[Saved]:
    """All saved searches, by name."""
    s = tables.saved_searches
    with snapshot(engine) as connection:
        return [_saved(row) for row in connection.execute(select(s).order_by(s.c.name))]


def remove(engine: Engine, name: str) -> None:
    """Take a search out. Raises RecordError where there is none."""

    def take(connection: Connection) -> None:
        search(connection, name)
        connection.execute(delete(tables.saved_searches).where(tables.saved_searches.c.name == name.strip()))

    write(engine, take)


def _saved(row: Any) -> Saved:
    return Saved(row.name, row.query, _from_json(row.filters), row.who, row.made_at)


def _to_json(filters: Filters) -> dict[str, str]:
    given = {name: value for name, value in asdict(filters).items() if value is not None}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def _from_json(value: Mapping[str, str]) -> Filters:
    return Filters(**{name: date.fromisoformat(v) if name in _DAYS else v for name, v in value.items()})  # type: ignore[arg-type]
