"""What people decide about statements: appended with who and when, never overwritten, taken back by a further line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Connection, Engine, and_, delete, func, select

from qawl.arabic.letters import fold_with_offsets
from qawl.reading.form import form_of_slices
from qawl.record import tables
from qawl.record.engine import snapshot, write
from qawl.record.errors import RecordError
from qawl.record.identity import clean_ref, unknown_ref
from qawl.record.identity_judgements import next_judgement_ids
from qawl.record.overlay import (
    Decision,
    Ends,
    Read,
    current_statements,
    decisions_of,
    in_effect,
    lay,
    match,
    rulings,
    standing,
)
from qawl.record.search.index import index_articles
from qawl.record.times import now
from qawl.statement import ACTS, ENTITY_TYPES

Verdict = Literal["right", "wrong", "mended"]

#: Articles that are looked at together.
_TOGETHER: Final = 200
#: Judgements of somebody that are looked at together for the last one that holds.
_LATEST: Final = 20


class NotInArticleError(RecordError):
    """A statement was to be mended with words that its article does not have."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What is to hold instead of the reading; what is not given is left.

    `speaker` is a name, or the empty string where nobody is named. `content` is a sequence of half-open spans of the
    article's text; `words` gives it in words instead, which must stand in the article.
    """

    speaker: str | None = None
    speaker_type: str | None = None
    act: str | None = None
    content: tuple[Ends, ...] | None = None
    words: str | None = None


class Judged(NamedTuple):
    """A judgement with what has become of it. `holds`: none that holds has taken it back. `laid_over`: the public ID
    of the statement of the current reading over which it lies; None where it fits none."""

    decision: Decision
    holds: bool
    laid_over: str | None


def judge(
    engine: Engine, ref: str, verdict: Verdict, *, who: str, mend: Mend | None = None, note: str | None = None
) -> int:
    """Decide about the statement with this public ID; the id of the judgement.

    `right` holds on to the statement as it is shown now, whatever another reader makes of it; `wrong` takes it out of
    sight; `mended` needs a `mend`. Raises RecordError for a statement that is not in the current reading of an article,
    and for a mend that cannot be.
    """
    if (verdict == "mended") != (mend is not None):
        raise RecordError("a statement is mended by saying what is to hold instead")
    return write(engine, partial(_judge, ref=clean_ref(ref), verdict=verdict, who=who, mend=mend, note=note))


def _judge(connection: Connection, *, ref: str, verdict: Verdict, who: str, mend: Mend | None, note: str | None) -> int:
    row = _current(connection, ref)
    read = next(s for s in current_statements(connection, [row.article_id])[row.article_id] if s.id == row.id)
    change: dict[str, Any] = {}
    if mend is not None:
        change = _change(connection, row, read.content, mend)
    elif verdict == "right":
        change = _as_shown(connection, row, read.content)
    (id,) = next_judgement_ids(connection, 1)
    connection.execute(
        tables.judgements.insert(),
        {
            "id": id,
            "article_id": row.article_id,
            "ref": row.ref,
            "cue_start": row.cue_start,
            "cue_end": row.cue_end,
            "content": read.content,
            "verdict": verdict,
            "change": change,
            "note": note,
            "who": who,
            "made_at": now(),
        },
    )
    lay(connection, [row.article_id])
    index_articles(connection, [row.article_id])
    return id


def _current(connection: Connection, ref: str) -> Any:
    """The statement of that public ID in the current reading of its article, with the article's text."""
    s, r = tables.statements.c, tables.readings.c
    rows = connection.execute(
        select(tables.statements, r.current, tables.articles.c.text)
        .join(tables.readings, r.id == s.reading_id)
        .join(tables.articles, tables.articles.c.id == r.article_id)
        .where(s.ref == ref)
        .order_by(r.current.desc(), s.id)
    ).all()
    if not rows:
        raise unknown_ref(ref)
    if not rows[0].current:
        raise RecordError(f"{ref}: is in an older reading alone; the current one does not have this statement")
    return rows[0]


