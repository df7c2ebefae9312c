"""Reporting words: verbs, nouns and fixed phrases, with the frames in which they report and the act they report.

`load` reads the tables once. `CueTable.forms` is looked up with a folded word that stands without conjunction,
preposition, article and pronoun; `CueTable.phrase_at` and `hedge_at` match folded words of a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast

from qawl.arabic.letters import fold
from qawl.statement import Act

LemmaKind = Literal["verb", "noun", "phrase"]
Part = Literal["past", "present", "imperative", "participle", "passive_participle", "masdar", "noun"]
Gender = Literal["m", "f", ""]
Number = Literal["s", "d", "p", ""]
Cell = tuple[int, Gender, Number]
"""Person (0 where there is none), gender (``m``, ``f`` or empty), number (``s``, ``d``, ``p`` or empty)."""

TABLES: Final[Traversable] = files("qawl.lexicon") / "tables"

_PERSONS: Final[tuple[Cell, ...]] = (
    (3, "m", "s"),
    (3, "f", "s"),
    (3, "m", "d"),
    (3, "f", "d"),
    (3, "m", "p"),
    (3, "f", "p"),
    (1, "", "s"),
    (1, "", "p"),
    (2, "m", "s"),
    (2, "m", "p"),
)
_NOMINAL: Final[tuple[Cell, ...]] = (
    (0, "m", "s"),
    (0, "f", "s"),
    (0, "m", "d"),
    (0, "f", "d"),
    (0, "m", "p"),
    (0, "f", "p"),
)
#: The cells of each part's paradigm, in the order in which forms.tsv lists them; a passive has the first six only.
#: News has no use for the rest (passive participles are nouns by now: مسؤول، متهم).
CELLS: Final[Mapping[str, tuple[Cell, ...]]] = {
    "past": _PERSONS,
    "present": _PERSONS,
    "participle": _NOMINAL,
    "masdar": ((0, "", ""),),
}
#: Pronouns that are written onto a word (folded), longest first.
PRONOUNS: Final = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك", "ي")


@dataclass(frozen=True, slots=True, eq=False)
class Lemma:
    """One reporting word and its frames. Compared by identity: `load` makes each once; `number` orders them.

    `clause`: openers of a clause of content, as in the tables (``أن``, ``إلى_أن``, ``:``). `phrase`: the complements
    that are content themselves (``Ø``, ``إلى``, ``ه>إلى`` …; a ``+`` frame lists every folded form of its nouns).
    `act` of a clause; `phrase_act` of a phrase. `doubt`: usually reports only where a clause or a quotation follows.
    """

    lemma: str
    kind: LemmaKind
    clause: frozenset[str]
    phrase: frozenset[str]
    act: Act
    phrase_act: Act
    doubt: bool
    number: int


@dataclass(frozen=True, slots=True)
class CueForm:
    """One inflected form of a lemma: which part of its paradigm, person, gender, number and voice."""

    lemma: Lemma
    part: Part
    person: int
    gender: Gender
    number: Number
    passive: bool


class Slot(NamedTuple):
    """One word of a pattern: its folded spellings; whether a pronoun is written onto it."""

    words: frozenset[str]
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fixed phrase or hedge. `glued`: a last preposition ل or ب that is written onto the next word, else empty."""

    slots: tuple[Slot, ...]
    glued: Literal["", "ل", "ب"]
    lemma: Lemma

    def fits(self, words: Sequence[str], i: int) -> bool:
        """Do the folded words from i on match?"""
        end = i + len(self.slots)
        if end > len(words) or (self.glued and not (end < len(words) and words[end].startswith(self.glued))):
            return False
        return all(_fits(slot, words[i + k]) for k, slot in enumerate(self.slots))


@dataclass(frozen=True, slots=True)
class CueTable:
    """All tables of cues, ready for lookup. Keys and words are folded."""

    lemmas: tuple[Lemma, ...]
    forms: dict[str, tuple[CueForm, ...]]
    phrases: dict[str, tuple[Pattern, ...]]
    hedges: dict[str, tuple[Pattern, ...]]
    #: The act that a light verb takes from its noun (أعرب عن رفضه: deny), by every folded form of the noun.
    noun_acts: dict[str, Act]
    #: Folded forms that another, commoner word shares (هنأ, هنا): the only unvocalised spellings that count.
    exact: dict[str, frozenset[str]]

    def begins_phrase(self, word: str) -> bool:
        """Is this the first word of a fixed source phrase or hedge?"""
        return word in self.phrases or word in self.hedges

    def followers(self, patterns: Mapping[str, tuple[Pattern, ...]]) -> dict[str, frozenset[str]]:
        """First word of a pattern → what may follow it; empty where a pattern is that one word.

        Most places of a text fail this test, which is cheaper than matching.
        """
        found: dict[str, set[str]] = {}
        alone: set[str] = set()
        for first, listed in patterns.items():
            for pattern in listed:
                if len(pattern.slots) < 2:
                    alone.add(first)
                    continue
                slot = pattern.slots[1]
                endings = PRONOUNS if slot.pronoun else ("",)
                found.setdefault(first, set()).update(word + ending for word in slot.words for ending in endings)
        return {first: frozenset() if first in alone else frozenset(found[first]) for first in {*found, *alone}}

    def phrase_at(self, words: Sequence[str], i: int) -> tuple[int, Pattern] | None:
        """The longest fixed source phrase at word i and its number of words; a glued ل or ب is not counted.

        `words` are folded, without leading conjunction; a preposition and its pronoun stay on.
        """
        return _longest(self.phrases, words, i)

    def hedge_at(self, words: Sequence[str], i: int) -> tuple[int, Pattern] | None:
        """The longest hedge at word i and its number of words; a glued ل or ب is not counted."""
        return _longest(self.hedges, words, i)


