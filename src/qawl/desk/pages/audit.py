"""Who decided what: decisions of all kinds and what was done to the record, the newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from qawl.desk.desk import Desk, TheDesk
from qawl.desk.rendering import page
from qawl.desk.visitors import Reader
from qawl.people import audit
from qawl.people.audit import KINDS, Entry, Kind, Place
from qawl.record.export.csv import table

router = APIRouter(include_in_schema=False)

_PAGE: Final = 50  # entries on a page
_MOST: Final = 1000  # in one question for a file
#: What is done to the record as a whole, as far as the desk has words for it.
_ACTIONS: Final = frozenset(
    (
        *(
            "add",
            "watch",
            "reread",
            "import",
            "forget",
            "rebuild",
            "upgrade",
            "token-make",
            "token-close",
            "tokens-close",
        ),
        *("account-add", "account-role", "account-password", "account-close", "account-open"),
    )
)
_COLUMNS: Final = ("at", "who", "kind", "id", "what", "statement", "one", "other", "detail", "note", "undoes", "holds")


@router.get("/audit")
def shown(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    who: str = "",
    kind: Annotated[Literal["", "statement", "people", "record"], Query()] = "",
    after: str = "",
    format: Annotated[Literal["", "json", "csv"], Query()] = "",
) -> Response:
    """The page, or all that its filter lets through as a file."""
    kinds: tuple[Kind, ...] = (kind,) if kind else KINDS
    if format == "csv":
        return StreamingResponse(
            table(_COLUMNS, _rows(desk, who, kinds)),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="decisions.csv"'},
        )
    place = Place.of(after) if after else None
    found = audit.entries(desk.engine, who=who or None, kinds=kinds, after=place, limit=_PAGE + 1)
    entries, more = found[:_PAGE], len(found) > _PAGE
    if format == "json":
        following = str(entries[-1].place) if more else None
        return JSONResponse({"entries": [asdict(entry) for entry in entries], "next": following})
    return page(
        request,
        "audit.html",
        entries=entries,
        more=str(entries[-1].place) if more else "",
        deciders=audit.deciders(desk.engine),
        who=who,
        kind=kind,
        kinds=KINDS,
        after=after,
        actions=_ACTIONS,
    )


def _rows(desk: Desk, who: str, kinds: tuple[Kind, ...]) -> Iterator[tuple[Any, ...]]:
    place: Place | None = None
    while found := audit.entries(desk.engine, who=who or None, kinds=kinds, after=place, limit=_MOST):
        yield from map(_row, found)
        place = found[-1].place


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.at,
        entry.who,
        entry.kind,
        entry.id,
        entry.what,
        entry.ref,
        entry.one.name if entry.one else None,
        entry.other.name if entry.other else None,
        json.dumps(dict(entry.detail), ensure_ascii=False) if entry.detail else None,
        entry.note,
        entry.undoes,
        entry.holds,
    )
