"""Take in people and bodies that others know: entities of Wikidata (its JSON) and of FollowTheMoney, an entity a line.

What counts are the Arabic names; identifiers are kept, and so are the other names. The same entity again adds the names
that are new. A line that cannot be read fails alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Connection, Engine, select, update

from qawl.arabic.letters import is_arabic
from qawl.people.known import forget_known
from qawl.people.looks import folded
from qawl.people.tables import rows
from qawl.record import tables
from qawl.record.engine import write
from qawl.record.rows import insert, next_ids
from qawl.record.times import now

_BATCH: Final = 500
_LONGEST: Final = 500  # characters of a name
_ID: Final = re.compile(r"\S{1,200}")
_ITEM: Final = re.compile(r"Q[1-9]\d{0,11}")
_DAY: Final = re.compile(r"\+(\d{4}-\d\d-\d\d)T")
_CODE: Final = re.compile(r"[a-z]{2}(-[a-z]{3})?", re.IGNORECASE)
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_PERSONS: Final = ("Person",)
_BODIES: Final = ("Organization", "PublicBody", "Company", "LegalEntity")


class Taken(NamedTuple):
    """What became of a line. `passed`: neither a person nor a body, or without an Arabic name. Lines count from 1."""

    number: int
    kind: Literal["new", "changed", "known", "passed", "failed"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody known. `terms` are rows of {title, of, first, last}; of those of `waiting` the title is an item's, whose
    label may come in another line."""

    identifier: str
    source: str
    kind: str
    name: str
    names: tuple[str, ...]
    country: str | None
    terms: tuple[Mapping[str, str | None], ...]
    identifiers: Mapping[str, str]
    given: Mapping[str, Sequence[str]]
    waiting: tuple[Mapping[str, str | None], ...] = ()
    state: str | None = None  # an item that is a state whose code may come in another line


class FormError(ValueError):
    """A line that is not of the form; the message says why."""


@dataclass(slots=True)
class _Items:
    """What lines of Wikidata say of the items that others point to."""

    labels: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


def take_in(engine: Engine, lines: Iterable[tuple[int, bytes | None]], tell: Callable[[Taken], None]) -> None:
    """Take in lines with their numbers (None for one too long to be read). `tell` hears of each once it is safe."""
    items = _Items()
    ready: list[tuple[int, Entry]] = []
    waiting: list[tuple[int, Entry]] = []
    for number, line in lines:
        try:
            for found in _entities(line):
                entry = _of_wikidata(found, items) if "labels" in found or "claims" in found else _of_ftm(found)
                if entry is None:
                    tell(Taken(number, "passed"))
                else:
                    (waiting if entry.waiting or entry.state else ready).append((number, entry))
        except FormError as error:
            tell(Taken(number, "failed", str(error)))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            tell(Taken(number, "failed", f"not of the form: {type(error).__name__}: {error}"))
        if len(ready) >= _BATCH:
            _finish(engine, ready, tell)
            ready = []
    ready += [(number, _settled(entry, items)) for number, entry in waiting]
    for at in range(0, len(ready), _BATCH):
        _finish(engine, ready[at : at + _BATCH], tell)


def _entities(line: bytes | None) -> Iterator[dict[str, Any]]:
    """The entities in a line: one, or of `{"entities": …}` several. Dumps of Wikidata are one list over many lines."""
    if line is None:
        raise FormError("a line too long to be read")
    text = line.strip().removesuffix(b",")
    if text in (b"", b"[", b"]"):
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormError(f"no JSON: {error}") from None
    if not isinstance(value, dict):
        raise FormError("no JSON object")
    if isinstance(value.get("entities"), dict):
        yield from value["entities"].values()
    else:
        yield value


