"""The shell examples of a page of the documentation, run in one shell, one after the other, as a reader would."""

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


def examples(page: str) -> list[Example]:
    """The examples in the text of a page: blocks of `sh`, each with the block without a name that follows it, if one
    does."""
    found: list[Example] = []
    for kind, body in _BLOCK.findall(page):
        if kind == "sh":
            found.append(Example(body, ""))
        elif found:
            found[-1] = found[-1]._replace(output=body)
    return found


def run(page: str, folder: Path, environment: dict[str, str], *, whole: bool = False) -> None:
    """Run all examples in the folder; each must succeed and print what the page says, on either stream, and with
    `whole` nothing else.

    `…` stands for anything, also for any number of lines where it stands alone.
    """
    shell = shutil.which("bash")
    assert shell
    programs = str(Path(sys.executable).parent)
    path = os.pathsep.join([programs, os.environ.get("PATH", "")])
    own = {name: value for name, value in os.environ.items() if not name.startswith("QAWL_")}
    given = examples(page)
    script = "exec 2>&1\n" + "\n".join(f"{example.commands}printf '\\0'" for example in given)
    done = subprocess.run(
        [shell, "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**own, "PATH": path, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        timeout=300,
        check=False,
    )
    for example, printed in zip(given, done.stdout.decode().split("\0"), strict=False):
        if example.output:
            said = pattern(example.output)
            assert said.fullmatch(printed) if whole else said.search(printed), f"{example.commands}printed\n{printed}"
    assert done.returncode == 0, done.stdout.decode().rpartition("\0")[2]


def pattern(output: str) -> re.Pattern[str]:
    """What may be printed, from what a page says."""
    lines = []
    for line in output.splitlines():
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*?".join(map(re.escape, line.split("…"))) + r"\s*?\n")
    return re.compile("^" + "".join(lines), re.M)
