"""Who is who and who else reported it in a data set: the same as in a record that is loaded from it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")
pytest.importorskip("duckdb", reason="the extra qawl[corpus] is not installed")

import numpy as np
from archives import QAWL, corpus, jsonl, rows
from hypothesis import given
from hypothesis import strategies as st
from invented import articles
from sqlalchemy import Engine, select

from qawl import samples
from qawl.article import Article
from qawl.cli.catching_up import catch_up
from qawl.corpus.commit import Dataset
from qawl.corpus.connected import connected
from qawl.corpus.days import stretches
from qawl.corpus.loading import Choice, load
from qawl.corpus.rows import article_id
from qawl.people.anchors import to_ref
from qawl.people.resolving import components
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.identity import Identity
from qawl.record.writing import add

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no sockets to be left to a child")

SHARED = Path(os.environ.get("QAWL_SHARED") or Path(__file__).resolve().parent.parent.parent.parent / "shared")
NEWS = 400
CORPUS = SHARED / "corpus" / "news-2018.jsonl.gz"


def news() -> list[Article]:
    """The samples and the sample week, each of its articles in one more outlet as well, invented articles, some of them
    again with other words at the same address, and some without a date."""
    week = samples.load_week()
    copied = [
        replace(one, id=f"{one.id}-copy", outlet="جريدة الصدى", url=f"http://sada.invalid/{n}")
        for n, one in enumerate(week)
    ]
    invented = articles(60, seed=7)
    changed = [
        replace(one, id=f"{one.id}-2", text=f"{one.text}\nوقال سالم الغامري إن الخبر صحيح.") for one in invented[:20]
    ]
    undated = [replace(one, published=None, url=f"http://sada.invalid/u{n}") for n, one in enumerate(invented[20:30])]
    return [*samples.load(), *week, *copied, *invented, *changed, *undated]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    corpus("read", jsonl(folder / "news.jsonl", news()), "--out", folder / "out", "--part-size", "32")
    assert len(list((folder / "out" / "articles").iterdir())) > 3
    return folder / "out"


@pytest.fixture(scope="module")
def compared(place: Path) -> Path:
    """The data set with people and groups, made by two processes."""
    said = corpus("compare", place, "--jobs", "2")
    assert " people, bodies and states; " in said
    return place


def people_of_record(engine: Engine) -> set[tuple[object, ...]]:
    a, e, r, ar, s = (
        table.c for table in (tables.appearances, tables.entities, tables.readings, tables.articles, tables.speakers)
    )
    query = (
        select(
            ar.key, ar.text_hash, s.local_id, a.name_start, a.name_end, e.anchor, e.name, e.kind, e.country, a.sureness
        )
        .select_from(tables.appearances)
        .join(tables.entities, e.id == a.entity_id)
        .join(tables.readings, r.id == a.reading_id)
        .join(tables.articles, ar.id == r.article_id)
        .outerjoin(tables.speakers, s.id == a.speaker_id)
    )
    with snapshot(engine) as connection:
        return {
            (article_id(Identity(row.key, row.text_hash)), *row[2:5], to_ref(row.anchor), *row[6:])
            for row in connection.execute(query)
        }


def groups_of_record(engine: Engine) -> dict[str, tuple[int, set[str]]]:
    """The statements of each group, and how many outlets give it."""
    c, s, g = tables.compared.c, tables.statements.c, tables.statement_groups.c
    query = (
        select(g.ref.label("group"), g.outlets, s.ref)
        .select_from(tables.compared)
        .join(tables.statements, s.id == c.statement_id)
        .join(tables.statement_groups, g.id == c.group_id)
    )
    with snapshot(engine) as connection:
        return gathered((row.group, row.outlets, row.ref) for row in connection.execute(query))


def gathered(found: Iterable[tuple[str, int, str]]) -> dict[str, tuple[int, set[str]]]:
    groups: dict[str, tuple[int, set[str]]] = {}
    for group, outlets, statement in found:
        groups.setdefault(group, (outlets, set()))[1].add(statement)
    return groups


def people(place: Path) -> set[tuple[object, ...]]:
    names = ("article", "speaker", "name_start", "name_end", "person", "name", "type", "country", "sureness")
    found = rows(place, "people")
    assert len(found) == len({tuple(row[name] for name in names) for row in found})
    return {tuple(row[name] for name in names) for row in found}


def groups(place: Path) -> dict[str, tuple[int, set[str]]]:
    return gathered((row["group"], row["outlets"], row["statement"]) for row in rows(place, "groups"))


def same_as_record(place: Path, engine: Engine) -> None:
    assert people(place) == people_of_record(engine)
    assert groups(place) == groups_of_record(engine)


def loaded(place: Path, path: Path) -> Engine:
    engine = open_record(f"sqlite:///{path}", create=True)
    load(engine, Dataset(str(place)), Choice(), lambda outcome: None)
    catch_up(engine)
    return engine


def test_the_same_as_a_record(compared: Path, tmp_path: Path) -> None:
    engine = loaded(compared, tmp_path / "loaded.db")
    same_as_record(compared, engine)
    engine.dispose()
    added = open_record(f"sqlite:///{tmp_path / 'added.db'}", create=True)
    add(added, news(), lambda outcome: None)
    catch_up(added)
    same_as_record(compared, added)
    added.dispose()
    # There is something of everything: people in several articles, groups over outlets, copies that do not count.
    found = people(compared)
    assert len(found) > len({row[4] for row in found}) > 30
    assert any(outlets > 2 for outlets, _ in groups(compared).values())
    assert any(outlets < len(statements) for outlets, statements in groups(compared).values())


def test_who_else_reported_it(compared: Path, tmp_path: Path) -> None:
    engine = loaded(compared, tmp_path / "record.db")
    engine.dispose()
    for group in sorted(groups(compared))[:3]:
        ours = json.loads(corpus("versions", compared, group, "--json"))
        theirs = json.loads(command("versions", group, "--db", str(tmp_path / "record.db"), "--json"))
        for told in (ours, theirs):
            for version in told["versions"]:
                for at in (version, *version.get("also", ())):
                    at.pop("article", None)  # numbered otherwise
        assert ours == theirs
    grouped = {statement for _, statements in groups(compared).values() for statement in statements}
    alone = next(row["statement"] for row in rows(compared, "statements") if row["statement"] not in grouped)
    assert "no other version in the data set" in corpus("versions", compared, alone, status=1)
    assert "no such statement" in corpus("versions", compared, "0123456789", status=2)


def command(*arguments: str) -> str:
    return subprocess.run([*QAWL, *arguments], capture_output=True, text=True, check=True).stdout


def test_what_is_counted(compared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(compared, folder)
    shutil.rmtree(folder / "people")
    shutil.rmtree(folder / "groups")
    (folder / "_compared.json").unlink()
    assert "`qawl corpus compare` does" in corpus("versions", folder, "0123456789", status=2)
    counted = json.loads(corpus("stats", folder, "--format", "json"))
    assert counted["people"] == counted["carried"] == []
    corpus("compare", folder, "--jobs", "1")
    # The very same as by two processes.
    for name in ("people", "groups"):
        assert (folder / name / f"{name}.parquet").read_bytes() == (compared / name / f"{name}.parquet").read_bytes()
    assert not (folder / "_compare").exists()
    counted = json.loads(corpus("stats", folder, "--format", "json"))
    of_person = defaultdict(set)
    for row in rows(folder, "people"):
        of_person[row["person"]].add((row["article"], row["speaker"]))
    said = [(row["article"], row["speaker"]) for row in rows(folder, "statements")]
    for row in counted["people"]:
        assert row["statements"] == sum(one in of_person[row["person"]] for one in said)
    found = groups(folder)
    assert [row["outlets"] for row in counted["carried"]] == sorted((n for n, _ in found.values()), reverse=True)[:20]
    for row in counted["carried"]:
        assert found[row["statement"]][0] == row["outlets"]
        assert len(found[row["statement"]][1]) == row["statements"]
    # What was worked out is not shown where there is more now.
    corpus("read", jsonl(tmp_path / "more.jsonl", articles(2, seed=9)), "--out", folder, "--part-size", "32")
    assert json.loads(corpus("stats", folder, "--format", "json"))["carried"] == []
    assert "`qawl corpus compare` does" in corpus("versions", folder, next(iter(found)), status=2)


def test_nothing_to_compare(tmp_path: Path) -> None:
    assert "no data set here" in corpus("compare", tmp_path / "none", status=2)
    silent = Article("لا شيء هنا يقوله أحد في هذا اليوم الهادئ.", "1", "الوكالة", published=date(2024, 3, 1))
    corpus("read", jsonl(tmp_path / "news.jsonl", [silent]), "--out", tmp_path / "out")
    assert corpus("compare", tmp_path / "out") == "0 people, bodies and states; 0 statements in 0 groups\n"
    assert people(tmp_path / "out") == set()
    assert groups(tmp_path / "out") == {}


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of the shared data is not there")
def test_the_same_as_a_record_over_news(tmp_path: Path) -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        (tmp_path / "news.jsonl").write_text("".join(islice(lines, NEWS)), encoding="utf-8")
    corpus("read", tmp_path / "news.jsonl", "--out", tmp_path / "out", "--part-size", "512")
    corpus("compare", tmp_path / "out", "--jobs", "1")
    engine = loaded(tmp_path / "out", tmp_path / "record.db")
    same_as_record(tmp_path / "out", engine)
    engine.dispose()


@given(st.lists(st.tuples(st.integers(-5, 25), st.integers(-5, 25))))
def test_what_hangs_together(pairs: list[tuple[int, int]]) -> None:
    nodes, heads = connected(*(np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1)))
    found = defaultdict(list)
    for node, head in zip(nodes.tolist(), heads.tolist(), strict=True):
        found[head].append(node)
    assert list(found.values()) == components({node for pair in pairs for node in pair}, pairs)
    assert all(head == group[0] for head, group in found.items())


def test_days_in_stretches() -> None:
    assert stretches([(0, 5), (10, 2), (11, 3), (20, 9), (21, 1), (40, 30), (41, 1)], 10) == [
        (0, 0),
        (10, 11),
        (20, 21),
        (40, 40),
        (41, 41),
    ]
    assert stretches([], 10) == []
