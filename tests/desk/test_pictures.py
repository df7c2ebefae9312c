"""Pictures of figures: what is drawn, which way it runs, and that the policy of the desk stops nothing of it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from qawl.desk.languages import LANGUAGES, Language
from qawl.desk.pictures import bars

_MONTHS = ["2024-01", "2024-02", "2024-03"]
_SERIES = [("act-assert", "a <b>", [3, 0, 1]), ("act-deny", "d", [0, 0, 1200])]


def _drawn(language: Language, **more: Any) -> ElementTree.Element:
    return ElementTree.fromstring(str(bars(_MONTHS, _SERIES, title='"t"', language=language, **more)))


def _columns(figure: ElementTree.Element) -> list[tuple[str, list[tuple[str, float]]]]:
    """The title of each column, and class and place from the left of each rectangle in it."""
    return [
        (
            column.findtext("title") or "",
            [(rect.get("class", ""), float(rect.get("x", "nan"))) for rect in column.iter("rect")],
        )
        for column in figure.iter()
        if column.get("class") == "bar"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bar_for_each_count_that_is_not_nought_in_reading_direction(language: Language) -> None:
    columns = _columns(_drawn(language))
    assert [(title, [css for css, _ in rects]) for title, rects in columns] == [
        ("2024-01: a <b> 3", ["act-assert"]),
        ("2024-03: a <b> 1 · d 1,200", ["act-assert", "act-deny"]),
    ]
    (_, [(_, first)]), (_, [(_, last), (_, upon_it)]) = columns
    assert (first < last) == (language == "en")
    assert last == upon_it


def test_bars_lie_on_one_another_within_the_plot() -> None:
    (_, third) = [column for column in _drawn("en").iter() if column.get("class") == "bar"]
    lower, upper = (({name: float(rect.attrib[name]) for name in ("y", "height")}) for rect in third.iter("rect"))
    assert upper["y"] + upper["height"] == pytest.approx(lower["y"], abs=0.2)
    assert 0 < upper["y"] < lower["y"]
    assert lower["height"] * 1200 == pytest.approx(upper["height"], rel=0.1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_others_wrote_stays_text(language: Language) -> None:
    hostile = '"><script>alert(1)</script>&'
    figure = ElementTree.fromstring(
        str(bars([hostile], [(hostile, hostile, [1])], title=hostile, language=language, links=[hostile]))
    )
    assert not list(figure.iter("script"))
    (column,) = (one for one in figure.iter("a") if one.get("class") == "bar")
    assert column.get("href") == hostile
    assert column.findtext("title") == f"{hostile}: {hostile} 1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_axis_of_counts_stands_where_reading_begins(language: Language) -> None:
    figure = _drawn(language)
    (axis,) = (group for group in figure.iter("g") if "y" in group.get("class", "").split())
    (plot,) = (group for group in figure.iter("g") if group.get("class") == "plot")
    left = int(plot.attrib["transform"][len("translate(") :].split()[0])
    places = [left + float(text.attrib["x"]) for text in axis.iter("text")]
    assert places
    assert all((place > 800) if language == "ar" else (0 < place < 100) for place in places)


def test_nothing_that_the_policy_stops() -> None:
    figure = _drawn("ar", links=["/a?x=1&y=2", "/b", "/c"])
    assert not [e.tag for e in figure.iter() if e.tag in ("script", "style", "defs")]
    assert not [name for e in figure.iter() for name in e.attrib if name == "style" or name.startswith("on")]


def test_the_table_says_the_same_and_has_the_links() -> None:
    table = next(_drawn("en", links=["/a?x=1&y=2", "/b", "/c"]).iter("table"))
    rows = [[("".join(cell.itertext())) for cell in row] for row in table.iter("tr")]
    assert rows == [["Time", "a <b>", "d"], ["2024-01", "3", "0"], ["2024-03", "1", "1,200"]]
    assert [link.attrib["href"] for link in table.iter("a")] == ["/a?x=1&y=2", "/c"]


def test_where_there_is_no_room_only_some_labels_are_written() -> None:
    months = [f"{2000 + n // 12}-{n % 12 + 1:02}" for n in range(120)]
    figure = ElementTree.fromstring(str(bars(months, [("c1", "n", [1] * 120)], title="t", language="en")))
    (axis,) = (group for group in figure.iter("g") if "x" in group.get("class", "").split())
    written = [text.text for text in axis.iter("text")]
    assert 5 <= len(written) <= 15
    assert written[0] == "2000-01"


@pytest.mark.parametrize(("labels", "counts"), [([], []), (["2024"], [0]), (["2024"], [7]), (["1", "2"], [0, 0])])
def test_few_figures_or_none(labels: list[str], counts: list[int]) -> None:
    for language in LANGUAGES:
        figure = ElementTree.fromstring(str(bars(labels, [("act-ask", "n", counts)], title="t", language=language)))
        assert len(_columns(figure)) == sum(map(bool, counts))