def _longest(patterns: Mapping[str, tuple[Pattern, ...]], words: Sequence[str], i: int) -> tuple[int, Pattern] | None:
    best: tuple[int, Pattern] | None = None
    for pattern in patterns.get(words[i], ()):
        length = len(pattern.slots)
        if (best is None or length > best[0]) and pattern.fits(words, i):
            best = (length, pattern)
    return best


def _fits(slot: Slot, word: str) -> bool:
    if not slot.pronoun:
        return word in slot.words
    return any(word.endswith(p) and word[: -len(p)] in slot.words for p in PRONOUNS)


def read_rows(table: str, folder: Traversable | None = None) -> list[dict[str, str]]:
    """The lines of a table as dictionaries by column, with their line number under ``#``. Comments and blanks go."""
    source = (folder or TABLES) / f"{table}.tsv"
    columns: list[str] = []
    rows: list[dict[str, str]] = []
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        row = dict.fromkeys(columns, "")
        row.update(zip(columns, (cell.strip() for cell in cells), strict=False))
        row["#"] = str(number)
        rows.append(row)
    return rows


def cases(word: str) -> tuple[str, ...]:
    """A noun with its accusative alif, except after ة and ات; after اء the seats of the hamza before a pronoun."""
    if word.endswith("اء"):
        return (word, word[:-1] + "ئ", word[:-1] + "ؤ")
    if word.endswith(("ة", "ات", "ى", "ا")):
        return (word,)
    return (word, word + "ا")


def noun_forms(row: Mapping[str, str]) -> list[str]:
    """All folded forms of a noun in a line of nouns.tsv."""
    return [fold(form) for word in row["forms"].split() for form in cases(word)]


@cache
def load() -> CueTable:
    """The package's tables of cues (read once)."""
    return read()


def read(folder: Path | None = None) -> CueTable:
    """Read the tables of cues, in `folder` instead of the package where one is given."""
    verbs, nouns = read_rows("verbs", folder), read_rows("nouns", folder)
    paradigms = _read_paradigms(folder)
    groups = _noun_groups(nouns, paradigms)
    lemmas: list[Lemma] = []
    forms: dict[str, list[CueForm]] = {}
    finite: dict[str, set[str]] = {}
    acts: dict[str, Act] = {}
    exact: dict[str, frozenset[str]] = {}
    for row in verbs:
        lemma = _lemma(row, "verb", len(lemmas), groups)
        lemmas.append(lemma)
        exact.update((fold(word[1:]), frozenset({word[1:]})) for word in row["without"].split() if word[0] == "=")
        spelled = finite.setdefault(fold(lemma.lemma), set())
        for part, passive, cells in paradigms.get(lemma.lemma, ()):
            for (person, gender, number), cell in zip(CELLS[part], cells, strict=False):
                if cell == "-":
                    continue
                form = CueForm(lemma, part, person, gender, number, passive)
                spellings = cell.split(",")
                for spelling in spellings:
                    forms.setdefault(spelling, []).append(form)
                if part in ("past", "present"):
                    spelled.update(spellings)
                elif part == "masdar":
                    acts.update(dict.fromkeys(spellings, lemma.phrase_act))
    for row in nouns:
        lemma = _lemma(row, "noun", len(lemmas), groups)
        lemmas.append(lemma)
        form = CueForm(lemma, "noun", 0, "", "", False)
        for spelling in noun_forms(row):
            acts[spelling] = lemma.phrase_act
            # A masdar of a verb in the table reports with its verb's frames.
            if "cue" in row["use"].split() and not any(f.part == "masdar" for f in forms.get(spelling, ())):
                forms.setdefault(spelling, []).append(form)
    phrases = _patterns(read_rows("phrases", folder), lemmas, finite)
    hedges = _patterns(read_rows("hedges", folder), lemmas, finite)
    # One spelling may fill a cell twice over (indicative and jussive): each form once.
    unique = {spelling: tuple(dict.fromkeys(found)) for spelling, found in forms.items()}
    return CueTable(tuple(lemmas), unique, phrases, hedges, acts, exact)


