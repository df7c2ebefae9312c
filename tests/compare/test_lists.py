"""The tables of the comparison: every line is well formed, and its example shows what it says."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from renderings import rendering

import qawl
from qawl.arabic.letters import fold
from qawl.arabic.words import tokenize
from qawl.compare.lists import KINDS, Force, certainties, force_of, going_on, kinds, negations, notes, numerals
from qawl.compare.numbers import find_numbers
from qawl.compare.wording import align
from qawl.compare.words import Place, version
from qawl.lexicon import cues
from qawl.lexicon.cues import read_rows
from qawl.record.search import analysis
from qawl.statement import ACTS

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "comparison.md").read_text("utf-8")
TABLES = files("qawl.compare") / "tables"


def test_every_line_has_all_its_cells() -> None:
    tables = {entry.name.removesuffix(".tsv") for entry in TABLES.iterdir() if entry.name.endswith(".tsv")}
    assert len(tables) >= 10
    for name in tables - {"rarity"}:  # a list of counted words, without columns that are named
        for row in read_rows(name, TABLES):
            assert all(row[column] for column in row if column != "stance"), f"{name}.tsv, line {row['#']}"


def test_the_kinds_are_these() -> None:
    assert tuple(kinds()) == KINDS == ("negation", "number", "name", "certainty", "verb", "quotation", "extent")
    assert all(row.weight > 0 for row in kinds().values())
    assert all(note.english and note.arabic for note in notes().values())
    assert not [note for note in notes() if f"`{note}`" not in GUIDE]


@pytest.mark.parametrize("row", read_rows("kinds", TABLES), ids=lambda row: row["kind"])
def test_examples_of_the_kinds(row: dict[str, str]) -> None:
    left, right = row["example"].split(" / ")
    if row["kind"] == "verb":
        versions = [rendering(words[4:], words.split()[0], ref=words) for words in (left, right)]
    else:
        versions = [rendering(words, ref=words) for words in (left, right)]
    assert {d.kind for d in align(*versions).differences} == {row["kind"]}
    assert f"| `{row['kind']}` |" in GUIDE
    assert row["example"] in GUIDE


@pytest.mark.parametrize("row", read_rows("negation", TABLES), ids=lambda row: row["words"])
def test_examples_of_negation(row: dict[str, str]) -> None:
    markers = [word.negation for word in rendering(row["example"]).words if word.negation]
    assert [marker.says for marker in markers if marker] == [row["time"]] * len(markers)
    assert markers


@pytest.mark.parametrize("row", read_rows("going_on", TABLES), ids=lambda row: row["words"].split()[0])
def test_examples_of_going_on(row: dict[str, str]) -> None:
    first = next(analysis.words(row["example"]))
    assert first.form in {fold(word) for word in row["words"].split()} <= going_on()


@pytest.mark.parametrize("row", read_rows("affirming", TABLES), ids=lambda row: row["words"])
def test_examples_of_what_is_no_negation(row: dict[str, str]) -> None:
    version = rendering(row["example"])
    assert any(negations().times.get(fold(word.span.text)) for word in version.words)
    assert not any(word.negation for word in version.words)


@pytest.mark.parametrize("row", read_rows("certainty", TABLES), ids=lambda row: row["words"])
def test_examples_of_certainty(row: dict[str, str]) -> None:
    version = rendering(row["example"])
    said = [
        (marker.says, " ".join(fold(w.span.text) for w in version.words[marker.first : marker.last]))
        for word in version.words
        if (marker := word.certainty)
    ]
    assert any(says == row["degree"] and fold(row["words"].split()[0]) in words for says, words in said), said


def test_qad_before_the_past_is_no_doubt() -> None:
    assert not any(word.certainty for word in rendering("السوق قد أغلقت أمس").words)
    assert [m.says for w in rendering("السوق قد تغلق غدا").words if (m := w.certainty)] == ["possible"]


def test_expressions_of_certainty_are_found_longest_first() -> None:
    for listed in certainties().values():
        lengths = [len(words) for words, _ in listed]
        assert lengths == sorted(lengths, reverse=True)


def test_verbs_of_force_are_verbs_of_the_lexicon() -> None:
    known = {fold(lemma.lemma) for lemma in cues.load().lemmas}
    rows = {row["lemma"] for row in read_rows("verb_force", TABLES)}
    assert {f"[{act}]" for act in ACTS} <= rows
    assert not {lemma for lemma in rows if not lemma.startswith("[") and fold(lemma) not in known}


#: What the reader does not take for a report, or for another verb of the same letters, in the example.
_UNREAD = ("حلف", "هاجم", "عاتب", "تعلل", "حجة")


@pytest.mark.parametrize("row", read_rows("verb_force", TABLES), ids=lambda row: row["lemma"])
def test_examples_of_force(row: dict[str, str]) -> None:
    text = row["example"]
    found = {(s.act, version(text, s, Place("a")).force) for s in qawl.read(text).statements}
    force = Force(int(row["force"]), row["stance"])
    if row["lemma"].startswith("["):
        assert (row["lemma"].strip("[]"), force) in found
    else:
        assert (force in {force for _, force in found}) == (row["lemma"] not in _UNREAD)


@pytest.mark.parametrize("row", read_rows("turns", TABLES), ids=lambda row: f"{row['from']} {row['to']}")
def test_examples_of_turns(row: dict[str, str]) -> None:
    acts = [[s.act for s in qawl.read(text).statements] for text in row["example"].split("؛ ثم ")]
    assert acts == [[row["from"]], [row["to"]]]


def test_force() -> None:
    assert force_of("زَعَمَ", "assert") == Force(-1, "distance")
    assert force_of("قَالَ", "assert") == Force(0, "")
    assert force_of("قَالَ", "warn") == force_of("حَذَّرَ", "warn")
    assert force_of("هَدَّدَ", "warn").differs(force_of("قال", "assert"))
    assert not force_of("أَكَّدَ", "assert").differs(force_of("قال", "assert"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خمسة عشر شهراً و15 يوما و١٥ ساعة", ["15", "15", "15"]),
        ("ثلاثة آلاف ومئتان وخمسة وعشرون", ["3225"]),
        ("1,500 و 2.5 مليون و٢٫٥ مليار", ["1500", "2500000", "2500000000"]),
        ("سبعة وعشرين ألفا وخمسمئة", ["27500"]),
        ("ثلاث مئة ألف", ["300000"]),
        ("في7 مايو وفي عام2018 وبـ20 درهما", ["7", "2018", "20"]),
        ("والـ12 من مايو والثاني عشر منه والحادي والعشرون", ["12", "12", "21"]),
        ("آلاف الجرحى وعشرات المئات", ["1000s", "10s", "100s"]),
        ("خمسة في المئة وستة بالمئة", ["5", "6"]),
        ("اليوم الثاني بعد أحد الصيادين", []),
        ("9" * 40, []),
        ("1,2,3,4", ["1.2", "3.4"]),
        ("1.500.000", ["1500000"]),
        ("الساعة 09:00 أو 0900، 3:4", ["900", "900", "3", "4"]),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    tokens = tokenize(text)
    assert [number.value for number in find_numbers(tokens, 0, len(tokens))] == expected


@pytest.mark.parametrize("row", read_rows("approximations", TABLES), ids=lambda row: row["words"])
def test_examples_of_approximations(row: dict[str, str]) -> None:
    version = rendering(row["example"])
    (marker,) = [word.exactness for word in version.words if word.exactness]
    assert marker.says == row["sense"]
    assert " ".join(word.span.text for word in version.words[marker.first : marker.last]) == row["words"]
    assert not any(word.negation for word in version.words)


@pytest.mark.parametrize("row", read_rows("numbers", TABLES), ids=lambda row: row["words"])
def test_examples_of_numbers(row: dict[str, str]) -> None:
    for word in row["words"].split():
        assert numerals()[fold(word)].value > 0
    tokens = tokenize(row["example"])
    assert find_numbers(tokens, 0, len(tokens))
