"""docs/search.md and docs/export.md: their commands run as they stand and print what is said, on both engines."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from shell_examples import examples, pattern, run

from qawl.record.export.table import Row

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.parametrize("name", ["search.md", "export.md"])
def test_commands(name: str, location: str, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    page = (DOCS / name).read_text("utf-8")
    assert len(examples(page)) > 4
    run(page, folder, {"QAWL_DB": location})
    if name == "export.md":
        assert list(csv.reader((folder / "all.csv").read_text("utf-8-sig").splitlines()[:1])) == [list(Row._fields)]
        for file in ("statements.jsonld", "annotations.jsonld", "record.schema.json"):
            assert json.loads((folder / file).read_text("utf-8"))
        assert len((folder / "record.jsonl").read_text("utf-8").splitlines()) == 6


def test_every_column_is_described() -> None:
    text = (DOCS / "export.md").read_text("utf-8")
    assert [name for name in Row._fields if f"`{name}`" not in text] == []


def test_what_a_page_says_is_compared() -> None:
    said = pattern("one…three\n…\nlast\n")
    assert said.search("before\none two three\nx\ny\nlast\n")
    assert not said.search("one two\nlast\n")
