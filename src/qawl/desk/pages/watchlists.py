"""Watchlists: a speaker and a subject together; each opens on the line that it asks for."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from qawl.compare import watchlists
from qawl.compare.subjects import named, subject
from qawl.compare.watchlists import Watchlist
from qawl.desk import formats
from qawl.desk.desk import TheDesk
from qawl.desk.formats import Format
from qawl.desk.pages.asking import WrongError, wrong
from qawl.desk.pages.saved import Text, taken_out
from qawl.desk.rendering import address, page
from qawl.desk.visitors import Editor, Reader, RefusedError
from qawl.people.anchors import to_ref
from qawl.people.finding import Candidate, candidates
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.search.query import QueryError
from qawl.record.search.saved import clean_name

router = APIRouter(include_in_schema=False)

_COLUMNS = ("name", "person", "about", "who", "made_at")
_CANDIDATES = 10


@router.get("/watchlists")
def show(
    request: Request, desk: TheDesk, visitor: Reader, format: Format | None = None, person: str = "", about: str = ""
) -> Response:
    """The watchlists, and a form for another: `person` and `about` stand in it."""
    kept = watchlists.watchlists(desk.engine)
    if format == "json":
        return formats.as_json([asdict(one) for one in kept])
    if format == "csv":
        return formats.as_csv("qawl-watchlists", _COLUMNS, ([getattr(one, c) for c in _COLUMNS] for one in kept))
    if format == "atom":
        raise RefusedError(422, "saved-no-feed")
    return _page(request, desk, kept, {"person": person, "about": about})


@router.post("/watchlists")
def add(
    request: Request, desk: TheDesk, visitor: Editor, name: Text = "", person: Text = "", about: Text = ""
) -> Response:
    """Keep a watchlist. What is wrong with it is told on the page, with all that was written still there."""
    filled = {"name": name.strip(), "person": person.strip(), "about": about.strip()}
    try:
        clean_name(name, "a watchlist")
    except RecordError:
        return _again(request, desk, filled, WrongError("watchlists-wrong-name"))
    if any(one.name == filled["name"] for one in watchlists.watchlists(desk.engine)):
        return _again(request, desk, filled, WrongError("watchlists-taken"))
    with snapshot(desk.engine) as connection:
        if _ref(connection, filled["person"]) is None:
            found = candidates(connection, filled["person"])[:_CANDIDATES]
            key = "watchlists-several" if found else "watchlists-nobody"
            return _again(request, desk, filled, WrongError(key, filled["person"]), found)
        try:
            if not filled["about"]:
                raise WrongError("watchlists-wrong-about")
            subject(connection, filled["about"])
        except RecordError:
            return _again(request, desk, filled, WrongError("watchlists-wrong-about", filled["about"]))
        except QueryError as error:
            return _again(request, desk, filled, wrong(error))
        except WrongError as error:
            return _again(request, desk, filled, error)
    watchlists.add(desk.engine, **filled, who=visitor.name)
    return RedirectResponse(address(desk.settings.prefix, "/watchlists"), 303)


@router.post("/watchlists/remove")
def remove(desk: TheDesk, visitor: Editor, name: Text = "") -> Response:
    """Take a watchlist out, unless there is an alert on it."""
    return taken_out(desk, "watchlist", name, "watchlists", watchlists.remove)


def _again(
    request: Request, desk: TheDesk, filled: dict[str, str], error: WrongError, found: list[Candidate] | None = None
) -> Response:
    return _page(request, desk, watchlists.watchlists(desk.engine), filled, error, found or [])


def _page(
    request: Request,
    desk: TheDesk,
    kept: list[Watchlist],
    filled: dict[str, str],
    error: WrongError | None = None,
    found: list[Candidate] | None = None,
) -> Response:
    prefix = desk.settings.prefix
    rows = []
    with snapshot(desk.engine) as connection:
        for one in kept:
            ref = _ref(connection, one.person)
            open_ = address(prefix, f"/people/{ref}/line", about=one.about) if ref else None
            rows.append({"kept": one, "open": open_})
    several = [
        {"ref": to_ref(one.anchor), "name": one.name, "kind": one.kind, "count": one.statements} for one in found or []
    ]
    return page(
        request, "watchlists.html", 422 if error else 200, rows=rows, filled=filled, wrong=error, several=several
    )


def _ref(connection: Connection, written: str) -> str | None:
    """The public ID of whom a watchlist means; None for nobody, and for several."""
    try:
        return named(connection, written).ref
    except RecordError:
        return None
