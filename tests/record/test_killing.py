"""`kill -9` at any moment: the record opens, each article is whole or absent, the same command finishes the work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psutil
import pytest
from content import content
from grouped import grouped
from invented import articles
from sqlalchemy import Engine, create_engine, text
from whois import whois

from qawl.compare.checking import check as check_groups
from qawl.compare.updating import is_up_to_date as is_compared
from qawl.people.checking import check as check_people
from qawl.people.updating import is_up_to_date as is_resolved
from qawl.record.checking import check
from qawl.record.engine import found_version, open_record, reach, record_url, snapshot

KILLS = int(os.environ.get("QAWL_KILLS", "50"))  # on each engine

_ENOUGH = 5  # kills in a step after the adding

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")


def _command(source: Path, location: str, jobs: int) -> list[str]:
    call = "from qawl.cli.main import main; main()"
    return [sys.executable, "-c", call, "add", str(source), "--db", location, "--jobs", str(jobs)]


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _children(pid: int) -> list[int]:
    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        alive = [p for p in pids if psutil.pid_exists(p) and psutil.Process(p).status() != psutil.STATUS_ZOMBIE]
        if not alive:
            return True
        time.sleep(0.05)
    return False


class _Places:
    """Empty places for records on one engine, as many as are wanted."""

    def __init__(self, location: str) -> None:
        self.first = record_url(location)

    def new(self) -> str:
        if self.first.get_backend_name() == "sqlite":
            path = Path(str(self.first.database)).with_name(f"{uuid4().hex}.db")
            return f"sqlite:///{path}"
        # One database serves them all, emptied: making one takes PostgreSQL longer than the test has.
        engine = create_engine(self.first)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        return self.first.render_as_string(hide_password=False)


def _whole(engine: Engine, wanted: dict[Any, Any]) -> int:
    """Check that a record that was cut off is in order, and a part of what is wanted; the number of its articles."""
    if found_version(engine) is None:
        return 0  # killed before there was a record
    assert list(check(engine)) == []
    assert list(check_people(engine)) == []
    assert list(check_groups(engine)) == []
    found = content(engine)
    for name, entry in found.items():
        assert entry["article"] == wanted[name]["article"]
        assert entry["readings"] == wanted[name]["readings"]
        assert entry["bands"] == wanted[name]["bands"]
    return len(found)


def _left(engine: Engine) -> str | None:
    """The step in which the work was cut off, after the articles were added; None where nothing is left to do."""
    with snapshot(engine) as connection:
        if not is_resolved(connection):
            return "resolve"
        return None if is_compared(connection) else "compare"


def test_killed_at_random_moments(location: str, tmp_path: Path) -> None:
    random = Random(20241122)
    some = articles(100)
    source = tmp_path / "news.jsonl"
    source.write_text("".join(json.dumps(a.to_json(), ensure_ascii=False) + "\n" for a in some), "utf-8")
    places = _Places(location)
    place = places.new()
    begun = time.monotonic()
    subprocess.run(_command(source, place, 1), check=True, stdout=subprocess.DEVNULL)
    longest = time.monotonic() - begun
    undisturbed = open_record(place)
    wanted = content(undisturbed)
    people, together = whois(undisturbed), grouped(undisturbed)
    undisturbed.dispose()
    assert len(people) > 10
    assert len(together["groups"]) > 10
    assert len(wanted) == len(some)

    kills = partial = finished = 0
    left: Counter[str | None] = Counter()
    place = places.new()
    while kills < KILLS or (min(partial, left["resolve"], left["compare"]) < 3 and kills < 4 * KILLS):
        # The later steps take longest: once they had their share, the first half of the time gets the rest.
        later = min(left["resolve"], left["compare"]) >= _ENOUGH
        process = _started(_command(source, place, random.choice([1, 1, 2])))
        time.sleep(random.uniform(0, longest / 2 if later else longest))
        children = _children(process.pid)
        process.send_signal(signal.SIGKILL)
        _, errors = process.communicate()
        engine = reach(place)
        if process.returncode == -signal.SIGKILL:
            kills += 1
            assert _gone(children), "worker processes outlive the one they work for"
            added = _whole(engine, wanted)
            partial += 0 < added < len(some)
            if added:
                left[_left(engine)] += 1
            if added == len(some) and min(left["resolve"], left["compare"]) >= _ENOUGH:
                place = places.new()  # back to the adding
        else:
            assert process.returncode == 0, errors.decode()
            finished += 1
            assert content(engine) == wanted
            assert (whois(engine), grouped(engine)) == (people, together)
            place = places.new()
        engine.dispose()
    assert partial >= 3, "hardly any was cut off in the middle: the test tests too little"
    assert left["resolve"] >= 3, "hardly any was cut off before it was known who is who: the test tests too little"
    assert left["compare"] >= 3, "hardly any was cut off before the statements were grouped: the test tests too little"
    subprocess.run(_command(source, place, 2), check=True, stdout=subprocess.DEVNULL)
    end = open_record(place)
    assert content(end) == wanted
    assert (whois(end), grouped(end)) == (people, together)
    assert list(check(end)) == list(check_people(end)) == list(check_groups(end)) == []
    end.dispose()
