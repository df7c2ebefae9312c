"""The pages of the desk, a module each: it asks the record, and fills in a template."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from fastapi import APIRouter

#: The modules that have routes, the first asked first.
_PAGES: Final = (
    "accounts",
    "alerts",
    "article",
    "articles",
    "audit",
    "help",
    "judging",
    "line",
    "people",
    "person",
    "read",
    "review",
    "saved",
    "search",
    "sources",
    "today",
    "versions",
    "voices",
    "watchlists",
)


def routers() -> list[APIRouter]:
    """The routes of all pages."""
    return [import_module(f"{__name__}.{name}").router for name in _PAGES]
