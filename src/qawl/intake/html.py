"""HTML: headline, paragraphs and provenance of a page.

One pass over the parsed page in document order, linear in its size and safe at any depth. The extracted text is what
offsets count: headline, blank line, paragraphs with a blank line between them.
"""

from __future__ import annotations

import codecs
import re
from datetime import date

from charset_normalizer import from_bytes
from selectolax.lexbor import LexborHTMLParser

from qawl.arabic.dates import find_dates
from qawl.arabic.words import tokenize
from qawl.article import Article
from qawl.intake.errors import InputError
from qawl.intake.metadata import Metadata, page_metadata
from qawl.intake.page import Page, check_cost, outline
from qawl.intake.paragraphs import paragraphs

_START = re.compile(rb"\s{0,64}(?:<!doctype html|<html|<\?xml[^>]{0,200}>\s{0,64}<(?:!doctype html|html))", re.I)
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,8}=\s{0,8}[\"']?\s{0,8}([a-zA-Z0-9_:.-]{2,40})", re.I)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PARTS = re.compile(r"\s+(?:[|–—»«·]|-{1,2}|:{1,2})\s+")
_BYLINE = re.compile(r"(?:بقلم|كتب|كتبت|تقرير|إعداد|تحرير)\s*:\s*([^:|\d]{3,60})$")
_SHORTEST = 12  # characters of a headline; what is shorter may be the name of a section or of the outlet
_LINE = 80  # characters of a line with a date or an author

_LATIN = frozenset({"iso8859-1", "cp1252", "ascii"})
_SAMPLE = 1 << 16  # bytes shown to the detector of encodings: more makes it slower and no surer


def looks_like_html(data: bytes) -> bool:
    """Do these bytes begin as a web page does?"""
    return _START.match(data.removeprefix(codecs.BOM_UTF8)[:512]) is not None


def article_from_html(
    data: bytes, id: str, *, published: date | None = None, url: str | None = None, charset: str | None = None
) -> Article:
    """The article in a page: its text, and what the page says of its outlet, authors, address and date.

    `url` is where the page was found (None: a saved page, whose own word for it is taken); `charset` is what the server
    said. A date that is given wins over the page's. Raises InputError for a page that is empty, cannot be decoded or
    shows no text.
    """
    if not data:
        raise InputError("empty file")
    html = decode_html(data, charset)
    check_cost(html)
    tree = LexborHTMLParser(html)
    page = outline(tree)
    metadata = page_metadata(tree, url)
    headline, at = _headline(page, metadata)
    body = paragraphs(page, headline, at)
    text = "\n\n".join([headline, *body] if headline else body)
    if not text:
        raise InputError("an HTML page without text")
    return Article(
        text,
        id=id,
        outlet=metadata.outlet,
        url=url or metadata.canonical_url,
        published=published or metadata.published or _shown_date(page, at),
        headline=(0, len(headline)) if headline else None,
        authors=metadata.authors or _shown_authors(page, at),
        canonical_url=metadata.canonical_url,
    )


def decode_html(data: bytes, charset: str | None = None) -> str:
    """Decode a page by its byte order mark, else as its server or it itself says, else as UTF-8, else by detection.

    What is said is believed only where all bytes are of that encoding and it has Arabic letters. Where UTF-8 ends
    within a character, as in a page that did not arrive whole, U+FFFD stands for it. Raises InputError where nothing
    fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    declared = _CHARSET.search(data[:4096])
    for said in (charset, declared[1].decode("ascii") if declared else None, "utf-8"):
        try:
            # Any bytes are Latin-1, and many servers say so of whatever they send.
            if said and codecs.lookup(said).name not in _LATIN:
                return _decoded(data, said)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    # Detection guesses among what Arabic pages are really written in; a wider choice finds Cyrillic in short ones.
    guess = from_bytes(data[:_SAMPLE], cp_isolation=["utf_8", "cp1256", "iso8859_6", "utf_16_le", "utf_16_be"]).best()
    if guess is None:
        raise InputError("an HTML page whose encoding is neither declared nor to be detected")
    return data.decode(guess.encoding, errors="replace")


def _decoded(data: bytes, encoding: str) -> str:
    if codecs.lookup(encoding).name != "utf-8":
        return data.decode(encoding)
    decoder = codecs.getincrementaldecoder("utf-8")()
    text = decoder.decode(data)
    return text + "\ufffd" if decoder.getstate()[0] else text


def _headline(page: Page, metadata: Metadata) -> tuple[str, int | None]:
    """The headline, and the index of its block: what the page shows of the surest of its titles, in an h1 or elsewhere;
    else its first h1, else a part of a title that it shows, else the surest title."""
    firsts = [i for i, block in enumerate(page.blocks) if block.tag == "h1"]
    for title in metadata.titles:
        shown = [i for i in firsts if _agree(page.blocks[i].text, title)]
        shown = shown or [i for i, block in enumerate(page.blocks) if block.text == title]
        if shown:
            return page.blocks[shown[0]].text, shown[0]
    if firsts:
        return page.blocks[firsts[0]].text, firsts[0]
    wanted = {part for title in metadata.titles for part in _PARTS.split(title) if len(part) >= _SHORTEST}
    shown = [i for i, block in enumerate(page.blocks) if block.text in wanted]
    if shown:
        at = max(shown, key=lambda i: len(page.blocks[i].text))
        return page.blocks[at].text, at
    return (metadata.titles[0] if metadata.titles else ""), None


def _agree(shown: str, title: str) -> bool:
    return len(shown) >= _SHORTEST and (shown in title or title in shown)


def _near(page: Page, at: int | None) -> list[str]:
    """The short lines around the headline, where pages write date and author; of a page without one, none."""
    if at is None:
        return []
    return [block.text for block in page.blocks[max(0, at - 3) : at + 8] if len(block.text) <= _LINE]


def _shown_date(page: Page, at: int | None) -> date | None:
    """The date that the page shows near its headline: only one with its year counts."""
    for line in _near(page, at):
        for found in find_dates(tokenize(line)):
            if found.day is not None and found.month is not None and found.year is not None:
                return found.resolve()
    return None


def _shown_authors(page: Page, at: int | None) -> tuple[str, ...]:
    for line in _near(page, at):
        if found := _BYLINE.match(line):
            return (found[1].strip(),)
    return ()
