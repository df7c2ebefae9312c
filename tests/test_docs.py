"""The examples in the documentation run, and print what they say."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.S | re.M)


@pytest.mark.parametrize("name", sorted(p.name for p in DOCS.glob("*.md") if ">>>" in p.read_text("utf-8")))
def test_examples(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    code = "\n".join(_EXAMPLE.findall(text))
    test = doctest.DocTestParser().get_doctest(code, {}, name, name, 0)
    assert test.examples
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert runner.run(test, out=report.append).failed == 0, "".join(report)


def test_python_guide_has_examples() -> None:
    assert (DOCS / "python.md").read_text("utf-8").count(">>>") > 5


def test_every_field_is_described() -> None:
    from qawl.schema import schema

    text = (DOCS / "record.md").read_text("utf-8")
    definitions = schema()["$defs"]
    names = [*schema()["properties"], *definitions["statement"]["properties"], *definitions["speaker"]["properties"]]
    missing = [name for name in names if f"`{name}`" not in text]
    assert not missing
