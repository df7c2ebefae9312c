"""The commands over a record, as a user gives them, on both engines."""

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
def qawl(location: str) -> Qawl:
    """Run `qawl` over an empty place; arguments as on the command line, with --db before the command."""

    def run(*arguments: str, status: int = 0, typed: str | None = None) -> Result:
        command = ["--db", location, *arguments]
        result = CliRunner().invoke(main, command, input=typed, env={"QAWL_WHO": "هدى"}, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.fixture
def news(tmp_path: Path) -> str:
    """A file of forty articles."""
    path = tmp_path / "news.jsonl"
    lines = [json.dumps(a.to_json(), ensure_ascii=False) for a in articles(40)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_adding(qawl: Qawl, news: str) -> None:
    assert qawl("add", news, "--jobs", "1").stdout == "38 new, 2 changed, 0 known, 0 failed (2 copies of others)\n"
    assert qawl("add", news, "--jobs", "2").stdout == "0 new, 0 changed, 40 known, 0 failed\n"
    (line,) = of(qawl("log", "--json"))
    assert (line["who"], line["action"]) == ("هدى", "add")
    assert line["detail"] == {"sources": [news], "new": 38, "changed": 2, "copies": 2}


def test_what_fails_is_told_and_the_rest_added(qawl: Qawl, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = json.dumps(articles(1)[0].to_json())
    path.write_text(f'{good}\n{{"text": 7}}\nnot json\n{{"text": "  "}}\n', "utf-8")
    errors = tmp_path / "errors.jsonl"
    result = qawl("add", str(path), str(tmp_path / "missing.txt"), "--jobs", "1", "--errors", str(errors), status=1)
    assert result.stdout == "1 new, 0 changed, 0 known, 4 failed\n"
    assert result.stderr == ""
    told = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    assert [entry["where"].rpartition("/")[2] for entry in told] == [
        "news.jsonl:2",
        "news.jsonl:3",
        "news.jsonl:4",
        "missing.txt",
    ]
    result = qawl("add", str(path), "--jobs", "1", status=1)
    assert "news.jsonl:3: " in result.stderr
    assert result.stdout == "0 new, 0 changed, 1 known, 3 failed\n"


def test_wrong_usage(qawl: Qawl, news: str, tmp_path: Path) -> None:
    qawl("add", status=2)
    qawl("add", news, "--jobs", "-1", status=2)
    qawl("add", news, "--errors", str(tmp_path / "missing" / "errors"), status=2)
    qawl("judge", "7kn1wrgnx0", "perhaps", status=2)
    qawl("judge", "7kn1wrgnx0", "mend", status=2)
    qawl("judge", "7kn1wrgnx0", "right", "--act", "deny", status=2)
    qawl("judge", "7kn1wrgnx0", "mend", "--nobody", "--speaker", "هند", status=2)
    qawl("judge", "7kn1wrgnx0", "mend", "--words", "هند", "--span", "1:2", status=2)
    qawl("judge", "7kn1wrgnx0", "mend", "--span", "1-2", status=2)
    qawl("judge", "7kn1wrgnx0", "mend", "--speaker", " ", status=2)
    qawl("add", news, "", status=2)
    qawl("forget", status=2)
    qawl("undo", "9" * 30, status=2)


def test_arguments_that_are_no_text(qawl: Qawl) -> None:
    qawl("add", "--sample", "--jobs", "1")
    bad = b"\xff".decode("utf-8", "surrogateescape")
    (first, *_) = of(qawl("show", "1", "--json"))[0]["statements"]
    for command in (
        ["show", bad],
        ["forget", bad, "--yes"],
        ["judgements", bad],
        ["outlets", "--outlet", bad],
        ["judge", first["id"], "wrong", "--note", bad],
        ["judge", first["id"], "mend", "--speaker", bad],
    ):
        assert "not valid text" in qawl(*command, status=1).stderr, command


def test_a_place_without_a_record(qawl: Qawl) -> None:
    for command in (["show", "1"], ["stats"], ["judge", "7kn1wrgnx0", "right"], ["reread"], ["db", "check"]):
        assert qawl(*command, status=1).stderr.startswith("Error: ")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "qawl.db"
    result = CliRunner().invoke(main, ["add", "--sample", "--db", str(missing)])
    assert (result.exit_code, result.stderr) == (1, f"Error: {missing}: there is no such folder\n")


def test_ids_that_no_statement_has(qawl: Qawl) -> None:
    qawl("add", "--sample", "--jobs", "1")
    for command in (["show"], ["cite"], ["judgements"], ["judge", "--note", "?"]):
        rest = ["wrong"] if command[0] == "judge" else []
        assert qawl(*command, "0000000000", *rest, status=1).stderr == "Error: 0000000000: no such statement\n"
        assert "ten letters and digits" in qawl(*command, "7kn1", *rest, status=1).stderr
    known = of(qawl("show", "1", "--json"))[0]["statements"][0]["id"]
    assert qawl("judgements", known).stderr == "no judgements\n"


def test_judgements_are_told_in_words(qawl: Qawl) -> None:
    qawl("add", "--sample", "--jobs", "1")
    known = of(qawl("show", "1", "--json"))[0]["statements"][0]["id"]
    qawl("judge", known, "mend", "--speaker", "هند الراسي", "--type", "person", "--act", "deny", "--span", "3:8")
    qawl("judge", known, "mend", "--nobody")
    qawl("judge", known, "right")
    told = [line.split("  ", 4)[4] for line in qawl("judgements").stdout.splitlines()]
    assert told == ["mended: speaker هند الراسي, type person, act deny, span 3:8", "mended: nobody", "right"]
    assert "add  sources --sample, new 6" in qawl("log").stdout


def test_the_samples_from_the_first_to_the_last_command(qawl: Qawl) -> None:
    assert qawl("add", "--sample", "--jobs", "1").stdout == "6 new, 0 changed, 0 known, 0 failed\n"
    shown = of(qawl("show", "1", "--json"))[0]
    first = shown["statements"][0]
    ref = first["id"]
    text = qawl("show", ref.upper()).stdout
    assert ref in text
    assert f"⟦{first['content'][0]['text']}⟧" in text

    assert qawl("judge", ref, "wrong", "--note", "عنوان").stdout == "judgement 1\n"
    assert "judged wrong" in qawl("show", ref).stdout
    assert ref not in qawl("show", "1").stdout
    assert ref in qawl("show", "1", "--machine").stdout
    assert qawl("undo").stdout == "judgement 1 is taken back\n"
    assert ref in qawl("show", "1").stdout
    qawl("judge", ref, "mend", "--speaker", "هند الراسي", "--type", "person", "--act", "deny", "--span", "3:8")
    mended = of(qawl("show", ref, "--json"))[0]["statements"][0]
    assert (mended["verdict"], mended["act"], mended["speaker"]["name"]) == ("mended", "deny", "هند الراسي")
    assert [(c["start"], c["end"]) for c in mended["content"]] == [(3, 8)]
    assert [j["verdict"] for j in of(qawl("judgements", "--json"))] == ["wrong", "undone", "mended"]
    assert "(taken back)" in qawl("judgements", ref).stdout
    assert qawl("judgements", "--unmatched").stdout == ""
    assert [s["name"] for s in of(qawl("speakers", "هند الراسي", "--json"))] == ["هند الراسي"]
    assert "هند الراسي" in qawl("speakers").stdout

    assert qawl("reread").stdout == "0 read again, 0 failed\n"
    assert qawl("reread", "--all", "--jobs", "1").stdout == "6 read again, 0 failed\n"
    assert "mended" in qawl("show", ref).stdout
    assert qawl("db", "check").stderr == "the record is in order\n"
    assert qawl("db", "rebuild").stdout == "made anew; 1 statements are shown as people decided\n"
    assert qawl("db", "upgrade").stdout.endswith("up to date already\n")
    actions = [line["action"] for line in of(qawl("log", "--json"))]
    assert actions == ["add", "reread", "rebuild"]


def test_numbers(qawl: Qawl, news: str) -> None:
    qawl("add", news, "--jobs", "1")
    (numbers,) = of(qawl("stats", "--json"))
    assert numbers["versions"] == 40
    text = qawl("stats").stdout
    assert f"{numbers['articles']} articles (40 with earlier versions)" in text
    assert all(outlet in text for outlet in OUTLETS)
    found = of(qawl("outlets", "--json", "--from", "2024-03-05", "--to", "2024-03-05"))
    assert [o["articles"] for o in found] == [1]
    assert len(of(qawl("speakers", "--json", "--limit", "3"))) == 3
    lines = qawl("outlets").stdout.splitlines()
    assert len(lines) == 4


def test_forgetting(qawl: Qawl, news: str) -> None:
    qawl("add", news, "--jobs", "1")
    assert "Aborted" in qawl("forget", "1-0", typed="n\n", status=1).output
    assert "forgotten: 1 article," in qawl("forget", "1-0", typed="y\n").stdout
    assert "no such article or outlet" in qawl("forget", "1-0", status=1).stderr
    assert "the statements stay" in qawl("forget", "1-1", "--keep-statements", "--yes").stdout
    assert "forgotten on" in qawl("show", "2").stdout
    qawl("forget", OUTLETS[0], "--before", "2024-03-10", "--yes")
    found = of(qawl("outlets", "--json", "--outlet", OUTLETS[0]))
    assert str(found[0]["first"]) >= "2024-03-10"
    qawl("forget", "--before", "2025-01-01", "--yes")
    assert qawl("forget", "--before", "2025-01-01", "--yes").stdout == "nothing to forget\n"
    assert qawl("outlets", "--json").stdout == ""
    assert [line["action"] for line in of(qawl("log", "--json", "--last", "2"))] == ["forget", "forget"]


def test_the_place_may_be_named_before_the_command_behind_it_or_by_the_environment(tmp_path: Path) -> None:
    def run(*arguments: str, db: str | None = None) -> str:
        result = CliRunner().invoke(main, arguments, env={"QAWL_DB": db}, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    one, two, three = (str(tmp_path / f"{name}.db") for name in ("one", "two", "three"))
    run("--db", one, "add", "--sample", "--jobs", "1")
    run("add", "--sample", "--jobs", "1", "--db", f"sqlite:///{two}")
    run("add", "--sample", "--jobs", "1", db=three)
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["one.db", "three.db", "two.db"]
    run("forget", "1", "--yes", db=three)

    def number(*arguments: str, db: str | None = None) -> int:
        return int(json.loads(run(*arguments, "stats", "--json", db=db))["articles"])

    assert number("--db", two, db=three) == 6
    assert number("--db", three, db=one) == 5
    assert number(db=three) == 5
    said = run("--db", three, "stats", "--json", "--db", one, db=three)
    assert json.loads(said)["articles"] == 6


def test_control_characters_do_not_reach_the_terminal(qawl: Qawl, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    told = {
        "text": "قال \x1b[31mسالم\x1b[0m الغامري إن السد امتلأ.",
        "outlet": "\x1b]0;x\x07",
        "url": "https://a.example/\x9b",
    }
    path.write_text(json.dumps(told), "utf-8")
    qawl("add", str(path), "--jobs", "1")
    failed = tmp_path / "b\x1b[2J.jsonl"
    failed.write_text("no JSON")
    assert "\x1b" not in qawl("add", str(failed), "--jobs", "1", status=1).stderr
    for command in (["show", "1"], ["outlets"], ["speakers"], ["stats"], ["log"]):
        assert not set(qawl(*command).stdout) & {chr(c) for c in (*range(9), *range(11, 32), *range(127, 160))}


def test_showing_starts_fast(location: str) -> None:
    """What takes long to load is not loaded: Alembic and the reader."""
    CliRunner().invoke(main, ["--db", location, "add", "--sample", "--jobs", "1"], catch_exceptions=False)
    code = (
        "import sys; from qawl.cli.main import main; main(standalone_mode=False); "
        "sys.exit(any(m.split('.')[0] == 'alembic' or m.startswith('qawl.reading') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, "--db", location, "show", "1"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_a_password_in_an_address_is_neither_shown_nor_kept(qawl: Qawl, news: str) -> None:
    result = qawl("add", news, "https://somebody:secret@dhiffa.example/1", "--jobs", "1", status=1)
    assert "https://dhiffa.example/1: an address with a user's name" in result.stderr
    (line,) = of(qawl("log", "--json"))
    assert line["detail"]["sources"] == [news, "https://dhiffa.example/1"]
    result = qawl("watch", "https://somebody:secret@dhiffa.example/feed", "--once", status=2)
    assert "a password in it" in result.stderr
    assert "secret" not in result.stderr
