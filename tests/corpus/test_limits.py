"""Hostile pages, for real: each is given up with its reason, and those around it are read."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time

import pytest

pytest.importorskip("daft", reason="the extra qawl[corpus] is not installed")

from invented import articles

from qawl.corpus.inputs import Item
from qawl.corpus.limits import Guarded, Limits
from qawl.intake.options import Options

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no sockets to be left to a child")

MUCH = 8 << 30  # bytes: more than the long texts here come to in the seconds that they are read
GOOD = [
    Item(f"news:{n}", "line", json.dumps(article.to_json(), ensure_ascii=False).encode())
    for n, article in enumerate(articles(8))
]


def read(guarded: Guarded, items: list[Item]) -> tuple[set[str], dict[str, str]]:
    """Where articles were found, and why others were given up."""
    found: set[str] = set()
    given_up: dict[str, str] = {}
    for one in guarded.read([items]):
        if "articles" in one.tables:
            found |= set(one.tables["articles"]["found"].to_pylist())
        given_up |= {item.where: reason for item, reason in one.given_up}
    return found, given_up


def long(words: int) -> Item:
    body = "قال الوزير سالم الغامري إن السد امتلأ وأضاف أن الماء يكفي " * (words // 10)
    return Item("long", "line", json.dumps({"text": body}, ensure_ascii=False).encode())


def test_a_page_that_takes_too_long() -> None:
    guarded = Guarded(Options(), Limits(seconds=1.5, memory=MUCH))
    begun = time.monotonic()
    try:
        found, given_up = read(guarded, [*GOOD[:3], long(2_000_000), *GOOD[3:]])
    finally:
        guarded.close()
    assert found == {item.where for item in GOOD}
    assert given_up == {"long": "took more than 1.5 seconds"}
    assert time.monotonic() - begun < 60  # it is the page's time that counts, not that of a process to start


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps limits of memory")
def test_a_page_that_takes_too_much_memory() -> None:
    guarded = Guarded(Options(), Limits(seconds=120, memory=256 << 20))
    try:
        found, given_up = read(guarded, [*GOOD[:3], long(1_500_000), *GOOD[3:]])
    finally:
        guarded.close()
    assert found == {item.where for item in GOOD}
    assert given_up == {"long": "took more than 256 MiB of memory"}


def test_a_page_at_which_the_process_dies() -> None:
    guarded = Guarded(Options(), Limits(seconds=120, memory=MUCH))

    def kill() -> None:
        while guarded._process is None:
            time.sleep(0.01)
        time.sleep(3)
        os.kill(guarded._process.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found, given_up = read(guarded, [long(3_000_000), *GOOD])
    finally:
        killer.join()
        guarded.close()
    assert found == {item.where for item in GOOD}
    assert given_up == {"long": "the process that read it was killed"}


def test_a_process_that_cannot_start_is_no_page_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from qawl.corpus.errors import CorpusError

    monkeypatch.setattr(sys, "executable", "/bin/false")
    guarded = Guarded(Options(), Limits())
    with pytest.raises(CorpusError, match="does not start"):
        read(guarded, GOOD)
    guarded.close()
