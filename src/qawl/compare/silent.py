"""Who gave no comment, out of the record: where articles say so, and who of the record's entities that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from qawl.arabic.letters import fold
from qawl.compare.silence import Silence, signs, silences
from qawl.compare.subjects import Named, entities
from qawl.record import tables
from qawl.record.rows import parts
from qawl.record.search.index import sentence
from qawl.record.showing import Filter

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Silent:
    """A place where an article says that somebody gave no comment.

    `entity` is who that is among the record's entities, None where it knows none there; `sentence` is the sentence that
    says so. The silence's spans are of the article's text.
    """

    silence: Silence
    entity: Named | None
    sentence: str
    article: int
    outlet: str | None
    day: str | None
    url: str | None

    def to_json(self) -> dict[str, Any]:
        who = self.silence.who
        return {
            "kind": self.silence.kind,
            "who": who.text if who else None,
            "entity": {"ref": self.entity.ref, "name": self.entity.name} if self.entity else None,
            "sentence": self.sentence,
            "start": self.silence.words.start,
            "end": self.silence.words.end,
            "article": self.article,
            "outlet": self.outlet,
            "published": self.day,
            "url": self.url,
        }


def silent(connection: Connection, where: Filter | None = None, *, entity: int | None = None) -> list[Silent]:
    """All such places in the latest versions of the articles, the newest first; with `entity` (`entities.id`), of it
    alone.

    What stands in somebody's statement is his claim, and is left out. A sentence of several articles stands once,
    with the first of them.
    """
    a, o = tables.articles.c, tables.outlets.c
    query = (
        select(a.id)
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .where(a.latest, or_(*(a.text.contains(sign) for sign in signs())), *(where or Filter()).on())
        .order_by(a.day.nulls_first(), a.id)
    )
    found: dict[tuple[str, ...], Silent] = {}
    for some in parts(connection.scalars(query).all(), _AT_ONCE):
        for article in sorted(_articles(connection, some), key=lambda one: some.index(one.article)):
            for one in _of_article(article):
                if entity is None or (one.entity is not None and one.entity.id == entity):
                    who = one.silence.who.text if one.silence.who else ""
                    found.setdefault((fold(one.sentence), fold(who)), one)
    return list(reversed(found.values()))


@dataclass(frozen=True, slots=True)
class _Article:
    article: int
    row: Any
    silences: list[Silence]
    said: list[tuple[int, int]]
    cast: list[tuple[int, int, Named]]


def _articles(connection: Connection, ids: Sequence[int]) -> Iterator[_Article]:
    """Those of the articles that tell of a silence, with where others speak in them and who is named where."""
    a, o, r, s = tables.articles.c, tables.outlets.c, tables.readings.c, tables.statements.c
    rows = connection.execute(
        select(a.id, a.text, a.day, a.url, o.name.label("outlet"), r.id.label("reading"))
        .outerjoin(tables.outlets, o.id == a.outlet_id)
        .join(tables.readings, r.article_id == a.id)
        .where(a.id.in_(ids), r.current)
    )
    telling = {row.reading: (row, found) for row in rows if (found := list(silences(row.text)))}
    said: dict[int, list[tuple[int, int]]] = defaultdict(list)
    c = tables.contents.c
    query = select(s.reading_id, c.start, c.end).join(tables.statements, s.id == c.statement_id)
    for reading, start, end in connection.execute(query.where(s.reading_id.in_(telling))):
        said[reading].append((start, end))
    cast = _cast(connection, list(telling))
    for reading, (row, found) in telling.items():
        yield _Article(row.id, row, found, said[reading], cast[reading])


def _cast(connection: Connection, readings: Sequence[int]) -> dict[int, list[tuple[int, int, Named]]]:
    """By reading: the places that name an entity."""
    p, m = tables.appearances.c, tables.mentions.c
    of_these = p.reading_id.in_(readings), p.entity_id.is_not(None)
    first = select(p.reading_id, p.name_start, p.name_end, p.entity_id).where(*of_these, p.name_start.is_not(None))
    others = (
        select(p.reading_id, m.start, m.end, p.entity_id)
        .join(tables.mentions, m.speaker_id == p.speaker_id)
        .where(*of_these)
    )
    places = [*connection.execute(first).all(), *connection.execute(others).all()]
    known = entities(connection, {entity for _, _, _, entity in places})
    found: dict[int, list[tuple[int, int, Named]]] = defaultdict(list)
    for reading, start, end, entity in places:
        found[reading].append((start, end, known[entity]))
    return found


def _of_article(found: _Article) -> Iterator[Silent]:
    for silence in found.silences:
        start, end = silence.words.start, silence.words.end
        if any(first <= start and end <= last for first, last in found.said):
            continue
        first, last = sentence(found.row.text, [(start, end)])
        yield Silent(
            silence,
            _who(silence, found.cast),
            found.row.text[first:last],
            found.article,
            found.row.outlet,
            found.row.day,
            found.row.url,
        )


def _who(silence: Silence, cast: Sequence[tuple[int, int, Named]]) -> Named | None:
    """The entity whose name lies at the beginning or the end of the noun phrase, and covers most of it: of ``متحدث باسم
    الوزارة`` not the ministry."""
    if silence.who is None:
        return None
    start, end = silence.who.start, silence.who.end
    best: tuple[int, Named] | None = None
    for first, last, entity in cast:
        covered = min(end, last) - max(start, first)
        if 2 * covered > end - start and (best is None or covered > best[0]):
            best = (covered, entity)
    return best[1] if best else None
