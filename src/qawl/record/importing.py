"""Take in what another record exported as JSON Lines (`qawl.record.export.jsonl`), without loss and without harm.

What is in this record stays as it is: articles that it has get the readings and judgements that it lacks, others are
added as they are in the lines, with their versions, dates, readings and judgements. The same lines twice change
nothing. A line that is not of the form fails alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Connection, Engine, select, update

from qawl.article import Article
from qawl.record import tables
from qawl.record.engine import write, write_all
from qawl.record.export.jsonl import FORM
from qawl.record.identity import Identity, bands, identify, shingles
from qawl.record.identity_judgements import Anchor, Judgement, identity_judgements, next_judgement_ids, row_of
from qawl.record.overlay import lay
from qawl.record.rows import ReadingRows, insert, insert_readings, parts
from qawl.record.search.index import index_articles, tidy
from qawl.record.unresolving import unresolve
from qawl.record.writing import Prepared, add_prepared
from qawl.statement import ACTS, ENTITY_TYPES, FORMS, KINDS

_BATCH: Final = 50
_MANY: Final = 1000  # articles after which the index of the search is worth tidying
_MOST_VERSIONS: Final = 1_000_000
_LONGEST_KEY: Final = 1000  # characters
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_REF: Final = re.compile("[0-9a-hjkmnp-tv-z]{10}")  # as qawl.record.identity.refs gives them
_LONGEST_TEXT: Final = 1 << 31  # characters
_KINDS_OF_ENTITY: Final = ("person", "organization", "group", "place", "document", "office")
_CHANGES: Final = frozenset({"speaker", "speaker_type", "act", "form", "content"})
_VERDICTS: Final = ("right", "wrong", "mended", "undone")


class Taken(NamedTuple):
    """What became of a line: `new` and `changed` (another version) were added, `merged` brought readings or judgements
    that the record did not have, `known` nothing. `number` counts lines from 1."""

    number: int
    kind: Literal["new", "changed", "merged", "known", "failed"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    rows: ReadingRows
    read_at: str
    current: bool


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    article: Article
    identity: Identity
    version: int
    added_at: str
    forgotten_at: str | None
    copies: list[dict[str, Any]]
    readings: list[_Reading]
    judgements: list[dict[str, Any]]
    identities: list[Judgement]  # their ids and what they undo count in this list


def take_in(engine: Engine, lines: Iterable[tuple[int, bytes | None]], tell: Callable[[Taken], None]) -> None:
    """Take in lines with their numbers (None for one too long to be read). `tell` hears of each once it is safe."""
    rest = iter(lines)
    added = 0
    while some := list(islice(rest, _BATCH)):
        ready: list[_Line] = []
        for number, line in some:
            if line is None:
                tell(Taken(number, "failed", "a line too long to be read"))
                continue
            if not line.strip():
                continue
            try:
                ready.append(_parsed(number, line))
            except _FormError as error:
                tell(Taken(number, "failed", str(error)))
        if ready:
            for taken in write_all(engine, _take, ready, _refused):
                added += taken.kind in ("new", "changed")
                tell(taken)
    if added >= _MANY:
        write(engine, tidy)


# Reading a line: everything is checked, for a line may come from anybody.


class _FormError(ValueError):
    """A line that is not of the form; the message says where and why."""


def _parsed(number: int, line: bytes) -> _Line:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _FormError(f"no JSON: {error}") from None
    if not isinstance(value, dict) or value.get("form") != FORM:
        raise _FormError(f'no line of an export ("form" is not {FORM!r})')
    try:
        return _line(number, value)
    except _FormError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise _FormError(f"not of the form of an export: {type(error).__name__}: {error}") from None


def _line(number: int, value: dict[str, Any]) -> _Line:
    given = value["article"]
    text = _string(given["text"], "text")
    headline = given["headline"]
    article = Article.from_json({**given, "id": _string(given["id"], "id")})
    for name in ("outlet", "url", "canonical_url"):
        if given[name] is not None:
            _string(given[name], name)
    if not isinstance(given["authors"], list):
        raise _FormError("authors: no list")
    for author in given["authors"]:
        _string(author, "authors")
    if headline is not None:
        _within(text, headline[0], headline[1], "headline")
    forgotten_at = None if given["forgotten_at"] is None else _moment(given["forgotten_at"], "forgotten_at")
    identity = Identity(_string(given["key"], "key", _LONGEST_KEY), _string(given["text_hash"], "text_hash", 32))
    if not forgotten_at:
        own = identify(article)
        if own.text_hash != identity.text_hash:
            raise _FormError("text_hash is not that of the text")
    version = _version(given["version"])
    readings = [_reading(text, reading) for reading in value["readings"]]
    if sum(reading.current for reading in readings) != 1:
        raise _FormError("readings: one of them is the current one")
    if len({reading.rows.reader for reading in readings}) < len(readings):
        raise _FormError("readings: two by one reader")
    return _Line(
        number,
        article,
        identity,
        version,
        _moment(given["added_at"], "added_at"),
        forgotten_at,
        [_copy(copy) for copy in given["copies"]],
        readings,
        [_judgement(text, n, judgement) for n, judgement in enumerate(value["judgements"])],
        # A Qawl that knew no people did not write it.
        [_identity(n, judgement) for n, judgement in enumerate(value.get("identities", []))],
    )


def _string(value: Any, name: str, most: int | None = None) -> str:
    if not isinstance(value, str) or (most is not None and len(value) > most):
        raise _FormError(f"{name}: no text" + (f" of at most {most} characters" if most else ""))
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise _FormError(f"{name}: a character that no text has")
    return value


def _ref(value: Any, name: str) -> str:
    """A public ID of a statement; what it stands for nobody checks, but nothing else may be shown for one."""
    if not isinstance(value, str) or not _REF.fullmatch(value):
        raise _FormError(f"{name}: {value!r} is no ID of a statement")
    return value


def _version(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= _MOST_VERSIONS:
        raise _FormError(f"version: a number from 1 to {_MOST_VERSIONS:,}")
    return value


def _moment(value: Any, name: str) -> str:
    """A point in time as the tables have it."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _FormError(f"{name}: no time of the form 2024-03-05T17:35:43Z")
    datetime.fromisoformat(value)  # raises ValueError for a day or an hour that no calendar has
    return value


