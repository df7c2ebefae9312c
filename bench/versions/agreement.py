"""How well two annotators agree on which statements report the same utterance.

    cd bench; python -m versions.agreement --record R.db

The second annotator's partition (`second_annotator.json`, the form of `gold.json`) is scored as if it were a program's,
over the pools that both have, in three ways:

- both sure: over the pairs of statements that neither calls doubtful or worthless. The other way round precision and
  recall change places, and F1 stays;
- doubtful too: the same with the doubtful statements in the groups that they were put into;
- as a program: as programs are scored, over the pairs of which the truth is sure, with the other's doubtful statements
  in the groups that they were put into and each of its worthless ones alone. Printed with either as the truth.

Kappa is Cohen's, over pairs. Intervals are of the pools drawn again, so there is none where no pool has a difference.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from versions.scoring import Background, Marked, Pairs, Place, Score, find, load, score, table

HERE = Path(__file__).resolve().parent
_DRAWS = 2000

Pools = list[list[Marked]]


def common(path: Path, other: Path) -> tuple[Pools, Pools]:
    """The pools that both sets hold, of each of them.

    Raises ValueError if a pool does not hold the same statements in both.
    """
    one, two = (dict(zip(_numbers(file), load(file), strict=True)) for file in (path, other))
    numbers = sorted(one.keys() & two.keys())
    for number in numbers:
        if [_place(item) for item in one[number]] != [_place(item) for item in two[number]]:
            raise ValueError(f"pool {number} of {path.name} and of {other.name} hold different statements")
    return [one[number] for number in numbers], [two[number] for number in numbers]


def _numbers(path: Path) -> list[int]:
    return [pool["pool"] for pool in json.loads(path.read_text(encoding="utf-8"))["pools"]]


def _place(one: Marked) -> object:
    return one.article, one.cue, one.content


def both_sure(truth: Pools, other: Pools, background: Background | None = None) -> Score:
    """The other's partition against the truth, over the statements that neither calls doubtful or worthless."""
    return score(truth, _sure_groups(other), background)


def as_a_program(truth: Pools, other: Pools, background: Background | None = None) -> Score:
    """The other's partition against the truth; each statement that it calls worthless is a group of its own."""
    groups = {
        Place(number, item): (one.group is None, item if one.group is None else one.group)
        for number, pool in enumerate(other)
        for item, one in enumerate(pool)
    }
    return score(truth, groups, background)


def every(truth: Pools, other: Pools, background: Background | None = None) -> dict[str, int]:
    """How many pairs of each kind `both_sure` looks at, those included that both call different."""
    joined = [[replace(one, group=None if one.group is None else 0) for one in pool] for pool in truth]
    result = score(joined, dict.fromkeys(_sure_groups(other), 0), background)
    return {kind: counted.right for kind, counted in result.pairs.items()}


def _sure_groups(pools: Pools) -> dict[Place, int]:
    return {
        Place(number, item): one.group
        for number, pool in enumerate(pools)
        for item, one in enumerate(pool)
        if one.group is not None and one.sure
    }


def kappa(both: int, first: int, second: int, of: int) -> float:
    """Cohen's kappa of two who say yes or no of `of` things: `both` say yes, only the first does, only the second."""
    if not of:
        return 1.0
    yes = (both + first) * (both + second)
    no = (of - both - first) * (of - both - second)
    chance = (yes + no) / of**2
    return 1.0 if chance == 1 else ((of - first - second) / of - chance) / (1 - chance)


def marks(truth: Pools, other: Pools, mark: Callable[[Marked], bool]) -> tuple[int, int, int]:
    """How many statements both mark, only the truth, only the other."""
    pairs = [(mark(a), mark(b)) for one, two in zip(truth, other, strict=True) for a, b in zip(one, two, strict=True)]
    return pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))


def _compared(name: str, truth: Pools, other: Pools, background: Background) -> list[str]:
    """The pairs of each kind of two partitions, and kappa over them."""
    result, of = both_sure(truth, other, background), every(truth, other, background)
    lines = table(name, result)
    lines.append("  kappa over pairs")
    for kind, counted in result.pairs.items():
        if of[kind]:
            agreed = kappa(counted.right, counted.missed, counted.wrong, of[kind])
            lines.append(f"    {kind:<24} {agreed:6.3f} of {of[kind]} pairs")
    return [*lines, _differing(truth, other, both_sure)]


def _differing(truth: Pools, other: Pools, scored: Callable[[Pools, Pools], Score]) -> str:
    """In how many pools a pair differs, and how far F1 goes from one drawing of the pools to another."""
    each = [scored([one], [two]).pairs["all"] for one, two in zip(truth, other, strict=True)]
    differ = sum(pairs.wrong + pairs.missed > 0 for pairs in each)
    line = f"  pools in which a pair differs: {differ} of {len(each)}; 95 % interval of "
    if not differ:
        return f"{line}that share: 0 to {1 - 0.05 ** (1 / len(each)):.3f}"
    chance = random.Random(7)
    drawn = sorted(_sum(chance.choices(each, k=len(each))).f1 for _ in range(_DRAWS))
    return f"{line}F1: {drawn[_DRAWS // 40]:.3f} to {drawn[-_DRAWS // 40 - 1]:.3f}"


def _sum(each: Sequence[Pairs]) -> Pairs:
    return Pairs(*(sum(getattr(pairs, name) for pairs in each) for name in ("right", "wrong", "missed")))


def _all_sure(pools: Pools) -> Pools:
    return [[replace(one, sure=True) for one in pool] for pool in pools]


def report(truth: Pools, other: Pools, background: Background) -> list[str]:
    """Lines to print."""
    size = sum(map(len, truth))
    lines = [f"{len(truth)} pools, {size} statements"]
    lines += _compared("both sure", truth, other, background)
    lines += _compared("doubtful too", _all_sure(truth), _all_sure(other), background)
    for name, one, two in (("gold", truth, other), ("second", other, truth)):
        lines += table(f"as a program, {name} is truth", as_a_program(one, two, background))
        lines.append(_differing(one, two, as_a_program))
    lines.append("marks of statements: both, only gold, only second, neither; kappa")
    named: dict[str, Callable[[Marked], bool]] = {
        "worthless": lambda one: one.group is None,
        "doubtful": lambda one: not one.sure,
        "either": lambda one: one.group is None or not one.sure,
    }
    for name, mark in named.items():
        both, first, second = marks(truth, other, mark)
        agreed = kappa(both, first, second, size)
        lines.append(f"  {name:<12} {both:>5} {first:>5} {second:>5} {size - both - first - second:>5} {agreed:6.3f}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Agreement of two annotators on the statements in several outlets")
    parser.add_argument("--record", type=Path, required=True, help="a record in SQLite that holds the corpus")
    given = parser.parse_args()
    from versions.floor import Record  # here, as it needs scikit-learn

    record = Record(given.record)
    truth, other = common(HERE / "gold.json", HERE / "second_annotator.json")
    articles = {one.article for pool in truth for one in pool}
    background = record.background(find(truth, record.read(articles)), articles)
    print("\n".join(report(truth, other, background)))


if __name__ == "__main__":
    main()
