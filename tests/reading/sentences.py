"""What the reader is expected to find in a sentence, and a comparison that says in words where it differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import qawl
from qawl.statement import Act, Kind, Statement

#: Edges of a content that the scheme leaves open.
_EDGES: Final = " \n.،,؛:;؟?!«»“”„\"'‹›()"


@dataclass(frozen=True)
class Said:
    """One expected statement. `inside` is the place in the list of the statement around it."""

    cue: str | None
    source: str | None
    content: str
    by: str | None
    act: Act
    kind: Kind
    inside: int | None

    def __str__(self) -> str:
        around = "" if self.inside is None else f", inside {self.inside}"
        return f"[{self.cue}] source={self.source} by={self.by} {self.act}/{self.kind}{around}: {self.content}"


@dataclass(frozen=True)
class Case:
    """A text and all statements in it, in the order of their cues."""

    what: str
    text: str
    statements: tuple[Said, ...]


def said(
    cue: str | None,
    source: str | None,
    content: str,
    act: Act = "assert",
    kind: Kind = "clause",
    *,
    by: str | None = "=",
    inside: int | None = None,
) -> Said:
    """An expected statement; the speaker's name is that of the source unless it is given."""
    return Said(cue, source, content.strip(_EDGES), source if by == "=" else by, act, kind, inside)


def case(what: str, text: str, *statements: Said) -> Case:
    return Case(what, text, statements)


def found(text: str) -> list[Said]:
    """What the reader finds, in the same form and order."""
    statements = qawl.read(text).statements
    order = sorted(range(len(statements)), key=lambda i: _anchor(statements[i]))
    place = {i: n for n, i in enumerate(order)}
    return [_said(statements[i], place) for i in order]


def check(wanted: Case) -> None:
    """Fail with both lists where the reader finds anything else."""
    got = found(wanted.text)
    if got != list(wanted.statements):
        lines = [wanted.what, wanted.text, "expected:", *(f"  {s}" for s in wanted.statements)]
        raise AssertionError("\n".join([*lines, "found:", *(f"  {s}" for s in got)]))


def _anchor(statement: Statement) -> tuple[int, int]:
    first = statement.content[0].start
    return (statement.cue.start if statement.cue else first, first)


def _said(statement: Statement, place: dict[int, int]) -> Said:
    return Said(
        statement.cue.text if statement.cue else None,
        statement.source.text if statement.source else None,
        statement.text.strip(_EDGES),
        statement.speaker.name if statement.speaker else None,
        statement.act,
        statement.kind,
        None if statement.parent is None else place[statement.parent],
    )