def _change(connection: Connection, row: Any, content: tuple[Ends, ...], mend: Mend) -> dict[str, Any]:
    change: dict[str, Any] = {}
    if mend.speaker is not None:
        change["speaker"] = " ".join(mend.speaker.split()) or None
    if mend.speaker_type is not None:
        if mend.speaker_type not in ENTITY_TYPES:
            raise RecordError(f"{mend.speaker_type}: a speaker is one of {', '.join(ENTITY_TYPES)}")
        if not change.get("speaker"):
            raise RecordError("the type of a speaker goes with the speaker's name")
        change["speaker_type"] = mend.speaker_type
    if mend.act is not None:
        if mend.act not in ACTS:
            raise RecordError(f"{mend.act}: an act is one of {', '.join(ACTS)}")
        change["act"] = mend.act
    if mend.words is not None:
        change["content"] = [_place(row.text, mend.words, near=content[0][0] if content else 0)]
    if mend.content is not None:
        ends = [0, *(at for start, end in mend.content for at in (start, end)), len(row.text)]
        if not mend.content or ends != sorted(ends) or any(start == end for start, end in mend.content):
            raise RecordError(f"a content is one span or more, in order, within 0 and {len(row.text)}")
        change["content"] = [list(span) for span in mend.content]
    if "content" in change:
        # Kept with the judgement: other words may be quoted where the reading's were retold, or the other way round.
        change["form"] = form_of_slices(row.text, [(start, end) for start, end in change["content"]])
    if not change:
        raise RecordError("a statement is mended by saying what is to hold instead")
    return change


def _place(text: str, words: str, *, near: int) -> list[int]:
    """Where words stand in a text, spelled alike or otherwise: of several places the one that begins nearest."""
    folded = fold_with_offsets(text)
    wanted = fold_with_offsets(words.strip()).text
    places = []
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(folded.span(at, at + len(wanted)))
        at = folded.text.find(wanted, at + 1)
    if not places:
        raise NotInArticleError("these words do not stand in the article")
    start, end = min(places, key=lambda place: abs(place[0] - near))
    return [start, end]


def _as_shown(connection: Connection, row: Any, content: tuple[Ends, ...]) -> dict[str, Any]:
    k = tables.speakers.c
    speaker = connection.execute(select(k.name, k.type).where(k.id == row.speaker_id)).first()
    change = {
        "speaker": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "act": row.act,
        "content": content,
    }
    shown = connection.execute(select(tables.shown).where(tables.shown.c.statement_id == row.id)).first()
    if shown is not None:
        if shown.speaker_changed:
            change |= {"speaker": shown.speaker_name, "speaker_type": shown.speaker_type}
        change["act"] = shown.act or change["act"]
        if shown.content is not None:
            change |= {"content": shown.content, "form": shown.form or row.form}
    return change


def undo(engine: Engine, *, who: str, judgement_id: int | None = None) -> int:
    """Take back a judgement about a statement: the one of that id, else the last one of `who` that holds. The id of
    what was taken back. (`qawl.people.judgements.undo` does so for judgements of either kind.)

    To take back that a judgement was taken back makes it hold again. Raises RecordError where there is none.
    """

    def work(connection: Connection) -> int:
        if judgement_id is not None:
            return take_back(connection, judgement_id, who=who)
        if (last := last_of(connection, who)) is None:
            raise RecordError(f"no judgement of {who} holds")
        return take_back(connection, last.id, who=who)

    return write(engine, work)


def last_of(connection: Connection, who: str) -> Decision | None:
    """The last judgement about a statement that somebody made and that holds."""
    j = tables.judgements.c
    own = select(j.id, j.article_id).where(j.who == who, j.undoes.is_(None)).order_by(j.made_at.desc(), j.id.desc())
    # Most often the first one holds: a few are looked at together, not all that somebody decided in years.
    for some in connection.execute(own).partitions(_LATEST):
        decided = decisions_of(connection, list({row.article_id for row in some}))
        held = {d.id: d for decisions in decided.values() for d in in_effect(decisions)}
        for row in some:
            if row.id in held:
                return held[row.id]
    return None


