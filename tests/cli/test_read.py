"""`qawl read` as its users meet it: what comes out, where, with which exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qawl import samples
from qawl.cli.main import main
from qawl.cli.read import _died, _Input, _Options, _process
from qawl.schema import schema

TEXT = "وزير الري يعد بحل\n\nقال وزير الري سالم الغامري إن السد امتلأ، وأضاف أن الموسم سيكون جيدا.\n"


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *args], input=stdin, catch_exceptions=False)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(6):
        (tmp_path / f"a{number}.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_jsonl_of_a_file_counts_its_own_text(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes(("\ufeff\r\n" + TEXT.replace("\n", "\r\n")).encode())
    result = run(str(path))
    assert result.exit_code == 0
    (reading,) = lines(result)
    assert reading["id"] == "news"
    assert "text" not in reading
    text = path.read_bytes().decode("utf-8")
    assert reading["statements"]
    for statement in reading["statements"]:
        for span in [statement["cue"], *statement["content"]]:
            assert text[span["start"] : span["end"]] == span["text"]


def test_one_bad_file_among_many(folder: Path) -> None:
    (folder / "a2.txt").write_bytes("قال الوزير".encode() + b"\xff\xfe")
    result = run(str(folder))
    assert result.exit_code == 1
    assert [r["id"] for r in lines(result)] == ["a0", "a1", "a3", "a4", "a5"]
    assert "a2.txt: not UTF-8: byte 19 (0xff, line 1)" in result.stderr
    assert "1 of 6 inputs" in result.stderr


def test_order_is_that_of_the_inputs_with_many_processes(folder: Path) -> None:
    names = [str(folder / f"a{n}.txt") for n in (5, 0, 3, 1)]
    result = run(*names, "--jobs", "3")
    assert [r["id"] for r in lines(result)] == ["a5", "a0", "a3", "a1"]
    assert result.stdout == run(*names).stdout


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "empty"), (b"a\0b", "binary"), ("قال".encode("utf-16"), "byte 0"), ("قال".encode("cp1256"), "byte 0")],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    result = run(str(path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"qawl: {path}: ")
    assert word in result.stderr


def test_a_vanished_file_is_named(folder: Path) -> None:
    result = run(str(folder / "gone.txt"), str(folder / "a0.txt"))
    assert result.exit_code == 1
    assert "gone.txt: no such file" in result.stderr
    assert [r["id"] for r in lines(result)] == ["a0"]


def test_no_arabic_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "english.txt"
    path.write_text("The minister said that the dam is full.", "utf-8")
    result = run(str(path))
    assert result.exit_code == 0
    assert "no Arabic" in result.stderr
    assert lines(result)[0]["statements"] == []


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    result = run(str(tmp_path))
    assert result.exit_code == 1
    assert "no .txt" in result.stderr


def test_standard_input_and_text_give_the_same() -> None:
    piped = lines(run("-", stdin=TEXT.encode()))[0]
    given = lines(run("--text", TEXT))[0]
    bare = lines(run(stdin=TEXT.encode()))[0]
    assert piped["statements"] == given["statements"] == bare["statements"] != []


def test_other_encodings_on_request(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(TEXT.encode("cp1256"))
    old = lines(run(str(path), "--encoding", "windows-1256"))[0]
    assert old["statements"] == lines(run("--text", TEXT))[0]["statements"]


def test_html_carries_the_text_that_its_offsets_count(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>عنوان</h1><p>{TEXT}</p></body></html>", "utf-8")
    (reading,) = lines(run(str(path)))
    assert reading["text"].startswith("عنوان\n\n")
    span = reading["statements"][0]["cue"]
    assert reading["text"][span["start"] : span["end"]] == span["text"]


def test_samples_are_six_and_carry_their_text() -> None:
    readings = lines(run("--sample"))
    assert [r["id"] for r in readings] == [a.id for a in samples.load()]
    assert all(r["text"] and r["outlet"] and r["published"] for r in readings)


def test_with_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    (reading,) = lines(run(str(path), "--with-text", "--published", "2024-03-05"))
    assert reading["text"] == TEXT
    assert reading["published"] == "2024-03-05"


def test_line_separators_in_a_text_do_not_break_lines() -> None:
    result = run("--text", f"قال الوزير إن السد\u2028امتلأ\u0085 بالماء. {TEXT}", "--with-text")
    assert len(result.stdout.splitlines()) == 1
    assert "\u2028" in lines(result)[0]["text"]


@pytest.mark.parametrize(
    "args",
    [
        ["--text", "x", "--sample"],
        ["--sample", "some.txt"],
        ["--format", "xml"],
        ["--jobs", "-1"],
        ["--published", "yesterday"],
        ["--encoding", "no-such"],
        ["--encoding", "latin-1"],
        ["--text", "x", "--output", "/no/such/folder/out"],
    ],
)
def test_wrong_command_lines(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_output_file_and_not_over_an_input(folder: Path) -> None:
    out = folder / "out.html"
    result = run(str(folder), "--format", "html", "--output", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    first = out.read_text("utf-8")
    assert first.count("<article>") == 6
    run(str(folder), "--format", "html", "--output", str(out))
    assert out.read_text("utf-8") == first, "yesterday's output was read as an article"
    victim = folder / "a0.txt"
    assert run(str(victim), "--output", str(victim)).exit_code == 2
    assert victim.read_text("utf-8") == TEXT


def test_a_fault_of_the_reader_costs_one_article(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    import qawl.reading.reader as reader

    whole = reader.read

    def faulty(article: Any) -> Any:
        if article.id == "a1":
            raise RecursionError("deep")
        return whole(article)

    monkeypatch.setattr(reader, "read", faulty)
    result = run(str(folder))
    assert result.exit_code == 1
    assert "a1.txt: internal error, please report it: RecursionError: deep" in result.stderr
    assert len(lines(result)) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="needs bash")
@pytest.mark.parametrize("jobs", [1, 2])
def test_closed_pipe_is_quiet(jobs: int) -> None:
    program = f'"{sys.executable}" -c "from qawl.cli.main import main; main()"'
    command = f"{program} read --sample --format pretty --jobs {jobs} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("where", [">/dev/full", "--output /dev/full"])
def test_a_full_disk_is_said_plainly(where: str) -> None:
    command = f'"{sys.executable}" -c "from qawl.cli.main import main; main()" read --sample {where}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: cannot write")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"a\xff.txt")
    Path(os.fsdecode(name)).write_text(TEXT, "utf-8")
    result = run(str(tmp_path), "--jobs", "2")
    assert result.exit_code == 0
    assert lines(result)[0]["id"] == "a\ufffd"


def test_output_is_utf8_in_any_locale() -> None:
    command = [sys.executable, "-c", "from qawl.cli.main import main; main()", "read", "--text", TEXT]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert json.loads(done.stdout.decode("utf-8"))["statements"]


def test_a_killed_process_is_an_error_of_its_input() -> None:
    assert "killed" in (_died(_Input("x")).error or "")
    options = _Options("jsonl", False, 80, "utf-8", None, False)
    assert _process(_Input("x", error="bad"), options).error == "bad"


def test_schema_command_prints_the_schema() -> None:
    result = CliRunner().invoke(main, ["schema"])
    assert json.loads(result.stdout) == schema()


def test_version_and_help_name_the_commands() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout.startswith("qawl 0.")
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert all(name in shown for name in ("read", "schema", "lexicon"))
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


def test_names_of_files_do_not_drive_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J.txt"
    path.write_bytes(b"\xff\xfe\xff")
    result = CliRunner().invoke(main, ["read", str(path)])
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
