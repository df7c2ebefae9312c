"""Work that takes seconds is done for a few at a time."""

from __future__ import annotations

import threading
import time

import httpx
import pytest
from desks import Running, csrf

from qawl.article import Article
from qawl.desk.api import ROOT
from qawl.desk.turns import Turns
from qawl.desk.visitors import RefusedError
from qawl.reading.reader import read
from qawl.statement import Reading

TEXT = "قال وزير الري سالم الغامري إن السد امتلأ."


def test_who_comes_when_others_wait_is_refused_at_once_and_who_waits_too_long_then() -> None:
    turns = Turns(1, 1, patience=0.2)
    refused: list[int] = []

    def wait() -> None:
        try:
            with turns.one():
                pass
        except RefusedError as error:
            refused.append(error.status)

    with turns.one():
        waiting = threading.Thread(target=wait)
        waiting.start()
        while turns._places._value:  # until it waits
            time.sleep(0.01)
        with pytest.raises(RefusedError), turns.one():
            pass
        waiting.join()
    assert refused == [503]
    with turns.one():
        pass


def test_a_desk_at_which_too_much_is_read_says_so_and_goes_on(desk: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = threading.Semaphore(0), threading.Event()

    def slow(article: Article) -> Reading:
        began.release()
        assert go_on.wait(30)
        return read(article)

    monkeypatch.setattr("qawl.desk.pages.read.read", slow)
    with httpx.Client(base_url=desk.url, timeout=60) as client:
        form = {"text": TEXT, "csrf": csrf(client)}
        statuses: list[int] = []

        def ask() -> None:
            statuses.append(client.post("/read", data=form).status_code)

        many = [threading.Thread(target=ask) for _ in range(14)]
        for one in many:
            one.start()
        began.acquire(timeout=30)
        began.acquire(timeout=30)
        while len(statuses) < 4:  # two have a turn, eight wait
            assert not go_on.wait(0.01)
        answer = client.post(ROOT + "/read", json={"text": TEXT})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert "Others" in answer.json()["detail"]
        assert client.get("/search").status_code == 200  # all else is answered
        go_on.set()
        for one in many:
            one.join()
        assert sorted(statuses) == [200] * 10 + [503] * 4
        assert client.post(ROOT + "/read", json={"text": TEXT}).status_code == 200
