"""The pages of the desk, a module each: it asks the record, and fills in a template."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages."""
    from qawl.desk.pages import accounts, article, audit, help, judging, read, review, search, today, versions

    pages = (accounts, article, audit, help, judging, read, review, search, today, versions)
    return [page.router for page in pages]
