"""The API keeps what it says of itself in OpenAPI: no server error, no answer of another form (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from databases import postgresql, server
from desks import Running, fill, serving
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import ensure_resource_availability, positive_data_acceptance, use_after_free
from schemathesis.core.result import Ok

from qawl.desk.api import ROOT
from qawl.record.engine import open_record

__all__ = ["postgresql", "server"]

#: A question of the right form may still have no answer: a cursor of another one, a name that means nobody. Whether
#: a decision is there later is for the tests of decisions.
_OTHER = [positive_data_acceptance, ensure_resource_availability, use_after_free]
#: Cases of each operation, on each engine.
_CASES = 20


@pytest.fixture(params=["sqlite", "postgresql"])
def described(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Running]:
    location = str(tmp_path / "qawl.db")
    if request.param == "postgresql":
        location = request.getfixturevalue("postgresql")
    engine = open_record(location, create=True)
    fill(engine)
    with serving(engine, rate=1_000_000) as running:
        yield running
    engine.dispose()


def test_answers_are_as_described(described: Running) -> None:
    schema = schemathesis.openapi.from_url(described.url + ROOT + "/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 12
    for operation in operations:

        @settings(
            max_examples=_CASES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def hold(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(excluded_checks=_OTHER)

        hold()


def test_each_operation_is_described_with_an_example(standing: Running) -> None:
    described = httpx.get(standing.url + ROOT + "/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert {"401", "403", "404", "422", "429"} <= operation["responses"].keys(), (method, path)
    body = described["components"]["schemas"]["Text"]
    assert body["examples"]


@pytest.mark.parametrize(
    "hostile", ["\x00", "ا\x00ب", "\ud7ff\ufffe", "\u202e" * 50, "'; DROP TABLE articles; --", "%", "_", "\\"]
)
def test_hostile_letters_are_answered_for(described: Running, hostile: str) -> None:
    for path in (
        "/search?q=",
        "/people?q=",
        "/people?outlet=",
        "/articles?outlet=",
        "/search?speaker=",
        "/search?outlet=",
    ):
        answer = httpx.get(described.url + ROOT + path + quote(hostile))
        assert answer.status_code in (200, 422), (path, answer.text)
    for path in ("/people/", "/statements/"):
        assert httpx.get(described.url + ROOT + path + quote(hostile, safe="")).status_code in (404, 422)
    for asked in ({"statement": hostile, "verdict": "right"}, {"verdict": "same", "one": hostile, "other": hostile}):
        assert httpx.post(described.url + ROOT + "/judgements", json=asked).status_code in (404, 422)
    person = httpx.get(described.url + ROOT + "/people").json()["items"][0]["ref"]
    answer = httpx.get(described.url + ROOT + f"/people/{person}/line", params={"about": hostile})
    assert answer.status_code in (200, 404, 422)
