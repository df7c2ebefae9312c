"""The API of the desk, `/api/v1`: what the pages show, for programs. A module for each thing that can be asked for."""

from __future__ import annotations

from fastapi import APIRouter

#: Under which all of it stands.
ROOT = "/api/v1"


def router() -> APIRouter:
    """The routes of the API."""
    from qawl.desk.api import articles, description, judgements, people, read, search, statements
    from qawl.desk.api.routing import REFUSALS, limited

    found = APIRouter(prefix=ROOT, responses=REFUSALS, dependencies=[limited])
    for module in (read, articles, statements, search, people, judgements):
        found.include_router(module.router)
    found.include_router(description.router)
    return found
