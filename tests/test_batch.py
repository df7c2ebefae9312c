"""Many tasks in order, whatever becomes of one of them."""

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from qawl import batch
from qawl.batch import run_in_order


def _square(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def _died(number: int) -> int:
    return -number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_order(jobs: int) -> None:
    numbers = [n for n in range(50) if n != 13]
    assert list(run_in_order(numbers, _square, jobs, _died)) == [n * n for n in numbers]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_process_costs_one_task() -> None:
    results = list(run_in_order(range(40), _square, 2, _died))
    assert results == [-13 if n == 13 else n * n for n in range(40)]


def _young(_: int) -> int:
    return gc.get_threshold()[0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_garbage_collector_is_called_more_rarely_meanwhile(jobs: int) -> None:
    before = gc.get_threshold()
    assert min(run_in_order(range(4), _young, jobs, _died)) > before[0]
    assert gc.get_threshold() == before


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> object:
        for number in range(14, 10_000):
            taken.append(number)
            yield number

    results = run_in_order(tasks(), _square, 2, _died)  # type: ignore[arg-type]
    assert next(results) == 196
    results.close()  # type: ignore[attr-defined]
    assert len(taken) < 100


def test_a_result_does_not_wait_for_tasks_that_are_long_in_coming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_PATIENCE", 0.1)
    taken = []

    def slow() -> Iterator[int]:
        for number in range(20, 80):
            taken.append(number)
            yield number
            time.sleep(0.05)

    results = run_in_order(slow(), _square, 2, _died, ahead=30)
    assert next(results) == 400
    results.close()  # type: ignore[attr-defined]
    assert len(taken) < 55
