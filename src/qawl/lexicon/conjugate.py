"""Build ``tables/forms.tsv`` from ``tables/verbs.tsv``: every form of every reporting verb, by conjugation.

Run by ``qawl lexicon build``, never while reading. Conjugation is by mazini (CC BY 4.0), a build-time dependency
(``pip install qawl[lexicon]``). The result is deterministic: the same verbs give the same file, byte for byte.

A line of forms.tsv is one lemma and one part: the lemma, the part, the voice (``active`` or ``passive``) and the cells
of the paradigm in the order of `CELLS`, separated by spaces. A cell holds its spellings, without vowels, separated by
commas; ``-`` where there is none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from qawl.lexicon.cues import CELLS, TABLES, cases, read_rows

#: Columns of verbs.tsv that the forms depend on; a change of an example needs no new build.
SHAPE_COLUMNS: Final = ("lemma", "root", "form", "masdar", "without")
HEADER: Final = "lemma\tpart\tvoice\tforms"
NOTICE: Final = "# Made by `qawl lexicon build` from verbs.tsv; not for editing. Conjugation: mazini, CC BY 4.0."

_VOWELS: Final = re.compile("[\u064b-\u0650\u0652\u0670]")
_MARKS: Final = re.compile("[\u064b-\u0652\u0670]")


class VerbError(ValueError):
    """A verb that cannot be conjugated from the root and form given."""


class Row(NamedTuple):
    """One line of forms.tsv; `cells` are in the order of `CELLS` for the part."""

    lemma: str
    part: str
    voice: str
    cells: tuple[tuple[str, ...], ...]

    def line(self) -> str:
        return "\t".join((self.lemma, self.part, self.voice, " ".join(",".join(c) or "-" for c in self.cells)))


def bare(word: str) -> str:
    """A word without vowels and shadda, its hamzas kept; the alif of اِفتعل without a mark."""
    return _MARKS.sub("", word).replace("ٱ", "ا")


def skeleton(word: str) -> str:
    """A word without vowels but with its shadda: what two ways of vocalising one lemma share."""
    return _VOWELS.sub("", word).replace("ٱ", "ا")


def fingerprint(rows: Iterable[Mapping[str, str]]) -> str:
    """A short hash of what the forms depend on, kept in the header of forms.tsv to see whether it is out of date."""
    shape = "\n".join("\t".join(row[c] for c in SHAPE_COLUMNS) for row in rows)
    return hashlib.sha256(shape.encode()).hexdigest()[:16]


def conjugate(row: Mapping[str, str]) -> list[Row]:
    """All forms of the verb in one line of verbs.tsv. Raises `VerbError` when root and form do not give its lemma."""
    from mazini import MaziniError
    from mazini import conjugate as paradigm

    try:
        made = paradigm(row["root"], row["form"])
    except (MaziniError, ValueError) as error:
        raise VerbError(f"cannot conjugate root {row['root']!r} on form {row['form']!r}: {error}") from error
    slots = {slot: [form.form for form in forms if form.form != "?"] for slot, forms in made.slots.items()}
    lemma = row["lemma"]
    if skeleton(lemma) not in {skeleton(form) for form in slots.get("past_3ms", ())}:
        raise VerbError(f"root {row['root']!r} on form {row['form']!r} gives {slots.get('past_3ms')}, not {lemma}")

    def cells(part: str, *prefixes: str) -> tuple[tuple[str, ...], ...]:
        names = [f"{person}{gender}{number}" for person, gender, number in CELLS[part]]
        if "pass" in prefixes[0]:
            names = names[:6]
        return tuple(_spellings(f for p in prefixes for f in slots.get(f"{p}_{name}", ())) for name in names)

    # No imperatives and jussives: what is ordered or was not said is no report, and their short forms are other words
    # (قل, يعد, انه). The subjunctive (يقولوا) stays.
    rows = [
        Row(lemma, "past", "active", cells("past", "past")),
        Row(lemma, "present", "active", cells("present", "ind", "sub")),
        Row(lemma, "past", "passive", cells("past", "past_pass")),
        Row(lemma, "present", "passive", cells("present", "ind_pass", "sub_pass")),
    ]
    if slots.get("ap"):
        rows.append(Row(lemma, "participle", "active", _participle(slots["ap"][0])))
    masdars = _masdars(row["masdar"].split(), [bare(form) for form in slots.get("vn", ())][:1])
    rows.append(Row(lemma, "masdar", "active", (tuple(masdars),)))
    return [kept for made_row in rows if (kept := _leave_out(made_row, row["without"].split()))]


def _leave_out(row: Row, without: Sequence[str]) -> Row | None:
    """The line less the forms, or the whole part or voice, that its verb goes without; None if nothing is left."""
    if row.part in without or row.voice in without:
        return None
    cells = tuple(tuple(form for form in cell if form not in without) for cell in row.cells)
    return row._replace(cells=cells) if any(cells) else None


def build(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The lines of forms.tsv."""
    yield HEADER
    yield NOTICE
    yield f"# verbs.tsv {fingerprint(rows)}"
    for row in rows:
        try:
            yield from (made.line() for made in conjugate(row))
        except VerbError as error:
            raise VerbError(f"verbs.tsv:{row['#']}: {error}") from error


def write(folder: Path | None = None) -> int:
    """Write forms.tsv beside verbs.tsv in `folder` (by default the package's own tables); the number of lines made."""
    home = folder or Path(str(TABLES))
    lines = list(build(read_rows("verbs", folder)))
    (home / "forms.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def _spellings(forms: Iterable[str]) -> tuple[str, ...]:
    """The different unvocalised spellings of the forms in one cell, with those that newspapers also use."""
    found: dict[str, None] = {}
    for form in forms:
        word = bare(form)
        found[word] = None
        # A hamza on و before a long u is as often written on the alif (تنبأوا beside تنبؤوا).
        if word.endswith(("ؤوا", "ؤون")):
            found[word[:-3] + "أ" + word[-2:]] = None
        # رأى takes a pronoun as رآه.
        if word.endswith("أى"):
            found[word[:-2] + "آ"] = None
        if word.startswith("أو") and form.startswith("أُو") and len(word) > 3:
            found["أؤ" + word[2:]] = None
    return tuple(found)


def _participle(word: str) -> tuple[tuple[str, ...], ...]:
    """The spellings of a participle in the order of `CELLS`, in all cases and states: مؤكد، مؤكدا؛ مؤكدة؛ مؤكدان …"""
    stem = full = bare(word)
    if "\u064d" in word[-2:]:  # داعٍ: the ي comes back with an ending (داعيا); داع alone is left to other words
        full = stem[:-1] + "ئي" if stem.endswith("ء") else stem + "ي"
    return (
        (full, full + "ا"),
        (full + "ة",),
        (full + "ان", full + "ين"),
        (full + "تان", full + "تين"),
        (stem + "ون", stem + "ين", stem + "و"),
        (full + "ات",),
    )


def _masdars(written: Sequence[str], made: Sequence[str]) -> list[str]:
    """The masdars of a verb: those in the table, else the one made; ``+ات`` adds its regular plural, ``-`` is none."""
    if "-" in written:
        return []
    explicit = [bare(word) for word in written if word != "+ات"]
    masdars = explicit or list(made)
    if "+ات" in written and masdars:
        singular = masdars[0]
        masdars.append((singular[:-1] if singular.endswith("ة") else singular) + "ات")
    return [form for word in masdars for form in cases(word)]
