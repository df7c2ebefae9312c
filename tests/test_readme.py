"""What the README shows is what the program does."""

import contextlib
import io
import re
from pathlib import Path

import pytest
import refresh_docs
from shell_examples import examples, run

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ARABIC = (ROOT / "README.ar.md").read_text("utf-8")


@pytest.mark.parametrize("document", refresh_docs.FILES)
def test_shown_output_is_the_output(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    assert "<!-- begin output: " in text
    assert refresh_docs.refreshed(text) == text, "run: python scripts/refresh_docs.py"


def test_python_example_prints_the_statement() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == "سالم الغامري قال السد امتلأ\n"


def test_the_arabic_one_shows_the_same() -> None:
    blocks = [re.findall(r"^```.*?^```", text, re.S | re.M) for text in (README, ARABIC)]
    assert blocks[0] == blocks[1]
    assert ARABIC.count("\n## ") == README.count("\n## ")
    assert re.findall(r"!\[.*?\]\((.*?)\)", ARABIC) == re.findall(r"!\[.*?\]\((.*?)\)", README)


def test_it_begins_with_two_commands() -> None:
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.S)
    assert commands[:2] == ["pip install . && qawl demo", "pip install '.[dev]' && pytest"]


@pytest.mark.parametrize("heading", ["A record", "Who is who"])
def test_the_examples_of_a_record(heading: str, tmp_path: Path) -> None:
    (section,) = re.findall(rf"^## {heading}.*?(?=^## )", README, re.S | re.M)
    assert len(examples(section)) == 1
    run(section, tmp_path, {}, whole=True)


@pytest.mark.parametrize(
    "document", [str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))]
)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (path.parent / target).exists(), f"{document}: {target}"
