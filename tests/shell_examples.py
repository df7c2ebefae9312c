"""The shell examples of a page of the documentation, run one after the other as a reader would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_BLOCK = re.compile(r"^```(sh)?\n(.*?)^```", re.S | re.M)


class Example(NamedTuple):
    """Commands, and what the page says they print; empty where it does not say."""

    commands: str
    output: str


def examples(page: Path) -> list[Example]:
    """The examples of a page: blocks of `sh`, each with the block without a name that follows it, if one does."""
    found: list[Example] = []
    for kind, body in _BLOCK.findall(page.read_text("utf-8")):
        if kind == "sh":
            found.append(Example(body, ""))
        elif found:
            found[-1] = found[-1]._replace(output=body)
    return found


def run(page: Path, folder: Path, environment: dict[str, str]) -> None:
    """Run all examples in the folder; each must succeed and print what the page says.

    `…` stands for anything, also for any number of lines where it stands alone.
    """
    shell = shutil.which("bash")
    assert shell
    programs = str(Path(sys.executable).parent)
    path = os.pathsep.join([programs, os.environ.get("PATH", "")])
    for example in examples(page):
        done = subprocess.run(
            [shell, "-e", "-o", "pipefail", "-c", example.commands],
            cwd=folder,
            env={**os.environ, "PATH": path, "PYTHONUTF8": "1", **environment},
            capture_output=True,
            timeout=300,
            check=False,
        )
        printed = done.stdout.decode()
        assert done.returncode == 0, f"{example.commands}{printed}{done.stderr.decode()}"
        if example.output:
            assert pattern(example.output).search(printed), f"{example.commands}printed\n{printed}"


def pattern(output: str) -> re.Pattern[str]:
    """What may be printed, from what a page says."""
    lines = []
    for line in output.splitlines():
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*?".join(map(re.escape, line.split("…"))) + r"\s*?\n")
    return re.compile("^" + "".join(lines), re.M)
