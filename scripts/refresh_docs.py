"""Write the output that the documentation shows anew from what the program prints now.

    python scripts/refresh_docs.py              # the tests fail while the documentation shows something else
    python scripts/refresh_docs.py --picture    # the pictures of the pages too (needs chromium and Arabic fonts)

A block stands between `<!-- begin output: NAME -->` and `<!-- end output -->`; NAME says which of `OUTPUTS` it is.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from click.testing import CliRunner
from fastapi import FastAPI
from sqlalchemy import Column

from qawl import samples
from qawl.cli.main import main as qawl
from qawl.compare import updating as comparing
from qawl.desk.app import application
from qawl.desk.settings import Settings
from qawl.pages import article_page as page
from qawl.people import updating as resolving
from qawl.people.profiles import profile
from qawl.reading.reader import read
from qawl.record.engine import open_record
from qawl.record.tables import metadata
from qawl.record.writing import add

ROOT = Path(__file__).resolve().parent.parent
#: The statement of the sample week whose versions are shown, and whose article is at the desk.
VERSIONS = "3bj5ddaa9r"
#: The person whose page is shown.
PERSON = "سلمى العطار"
FILES = ("README.md", "README.ar.md", "docs/record-database.md")
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
    """The page of the first sample, and that of the versions of a statement, as a browser shows them; three pages of
    the desk over all samples."""
    article = samples.load()[0]
    with tempfile.TemporaryDirectory() as folder:
        text = page.head(1) + page.article(article, read(article)) + page.foot()
        _picture(Path(folder), text, "1140,930", ROOT / "docs" / "reading.png")
        record = {"QAWL_DB": f"{folder}/week.db"}
        CliRunner().invoke(qawl, ["add", "--sample-week"], env=record, catch_exceptions=False)
        shown = CliRunner().invoke(qawl, ["versions", VERSIONS, "--format", "html"], env=record, catch_exceptions=False)
        _picture(Path(folder), shown.stdout, "1140,740", ROOT / "docs" / "versions.png")
        _desk(Path(folder))


def _picture(folder: Path, text: str, size: str, to: Path) -> None:
    file = folder / "page.html"
    file.write_text(text, "utf-8")
    quiet = ("background-networking", "component-update", "sync", "gpu")
    options = [f"--disable-{name}" for name in quiet] + ["--no-sandbox", "--no-first-run", "--hide-scrollbars"]
    place = [f"--user-data-dir={folder}/profile", f"--window-size={size}", f"--screenshot={to}"]
    subprocess.run(["chromium", "--headless", *options, *place, file.as_uri()], check=True, capture_output=True)


def _desk(folder: Path) -> None:
    """An article, a statement in all outlets and a person, at a desk that is served for this alone."""
    from playwright.sync_api import sync_playwright

    engine = open_record(str(folder / "desk.db"), create=True)
    add(engine, [*samples.load(), *samples.load_week()], lambda outcome: None)
    resolving.bring_up_to_date(engine)
    comparing.bring_up_to_date(engine)
    person = profile(engine, PERSON).person.ref
    wanted = {
        "desk.png": (f"/statements/{VERSIONS}", 860),
        "desk-versions.png": (f"/versions/{VERSIONS}", 830),
        "desk-person.png": (f"/people/{person}", 900),
    }
    with _served(application(engine, Settings(db=str(engine.url)))) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (path, height) in wanted.items():
            tab = browser.new_page(viewport={"width": 1280, "height": height}, locale="ar", color_scheme="light")
            tab.goto(f"{url}{path}", wait_until="networkidle")
            tab.evaluate("scrollTo(0, 0)")
            tab.screenshot(path=ROOT / "docs" / name)
            tab.close()
        browser.close()
    engine.dispose()


@contextmanager
def _served(desk: FastAPI) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(desk, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.05)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def main() -> None:
    if "--picture" in sys.argv[1:]:
        pictures()
    for name in FILES:
        path = ROOT / name
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
