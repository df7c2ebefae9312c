"""The options of every command that looks for statements: what they must be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qawl.statement import ACTS, FORMS

if TYPE_CHECKING:
    from qawl.record.search.find import Filters

F = TypeVar("F", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


_DAY = click.DateTime(["%Y-%m-%d"])
_OPTIONS = (
    click.option("--speaker", metavar="NAME", help="Who says it, by any name in the article, or by an ID (e-…)."),
    click.option("--outlet", metavar="NAME", help="Who publishes it: an outlet's name, or words of it."),
    click.option("--from", "first", type=_DAY, callback=_day, metavar="DATE", help="Published from that day on."),
    click.option("--to", "last", type=_DAY, callback=_day, metavar="DATE", help="Published by that day."),
    click.option("--act", type=click.Choice(ACTS), help="What is done by saying it."),
    click.option("--about", metavar="NAME", help="What is named in it, or its ID (e-…)."),
    click.option("--form", type=click.Choice(FORMS), help="Quoted, partly quoted, or retold."),
)


def search_options(function: F) -> F:
    """The filters of a search; `filters(**values)` takes their values out of a command's."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def filters(values: dict[str, Any]) -> Filters:
    """The filters among a command's values, which are taken out of them."""
    from qawl.record.search.find import Filters

    names = ("speaker", "outlet", "first", "last", "act", "about", "form")
    return Filters(**{name: values.pop(name) for name in names})
