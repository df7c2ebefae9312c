"""Write the output that the documentation shows anew from what the program prints now.

    python scripts/refresh_docs.py    # the tests fail while the documentation shows something else

A block stands between `<!-- begin output: NAME -->` and `<!-- end output -->`; NAME says which of `OUTPUTS` it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from qawl.cli.main import main as qawl

ROOT = Path(__file__).resolve().parent.parent
FILES = ("README.md",)
_BLOCK = re.compile(r"(<!-- begin output: ([\w-]+) -->\n).*?(<!-- end output -->)", re.S)


def sample() -> str:
    """What the first sample looks like, as far as its first two speakers go."""
    result = CliRunner().invoke(qawl, ["read", "--sample", "--format", "pretty"], catch_exceptions=False)
    article = result.stdout.split("\n\n")
    return "\n\n".join(article[:3]) + "\n…"


OUTPUTS: dict[str, Callable[[], str]] = {"sample-1": sample}


def refreshed(text: str) -> str:
    """The text with all its blocks of output as they would be now."""
    return _BLOCK.sub(lambda m: f"{m[1]}```\n{OUTPUTS[m[2]]()}\n```\n{m[3]}", text)


def main() -> None:
    for name in FILES:
        path = ROOT / name
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
