"""What people decided, laid over a reading.

A judgement is about a statement as the reader had it: its cue and its content. It is laid over the statement of the
current reading that has the same public ID or else, where a newer reader drew it a little otherwise, the same cue and
much of the same content. What it fits nowhere is kept and told of, but shows nowhere.

All that is worked out here follows from the judgements and the reading alone; `lay` keeps it in the table `shown`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from sqlalchemy import Connection, delete, or_, select

from qawl.arabic.letters import fold
from qawl.record import tables
from qawl.record.rows import insert, slice_of
from qawl.record.unresolving import unresolve
from qawl.statement import EntityType, Speaker, Statement

#: The least share of a content's characters that another must have for a judgement to be laid over it; more where it
#: takes the statement away, for a content that was wrong says little of another.
_LIKE: Final = 0.5
_LIKE_WRONG: Final = 0.8

Ends = tuple[int, int]


class Decision(NamedTuple):
    """A row of the table `judgements`."""

    id: int
    article_id: int
    ref: str
    cue: Ends | None
    content: tuple[Ends, ...]
    verdict: str
    change: Mapping[str, Any]
    note: str | None
    who: str
    made_at: str
    undoes: int | None


class Read(NamedTuple):
    """A statement of the current reading, as far as judgements have to know it."""

    id: int
    ref: str
    cue: Ends | None
    content: tuple[Ends, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the judgements that hold about one statement come to: the last verdict, and all changes together."""

    ref: str
    last: int  #: id of the last of them
    cue: Ends | None
    contents: tuple[tuple[Ends, ...], ...]  #: each content that the reader had, and the one that people gave
    verdict: str
    change: Mapping[str, Any]


class Decided(Protocol):
    """A row of something that people decided, and can take back by a later row."""

    @property
    def id(self) -> int: ...
    @property
    def made_at(self) -> str: ...
    @property
    def undoes(self) -> int | None: ...


D = TypeVar("D", bound=Decided)


def standing(decisions: Sequence[Decided]) -> set[int]:
    """The ids of the judgements (and of those that take back others) that no standing one has taken back."""
    stand: set[int] = set()
    undone: set[int] = set()
    for decision in sorted(decisions, key=lambda d: d.id, reverse=True):
        if decision.id not in undone:
            stand.add(decision.id)
            if decision.undoes is not None:
                undone.add(decision.undoes)
    return stand


def in_effect(decisions: Sequence[D]) -> list[D]:
    """The judgements that hold, in the order in which they were made, wherever that was: one that was taken in from
    another record has a later id than its time."""
    stand = standing(decisions)
    return [d for d in sorted(decisions, key=lambda d: (d.made_at, d.id)) if d.id in stand and d.undoes is None]


def rulings(decisions: Sequence[Decision]) -> list[Ruling]:
    """What the judgements about one article come to, statement by statement, in the order of their first judgement."""
    by_ref: dict[str, list[Decision]] = {}
    for decision in in_effect(decisions):
        by_ref.setdefault(decision.ref, []).append(decision)
    return [_ruling(ref, held) for ref, held in by_ref.items()]


def _ruling(ref: str, held: list[Decision]) -> Ruling:
    change: dict[str, Any] = {}
    for decision in held:
        if "speaker" in decision.change:  # its type goes with it
            change.pop("speaker_type", None)
        change |= decision.change
    contents = [d.content for d in held]
    if "content" in change:
        contents.append(_ends(change["content"]))
    return Ruling(ref, held[-1].id, held[-1].cue, tuple(dict.fromkeys(contents)), held[-1].verdict, change)


def match(ruled: Sequence[Ruling], read: Sequence[Read]) -> dict[int, Ruling]:
    """The ruling that each statement (by its id) of the current reading falls under; each ruling is laid over one."""
    by_ref = {statement.ref: statement.id for statement in read}
    found = {by_ref[r.ref]: r for r in ruled if r.ref in by_ref}
    rest = [r for r in ruled if r.ref not in by_ref]
    pairs = [
        (-alike, r.last, statement.id, r)
        for r in rest
        for statement in read
        if statement.id not in found and _same_cue(r.cue, statement.cue)
        for alike in [max(_alike(content, statement.content) for content in r.contents)]
        if alike >= (_LIKE_WRONG if r.verdict == "wrong" else _LIKE)
    ]
    laid: set[str] = set()
    for _, _, id, ruling in sorted(pairs, key=lambda pair: pair[:3]):
        if id not in found and ruling.ref not in laid:
            found[id] = ruling
            laid.add(ruling.ref)
    return found


