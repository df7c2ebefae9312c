"""The pages of the desk, a module each: it asks the record, and fills in a template."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages."""
    from qawl.desk.pages import search

    return [search.router]