def _share(value: Any, name: str) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise _FormError(f"{name}: no number from 0 to 1")
    return float(value)


def _copy(value: dict[str, Any]) -> dict[str, Any]:
    kind = _one_of(value["kind"], ("same", "near"), "copies")
    return {
        "key": _string(value["key"], "copies", _LONGEST_KEY),
        "version": _version(value["version"]),
        "kind": kind,
        "likeness": _share(value["likeness"], "likeness"),
    }


def _one_of(value: Any, known: Sequence[str], name: str) -> str:
    if value not in known:
        raise _FormError(f"{name}: {value!r} is none of {', '.join(known)}")
    return str(value)


def _within(text: str, start: Any, end: Any, name: str) -> tuple[int, int]:
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text):
        raise _FormError(f"{name}: no span {start!r} to {end!r} in a text of {len(text)} characters")
    return start, end


def _span(text: str, value: dict[str, Any], name: str) -> tuple[int, int]:
    start, end = _within(text, value["start"], value["end"], name)
    if text[start:end] != value["text"]:
        raise _FormError(f"{name}: other words stand at {start} to {end} of the text")
    return start, end


def _reading(text: str, value: dict[str, Any]) -> _Reading:
    place: dict[str, int] = {}
    speakers: list[dict[str, Any]] = []
    for speaker in value["speakers"]:
        place[_string(speaker["id"], "speakers")] = len(speakers)
        speakers.append(
            {
                "local_id": speaker["id"],
                "name": _string(speaker["name"], "speakers"),
                "type": _one_of(speaker["type"], ENTITY_TYPES, "speakers"),
                "role": None if speaker["role"] is None else _string(speaker["role"], "speakers"),
            }
        )
    said = value["statements"]
    refs = [_ref(one["id"], "statements") for one in said]
    if len(set(refs)) < len(refs) or len(place) < len(speakers):
        raise _FormError("two speakers or two statements of a reading have one id")
    rows = ReadingRows(
        reader=_string(value["reader"], "reader", 200),
        outlet_share=_share(value["outlet_share"], "outlet_share"),
        speakers=speakers,
        mentions=[[_span(text, at, "mentions") for at in speaker["mentions"]] for speaker in value["speakers"]],
        statements=[_statement(text, n, place, one, len(said)) for n, one in enumerate(said)],
        contents=[[_span(text, at, "content") for at in one["content"]] for one in said],
        abouts=[
            [(*_span(text, at, "about"), _one_of(at["type"], ENTITY_TYPES, "about")) for at in one["about"]]
            for one in said
        ],
    )
    if not all(rows.contents):
        raise _FormError("content: a statement without one")
    return _Reading(rows, _moment(value["read_at"], "read_at"), value["current"] is True)


