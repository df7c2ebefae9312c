"""Write the output that the documentation shows anew from what the program prints now.

    python scripts/refresh_docs.py              # the tests fail while the documentation shows something else
    python scripts/refresh_docs.py --picture    # the pictures of the pages too (needs chromium and Arabic fonts)

A block stands between `<!-- begin output: NAME -->` and `<!-- end output -->`; NAME says which of `OUTPUTS` it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from sqlalchemy import Column

from qawl import samples
from qawl.cli.main import main as qawl
from qawl.pages import article_page as page
from qawl.reading.reader import read
from qawl.record.tables import metadata

ROOT = Path(__file__).resolve().parent.parent
#: The statement of the sample week whose versions are shown.
VERSIONS = "3bj5ddaa9r"
FILES = ("README.md", "docs/record-database.md")
_BLOCK = re.compile(r"(<!-- begin output: ([\w-]+) -->\n).*?(<!-- end output -->)", re.S)


def sample() -> str:
    """What the first sample looks like, as far as its first two speakers go."""
    wide = {"COLUMNS": "100"}
    result = CliRunner().invoke(qawl, ["read", "--sample", "--format", "pretty"], env=wide, catch_exceptions=False)
    article = result.stdout.split("\n\n")
    return "\n\n".join(article[:3]) + "\n…"


def tables() -> str:
    """The tables of the record, each with its columns."""
    parts = []
    for table in metadata.tables.values():
        parts.append(f"\n### {table.name}\n{table.comment}\n\n| column | what |\n| --- | --- |")
        parts += [_column(column) for column in table.columns if not _is_end(column)]
    return "\n".join(parts)


def _is_end(column: Column[Any]) -> bool:
    """Is it told of together with the start before it?"""
    return column.name == "end" or column.name.endswith("_end")


def _column(column: Column[Any]) -> str:
    names = [column.name]
    if column.name == "start" or column.name.endswith("_start"):
        names.append(column.name.removesuffix("start") + "end")
    told = [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    told += [text for text in (column.comment, column.doc) if text]
    assert told, f"{column}: nobody says what it is"
    return f"| {', '.join(f'`{name}`' for name in names)} | {'; '.join(told)} |"


OUTPUTS: dict[str, Callable[[], str]] = {"sample-1": lambda: f"```\n{sample()}\n```", "tables": tables}


def refreshed(text: str) -> str:
    """The text with all its blocks of output as they would be now."""
    return _BLOCK.sub(lambda m: f"{m[1]}{OUTPUTS[m[2]]()}\n{m[3]}", text)


def pictures() -> None:
    """The page of the first sample, and that of the versions of a statement, as a browser shows them."""
    article = samples.load()[0]
    with tempfile.TemporaryDirectory() as folder:
        text = page.head(1) + page.article(article, read(article)) + page.foot()
        _picture(Path(folder), text, "1140,930", ROOT / "docs" / "reading.png")
        record = {"QAWL_DB": f"{folder}/week.db"}
        CliRunner().invoke(qawl, ["add", "--sample-week"], env=record, catch_exceptions=False)
        shown = CliRunner().invoke(qawl, ["versions", VERSIONS, "--format", "html"], env=record, catch_exceptions=False)
        _picture(Path(folder), shown.stdout, "1140,740", ROOT / "docs" / "versions.png")


def _picture(folder: Path, text: str, size: str, to: Path) -> None:
    file = folder / "page.html"
    file.write_text(text, "utf-8")
    quiet = ("background-networking", "component-update", "sync", "gpu")
    options = [f"--disable-{name}" for name in quiet] + ["--no-sandbox", "--no-first-run", "--hide-scrollbars"]
    place = [f"--user-data-dir={folder}/profile", f"--window-size={size}", f"--screenshot={to}"]
    subprocess.run(["chromium", "--headless", *options, *place, file.as_uri()], check=True, capture_output=True)


def main() -> None:
    if "--picture" in sys.argv[1:]:
        pictures()
    for name in FILES:
        path = ROOT / name
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
