"""People and bodies of the record for other programs: as entities of FollowTheMoney, or as Wikidata writes its own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from sqlalchemy import Connection, func, select

from qawl.people.anchors import to_ref
from qawl.people.importing import items_of_states
from qawl.people.looks import folded
from qawl.record import tables
from qawl.record.rows import parts

Form = Literal["ftm", "wikidata"]

_TOGETHER: Final = 500
_MANY: Final = 10  # articles
_SCHEMAS: Final = {"person": "Person", "organization": "Organization"}
_CLASSES: Final = {"person": "Q5", "organization": "Q43229"}


def lines(connection: Connection, form: Form, statement_ids: Iterable[int] | None = None) -> Iterator[str]:
    """Persons and bodies, one JSON object a line, those who say most first; with `statement_ids`, those alone who make
    one of these statements."""
    e, a, p = tables.entities.c, tables.appearances.c, tables.parties.c
    query = select(e.id).where(e.kind.in_(_SCHEMAS)).order_by(e.statements.desc(), e.articles.desc(), e.anchor)
    ids = list(connection.scalars(query))
    if statement_ids is not None:
        speak: set[int] = set()
        for some in parts(sorted(statement_ids)):
            of = select(a.entity_id).join(tables.parties, p.appearance_id == a.id).where(p.part == "speaker")
            speak.update(id for id in connection.scalars(of.where(p.statement_id.in_(some))) if id is not None)
        ids = [id for id in ids if id in speak]
    write = _ftm if form == "ftm" else _wikidata
    for some in parts(ids, _TOGETHER):
        for value in _loaded(connection, some):
            yield json.dumps(write(value), ensure_ascii=False, separators=(",", ":")) + "\n"


def _loaded(connection: Connection, ids: list[int]) -> Iterator[dict[str, Any]]:
    e, a, f, o, k = (
        table.c for table in (tables.entities, tables.appearances, tables.forms, tables.offices, tables.known)
    )
    rows = {row.id: row for row in connection.execute(select(tables.entities).where(e.id.in_(ids)))}
    known_ids = {row.known_id for row in rows.values() if row.known_id is not None}
    known = {row.id: row for row in connection.execute(select(tables.known).where(k.id.in_(known_ids)))}
    names: dict[int, dict[str, Any]] = defaultdict(dict)
    query = (
        select(a.entity_id, f.name, f.rank, func.count().label("n"))
        .join(tables.forms, f.id == a.form_id)
        .where(a.entity_id.in_(ids), f.rank != "office")
        .group_by(a.entity_id, f.name, f.rank)
        .order_by(a.entity_id, func.count().desc(), f.name)
    )
    for name in connection.execute(query):
        names[name.entity_id].setdefault(folded(name.name), name)
    offices: dict[int, list[Any]] = defaultdict(list)
    for office in connection.execute(
        select(tables.offices).where(o.entity_id.in_(ids)).order_by(o.entity_id, o.position)
    ):
        offices[office.entity_id].append(office)
    for id in ids:
        row = rows[id]
        own = folded(row.name)
        # What one article alone calls somebody who is in many is mostly a slip.
        enough = 2 if row.articles >= _MANY else 1
        others = [name for words, name in names[id].items() if words != own and name.n >= enough]
        yield {
            "id": to_ref(row.anchor),
            "row": row,
            "aliases": [name.name for name in others if name.rank == "full"],
            "short": [name.name for name in others if name.rank == "short"],
            "offices": offices[id],
            "known": known.get(row.known_id),
        }


def _ftm(value: dict[str, Any]) -> dict[str, Any]:
    row, known = value["row"], value["known"]
    identifiers = known.identifiers if known else {}
    given = [name for names in known.given.values() for name in names] if known else []
    properties = {
        "name": [row.name],
        "alias": list(dict.fromkeys([*value["aliases"], *given, *([row.romanised] if row.romanised else [])])),
        "weakAlias": value["short"],
        "country": [row.country.lower()] if row.country else [],
        "wikidataId": [identifiers["wikidata"]] if "wikidata" in identifiers else [],
    }
    if row.kind == "person":
        properties["position"] = list(dict.fromkeys(office.title for office in value["offices"]))
    return {
        "id": identifiers.get("ftm", value["id"]),
        "schema": _SCHEMAS[row.kind],
        "properties": {name: values for name, values in properties.items() if values},
    }


def _wikidata(value: dict[str, Any]) -> dict[str, Any]:
    row, known = value["row"], value["known"]
    identifiers = known.identifiers if known else {}
    labels = {"ar": row.name} | ({"en": row.romanised} if row.romanised else {})
    aliases = {"ar": [*value["aliases"], *value["short"]]}
    for language, names in (known.given if known else {}).items():
        if language != "other":
            labels[language] = names[0]
            aliases[language] = names[1:]
    claims: dict[str, Any] = {"P31": [_claim("P31", _item(_CLASSES[row.kind]))]}
    state = items_of_states().get(row.country)
    if state:
        name = "P27" if row.kind == "person" else "P17"
        claims[name] = [_claim(name, _item(state))]
    held = [_held(office) for office in value["offices"] if row.kind == "person"]
    if held:
        claims["P39"] = held
    return {
        "type": "item",
        "id": identifiers.get("wikidata", value["id"]),
        "labels": {language: {"language": language, "value": label} for language, label in labels.items()},
        "aliases": {
            language: [{"language": language, "value": alias} for alias in some]
            for language, some in aliases.items()
            if some
        },
        "claims": claims,
    }


def _item(id: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(id[1:]), "id": id}
    return {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": value}}


def _claim(
    name: str, snak: dict[str, Any], qualifiers: dict[str, list[dict[str, Any]]] | None = None
) -> dict[str, Any]:
    claim = {"type": "statement", "rank": "normal", "mainsnak": {"property": name, **snak}}
    return claim | ({"qualifiers": qualifiers} if qualifiers else {})


def _held(office: Any) -> dict[str, Any]:
    """An office whose item is not known: some value, called so (P1810), from when (P580) to when (P582) it is given."""
    called = {"snaktype": "value", "property": "P1810", "datavalue": {"type": "string", "value": office.title}}
    qualifiers = {"P1810": [called]}
    for name, day in (("P580", office.first), ("P582", office.last)):
        if day is not None:
            time = {"time": f"+{day}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": 11}
            time["calendarmodel"] = "http://www.wikidata.org/entity/Q1985727"
            qualifiers[name] = [{"snaktype": "value", "property": name, "datavalue": {"type": "time", "value": time}}]
    return _claim("P39", {"snaktype": "somevalue"}, qualifiers)
