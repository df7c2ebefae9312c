"""Check the tables of reporting words and say of every fault where it is and what is wrong.

What is checked: the columns; acts, frames, marks and signs that the tables know; each lemma once; an example with each
line, and the word in it; and that forms.tsv was built from the verbs.tsv beside it. Nothing is conjugated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon.conjugate import HEADER, fingerprint
from qawl.lexicon.cues import PRONOUNS, TABLES, CueTable, Pattern, noun_forms, read
from qawl.statement import ACTS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "verbs": (
        "lemma",
        "root",
        "form",
        "masdar",
        "without",
        "clause",
        "phrase",
        "act",
        "phrase_act",
        "doubt",
        "example",
        "note",
    ),
    "nouns": ("lemma", "forms", "use", "clause", "phrase", "act", "phrase_act", "doubt", "example", "note"),
    "phrases": ("pattern", "act", "example", "note"),
    "hedges": ("pattern", "example", "note"),
}

#: What may open a clause of content, besides these after a preposition (``إلى_أن``).
OPENERS: Final = frozenset({":", "؟", "أن", "إن", "بأن", "لأن", "لو"})
PREPOSITIONS: Final = frozenset("ب ل إلى على عن من في مع ضد حول بشأن إزاء حيال".split())
#: What a ``without`` may name besides single forms.
PARTS: Final = frozenset({"past", "present", "participle", "masdar", "active", "passive"})
_FORM: Final = re.compile(r"I/[aui]~[aui]|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|I{1,3}q|IVq")
_ARABIC: Final = re.compile(r"[\u0621-\u063a\u0641-\u0652\u0670\u0671]+")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault in a table: the file, the line (1 is the header; 0 the file as a whole), the column (1-based, or 0)."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a table, its cells by column."""

    file: str
    number: int
    columns: tuple[str, ...]
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, column: str, message: str) -> Fault:
        return Fault(self.file, self.number, self.columns.index(column) + 1, f"{column}: {message}")


def check(folder: Path | None = None) -> list[Fault]:
    """All faults in the tables in `folder` (by default the package's own), in the order of files and lines."""
    faults: list[Fault] = []
    lines: dict[str, list[_Line]] = {}
    for table in COLUMNS:
        lines[table] = list(_read(table, folder or TABLES, faults))
    checks: dict[str, Callable[[_Line], Iterator[Fault]]] = {
        "verbs": _verb,
        "nouns": _noun,
        "phrases": _pattern,
        "hedges": _pattern,
    }
    for table, one in checks.items():
        for line in lines[table]:
            faults += one(line)
        faults += _twice(lines[table], COLUMNS[table][0])
    verbs = {fold(line["lemma"]) for line in lines["verbs"]}
    for line in lines["phrases"] + lines["hedges"]:
        for word in line["pattern"].split():
            if word.startswith("@") and fold(word[1:].removesuffix("{ه}")) not in verbs:
                faults.append(line.fault("pattern", f"{word}: there is no such verb in verbs.tsv"))
    stale = list(_forms_file(lines["verbs"], folder or TABLES)) if not faults else []
    if not faults and not stale:
        faults += _examples(lines, read(folder))
    return sorted([*faults, *stale])


def _read(table: str, folder: Path | Traversable, faults: list[Fault]) -> Iterator[_Line]:
    file, columns = f"{table}.tsv", COLUMNS[table]
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        faults.append(Fault(file, 0, 0, "the file is missing"))
        return
    except UnicodeDecodeError as error:
        faults.append(Fault(file, 0, 0, f"not UTF-8: {error.reason} at byte {error.start}"))
        return
    rows = text.split("\n")
    if tuple(rows[0].split("\t")) != columns:
        faults.append(Fault(file, 1, 0, f"the header must be, with tabs between: {' '.join(columns)}"))
        return
    for number, row in enumerate(rows[1:], 2):
        if not row.strip() or row.startswith("#"):
            continue
        cells = row.split("\t")
        if len(cells) != len(columns):
            faults.append(Fault(file, number, 0, f"{len(cells)} cells instead of {len(columns)}: is a tab missing?"))
            continue
        for at, cell in enumerate(cells, 1):
            if cell != cell.strip():
                faults.append(Fault(file, number, at, f"{columns[at - 1]}: a space at its start or end"))
        yield _Line(file, number, columns, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))


def _verb(line: _Line) -> Iterator[Fault]:
    yield from _lemma(line)
    radicals = line["root"].split()
    if len(radicals) not in (3, 4) or any(len(radical) != 1 for radical in radicals):
        yield line.fault("root", f"{line['root']!r}: three or four letters with spaces between, as in ق و ل")
    if not _FORM.fullmatch(line["form"]):
        yield line.fault("form", f"{line['form']!r}: a form such as II or X, with its vowels for form I: I/a~u")
    for word in line["masdar"].split():
        if word not in ("-", "+ات") and not _ARABIC.fullmatch(word):
            yield line.fault("masdar", f"{word!r}: a word, or +ات, or - for none")
    for word in line["without"].split():
        if word not in PARTS and not _ARABIC.fullmatch(word.removeprefix("=")):
            yield line.fault("without", f"{word!r}: a form, a form after =, or one of {' '.join(sorted(PARTS))}")
    yield from _frames(line)
    yield from _marks(line)


def _noun(line: _Line) -> Iterator[Fault]:
    yield from _lemma(line)
    if not line["forms"]:
        yield line.fault("forms", "empty: the word itself first, without vowels, then its other forms")
    uses = line["use"].split()
    if not uses or not set(uses) <= {"cue", "light"}:
        yield line.fault("use", f"{line['use']!r}: cue, light, or both")
    yield from _frames(line)
    yield from _marks(line)


