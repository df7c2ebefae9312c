"""What the desk says, in each of its languages: messages in Fluent files, `messages/LANGUAGE/*.ftl`.

What acts, forms and types are called stands in `qawl.pages.words`. Fluent sets names, numbers and Latin words that come
into a message apart in their direction (U+2068 … U+2069).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from fluent.runtime import FluentBundle, FluentResource

from qawl.pages.article_page import unturned
from qawl.pages.words import words
from qawl.record.citing import ENGLISH_MONTHS, MONTHS

Language = Literal["ar", "en"]
#: The first is the one in which the desk opens.
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
#: Which way each is written.
DIRECTIONS: Final[Mapping[Language, str]] = {"ar": "rtl", "en": "ltr"}


class Catalogue:
    """The messages of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        # Digits of one kind, commas between thousands: a figure is the same in both languages. ar-MA has stops.
        self._bundle = FluentBundle(["ar-AE" if language == "ar" else "en"])
        folder = files("qawl.desk") / "messages" / language
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".ftl"):
                self._bundle.add_resource(FluentResource(file.read_text("utf-8")))
        named = "".join(f"{kind}-{value} = {word}\n" for (kind, value), word in words(language).items())
        self._bundle.add_resource(FluentResource(named))
        self._plain: dict[str, str] = {}

    def say(self, key: str, **values: Any) -> str:
        """A message with these values in it. Raises KeyError for one that the language lacks, ValueError where a value
        is missing."""
        if not values and key in self._plain:
            return self._plain[key]
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        # What comes in is set apart by Fluent; it must not hold what ends that early.
        values = {name: unturned(value) if isinstance(value, str) else value for name, value in values.items()}
        said, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise ValueError(f"{key}: {errors[0]}")
        said = str(said)
        if not values:
            self._plain[key] = said
        return said

    def keys(self) -> frozenset[str]:
        """The names of all messages."""
        return frozenset(self._bundle._messages)  # it has no public list of them

    def day(self, day: date | str | None) -> str:
        """A day as people write it: `5 مارس/آذار 2024`. Of a point in time, its day; of none, nothing."""
        if not day:
            return ""
        try:
            found = date.fromisoformat(day[:10]) if isinstance(day, str) else day
        except ValueError:
            return str(day)
        month = (MONTHS if self.language == "ar" else ENGLISH_MONTHS)[found.month - 1]
        return f"{found.day} {month} {found.year}"

    def number(self, number: float) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}"


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(language)
