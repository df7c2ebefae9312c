"""A statement in the making: token positions that the steps of the reading fill in, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qawl.arabic.words import CueReading
from qawl.statement import Act, Kind

#: What introduces the content: a complementizer, a colon, a quotation mark, a glued or free preposition, the object
#: itself (nothing stands between), or a source phrase (بحسب) beside the clause it covers.
Opener = Literal["complementizer", "colon", "quote", "preposition", "object", "phrase", "none"]
Tokens = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """One statement by token ranges (half-open) of the article's `Words`.

    `cue` is None where quoted speech goes on with no new cue. `reading` tells the cue's lemma, part of speech and
    agreement. `source` is the noun phrase beside the cue. `clause` is the reporting clause (its sentence, or what of
    the sentence belongs to it). `frame` is the lemma's frame that was met, `opener_at` the opener's token, `relative`
    whether الذي stands right before the cue, `quote` the mark that opens the content (-1: none). `parent` is an index
    into the list of drafts. `score` is the probability that the cue really reports (0 to 1), `end_log` the log
    probability of the content's end, `confidence` the probability that the whole statement is right.
    """

    cue: Tokens | None
    reading: CueReading | None
    source: Tokens | None
    content: list[Tokens]
    clause: Tokens
    opener: Opener
    kind: Kind
    act: Act
    parent: int | None = None
    hedge: Tokens | None = None
    addressee: Tokens | None = None
    frame: str = ""
    opener_at: int = -1
    relative: bool = False
    quote: int = -1
    score: float = 1.0
    end_log: float = 0.0
    confidence: float = 1.0

    @property
    def at(self) -> int:
        """The token where the statement is anchored: its cue, else its content's first."""
        return self.cue[0] if self.cue else self.content[0][0]