def _of_ftm(value: dict[str, Any]) -> Entry | None:
    if "schema" not in value or not isinstance(value.get("properties"), dict):
        raise FormError('neither an entity of Wikidata ("labels") nor of FollowTheMoney ("schema", "properties")')
    kind = "person" if value["schema"] in _PERSONS else "organization" if value["schema"] in _BODIES else None
    id = value["id"]
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise FormError("id: no text without white space of at most 200 characters")
    properties = {name: _texts(values, name) for name, values in value["properties"].items()}
    names = [name for key in ("name", "alias", "weakAlias") for name in properties.get(key, ())]
    arabic = [name for name in dict.fromkeys(names) if _is_arabic(name)]
    if kind is None or not arabic:
        return None
    item = next((one for one in properties.get("wikidataId", ()) if _ITEM.fullmatch(one)), None)
    countries = [*properties.get("nationality", ()), *properties.get("country", ())]
    country = next((one.upper() for one in countries if _CODE.fullmatch(one)), None)
    titles = [title for title in properties.get("position", ()) if _is_arabic(title)]
    return Entry(
        item or f"ftm:{id}",
        "ftm",
        kind,
        arabic[0],
        tuple(arabic[1:]),
        country,
        tuple({"title": title, "of": country, "first": None, "last": None} for title in dict.fromkeys(titles)),
        {**({"wikidata": item} if item else {}), "ftm": id},
        {"other": [name for name in dict.fromkeys(names) if not _is_arabic(name)]},
    )


def _texts(values: Any, name: str) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise FormError(f"{name}: no list of texts")
    return [_text(value, name) for value in values]


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or _UNSTORABLE.search(value):
        raise FormError(f"{name}: no text")
    return " ".join(value.split())[:_LONGEST]


def _is_arabic(name: str) -> bool:
    return any(map(is_arabic, name)) and bool(folded(name))


def _of_wikidata(value: dict[str, Any], items: _Items) -> Entry | None:
    id = value["id"]
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise FormError("id: no text without white space of at most 200 characters")
    claims = value.get("claims") or {}
    labels = {language: _text(label["value"], "labels") for language, label in (value.get("labels") or {}).items()}
    aliases = {
        language: [_text(alias["value"], "aliases") for alias in some]
        for language, some in (value.get("aliases") or {}).items()
    }
    arabic = [*([labels["ar"]] if "ar" in labels else []), *aliases.get("ar", ())]
    arabic = [name for name in dict.fromkeys(arabic) if _is_arabic(name)]
    if arabic:
        items.labels[id] = arabic[0]
    for code in _values(claims, "P297"):
        if isinstance(code, str) and _CODE.fullmatch(code):
            items.codes[id] = code.upper()
    kind = next((_table()["kind"][one] for one in _items(claims, "P31") if one in _table()["kind"]), None)
    if kind is None or not arabic:
        return None
    states = _items(claims, "P27") or _items(claims, "P17")
    country = next((_table()["state"][one] for one in states if one in _table()["state"]), None)
    terms = [dict(term) for term in _terms(claims, country)]
    given = {language: [label] for language, label in labels.items() if language != "ar"}
    for language, some in aliases.items():
        if language != "ar":
            given.setdefault(language, []).extend(some)
    return Entry(
        id,
        "wikidata",
        kind,
        arabic[0],
        tuple(arabic[1:]),
        country or items.codes.get(id),
        tuple(term for term in terms if not _ITEM.fullmatch(str(term["title"]))),
        {"wikidata": id} if _ITEM.fullmatch(id) else {},
        given,
        tuple(term for term in terms if _ITEM.fullmatch(str(term["title"]))),
        None if country or not states else states[0],
    )


def _terms(claims: Mapping[str, Any], country: str | None) -> Iterator[dict[str, str | None]]:
    """Positions held (P39): an item or, where there is none, its name (P1810); from when (P580), to when (P582)."""
    for claim in claims.get("P39", ()):
        if claim.get("rank") == "deprecated":
            continue
        qualifiers = claim.get("qualifiers") or {}
        titles = [*_snaks([claim["mainsnak"]]), *_snaks(qualifiers.get("P1810", ()))]
        title = next((t["id"] if isinstance(t, dict) else t for t in titles), None)
        if isinstance(title, str):
            days = (_day(qualifiers.get("P580", ())), _day(qualifiers.get("P582", ())))
            yield {"title": _text(title, "P39"), "of": country, "first": days[0], "last": days[1]}


