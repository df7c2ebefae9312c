"""Alerts: made of a saved search or a watchlist, looked after, removed. For editors: addresses may be secret."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from qawl.compare import watchlists
from qawl.desk import formats
from qawl.desk.alerts import kept
from qawl.desk.alerts.delivery import SIGNATURE
from qawl.desk.alerts.kept import BY, OF, Alert, AlertError, By, Of
from qawl.desk.asked import Number
from qawl.desk.desk import TheDesk
from qawl.desk.formats import Format
from qawl.desk.pages.saved import Text
from qawl.desk.rendering import address, page
from qawl.desk.visitors import Editor, RefusedError
from qawl.record.errors import RecordError
from qawl.record.search import saved

router = APIRouter(include_in_schema=False)

_COLUMNS = ("name", "of", "asked", "by", "who", "made_at", "asked_at", "sent_at", "failures", "last_error")


@router.get("/alerts")
def show(
    request: Request, desk: TheDesk, visitor: Editor, format: Format | None = None, of: str = "", asked: str = ""
) -> Response:
    """The alerts, and a form for another: `of` and `asked` stand in it."""
    if format == "json":
        return formats.as_json([alert.to_json() for alert in kept.alerts(desk.engine)])
    if format == "csv":
        rows = (alert.to_json().values() for alert in kept.alerts(desk.engine))
        return formats.as_csv("qawl-alerts", _COLUMNS, rows)
    if format == "atom":
        raise RefusedError(422, "saved-no-feed")
    return _page(request, desk, {"what": f"{of} {asked}", "name": asked})


@router.post("/alerts")
def add(
    request: Request,
    desk: TheDesk,
    visitor: Editor,
    name: Text = "",
    what: Text = "",
    by: Annotated[By, Form()] = "webhook",
    target: Text = "",
) -> Response:
    """Keep an alert; `what` is `search` or `watchlist`, a space, and its name. The answer shows the secret of a
    webhook, this once."""
    filled = {"name": name, "what": what, "by": by, "target": target}
    of, _, asked = what.partition(" ")
    try:
        if by == "email" and desk.settings.means.mail is None:
            raise AlertError("this desk knows no mail server", "mail")
        alert = kept.add(desk.engine, name, _of(of), asked, by, target, who=visitor.name)
    except AlertError as error:
        return _page(request, desk, filled, wrong=error.key)
    if alert.secret is None:
        return RedirectResponse(address(desk.settings.prefix, "/alerts"), 303)
    return _page(request, desk, {}, made=alert)


def _of(written: str) -> Of:
    for one in OF:
        if written == one:
            return one
    raise AlertError(f"{written}: neither a search nor a watchlist", "asked")


@router.post("/alerts/{id}/again")
def again(desk: TheDesk, visitor: Editor, id: Number) -> Response:
    """Send an alert again that had failed too often."""
    try:
        kept.take_up(desk.engine, id)
    except RecordError:
        raise RefusedError(404, "alerts-gone") from None
    desk.alerts.soon()
    return RedirectResponse(address(desk.settings.prefix, "/alerts"), 303)


@router.post("/alerts/{id}/remove")
def remove(desk: TheDesk, visitor: Editor, id: Number) -> Response:
    """Take an alert out."""
    try:
        kept.remove(desk.engine, id)
    except RecordError:
        raise RefusedError(404, "alerts-gone") from None
    return RedirectResponse(address(desk.settings.prefix, "/alerts"), 303)


def _page(
    request: Request, desk: TheDesk, filled: dict[str, str], *, wrong: str = "", made: Alert | None = None
) -> Response:
    return page(
        request,
        "alerts.html",
        422 if wrong else 200,
        alerts=kept.alerts(desk.engine),
        choices={
            "search": [one.name for one in saved.searches(desk.engine)],
            "watchlist": [one.name for one in watchlists.watchlists(desk.engine)],
        },
        ways=[by for by in BY if by == "webhook" or desk.settings.means.mail is not None],
        filled=filled,
        wrong=wrong,
        made=made,
        signature=SIGNATURE,
    )
