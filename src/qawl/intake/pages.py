"""A page of the web, from wherever it came, to an article that knows its address."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message
from urllib.parse import urlsplit

from qawl.article import Article
from qawl.intake.html import article_from_html
from qawl.intake.options import Options, localised


def article_from_page(data: bytes, charset: str | None, *, url: str | None, options: Options) -> Article:
    """The article in the bytes of a page found at `url`; `charset` is what its server said. Its id is its address.

    Raises InputError where there is none.
    """
    article = article_from_html(data, url or "", published=options.published, url=url, charset=charset)
    return replace(article, published=localised(article.published, options.zone))


def host_of(url: str | None) -> str | None:
    """The host of an address, without `www.`; None where it has none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def content_type(value: str) -> tuple[str, str | None]:
    """The media type (`text/html`; empty where none is said) and the encoding in a Content-Type header."""
    message = Message()
    message["content-type"] = value
    return (message.get_content_type() if value else ""), message.get_content_charset()
