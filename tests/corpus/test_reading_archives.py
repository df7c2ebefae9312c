"""`qawl corpus read`: what it reads is what `qawl read` reads, each article once, whatever stops it in between."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")
pytest.importorskip("duckdb", reason="the extra qawl[corpus] is not installed")

import duckdb
import pyarrow.dataset
from archives import QAWL, archive, corpus, data, jsonl, readings, rows, started
from invented import articles

import qawl
from qawl import samples
from qawl.article import Article

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no sockets to be left to a child")


def test_the_same_as_qawl_read(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for article in (*articles(120), *samples.load()):
        (folder / f"{article.id}.txt").write_text(article.text, "utf-8")
    body = "".join(f"<p>{line}</p>" for line in samples.load()[0].text.split("\n\n")[1:])
    (folder / "page.html").write_text(f"<html><h1>وزير النقل في مرسى الزين</h1>{body}", "utf-8")
    plain = tmp_path / "plain.jsonl"
    subprocess.run([*QAWL, "read", str(folder), "--output", str(plain)], check=True)
    wanted = {value["id"]: value for value in map(json.loads, plain.read_text("utf-8").splitlines())}
    corpus("read", folder, "--out", tmp_path / "out", "--jobs", "2", "--part-size", "32")
    found = readings(tmp_path / "out")
    # The same words twice without an address are one article.
    texts = {(folder / f"{id}.txt").read_text("utf-8") for id in wanted if id != "page"}
    assert len(found) == len(texts) + 1
    for article, reading in found.values():
        value = reading.to_json()
        own = wanted[article.id]
        assert value == {name: own[name] for name in value}
        assert article.text == own.get("text", article.text)


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl.gz", 150)
    for jobs in (1, 2):
        said = corpus("read", path, "--out", tmp_path / f"{jobs}", "--jobs", jobs, "--part-size", "48")
        assert said.startswith("150 articles, ")
    # Not only the rows: the files, byte for byte.
    files = sorted(file.relative_to(tmp_path / "1") for file in (tmp_path / "1").glob("*/*-*.parquet"))
    assert len(files) > 12
    for file in files:
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes()
    assert data(tmp_path / "1") == data(tmp_path / "2")
    found = readings(tmp_path / "1")
    for article in articles(150):
        assert any(article == own and qawl.read(article) == reading for own, reading in found.values())


def test_each_article_once(tmp_path: Path) -> None:
    some = articles(90)
    jsonl(tmp_path / "a.jsonl", [*some[:60], *some[:5]])
    jsonl(tmp_path / "b.jsonl", some[30:])
    other = [
        Article("The minister of irrigation said on Monday that the dam had been full since the rains of spring."),
        Article("وزیر نیرو روز دوشنبه گفت که این سد از زمان باران‌های بهار گذشته پر شده است و آب کافی وجود دارد."),
    ]
    with jsonl(tmp_path / "c.jsonl", other).open("ab") as file:
        file.write(b'{"no text": 1}\n{"text": "\n')
    command = ["read", tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.jsonl", "--out", tmp_path / "out"]
    said = corpus(*command, "--part-size", "32", status=1)
    assert said.startswith("90 articles, ")
    assert ", 2 failed, 2 in other languages (1 en, 1 fa)" in said
    assert sorted(row["url"] or "" for row in rows(tmp_path / "out", "articles")) == sorted(a.url or "" for a in some)
    ids = {row["article"] for row in rows(tmp_path / "out", "articles")}
    for table in ("statements", "speakers", "mentions"):
        own = rows(tmp_path / "out", table)
        assert {row["article"] for row in own} <= ids
    statements = [(row["article"], row["number"]) for row in rows(tmp_path / "out", "statements")]
    assert len(statements) == len(set(statements)) == sum(len(qawl.read(article).statements) for article in some)
    errors = {row["found"]: row["reason"] for row in rows(tmp_path / "out", "errors")}
    assert errors.keys() == {f"{tmp_path / 'c.jsonl'}:{line}" for line in (3, 4)}
    # The same command once more, and with another input: what was read is not read again.
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").glob("*/*-*.*")}
    assert corpus(*command, "--part-size", "32", status=1) == said
    archive(tmp_path / "d.jsonl", 20, seed=2)
    more = corpus("read", tmp_path / "d.jsonl", "--out", tmp_path / "out", "--part-size", "32", status=1)
    assert more.startswith("110 articles, ")
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_what_was_read_otherwise_is_not_mixed(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl", 5)
    corpus("read", path, "--out", tmp_path / "out")
    assert "was read in another way: part" in corpus(
        "read", path, "--out", tmp_path / "out", "--part-size", "64", status=2
    )
    assert "was read in another way: options" in corpus(
        "read", path, "--out", tmp_path / "out", "--outlet", "صحيفة الضفة", status=2
    )
    assert "something else is in this folder" in corpus("read", path, "--out", tmp_path, status=2)
    assert "No such file" in corpus("read", tmp_path / "none", "--out", tmp_path / "new", status=2)


def test_an_input_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl", 30)
    corpus("read", path, "--out", tmp_path / "out", "--part-size", "16")
    jsonl(path, articles(45)[:20] + articles(45)[25:])
    assert corpus("read", path, "--out", tmp_path / "out", "--part-size", "16").startswith("45 articles, ")


def test_killed_and_begun_again(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl.gz", 1200)
    command = ("read", path, "--out", tmp_path / "out", "--jobs", "2", "--part-size", "64")
    random = Random(4)

    def done() -> int:
        return len(list((tmp_path / "out" / "_parts").glob("*.json")))

    for _ in range(3):
        before = done()
        process = started(*command)
        while done() < before + 2:
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.5))
        # The command alone, as a system does that is short of memory: its workers have to notice by themselves.
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert corpus(*command).startswith("1200 articles, ")
    corpus("read", path, "--out", tmp_path / "whole", "--jobs", "2", "--part-size", "64")
    assert data(tmp_path / "out") == data(tmp_path / "whole")
    assert [file for file in (tmp_path / "out").rglob("*") if ".unfinished" in file.name] == []


def test_stopped_by_its_user(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl.gz", 900)
    process = started("read", path, "--out", tmp_path / "out", "--jobs", "2", "--part-size", "64")
    while not list((tmp_path / "out" / "_parts").glob("*.json")):
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGINT)
    output = process.communicate(timeout=60)[0]
    assert process.returncode == 130, output
    assert "the same command goes on from here" in output
    assert corpus("read", path, "--out", tmp_path / "out", "--part-size", "64").startswith("900 articles, ")


def test_stopped_for_a_while(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl.gz", 900)
    process = started("read", path, "--out", tmp_path / "out", "--part-size", "64", "--page-seconds", "1.5")
    for _ in range(2):
        while not list((tmp_path / "out" / "_parts").glob("*.json")):
            assert process.poll() is None
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGSTOP)  # as Ctrl-Z does
        time.sleep(4)
        os.killpg(process.pid, signal.SIGCONT)
    # The time in which nothing was read is no page's.
    assert process.communicate(timeout=120)[0].startswith("900 articles, ")


def test_killed_while_copies_are_looked_for(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl", 60)
    corpus("read", path, "--out", tmp_path / "out")
    # What such a run leaves: parts that are whole, a table that is not, and no word that all is done.
    whole = data(tmp_path / "out")
    (tmp_path / "out" / "_settled.json").unlink()
    (tmp_path / "out" / "copies" / "copies.parquet").rename(
        tmp_path / "out" / "copies" / ".unfinished-1-copies.parquet"
    )
    corpus("read", path, "--out", tmp_path / "out")
    assert data(tmp_path / "out") == whole
    assert [file for file in (tmp_path / "out").rglob("*") if ".unfinished" in file.name] == []


def test_two_at_once_are_not_allowed(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.jsonl.gz", 600)
    first = started("read", path, "--out", tmp_path / "out", "--jobs", "1")
    while not (tmp_path / "out" / "_lock").exists():
        assert first.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    assert "another `qawl corpus read`" in corpus("read", path, "--out", tmp_path / "out", status=2)
    assert first.communicate(timeout=120)[0].startswith("600 articles, ")


def test_other_programs_read_it_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "out"
    corpus("read", archive(tmp_path / "news.jsonl.gz", 40), "--out", out, "--part-size", "32")
    count = "SELECT count(*), count(DISTINCT article) FROM read_parquet('{}/{}/*.parquet')"
    assert duckdb.execute(count.format(out, "articles")).fetchall() == [(40, 40)]
    joined = f"""SELECT count(*) FROM read_parquet('{out}/statements/*.parquet') s
        JOIN read_parquet('{out}/articles/*.parquet') a USING (article)
        WHERE list_reduce(list_transform(s.content, lambda c: substring(a.text, c.start + 1, c."end" - c.start)),
                          lambda x, y: x || ' … ' || y) = s.text"""
    statements = duckdb.execute(f"SELECT count(*) FROM read_parquet('{out}/statements/*.parquet')").fetchall()
    assert duckdb.execute(joined).fetchall() == statements
    # As pandas and Spark find files: a folder, in which hidden names and those with _ before them do not count.
    assert pyarrow.dataset.dataset(out / "articles").count_rows() == 40


def test_damaged_files_cost_themselves(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole.jsonl", 20).read_bytes()
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(whole)[:-300])
    archive(tmp_path / "good.jsonl", 20, seed=2)
    said = corpus("read", tmp_path, "--out", tmp_path / "out", status=1)
    assert "1 failed" in said
    errors = rows(tmp_path / "out", "errors")
    assert [row["reason"] for row in errors] == ["the compressed file ends too early"]
    assert len(rows(tmp_path / "out", "articles")) > 40 - 1
