"""Linear models over named features."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.reading.model import Model, Weights, load, names, sigmoid


def _letters(first: str, second: str) -> list[str]:
    return [first, first + second]


def test_the_weights_of_the_features_add_up_and_unknown_ones_count_nothing_also_the_second_time() -> None:
    model = Model(Weights({"a": 1.5, "ab": -0.5, "c": 0.125}), bias=0.25)
    facts = [(_letters, "a", "b"), (_letters, "c", "d")]
    assert names(facts) == ["a", "ab", "c", "cd"]
    for _ in range(2):
        assert model.log_odds(facts) == 1.375
        assert model.probability(facts) == pytest.approx(1 / (1 + math.exp(-1.375)))
    assert model.log_odds([]) == 0.25
    assert model.probability([]) == pytest.approx(1 / (1 + math.exp(-0.25)))


def test_the_order_of_the_facts_changes_no_bit() -> None:
    model = Model(Weights({"a": 0.1, "b": 0.2, "c": 0.3}))
    facts = [(_letters, letter, "x") for letter in "abc"]
    assert len({model.log_odds(order) for order in permutations(facts)}) == 1


def test_what_is_kept_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qawl.reading.model._KEPT", 10)
    model = Model(Weights({"3": 2.0}))
    for n in range(100):
        assert model.log_odds([(_letters, str(n), "")]) == (4.0 if n == 3 else 0.0)
        assert len(model.known) <= 10


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_sigmoid_is_a_probability_for_any_number(x: float) -> None:
    assert 0.0 <= sigmoid(x) <= 1.0


def test_sigmoid_grows() -> None:
    values = [sigmoid(x) for x in (-1000.0, -5.0, -1.0, 0.0, 1.0, 5.0, 1000.0)]
    assert values == sorted(values)
    assert sigmoid(0.0) == 0.5


@pytest.mark.parametrize("name", ["cue", "end", "antecedent"])
def test_models_are_in_the_package(name: str) -> None:
    model = load(name)
    assert len(model.weights) > 100
    assert all(math.isfinite(weight) for weight in model.weights.values())
    assert load(name) is model


def test_a_model_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        load("no such model")