def _same_cue(one: Ends | None, other: Ends | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] < other[1] and other[0] < one[1]


def _alike(one: Iterable[Ends], other: Iterable[Ends]) -> float:
    """The characters that two contents share among all that they have, 0 to 1."""
    mine = {at for start, end in one for at in range(start, end)}
    theirs = {at for start, end in other for at in range(start, end)}
    together = len(mine | theirs)
    return len(mine & theirs) / together if together else 0.0


def decisions_of(connection: Connection, article_ids: Sequence[int]) -> dict[int, list[Decision]]:
    """All judgements about these articles, by article, in the order in which they were made."""
    j = tables.judgements.c
    found: dict[int, list[Decision]] = defaultdict(list)
    for row in connection.execute(select(tables.judgements).where(j.article_id.in_(article_ids)).order_by(j.id)):
        found[row.article_id].append(
            Decision(
                row.id,
                row.article_id,
                row.ref,
                None if row.cue_start is None else (row.cue_start, row.cue_end),
                _ends(row.content),
                row.verdict,
                row.change,
                row.note,
                row.who,
                row.made_at,
                row.undoes,
            )
        )
    return found


def current_statements(connection: Connection, article_ids: Sequence[int]) -> dict[int, list[Read]]:
    """The statements of the current readings of these articles, by article, in the order of the text."""
    s, c = tables.statements.c, tables.contents.c
    current = select(tables.readings.c.id).where(
        tables.readings.c.article_id.in_(article_ids), tables.readings.c.current
    )
    pieces: dict[int, list[Ends]] = defaultdict(list)
    for piece in connection.execute(
        select(c.statement_id, c.start, c.end)
        .join(tables.statements, s.id == c.statement_id)
        .where(s.reading_id.in_(current))
        .order_by(c.statement_id, c.piece)
    ):
        pieces[piece.statement_id].append((piece.start, piece.end))
    found: dict[int, list[Read]] = defaultdict(list)
    for row in connection.execute(
        select(s.id, s.ref, s.article_id, s.cue_start, s.cue_end).where(s.reading_id.in_(current)).order_by(s.number)
    ):
        cue = None if row.cue_start is None else (row.cue_start, row.cue_end)
        found[row.article_id].append(Read(row.id, row.ref, cue, tuple(pieces[row.id])))
    return found


def lay(connection: Connection, article_ids: Sequence[int]) -> None:
    """Make the rows of `shown` for these articles anew. Their words have to be indexed anew afterwards."""
    s, r = tables.statements.c, tables.readings.c
    before = select(s.id).join(tables.readings, r.id == s.reading_id).where(r.article_id.in_(article_ids))
    spoke = _shown_to_speak(connection, article_ids)
    connection.execute(delete(tables.shown).where(tables.shown.c.statement_id.in_(before)))
    decided = decisions_of(connection, article_ids)
    read = current_statements(connection, list(decided))
    for article_id, decisions in decided.items():
        laid = match(rulings(decisions), read[article_id])
        by_id = {statement.id: statement for statement in read[article_id]}
        insert(connection, tables.shown, [_shown(connection, by_id[id], ruling) for id, ruling in laid.items()])
    speak = _shown_to_speak(connection, article_ids)
    unresolve(connection, sorted({row.article_id for row in spoke ^ speak}))


def _shown_to_speak(connection: Connection, article_ids: Sequence[int]) -> set[Any]:
    """What people changed of who speaks in these articles, and the statements that they took away."""
    s, h = tables.statements.c, tables.shown.c
    changed = or_(h.verdict == "wrong", h.speaker_changed)
    who = (h.speaker_changed, h.speaker_id, h.speaker_name, h.speaker_type)
    query = select(s.article_id, h.statement_id, (h.verdict == "wrong").label("gone"), *who)
    return set(
        connection.execute(
            query.join(tables.statements, s.id == h.statement_id).where(s.article_id.in_(article_ids), changed)
        )
    )


