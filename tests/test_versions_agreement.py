"""Agreement of two annotators: which pairs are compared, kappa, the second partition as it is kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from versions.agreement import as_a_program, both_sure, common, every, kappa, marks
from versions.scoring import Marked

VERSIONS = Path(__file__).resolve().parent.parent / "bench" / "versions"


def _pool(*groups: int | None) -> list[Marked]:
    return [Marked(f"a{at}", (0, 3), ((4, 9),), group, True) for at, group in enumerate(groups)]


#: The other joins the third statement instead of the second, and finds the fourth worthless.
TRUTH = [_pool(0, 0, 1, 1, 2)]
OTHER = [_pool(0, 1, 0, None, 2)]


def test_pairs_of_which_both_are_sure() -> None:
    counted = both_sure(TRUTH, OTHER).pairs["all"]
    assert (counted.right, counted.wrong, counted.missed) == (0, 1, 1)
    assert every(TRUTH, OTHER)["all"] == 6


def test_the_other_way_round_precision_and_recall_change_places() -> None:
    there, back = (both_sure(*sets).pairs["all"] for sets in ((TRUTH, OTHER), (OTHER, TRUTH)))
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)


def test_the_doubtful_are_of_no_pair_unless_the_other_is_a_program() -> None:
    other = [[replace(one, sure=at != 2) for at, one in enumerate(OTHER[0])]]
    counted = both_sure(TRUTH, other).pairs["all"]
    assert (counted.right, counted.wrong, counted.missed) == (0, 0, 1)
    counted = as_a_program(TRUTH, other).pairs["all"]
    assert (counted.right, counted.wrong, counted.missed) == (0, 1, 2)


def test_worthless_ones_are_alone_in_a_program() -> None:
    counted = as_a_program([_pool(0, 0, 0)], [_pool(None, None, 0)]).pairs["all"]
    assert (counted.right, counted.wrong, counted.missed) == (0, 0, 3)


def test_kappa() -> None:
    assert kappa(20, 5, 10, 50) == pytest.approx(0.4)
    assert kappa(5, 0, 0, 5) == kappa(0, 0, 0, 5) == kappa(0, 0, 0, 0) == 1
    assert kappa(25, 25, 25, 100) == pytest.approx(0)


def test_marks() -> None:
    assert marks(TRUTH, OTHER, lambda one: one.group is None) == (0, 0, 1)


def test_the_second_partition_is_of_the_gold_sets_statements_and_holds_no_words() -> None:
    truth, other = common(VERSIONS / "gold.json", VERSIONS / "second_annotator.json")
    kept = json.loads((VERSIONS / "second_annotator.json").read_text(encoding="utf-8"))
    assert len(truth) == len(other) == kept["counts"]["pools"] == 70
    keys = {key for pool in kept["pools"] for one in pool["statements"] for key in one}
    assert keys == {"article", "cue", "content", "group", "sure"}


def test_sets_of_different_statements_are_not_compared(tmp_path: Path) -> None:
    pools = [[{"article": "a", "cue": None, "content": [[start, 9]], "group": 0, "sure": True}] for start in (0, 1)]
    for name, pool in zip(("one", "two"), pools, strict=True):
        (tmp_path / name).write_text(json.dumps({"pools": [{"pool": 3, "statements": pool}]}), encoding="utf-8")
    with pytest.raises(ValueError, match="pool 3"):
        common(tmp_path / "one", tmp_path / "two")