def _pattern(line: _Line) -> Iterator[Fault]:
    if "act" in line.cells:
        yield from _act(line, "act")
    if not line["example"]:
        yield line.fault("example", "there is none")
    words = line["pattern"].split()
    if not words:
        yield line.fault("pattern", "empty")
    for at, word in enumerate(words):
        if word.endswith("+"):
            if word not in ("ل+", "ب+"):
                yield line.fault("pattern", f"{word}: only ل+ and ب+ can be glued to a word")
            elif at == 0:
                yield line.fault("pattern", f"{word}: a pattern cannot begin with it")
        elif not _ARABIC.fullmatch(word.removeprefix("@").removesuffix("{ه}")):
            yield line.fault("pattern", f"{word}: a word, @verb, either with {{ه}} after it, or ل+ or ب+")


def _lemma(line: _Line) -> Iterator[Fault]:
    if not line["lemma"]:
        yield line.fault("lemma", "empty")
    elif not _ARABIC.fullmatch(line["lemma"]):
        yield line.fault("lemma", f"{line['lemma']!r}: one Arabic word with its vowels")
    if not line["example"]:
        yield line.fault("example", "there is none: every line needs a sentence of our own with the word in it")


def _frames(line: _Line) -> Iterator[Fault]:
    for opener in line["clause"].split():
        before, _, last = opener.rpartition("_")
        if (last if before else opener) not in OPENERS or (before and before not in PREPOSITIONS):
            yield line.fault("clause", f"unknown opener {opener!r} (known: {' '.join(sorted(OPENERS))}, إلى_أن …)")
    for frame in line["phrase"].split():
        if frame.startswith("+"):
            if not all(_ARABIC.fullmatch(noun) for noun in frame[1:].split("|")):
                yield line.fault("phrase", f"{frame!r}: nouns with | between them after the +")
            continue
        parts = re.split("[+>]", frame)
        known = {"Ø", "ه", *PREPOSITIONS}
        if frame not in {"Ø", "~عن", "ه!", *PREPOSITIONS} and not (len(parts) == 2 and set(parts) <= known):
            yield line.fault("phrase", f"unknown frame {frame!r}")
    if not line["clause"] and not line["phrase"]:
        yield line.fault("clause", "neither a clause nor a phrase: how does its content follow?")


def _marks(line: _Line) -> Iterator[Fault]:
    yield from _act(line, "act")
    if line["phrase_act"]:
        yield from _act(line, "phrase_act")
    if line["doubt"] not in ("", "1"):
        yield line.fault("doubt", f"{line['doubt']!r}: 1 or empty")


def _act(line: _Line, column: str) -> Iterator[Fault]:
    if line[column] not in ACTS:
        yield line.fault(column, f"unknown act {line[column]!r} (known: {' '.join(ACTS)})")


def _twice(lines: list[_Line], column: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line in lines:
        at = first.setdefault(line[column], line.number)
        if at != line.number:
            yield line.fault(column, f"{line[column]} stands in line {at} already")


def _forms_file(verbs: list[_Line], folder: Path | Traversable) -> Iterator[Fault]:
    """Is forms.tsv there, whole, and made from these verbs?"""
    advice = "run `qawl lexicon build`"
    try:
        lines = (folder / "forms.tsv").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        yield Fault("forms.tsv", 0, 0, f"the file is missing: {advice}")
        return
    made_from = next((line.split()[-1] for line in lines if line.startswith("# verbs.tsv ")), "")
    if lines[:1] != [HEADER] or made_from != fingerprint(line.cells for line in verbs):
        yield Fault("forms.tsv", 0, 0, f"out of date, or not made from this verbs.tsv: {advice}")


def _examples(lines: Mapping[str, list[_Line]], table: CueTable) -> Iterator[Fault]:
    """Lines whose word does not stand in their example."""
    for line in lines["verbs"]:
        if not any(
            cue.lemma.kind == "verb" and cue.lemma.lemma == line["lemma"]
            for word in _WORD.findall(fold(line["example"]))
            for bare in _bare(word)
            for cue in table.forms.get(bare, ())
        ):
            yield line.fault("example", f"no form of {line['lemma']} stands in it")
    for line in lines["nouns"]:
        forms = set(noun_forms(line.cells))
        if not any(bare in forms for word in _WORD.findall(fold(line["example"])) for bare in _bare(word)):
            yield line.fault("example", f"no form of {line['lemma']} stands in it")
    for name, patterns in (("phrases", table.phrases), ("hedges", table.hedges)):
        for line in lines[name]:
            if not _matches(line["pattern"], patterns, _WORD.findall(fold(line["example"]))):
                yield line.fault("example", f"{line['pattern']} does not stand in it")


def _matches(pattern: str, patterns: Mapping[str, tuple[Pattern, ...]], words: list[str]) -> bool:
    for at in range(len(words)):
        for shape in patterns.get(words[at], ()):
            if shape.lemma.lemma == pattern and shape.fits(words, at):
                return True
    return False


def _bare(word: str) -> Iterator[str]:
    """The folded word as it may be looked up: without conjunction, preposition, article, future س, pronoun."""
    stems = {word}
    for prefix in ("و", "ف"):
        stems |= {stem[1:] for stem in stems if stem.startswith(prefix)}
    for prefix in ("بال", "لل", "ال", "ب", "ل", "ك", "س"):
        stems |= {stem[len(prefix) :] for stem in stems if stem.startswith(prefix)}
    for stem in sorted(stems):
        yield stem
        for pronoun in PRONOUNS:
            if stem.endswith(pronoun):
                base = stem.removesuffix(pronoun)
                yield base
                if base.endswith("ت"):
                    yield base[:-1] + "ه"
                if base.endswith("ا"):
                    yield base[:-1] + "ي"
                if base.endswith("و"):
                    yield base + "ا"
