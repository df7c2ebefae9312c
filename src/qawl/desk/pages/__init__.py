"""The pages of the desk, a module each: it asks the record, and fills in a template."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages."""
    from qawl.desk.pages import (
        alerts,
        articles,
        judging,
        line,
        people,
        person,
        saved,
        search,
        sources,
        voices,
        watchlists,
    )

    return [
        alerts.router,
        articles.router,
        judging.router,
        line.router,
        people.router,
        person.router,
        saved.router,
        search.router,
        sources.router,
        voices.router,
        watchlists.router,
    ]
