"""The index of the statements' words: the same words in SQLite's FTS5 and in PostgreSQL's text search vectors.

A statement is one row of the full-text table `statement_words`. Its words are tokens of letters and digits whose first
letter tells what they are (`Token`); neither engine's own analysis touches them, so both find the same rows. The row's
number is its place among all results: newer articles come higher, and the order is the same on both engines.

The rows follow from the tables of the record: statements of the current reading of the latest version of an article,
as the reader had them and, where people judged otherwise, as they are shown. `index_articles` brings them in line and
belongs in the transaction that changes those tables.
"""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, text

from qawl.record.engine import is_sqlite
from qawl.record.rows import parts
from qawl.record.search import analysis
from qawl.record.search.analysis import Word
from qawl.record.tables import (
    abouts,
    articles,
    contents,
    mentions,
    readings,
    search_state,
    shown,
    speakers,
    statement_index,
    statements,
)

#: Articles whose statements are worked on at a time.
_BATCH: Final = 100
#: Statements that are worked on at a time: an article may have any number, and a question has no room for all of them.
_MOST_STATEMENTS: Final = 2000
#: Words of a statement that are indexed, its own and those around it; and how often one may occur (PostgreSQL's limit).
_MOST_OWN: Final = 4000
_MOST_AROUND: Final = 1000
_MOST_OFTEN: Final = 255
#: Stands where phrases must not reach across; no token begins with it.
_GAP: Final = "x"

# A place is 27 bits for the minute of publication and 36 below; minute 0 is for articles without a date. What was
# published before 1900 or after 2154 counts with the first or last minute in between.
_BITS: Final = 36
_EPOCH: Final = date(1900, 1, 1).toordinal()
_LAST_MINUTE: Final = (1 << 27) - 1

Span = tuple[int, int]


class Token(StrEnum):
    """What a token of the index says: its first letter."""

    OWN = "o"  #: form of a word of what was said
    AROUND = "a"  #: form of another word of the sentence
    OWN_KEY = "k"
    AROUND_KEY = "c"
    SPEAKER = "s"  #: key of a word of the speaker's names
    ABOUT = "b"  #: key of a word of what the content names
    OUTLET = "u"  #: with the outlet's id
    ACT = "t"
    FORM = "f"
    NOT_SHOWN = "n"  #: the row holds for the reading alone
    NOT_MACHINE = "m"  #: the row holds for what is shown alone


@dataclass(slots=True)
class _Document:
    """The words of one statement in one view. `own` and `around` are in the order of the text, None where it breaks."""

    own: list[str]
    around: list[str]
    keys: list[str]
    act: str
    form: str
    outlet_id: int | None

    @property
    def digest(self) -> int:
        return zlib.crc32("\n".join(" ".join(part) for part in (self.own, self.around, self.keys)).encode())

    def vector(self) -> str:
        """As PostgreSQL writes a tsvector. The tokens are letters and digits: nothing in them needs quoting."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate((*self.own, _GAP, *self.around), 1):
            if token != _GAP:
                places[token].append(at)
        found = [f"{token}:{','.join(map(str, at))}" for token, at in places.items()]
        return " ".join((*found, *self.keys))


@dataclass(slots=True)
class _Text:
    """An article's text with its words."""

    text: str
    words: list[Word] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = list(analysis.words(self.text))
        self.starts = [word.start for word in self.words]

    def within(self, span: Span) -> list[Word]:
        return self.words[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]


def index_articles(connection: Connection, ids: Iterable[int]) -> None:
    """Bring the index in line with what the tables now say of these articles (`articles.id`).

    To be called within the transaction that wrote them or their readings, made another reading current or another
    version the latest, or changed what is shown of their statements. Before rows are deleted or a text is forgotten,
    `forget_articles` has to be called.
    """
    if not _is_ours(connection):
        rebuild(connection)  # these articles are among all the others
        return
    for some in parts(ids, _BATCH):
        found = _statement_ids(connection, some)
        for part in parts(found, _MOST_STATEMENTS):
            _take_out(connection, part)
        for part in parts(found, _MOST_STATEMENTS):
            _put_in(connection, part)


