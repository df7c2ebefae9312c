"""Readings as appearances: who speaks and who is spoken about in an article, each once.

Everybody whom the reader found to speak (or to be told something) is an appearance, but for those without a name;
so is who is only spoken about, where it is none of these. What people decided about statements is laid over first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from qawl.people.anchors import anchor
from qawl.people.appearance import Appearance, EntityKind
from qawl.people.bodies import widened
from qawl.people.looks import digest, folded, looks_of, write_forms
from qawl.people.setting import setting
from qawl.record import tables
from qawl.record.rows import insert, next_ids
from qawl.record.unresolving import mark_forms

_UNNAMED: Final = "unnamed"


@dataclass(slots=True)
class _Somebody:
    """An appearance to be. `span` is the first place that names it; `parts` are the statements in which it has one."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    speaker_id: int | None = None
    span: tuple[int, int] | None = None
    parts: set[tuple[int, str]] = field(default_factory=set)

    @property
    def form(self) -> Appearance:
        return Appearance(0, self.kind, self.name, self.aliases, self.role)


@dataclass(slots=True)
class _Read:
    """A reading with what is needed of it."""

    id: int
    key: str
    text_hash: str
    text: str
    speakers: list[Any] = field(default_factory=list)
    mentions: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    statements: list[Any] = field(default_factory=list)
    abouts: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody in an article: how he appears (`form`, but for what the article alone says), the number that names it in
    every record, and the first place that names him. `speaker_id`: the speaker of the reading who it is."""

    form: Appearance
    anchor: int
    span: tuple[int, int] | None
    speaker_id: int | None


class Said(NamedTuple):
    """A statement as the reader found it, about which nobody decided anything."""

    id: int
    speaker_id: int | None
    addressee_id: int | None
    verdict: None = None
    speaker_changed: bool = False


def present(
    key: str,
    text_hash: str,
    text: str,
    speakers: list[Any],
    mentions: Mapping[int, list[tuple[int, int]]],
    statements: list[Said],
    abouts: Mapping[int, list[Any]],
) -> tuple[list[Presence], list[str]]:
    """All that appear in a reading that is in no record, and the names of its scene (as `resolved` has them).

    `speakers` have `id`, `type`, `name` and `role`; `mentions` are their places, by that id; `abouts` have `start`,
    `end` and `type`, and are given by the id of the statement.
    """
    reading = _Read(0, key, text_hash, text, speakers, defaultdict(list, mentions), list(statements))
    reading.abouts.update(abouts)
    cast = _cast(reading)
    taken: set[int] = set()
    found = [Presence(one.form, _anchor(reading, one, taken), one.span, one.speaker_id) for one in cast]
    return found, _scene(reading, cast)


def gather(connection: Connection, after: int, most: int) -> int | None:
    """Write the appearances of readings that have none yet, of those with a higher id than `after`, at most so many.

    Returns the id of the last of them; None where there are none left.
    """
    read = _read(connection, after, most)
    if not read:
        return None
    found = [(reading, _cast(reading)) for reading in read]
    form_ids = write_forms(connection, (one.form for _, cast in found for one in cast))
    rows: list[dict[str, Any]] = []
    parties: list[dict[str, Any]] = []
    ids = iter(next_ids(connection, tables.appearances, sum(len(cast) for _, cast in found)))
    for reading, cast in found:
        taken: set[int] = set()
        for one in cast:
            id = next(ids)
            start, end = one.span or (None, None)
            rows.append(
                {
                    "id": id,
                    "reading_id": reading.id,
                    "form_id": form_ids[digest(one.form)],
                    "speaker_id": one.speaker_id,
                    "name_start": start,
                    "name_end": end,
                    "anchor": _anchor(reading, one, taken),
                }
            )
            parties += [{"statement_id": of, "part": part, "appearance_id": id} for of, part in sorted(one.parts)]
    insert(connection, tables.appearances, rows)
    insert(connection, tables.parties, parties)
    insert(
        connection,
        tables.resolved,
        [{"reading_id": reading.id, "names": _scene(reading, cast)} for reading, cast in found],
    )
    mark_forms(connection, (row["form_id"] for row in rows))
    return read[-1].id


def _read(connection: Connection, after: int, most: int) -> list[_Read]:
    r, a, s, k, m, b, h = (
        table.c
        for table in (
            tables.readings,
            tables.articles,
            tables.statements,
            tables.speakers,
            tables.mentions,
            tables.abouts,
            tables.shown,
        )
    )
    done = select(tables.resolved.c.reading_id).where(tables.resolved.c.reading_id == r.id)
    heads = connection.execute(
        select(r.id, a.key, a.text_hash, a.text)
        .join(tables.articles, a.id == r.article_id)
        .where(r.id > after, r.current, a.latest, ~done.exists())
        .order_by(r.id)
        .limit(most)
    )
    read = {row.id: _Read(*row) for row in heads}
    ids = list(read)
    for speaker in connection.execute(select(tables.speakers).where(k.reading_id.in_(ids)).order_by(k.id)):
        read[speaker.reading_id].speakers.append(speaker)
    mentions = select(k.reading_id, m.speaker_id, m.start, m.end).join(tables.speakers, k.id == m.speaker_id)
    for at in connection.execute(mentions.where(k.reading_id.in_(ids)).order_by(m.speaker_id, m.position)):
        read[at.reading_id].mentions[at.speaker_id].append((at.start, at.end))
    statements = (
        select(
            s.id,
            s.reading_id,
            s.speaker_id,
            s.addressee_id,
            h.verdict,
            h.speaker_changed,
            h.speaker_id.label("shown_id"),
            h.speaker_name,
            h.speaker_type,
        )
        .outerjoin(tables.shown, h.statement_id == s.id)
        .where(s.reading_id.in_(ids))
        .order_by(s.reading_id, s.number)
    )
    for said in connection.execute(statements):
        read[said.reading_id].statements.append(said)
    abouts = select(s.reading_id, b.statement_id, b.start, b.end, b.type).join(
        tables.statements, s.id == b.statement_id
    )
    for about in connection.execute(abouts.where(s.reading_id.in_(ids)).order_by(b.statement_id, b.position)):
        read[about.reading_id].abouts[about.statement_id].append(about)
    return list(read.values())


def _scene(reading: _Read, cast: list[_Somebody]) -> list[str]:
    """The folded names of all that appear; before them, as `=NO`, the state that the article tells of, if clear."""
    state = setting(reading.text)
    return [*([f"={state}"] if state else []), *sorted({folded(one.name) for one in cast})]


def _cast(reading: _Read) -> list[_Somebody]:
    """All that appear in an article: those who speak first, then those who are only spoken about."""
    named = [speaker for speaker in reading.speakers if speaker.type != _UNNAMED and folded(speaker.name)]
    looks = looks_of(((one.type, one.name, one.role, reading.mentions[one.id]) for one in named), reading.text)
    speaking: dict[int, _Somebody] = {}
    for speaker, (name, aliases) in zip(named, looks, strict=True):
        first = min(reading.mentions[speaker.id], default=None)
        speaking[speaker.id] = _Somebody(speaker.type, name, aliases, speaker.role, speaker.id, first)
    by_name = {(one.kind, folded(name)): one for one in speaking.values() for name in (*one.aliases, one.name)}
    others: dict[tuple[EntityKind, str], _Somebody] = {}
    for said in reading.statements:
        if said.verdict == "wrong":
            continue
        if (speaker := _speaker(said, speaking, others)) is not None:
            speaker.parts.add((said.id, "speaker"))
        if said.addressee_id in speaking:
            speaking[said.addressee_id].parts.add((said.id, "addressee"))
        for about in reading.abouts[said.id]:
            if (whom := _whom(about, reading, speaking, by_name, others)) is not None:
                whom.parts.add((said.id, "about"))
    return [*speaking.values(), *others.values()]


def _speaker(
    said: Any, speaking: Mapping[int, _Somebody], others: dict[tuple[EntityKind, str], _Somebody]
) -> _Somebody | None:
    """Who is shown to say it: somebody of the reading, or one whom people named."""
    if not said.speaker_changed:
        return speaking.get(said.speaker_id)
    known = speaking.get(said.shown_id)
    kind: EntityKind = said.speaker_type or "person"
    if known is not None and known.kind == kind:
        return known
    if said.speaker_name is None or said.speaker_type == _UNNAMED or not folded(said.speaker_name):
        return None
    return others.setdefault((kind, folded(said.speaker_name)), _Somebody(kind, said.speaker_name))


def _whom(
    about: Any,
    reading: _Read,
    speaking: Mapping[int, _Somebody],
    by_name: Mapping[tuple[EntityKind, str], _Somebody],
    others: dict[tuple[EntityKind, str], _Somebody],
) -> _Somebody | None:
    """Whom a mention in a content means: somebody who is named at this place or so anywhere, else one more."""
    first, last = widened(reading.text, about.start, about.end)
    name = reading.text[first:last]
    if about.type == _UNNAMED or not folded(name):
        return None
    for id, one in speaking.items():
        if any(start <= about.start and about.end <= end for start, end in reading.mentions[id]):
            return one
    at = (about.type, folded(name))
    if at in by_name:
        return by_name[at]
    one = others.setdefault(at, _Somebody(about.type, name))
    one.span = min(one.span or (about.start, about.end), (about.start, about.end))
    return one


def _anchor(reading: _Read, one: _Somebody, taken: set[int]) -> int:
    """By its place; of one whom only a judgement names, by the name. Several at one place are told apart."""
    what = one.span[0] if one.span else f"{one.kind} {folded(one.name)}"
    again = 0
    while (found := anchor(reading.key, reading.text_hash, what, again)) in taken:
        again += 1
    taken.add(found)
    return found
