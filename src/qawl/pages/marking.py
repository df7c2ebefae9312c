"""The text of an article with its statements marked: its lines, each as the tokens that write it.

Whoever shows an article (the page of `qawl read`, the desk) walks the tokens; elements always nest, whatever the spans.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from qawl.article import Article
from qawl.statement import Reading, Speaker, Statement

_DEEPEST = 3  # levels of nesting that get underlines of their own
_LONGEST_HEADLINE = 200


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    """A part of one line that is to be marked: a statement's content, or one of the words around it."""

    start: int
    minus_end: int  # longer ones first, so that they enclose
    rank: int  # of marks with the same span, contents enclose words
    number: int  # index of the statement; of the same span, the earlier statement encloses the later
    what: str = field(compare=False)

    @property
    def end(self) -> int:
        return -self.minus_end


@dataclass(slots=True)
class Token:
    """One step in writing a line: `open` a mark, `close` the innermost, or a piece of text."""

    step: str
    text: str = ""
    what: str = ""
    number: int = 0
    first: bool = False  # of a statement's pieces, the first: it takes the focus
    above: int = 0  # levels of statements within this one, for the distance of its underline


@dataclass(frozen=True, slots=True)
class Line:
    headline: bool
    tokens: list[Token]


def lines(article: Article, statements: tuple[Statement, ...]) -> Iterator[Line]:
    """The lines of the text that hold something, each as the tokens that write it."""
    starts, ends, at = [], [], 0
    for line in article.text.split("\n"):
        starts.append(at)
        ends.append(at + len(line))
        at += len(line) + 1
    marks: dict[int, list[_Mark]] = {}
    for number, statement in enumerate(statements):
        words = ((2, statement.cue, "cue"), (1, statement.source, "source"), (3, statement.hedge, "hedge"))
        spans = [(0, piece, "said") for piece in statement.content]
        for rank, span, what in [*spans, *((r, s, w) for r, s, w in words if s is not None)]:
            for row in range(bisect_right(starts, span.start) - 1, bisect_left(starts, span.end)):
                start, end = max(span.start, starts[row]), min(span.end, ends[row])
                if start < end:
                    marks.setdefault(row, []).append(_Mark(start, -end, rank, number, what))
    headline = _headline(article)
    seen: set[int] = set()
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if article.text[start:end].strip():
            tokens = _tokens(article.text, start, end, marks.get(row, []), seen)
            yield Line(headline[0] <= start < headline[1] or start <= headline[0] < min(end, headline[1]), tokens)


def by_speaker(reading: Reading) -> list[tuple[Speaker | None, list[tuple[int, Statement]]]]:
    """The statements with their numbers (from 1), by speaker, in the order in which the speakers first speak."""
    groups: dict[str | None, tuple[Speaker | None, list[tuple[int, Statement]]]] = {}
    for number, statement in enumerate(reading.statements, 1):
        key = statement.speaker.id if statement.speaker else None
        groups.setdefault(key, (statement.speaker, []))[1].append((number, statement))
    return list(groups.values())


def _headline(article: Article) -> tuple[int, int]:
    """The span to show as headline: the given one, else the first line with text where it looks like one."""
    if article.headline is not None:
        return article.headline
    start = len(article.text) - len(article.text.lstrip())
    end = article.text.find("\n", start)
    line = article.text[start : end if end >= 0 else None].rstrip()
    if end < 0 or len(line) > _LONGEST_HEADLINE or line.endswith("."):
        return (0, 0)
    return (start, start + len(line))


def _tokens(text: str, start: int, end: int, marks: list[_Mark], seen: set[int]) -> list[Token]:
    """The tokens of one line. Marks that cross are cut where the outer one ends, so that elements always nest."""
    heapq.heapify(marks)
    tokens: list[Token] = []
    stack: list[tuple[_Mark, Token]] = []
    at = start

    def write(until: int) -> None:
        nonlocal at
        if until > at:
            tokens.append(Token("text", text=text[at:until]))
            at = until

    def close() -> None:
        mark, opened = stack.pop()
        write(mark.end)
        tokens.append(Token("close", what=mark.what, number=mark.number, first=opened.first))
        if stack:
            # A statement's underline stands clear of those of all statements within it.
            above = opened.above + (mark.what == "said")
            stack[-1][1].above = min(max(stack[-1][1].above, above), _DEEPEST)

    while marks:
        mark = heapq.heappop(marks)
        while stack and stack[-1][0].end <= mark.start:
            close()
        if stack and stack[-1][0].end < mark.end:
            cut = stack[-1][0].end
            heapq.heappush(marks, _Mark(cut, -mark.end, mark.rank, mark.number, mark.what))
            mark = _Mark(mark.start, -cut, mark.rank, mark.number, mark.what)
        write(mark.start)
        first = mark.what == "said" and mark.number not in seen
        if first:
            seen.add(mark.number)
        opened = Token("open", what=mark.what, number=mark.number, first=first)
        tokens.append(opened)
        stack.append((mark, opened))
    while stack:
        close()
    write(end)
    return tokens
