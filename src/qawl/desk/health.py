"""For those who watch over the desk: does it run, and can it answer?"""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from qawl.desk.desk import TheDesk
from qawl.record.engine import HEAD, snapshot
from qawl.record.tables import VERSION_TABLE

router = APIRouter(include_in_schema=False)

_log = logging.getLogger(__name__)


@router.get("/health")
def health() -> Response:
    """It runs."""
    return PlainTextResponse("alive\n")


@router.get("/ready")
def ready(desk: TheDesk) -> Response:
    """The database answers, and is of the version that this Qawl knows; else 503."""
    try:
        with snapshot(desk.engine) as connection:
            found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    except SQLAlchemyError:
        _log.exception("the database does not answer")
        return PlainTextResponse("the database does not answer\n", 503)
    if found != HEAD:
        return PlainTextResponse("the database is of another version\n", 503)
    return PlainTextResponse("ready\n")
