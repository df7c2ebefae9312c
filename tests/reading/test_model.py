"""Linear models over named features."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.reading.model import Model, Weights, load, names, sigmoid


def test_the_weights_of_the_features_add_up_and_unknown_ones_count_nothing() -> None:
    model = Model(Weights({"a": 1.5, "b": -0.5}), bias=0.25)
    assert model.logit([]) == 0.25
    assert model.logit(["a", "b", "unheard of"]) == pytest.approx(1.25)


def test_the_order_of_the_features_changes_no_bit() -> None:
    model = Model(Weights({"a": 0.1, "b": 0.2, "c": 0.3}))
    assert len({model.logit(order) for order in permutations("abc")}) == 1


def _letters(first: str, second: str) -> list[str]:
    return [first, first + second]


def test_the_probability_of_facts_is_that_of_their_features_also_the_second_time() -> None:
    model = Model(Weights({"a": 1.5, "ab": -0.5}), bias=0.25)
    facts = [(_letters, "a", "b"), (_letters, "c", "d")]
    assert names(facts) == ["a", "ab", "c", "cd"]
    for _ in range(2):
        assert model.probability(facts) == pytest.approx(sigmoid(model.logit(names(facts))))
    assert model.probability([]) == pytest.approx(1 / (1 + math.exp(-0.25)))


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