def _statement(text: str, number: int, place: dict[str, int], value: dict[str, Any], count: int) -> dict[str, Any]:
    row: dict[str, Any] = {"ref": value["id"], "number": number}
    said_at = value["said_at"]
    for name, at in (
        *((name, value[name]) for name in ("cue", "source", "hedge", "setting")),
        ("said", said_at and said_at["span"]),
    ):
        row[f"{name}_start"], row[f"{name}_end"] = _span(text, at, name) if at is not None else (None, None)
    for name in ("speaker", "addressee"):
        if value[name] is not None and value[name] not in place:
            raise _FormError(f"{name}: {value[name]!r} is none of the speakers")
        row[f"{name}_id"] = None if value[name] is None else place[value[name]]
    parent = value["parent"]
    if parent is not None and (type(parent) is not int or not 0 <= parent < count):
        raise _FormError("parent: no such statement")
    day = said_at and said_at["date"]
    return row | {
        "form": _one_of(value["form"], FORMS, "form"),
        "kind": _one_of(value["kind"], KINDS, "kind"),
        "act": _one_of(value["act"], ACTS, "act"),
        "parent": parent,
        "polarity": _one_of(value["polarity"], ("positive", "negative"), "polarity"),
        "said_on": None if day is None else date.fromisoformat(day).isoformat(),
        "said_earlier": bool(said_at["earlier"]) if said_at is not None else None,
        "confidence": _share(value["confidence"], "confidence"),
    }


def _judgement(text: str, number: int, value: dict[str, Any]) -> dict[str, Any]:
    undoes, cue = value["undoes"], value["cue"]
    if undoes is not None and (type(undoes) is not int or not 0 <= undoes < number):
        raise _FormError("judgements: one undoes what does not come before it")
    if (value["verdict"] == "undone") != (undoes is not None):
        raise _FormError("judgements: one is undone where it undoes another, and only there")
    row = {
        "ref": _ref(value["statement"], "judgements"),
        "cue_start": None,
        "cue_end": None,
        "content": _ends(text, value["content"]),
        "verdict": _one_of(value["verdict"], _VERDICTS, "judgements"),
        "change": _change(text, value["change"]),
        "note": None if value["note"] is None else _string(value["note"], "judgements"),
        "who": _string(value["who"], "judgements"),
        "made_at": _moment(value["made_at"], "judgements"),
        "undoes": undoes,
    }
    if cue is not None:
        row["cue_start"], row["cue_end"] = _within(text, cue[0], cue[1], "judgements")
    return row


def _identity(number: int, value: dict[str, Any]) -> Judgement:
    undoes, verdict = value["undoes"], _one_of(value["verdict"], ("same", "different", "undone"), "identities")
    if undoes is not None and (type(undoes) is not int or not 0 <= undoes < number):
        raise _FormError("identities: one undoes what does not come before it")
    if (verdict == "undone") != (undoes is not None):
        raise _FormError("identities: one is undone where it undoes another, and only there")
    note = None if value["note"] is None else _string(value["note"], "identities")
    who, made_at = _string(value["who"], "identities"), _moment(value["made_at"], "identities")
    return Judgement(number, verdict, _anchor(value["one"]), _anchor(value["other"]), note, who, made_at, undoes)


def _anchor(value: dict[str, Any]) -> Anchor:
    """Whom a judgement names; the article need not be here (yet)."""
    key, text_hash, known = (
        None if value[name] is None else _string(value[name], f"identities: {name}", most)
        for name, most in (("key", _LONGEST_KEY), ("text_hash", 32), ("known", _LONGEST_KEY))
    )
    start, end = value["start"], value["end"]
    if (start is None) != (end is None) or not (start is None or _is_span(start, end)):
        raise _FormError("identities: no span")
    if (key is None) == (known is None) or (key is None) != (text_hash is None):
        raise _FormError("identities: somebody stands in an article, or else is known")
    kind = _one_of(value["kind"], _KINDS_OF_ENTITY, "identities")
    return Anchor(key, text_hash, start, end, kind, _string(value["name"], "identities: name"), known)


