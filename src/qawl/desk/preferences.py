"""What a browser has chosen: the language of the desk, and light or dark. Both are kept in cookies of the browser."""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from qawl.desk.languages import LANGUAGES, Language

Theme = Literal["auto", "light", "dark"]
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)
_YEAR: Final = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)


def language_of(request: Request) -> Language:
    """The language to answer in: the one asked for with `?lang=`, else the browser's choice, else Arabic."""
    asked = request.query_params.get("lang") or request.cookies.get("language")
    return next((language for language in LANGUAGES if language == asked), LANGUAGES[0])


def theme_of(request: Request) -> Theme:
    """Light, dark, or as the machine is set."""
    asked = request.query_params.get("theme") or request.cookies.get("theme")
    return next((theme for theme in THEMES if theme == asked), THEMES[0])


@router.get("/preferences")
def choose(
    request: Request,
    language: Annotated[Language | None, Query()] = None,
    theme: Annotated[Theme | None, Query()] = None,
    back: str = "/",
) -> RedirectResponse:
    """Keep a choice, and go back to where it was made: a path of the desk (without its prefix)."""
    settings = request.app.state.desk.settings
    answer = RedirectResponse(settings.prefix + _own_path(back), 303)
    for name, value in (("language", language), ("theme", theme)):
        if value is not None:
            answer.set_cookie(
                name, value, _YEAR, path=settings.prefix or "/", secure=settings.secure, httponly=True, samesite="lax"
            )
    return answer


def _own_path(back: str) -> str:
    """That path if it leads nowhere else, else the first page."""
    split = urlsplit(back)
    own = back.startswith("/") and not back.startswith("//") and not split.netloc and "\\" not in back
    return back if own and back.isprintable() else "/"
