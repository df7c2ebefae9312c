"""How time grows with the text: each hard input at 1×, 2×, 4× and 8×, up to the sizes named; and the time to start.

    python bench/curve.py

A reader whose time is in proportion to the text shows growth near 8 from the first column to the last.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import qawl
from qawl import samples

_TIMES = (1, 2, 4, 8)
_WARM = "قال الوزير إن السد امتلأ."


def _body(size: int, joint: str) -> str:
    """Text of our samples, over and over, to `size` characters; paragraphs joined by `joint`."""
    once = joint.join(joint.join(a.text.split("\n\n")) for a in samples.load())
    return (once + joint) * (size // len(once)) + once[: size % len(once)]


#: Names, and what makes the input at its full size times a fraction.
CASES: dict[str, Callable[[float], str]] = {
    "text of 1 MB": lambda part: _body(int(600_000 * part), "\n\n"),
    "one line of 1 MB": lambda part: _body(int(600_000 * part), " ").replace("\n", " "),
    "one sentence of 1 MB": lambda part: _body(int(600_000 * part), " ").translate(str.maketrans("\n.?!؟", "  ،،،")),
    "100,000 quotation marks": lambda part: '"' * int(100_000 * part),
    "100,000 quotation marks in text": lambda part: 'قال "نعم ' * int(100_000 * part),
    "10,000 nested brackets": lambda part: "(" * int(10_000 * part) + "قال" + ")" * int(10_000 * part),
    "10,000 nested quotations": lambda part: "قال «إن " * int(10_000 * part) + "نعم" + "»" * int(10_000 * part),
    "100,000 cues": lambda part: "قال " * int(100_000 * part),
    "10,000 times 'said that he'": lambda part: "قال إنه " * int(10_000 * part),
    "33,000 names with commas": lambda part: "قال " + "الوزير سالم الغامري، " * int(33_000 * part) + "إن السد امتلأ",
    "100,000 times 'among them'": lambda part: "قال المدير " + "بينهم " * int(100_000 * part),
    "10,000 source phrases in one sentence": lambda part: "ارتفع النهر بحسب الوزير سالم الغامري " * int(10_000 * part),
    "20,000 reports of one document": lambda part: "وأوضح التقرير. وقال سالم إن. " * int(20_000 * part),
    "500,000 letters without a space": lambda part: "قال" + "ا" * int(500_000 * part),
    "100,000 blank lines": lambda part: "قال سالم\n" + "\n" * int(100_000 * part),
}


def curve(make: Callable[[float], str]) -> list[float]:
    """Seconds at each size, the best of two runs."""
    seconds = []
    for times in _TIMES:
        text = make(times / _TIMES[-1])
        runs = []
        for _ in range(2):
            started = time.perf_counter()
            qawl.read(text)
            runs.append(time.perf_counter() - started)
            if runs[0] > 20:
                break
        seconds.append(min(runs))
    return seconds


def start() -> float:
    """Seconds for a fresh Python to import Qawl and read a first article, less those of Python itself; best of 5."""

    def run(code: str) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - started

    code = "import qawl; from qawl import samples; qawl.read(samples.load()[0])"
    return min(run(code) for _ in range(5)) - min(run("pass") for _ in range(5))


def main() -> None:
    print(f"import and first article: {start():.3f} s\n")
    qawl.read(_WARM)
    print(f"{'seconds at':40}" + "".join(f"{f'{times}×':>9}" for times in _TIMES) + "   growth   MB at 8×")
    for name, make in CASES.items():
        seconds = curve(make)
        size = len(make(1).encode()) / 1e6
        cells = "".join(f"{s:9.3f}" for s in seconds)
        print(f"{name:40}{cells}   {seconds[-1] / seconds[0]:6.1f}   {size:8.2f}", flush=True)


if __name__ == "__main__":
    main()
