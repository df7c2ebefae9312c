"""A data set as a page with pictures: one file that needs nothing but itself, drawn here and not by the browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from qawl.corpus.stats import Stats
from qawl.pages.article_page import ACTS, FORMS

_MOST_BARS: Final = 20
_MOST_MONTHS: Final = 240


class Bar(NamedTuple):
    """One bar: what it stands for, how much that is, and its share of the longest, 0 to 1."""

    label: str
    value: int
    share: float


class Column(NamedTuple):
    """A month's bar: its value, and the place and height in a picture of 100 by 100."""

    label: str
    value: int
    at: float
    width: float
    height: float


def render(stats: Stats, name: str) -> str:
    """The page of a data set of that name."""
    return (
        _templates()
        .get_template("report.html")
        .render(
            name=name,
            stats=stats,
            outlets=bars([(row.outlet or "بلا اسم", row.statements) for row in stats.outlets]),
            acts=bars([(ACTS.get(row.name or "", row.name or ""), row.statements) for row in stats.acts]),
            forms=bars([(FORMS.get(row.name or "", row.name or ""), row.statements) for row in stats.forms]),
            speakers=bars([(row.name, row.statements) for row in stats.speakers]),
            months=columns([(row.month, row.statements) for row in stats.months if row.month]),
            undated=sum(row.articles for row in stats.months if row.month is None),
        )
    )


def bars(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    """The largest of these as bars."""
    longest = max((value for _, value in rows), default=0) or 1
    return [Bar(label, value, value / longest) for label, value in rows[:_MOST_BARS]]


def columns(rows: Sequence[tuple[str, int]]) -> list[Column]:
    """The last months as columns, one beside the other; a month of which there is nothing leaves its place empty."""
    if not rows:
        return []
    first, last = _ordinal(rows[0][0]), _ordinal(rows[-1][0])
    first = max(first, last - _MOST_MONTHS + 1)
    width = 100 / (last - first + 1)
    highest = max(value for _, value in rows) or 1
    return [
        Column(label, value, (_ordinal(label) - first) * width, width * 0.85, 100 * value / highest)
        for label, value in rows
        if _ordinal(label) >= first
    ]


def _ordinal(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


@lru_cache(maxsize=1)
def _templates() -> Environment:
    env = Environment(
        loader=ChoiceLoader([PackageLoader("qawl.corpus"), PackageLoader("qawl.pages")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: _printable(value) if isinstance(value, str) else value,
    )
    env.filters["grouped"] = lambda value: f"{value:,}"
    return env


def _printable(text: str) -> str:
    """The text without the control characters that HTML does not allow. Markup (escaped already) stays as it is."""
    if text.isprintable() or hasattr(text, "__html__"):
        return text
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" and c not in "\t\n" else c for c in text)
