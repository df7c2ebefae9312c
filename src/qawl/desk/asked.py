"""What a form asks in the address of a page: a field that was left empty asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from fastapi import Path, Query
from pydantic import BeforeValidator, StringConstraints

T = TypeVar("T")

_Given: Final = BeforeValidator(lambda value: value or None if isinstance(value, str) else value)
#: A word or words; without those around them.
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
#: Of a choice (`Maybe[Literal[…]]`) or a day, what was chosen; None where nothing was.
Maybe = Annotated[T | None, _Given]
#: Days that bound a span, by the names that they have in all addresses.
From = Annotated[date | None, _Given, Query(alias="from")]
To = Annotated[date | None, _Given, Query(alias="to")]
#: The number of something in the record, as far as a database can count.
Number = Annotated[int, Path(ge=1, lt=2**62)]
Page = Annotated[int, Query(alias="page", ge=1, le=100_000)]


def written(values: Mapping[str, Any]) -> dict[str, str]:
    """The values of an address as its form shows them again: empty where nothing is asked."""
    return {name: "" if value is None else str(value) for name, value in values.items()}


def beside(asked: Mapping[str, Any], number: int, more: bool) -> dict[str, Any]:
    """The queries of the pages before (`back`) and after (`on`) page `number` of a list; None where there is none. The
    first page is the one without a number."""
    return {
        "back": {**asked, "page": number - 1 if number > 2 else None} if number > 1 else None,
        "on": {**asked, "page": number + 1} if more else None,
    }
