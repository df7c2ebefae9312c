"""Doubtful statements and doubtful pairs of people, one at a time, worst first: a decision is one key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Request, Response

from qawl.desk.desk import Desk, TheDesk
from qawl.desk.languages import LANGUAGES, catalogue
from qawl.desk.rendering import linkable, page
from qawl.desk.visitors import Reader, Visitor
from qawl.people import audit, profiles
from qawl.people.audit import Kind
from qawl.record import review, showing
from qawl.record.times import moment
from qawl.statement import ACTS, ENTITY_TYPES, Statement

router = APIRouter(include_in_schema=False)

_AROUND: Final = 350  # characters that are shown before and behind a sentence
_LONGEST: Final = 2500  # characters that are shown of a sentence
_RECENT: Final = 6  # decisions under the card
_OWN: Final = 20  # of one's own decisions, among which the last one that holds is looked for
_COUNTED: Final = 300.0  # seconds for which all doubtful statements are not counted anew


class Piece(NamedTuple):
    """A piece of text with the classes of what it belongs to, apart by spaces."""

    text: str
    css: str


@router.get("/review")
def statements(request: Request, desk: TheDesk, visitor: Reader, after: str = "", at: str = "") -> Response:
    """The least sure statement that nobody has decided about; after another one; or the one that is named."""
    ref = at or review.next_doubtful(desk.engine, after=after or None)
    values: dict[str, Any] = {"ref": ref, "after": after, "at": at}
    if ref is not None:
        entry, found = showing.statement(desk.engine, ref)
        article, said = entry.article, found.statement
        values |= {
            "entry": entry,
            "found": found,
            "said": said,
            "pieces": pieces(article.text, found.sentence, said),
            "headline": " ".join(article.text[slice(*article.headline)].split()) if article.headline else "",
            "link": linkable(article.url),
        }
    total = desk.keeper.get("doubtful", _COUNTED, lambda: review.count_doubtful(desk.engine))
    return page(
        request,
        "review.html",
        **values,
        **_decided(desk, visitor, "statement"),
        left=max(0, total - review.count_decided(desk.engine)),
        acts=ACTS,
        types=ENTITY_TYPES,
    )


@router.get("/review/pairs")
def pairs(request: Request, desk: TheDesk, visitor: Reader, after: str = "") -> Response:
    """The pair that is likeliest to be one and matters most, or the one after another (`REF.REF:PLACE`)."""
    every = profiles.doubtful(desk.engine)
    place = _place(every, after)
    shown = next(iter(profiles.doubts(desk.engine, limit=1, offset=place)), None)
    values: dict[str, Any] = {}
    if shown is not None:
        known = catalogue(LANGUAGES[0]).keys()
        values = {
            "key": f"{shown.one.ref}.{shown.other.ref}:{place}",
            "sides": [profiles.glance(desk.engine, side.ref) for side in (shown.one, shown.other)],
            "reasons": [key for key in map(_reason, shown.reasons) if key in known],
        }
    return page(
        request,
        "pairs.html",
        doubt=shown,
        after=after,
        left=len(every),
        **values,
        **_decided(desk, visitor, "people"),
    )


def _decided(desk: Desk, visitor: Visitor, kind: Kind) -> dict[str, Any]:
    """What was decided today and last, and what the visitor can take back."""
    today = moment(datetime.now(UTC).date())
    counts = audit.decided_since(desk.engine, today)
    own = audit.entries(desk.engine, who=visitor.name, kinds=(kind,), limit=_OWN)
    return {
        "today": sum(counts.values()),
        "mine": counts.get(visitor.name, 0),
        "recent": audit.entries(desk.engine, kinds=(kind,), limit=_RECENT),
        "last": next((entry for entry in own if entry.holds and entry.undoes is None), None),
        "actions": (),
    }


def _place(pairs: Sequence[tuple[str, str]], skipped: str) -> int:
    """Where the pair stands that follows this one (`REF.REF:PLACE`): it is looked for, for others may have been decided
    in the meantime; where it is gone itself, the next one has its place."""
    key, _, place = skipped.partition(":")
    one, _, other = key.partition(".")
    if (one, other) in pairs:
        return pairs.index((one, other)) + 1
    return int(place) if place.isascii() and place.isdigit() and len(place) < 7 else 0


def _reason(reason: str) -> str:
    """The name of the message for what speaks for or against a pair."""
    return "review-because-" + re.sub(r"[^a-z]+", "-", reason)


def pieces(text: str, sentence: tuple[int, int], said: Statement) -> list[Piece]:
    """A sentence with a little around it, cut where what its statement consists of begins and ends. Of a very long
    sentence, what stands around the statement."""
    start, end = sentence
    if end - start > _LONGEST:
        first = said.content[0].start if said.content else start
        start = max(start, first - _AROUND)
        end = min(end, start + _LONGEST)
    spans = [(piece.start, piece.end, "words") for piece in said.content]
    words = ((said.cue, "cue"), (said.source, "source"), (said.hedge, "hedge"))
    spans += [(span.start, span.end, css) for span, css in words if span is not None]
    before = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    line_end = text.find("\n", end)
    behind = min(len(text) if line_end < 0 else line_end, end + _AROUND)
    return [
        Piece("…" if before > 0 and text[before - 1] != "\n" else "", "around"),
        Piece(text[before:start], "around"),
        *_cut(text, start, end, spans),
        Piece(text[end:behind], "around"),
        Piece("…" if behind < len(text) and text[behind] != "\n" else "", "around"),
    ]


def _cut(text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> Iterable[Piece]:
    spans = list(spans)
    cuts = sorted({start, end, *(at for span in spans for at in span[:2] if start < at < end)})
    for one, other in pairwise(cuts):
        css = " ".join(dict.fromkeys(css for a, b, css in spans if a <= one and other <= b))
        yield Piece(text[one:other], css)
