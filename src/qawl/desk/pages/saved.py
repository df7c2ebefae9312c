"""Saved searches: kept from the page of their results, opened, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Engine

from qawl.desk import formats
from qawl.desk.alerts import kept as alerts
from qawl.desk.alerts.kept import Of
from qawl.desk.desk import Desk, TheDesk
from qawl.desk.formats import Format
from qawl.desk.pages.asking import NAMES, WrongError, asked, names, values_of
from qawl.desk.rendering import address, page
from qawl.desk.visitors import Editor, Reader, RefusedError
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.search import saved

router = APIRouter(include_in_schema=False)

#: A text of a form.
Text = Annotated[str, Form(max_length=5_000)]


@router.get("/saved")
def show(request: Request, desk: TheDesk, visitor: Reader, format: Format | None = None) -> Response:
    """The saved searches."""
    kept = saved.searches(desk.engine)
    if format == "json":
        return formats.as_json([one.to_json() for one in kept])
    if format == "csv":
        values = {one.name: values_of(one.filters) for one in kept}
        rows = ((k.name, k.query, *(values[k.name].get(n) for n in NAMES), k.who, k.made_at) for k in kept)
        return formats.as_csv("qawl-saved", ("name", "query", *NAMES, "who", "made_at"), rows)
    if format == "atom":
        raise RefusedError(422, "saved-no-feed")
    prefix = desk.settings.prefix
    with snapshot(desk.engine) as connection:
        shown = [
            {
                "kept": one,
                "values": values_of(one.filters),
                "names": names(connection, values_of(one.filters)),
                "open": address(prefix, "/search", q=one.query, **values_of(one.filters)),
                "path": address("", "/search", q=one.query, **values_of(one.filters)),
                "feed": address(prefix, "/search", q=one.query, **values_of(one.filters), format="atom"),
            }
            for one in kept
        ]
    return page(request, "saved.html", rows=shown)


@router.post("/saved")
def keep(
    desk: TheDesk,
    visitor: Editor,
    name: Text = "",
    replace: Annotated[bool, Form()] = False,
    q: Text = "",
    speaker: Text = "",
    outlet: Text = "",
    act: Text = "",
    about: Text = "",
    form: Text = "",
    first: Annotated[str, Form(alias="from")] = "",
    last: Annotated[str, Form(alias="to")] = "",
) -> Response:
    """Keep a search under a name: `q` and the filters as in the address of a search. What has the name already is not
    replaced unasked."""
    values = {"speaker": speaker, "outlet": outlet, "act": act, "about": about, "form": form, "from": first, "to": last}
    try:
        name = saved.clean_name(name, "a saved search")
    except RecordError:
        raise RefusedError(422, "saved-wrong-name") from None
    with snapshot(desk.engine) as connection:
        try:
            question = asked({"q": q, **values}, connection)
            if question.is_nothing:
                raise RefusedError(422, "search-wrong-nothing")
            _ = question.query
        except WrongError:
            # The page of the search says what is wrong with it.
            return RedirectResponse(address(desk.settings.prefix, "/search", q=q, **values), 303)
    there = any(one.name == name for one in saved.searches(desk.engine))
    if there and not replace:
        return RedirectResponse(address(desk.settings.prefix, "/search", **question.address(taken=name)), 303)
    saved.save(desk.engine, name, question.words, question.filters, who=visitor.name)
    return RedirectResponse(address(desk.settings.prefix, "/saved"), 303)


@router.post("/saved/remove")
def remove(desk: TheDesk, visitor: Editor, name: Text = "") -> Response:
    """Take a saved search out, unless there is an alert on it."""
    return taken_out(desk, "search", name, "saved", saved.remove)


def taken_out(desk: Desk, of: Of, name: str, place: str, remove: Callable[[Engine, str], object]) -> Response:
    """Take out what is kept under a name, unless there is an alert on it, and go back to its page. `place` is the name
    of that page, with which its messages begin."""
    if alerts.hanging_on(desk.engine, of, name.strip()):
        raise RefusedError(409, f"{place}-alerts-hang")
    try:
        remove(desk.engine, name)
    except RecordError:
        raise RefusedError(404, f"{place}-gone") from None
    return RedirectResponse(address(desk.settings.prefix, f"/{place}"), 303)
