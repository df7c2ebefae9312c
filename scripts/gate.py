"""The accuracy gate: read the gold's articles with `qawl read`, score the readings, compare with what is pinned.

    python scripts/gate.py            # exit 1 where any figure is below its pin in .ci/accuracy.toml
    python scripts/gate.py --pin      # raise the pins to what is measured now

The gold, its scheme and its scorer stand beside the repository in ../shared (QAWL_SHARED names another place).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared")
PINS = ROOT / ".ci" / "accuracy.toml"
#: The sets, and the article files of each (relative to the gold folder).
SETS = {"dev": "dev/*", "train": "train/*", "check": "check/*", "seed": "dev/seed.*"}


def read_set(name: str, folder: Path, jobs: int = 2) -> tuple[Path, Path]:
    """Read one set of the gold with `qawl read`: a folder with its articles, and the readings. Raises RuntimeError."""
    gold = folder / name
    gold.mkdir()
    for file in sorted((SHARED / "gold").glob(SETS[name])):
        (gold / file.name).symlink_to(file.resolve())
    readings = folder / f"{name}.jsonl"
    command = [sys.executable, "-c", "from qawl.cli.main import main; main()", "read", str(gold)]
    _run([*command, "--format", "jsonl", "--jobs", str(jobs), "--output", str(readings)])
    return gold, readings


def measure(name: str, jobs: int = 2) -> dict[str, float]:
    """The scorer's metrics for one set. Raises RuntimeError where the reader or the contract fails."""
    with tempfile.TemporaryDirectory() as folder:
        gold, readings = read_set(name, Path(folder), jobs)
        scored = _run([sys.executable, str(SHARED / "score" / "score.py"), str(gold), str(readings), "--json"])
    metrics: dict[str, float] = json.loads(scored)
    return metrics


def pins() -> dict[str, Any]:
    """What is pinned: the gold's version, and for each set the least value of some metrics."""
    return tomllib.loads(PINS.read_text("utf-8"))


def shortfalls(measured: dict[str, dict[str, float]], pinned: dict[str, Any]) -> list[str]:
    """What is below its pin, in words."""
    return [
        f"{name}: {metric} is {measured[name].get(metric, -1.0):.4f}, pinned {least:.4f}"
        for name in measured
        for metric, least in pinned.get(name, {}).items()
        if measured[name].get(metric, -1.0) < least
    ]


def gold_version() -> str:
    """The version that the scheme beside the gold states."""
    found = re.search(r"^Version (\d+\.\d+)", (SHARED / "scheme" / "SCHEME.md").read_text("utf-8"), re.M)
    if found is None:
        raise RuntimeError("the scheme states no version")
    return found[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", help="raise the pins to what is measured now")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    if not (SHARED / "gold").is_dir():
        print(f"gate: no gold at {SHARED}: nothing was measured", file=sys.stderr)
        return 1
    pinned = pins()
    if gold_version() != pinned["gold_version"]:
        print(f"gate: pinned on gold {pinned['gold_version']}, this one is {gold_version()}", file=sys.stderr)
        return 1
    measured = {}
    for name in SETS:
        started = time.monotonic()
        try:
            measured[name] = measure(name, args.jobs)
        except RuntimeError as error:
            print(f"gate: {name}: {error}", file=sys.stderr)
            return 1
        shown = "  ".join(f"{metric} {measured[name][metric]:.3f}" for metric in pinned[name])
        print(f"{name:6} {shown}  ({time.monotonic() - started:.1f} s)")
    if args.pin:
        _pin(measured, pinned)
        return 0
    short = shortfalls(measured, pinned)
    for line in short:
        print(f"gate: below the pin: {line}", file=sys.stderr)
    return 1 if short else 0


def _pin(measured: dict[str, dict[str, float]], pinned: dict[str, Any]) -> None:
    """Raise the pins, rounded down to three places; the comments of the file stay."""
    comments = [line for line in PINS.read_text("utf-8").splitlines() if line.startswith("#")]
    lines = [*comments, f'gold_version = "{pinned["gold_version"]}"', f"pinned_on = {date.today().isoformat()}"]
    for name, metrics in measured.items():
        lines += ["", f"[{name}]"]
        for metric, least in pinned[name].items():
            lines.append(f"{metric} = {max(least, int(metrics[metric] * 1000) / 1000):.3f}")
    PINS.write_text("\n".join(lines) + "\n", "utf-8")


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} …: exit {done.returncode}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
