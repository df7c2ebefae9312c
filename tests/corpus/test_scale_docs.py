"""docs/scale.md: its commands run as they stand and print what is said; its tables tell of every column."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")
pytest.importorskip("duckdb", reason="the extra qawl[corpus] is not installed")

import duckdb
from shell_examples import examples, run

from qawl.corpus.schema import COPIES, GROUPS, PEOPLE, TABLES, VERSION

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "scale.md").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets to be left to a child")
def test_commands(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    assert len(examples(PAGE)) == 6
    run(PAGE, folder, {})
    assert (folder / "report.html").stat().st_size > 5000
    denied = duckdb.execute(
        f"SELECT speaker_name, text FROM '{folder}/data/statements/*.parquet' WHERE act = 'deny'"
    ).fetchall()
    assert denied


def test_every_column_is_described() -> None:
    assert f"This is version {VERSION} of the form" in PAGE
    for name, schema in {**TABLES, "copies": COPIES, "people": PEOPLE, "groups": GROUPS}.items():
        if not name.startswith("_"):
            assert f"**{name}**" in PAGE
            part = PAGE.split(f"**{name}**")[1].split("\n**")[0]
            assert [column for column in schema.names if f"`{column}`" not in part] == []
