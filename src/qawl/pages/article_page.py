"""A reading for a browser: a self-contained page in which every statement has the colour of its speaker.

The page is written in parts (`head`, one `article` each, `foot`), so that any number of articles needs the memory of
one. No part of an article reaches the page unescaped: Jinja's autoescape stands between them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from qawl.article import Article
from qawl.pages.marking import by_speaker, lines
from qawl.pages.words import arabic
from qawl.statement import Reading

#: Colours of speakers in `page.css`; with more speakers they begin again (the number on the badge tells them apart).
COLOURS = 8

ACTS, FORMS, TYPES = arabic("act"), arabic("form"), arabic("type")


def head(count: int) -> str:
    """The beginning of a page of `count` articles."""
    return templates().get_template("head.html").render(count=count)


def foot() -> str:
    """The end of a page."""
    return templates().get_template("foot.html").render()


def article(article: Article, reading: Reading) -> str:
    """One article: its text with the statements marked, a legend of the speakers, the list of statements for print."""
    numbers = {speaker.id: n for n, speaker in enumerate((s for s, _ in by_speaker(reading) if s is not None), 1)}
    return (
        templates()
        .get_template("article.html")
        .render(
            article=article,
            reading=reading,
            groups=by_speaker(reading),
            lines=list(lines(article, reading.statements)),
            badge=lambda who: numbers[who.id] if who is not None else "؟",
            colour=lambda who: f"c{(numbers[who.id] - 1) % COLOURS + 1}" if who is not None else "c0",
            link=article.url if article.url and article.url.startswith(("https://", "http://")) else None,
        )
    )


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of all pages; what they write is escaped, and without control characters."""
    env = Environment(
        loader=PackageLoader("qawl.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: unturned(printable(value)) if isinstance(value, str) else value,
    )
    env.globals.update(acts=ACTS, forms=FORMS, types=TYPES)
    return env


#: Embeddings, overrides and isolates: one that an article does not close, or closes twice, turns what stands around it.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unturned(text: str) -> str:
    """The text without the invisible characters that turn the direction of what follows them: its letters stand in the
    order in which they are stored. Markup (escaped already) stays as it is."""
    return text if hasattr(text, "__html__") else _TURNS.sub("", text)


def printable(text: str) -> str:
    """The text without the control characters that HTML does not allow. Markup (escaped already) stays as it is."""
    if text.isprintable() or hasattr(text, "__html__"):
        return text
    text = text.replace("\r", " ")  # of a line end in the manner of Windows
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" and c not in "\t\n" else c for c in text)