def forget_articles(connection: Connection, ids: Iterable[int]) -> None:
    """Take all words of these articles out of the index. To be called before the articles or their texts are deleted.

    Where statements are kept, `index_articles` afterwards puts in what is left.
    """
    if not _is_ours(connection):
        rebuild(connection)
    for some in parts(ids, _BATCH):
        for part in parts(_statement_ids(connection, some), _MOST_STATEMENTS):
            _take_out(connection, part)


def rebuild(connection: Connection) -> None:
    """Make the index anew from the tables."""
    if is_sqlite(connection):
        connection.execute(text("INSERT INTO statement_words(statement_words) VALUES ('delete-all')"))
    else:
        connection.execute(text("DELETE FROM statement_words"))  # TRUNCATE would empty it under those who read
    connection.execute(delete(statement_index))
    connection.execute(delete(search_state))
    connection.execute(insert(search_state), {"fingerprint": analysis.fingerprint()})
    last = 0
    while some := connection.scalars(
        select(articles.c.id).where(articles.c.latest, articles.c.id > last).order_by(articles.c.id).limit(_BATCH)
    ).all():
        last = some[-1]
        for part in parts(_statement_ids(connection, some), _MOST_STATEMENTS):
            _put_in(connection, part)
    tidy(connection)


def tidy(connection: Connection) -> None:
    """Merge what many small writes left in the full-text index: searches are faster afterwards.

    Worth it after some thousand articles. On PostgreSQL it also counts words anew, as autovacuum does sooner or later.
    """
    if is_sqlite(connection):
        connection.execute(text("INSERT INTO statement_words(statement_words) VALUES ('optimize')"))
    else:
        connection.execute(text("SELECT gin_clean_pending_list('ix_statement_words_words')"))
        connection.execute(text("ANALYZE statement_words"))


def is_current(connection: Connection) -> bool:
    """Was the index made with the analysis of this Qawl? (Where there is no statement yet, it needs none.)"""
    return _is_ours(connection) or connection.execute(select(statements.c.id).limit(1)).first() is None


def sentence(text: str, spans: Sequence[Span]) -> Span:
    """The half-open span of the sentence or sentences that the spans lie in, within their paragraphs.

    At most 1,000 code points before the first span and after the last.
    """
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    before = text[max(0, start - _FAR) : start]
    at = max(before.rfind("\n"), *(before.rfind(stop) for stop in _STOPS)) + 1
    start -= len(before) - at
    after = text[end : end + _FAR]
    ends = [found + len(stop.rstrip()) for stop in _STOPS if (found := after.find(stop)) >= 0]
    ends.extend(found for found in (after.find("\n"),) if found >= 0)
    end += min(ends, default=len(after))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_FAR: Final = 1000
_STOPS: Final = (". ", "؟ ", "! ", "? ", "□ ")


def place_of(day: str | None, published: str | None, ref: str) -> int:
    """A statement's place: the minute of publication by the outlet's own clock, then 36 bits that follow from its ref.

    Statements without a date come after all others. The last bit is left free for the view that is shown.
    """
    minute = 0
    if day:
        minute = _minute(date.fromisoformat(day))
        if published and len(published) >= 16 and published[10] in "T ":
            minute = min(minute + int(published[11:13]) * 60 + int(published[14:16]), _LAST_MINUTE)
    bits = int.from_bytes(hashlib.blake2b(ref.encode(), digest_size=5).digest(), "big") & ((1 << _BITS) - 2)
    return (minute << _BITS) | bits


