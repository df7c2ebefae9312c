"""docs/a-day-at-the-desk.md: followed word for word by a new user, on both engines, it prints what it says."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet
from shell_examples import examples, run
from sqlalchemy import create_engine, func, select

from qawl.record import tables
from qawl.record.engine import record_url

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "a-day-at-the-desk.md").read_text("utf-8")
TEAM = "postgresql+psycopg://desk@db.example/news"  # the one thing for which a user puts something else


def test_a_day(location: str, other_postgresql: str, tmp_path: Path) -> None:
    assert len(examples(PAGE)) > 25
    assert PAGE.count(TEAM) == 1
    # The page does not say which record it is until late in the day: it is that of the environment, else qawl.db.
    environment = {} if location.startswith("sqlite") else {"QAWL_DB": location}
    run(PAGE.replace(TEAM, other_postgresql), tmp_path, environment, whole=True)

    desk = tmp_path / "desk"
    assert (desk / "qawl.db").exists() == location.startswith("sqlite")
    lines = [json.loads(line) for line in (desk / "record.jsonl").read_text("utf-8").splitlines()]
    assert sum(len(line["judgements"]) for line in lines) == 4
    assert pyarrow.parquet.read_table(desk / "statements.parquet").num_rows > 50
    for name in ("statements.jsonld", "annotations.jsonld"):
        assert json.loads((desk / name).read_text("utf-8"))
    assert len(list((desk / "brat").glob("*.ann"))) == 7
    with sqlite3.connect(desk / "archive.db") as archive:
        assert archive.execute("select count(*) from judgements").fetchone() == (4,)
    team = create_engine(record_url(other_postgresql))
    with team.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.judgements)) == 4
        assert connection.scalar(select(func.count()).select_from(tables.articles)) == 6
    team.dispose()


def test_every_command_says_what_it_prints_or_nothing() -> None:
    """What is not compared has nothing to compare: it makes files, or sets something."""
    silent = [example.commands.split("\n")[0] for example in examples(PAGE) if not example.output]
    assert silent == ["mkdir desk", "qawl --db archive.db export --output again.jsonl"]
