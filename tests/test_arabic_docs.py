"""The documents in Arabic show the same commands and the same output as those in English, which the tests run."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell_examples import examples

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.parametrize("name", [path.name for path in sorted((DOCS / "ar").glob("*.md"))])
def test_the_examples_are_those_of_the_english_page(name: str) -> None:
    arabic, english = ((folder / name).read_text("utf-8") for folder in (DOCS / "ar", DOCS))
    assert examples(arabic) == examples(english)
    assert arabic.count("\n## ") == english.count("\n## ")
