"""Find statements: a query and filters in, statements in their sentences out, the speaker's own words first.

Results come in three groups: all words of the query stand in what was said; some do; none does (they stand around it,
in the same sentence). Within a group the newest comes first, and statements of one minute come in an order that follows
from their IDs. Nothing of this is left to the engines, so both give the same results in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import BindParameter, Connection, String, TextClause, bindparam, select, text

from qawl.arabic.letters import fold
from qawl.record.engine import is_sqlite
from qawl.record.errors import RecordError
from qawl.record.search import analysis, index
from qawl.record.search.index import Token as Kind
from qawl.record.search.query import (
    All,
    Expression,
    Following,
    Phrase,
    Prefix,
    Query,
    QueryError,
    Some,
    Term,
    Token,
    Without,
    Word,
    marks,
    to_fts5,
    to_tsquery,
)
from qawl.record.tables import articles, contents, outlets, shown, speakers, statement_index, statements
from qawl.statement import ACTS, FORMS

#: Where the words of the query were found.
Where = Literal["said", "partly", "around"]
_WHERE: Final[tuple[Where, ...]] = ("said", "partly", "around")
#: Results of one page, at most; and how far pages may go.
MOST: Final = 1000
FARTHEST: Final = 100_000
_PART: Final = 2000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the statements must be besides: `None` asks for nothing.

    `speaker` and `about` hold where all their words are among the names of the speaker (any mention, name and role in
    the article) and of what the content names; `outlet` is an outlet's name or words of it; `first` and `last` are days
    of publication by the outlet's own clock, both included. `by` and `of` are entities (`entities.id`): the one who
    says it as it is shown, and one that is named in it; `qawl.people.searching` makes them of public IDs.
    """

    speaker: str | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None
    act: str | None = None
    about: str | None = None
    form: str | None = None
    by: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that was found, in its sentence.

    `sentence` is a slice of the article, `sentence_start` where it begins there; `said` and `marks` are half-open spans
    *in the sentence*: what was said, and the words of the query. All offsets are code points. `row` is `statements.id`.
    """

    ref: str
    where: Where
    sentence: str
    sentence_start: int
    said: tuple[Span, ...]
    marks: tuple[Span, ...]
    cue: str | None
    speaker: str | None
    speaker_type: str | None
    role: str | None
    act: str
    form: str
    polarity: str
    confidence: float
    verdict: str | None
    row: int
    article: int
    headline: str | None
    outlet: str | None
    published: str | None
    url: str | None

    @property
    def text(self) -> str:
        """What was said, its pieces joined by `` … ``."""
        return " … ".join(self.sentence[start:end] for start, end in self.said)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.ref,
            "where": self.where,
            "text": self.text,
            "sentence": self.sentence,
            "sentence_start": self.sentence_start,
            "said": [list(span) for span in self.said],
            "marks": [list(span) for span in self.marks],
            "cue": self.cue,
            "speaker": {"name": self.speaker, "type": self.speaker_type, "role": self.role} if self.speaker else None,
            "act": self.act,
            "form": self.form,
            "polarity": self.polarity,
            "confidence": round(self.confidence, 3),
            "verdict": self.verdict,
            "article": self.article,
            "headline": self.headline,
            "outlet": self.outlet,
            "published": self.published,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Some results, and whether there are more after them."""

    results: tuple[Found, ...]
    more: bool


