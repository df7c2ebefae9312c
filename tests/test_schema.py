"""The schema holds for what comes out, and for nothing else."""

import copy
import json
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from qawl import samples, statement
from qawl.reading.reader import read
from qawl.schema import schema, schema_text

VALID = Draft202012Validator(schema())


@pytest.fixture(scope="module")
def value() -> Any:
    return read(samples.load()[0]).to_json()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(schema_text()) == schema()


@pytest.mark.parametrize("article", samples.load(), ids=lambda article: article.id)
def test_readings_are_valid(article: Any) -> None:
    reading = read(article).to_json()
    VALID.validate(reading)
    VALID.validate(reading | article.to_json())


def test_words_are_those_of_the_types() -> None:
    definitions = schema()["$defs"]
    fields = definitions["statement"]["properties"]
    assert tuple(fields["act"]["enum"]) == statement.ACTS
    assert tuple(fields["form"]["enum"]) == statement.FORMS
    assert tuple(fields["kind"]["enum"]) == statement.KINDS
    assert tuple(fields["polarity"]["enum"]) == get_args(statement.Polarity)
    assert tuple(definitions["entityType"]["enum"]) == statement.ENTITY_TYPES


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("content", []),
        ("act", "say"),
        ("confidence", 1.5),
        ("parent", -1),
        ("cue", {"start": 1, "end": 2}),
        ("said_at", {"span": None, "date": "5 March", "earlier": False}),
        ("mood", "good"),
    ],
)
def test_other_values_are_not_valid(value: Any, key: str, bad: object) -> None:
    changed = copy.deepcopy(value)
    changed["statements"][0][key] = bad
    assert not VALID.is_valid(changed)


@pytest.mark.parametrize("key", ["id", "speakers", "statements", "outlet_share"])
def test_what_must_be_there(value: Any, key: str) -> None:
    changed = copy.deepcopy(value)
    del changed[key]
    assert not VALID.is_valid(changed)
