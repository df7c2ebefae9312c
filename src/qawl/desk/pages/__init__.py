"""The pages of the desk, a module each: it asks the record, and fills in a template."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages."""
    from qawl.desk.pages import (
        accounts,
        alerts,
        article,
        articles,
        audit,
        help,
        judging,
        line,
        people,
        person,
        read,
        review,
        saved,
        search,
        sources,
        today,
        versions,
        voices,
        watchlists,
    )

    return [
        accounts.router,
        alerts.router,
        article.router,
        articles.router,
        audit.router,
        help.router,
        judging.router,
        line.router,
        people.router,
        person.router,
        read.router,
        review.router,
        saved.router,
        search.router,
        sources.router,
        today.router,
        versions.router,
        voices.router,
        watchlists.router,
    ]