def _is_span(start: Any, end: Any) -> bool:
    return type(start) is int and type(end) is int and 0 <= start <= end < _LONGEST_TEXT


def _change(text: str, value: Any) -> dict[str, Any]:
    """What holds instead of the reading: these names alone, with what a person could have said of each."""
    if not isinstance(value, dict) or not value.keys() <= _CHANGES:
        raise _FormError(f"judgements: a change is an object of {', '.join(sorted(_CHANGES))}")
    if value.get("speaker") is not None:
        _string(value["speaker"], "judgements: speaker")
    if value.get("speaker_type") is not None:
        _one_of(value["speaker_type"], ENTITY_TYPES, "judgements")
    if "act" in value:
        _one_of(value["act"], ACTS, "judgements")
    if "form" in value:
        _one_of(value["form"], FORMS, "judgements")
    if "content" in value and not _ends(text, value["content"]):
        raise _FormError("judgements: a content of nothing")
    return value


def _ends(text: str, value: Any) -> list[Any]:
    """A list of spans, in order."""
    if not isinstance(value, list):
        raise _FormError("judgements: a content is a list")
    before = 0
    for start, end in value:
        _within(text, start, end, "judgements")
        if start < before:
            raise _FormError("judgements: a content whose pieces are not in order")
        before = end
    return value


# Writing lines, in one transaction.


def _refused(line: _Line, reason: str) -> Taken:
    return Taken(line.number, "failed", reason)


def _take(connection: Connection, items: Sequence[_Line]) -> list[Taken]:
    prepared = [_prepared(line) for line in items]
    kinds = [outcome.kind for outcome in add_prepared(connection, prepared)]
    there = _there(connection, items)
    taken: list[Taken] = []
    changed: list[int] = []
    for line, kind in zip(items, kinds, strict=True):
        row = there[line.identity.key, line.identity.text_hash]
        if kind in ("new", "changed"):
            _restore(connection, row.id, line)
        elif row.text != line.article.text:
            reason = "is in the record in another spelling; its readings and judgements were left out"
            taken.append(Taken(line.number, "failed", reason))
            continue
        more = _add_readings(connection, row.id, line)
        more += _add_judgements(connection, row.id, line)
        more += _add_identities(connection, line)
        if more:
            changed.append(row.id)
        if kind == "known" and more:
            taken.append(Taken(line.number, "merged"))
        else:
            taken.append(Taken(line.number, kind))
    for line in items:
        _link(connection, there[line.identity.key, line.identity.text_hash].id, line)
    if changed:
        lay(connection, changed)
        index_articles(connection, changed)
    return taken


def _prepared(line: _Line) -> Prepared:
    (current,) = (reading for reading in line.readings if reading.current)
    # Of a text that was forgotten nothing is left by which copies could be recognised.
    held = () if line.forgotten_at else bands(shingles(line.article.text))
    return Prepared(line.article, line.identity, len(line.article.text.split()), held, current.rows)


def _there(connection: Connection, lines: Sequence[_Line]) -> dict[tuple[str, str], Any]:
    """The rows of `articles` for these lines, by key and hash of the text."""
    a = tables.articles.c
    rows = connection.execute(
        select(a.id, a.key, a.version, a.text_hash, a.text).where(a.key.in_({line.identity.key for line in lines}))
    )
    return {(row.key, row.text_hash): row for row in rows}


def _restore(connection: Connection, id: int, line: _Line) -> None:
    """What an article that was just added had in the record from which it comes."""
    a, r = tables.articles.c, tables.readings.c
    values: dict[str, Any] = {"added_at": line.added_at, "forgotten_at": line.forgotten_at}
    taken = select(a.id).where(a.key == line.identity.key, a.version == line.version)
    if connection.execute(taken).first() is None:
        values["version"] = line.version
    connection.execute(update(tables.articles).where(a.id == id).values(values))
    (current,) = (reading for reading in line.readings if reading.current)
    connection.execute(update(tables.readings).where(r.article_id == id).values(read_at=current.read_at))


