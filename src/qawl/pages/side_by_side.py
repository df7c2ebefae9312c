"""Versions side by side: the text of each cut where a difference, or a word of its own, begins or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qawl.compare.lists import KINDS, Kind
from qawl.compare.wording import Collation
from qawl.compare.words import Version
from qawl.statement import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a version's text: the kind of difference that it belongs to, if any; whether it lies in words that
    another version leaves out; whether it is one of the words that not all versions have."""

    text: str
    kind: Kind | None
    extent: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A version with its text in segments, piece by piece; whether its reporting word and hedge differ."""

    version: Version
    pieces: tuple[tuple[Segment, ...], ...]
    verb: bool


def column(collation: Collation, n: int) -> Column:
    """A version as it differs from the fullest; the fullest, as it differs from each of the others."""
    version = collation.versions[n]
    against = range(1, len(collation.versions)) if n == 0 else [n]
    spans: list[tuple[Span, Kind]] = []
    for other in against:
        for d in collation.alignments[0, other].differences:
            span = d.left if n == 0 else d.right
            if span is not None:
                spans.append((span, d.kind))
    common = set(collation.core) if n == 0 else {j for _, j in collation.alignments[0, n].pairs}
    own = [w.span for k, w in enumerate(version.words) if w.role == "content" and k not in common]
    if len(collation.versions) == 1:
        own = []
    verb = any(kind == "verb" for _, kind in spans)
    return Column(version, tuple(tuple(_segments(piece, spans, own)) for piece in version.content), verb)


def _segments(piece: Span, spans: Sequence[tuple[Span, Kind]], own: Sequence[Span]) -> Iterator[Segment]:
    """The piece cut wherever a difference or a word of its own begins or ends."""
    ends = {piece.start, piece.end}
    for span in (*(span for span, _ in spans), *own):
        ends |= {end for end in (span.start, span.end) if piece.start < end < piece.end}
    cuts = sorted(ends)
    for start, end in pairwise(cuts):
        here = {kind for span, kind in spans if span.start <= start and end <= span.end}
        kind = next((kind for kind in KINDS if kind in here and kind != "extent"), None)
        inside = any(span.start <= start and end <= span.end for span in own)
        yield Segment(piece.text[start - piece.start : end - piece.start], kind, "extent" in here, inside)
