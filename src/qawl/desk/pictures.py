"""Pictures of figures: bars over time, drawn by pygal as SVG that stands in the page itself.

Of what pygal draws, its scripts and styles are left out: colours come from the classes of our own style sheet
(`pictures.css`), so that they follow the theme of the page, and the policy of the desk allows nothing inline. A picture
is hidden from screen readers, and its links from the keyboard: the table below it says the same and leads to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from qawl.desk.languages import DIRECTIONS, Catalogue, Language, catalogue

#: What a picture measures, in units of its own: the page stretches or shrinks it.
WIDTH: Final = 900
HEIGHT: Final = 220
_TEXT: Final = 12  # the size of its letters
_GAP: Final = 6  # between the axis and the figures beside it
_LINES: Final = 5  # across the picture, at most
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"


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


# Drawing takes longer than the rest of a page; those that many look at are drawn once.
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
    """The picture as pygal draws it, without what only its own styles and scripts would use."""
    import pygal  # takes a tenth of a second to load
    from pygal.style import Style

    to_left = DIRECTIONS[words.language] == "rtl"
    order = range(len(labels) - 1, -1, -1) if to_left else range(len(labels))
    room = max(1, WIDTH // ceil(max(map(len, labels), default=1) * _TEXT * 0.65 + _TEXT))
    chart = pygal.StackedBar(
        width=WIDTH,
        height=HEIGHT,
        margin=_TEXT,
        style=Style(label_font_size=_TEXT, major_label_font_size=_TEXT),
        css=[],
        js=[],
        show_legend=False,
        truncate_label=-1,
        show_minor_x_labels=False,
        x_labels_major_every=max(1, ceil(len(labels) / room)),
        order_min=0,  # no halves of a statement
        min_scale=1,
        max_scale=_LINES,
        value_formatter=lambda value: words.number(round(value)),
        disable_xml_declaration=True,
    )
    chart.x_labels = [labels[at] for at in order]
    for one in series:
        chart.add(one.label, [_bar(labels[at], one, at, words, links) for at in order])
    root = ElementTree.fromstring(chart.render())
    _clean(root, [one.css for one in series])
    if to_left:
        _mirror(root)
    root.attrib |= {"class": "bars", "aria-hidden": "true"}
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _bar(label: str, one: _Series, at: int, words: Catalogue, links: Sequence[str] | None) -> dict[str, Any]:
    value = one.values[at]
    bar: dict[str, Any] = {"value": value, "tooltip": f"{label}: {one.label} {words.number(value)}"}
    if links is not None:
        bar["xlink"] = {"href": links[at], "tabindex": "-1"}
    return bar


#: The parts of the drawing that are for pygal's own scripts, and backgrounds, which ours has none of.
_NOT_OURS: Final = frozenset({"background", "titles", "overlay", "text-overlay", "tooltip-overlay"})


def _clean(parent: Element, classes: Sequence[str]) -> None:
    """Take out of a drawing what is not ours, and give each series its own class."""
    _plain(parent)
    for child in list(parent):
        _plain(child)
        marks = child.get("class", "").split()
        empty = "bar" in marks and all(float(rect.get("height", 0)) == 0 for rect in child.iter() if _is(rect, "rect"))
        tooltip = child.tag == "title" and "bar" not in parent.get("class", "") and parent.tag != "a"
        if child.tag in ("defs", "desc") or tooltip or empty or not _NOT_OURS.isdisjoint(marks):
            parent.remove(child)
            continue
        if "series" in marks:
            number = next(int(mark.removeprefix("serie-")) for mark in marks if mark.startswith("serie-"))
            child.set("class", classes[number])
        _clean(child, classes)


def _is(element: Element, tag: str) -> bool:
    return element.tag.rpartition("}")[2] == tag


def _plain(element: Element) -> None:
    """Names without their namespaces: in a page of HTML, `svg` says all that is needed."""
    element.tag = element.tag.rpartition("}")[2]
    if _XLINK in element.attrib:
        element.set("href", element.attrib.pop(_XLINK))
    element.attrib.pop("id", None)


def _mirror(root: Element) -> None:
    """Put the axis of counts at the right, where a page that is read from there begins."""
    plot = next(group for group in root.iter("g") if group.get("class") == "plot")
    left, top = (int(number) for number in plot.attrib["transform"].removeprefix("translate(").rstrip(")").split(","))
    # The lines across go from one end of the plot to the other.
    width = max(float(path.attrib["d"].rpartition("h")[2]) for path in plot.iter("path") if "h" in path.attrib["d"])
    plot.set("transform", f"translate({WIDTH - width - left:.0f}, {top})")
    for axis in plot.iter("g"):
        if "y" in axis.get("class", "").split():
            for text in axis.iter("text"):
                text.set("x", f"{width + _GAP:.0f}")
