"""`qawl people`, `person`, `doubts`, `same`, `different` and what they share with the rest, on both engines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from invented import OUTLETS, articles

from qawl.cli.main import main

Qawl = Callable[..., Result]


@pytest.fixture
def qawl(location: str, tmp_path: Path) -> Qawl:
    """Run `qawl` over a record of forty articles."""
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(a.to_json(), ensure_ascii=False) + "\n" for a in articles(40)), "utf-8")

    def run(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(
            main, ["--db", location, *arguments], env={"QAWL_WHO": "هدى"}, catch_exceptions=False
        )
        assert result.exit_code == status, result.output
        return result

    run("add", str(path), "--jobs", "1")
    return run


def of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_people_and_their_filters(qawl: Qawl) -> None:
    everybody = of(qawl("people", "--json", "--limit", "1000"))
    assert [p["statements"] for p in everybody] == sorted((p["statements"] for p in everybody), reverse=True)
    persons = of(qawl("people", "--kind", "person", "--json"))
    assert {p["kind"] for p in persons} == {"person"}
    assert "سالم الغامري" in {p["name"] for p in persons}
    assert [p["name"] for p in of(qawl("people", "الغامرى", "--kind", "person", "--json"))] == ["سالم الغامري"]
    minister = next(p for p in persons if p["name"] == "سالم الغامري")
    parts = [of(qawl("people", "سالم الغامري", "--outlet", outlet, "--json")) for outlet in OUTLETS]
    assert sum(part[0]["statements"] for part in parts) == minister["statements"]
    early = of(qawl("people", "سالم الغامري", "--to", "2024-03-15", "--json"))[0]
    late = of(qawl("people", "سالم الغامري", "--from", "2024-03-16", "--json"))[0]
    assert early["statements"] + late["statements"] == minister["statements"]
    assert early["last"] <= "2024-03-15" < "2024-03-16" <= late["first"]
    first, second = (of(qawl("people", "--limit", "3", "--page", page, "--json")) for page in "12")
    assert first + second == everybody[:6]
    assert "more with --page 2" in qawl("people", "--limit", "3").stderr
    assert qawl("people", "--country", "xx", status=1).stderr == "nobody found\n"
    assert qawl("people", "زهدي", status=1).stdout == ""


def test_one_person(qawl: Qawl) -> None:
    (page,) = of(qawl("person", "سالم الغامري", "--json"))
    person = page["person"]
    (listed,) = [
        p for p in of(qawl("people", "سالم الغامري", "--kind", "person", "--json")) if p["ref"] == person["ref"]
    ]
    assert person == listed
    assert page["names"][0]["name"] == "سالم الغامري"
    assert page["offices"][0]["title"] == "وزير الري"
    assert page["offices"][0]["first"] >= person["first"]
    assert sum(one["number"] for one in page["outlets"]) == person["statements"]
    assert sum(one["number"] for one in page["acts"]) == person["statements"]
    said = page["latest"][0]
    assert of(qawl("person", said["ref"], "--json")) == [page]
    assert of(qawl("person", person["ref"].upper(), "--json")) == [page]
    shown = qawl("person", "سالم الغامري").stdout
    assert person["ref"] in shown
    assert "وزير الري" in shown
    assert "nobody of that name" in qawl("person", "زهدي العرندس", status=1).stderr


def test_deciding_and_taking_back(qawl: Qawl) -> None:
    before = qawl("people", "--json", "--limit", "1000").stdout
    assert qawl("same", "سالم الغامري", "عادل البكري", "--note", "واحد").stdout == "judgement 1\n"
    (page,) = of(qawl("person", "سالم الغامري", "--json"))
    assert {"سالم الغامري", "عادل البكري"} <= {one["name"] for one in page["names"]}
    (judged,) = of(qawl("judgements", "--json"))
    assert (judged["verdict"], judged["note"], judged["who"], judged["holds"]) == ("same", "واحد", "هدى", True)
    assert of(qawl("judgements", page["person"]["ref"], "--json")) == [judged]
    assert qawl("judgements", page["latest"][0]["ref"]).stdout == ""
    assert "same: سالم الغامري / عادل البكري  واحد" in qawl("judgements").stdout
    assert qawl("undo").stdout == "judgement 1 is taken back\n"
    assert qawl("people", "--json", "--limit", "1000").stdout == before
    assert "(taken back)" in qawl("judgements").stdout
    assert "no such person" in qawl("same", "e-0000000000", "عادل البكري", status=1).stderr


def test_a_later_decision_is_told_to_win(qawl: Qawl) -> None:
    pages = [of(qawl("person", name, "--json"))[0] for name in ("سالم الغامري", "عادل البكري")]
    one, other = (page["person"]["ref"] for page in pages)
    qawl("same", "سالم الغامري", "عادل البكري")
    assert qawl("judge", pages[0]["latest"][0]["ref"], "right").stdout == "judgement 2\n"
    result = qawl("different", one, other)
    assert result.stdout == "judgement 3\n"
    assert "judgement 1 says otherwise" in result.stderr
    assert "(a later one says otherwise)" in qawl("judgements").stdout


def test_the_database_is_checked_and_made_anew(qawl: Qawl) -> None:
    before = qawl("people", "--json", "--limit", "1000").stdout
    assert "in order" in qawl("db", "check").stderr
    assert "made anew" in qawl("db", "rebuild").stdout
    assert qawl("people", "--json", "--limit", "1000").stdout == before


def test_forgetting_an_outlet_takes_its_people_along(qawl: Qawl) -> None:
    for outlet in OUTLETS:
        qawl("forget", outlet, "--yes")
    assert qawl("people", status=1).stderr == "nobody found\n"


def test_showing_a_person_does_not_load_the_resolver(tmp_path: Path) -> None:
    code = (
        "import sys, qawl.cli.people, qawl.cli.same, qawl.cli.judge\n"
        "assert not {'sqlalchemy', 'qawl.people.clustering'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