def search(
    connection: Connection,
    query: Query,
    filters: Filters | None = None,
    *,
    machine: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Page:
    """The results from `offset` on, `limit` of them; as people judged or, with `machine`, as read.

    Raises QueryError for a question that has no answer (nothing to look for, no such outlet), RecordError where the
    index was made by another version of Qawl.
    """
    if not 1 <= limit <= MOST or not 0 <= offset <= FARTHEST:
        raise QueryError(f"a page has 1 to {MOST:,} results and begins at most {FARTHEST:,} from the first", "page")
    found: list[tuple[int, Where]] = []
    skip = offset
    for where, expression in _asked(connection, query, filters or Filters(), machine):
        wanted = skip + limit + 1 - len(found)
        places = _places(connection, expression, filters or Filters(), wanted, machine)
        found.extend((place, where) for place in places[skip:])
        skip -= min(skip, len(places))
        if len(found) > limit:
            break
    return Page(tuple(_load(connection, found[:limit], query, machine)), len(found) > limit)


def newest(connection: Connection, query: Query, filters: Filters | None = None, *, limit: int) -> tuple[Found, ...]:
    """The newest results, wherever the words were found, the newest first: for feeds. Raises as `search` does."""
    filters = filters or Filters()
    found = [
        (place, where)
        for where, expression in _asked(connection, query, filters, machine=False)
        for place in _places(connection, expression, filters, limit, machine=False)
    ]
    return tuple(_load(connection, sorted(found, reverse=True)[:limit], query, machine=False))


def matching(
    connection: Connection,
    query: Query,
    filters: Filters | None = None,
    *,
    machine: bool = False,
    said: bool = False,
) -> Iterator[int]:
    """The ids (`statements.id`) of all statements that match, the newest article's first, those of one article together
    where their article alone was published in its minute; with `said`, only where all of the query was said."""
    filters = filters or Filters()
    expression = wanted(connection, query, filters, machine=machine, said=said)
    below: int | None = None
    while places := _places(connection, expression, filters, _PART, machine, below):
        below = places[-1]
        rows = connection.execute(
            select(statement_index.c.place, statement_index.c.statement_id).where(statement_index.c.place.in_(places))
        )
        ids = {row.place: row.statement_id for row in rows}
        yield from (ids[place] for place in places)


def loaded(connection: Connection, ids: Sequence[int], query: Query) -> tuple[Found, ...]:
    """These statements (`statements.id`) as results, the newest first, with the words of a query marked; those alone
    that are shown."""
    i = statement_index.c
    some = connection.scalars(select(i.place).where(i.statement_id.in_(ids), i.view != "machine"))
    found: list[tuple[int, Where]] = [(place, "said") for place in sorted(some, reverse=True)]
    return tuple(_load(connection, found, query, machine=False))


def wanted(
    connection: Connection, query: Query, filters: Filters, *, machine: bool = False, said: bool = False
) -> Expression | None:
    """What the engine is asked for all results together; None: all there is. With `said` for those alone in which all
    of the query was said. Raises as `search` does."""
    groups = _asked(connection, query, filters, machine)
    asked = [expression for where, expression in groups if where == "said" or not said]
    return None if asked[0] is None else _some([part for part in asked if part is not None])


def _asked(
    connection: Connection, query: Query, filters: Filters, machine: bool
) -> list[tuple[Where, Expression | None]]:
    """The groups of results in their order, each with what the engine is asked for; None: all there is."""
    if not index.is_current(connection):
        raise RecordError("the search index was made by another version of Qawl: `qawl db rebuild` makes it anew")
    if not query.wanted and query.excluded:
        raise QueryError("only exclusions: give a word to look for as well", "excluded")
    conditions = _conditions(connection, filters)
    others = (filters.first, filters.last, filters.by, filters.of)
    if not query.wanted and not conditions and all(value is None for value in others):
        raise QueryError("nothing to look for: give a word or a filter", "nothing")
    own = [_expression(term, Kind.OWN_KEY, Kind.OWN) for term in query.wanted]
    around = [_expression(term, Kind.AROUND_KEY, Kind.AROUND) for term in query.wanted]
    hidden: list[Expression] = [Token((Kind.NOT_MACHINE if machine else Kind.NOT_SHOWN).value)]
    for term in query.excluded:
        hidden += [_expression(term, Kind.OWN_KEY, Kind.OWN), _expression(term, Kind.AROUND_KEY, Kind.AROUND)]

    def complete(parts: Sequence[Expression], *others: Expression) -> Expression | None:
        wanted = (*parts, *conditions)
        return Without(_all(wanted), _some((*hidden, *others))) if wanted else None

    if not own:
        return [("said", complete(()))]
    anywhere = [_some(pair) for pair in zip(own, around, strict=True)]
    groups: list[tuple[Where, Expression | None]] = [("said", complete(own))]
    if len(own) > 1:
        groups.append(("partly", complete((*anywhere, _some(own)), _all(own))))
    groups.append(("around", complete(around, _some(own))))
    return groups


def _expression(term: Term, key: Kind, form: Kind) -> Expression:
    match term:
        case Word(_, keys):
            return _some([Token(key.value + one) for one in keys])
        case Phrase(forms):
            tokens = tuple(form.value + one for one in forms)
            return Following(tokens) if len(tokens) > 1 else Token(tokens[0])
        case Prefix():
            return _some([Token(form.value + beginning, prefix=True) for beginning in term.beginnings])


def _all(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _some(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def _conditions(connection: Connection, filters: Filters) -> list[Expression]:
    found: list[Expression] = []
    for name, value, kind in (("speaker", filters.speaker, Kind.SPEAKER), ("about", filters.about, Kind.ABOUT)):
        if value is not None:
            named = list(analysis.words(value))
            if not named or len(named) > MOST_NAME_WORDS:
                raise QueryError(f"{name}: a name of 1 to {MOST_NAME_WORDS} words", "name", value)
            found += [_some([Token(kind.value + key) for key in word.keys]) for word in named]
    if filters.outlet is not None:
        found.append(_some([Token(f"{Kind.OUTLET.value}{id_}") for id_ in _outlets(connection, filters.outlet)]))
    for name, value, kind, known in (
        ("act", filters.act, Kind.ACT, ACTS),
        ("form", filters.form, Kind.FORM, FORMS),
    ):
        if value is not None:
            if value not in known:
                raise QueryError(f"{name}: one of {', '.join(known)}", "value", value)
            found.append(Token(kind.value + value))
    if filters.first and filters.last and filters.first > filters.last:
        message = f"from {filters.first} to {filters.last}: no day in between"
        raise QueryError(message, "days", f"{filters.first} – {filters.last}")
    return found


MOST_NAME_WORDS: Final = 12


def _outlets(connection: Connection, name: str) -> list[int]:
    """The outlets of this name or, where there is none, those in whose names all its words stand."""
    rows = connection.execute(select(outlets.c.id, outlets.c.name)).all()
    wanted = fold(name).strip()
    found = [row.id for row in rows if fold(row.name).strip() == wanted]
    if not found:
        keys = [set(word.keys) for word in analysis.words(name)]
        for row in rows:
            there = {key for word in analysis.words(row.name) for key in word.keys}
            if keys and all(not there.isdisjoint(some) for some in keys):
                found.append(row.id)
    if not found:
        raise QueryError(f"no outlet called {name!r} (`qawl outlets` lists them)", "outlet", name)
    return sorted(found)


def _places(
    connection: Connection,
    expression: Expression | None,
    filters: Filters,
    limit: int,
    machine: bool,
    below: int | None = None,
) -> list[int]:
    """The highest places that match, the highest first; only those under `below`."""
    places = Places.matching(connection, expression, filters, machine=machine, below=below)
    return list(connection.scalars(places.asked("{places} ORDER BY place DESC LIMIT :limit", limit=limit)))


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all statements that match, in no order, as a question in SQL with one column `place`."""

    sql: str
    values: tuple[BindParameter[Any], ...]

    @classmethod
    def matching(
        cls,
        connection: Connection,
        expression: Expression | None,
        filters: Filters,
        *,
        machine: bool = False,
        below: int | None = None,
    ) -> Places:
        """Those that match an expression (`wanted`) and the days and entities of the filters."""
        low, high = index.day_bounds(filters.first, filters.last)
        values: list[BindParameter[Any]] = [
            bindparam("low", low),
            bindparam("high", high if below is None else min(high, below - 1)),
        ]
        place = "place"
        if expression is None:
            source, condition = "statement_index", "view != :other"
            values.append(bindparam("other", "shown" if machine else "machine"))
        elif is_sqlite(connection):
            source, condition, place = "statement_words", "statement_words MATCH :query", "rowid"
            values.append(bindparam("query", to_fts5(expression)))
        else:
            source, condition = "statement_words", "words @@ CAST(:query AS tsquery)"
            # The query is written into the statement: PostgreSQL plans by how often its words occur, which a plan for
            # any query whatever could not know.
            values.append(bindparam("query", to_tsquery(expression), String, literal_execute=True))
        conditions = [condition, f"{place} >= :low", f"{place} <= :high"]
        for name, entity, part in (("by", filters.by, "speaker"), ("of", filters.of, "about")):
            if entity is not None:
                # The plus keeps SQLite from looking each of them up in the index of words.
                conditions.append(f"{'+' * (place == 'rowid')}{place} IN ({_WITH_PART.format(part=part, name=name)})")
                values.append(bindparam(name, entity))
        return cls(f"SELECT {place} AS place FROM {source} WHERE {' AND '.join(conditions)}", tuple(values))

    def asked(self, sql: str, **values: Any) -> TextClause:
        """A question in which this one stands for ``{places}``."""
        return text(sql.format(places=self.sql)).bindparams(*self.values, **values)


_WITH_PART: Final = (
    "SELECT i.place FROM appearances a "
    "JOIN parties p ON p.appearance_id = a.id AND p.part = '{part}' "
    "JOIN statement_index i ON i.statement_id = p.statement_id WHERE a.entity_id = :{name}"
)


def _load(connection: Connection, found: Sequence[tuple[int, Where]], query: Query, machine: bool) -> Iterator[Found]:
    places = [place for place, _ in found]
    rows = connection.execute(
        select(
            statement_index.c.place,
            statements,
            articles.c.text,
            articles.c.headline_start,
            articles.c.headline_end,
            articles.c.published,
            articles.c.url,
            outlets.c.name.label("outlet"),
            speakers.c.name.label("speaker_name"),
            speakers.c.type.label("speaker_type"),
            speakers.c.role,
            shown.c.verdict,
            shown.c.speaker_changed,
            shown.c.speaker_name.label("shown_name"),
            shown.c.speaker_type.label("shown_type"),
            shown.c.act.label("shown_act"),
            shown.c.form.label("shown_form"),
            shown.c.content.label("shown_content"),
        )
        .join(statements, statements.c.id == statement_index.c.statement_id)
        .join(articles, articles.c.id == statements.c.article_id)
        .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
        .outerjoin(speakers, speakers.c.id == statements.c.speaker_id)
        .outerjoin(shown, shown.c.statement_id == statements.c.id)
        .where(statement_index.c.place.in_(places))
    )
    by_place = {row.place: row for row in rows}
    pieces: dict[int, list[Span]] = defaultdict(list)
    for row in connection.execute(
        select(contents)
        .where(contents.c.statement_id.in_({row.id for row in by_place.values()}))
        .order_by(contents.c.statement_id, contents.c.piece)
    ):
        pieces[row.statement_id].append((row.start, row.end))
    for place, where in found:
        row = by_place[place]
        yield _found(row, pieces[row.id], where, query, machine)


def _found(row: Any, content: list[Span], where: Where, query: Query, machine: bool) -> Found:
    judged = row.verdict is not None and not machine
    if judged and row.shown_content is not None:
        content = [(start, end) for start, end in row.shown_content]
    spans = [*content]
    for name in ("cue", "source"):
        start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
        if start is not None and end is not None:
            spans.append((start, end))
    start, end = index.sentence(row.text, spans)
    shown_sentence = row.text[start:end]
    other = judged and row.speaker_changed
    headline = None if row.headline_start is None else row.text[row.headline_start : row.headline_end]
    return Found(
        ref=row.ref,
        where=where,
        sentence=shown_sentence,
        sentence_start=start,
        said=tuple((a - start, b - start) for a, b in content),
        marks=tuple(marks(query, list(analysis.words(shown_sentence)))),
        cue=None if row.cue_start is None else row.text[row.cue_start : row.cue_end],
        speaker=row.shown_name if other else row.speaker_name,
        speaker_type=row.shown_type if other else row.speaker_type,
        role=None if other else row.role,
        act=row.shown_act if judged and row.shown_act else row.act,
        form=row.shown_form if judged and row.shown_form else row.form,
        polarity=row.polarity,
        confidence=row.confidence,
        verdict=row.verdict if judged else None,
        row=row.id,
        article=row.article_id,
        headline=headline,
        outlet=row.outlet,
        published=row.published,
        url=row.url,
    )
