"""The statements of a record as they are compared: what is shown of them, with who speaks across articles."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, ScalarSelect, Select, func, select

from qawl.compare.likeness import Context, Utterance, Voice, call, utterance
from qawl.record import tables
from qawl.record.rows import parts

#: Statements that are asked for at a time.
_TOGETHER: Final = 500
#: Statements that are kept at hand.
_KEPT: Final = 60_000
#: Articles whose words are kept at hand.
_KEPT_ARTICLES: Final = 6_000

#: Relations by which somebody may speak for a state; to be of a nation is not to speak for it.
SPEAKING: Final = ("state_of", "capital_of", "body_of", "office_of")


def standing() -> Select[Any]:
    """A query of the statements that are to be compared: the columns of `compared` but for the group, as they now are;
    the day (`date`) is that of publication, or else the one on which it was said.

    Those of current readings of latest versions, without the ones that people called wrong.
    """
    s, r, a, h = tables.statements.c, tables.readings.c, tables.articles.c, tables.shown.c
    p, i, e = tables.parties.c, tables.appearances.c, tables.entities.c
    return (
        select(
            s.id.label("statement_id"),
            func.coalesce(a.day, s.said_on).label("date"),
            i.entity_id,
            _state(e).label("state"),
            h.judgement_id,
        )
        .join_from(tables.statements, tables.readings, r.id == s.reading_id)
        .join(tables.articles, a.id == r.article_id)
        .outerjoin(tables.shown, h.statement_id == s.id)
        .outerjoin(tables.parties, (p.statement_id == s.id) & (p.part == "speaker"))
        .outerjoin(tables.appearances, i.id == p.appearance_id)
        .outerjoin(tables.entities, e.id == i.entity_id)
        .where(r.current, a.latest, h.verdict.is_(None) | (h.verdict != "wrong"))
    )


def _state(entity: Any) -> ScalarSelect[str]:
    """The state for which an entity may speak: the one of its country, else nothing."""
    t = tables.relations.c
    return (
        select(func.min(t.of))
        .where(t.entity_id == entity.id, t.of == entity.country, t.kind.in_(SPEAKING))
        .scalar_subquery()
    )


def ordinal(day: str | None) -> int:
    """A day as `compared` has it: 1 for 0001-01-01, 0 for none."""
    return date.fromisoformat(day).toordinal() if day else 0


class Loader:
    """Loads statements, and keeps those that were asked for last; for one stretch of work."""

    def __init__(self, kept: int = _KEPT, articles: int = _KEPT_ARTICLES) -> None:
        self._kept = kept
        self._kept_articles = articles
        self._contexts: OrderedDict[int, Context] = OrderedDict()
        self._known: OrderedDict[int, Utterance] = OrderedDict()

    def forget(self, ids: Iterable[int]) -> None:
        """These statements are to be loaded anew."""
        for id in ids:
            self._known.pop(id, None)

    def load(self, connection: Connection, ids: Iterable[int]) -> dict[int, Utterance]:
        """These statements, as far as they are to be compared."""
        found: dict[int, Utterance] = {}
        missing: list[int] = []
        for id in ids:
            known = self._known.get(id)
            if known is None:
                missing.append(id)
            else:
                self._known.move_to_end(id)
                found[id] = known
        for some in parts(sorted(missing), _TOGETHER):
            found |= self._fresh(connection, some)
        while len(self._known) > self._kept:
            self._known.popitem(last=False)
        return found

    def _fresh(self, connection: Connection, ids: Sequence[int]) -> dict[int, Utterance]:
        query = standing().where(tables.statements.c.id.in_(ids))
        now = {row.statement_id: row for row in connection.execute(query).all()}
        s, h, k = tables.statements.c, tables.shown.c, tables.speakers.c
        rows = connection.execute(
            select(
                *(s.id, s.ref, s.reading_id, s.article_id, s.number, s.act, s.parent, s.form, s.polarity, s.said_on),
                *(s.cue_start, s.cue_end, s.setting_start, k.name),
                *(h.speaker_changed, h.speaker_name, h.act.label("shown_act"), h.form.label("shown_form"), h.content),
            )
            .outerjoin(tables.shown, h.statement_id == s.id)
            .outerjoin(tables.speakers, k.id == s.speaker_id)
            .where(s.id.in_(now))
        ).all()
        articles = self._articles(connection, {row.article_id for row in rows})
        spans = _spans(connection, now)
        parents = _parents(connection, {row.reading_id for row in rows if row.parent is not None})
        for row in rows:
            name = row.speaker_name if row.speaker_changed else row.name
            article = articles[row.article_id]
            own = [(start, end) for start, end in row.content] if row.content is not None else spans[row.id]
            self._known[row.id] = utterance(
                ref=row.ref,
                article=row.article_id,
                day=ordinal(row.said_on or now[row.id].date) or None,
                published=ordinal(now[row.id].date) or None,
                dated=row.said_on is not None,
                voice=Voice(now[row.id].entity_id, now[row.id].state, call(name or "")),
                act=row.shown_act or row.act,
                text=article.text,
                spans=own,
                context=self._context(article.id, article.text),
                form=row.shown_form or row.form,
                cue="" if row.cue_start is None else article.text[row.cue_start : row.cue_end],
                setting=row.setting_start is not None,
                negative=row.polarity == "negative",
                headline=article.headline_end is not None and bool(own) and own[0][0] < article.headline_end,
                number=row.number,
                within=within(parents.get(row.reading_id, {}), row.number),
            )
        return {row.id: self._known[row.id] for row in rows}

    def _context(self, article: int, text: str) -> Context:
        found = self._contexts.get(article)
        if found is None:
            found = self._contexts[article] = Context(text)
            if len(self._contexts) > self._kept_articles:
                self._contexts.popitem(last=False)
        return found

    def _articles(self, connection: Connection, ids: Iterable[int]) -> dict[int, Any]:
        a = tables.articles.c
        rows = connection.execute(select(a.id, a.text, a.headline_end).where(a.id.in_(list(ids)))).all()
        return {row.id: row for row in rows}


def _spans(connection: Connection, ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """The pieces of the contents by statement, in their order."""
    c = tables.contents.c
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    query = select(c.statement_id, c.start, c.end).where(c.statement_id.in_(list(ids)))
    for id, start, end in connection.execute(query.order_by(c.statement_id, c.piece)).all():
        found[id].append((start, end))
    return found


def _parents(connection: Connection, readings: set[int]) -> dict[int, dict[int, int]]:
    """For each reading the number of the statement in which a statement stands, by its number."""
    s = tables.statements.c
    found: dict[int, dict[int, int]] = defaultdict(dict)
    query = select(s.reading_id, s.number, s.parent).where(s.reading_id.in_(list(readings)), s.parent.is_not(None))
    for reading_id, number, parent in connection.execute(query).all():
        found[reading_id][number] = parent
    return found


def within(parents: Mapping[int, int], number: int) -> list[int]:
    """The numbers of the statements in which this one stands, however deep."""
    found: list[int] = []
    at = parents.get(number)
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found
