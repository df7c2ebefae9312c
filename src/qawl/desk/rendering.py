"""Pages from templates: what every template knows, and what it writes escaped, whatever an article holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from qawl.desk.access.csrf import csrf_of
from qawl.desk.languages import DIRECTIONS, LANGUAGES, catalogue
from qawl.desk.preferences import THEMES, language_of, theme_of
from qawl.pages.article_page import printable, unturned


def page(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template with these values.

    Every template has besides: `say(KEY, …)` a message, `day(…)` and `number(…)` in the language of the page,
    `url(PATH, …)` an address of the desk with a query, `static(NAME)` that of one of its files, `here` this page,
    `visitor` who asks (null: not signed in), `csrf_token` what forms send back, `language`, `direction`, `theme`.
    """
    language = language_of(request)
    words = catalogue(language)
    settings = request.app.state.desk.settings
    url = partial(address, settings.prefix)
    path = request.scope["path"].removeprefix(settings.prefix)
    query = [(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "theme")]
    known: dict[str, Any] = {
        "say": words.say,
        "day": words.day,
        "number": words.number,
        "url": url,
        "static": partial(static_address, settings.prefix),
        "here": path + (f"?{urlencode(query)}" if query else ""),
        "path": path,
        "visitor": getattr(request.state, "visitor", None),
        "csrf_token": csrf_of(request),
        "accounts": settings.accounts,
        "language": language,
        "languages": LANGUAGES,
        "direction": DIRECTIONS[language],
        "theme": theme_of(request),
        "themes": THEMES,
    }
    return HTMLResponse(environment().get_template(template).render(known | values), status)


def address(prefix: str, path: str, /, **query: Any) -> str:
    """An address of the desk: a path with a query of those values that are not empty (a list gives one each)."""
    pairs = "&".join(
        f"{_quoted(key)}={_quoted(str(one))}"
        for key, value in query.items()
        for one in (value if isinstance(value, (list, tuple)) else (value,))
        if one is not None and one != ""
    )
    place = prefix + _quoted_path(path)
    return f"{place}?{pairs}" if pairs else place


# A page leads to a hundred addresses that have most of their parts in common.
_quoted = lru_cache(maxsize=4096)(quote_plus)
_quoted_path = lru_cache(maxsize=4096)(partial(quote, safe="/@:~-._"))


def static_address(prefix: str, name: str) -> str:
    """The address of a file of the desk's own; another one whenever the file is another."""
    return f"{prefix}/static/{name}?v={_digest(name)}"


@lru_cache(maxsize=64)
def _digest(name: str) -> str:
    return hashlib.sha256((files("qawl.desk") / "static" / name).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the desk. What they write is escaped; control characters that HTML does not allow are gone."""
    env = Environment(
        loader=PackageLoader("qawl.desk"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,  # they do not change, and nobody looks each time whether they have
        finalize=lambda value: printable(value) if isinstance(value, str) else value,
    )
    env.filters["apart"] = _apart
    env.filters["unturned"] = unturned
    return env


def _apart(value: object, css: str = "") -> Markup:
    """A name, a number, a foreign word: set apart, so that it does not turn the direction of what stands around it."""
    text = escape(unturned(printable(str(value))))
    return Markup(f'<bdi class="{escape(css)}">{text}</bdi>' if css else f"<bdi>{text}</bdi>")


def linkable(address: str | None) -> str | None:
    """The address of an article as published, where a browser may be sent there: http and https only."""
    return address if address and address.startswith(("https://", "http://")) else None


def merged(one: Mapping[str, Any], **other: Any) -> dict[str, Any]:
    """The values of a query with some of them changed: for links to the same page with one thing else."""
    return {**one, **other}
