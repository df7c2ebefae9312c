"""How lists from the record are printed: as lines for the eyes, or as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from textwrap import TextWrapper
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_WIDTH = 100


def plain(text: str) -> str:
    """The text without control characters, which must not drive the terminal; marks that only steer direction stay,
    for they make Arabic readable."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)


def print_json(values: Iterable[Any]) -> None:
    """One JSON value a line."""
    for value in values:
        click.echo(json.dumps(value, ensure_ascii=False))


def print_table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Columns of which the last, where the Arabic is, is not filled up: nothing behind it can get out of line."""
    cells = [[plain("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)][:-1]
    for row in [list(head), *cells]:
        filled = [f"{cell:>{width}}" for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*filled, row[-1]]).rstrip())


def wrapped(text: str, indent: str) -> list[str]:
    """The text on one line, plain, in lines of at most 100 characters that begin with the indent; words stay whole."""
    wrapper = TextWrapper(
        _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(" ".join(plain(text).split()))


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 article, 2 articles, 2 copies."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def json_option(function: F) -> F:
    """The option --json. The command takes it as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line.")(function)


def machine_option(function: F) -> F:
    """The option --machine. The command takes it as `machine`."""
    return click.option("--machine", is_flag=True, help="As the reader had it, without what people decided.")(function)


def filter_options(function: F) -> F:
    """The options --outlet, --from and --to. The command takes them as `outlet`, `first` and `last`."""
    day = click.DateTime(["%Y-%m-%d"])
    for option in (
        click.option("--to", "last", type=day, callback=_day, metavar="DATE", help="Published by that day."),
        click.option("--from", "first", type=day, callback=_day, metavar="DATE", help="Published from that day on."),
        click.option("--outlet", metavar="NAME", help="Of this outlet alone."),
    ):
        function = option(function)
    return function


def _day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None
