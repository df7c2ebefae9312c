"""The messages: both languages say the same things, and templates ask for none that is not there."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from fluent.syntax import ast, parse

from qawl.desk.languages import LANGUAGES, Language, catalogue

_SAID = re.compile(r"""\bsay\(\s*["']([a-z0-9-]+)["']\s*[,)]""")


def _written(language: Language) -> dict[str, set[str]]:
    """Each message of a language with the values that it takes."""
    found: dict[str, set[str]] = {}
    for file in (files("qawl.desk") / "messages" / language).iterdir():
        resource = parse(file.read_text("utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ast.Junk), (file.name, entry.content)
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} twice"
                found[entry.id.name] = set(re.findall(r"\{\s*\$(\w+)", _source(file.read_text("utf-8"), entry)))
    return found


def _source(text: str, entry: ast.Message) -> str:
    assert entry.span is not None
    return text[entry.span.start : entry.span.end]


def test_both_languages_have_the_same_messages_with_the_same_values() -> None:
    arabic, english = _written("ar"), _written("en")
    assert arabic.keys() == english.keys()
    assert {key for key in arabic if arabic[key] != english[key]} == set()


#: Values that count something; others are a label's number, or a number that was put into words before.
_COUNTS = {"count", "left", "limit"}


def test_a_count_is_said_in_all_numbers_of_arabic() -> None:
    counted = 0
    for file in (files("qawl.desk") / "messages" / "ar").iterdir():
        for entry in parse(file.read_text("utf-8")).body:
            if not isinstance(entry, ast.Message) or entry.value is None:
                continue
            expressions = [p.expression for p in entry.value.elements if isinstance(p, ast.Placeable)]
            plain = {one.id.name for one in expressions if isinstance(one, ast.VariableReference)}
            assert entry.id.name in _WORDED or not plain & _COUNTS, entry.id.name
            for one in expressions:
                if not isinstance(one, ast.SelectExpression) or not isinstance(one.selector, ast.VariableReference):
                    continue
                if one.selector.id.name in _COUNTS:
                    counted += 1
                    keys = {v.key.name for v in one.variants if isinstance(v.key, ast.Identifier)}
                    assert keys >= {"zero", "one", "two", "few", "many", "other"}, entry.id.name
    assert counted > 20


#: Messages of a count that is put into words before.
_WORDED = {"alerts-mail-subject"}


def test_templates_ask_for_messages_that_there_are() -> None:
    known = catalogue("ar").keys()
    asked = {
        (file.name, key)
        for file in (files("qawl.desk") / "templates").iterdir()
        for key in _SAID.findall(file.read_text("utf-8"))
    }
    assert asked
    assert {(name, key) for name, key in asked if key not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_is_not_there_is_an_error(language: Language) -> None:
    with pytest.raises(KeyError):
        catalogue(language).say("no-such-message")


def test_arabic_counts_in_all_its_numbers() -> None:
    say = catalogue("ar").say
    said = [say("count-statements", count=n).replace("\u2068", "").replace("\u2069", "") for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا أقوال", "قول واحد", "قولان", "3 أقوال", "11 قولًا", "100 قول"]


def test_a_day_is_written_as_people_do() -> None:
    assert catalogue("ar").day("2024-03-05") == "5 مارس/آذار 2024"
    assert catalogue("en").day("2024-03-05T17:35:43Z") == "5 March 2024"
    assert catalogue("en").day(None) == ""
