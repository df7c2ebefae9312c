"""The map of voices: who speaks about whom in a span of days, as a table that can be read without scripts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from math import log
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from sqlalchemy import Engine, select

from qawl.compare.voices import Matrix, Question, matrix, voices
from qawl.desk.asked import From, Maybe, To, Words, written
from qawl.desk.desk import TheDesk
from qawl.desk.formats import as_csv, as_json
from qawl.desk.languages import catalogue
from qawl.desk.preferences import language_of
from qawl.desk.rendering import address, merged, page
from qawl.desk.visitors import Reader
from qawl.pages.article_page import printable, unturned
from qawl.people.kinds import KINDS
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.listing import last_day
from qawl.statement import ACTS, Act

router = APIRouter(include_in_schema=False)

#: How many rows and columns there may be.
SIZES: Final = (20, 50, 100, 300)
#: What the page shows where no days are asked for: those of so many days up to the last of the record.
_DAYS: Final = 30
_LEVELS: Final = 5  # shades
_COUNTS: Final = 20_000  # that programs get at most

Kind = Literal["person", "organization", "group", "place", "document", "office"]


@router.get("/voices")
def show_voices(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    first: From = None,
    last: To = None,
    act: Maybe[Act] = None,
    outlet: Words = "",
    speakers: Maybe[Kind] = None,
    abouts: Maybe[Kind] = None,
    size: Literal["20", "50", "100", "300"] = "20",
    format: Maybe[Literal["json", "csv"]] = None,
) -> Response:
    """The table of the `size` who speak most by the `size` who are most spoken of; of these `speakers` and `abouts` are
    kinds."""
    o = tables.outlets.c
    with snapshot(desk.engine) as connection:
        if first is None and last is None and (newest := last_day(connection)) is not None:
            first, last = max(date.min + timedelta(_DAYS), newest) - timedelta(_DAYS - 1), newest
        question = Question(outlet=outlet or None, first=first, last=last, act=act)
        if format is not None:
            counts = voices(connection, question, limit=_COUNTS)
        else:
            outlets = connection.scalars(select(o.name).order_by(o.name)).all()
    if format == "json":
        return as_json([count.to_json() for count in counts])
    if format == "csv":
        head = ("statements", "act", "speaker_ref", "about_ref", "speaker", "about")
        rows = ((c.statements, c.act, c.speaker.ref, c.about.ref, c.speaker.name, c.about.name) for c in counts)
        return as_csv("voices", head, rows)
    found = desk.memory.of(
        desk.engine,
        ("voices", question, size, speakers, abouts),
        lambda: _matrix(desk.engine, question, int(size), speakers, abouts),
    )
    asked = written({"from": first, "to": last, "act": act, "outlet": outlet, "speakers": speakers, "abouts": abouts})
    prefix = desk.settings.prefix
    to = partial(address, prefix, "/voices")
    return page(
        request,
        "voices.html",
        asked=merged(asked, size=size),
        found=found,
        body=_body(found, prefix, asked, catalogue(language_of(request)).number),
        acts=ACTS,
        kinds=KINDS,
        outlets=outlets,
        sizes=SIZES,
        first=first,
        last=last,
        formats={name: to(**merged(asked, format=name)) for name in ("json", "csv")},
    )


def _matrix(engine: Engine, question: Question, most: int, speakers: Kind | None, abouts: Kind | None) -> Matrix:
    with snapshot(engine) as connection:
        return matrix(connection, question, most=most, speakers=speakers, abouts=abouts)


def _body(found: Matrix, prefix: str, asked: dict[str, str], number: Any) -> Markup:
    """The rows of the table. A large one has tens of thousands of cells, nearly all of them empty: they are written as
    short as HTML allows, and not by the template, which would take a second for them."""
    most = max(found.counts.values(), default=1)
    cells: list[list[tuple[int, int]]] = [[] for _ in found.speakers]
    for (row, column), count in found.counts.items():
        cells[row].append((column, count))
    lines = []
    for (speaker, says), filled in zip(found.speakers, cells, strict=True):
        written = [
            Markup('<tr><th scope="row"><a href="{}"><bdi>{}</bdi></a> <span>{}</span>').format(
                address(prefix, f"/people/{speaker.ref}"), unturned(printable(speaker.name)), number(says)
            )
        ]
        # What all links of a row have in common stands in front, and is not escaped again for each.
        common = address(
            prefix, "/search", speaker=speaker.ref, **{name: asked[name] for name in ("from", "to", "act", "outlet")}
        )
        link = Markup('<td class="s{}"><a href="{}&amp;about={}">{}</a>')
        common = Markup.escape(common)
        at = 0
        for column, count in sorted(filled):
            written.append(Markup("<td>") * (column - at))
            written.append(link.format(_level(count, most), common, found.abouts[column][0].ref, number(count)))
            at = column + 1
        written.append(Markup("<td>") * (len(found.abouts) - at))
        lines.append(Markup("").join(written))
    return Markup("\n").join(lines)


def _level(count: int, most: int) -> int:
    """The shade of a count, 1 to 5, by its logarithm."""
    return 1 if most <= 1 else min(_LEVELS, 1 + int(log(count) / log(most) * _LEVELS))