def _add_readings(connection: Connection, id: int, line: _Line) -> int:
    """Add the readings of readers that have not read this article here; how many."""
    r = tables.readings.c
    has = set(connection.scalars(select(r.reader).where(r.article_id == id)))
    new = [reading for reading in line.readings if reading.rows.reader not in has]
    insert_readings(connection, [(id, reading.rows) for reading in new])
    for reading in new:
        own = (r.article_id == id) & (r.reader == reading.rows.reader)
        values = {"read_at": reading.read_at, "current": False}
        connection.execute(update(tables.readings).where(own).values(values))
    return len(new)


def _add_judgements(connection: Connection, id: int, line: _Line) -> int:
    """Add the judgements that are not here yet; how many."""
    j = tables.judgements.c
    here = connection.execute(select(tables.judgements).where(j.article_id == id).order_by(j.id)).all()
    known = dict(zip(_same([row._mapping for row in here]), (row.id for row in here), strict=True))
    ids: list[int] = []  # of the line's judgements, here
    rows: list[dict[str, Any]] = []
    same = _same(line.judgements)
    fresh = iter(next_judgement_ids(connection, sum(one not in known for one in same)))
    for one, judgement in zip(same, line.judgements, strict=True):
        found = known.get(one)
        ids.append(next(fresh) if found is None else found)
        if found is None:
            undoes = None if judgement["undoes"] is None else ids[judgement["undoes"]]
            rows.append({**judgement, "id": ids[-1], "article_id": id, "undoes": undoes})
    insert(connection, tables.judgements, rows)
    return len(rows)


def _add_identities(connection: Connection, line: _Line) -> int:
    """Add the judgements about who is who that are not here yet; how many."""
    if not line.identities:
        return 0
    here = identity_judgements(connection, {line.identity.key})
    known = {one: judgement.id for judgement, one in zip(here, _same_identity(here), strict=True)}
    same = _same_identity(line.identities)
    fresh = iter(next_judgement_ids(connection, sum(one not in known for one in same)))
    ids: list[int] = []
    new: list[Judgement] = []
    for one, judgement in zip(same, line.identities, strict=True):
        found = known.get(one)
        ids.append(next(fresh) if found is None else found)
        if found is None:
            undoes = None if judgement.undoes is None else ids[judgement.undoes]
            new.append(judgement._replace(id=ids[-1], undoes=undoes))
    insert(connection, tables.identity_judgements, [row_of(judgement) for judgement in new])
    keys = {anchor.key for judgement in new for anchor in (judgement.one, judgement.other) if anchor.key is not None}
    a = tables.articles.c
    for some in parts(sorted(keys)):
        unresolve(connection, connection.scalars(select(a.id).where(a.key.in_(some))))
    return len(new)


def _same_identity(judgements: Sequence[Judgement]) -> list[tuple[Judgement, int]]:
    """As `_same`, of judgements about who is who."""
    counts: Counter[Judgement] = Counter()
    found = []
    for judgement in judgements:
        says = judgement._replace(id=0, undoes=None)
        found.append((says, counts[says]))
        counts[says] += 1
    return found


def _same(judgements: Sequence[Any]) -> list[tuple[str, int]]:
    """What is the same in two records of each of these judgements, and how many before it say the same: who decides,
    takes it back and decides so again within a second has decided twice."""
    names = ("ref", "verdict", "change", "content", "note", "who", "made_at")
    counts: Counter[str] = Counter()
    found = []
    for judgement in judgements:
        says = json.dumps([judgement[name] for name in names], sort_keys=True)
        found.append((says, counts[says]))
        counts[says] += 1
    return found


def _link(connection: Connection, id: int, line: _Line) -> None:
    """The copies that the lines tell of and this record has, but did not recognise by itself."""
    a, c = tables.articles.c, tables.copies.c
    for copy in line.copies:
        other = connection.scalar(select(a.id).where(a.key == copy["key"], a.version == copy["version"]))
        if other is None or other == id:
            continue
        one, two = max(id, other), min(id, other)
        if connection.execute(select(c.kind).where(c.article_id == one, c.other_id == two)).first() is None:
            pair = {"article_id": one, "other_id": two, "kind": copy["kind"], "likeness": copy["likeness"]}
            insert(connection, tables.copies, [pair])
