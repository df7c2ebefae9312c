"""From a data set into a record: the same as adding the articles, on both engines, as often as one likes."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")
pytest.importorskip("duckdb", reason="the extra qawl[corpus] is not installed")

from archives import archive, corpus, rows
from content import content
from invented import OUTLETS, articles
from sqlalchemy import Engine

from qawl.corpus.commit import Dataset
from qawl.corpus.loading import Choice, load
from qawl.record.checking import check
from qawl.record.engine import open_record
from qawl.record.writing import Outcome, add

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no sockets to be left to a child")

NUMBER = 120


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of invented articles, in several parts."""
    folder = tmp_path_factory.mktemp("archive")
    corpus("read", archive(folder / "news.jsonl", NUMBER), "--out", folder / "out", "--part-size", "64")
    return folder / "out"


def loaded(engine: Engine, place: Path, choice: Choice | None = None) -> list[Outcome]:
    outcomes: list[Outcome] = []
    load(engine, Dataset(str(place)), choice or Choice(), outcomes.append)
    return outcomes


def test_the_same_as_adding(record: Engine, place: Path, tmp_path: Path) -> None:
    outcomes = loaded(record, place)
    assert len(outcomes) == NUMBER
    assert {outcome.kind for outcome in outcomes} == {"new", "changed"}
    other = open_record(f"sqlite:///{tmp_path / 'added.db'}", create=True)
    add(other, articles(NUMBER), lambda outcome: None)
    assert content(record) == content(other)
    other.dispose()
    assert not list(check(record))
    assert {outcome.kind for outcome in loaded(record, place)} == {"known"}


def test_a_chosen_part(record: Engine, place: Path) -> None:
    first = loaded(record, place, Choice(outlets=OUTLETS[:1], since=date(2024, 3, 10), until=date(2024, 3, 20)))
    wanted = [
        article
        for article in articles(NUMBER)
        if article.outlet == OUTLETS[0]
        and article.published
        and 10 <= article.published.day <= 20
        and article.published.month == 3
    ]
    assert sorted(outcome.article.id for outcome in first) == sorted(article.id for article in wanted)
    assert len(first) > 5
    said = loaded(record, place, Choice(speakers=("سالم الغامري",)))
    speaking = {row["article"] for row in rows(place, "statements") if "الغامري" in (row["speaker_name"] or "")}
    assert len(said) == len(speaking)
    assert 0 < len(speaking) < NUMBER


def test_copies_are_those_that_a_record_finds(place: Path, tmp_path: Path) -> None:
    engine = open_record(f"sqlite:///{tmp_path / 'added.db'}", create=True)
    add(engine, articles(NUMBER), lambda outcome: None)
    linked = {
        (frozenset(key for key, _ in pair), kind, round(likeness, 9))
        for found in content(engine).values()
        for pair, kind, likeness in found["links"]
    }
    engine.dispose()
    keys = {row["article"]: row["key"] for row in rows(place, "articles")}
    found = {
        (frozenset({keys[row["article"]], keys[row["other"]]}), row["kind"], round(row["likeness"], 9))
        for row in rows(place, "copies")
    }
    assert {pair for pair, kind, _ in found if kind == "same"} == {pair for pair, kind, _ in linked if kind == "same"}
    assert found == linked
    assert {kind for _, kind, _ in found} >= {"same"}


def test_the_commands(place: Path, tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path / 'qawl.db'}"
    assert corpus("load", place, "--db", db, "--outlet", OUTLETS[0]).startswith(f"{NUMBER // 3} new, 0 changed")
    said = corpus("load", place, "--db", db)
    assert f"{NUMBER // 3} known, 0 failed" in said
    page = tmp_path / "report.html"
    stats = json.loads(corpus("stats", place, "--format", "json", "--html", page))
    assert (stats["articles"], {row["outlet"] for row in stats["outlets"]}) == (NUMBER, set(OUTLETS))
    assert sum(row["statements"] for row in stats["acts"]) == stats["statements"] == len(rows(place, "statements"))
    assert sum(row["articles"] for row in stats["months"]) == NUMBER
    assert sum(stats["copies"].values()) == len(rows(place, "copies"))
    written = page.read_text("utf-8")
    assert written.count("<svg") == 5
    assert "http" not in written.replace("http-equiv", "")
    assert OUTLETS[0] in written
    shown = corpus("stats", place)
    assert shown.startswith(f"{NUMBER} articles, ")
    assert "no data set here" in corpus("stats", tmp_path, status=2)
