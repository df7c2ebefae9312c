"""What took long is worked out once for a state of the record, and by who holds no connection."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from threading import Event, Thread, get_ident

import httpx
import pytest
from desks import Running
from sqlalchemy import event

from qawl import samples
from qawl.desk.memory import Memory
from qawl.desk.pages import people, person, sources, today, versions, voices
from qawl.record.engine import open_record, snapshot
from qawl.record.writing import add


def test_an_answer_is_worked_out_once_until_the_record_is_another(tmp_path: Path) -> None:
    engine = open_record(str(tmp_path / "record.db"), create=True)
    memory = Memory()
    worked: list[str] = []

    def ask(asked: str) -> int:
        return memory.of(engine, asked, lambda: worked.append(asked) or len(worked))  # type: ignore[func-returns-value]

    assert [ask("one"), ask("other"), ask("one"), ask("other")] == [1, 2, 1, 2]
    add(engine, samples.load()[:1], lambda outcome: None)
    assert [ask("one"), ask("one"), ask("other")] == [3, 3, 4]
    engine.dispose()


def test_who_asks_the_same_at_the_same_time_waits_for_one_answer_and_others_do_not(tmp_path: Path) -> None:
    engine = open_record(str(tmp_path / "record.db"), create=True)
    memory = Memory()
    worked: list[str] = []
    began, go_on = Event(), Event()

    def slow() -> str:
        worked.append("slow")
        began.set()
        assert go_on.wait(30)
        return "slow"

    answers: list[str] = []
    asking = [Thread(target=lambda: answers.append(memory.of(engine, "slow", slow))) for _ in range(3)]
    asking[0].start()
    assert began.wait(30)
    for one in asking[1:]:
        one.start()
    assert memory.of(engine, "other", lambda: "other") == "other"
    with snapshot(engine) as connection:
        assert memory.at(connection, "third", lambda: "third") == "third"
    go_on.set()
    for one in asking:
        one.join(30)
    assert (answers, worked) == (["slow"] * 3, ["slow"])
    assert not memory._working
    engine.dispose()


@pytest.mark.parametrize(
    ("page", "module", "name"),
    [
        ("/", today, "summary"),
        ("/people", people, "people"),
        ("/people/{ref}", person, "profile"),
        ("/sources", sources, "outlets"),
        ("/drift", versions, "drifting"),
        ("/voices", voices, "matrix"),
    ],
)
def test_a_page_is_worked_out_once_and_without_another_connection_in_hand(
    desk: Running, monkeypatch: pytest.MonkeyPatch, page: str, module: object, name: str
) -> None:
    if "{" in page:
        page = page.format(ref=httpx.get(f"{desk.url}/people?format=json").json()[0]["ref"])
    assert desk.upkeep.wait()
    in_hand: Counter[int] = Counter()  # connections by thread
    event.listen(desk.engine, "checkout", lambda *_: in_hand.update({get_ident(): 1}))
    event.listen(desk.engine, "checkin", lambda *_: in_hand.update({get_ident(): -1}))
    held: list[int] = []
    work = getattr(module, name)

    def counted(*values: object, **named: object) -> object:
        held.append(in_hand[get_ident()])
        return work(*values, **named)

    monkeypatch.setattr(module, name, counted)
    for _ in range(2):
        assert httpx.get(desk.url + page, follow_redirects=True).status_code == 200
    assert held == [1 if name in ("drifting", "matrix") else 0]  # these are given theirs
