"""States in the languages of the desk."""

from __future__ import annotations

from functools import cache

from babel import Locale

from qawl.desk.languages import Language
from qawl.people import states


def country(code: str, language: Language) -> str:
    """The usual name of a state by its code (ISO 3166); the Arabic one, or the code, where there is no other."""
    return _english().get(code) or states.label(code) if language == "en" else states.label(code)


@cache
def countries(language: Language) -> tuple[tuple[str, str], ...]:
    """The codes and names of all states that the record may know, in the order of the names."""
    names = {code: country(code, language) for code in states.codes().values()}
    return tuple(sorted(names.items(), key=lambda one: one[1].removeprefix("ال")))


@cache
def _english() -> dict[str, str]:
    return dict(Locale("en").territories)
