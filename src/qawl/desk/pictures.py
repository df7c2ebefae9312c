"""Pictures of figures: bars over time, drawn as SVG that stands in the page itself.

The elements are those of the library `svg`, which escapes nothing: what is not our own word or number goes through
`escape`. Where the bars stand is worked out here, since no library for charts draws from right to left; the one that
was tried took 18 ms for a picture, this takes about one.

Colours come from the classes of our own style sheet (`pictures.css`), so that they follow the theme of the page, and
the policy of the desk allows nothing inline. A picture is hidden from screen readers, and its links from the keyboard:
the table below it says the same and leads to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Final, NamedTuple

import svg
from markupsafe import Markup, escape

from qawl.desk.languages import DIRECTIONS, Catalogue, Language, catalogue

#: What a picture measures, in units of its own: the page stretches or shrinks it.
WIDTH: Final = 900
HEIGHT: Final = 220
_TEXT: Final = 12  # the size of its letters, and the margin around it
_GAP: Final = 6  # between the axis and the figures beside it
_FIGURE: Final = 8  # the width of a figure
_LETTER: Final = 0.5  # that of a letter, for its size
_ABOVE: Final = 1.04  # how much higher than the highest bar the plot is
_WIDE: Final = 0.88  # of the room of a bar is the bar
_LINES: Final = 5  # across the picture, at most


class _Series(NamedTuple):
    css: str
    label: str
    values: tuple[int, ...]


def bars(
    labels: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[int]]],
    *,
    title: str,
    language: Language,
    links: Sequence[str] | None = None,
) -> Markup:
    """Bars of stacked counts, one for each label, and the same counts as a table.

    Parameters:
        labels: what stands under the bars, from the first to the last in time. They are drawn in the direction in
            which the language reads; where there is no room for all, only some are written.
        series: what lies on top of one another: a class that gives the colour (`c1`, `act-deny`), what it is called,
            and a count for each label.
        title: what the picture shows.
        links: where each bar leads.
    """
    kept = tuple(_Series(css, label, tuple(values)) for css, label, values in series)
    return _bars(tuple(labels), kept, title, language, tuple(links) if links is not None else None)


# Those that many look at are drawn once.
@lru_cache(maxsize=256)
def _bars(
    labels: tuple[str, ...], series: tuple[_Series, ...], title: str, language: Language, links: tuple[str, ...] | None
) -> Markup:
    words = catalogue(language)
    return Markup('<figure class="picture"><figcaption>{}</figcaption>{}{}{}</figure>').format(
        title,
        _legend(series) if len(series) > 1 else "",
        # A picture that is wider than a phone can be moved, also with the keyboard.
        Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}">{}</div>').format(
            title, _drawn(labels, series, words, links)
        ),
        _table(labels, series, title, words, links),
    )


def _legend(series: Sequence[_Series]) -> Markup:
    entry = Markup('<li class="{}">{}</li>')
    entries = Markup("").join(entry.format(one.css, one.label) for one in series)
    return Markup('<ul class="legend" aria-hidden="true">{}</ul>').format(entries)


def _table(
    labels: Sequence[str],
    series: Sequence[_Series],
    title: str,
    words: Catalogue,
    links: Sequence[str] | None,
) -> Markup:
    """The counts, where there are any, as a table that opens."""
    heads = Markup("").join(Markup('<th class="number" scope="col">{}</th>').format(one.label) for one in series)
    lines = []
    for at, label in enumerate(labels):
        if not any(one.values[at] for one in series):
            continue
        name = Markup('<a href="{}">{}</a>').format(links[at], label) if links is not None else label
        counts = Markup("").join(
            Markup('<td class="number">{}</td>').format(words.number(one.values[at])) for one in series
        )
        lines.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, counts))
    return Markup(
        '<details><summary>{}</summary><div class="scroll" tabindex="0" role="group" aria-label="{}"><table><thead><tr>'
        '<th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table></div></details>'
    ).format(words.say("pictures-table"), title, words.say("pictures-when"), heads, Markup("").join(lines))


def _drawn(labels: Sequence[str], series: Sequence[_Series], words: Catalogue, links: Sequence[str] | None) -> Markup:
    """The picture: lines across with their counts where reading begins, bars on one another, labels under them."""
    to_left = DIRECTIONS[words.language] == "rtl"
    totals = [sum(counts) for counts in zip(*(one.values for one in series), strict=True)]
    step = _step(max(totals, default=0))
    lines = range(0, max([1, *totals]) + 1, step)
    beside = max(len(words.number(count)) for count in lines) * _FIGURE + _GAP
    width, height = WIDTH - 2 * _TEXT - beside, HEIGHT - 3 * _TEXT - _GAP
    unit = height / (max([1, *totals]) * _ABOVE)
    room = width / max(1, len(labels))
    left = [room * (len(labels) - 1 - at if to_left else at) for at in range(len(labels))]
    axis: list[svg.Element] = []
    for count in lines:
        y = height - count * unit
        axis.append(svg.Path(d=[svg.M(0, round(y, 1)), svg.h(width)]))
        at_edge = width + _GAP if to_left else -_GAP
        axis.append(svg.Text(x=at_edge, y=round(y + _TEXT / 3, 1), text=words.number(count)))
    before = _TEXT + (0 if to_left else beside)

    def under(at: int) -> float:
        """Where the middle of a label is: under its bar, or as near to it as the edge of the picture lets it."""
        half = len(labels[at]) * _TEXT * _LETTER / 2
        return max(half - before, min(left[at] + room / 2, WIDTH - before - half))

    # Where there is no room for all labels, each so many-th.
    longest = ceil(max(map(len, labels), default=1) * _TEXT * 0.65 + _TEXT)
    each = max(1, ceil(len(labels) / max(1, WIDTH // longest)))
    written: list[svg.Element] = [
        svg.Text(x=round(under(at), 1), y=height + _TEXT + _GAP, text=escape(labels[at]))
        for at in range(0, len(labels), each)
    ]
    columns: list[svg.Element] = []
    for at, label in enumerate(labels):
        there = [one for one in series if one.values[at]]
        if not there:
            continue
        counts = " · ".join(f"{one.label} {words.number(one.values[at])}" for one in there)
        column: list[svg.Element] = [svg.Title(text=escape(f"{label}: {counts}"))]
        top = float(height)
        for one in there:
            top -= one.values[at] * unit
            column.append(
                svg.Rect(
                    class_=[escape(one.css)],
                    x=round(left[at] + room * (1 - _WIDE) / 2, 1),
                    y=round(top, 1),
                    width=round(room * _WIDE, 1),
                    height=round(one.values[at] * unit, 2),
                )
            )
        if links is None:
            columns.append(svg.G(class_=["bar"], elements=column))
        else:
            columns.append(svg.A(class_=["bar"], href=escape(links[at]), tabindex=-1, elements=column))
    plot = svg.G(
        class_=["plot"],
        transform=[svg.Translate(before, _TEXT)],
        elements=[
            svg.G(class_=["axis", "y"], elements=axis),
            svg.G(class_=["axis", "x"], elements=written),
            *columns,
        ],
    )
    picture = svg.SVG(
        class_=["bars"],
        xmlns=None,
        viewBox=svg.ViewBoxSpec(0, 0, WIDTH, HEIGHT),
        extra={"aria-hidden": "true"},
        elements=[plot],
    )
    return Markup(picture.as_str())


def _step(most: int) -> int:
    """How far apart the lines across are: 1, 2 or 5 times a power of ten, so that they are few."""
    step = 1
    while most // step + 1 > _LINES:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
