"""`qawl search`, `qawl cite`, `qawl export`, `qawl import` as a user gives them, on both engines."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from qawl.cli.main import main
from qawl.record.export import jsonl

Qawl = Callable[..., Result]


@pytest.fixture
def qawl(location: str) -> Qawl:
    """Run `qawl` over a record with the samples."""

    def run(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(
            main, arguments, env={"QAWL_DB": location, "QAWL_WHO": "هدى"}, catch_exceptions=False
        )
        assert result.exit_code == status, result.output
        return result

    run("add", "--sample", "--jobs", "1")
    return run


def test_searching(qawl: Qawl) -> None:
    result = qawl("search", "للقطار", "--speaker", "الخزامي")
    assert "⟦[القطار] الأول سيربط" in result.stdout
    assert "رائد الخزامي  (assert, indirect)" in result.stdout
    assert "وكالة المرفأ للأنباء · 2024-03-05 · وزير النقل" in result.stdout
    assert "in the words around it" in result.stdout


def test_searching_for_somebody_by_id(qawl: Qawl) -> None:
    qawl("people")  # works out who is who
    found = json.loads(qawl("people", "--json").stdout.splitlines()[0])
    by_id = qawl("search", "", "--speaker", found["ref"], "--ids", "--limit", "1000").stdout.split()
    assert len(by_id) == found["statements"]
    exported = qawl("export", "--format", "csv", "--speaker", found["ref"]).stdout
    assert sum(ref in exported for ref in by_id) == len(by_id)
    assert "no such person" in qawl("search", "", "--about", "e-0000000000", status=1).stderr


def test_results_for_programs_and_pages(qawl: Qawl) -> None:
    values = [json.loads(line) for line in qawl("search", "", "--from", "2024-01-01", "--json").stdout.splitlines()]
    assert len(values) == 20
    for value in values:
        assert " … ".join(value["sentence"][start:end] for start, end in value["said"]) == value["text"]
    assert "more with --page 2" in qawl("search", "", "--from", "2024-01-01").stderr
    ids: list[str] = []
    for page in range(1, 100):
        found = qawl("search", "", "--from", "2024-01-01", "--ids", "--limit", "7", "--page", str(page), status=0)
        ids += found.stdout.split()
        if "more" not in found.stderr:
            break
    assert len(ids) == len(set(ids)) > 60
    assert ids[:20] == [value["id"] for value in values]
    assert "nothing on this page" in qawl("search", "القطار", "--page", "90", status=1).stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["كوكب"], 1, "nothing found"),
        ([], 2, "nothing to look for"),
        (["--", "-القطار"], 2, "only exclusions"),
        (["ق*"], 2, "2 letters at least"),
        (["القطار", "--outlet", "لا أحد"], 2, "no outlet called"),
        (["القطار", "--from", "soon"], 2, "does not match the format"),
        (["القطار", "--act", "shout"], 2, "is not one of"),
        (["القطار", "--page", "900000"], 2, "a page has 1 to 1,000 results"),
        (["س " * 2000], 2, "4,000 characters"),
    ],
)
def test_what_is_asked_in_vain_is_told(qawl: Qawl, arguments: list[str], status: int, message: str) -> None:
    assert message in qawl("search", *arguments, status=status).stderr


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes on POSIX alone")
@pytest.mark.parametrize("query", [b"\xff\xfe", b"\xd9", b"\xd9\x82'; DROP TABLE statements; --", b"\x1b[31m", b'"'])
def test_any_bytes_on_the_command_line(qawl: Qawl, location: str, query: bytes) -> None:
    command: list[str | bytes] = [sys.executable, "-c", "from qawl.cli.main import main; main()"]
    command += ["search", query, "--speaker", query]
    done = subprocess.run(command, env={**os.environ, "QAWL_DB": location}, capture_output=True, check=False)
    assert done.returncode in (1, 2), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"sql" not in done.stderr.lower()


def test_what_people_decide_is_found_so(qawl: Qawl) -> None:
    (ref,) = qawl("search", '"القطار الأول سيربط"', "--ids", "--limit", "1").stdout.split()
    qawl("judge", ref, "mend", "--speaker", "صفوان القمبري", "--act", "warn")
    found = qawl("search", "القطار", "--speaker", "القمبري", "--act", "warn")
    assert "صفوان القمبري  (warn, indirect, mended)" in found.stdout
    assert "صفوان القمبري" in qawl("cite", ref).stdout
    assert "رائد الخزامي" in qawl("cite", ref, "--machine").stdout
    qawl("judge", ref, "wrong")
    assert ref not in qawl("search", "القطار", "--ids").stdout
    assert ref in qawl("search", "القطار", "--ids", "--machine").stdout
    assert "people judged it wrong" in qawl("cite", ref, status=1).stderr
    qawl("undo")
    qawl("undo")
    assert ref in qawl("search", "القطار", "--ids", "--speaker", "الخزامي").stdout


def test_citing(qawl: Qawl) -> None:
    (ref,) = qawl("search", '"القطار الأول سيربط"', "--ids", "--limit", "1").stdout.split()
    arabic, _, english = qawl("cite", ref).stdout.strip().split("\n")
    assert arabic.startswith("نُقل عن رائد الخزامي، ")
    assert "is reported, in the publisher's words" in english
    (value,) = [json.loads(line) for line in qawl("cite", ref, "--json").stdout.splitlines()]
    assert (value["id"], value["arabic"], value["english"]) == (ref, arabic, english)
    assert "no such statement" in qawl("cite", "0000000000", status=1).stderr


def test_out_and_in_again(qawl: Qawl, tmp_path: Path) -> None:
    file, other = tmp_path / "record.jsonl", str(tmp_path / "other.db")
    qawl("export", "--output", str(file))
    packed = tmp_path / "record.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert qawl("--db", other, "import", str(packed)).stdout == "6 new, 0 changed, 0 merged, 0 known, 0 failed\n"
    assert qawl("--db", other, "export").stdout == file.read_text("utf-8")
    (line,) = [json.loads(line) for line in qawl("--db", other, "log", "--json").stdout.splitlines()]
    assert (line["action"], line["who"], line["detail"]["new"]) == ("import", "هدى", 6)


def test_what_cannot_be_imported_is_told(qawl: Qawl, tmp_path: Path) -> None:
    good = qawl("export").stdout.splitlines()
    bad, cut = tmp_path / "bad.jsonl", tmp_path / "cut.jsonl.gz"
    bad.write_text("\n".join([good[0], "{}", good[1][:-20], good[2]]), "utf-8")
    cut.write_bytes(gzip.compress("\n".join(good).encode())[:-40])
    other = str(tmp_path / "other.db")
    result = qawl("--db", other, "import", str(bad), str(tmp_path / "none.jsonl"), status=1)
    assert f"{bad}:2: no line of an export" in result.stderr
    assert f"{bad}:3: no JSON" in result.stderr
    assert "none.jsonl: no such file" in result.stderr
    assert result.stdout == "2 new, 0 changed, 0 merged, 0 known, 3 failed\n"
    assert "the compressed file ends too early" in qawl("--db", other, "import", str(cut), status=1).stderr
    assert "1: no JSON" in qawl("--db", other, "import", __file__, status=1).stderr


def test_exporting_what_a_search_finds(qawl: Qawl, tmp_path: Path) -> None:
    rows = qawl("export", "القطار", "--format", "csv", "--speaker", "الخزامي").stdout.splitlines()
    found = qawl("search", "القطار", "--speaker", "الخزامي", "--ids").stdout.split()
    assert sorted(row.split(",")[0] for row in rows[1:]) == sorted(found)
    path = tmp_path / "statements.parquet"
    qawl("export", "--format", "parquet", "--act", "deny", "--output", str(path))
    assert set(pq.read_table(path).column("act").to_pylist()) == {"deny"}
    piped = CliRunner().invoke(
        main, ["export", "-f", "parquet"], env={"QAWL_DB": str(tmp_path / "none.db")}, catch_exceptions=False
    )
    assert "no record here" in piped.stderr
    assert "brat is a folder" in qawl("export", "--format", "brat", status=2).stderr
    assert "nothing to look for" not in qawl("export", "--format", "jsonld").stderr
    assert "no outlet called" in qawl("export", "--outlet", "لا أحد", status=2).stderr
    assert "cannot write" in qawl("export", "--output", str(tmp_path / "no" / "where.jsonl"), status=1).stderr
    assert json.loads(qawl("export", "--schema").stdout)["title"] == "Record line"


def test_a_pipe_that_closes_early_is_no_error(qawl: Qawl, location: str) -> None:
    command = [sys.executable, "-c", "from qawl.cli.main import main; main()", "export"]
    environment = {**os.environ, "QAWL_DB": location}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert isinstance(running.stdout, io.BufferedReader)
        assert isinstance(running.stderr, io.BufferedReader)
        assert running.stdout.read(10)
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_what_was_written_before_stays_until_all_is_written(
    qawl: Qawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.jsonl"
    qawl("export", "--output", str(path))
    before = path.read_bytes()
    lines = jsonl.lines

    def broken(*given: Any) -> Iterator[str]:
        yield next(lines(*given))
        raise RuntimeError("in the middle")

    monkeypatch.setattr(jsonl, "lines", broken)
    with pytest.raises(RuntimeError):
        qawl("export", "--output", str(path))
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if entry.suffix == ".part"] == []
    qawl("export", "--format", "csv", "--output", os.devnull)


def test_the_record_is_not_written_over(tmp_path: Path) -> None:
    place = tmp_path / "qawl.db"
    run = CliRunner().invoke
    run(main, ["--db", str(place), "add", "--sample", "--jobs", "1"])
    for command in (["export", "--output"], ["add", "--sample", "--errors"]):
        for end in ("", "-wal"):
            result = run(main, ["--db", f"sqlite:///{place}", *command, f"{place}{end}"])
            assert (result.exit_code, "is the record itself" in result.stderr) == (2, True)
    assert run(main, ["--db", str(place), "db", "check"]).exit_code == 0
