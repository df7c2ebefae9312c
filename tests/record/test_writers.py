"""Many at once: eight writers add to one record while somebody searches; nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from content import content
from invented import articles
from sqlalchemy import func, select

from qawl.article import Article
from qawl.record import tables
from qawl.record.checking import check
from qawl.record.engine import open_record, snapshot
from qawl.record.errors import RecordError
from qawl.record.identity import identify
from qawl.record.search.find import search
from qawl.record.search.query import parse

WRITERS = 8


def test_eight_writers(location: str, tmp_path: Path) -> None:
    """Each adds half of all articles, drawn anew and in another order, and makes the record where it is not there."""
    some = [a for a in articles(160, seed=8) if a.url]
    commands = []
    everything: set[str] = set()
    for n in range(WRITERS):
        own = Random(n).sample(some, len(some) // 2)
        everything.update(identify(a).text_hash for a in own)
        source = tmp_path / f"{n}.jsonl"
        source.write_text("".join(json.dumps(a.to_json(), ensure_ascii=False) + "\n" for a in own), "utf-8")
        call = "from qawl.cli.main import main; main()"
        commands.append([sys.executable, "-c", call, "--db", location, "add", str(source), "--jobs", "1"])
    writers = [subprocess.Popen(c, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for c in commands]
    searches = _search_until_done(location, writers)
    told = [writer.communicate() for writer in writers]
    assert [w.returncode for w in writers] == [0] * WRITERS, b"\n".join(errors for _, errors in told).decode()
    new = sum(int(said.split(b" new")[0]) + int(said.split(b", ")[1].split(b" ")[0]) for said, _ in told)
    assert searches > 0
    engine = open_record(location)
    found = content(engine)
    assert len(found) == new
    # Copies and versions among them: each text at each address is there once.
    assert {identify_of(entry) for entry in found.values()} == everything
    with snapshot(engine) as connection:
        a = tables.articles.c
        twice = select(a.key, a.text_hash).group_by(a.key, a.text_hash).having(func.count() > 1)
        assert connection.execute(twice).all() == []
        unlinked = select(a.text_hash).where(a.copy_of.is_(None)).group_by(a.text_hash).having(func.count() > 1)
        assert connection.execute(unlinked).all() == []
    assert list(check(engine)) == []
    engine.dispose()


def _search_until_done(location: str, writers: list[subprocess.Popen[bytes]]) -> int:
    """Search while others write; how often something was found. No result may be there twice."""
    found = 0
    while any(writer.poll() is None for writer in writers):
        time.sleep(0.2)
        try:
            engine = open_record(location)
        except RecordError:  # none of them has made it yet
            continue
        with snapshot(engine) as connection:
            refs = [result.ref for result in search(connection, parse("السد"), limit=100).results]
        engine.dispose()
        assert len(set(refs)) == len(refs)
        found += bool(refs)
    return found


def identify_of(entry: dict[str, dict[str, str]]) -> str:
    return identify(Article(entry["article"]["text"])).text_hash
