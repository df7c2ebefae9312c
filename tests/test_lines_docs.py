"""docs/lines.md: its commands run as they stand and print what is said, on both engines."""

from __future__ import annotations

from pathlib import Path

from shell_examples import examples, run

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_lines(location: str, tmp_path: Path) -> None:
    page = (DOCS / "lines.md").read_text("utf-8")
    assert len(examples(page)) == 4
    run(page, tmp_path, {"QAWL_DB": location})
