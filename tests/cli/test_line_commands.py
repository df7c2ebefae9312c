"""`qawl line`, `watchlist`, `voices`, `silence`, `saved` as a user gives them, on both engines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qawl.cli.main import main

Qawl = Callable[..., Result]

DAM = "سد الغدير"
MINISTER = "سلمى العطار"


@pytest.fixture
def qawl(location: str) -> Qawl:
    """Run `qawl` over a record with the articles of a week."""

    def run(*arguments: str, status: int = 0) -> Result:
        environment = {"QAWL_DB": location, "QAWL_WHO": "هدى"}
        result = CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    run("add", "--sample-week", "--jobs", "1")
    return run


def values(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_line_for_programs(qawl: Qawl) -> None:
    first, last = values(qawl("line", MINISTER, "--about", DAM, "--json"))
    assert (first["day"], first["polarity"], first["differs_from"]) == ("2024-11-03", "negative", None)
    assert len({place["outlet"] for place in first["places"]}) == 3
    assert last["differs_from"]["id"] == first["id"]
    assert last["differs_from"]["text"] == first["text"]
    assert last["differs_from"]["kind"] == "polarity"
    assert 0.3 <= last["differs_from"]["score"] <= 1
    assert (first["stretch"], last["stretch"]) == (0, 1)
    assert values(qawl("line", MINISTER, "--about", DAM, "--turns", "--json")) == [last]


def test_a_turn_shows_both_texts_and_judges_neither(qawl: Qawl) -> None:
    shown = qawl("line", MINISTER, "--about", DAM, "--turns").stdout
    assert "differs from" in shown
    assert "contradict" not in shown
    assert "ستوقف ملء" in shown
    assert "لن توقف ملء" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["line", MINISTER, "--about", "كوكب"], 1, "nothing found"),
        (["line", MINISTER, "--about", DAM, "--to", "2020-01-01"], 1, "nothing found"),
        (["line", "لا أحد هنا", "--about", DAM], 1, "nobody of that name"),
        (["line", MINISTER, "--about", "@none"], 1, "no such saved search"),
        (["line", MINISTER, "--about", "e-0000000000"], 1, "no such person or body"),
        (["line", MINISTER, "--about", "-كوكب"], 2, "only exclusions"),
        (["line", MINISTER], 2, "Missing option '--about'"),
        (["watchlist", "ask", "none"], 1, "no such watchlist"),
        (["watchlist", "remove", "none"], 1, "no such watchlist"),
        (["watchlist", "add", " ", MINISTER, "--about", DAM], 1, "needs a name"),
        (["watchlist", "add", "س" * 3000, MINISTER, "--about", DAM], 1, "at most 200 characters"),
        (["search", "ملء", "--save", "س" * 3000], 1, "at most 200 characters"),
        (["voices", "--speaker", "لا أحد هنا"], 1, "nobody of that name"),
        (["silence", "--entity", "لا أحد هنا"], 1, "nobody of that name"),
        (["saved", "--remove", "none"], 1, "no such saved search"),
        (["search", "@none"], 1, "no such saved search"),
    ],
)
def test_what_is_asked_in_vain_is_told(qawl: Qawl, arguments: list[str], status: int, message: str) -> None:
    assert message in qawl(*arguments, status=status).stderr


def test_a_watchlist_is_asked_again(qawl: Qawl) -> None:
    qawl("watchlist", "add", "السد", MINISTER, "--about", DAM)
    (kept,) = values(qawl("watchlist", "list", "--json"))
    assert (kept["name"], kept["person"], kept["about"], kept["who"]) == ("السد", MINISTER, DAM, "هدى")
    assert qawl("watchlist", "ask", "السد").stdout == qawl("line", MINISTER, "--about", DAM).stdout
    qawl("db", "rebuild")
    assert qawl("watchlist", "ask", "السد", "--json").stdout == qawl("line", MINISTER, "--about", DAM, "--json").stdout
    qawl("watchlist", "remove", "السد")
    assert qawl("watchlist", "list", "--json").stdout == ""


def test_counts_of_who_speaks_about_whom(qawl: Qawl) -> None:
    counted = values(qawl("voices", "--about", DAM, "--by", "month", "--json"))
    assert {value["about"]["name"] for value in counted} == {DAM}
    assert {value["period"] for value in counted} == {"2024-11"}
    rows = list(csv.DictReader(qawl("voices", "--about", DAM, "--by", "month", "--csv").stdout.splitlines()))
    assert [int(row["statements"]) for row in rows] == [value["statements"] for value in counted]
    assert len(values(qawl("voices", "--limit", "2", "--json"))) == 2


def test_silences_for_programs(qawl: Qawl) -> None:
    found = values(qawl("silence", "--json"))
    assert [value["kind"] for value in found] == ["none", "declined", "declined", "none"]
    assert found[1]["sentence"] == "ورفض نقيب المزارعين بشير الغامق التعليق على الاتفاق."
    assert found[1]["entity"] is None  # he says nothing in that article
    assert len(values(qawl("silence", "--limit", "1", "--json"))) == 1


def test_a_search_is_saved_and_asked_again(qawl: Qawl) -> None:
    asked = qawl("search", "ملء", "--outlet", "مرصد الساحل", "--save", "السد", "--ids").stdout
    assert qawl("search", "@السد", "--ids").stdout == asked != qawl("search", "ملء", "--ids").stdout
    (kept,) = values(qawl("saved", "--json"))
    assert (kept["name"], kept["query"], kept["filters"]) == ("السد", "ملء", {"outlet": "مرصد الساحل"})
    other = qawl("search", "ملء", "--outlet", "صحيفة الضفة", "--ids").stdout
    assert qawl("search", "@السد", "--outlet", "صحيفة الضفة", "--ids").stdout == other
    qawl("saved", "--remove", "السد")
    assert qawl("saved", "--json").stdout == ""