def day_bounds(first: date | None, last: date | None) -> tuple[int, int]:
    """The range of places, both ends included, of the articles of these days; without days, of all articles."""
    if first is None and last is None:
        return 0, (1 << 63) - 1
    low = _minute(first) if first else 1
    high = _minute(last) + 24 * 60 - 1 if last else _LAST_MINUTE
    return low << _BITS, (min(high, _LAST_MINUTE) << _BITS) | ((1 << _BITS) - 1)


#: The day of publication that a place lies in, as a number, in SQL; null for one without a date.
DAY_NUMBER: Final = f"CASE WHEN place >> {_BITS} > 0 THEN (place >> {_BITS}) / {24 * 60} END"


def day_of(number: int) -> date:
    """The day with that number."""
    return date.fromordinal(_EPOCH + number)


def _minute(day: date) -> int:
    """The first minute of a day."""
    return min(max((day.toordinal() - _EPOCH) * 24 * 60, 1), _LAST_MINUTE)


def _is_ours(connection: Connection) -> bool:
    """Was the index made with this analysis? Not before anything was indexed."""
    found = connection.scalars(select(search_state.c.fingerprint)).first()
    return bool(found == analysis.fingerprint())


def _statement_ids(connection: Connection, article_ids: Sequence[int]) -> list[int]:
    """The statements of all readings of these articles."""
    question = select(statements.c.id).join(readings, readings.c.id == statements.c.reading_id)
    return list(connection.scalars(question.where(readings.c.article_id.in_(article_ids)).order_by(statements.c.id)))


def _take_out(connection: Connection, ids: Sequence[int]) -> None:
    rows = connection.execute(select(statement_index).where(statement_index.c.statement_id.in_(ids))).all()
    if not rows:
        return
    places = [row.place for row in rows]
    if is_sqlite(connection):
        # FTS5 keeps no copy of the words: it has to be told which they were.
        found = _documents(connection, [(row.statement_id, row.view, row.mended) for row in rows])
        if any(found[row.statement_id, row.view].digest != row.digest for row in rows):
            # A text was changed without a word to us. To name other words would spoil the index without a sound.
            rebuild(connection)
            _take_out(connection, ids)
            return
        connection.execute(
            text(
                "INSERT INTO statement_words(statement_words, rowid, own, around, keys) "
                "VALUES ('delete', :place, :own, :around, :keys)"
            ),
            [_as_columns(row.place, found[row.statement_id, row.view]) for row in rows],
        )
    else:
        connection.execute(text("DELETE FROM statement_words WHERE place = ANY(:places)"), {"places": places})
    connection.execute(delete(statement_index).where(statement_index.c.statement_id.in_(ids)))


def _put_in(connection: Connection, ids: Sequence[int]) -> None:
    wanted: list[tuple[int, str, Any]] = []
    for row in connection.execute(
        select(statements.c.id, shown.c.verdict, *_MENDED)
        .join(readings, readings.c.id == statements.c.reading_id)
        .join(articles, articles.c.id == statements.c.article_id)
        .outerjoin(shown, shown.c.statement_id == statements.c.id)
        .where(statements.c.id.in_(ids), readings.c.current, articles.c.latest)
    ):
        mended = _mended(row)
        if row.verdict == "wrong" or mended:
            wanted.append((row.id, "machine", None))
            if mended and row.verdict != "wrong":
                wanted.append((row.id, "shown", mended))
        else:
            wanted.append((row.id, "both", None))
    if not wanted:
        return
    found = _documents(connection, wanted)
    places = _places(connection, [(id_, view) for id_, view, _ in wanted])
    connection.execute(
        insert(statement_index),
        [
            {
                "place": places[id_, view],
                "statement_id": id_,
                "view": view,
                "mended": mended,
                "digest": found[id_, view].digest,
                "act": found[id_, view].act,
                "form": found[id_, view].form,
                "outlet_id": found[id_, view].outlet_id,
            }
            for id_, view, mended in wanted
        ],
    )
    # In the order of the places FTS5 has least to do.
    rows = sorted(found.items(), key=lambda item: places[item[0]])
    if is_sqlite(connection):
        connection.execute(
            text("INSERT INTO statement_words(rowid, own, around, keys) VALUES (:place, :own, :around, :keys)"),
            [_as_columns(places[key], document) for key, document in rows],
        )
    else:
        connection.execute(
            text("INSERT INTO statement_words (place, words) VALUES (:place, CAST(:words AS tsvector))"),
            [{"place": places[key], "words": document.vector()} for key, document in rows],
        )