def _lemma(row: Mapping[str, str], kind: LemmaKind, number: int, groups: Mapping[str, tuple[str, ...]]) -> Lemma:
    phrase = frozenset(_expand(frame, groups) for frame in row.get("phrase", "").split())
    act = cast(Act, row["act"])
    return Lemma(
        lemma=row.get("lemma") or row["pattern"],
        kind=kind,
        clause=frozenset(row.get("clause", "").split()),
        phrase=phrase,
        act=act,
        phrase_act=cast(Act, row.get("phrase_act") or act),
        doubt=row.get("doubt") == "1",
        number=number,
    )


def _expand(frame: str, groups: Mapping[str, tuple[str, ...]]) -> str:
    """A ``+`` frame with all folded forms of its nouns instead of one of each; any other frame as it is."""
    if not frame.startswith("+"):
        return frame
    nouns: dict[str, None] = {}
    for noun in fold(frame[1:]).split("|"):
        nouns[noun] = None
        nouns.update(dict.fromkeys(groups.get(noun, ())))
    return "+" + "|".join(nouns)


def _read_paradigms(folder: Path | None) -> dict[str, list[tuple[Part, bool, list[str]]]]:
    """The lines of forms.tsv by lemma: part, passive or not, and the folded cells."""
    paradigms: dict[str, list[tuple[Part, bool, list[str]]]] = {}
    for line in ((folder or TABLES) / "forms.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if not line.startswith("#"):
            lemma, part, voice, cells = line.split("\t")
            paradigms.setdefault(lemma, []).append((cast(Part, part), voice == "passive", fold(cells).split(" ")))
    return paradigms


def _noun_groups(
    nouns: Sequence[Mapping[str, str]], paradigms: Mapping[str, list[tuple[Part, bool, list[str]]]]
) -> dict[str, tuple[str, ...]]:
    """All folded forms of a noun (its plural, its accusative, its synonyms in the same line) by any one of them."""
    lines = [noun_forms(row) for row in nouns]
    lines += [cells[0].split(",") for made in paradigms.values() for part, _, cells in made if part == "masdar"]
    groups: dict[str, dict[str, None]] = {}
    for line in lines:
        for form in line:
            groups.setdefault(form, {}).update(dict.fromkeys(line))
    return {form: tuple(group) for form, group in groups.items()}


def _patterns(
    rows: Sequence[Mapping[str, str]], lemmas: list[Lemma], finite: Mapping[str, set[str]]
) -> dict[str, tuple[Pattern, ...]]:
    """The patterns of a table by every folded spelling of their first word; a lemma is added for each line."""
    found: dict[str, list[Pattern]] = {}
    for row in rows:
        lemma = _lemma({"act": "assert", **row}, "phrase", len(lemmas), {})
        lemmas.append(lemma)
        words = row["pattern"].split()
        glued: Literal["", "ل", "ب"] = ""
        if words[-1] == "ل+":
            glued = "ل"
        elif words[-1] == "ب+":
            glued = "ب"
        slots = _slots(words[:-1] if glued else words, finite)
        pattern = Pattern(slots, glued, lemma)
        first = slots[0]
        for word in first.words:
            for spelling in (word + p for p in PRONOUNS) if first.pronoun else (word,):
                found.setdefault(spelling, []).append(pattern)
    return {word: tuple(patterns) for word, patterns in found.items()}


def _slots(words: Sequence[str], finite: Mapping[str, set[str]]) -> tuple[Slot, ...]:
    """The words of a pattern. ``ل+`` before another word is glued to it: ``وفقا ل+ تعبير{ه}`` matches وفقا لتعبيره."""
    slots: list[Slot] = []
    prefix = ""
    for word in words:
        if word.endswith("+"):
            prefix = fold(word[:-1])
            continue
        pronoun = word.endswith("{ه}")
        stem = fold(word.removesuffix("{ه}"))
        spelled = finite.get(stem[1:], set()) if stem.startswith("@") else {stem}
        if pronoun:
            spelled = {variant for form in spelled for variant in _before_pronoun(form)}
        slots.append(Slot(frozenset(prefix + form for form in spelled), pronoun))
        prefix = ""
    return tuple(slots)


def _before_pronoun(form: str) -> tuple[str, ...]:
    """How a folded form is spelled before a pronoun: سمي → سما(ه), راي → را(ه), وصفوا → وصفو(ه), رويه → رويت(ه)."""
    if form.endswith("وا"):
        return (form[:-1],)
    if form.endswith("ي"):
        return form, form[:-1] if form.endswith("اي") else form[:-1] + "ا"
    if form.endswith("ه"):
        return form, form[:-1] + "ت"
    return (form,)