def _day(snaks: Sequence[Mapping[str, Any]]) -> str | None:
    """A day, as far as it is given: of a year alone the first of January."""
    for value in _snaks(snaks):
        match = _DAY.match(value.get("time", "")) if isinstance(value, dict) else None
        if match:
            return match[1].replace("-00", "-01")
    return None


def _snaks(snaks: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [snak["datavalue"]["value"] for snak in snaks if snak.get("snaktype", "value") == "value"]


def _values(claims: Mapping[str, Any], name: str) -> list[Any]:
    return _snaks(claim["mainsnak"] for claim in claims.get(name, ()) if claim.get("rank") != "deprecated")


def _items(claims: Mapping[str, Any], name: str) -> list[str]:
    return [value["id"] for value in _values(claims, name) if isinstance(value, dict) and "id" in value]


@cache
def _table() -> dict[str, dict[str, str]]:
    """`state`: the codes of states by their items; `kind`: what the instances of a class are."""
    found: dict[str, dict[str, str]] = {"state": {}, "kind": {}}
    for item, what, value in rows("wikidata"):
        found[what][item] = value
    return found


def items_of_states() -> dict[str, str]:
    """The items of Wikidata by the codes of the states that they are."""
    return {code: item for item, code in _table()["state"].items()}


def _settled(entry: Entry, items: _Items) -> Entry:
    """With what other lines said of the items that it points to; offices that nobody names are left out."""
    country = entry.country or items.codes.get(entry.state or "")
    named = [{**term, "title": items.labels.get(str(term["title"]))} for term in entry.waiting]
    terms = [{**term, "of": country} for term in (*entry.terms, *named) if term["title"]]
    return replace(entry, country=country, terms=tuple(terms), waiting=(), state=None)


def _finish(engine: Engine, some: Sequence[tuple[int, Entry]], tell: Callable[[Taken], None]) -> None:
    for taken in write(engine, partial(_write, some=some)):
        tell(taken)


def _write(connection: Connection, some: Sequence[tuple[int, Entry]]) -> list[Taken]:
    k = tables.known.c
    identifiers = {entry.identifier for _, entry in some}
    known = connection.execute(select(tables.known).where(k.identifier.in_(identifiers)))
    here: dict[str, dict[str, Any]] = {row.identifier: dict(row._mapping) for row in known}
    ids = iter(next_ids(connection, tables.known, len(identifiers - here.keys())))
    new: dict[str, dict[str, Any]] = {}
    changed: dict[str, dict[str, Any]] = {}
    taken: list[Taken] = []
    for number, entry in some:
        had = here.get(entry.identifier)
        row = _row(entry) if had is None else _merged(had, entry)
        if had is None:
            new[entry.identifier] = row = {"id": next(ids), "imported_at": now(), **row}
            taken.append(Taken(number, "new"))
        elif row == had:
            taken.append(Taken(number, "known"))
            continue
        else:
            (new if entry.identifier in new else changed)[entry.identifier] = row
            taken.append(Taken(number, "changed"))
        here[entry.identifier] = row
    insert(connection, tables.known, list(new.values()))
    for row in changed.values():
        connection.execute(update(tables.known).where(k.id == row["id"]).values(row))
    forget_known(connection, [row["id"] for row in changed.values()])
    return taken


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "identifier": entry.identifier,
        "source": entry.source,
        "kind": entry.kind,
        "name": entry.name,
        "names": list(entry.names),
        "country": entry.country,
        "terms": [dict(term) for term in entry.terms],
        "identifiers": dict(entry.identifiers),
        "given": {language: list(names) for language, names in entry.given.items() if names},
    }


def _merged(had: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """What was known, with what is new in an entry."""
    row = _row(entry)
    names = [name for name in dict.fromkeys([*had["names"], row["name"], *row["names"]]) if name != had["name"]]
    terms = [*had["terms"], *(term for term in row["terms"] if term not in had["terms"])]
    languages = dict.fromkeys([*had["given"], *row["given"]])
    given = {one: list(dict.fromkeys([*had["given"].get(one, ()), *row["given"].get(one, ())])) for one in languages}
    return had | {
        "names": names,
        "country": had["country"] or row["country"],
        "terms": terms,
        "identifiers": row["identifiers"] | had["identifiers"],
        "given": given,
    }
