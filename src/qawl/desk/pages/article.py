"""An article as published, with its statements marked and a card beside it for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from qawl.article import Article
from qawl.compare.versions import Carried, carried
from qawl.desk.asked import Number
from qawl.desk.desk import TheDesk
from qawl.desk.preferences import language_of
from qawl.desk.rendering import address, linkable, page
from qawl.desk.visitors import Reader
from qawl.pages.article_page import COLOURS
from qawl.pages.marking import Line, lines
from qawl.pages.shares import shares
from qawl.people.finding import Someone, speakers_of
from qawl.record import showing
from qawl.record.citing import cite
from qawl.record.engine import snapshot
from qawl.statement import ACTS, ENTITY_TYPES, Speaker, Statement

router = APIRouter(include_in_schema=False)

#: Characters and statements of an article that are shown at first: a browser lays out no more of them at ease.
FIRST: Final = 40_000
MOST: Final = 400
#: Other versions and copies that are named.
_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a statement: its number on the page (from 1), the colour of its speaker, who that is in the
    record, and how often others carry it. `ref` is empty for one that the record does not keep."""

    number: int
    ref: str
    statement: Statement
    css: str
    speaker: str  #: the key of its `Voice`
    person: Someone | None
    carried: Carried | None
    verdict: str | None
    judgement: int | None
    within: int | None  #: the number of the statement within which this one stands
    citation: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of the article: the value of the filter, the colour, the number of statements, and the share of all
    words (0 to 1). Statements that are nobody's have no speaker, and a key of their own."""

    key: str
    speaker: Speaker | None
    person: Someone | None
    css: str
    statements: int
    share: float


@dataclass(frozen=True, slots=True)
class Shown:
    """An article laid out: its lines (statements by their place in `cards`), the cards that belong beside each, its
    voices, and the share of its own (0 to 1). `left` are the characters that are not shown."""

    article: Article
    lines: Sequence[Line]
    cards: Sequence[Card]
    beside: Sequence[Sequence[Card]]
    voices: Sequence[Voice]
    own: float
    left: int


@router.get("/statements/{ref}")
def statement(request: Request, desk: TheDesk, visitor: Reader, ref: str) -> Response:
    """To the article that has this statement, where it stands."""
    entry, found = showing.statement(desk.engine, ref)
    return RedirectResponse(f"{address(desk.settings.prefix, f'/articles/{entry.id}')}#s-{found.ref}", 303)


@router.get("/articles/{id}")
def article(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    id: Number,
    speaker: str = "",
    edit: str = "",
    whole: Annotated[str | None, Query(alias="all")] = None,
) -> Response:
    """An article; with `speaker` (a key of `Voice`) that one's statements alone, with `edit` the form to mend one, with
    `all` the whole of it however long."""
    entry, found = showing.article(desk.engine, id, wrong=True)
    with snapshot(desk.engine) as connection:
        ids = [one.id for one in found]
        people, counts = speakers_of(connection, ids), carried(connection, ids)
        others = [one for one in showing.editions(connection, entry.key) if one.id != id]
    kept = [one for one in found if one.verdict != "wrong"]
    view = lay_out(
        entry.article,
        [one.statement for one in kept],
        refs=kept,
        people=people,
        counts=counts,
        language=language_of(request),
        only=speaker,
        whole=whole is not None,
    )
    return page(
        request,
        "article.html",
        entry=entry,
        view=view,
        wrong=[one for one in found if one.verdict == "wrong"],
        others=others[-_LISTED:],
        copies=entry.copies[:_LISTED],
        copies_left=max(0, len(entry.copies) - _LISTED),
        link=linkable(entry.article.url),
        only=speaker,
        back=address("", f"/articles/{id}", speaker=speaker),
        edit=edit,
        acts=ACTS,
        types=ENTITY_TYPES,
    )


def lay_out(
    article: Article,
    statements: Sequence[Statement],
    *,
    refs: Sequence[showing.StatementEntry] = (),
    people: Mapping[int, Someone] | None = None,
    counts: Mapping[int, Carried] | None = None,
    language: str = "ar",
    only: str = "",
    whole: bool = False,
) -> Shown:
    """An article with these statements (and, where the record has them, their entries in the same order), ready to be
    shown: of one speaker `only`, and no more than the first part unless `whole`."""
    left = 0
    if not whole and (len(article.text) > FIRST or len(statements) > MOST):
        cut = min(FIRST, len(article.text))
        if len(statements) > MOST:
            cut = min(cut, max(statements[MOST].content[0].start, 1))
        left = len(article.text) - cut
        article = replace(article, text=article.text[:cut])
        if article.headline and article.headline[1] > cut:
            article = replace(article, headline=None)
        statements = [s for s in statements if s.content[0].start < cut]
    entries: Sequence[Any] = refs[: len(statements)] if refs else [None] * len(statements)
    someone = [(people or {}).get(entry.id) if entry else None for entry in entries]
    voices = _voices(article.text, statements, someone)
    css = {voice.speaker.id if voice.speaker else None: voice.css for voice in voices}
    keys = {voice.speaker.id if voice.speaker else None: voice.key for voice in voices}
    place = {entry.number if entry else n: n for n, entry in enumerate(entries)}
    cards = []
    for n, (said, entry, who) in enumerate(zip(statements, entries, someone, strict=True)):
        id = said.speaker.id if said.speaker else None
        if only and only not in (keys[id], who.ref if who else None):
            continue
        parent = place.get(said.parent) if said.parent is not None else None
        cards.append(
            Card(
                number=n + 1,
                ref=entry.ref if entry else "",
                statement=said,
                css=css[id],
                speaker=keys[id],
                person=who,
                carried=(counts or {}).get(entry.id) if entry else None,
                verdict=entry.verdict if entry else None,
                judgement=entry.judgement if entry else None,
                within=None if parent is None else parent + 1,
                citation=_citation(article, said, entry.ref, language) if entry else "",
            )
        )
    laid = list(lines(article, tuple(card.statement for card in cards)))
    beside = [[cards[token.number] for token in line.tokens if token.step == "open" and token.first] for line in laid]
    own = shares(article.text, statements).get(None, 0.0)
    return Shown(article, laid, cards, beside, voices, own, left)


def _voices(text: str, statements: Sequence[Statement], someone: Sequence[Someone | None]) -> list[Voice]:
    """Those who speak, in the order in which they first do; who is not given comes last."""
    said: dict[str | None, list[int]] = {}
    for n, statement in enumerate(statements):
        said.setdefault(statement.speaker.id if statement.speaker else None, []).append(n)
    part = shares(text, statements)
    found = []
    number = 0
    for id, places in sorted(said.items(), key=lambda item: item[0] is None):
        speaker = statements[places[0]].speaker
        number += speaker is not None
        found.append(
            Voice(
                key=id or "unknown",
                speaker=speaker,
                person=next((someone[n] for n in places if someone[n]), None),
                css=f"c{(number - 1) % COLOURS + 1}" if speaker else "c0",
                statements=len(places),
                share=part.get(id or "", 0.0),
            )
        )
    return found


def _citation(article: Article, statement: Statement, ref: str, language: str) -> str:
    found = cite(article, statement, ref)
    return found.arabic if language == "ar" else found.english
