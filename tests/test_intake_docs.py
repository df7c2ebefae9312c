"""The commands in docs/intake.md are commands that Qawl understands; those that need no network are run."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qawl.cli.main import main
from qawl.intake.rows import NAMES

TEXT = (Path(__file__).resolve().parent.parent / "docs" / "intake.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.S | re.M) for line in block.splitlines() if line.strip()
]


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    body = "قال سالم الغامري إن السد امتلأ."
    Path("article.txt").write_text(body, "utf-8")
    Path("page.html").write_text(f"<h1>السد يمتلئ</h1><p>{body} وأضاف أن الماء يكفي.", "utf-8")
    Path("news.jsonl.gz").write_text(json.dumps({"text": body}), "utf-8")
    Path("rows.csv").write_text(f"head,story,date\nالسد يمتلئ,{body},5/3/2024\n", "utf-8")
    Path("folder").mkdir()
    Path("folder/a.txt").write_text(body, "utf-8")
    program, name, *arguments = shlex.split(command)
    assert program == "qawl"
    if "://" in command.replace("sqlite://", "") or name == "watch":
        loaded = main.get_command(click.Context(main), name)
        assert loaded is not None
        loaded.make_context(name, arguments, parent=click.Context(main))
    else:
        result = CliRunner().invoke(main, [name, *arguments])
        assert result.exit_code == 0, result.output
        assert re.search(r"[12] new, 0 changed, 0 known, 0 failed", result.output)


def test_the_names_of_fields_are_those_that_are_looked_for() -> None:
    for ours, theirs in NAMES.items():
        row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{ours}`"))
        assert tuple(re.findall(r"`(\w+)`", row.split("|")[2])) == theirs
