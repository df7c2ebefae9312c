"""A search as it is asked in the address of a page: words and filters, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from qawl.compare.subjects import named
from qawl.people.anchors import from_ref
from qawl.record.errors import RecordError
from qawl.record.search import saved
from qawl.record.search.find import Filters
from qawl.record.search.query import Query, QueryError, parse

#: The names of the filters in an address, each with its own in `Filters`.
NAMES = {
    "speaker": "speaker",
    "outlet": "outlet",
    "act": "act",
    "about": "about",
    "form": "form",
    "from": "first",
    "to": "last",
}


class WrongError(ValueError):
    """A search that cannot be answered: the name of the message that says why, and what was written there."""

    def __init__(self, key: str, about: str = "") -> None:
        super().__init__(key)
        self.key, self.about = key, about


@dataclass(frozen=True, slots=True)
class Asked:
    """`words` and `values` are as written, by the names in the address; `filters` is what they come to, but for
    entities (`qawl.people.searching`)."""

    words: str
    values: Mapping[str, str]
    filters: Filters

    @property
    def is_nothing(self) -> bool:
        return not self.words.strip() and not self.values

    @property
    def query(self) -> Query:
        """What the words ask for. Raises WrongError."""
        try:
            return parse(self.words)
        except QueryError as error:
            raise wrong(error) from None

    def address(self, **other: Any) -> dict[str, Any]:
        """The values of an address that asks the same, but for these others."""
        return {"q": self.words, **self.values, **other}


def asked(params: Mapping[str, str], connection: Connection) -> Asked:
    """What an address asks. ``@name`` alone is a saved search, as of `qawl search`: its filters hold as far as there
    are no others. Raises WrongError."""
    words = params.get("q", "").strip()
    values = {name: value for name in NAMES if (value := params.get(name, "").strip())}
    filters = _filters(values)
    if words.startswith(saved.SAVED):
        try:
            kept = saved.search(connection, words.removeprefix(saved.SAVED))
        except RecordError:
            raise WrongError("search-wrong-saved", words.removeprefix(saved.SAVED)) from None
        words, values = kept.query, values_of(kept.filters) | values
        filters = _filters(values)
    return Asked(words, values, filters)


def values_of(filters: Filters) -> dict[str, str]:
    """The filters by their names in an address."""
    found = {name: getattr(filters, own) for name, own in NAMES.items()}
    return {name: str(value) for name, value in found.items() if value is not None}


def names(connection: Connection, values: Mapping[str, str]) -> dict[str, str]:
    """The names of the entities that are asked for by their public IDs, as far as there are such."""
    found = {}
    for name in ("speaker", "about"):
        if from_ref(values.get(name, "")) is not None:
            with suppress(RecordError):
                found[name] = named(connection, values[name]).name
    return found


def _filters(values: Mapping[str, str]) -> Filters:
    first, last = (_day(values[name]) if name in values else None for name in ("from", "to"))
    get = values.get
    return Filters(get("speaker"), get("outlet"), first, last, get("act"), get("about"), get("form"))


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise WrongError("search-wrong-day", value) from None


def wrong(error: QueryError) -> WrongError:
    """A query that cannot be answered, for people."""
    return WrongError(f"search-wrong-{error.fault}", error.about)
