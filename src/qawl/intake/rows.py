"""One row of a table, or one JSON object, to one article: which field is what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qawl.article import Article
from qawl.intake.dates import parse_date
from qawl.intake.errors import InputError
from qawl.intake.options import Options, localised

#: Our names of fields, and the names under which each is looked for, in this order, where the user maps none.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article_text", "articleBody", "full_text"),
    "headline": ("headline", "title"),
    "id": ("id", "article_id", "guid"),
    "outlet": ("outlet", "source", "publisher", "site_name", "sitename"),
    "url": ("url", "link", "source_url"),
    "canonical_url": ("canonical_url", "canonical"),
    "published": ("published", "published_at", "date_published", "datePublished", "pub_date", "pubdate", "date"),
    "authors": ("authors", "author", "byline"),
}


def article_from_row(row: Mapping[str, Any], options: Options) -> Article:
    """The article in a row: its text is the headline, a blank line and the body, each exactly as given.

    A headline that is two numbers is taken for its span in the text, as `Article.to_json` writes it. Raises InputError
    where the row has no text, or a field that is not of its kind.
    """
    text = _string(row, "text", options)
    headline = _field(row, "headline", options)
    span: tuple[int, int] | None = None
    if isinstance(headline, list) and len(headline) == 2 and all(type(place) is int for place in headline):
        span = (headline[0], headline[1])
        if text is None or not 0 <= span[0] < span[1] <= len(text):
            raise InputError(f"headline: {headline} is no span of the text")
    elif headline is not None and text is not None:
        text, span = joined(_string(row, "headline", options) or "", text)
    if text is None:
        raise InputError(_no_field("text", row, options))
    if not text.strip():
        raise InputError("an empty text")
    try:
        published = parse_date(_field(row, "published", options), options.date_format)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"published: {error}") from None
    return Article(
        text,
        id=_string(row, "id", options) or "",
        outlet=_string(row, "outlet", options) or options.outlet,
        url=_string(row, "url", options) or None,
        published=options.published or localised(published, options.zone),
        headline=span,
        authors=_authors(_field(row, "authors", options)),
        canonical_url=_string(row, "canonical_url", options) or None,
    )


def joined(headline: str, body: str) -> tuple[str, tuple[int, int] | None]:
    """Headline, blank line, body, and the headline's span. A body that begins with the headline's line has it once."""
    if not headline.strip():
        return body, None
    first = body.partition("\n")[0]
    if first.strip() == headline.strip():
        start = len(first) - len(first.lstrip())
        return body, (start, start + len(headline.strip()))
    return f"{headline}\n\n{body}", (0, len(headline))


def has_text(names: Mapping[str, object], options: Options) -> bool:
    """Is there a field among `names` that can hold the text?"""
    wanted = options.fields.get("text")
    return wanted in names if wanted else any(name in names for name in NAMES["text"])


def _field(row: Mapping[str, Any], name: str, options: Options) -> Any:
    """The value of our field `name`: of what the user maps to it (`a.b` being b inside a), else of its usual names."""
    mapped = options.fields.get(name)
    if mapped is None:
        return next((row[known] for known in NAMES[name] if row.get(known) is not None), None)
    if mapped in row:
        return row[mapped]
    value: Any = row
    for part in mapped.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _string(row: Mapping[str, Any], name: str, options: Options) -> str | None:
    value = _field(row, name, options)
    if value is None or isinstance(value, str):
        return value
    if name != "text" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if name == "outlet" and isinstance(value, Mapping) and isinstance(value.get("name"), str):
        return str(value["name"])
    raise InputError(f"{options.fields.get(name, name)}: text expected, not {type(value).__name__}")


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.replace("؛", ";").split(";")
    elif isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list | tuple):
        return ()
    names = [item.get("name") if isinstance(item, Mapping) else item for item in value]
    return tuple(dict.fromkeys(name.strip() for name in names if isinstance(name, str) and name.strip()))


def _no_field(name: str, row: Mapping[str, Any], options: Options) -> str:
    wanted = options.fields.get(name) or " or ".join(NAMES[name])
    there = ", ".join(list(map(str, row))[:12]) or "none"
    return f"no field {wanted} for the {name}; its fields are: {there[:300]}"
