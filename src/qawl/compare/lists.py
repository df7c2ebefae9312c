"""The tables of the comparison, read once: what negates, what makes certain or less so, numbers, the force of verbs.

They stand in ``tables/`` beside this module, one example a line; every table says at its head how it is read. Words are
folded (`qawl.arabic.letters.fold`) here and compared folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast, get_args

from qawl.arabic.letters import fold
from qawl.lexicon.cues import read_rows
from qawl.statement import Act

Kind = Literal["negation", "number", "name", "certainty", "verb", "quotation", "extent"]
#: The kinds of difference, those that matter most first.
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Note = Literal["other", "absent", "denial", "hedge", "force", "stance", "unquoted", "inside", "clause", "headline"]
Time = Literal["past", "present", "future", "any"]
Degree = Literal["future", "possible", "likely", "sure"]
Sense = Literal["about", "more", "less", "least", "most"]
Part = Literal["unit", "ordinal", "teen", "ten", "hundred", "scale", "vague"]

_TABLES: Final = files("qawl.compare") / "tables"


class KindRow(NamedTuple):
    """What a kind of difference weighs in a ranking, and its Arabic name."""

    weight: float
    arabic: str


class NoteRow(NamedTuple):
    """A note in English and in Arabic."""

    english: str
    arabic: str


class Numeral(NamedTuple):
    """A number word: its value, and what it can be joined with."""

    value: int
    part: Part


class Force(NamedTuple):
    """What a reporting verb adds to plain saying: steps of force, and the outlet's or speaker's stance or nothing."""

    force: int
    stance: str

    def differs(self, other: Force) -> bool:
        """Are the two of another stance, or two steps apart?"""
        return self.stance != other.stance or abs(self.force - other.force) > 1


@dataclass(frozen=True, slots=True)
class Negations:
    """`times`: word → the time it sets. `exact`: folds that count only in these spellings. `before` and `after`: words
    that take the sense of a negation from the one behind or in front of them."""

    times: Mapping[str, Time]
    exact: Mapping[str, frozenset[str]]
    before: frozenset[str]
    after: frozenset[str]


@cache
def kinds() -> Mapping[Kind, KindRow]:
    """The kinds of difference."""
    return {
        cast(Kind, row["kind"]): KindRow(float(row["weight"]), row["arabic"]) for row in read_rows("kinds", _TABLES)
    }


@cache
def notes() -> Mapping[Note, NoteRow]:
    """What is said of differences beside their kind."""
    return {cast(Note, row["note"]): NoteRow(row["english"], row["arabic"]) for row in read_rows("notes", _TABLES)}


@cache
def numerals() -> Mapping[str, Numeral]:
    """Number words."""
    return {
        fold(word): Numeral(int(row["value"]), cast(Part, row["part"]))
        for row in reversed(read_rows("numbers", _TABLES))  # of two readings of a spelling the first line holds
        for word in row["words"].split()
    }


@cache
def negations() -> Negations:
    """What negates."""
    times: dict[str, Time] = {}
    exact: dict[str, frozenset[str]] = {}
    for row in read_rows("negation", _TABLES):
        for word in row["words"].split():
            spelled = word.removeprefix("=")
            times[fold(spelled)] = cast(Time, row["time"])
            if spelled != word:
                exact[fold(spelled)] = frozenset({spelled})
    affirming: dict[str, set[str]] = {"before": set(), "after": set()}
    for row in read_rows("affirming", _TABLES):
        affirming[row["side"]].update(map(fold, row["words"].split()))
    return Negations(times, exact, frozenset(affirming["before"]), frozenset(affirming["after"]))


@cache
def going_on() -> frozenset[str]:
    """Words that report the next thing that a speaker says: وأضاف، متابعا."""
    return frozenset(fold(word) for row in read_rows("going_on", _TABLES) for word in row["words"].split())


@cache
def certainties() -> Mapping[str, tuple[tuple[tuple[str, ...], Degree], ...]]:
    """First word → the expressions of certainty that begin with it, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Degree]]] = {}
    for row in read_rows("certainty", _TABLES):
        words = tuple(fold(row["words"]).split())
        found.setdefault(words[0], []).append((words, cast(Degree, row["degree"])))
    return {first: tuple(sorted(listed, key=lambda e: -len(e[0]))) for first, listed in found.items()}


@cache
def approximations() -> Mapping[Literal["before", "after"], tuple[tuple[tuple[str, ...], Sense], ...]]:
    """What says how exact the number after or before it is, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {"before": [], "after": []}
    for row in read_rows("approximations", _TABLES):
        found[row["side"]].append((tuple(fold(row["words"]).split()), cast(Sense, row["sense"])))
    ordered = {side: tuple(sorted(listed, key=lambda e: -len(e[0]))) for side, listed in found.items()}
    return cast(Mapping[Literal["before", "after"], tuple[tuple[tuple[str, ...], Sense], ...]], ordered)


@cache
def _forces() -> Mapping[str, Force]:
    return {fold(row["lemma"]): Force(int(row["force"]), row["stance"]) for row in read_rows("verb_force", _TABLES)}


def force_of(lemma: str, act: Act) -> Force:
    """The force of a reporting lemma (as the lexicon writes it, with or without vowels) that does this act."""
    table = _forces()
    return table.get(fold(lemma)) or table[f"[{act}]"]
