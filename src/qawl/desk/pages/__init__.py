"""The pages of the desk, a module each: it asks the record, and fills in a template."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages."""
    from qawl.desk.pages import (
        accounts,
        alerts,
        article,
        audit,
        judging,
        read,
        saved,
        search,
        today,
        versions,
        watchlists,
    )

    pages = (accounts, alerts, article, audit, judging, read, saved, search, today, versions, watchlists)
    return [page.router for page in pages]