def _shown(connection: Connection, read: Read, ruling: Ruling) -> dict[str, Any]:
    """The row of `shown`: the changes that differ from the reading."""
    s, k, change = tables.statements.c, tables.speakers.c, ruling.change
    own = connection.execute(
        select(s.act, k.name, k.type).outerjoin(tables.speakers, k.id == s.speaker_id).where(s.id == read.id)
    ).one()
    row: dict[str, Any] = {
        "statement_id": read.id,
        "judgement_id": ruling.last,
        "verdict": ruling.verdict,
        "speaker_changed": False,
        "speaker_id": None,
        "speaker_name": None,
        "speaker_type": None,
        "act": change["act"] if change.get("act", own.act) != own.act else None,
        "form": None,
        "content": None,
    }
    if "content" in change and _ends(change["content"]) != read.content:
        row["content"] = change["content"]
        row["form"] = change.get("form")  # a judgement of an older Qawl does not say it
    if "speaker" in change and (change["speaker"], change.get("speaker_type", own.type)) != (own.name, own.type):
        row |= {
            "speaker_changed": True,
            "speaker_name": change["speaker"],
            "speaker_type": change.get("speaker_type"),
        }
        known = _speaker_of(connection, read.id, change["speaker"]) if change["speaker"] else None
        if known is not None:
            row["speaker_id"] = known.id
            row["speaker_type"] = row["speaker_type"] or known.type
    return row


def _ends(content: Iterable[Sequence[int]]) -> tuple[Ends, ...]:
    return tuple((start, end) for start, end in content)


def _speaker_of(connection: Connection, statement_id: int, name: str) -> Any:
    """The speaker of the statement's reading who bears that name, or is called so somewhere in the article."""
    s, k, m = tables.statements.c, tables.speakers.c, tables.mentions.c
    of_reading: Any = k.reading_id == select(s.reading_id).where(s.id == statement_id).scalar_subquery()
    wanted = fold(name).split()
    speakers = connection.execute(select(k.id, k.name, k.type).where(of_reading).order_by(k.id)).all()
    for speaker in speakers:
        if fold(speaker.name).split() == wanted:
            return speaker
    text = connection.execute(
        select(tables.articles.c.text)
        .join(tables.statements, s.article_id == tables.articles.c.id)
        .where(s.id == statement_id)
    ).scalar_one()
    by_id = {speaker.id: speaker for speaker in speakers}
    mentions = select(m.speaker_id, m.start, m.end).where(m.speaker_id.in_(select(k.id).where(of_reading)))
    for mention in connection.execute(mentions.order_by(m.speaker_id, m.position)):
        if fold(text[mention.start : mention.end]).split() == wanted:
            return by_id[mention.speaker_id]
    return None


def overlaid(statement: Statement, shown: Any, text: str, cast: Mapping[int, Speaker]) -> Statement | None:
    """The statement as people left it; None where they took it away. `shown` is its row of that table, if any; `cast`
    are the speakers of its reading by the ids of their rows."""
    if shown is None:
        return statement
    if shown.verdict == "wrong":
        return None
    if shown.content is not None:
        statement = replace(statement, content=tuple(slice_of(text, start, end) for start, end in shown.content))
    if shown.act is not None:
        statement = replace(statement, act=shown.act)
    if shown.form is not None:
        statement = replace(statement, form=shown.form)
    if shown.speaker_changed:
        statement = replace(statement, speaker=_person(shown, cast))
    return statement


def _person(shown: Any, cast: Mapping[int, Speaker]) -> Speaker | None:
    if shown.speaker_name is None:
        return None
    if shown.speaker_id is not None:
        return cast[shown.speaker_id]
    type: EntityType = shown.speaker_type or "person"
    return Speaker(f"judgement-{shown.judgement_id}", shown.speaker_name, type)
