"""An article as it was published: one immutable text and what is known of where it came from.

Every offset in Qawl counts Unicode code points in `Article.text` and is half-open: ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """The text as published (headline, blank line, body) and its provenance.

    `text` is never changed after it was made. `headline` is the half-open span of the headline *in that text*
    (None: the first non-empty line is taken for it when the article is read and it looks like one). `url` is where the
    article was found, `canonical_url` the address that the page itself gives as its own. `published` is a date, or a
    time with its zone where that is known.
    """

    text: str
    id: str = ""
    outlet: str | None = None
    url: str | None = None
    published: datetime | date | None = None
    headline: tuple[int, int] | None = None
    authors: tuple[str, ...] = ()
    canonical_url: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A dictionary of JSON values; `Article.from_json` reads it back."""
        return {
            "id": self.id,
            "text": self.text,
            "outlet": self.outlet,
            "url": self.url,
            "published": self.published.isoformat() if self.published else None,
            "headline": list(self.headline) if self.headline else None,
            "authors": list(self.authors),
            "canonical_url": self.canonical_url,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Article:
        """Read what `to_json` wrote. Raises KeyError or ValueError where the value is not of that form."""
        headline = value.get("headline")
        return cls(
            text=value["text"],
            id=value.get("id") or "",
            outlet=value.get("outlet"),
            url=value.get("url"),
            published=_published(value.get("published")),
            headline=(int(headline[0]), int(headline[1])) if headline else None,
            authors=tuple(value.get("authors") or ()),
            canonical_url=value.get("canonical_url"),
        )


def _published(value: str | None) -> datetime | date | None:
    if not value:
        return None
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
