"""`qawl lexicon`: what is wrong in a table is said with its place; a line that is added takes effect."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from qawl.arabic.letters import fold
from qawl.cli.lexicon import lexicon
from qawl.lexicon import cues
from qawl.lexicon.check import COLUMNS, check
from qawl.lexicon.conjugate import write

NEW_VERB = {
    "lemma": "أَفْهَمَ",
    "root": "ف ه م",
    "form": "IV",
    "masdar": "",
    "without": "",
    "clause": "أن بأن",
    "phrase": "",
    "act": "assert",
    "phrase_act": "",
    "doubt": "",
    "example": "أفهم المدير الموظف أن الموعد انتهى",
    "note": "",
}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for table in (*COLUMNS, "forms"):
        shutil.copy(Path(str(cues.TABLES)) / f"{table}.tsv", tmp_path)
    return tmp_path


def add(folder: Path, table: str = "verbs", **cells: str) -> int:
    """Append a line to a table; its line number."""
    path = folder / f"{table}.tsv"
    row = {**NEW_VERB, **cells} if table == "verbs" else dict.fromkeys(COLUMNS[table], "") | cells
    text = path.read_text(encoding="utf-8") + "\t".join(row[c] for c in COLUMNS[table]) + "\n"
    path.write_text(text, encoding="utf-8")
    return text.count("\n")


def test_the_package_is_in_order() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("lemma", "", "empty"),
        ("lemma", "afhama", "one Arabic word"),
        ("root", "فهم", "three or four letters"),
        ("form", "IIII", "a form such as II"),
        ("form", "I", "a form such as II"),
        ("masdar", "+ون", "+ات"),
        ("without", "future", "or one of"),
        ("clause", "أنن", "unknown opener 'أنن'"),
        ("clause", "قبل_أن", "unknown opener"),
        ("phrase", "object", "unknown frame"),
        ("phrase", "ه>نحو", "unknown frame"),
        ("phrase", "+شكر||دعوة", "nouns with |"),
        ("act", "say", "unknown act 'say'"),
        ("phrase_act", "say", "unknown act 'say'"),
        ("doubt", "yes", "1 or empty"),
        ("example", "", "there is none"),
        ("note", "  مهم ", "a space at its start"),
    ],
)
def test_fault_in_a_verb(tables: Path, column: str, value: str, says: str) -> None:
    line = add(tables, **{column: value})
    faults = [fault for fault in check(tables) if fault.file == "verbs.tsv"]
    assert len(faults) == 1
    fault = faults[0]
    assert (fault.line, fault.column) == (line, COLUMNS["verbs"].index(column) + 1)
    assert says in fault.message
    assert str(fault).startswith(f"verbs.tsv:{line}:{fault.column}: {column}: ")


def test_lemma_twice(tables: Path) -> None:
    line = add(tables, lemma="قَالَ")
    assert [(f.line, f.column) for f in check(tables)] == [(line, 1)]


def test_a_missing_tab(tables: Path) -> None:
    path = tables / "nouns.tsv"
    path.write_text(path.read_text("utf-8") + "كَلَام\tكلام\n", "utf-8")
    assert "2 cells instead of 10" in check(tables)[0].message


def test_a_wrong_header(tables: Path) -> None:
    path = tables / "phrases.tsv"
    path.write_text(path.read_text("utf-8").replace("pattern", "phrase", 1), "utf-8")
    assert [(f.file, f.line) for f in check(tables)] == [("phrases.tsv", 1)]


def test_a_missing_file(tables: Path) -> None:
    (tables / "hedges.tsv").unlink()
    assert str(check(tables)[0]) == "hedges.tsv: the file is missing"


def test_not_utf8(tables: Path) -> None:
    (tables / "hedges.tsv").write_bytes("ما قال".encode("cp1256"))
    assert "not UTF-8" in str(check(tables)[0])


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("ما @طار{ه}", "no such verb"),
        ("وفقا ك+", "only ل+ and ب+"),
        ("ل+", "cannot begin"),
        ("on dit", "a word, @verb"),
    ],
)
def test_fault_in_a_pattern(tables: Path, pattern: str, says: str) -> None:
    line = add(tables, "hedges", pattern=pattern, example="مثال")
    assert any(f.file == "hedges.tsv" and f.line == line and says in f.message for f in check(tables))


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("nouns", {"lemma": "هُتَاف", "forms": "هتاف", "use": "cue", "clause": "أن", "act": "assert"}),
        ("phrases", {"pattern": "على قول", "act": "assert"}),
        ("hedges", {"pattern": "على قول{ه}"}),
    ],
)
def test_example_without_its_word(tables: Path, table: str, cells: dict[str, str]) -> None:
    line = add(tables, table, **cells, example="الجسر مفتوح على مصراعيه")
    assert [(f.line, f.message.split(":")[0]) for f in check(tables)] == [(line, "example")]


def test_forms_out_of_date_until_built(tables: Path) -> None:
    add(tables)
    assert [str(f) for f in check(tables)] == [
        "forms.tsv: out of date, or not made from this verbs.tsv: run `qawl lexicon build`"
    ]
    write(tables)
    assert check(tables) == []


def test_a_change_of_example_needs_no_build(tables: Path) -> None:
    path = tables / "verbs.tsv"
    path.write_text(path.read_text("utf-8").replace("سامر الطويل", "سالم القصير"), "utf-8")
    assert check(tables) == []


def test_a_line_that_is_added_takes_effect(tables: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(lexicon, ["show", "أفهمت", "--tables", str(tables)]).exit_code == 1
    add(tables)
    assert runner.invoke(lexicon, ["check", "--tables", str(tables)]).exit_code == 1
    built = runner.invoke(lexicon, ["build", "--tables", str(tables)], catch_exceptions=False)
    assert built.exit_code == 0
    assert runner.invoke(lexicon, ["check", "--tables", str(tables)]).exit_code == 0
    shown = runner.invoke(lexicon, ["show", "أفهمت", "--tables", str(tables)])
    assert "أَفْهَمَ\tpast 3fs" in shown.output
    assert fold("مفهما") in cues.read(tables).forms


def test_build_says_which_line_cannot_be_conjugated(tables: Path) -> None:
    line = add(tables, root="ف ه د")
    result = CliRunner().invoke(lexicon, ["build", "--tables", str(tables)])
    assert result.exit_code == 1
    assert f"verbs.tsv:{line}" in result.output


def test_build_without_mazini(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mazini", None)
    result = CliRunner().invoke(lexicon, ["build", "--tables", str(tables)])
    assert result.exit_code == 1
    assert "qawl[lexicon]" in result.output
