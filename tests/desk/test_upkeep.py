"""What keeps the record up to date in the background, and the counts that are kept for a while."""

from __future__ import annotations

import threading
import time

import pytest
from desks import fill
from sqlalchemy import Engine, text

from qawl import samples
from qawl.compare import updating as comparing
from qawl.desk.keeping import Keeper
from qawl.desk.upkeep import Upkeep
from qawl.people import updating as resolving
from qawl.people.gathering import gather
from qawl.record.engine import snapshot
from qawl.record.writing import add


def _is_up_to_date(engine: Engine) -> bool:
    with snapshot(engine) as connection:
        return resolving.is_up_to_date(connection) and comparing.is_up_to_date(connection)


def test_what_an_earlier_process_left_is_done_and_it_ends_between_transactions(
    record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On either engine. The first one is stopped in the middle; the second goes on there."""
    monkeypatch.setattr("qawl.desk.upkeep._QUIET", 0.0)
    add(record, [*samples.load(), *samples.load_week()], lambda outcome: None)
    began = threading.Event()

    def slow(*arguments: object, **more: object) -> object:
        began.set()
        time.sleep(0.5)
        return gather(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("qawl.people.updating.gather", slow)
    first = Upkeep(record)
    first.start()
    assert began.wait(10)
    first.stop()
    assert not _is_up_to_date(record)
    with snapshot(record) as connection:
        # The transaction that was under way is whole.
        assert connection.scalar(text("SELECT count(*) FROM resolved")) == len(samples.load() + samples.load_week())
    second = Upkeep(record)
    second.start()
    assert second.wait()
    second.stop()
    assert _is_up_to_date(record)


def test_changes_in_a_row_are_dealt_with_together(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qawl.desk.upkeep._QUIET", 0.3)
    fill(record)
    told: list[bool] = []
    upkeep = Upkeep(record, lambda seconds, well: told.append(well))
    upkeep.start()
    for _ in range(5):
        upkeep.soon()
        time.sleep(0.02)
    assert upkeep.wait()
    assert told == [True]
    upkeep.stop()


def test_a_count_is_kept_and_made_anew_by_one_alone() -> None:
    keeper = Keeper()
    counted: list[int] = []

    def count() -> int:
        counted.append(len(counted))
        return counted[-1]

    assert [keeper.get("a", 60, count) for _ in range(3)] == [0, 0, 0]
    assert keeper.get("b", 60, count) == 1
    assert keeper.get("a", 0, count) == 2
    inside, leave = threading.Event(), threading.Event()

    def slow() -> int:
        inside.set()
        leave.wait(10)
        return 100

    thread = threading.Thread(target=keeper.get, args=("a", 0, slow))
    thread.start()
    assert inside.wait(10)
    assert keeper.get("a", 0, count) == 2  # the one before, while another is counting
    leave.set()
    thread.join()
    assert keeper.get("a", 60, count) == 100
