"""Reading takes time in proportion to the text, whatever is in it."""

import time

import curve
import pytest

import qawl


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        qawl.read(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("name", curve.CASES)
def test_four_times_the_text_takes_some_four_times_as_long(name: str) -> None:
    make = curve.CASES[name]
    qawl.read(make(1 / 256))
    small, large = make(1 / 48), make(1 / 12)
    # 16 would be quadratic. Below some milliseconds a clock tells little.
    assert _seconds(large) < 7 * max(_seconds(small), 0.003)