def take_back(connection: Connection, judgement_id: int, *, who: str) -> int:
    """Take back the judgement about a statement that has this id; the id. Raises RecordError where there is none."""
    j = tables.judgements.c
    row = connection.execute(select(tables.judgements).where(j.id == judgement_id)).first()
    if row is None:
        raise RecordError(f"{judgement_id}: no such judgement")
    if judgement_id not in standing(decisions_of(connection, [row.article_id])[row.article_id]):
        raise RecordError(f"{judgement_id}: has been taken back already")
    connection.execute(
        tables.judgements.insert(),
        {
            "id": next_judgement_ids(connection, 1)[0],
            "article_id": row.article_id,
            "ref": row.ref,
            "cue_start": row.cue_start,
            "cue_end": row.cue_end,
            "content": row.content,
            "verdict": "undone",
            "change": {},
            "who": who,
            "made_at": now(),
            "undoes": judgement_id,
        },
    )
    lay(connection, [row.article_id])
    index_articles(connection, [row.article_id])
    return judgement_id


def judgements(
    engine: Engine, *, ref: str | None = None, unmatched: bool = False, after: int = 0, most: int | None = None
) -> Iterator[Judged]:
    """All judgements, article by article in the order in which they were made; of one statement; or only those that
    hold and fit no statement of the current reading. With `most`, so many of those with the next numbers after one.

    Raises RecordError for the public ID of no statement.
    """
    j = tables.judgements.c
    wanted = j.id > after if ref is None else and_(j.id > after, j.ref == clean_ref(ref))
    numbers = select(j.id).where(wanted).order_by(j.id)
    query = select(j.article_id).distinct().order_by(j.article_id)
    with snapshot(engine) as connection:
        chosen = None if most is None else set(connection.scalars(numbers.limit(most)))
        article_ids = connection.scalars(query.where(wanted if chosen is None else j.id.in_(chosen))).all()
        if ref is not None and not article_ids and not _is_known(connection, clean_ref(ref)):
            raise unknown_ref(ref)
        for begin in range(0, len(article_ids), _TOGETHER):
            some = article_ids[begin : begin + _TOGETHER]
            read = current_statements(connection, some)
            for article_id, decisions in decisions_of(connection, some).items():
                for judged in _judged(decisions, read[article_id], ref and clean_ref(ref), unmatched):
                    if judged.decision.id > after and (chosen is None or judged.decision.id in chosen):
                        yield judged


def _is_known(connection: Connection, ref: str) -> bool:
    return connection.scalar(select(tables.statements.c.id).where(tables.statements.c.ref == ref).limit(1)) is not None


def _judged(decisions: list[Decision], read: list[Read], ref: str | None, unmatched: bool) -> Iterator[Judged]:
    found = match(rulings(decisions), read)
    over = {ruling.ref: statement.ref for statement in read if (ruling := found.get(statement.id))}
    stand = standing(decisions)
    for decision in decisions:
        judged = Judged(decision, decision.id in stand, over.get(decision.ref))
        lost = judged.holds and judged.laid_over is None and decision.undoes is None
        if (ref is None or decision.ref == ref) and (lost or not unmatched):
            yield judged


def rebuild(engine: Engine) -> int:
    """Make the table `shown` anew from judgements and readings; the number of its rows."""

    def work(connection: Connection) -> int:
        r, s = tables.readings.c, tables.statements.c
        of_shown = (
            select(r.article_id).join_from(tables.shown, tables.statements).join(tables.readings, r.id == s.reading_id)
        )
        before = set(connection.scalars(of_shown))
        connection.execute(delete(tables.shown))
        judged = connection.scalars(select(tables.judgements.c.article_id).distinct()).all()
        for begin in range(0, len(judged), _TOGETHER):
            lay(connection, judged[begin : begin + _TOGETHER])
        index_articles(connection, sorted(before.union(judged)))
        return connection.scalar(select(func.count()).select_from(tables.shown)) or 0

    return write(engine, work)
