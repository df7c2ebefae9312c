"""Archives for tests, the command over them, and what a data set holds, told so that two can be compared."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from invented import articles

from qawl.article import Article
from qawl.corpus.rows import article_of, reading_of
from qawl.corpus.schema import TABLES
from qawl.statement import Reading

#: Runs the command as the installed one does.
QAWL = [sys.executable, "-c", "from qawl.cli.main import main; main()"]


def jsonl(path: Path, found: Sequence[Article]) -> Path:
    """An archive of JSON Lines, packed where its name says so."""
    data = "".join(json.dumps(article.to_json(), ensure_ascii=False) + "\n" for article in found).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def archive(path: Path, number: int, seed: int = 1) -> Path:
    """An archive of so many invented articles."""
    return jsonl(path, articles(number, seed))


def started(*arguments: object) -> subprocess.Popen[str]:
    """Start `qawl corpus …` in a process group of its own."""
    return subprocess.Popen(
        [*QAWL, "corpus", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def corpus(*arguments: object, status: int = 0) -> str:
    """Run `qawl corpus …` to its end; what it says on either stream."""
    process = started(*arguments)
    output = process.communicate(timeout=240)[0]
    assert process.returncode == status, output
    return output


def table(place: Path, name: str) -> pa.Table:
    """A table of a data set, its parts in the order of their names."""
    files = sorted((place / name).glob("*.parquet"))
    return pa.concat_tables([pq.read_table(file) for file in files])


def rows(place: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    found: list[dict[str, Any]] = table(place, name).to_pylist()
    return found


def data(place: Path) -> dict[str, list[str]]:
    """All that a data set holds, but for the names of its parts: each row as text, sorted."""
    found: dict[str, list[str]] = {}
    for name in (*TABLES, "copies"):
        own = rows(place, name)
        for row in own:
            row.pop("place", None)  # names the part
        found[name] = sorted(json.dumps(row, ensure_ascii=False, default=str) for row in own)
    return found


def readings(place: Path) -> dict[str, tuple[Article, Reading]]:
    """The articles of a data set and what was read in them, by the ids of their rows."""
    of: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name in ("statements", "speakers", "mentions"):
        for row in rows(place, name):
            of.setdefault(row["article"], {}).setdefault(name, []).append(row)
    return {
        row["article"]: (article_of(row), reading_of(row, *_three(of.get(row["article"], {}))))
        for row in rows(place, "articles")
    }


def _three(
    found: dict[str, list[dict[str, Any]]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    return found.get("statements", []), found.get("speakers", []), found.get("mentions", [])