_MENDED: Final = (
    shown.c.speaker_changed,
    shown.c.speaker_id.label("shown_speaker_id"),
    shown.c.speaker_name,
    shown.c.act.label("shown_act"),
    shown.c.form.label("shown_form"),
    shown.c.content.label("shown_content"),
)


def _mended(row: Any) -> dict[str, Any] | None:
    """What holds instead of the reading, as far as search is concerned; None where the reading holds."""
    found: dict[str, Any] = {}
    if row.speaker_changed:
        found["speaker"] = {"id": row.shown_speaker_id, "name": row.speaker_name}
    if row.shown_act is not None:
        found["act"] = row.shown_act
    if row.shown_content is not None:
        found["content"] = row.shown_content
    if row.shown_form is not None:
        found["form"] = row.shown_form
    return found or None


def _as_columns(place: int, document: _Document) -> dict[str, Any]:
    return {
        "place": place,
        "own": " ".join(document.own),
        "around": " ".join(document.around),
        "keys": " ".join(document.keys),
    }


def _places(connection: Connection, rows: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """A free place for each statement and view. Two that fall on one place are all but impossible, yet provided for."""
    found: dict[tuple[int, str], int] = {}
    facts = {
        row.id: place_of(row.day, row.published, row.ref)
        for row in connection.execute(
            select(statements.c.id, statements.c.ref, articles.c.day, articles.c.published)
            .join(articles, articles.c.id == statements.c.article_id)
            .where(statements.c.id.in_({id_ for id_, _ in rows}))
        )
    }
    wanted = {key: facts[key[0]] + (key[1] == "shown") for key in rows}
    taken = set(connection.scalars(select(statement_index.c.place).where(statement_index.c.place.in_(wanted.values()))))
    for key, place in wanted.items():
        while place in taken:
            place += 2
            if (
                place not in taken
                and connection.execute(select(statement_index.c.place).where(statement_index.c.place == place)).first()
            ):
                taken.add(place)
        taken.add(place)
        found[key] = place
    return found


def _documents(connection: Connection, wanted: Sequence[tuple[int, str, Any]]) -> dict[tuple[int, str], _Document]:
    """The words of statements in the views wanted: (statement's id, view, what is mended)."""
    ids = {id_ for id_, _, _ in wanted}
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in connection.execute(
        select(contents).where(contents.c.statement_id.in_(ids)).order_by(contents.c.statement_id, contents.c.piece)
    ):
        spans[row.statement_id].append((row.start, row.end))
    named: dict[int, list[Span]] = defaultdict(list)
    for row in connection.execute(
        select(abouts).where(abouts.c.statement_id.in_(ids)).order_by(abouts.c.statement_id, abouts.c.position)
    ):
        named[row.statement_id].append((row.start, row.end))
    rows = {row.id: row for row in connection.execute(select(statements).where(statements.c.id.in_(ids)))}
    article_ids = {row.article_id for row in rows.values()}
    places = {
        row.id: row
        for row in connection.execute(
            select(articles.c.id, articles.c.outlet_id, articles.c.text).where(articles.c.id.in_(article_ids))
        )
    }
    texts = {id_: _Text(row.text) for id_, row in places.items()}
    who = {row.speaker_id for row in rows.values() if row.speaker_id is not None}
    who |= {mended["speaker"]["id"] for _, _, mended in wanted if mended and mended.get("speaker", {}).get("id")}
    names = _names(connection, who)
    # Whoever is named a thousand times may say a thousand things: his names are worked out once.
    called: dict[int | None, list[str]] = {None: []}
    found: dict[tuple[int, str], _Document] = {}
    for id_, view, mended in wanted:
        row, mended = rows[id_], mended or {}
        content = [(start, end) for start, end in mended["content"]] if "content" in mended else spans[id_]
        inside = texts[row.article_id]
        own, around = _words_of(inside, row, content)
        speaker = mended.get("speaker", {"id": row.speaker_id, "name": None})
        if speaker["id"] not in called:
            called[speaker["id"]] = list(dict.fromkeys(_name_keys(names.get(speaker["id"]), inside)))
        act, form = mended.get("act", row.act), mended.get("form", row.form)
        keys = [
            *(Token.OWN_KEY + key for word in own if word for key in word.keys),
            *(Token.AROUND_KEY + key for word in around if word for key in word.keys),
            *(Token.SPEAKER + key for key in called[speaker["id"]]),
            *(Token.SPEAKER + key for word in analysis.words(speaker["name"] or "") for key in word.keys),
            *(Token.ABOUT + key for span in named[id_] for word in inside.within(span) for key in word.keys),
            Token.ACT + act,
            Token.FORM + form,
            *([Token.NOT_SHOWN.value] if view == "machine" else [Token.NOT_MACHINE.value] if view == "shown" else []),
        ]
        outlet = places[row.article_id].outlet_id
        if outlet is not None:
            keys.append(f"{Token.OUTLET.value}{outlet}")
        streams = _stream(Token.OWN, own), _stream(Token.AROUND, around)
        found[id_, view] = _Document(*streams, sorted(set(keys)), act, form, outlet)
    return found


def _words_of(inside: _Text, row: Any, content: list[Span]) -> tuple[list[Word | None], list[Word | None]]:
    """The words of what was said and the others of its sentence; None stands between pieces."""
    own: list[Word | None] = []
    for piece in content:
        if own:
            own.append(None)
        own.extend(inside.within(piece))
    spans = [*content]
    for name in ("cue", "source"):
        start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
        if start is not None and end is not None:
            spans.append((start, end))
    around: list[Word | None] = []
    at, until = sentence(inside.text, spans)
    for start, end in [*sorted(content), (until, until)]:
        if start > at:
            if around:
                around.append(None)
            around.extend(inside.within((at, start)))
        at = max(at, end)
    return own[:_MOST_OWN], around[:_MOST_AROUND]


def _stream(kind: Token, words: Sequence[Word | None]) -> list[str]:
    counts: Counter[str] = Counter()
    out: list[str] = []
    for word in words:
        if word is None:
            out.append(_GAP)
            continue
        token = kind.value + word.form
        counts[token] += 1
        out.append(token if counts[token] <= _MOST_OFTEN else _GAP)
    return out


@dataclass(slots=True)
class _Names:
    """What a speaker is called: names and roles as text, mentions as spans."""

    texts: list[str]
    spans: list[Span]


def _names(connection: Connection, ids: set[int]) -> dict[int, _Names]:
    found = {
        row.id: _Names([name for name in (row.name, row.role) if name], [])
        for row in connection.execute(
            select(speakers.c.id, speakers.c.name, speakers.c.role).where(speakers.c.id.in_(ids))
        )
    }
    for row in connection.execute(
        select(mentions).where(mentions.c.speaker_id.in_(ids)).order_by(mentions.c.speaker_id, mentions.c.position)
    ):
        found[row.speaker_id].spans.append((row.start, row.end))
    return found


def _name_keys(called: _Names | None, inside: _Text) -> Iterator[str]:
    if called is None:
        return
    for name in called.texts:
        for word in analysis.words(name):
            yield from word.keys
    for span in called.spans:
        for word in inside.within(span):
            yield from word.keys
