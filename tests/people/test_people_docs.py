"""docs/people.md: its commands run as they stand and print what is said, on both engines."""

from __future__ import annotations

from pathlib import Path

from shell_examples import examples, run

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "people.md").read_text("utf-8")


def test_commands(location: str, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    assert len(examples(PAGE)) == 6
    run(PAGE, folder, {"QAWL_DB": location, "QAWL_WHO": "هدى"})
