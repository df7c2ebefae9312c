"""Simple HTML: headline, paragraphs and provenance of a saved page.

One pass over the parsed page in document order, linear in its size and safe at any depth. The extracted text is what
offsets count: headline, blank line, paragraphs with a blank line between them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from charset_normalizer import from_bytes
from selectolax.lexbor import LexborHTMLParser, LexborNode

from qawl.article import Article
from qawl.intake.errors import InputError

_START = re.compile(rb"\s{0,64}(?:<!doctype html|<html|<\?xml[^>]{0,200}>\s{0,64}<(?:!doctype html|html))", re.I)
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,8}=\s{0,8}[\"']?\s{0,8}([a-zA-Z0-9_:.-]{2,40})", re.I)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SPACES = re.compile(r"[ \t\n\r\f]+")

_HIDDEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "iframe",
        "svg",
        "math",
        "button",
        "select",
        "option",
        "textarea",
        "figure",
        "figcaption",
        "audio",
        "video",
        "object",
        "head",
        "dialog",
        "menu",
    }
)
_BLOCKS = frozenset(
    {
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "header",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "address",
        "center",
        "hgroup",
        "details",
        "summary",
        "hr",
    }
)
_PROSE = frozenset(
    {
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "li",
        "dd",
        "pre",
    }
)
_SAMPLE = 1 << 16  # bytes shown to the detector of encodings: more makes it slower and no surer


@dataclass(slots=True)
class _Block:
    """A run of text of one block element, with its tag, its enclosing article or main, and its share of link text."""

    tag: str
    scope: int
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        return _SPACES.sub(" ", "".join(self.pieces)).strip()


def looks_like_html(data: bytes) -> bool:
    """Do these bytes begin as a web page does?"""
    return _START.match(data.removeprefix(codecs.BOM_UTF8)[:512]) is not None


def article_from_html(data: bytes, id: str, *, published: date | None = None) -> Article:
    """The article in a saved page: its text, and its outlet, address and date where the page's metadata give them.

    Raises InputError for a page that is empty, cannot be decoded or shows no text.
    """
    if not data:
        raise InputError("empty file")
    tree = LexborHTMLParser(decode_html(data))
    blocks = _blocks(tree.root) if tree.root is not None else []
    headline = _headline(tree, blocks)
    body = [text for text in _body(blocks) if text != headline]
    text = "\n\n".join([headline, *body] if headline else body)
    if not text:
        raise InputError("an HTML page without text")
    return Article(
        text,
        id=id,
        outlet=_meta(tree, "og:site_name"),
        url=_attribute(tree, 'link[rel="canonical"]', "href") or _meta(tree, "og:url"),
        published=published or _published(tree),
        headline=(0, len(headline)) if headline else None,
    )


def decode_html(data: bytes) -> str:
    """Decode a page by its byte order mark, else as it declares, else as UTF-8, else by detection.

    Raises InputError where nothing fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    declared = _CHARSET.search(data[:4096])
    for name in ([declared[1].decode("ascii")] if declared else []) + ["utf-8"]:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    # Detection guesses among what Arabic pages are really written in; a wider choice finds Cyrillic in short ones.
    guess = from_bytes(data[:_SAMPLE], cp_isolation=["utf_8", "cp1256", "iso8859_6", "utf_16_le", "utf_16_be"]).best()
    if guess is None:
        raise InputError("an HTML page whose encoding is neither declared nor to be detected")
    return data.decode(guess.encoding, errors="replace")


def _blocks(root: LexborNode) -> list[_Block]:
    """The visible text of a page, block by block. What holds for an element holds for all below it, so each node looks
    only at its parent, which was seen before."""
    hidden: set[int] = set()
    block: dict[int, LexborNode] = {}
    scope: dict[int, int] = {}
    linked: set[int] = set()
    blocks: list[_Block] = []
    last = 0
    for node in root.traverse(include_text=True):
        parent = node.parent
        above = parent.mem_id if parent is not None else 0
        here = node.mem_id
        tag = node.tag or ""
        if above in hidden or tag in _HIDDEN or tag == "!--":
            hidden.add(here)
            continue
        if tag == "-text":
            owner = block.get(above)
            at = owner.mem_id if owner is not None else 0
            if at != last or not blocks:
                blocks.append(_Block((owner.tag if owner is not None else "") or "", scope.get(above, 0)))
                last = at
            piece = node.text(deep=False) or ""
            blocks[-1].pieces.append(piece)
            if above in linked:
                blocks[-1].linked += len(piece)
            continue
        if tag == "br":
            last = -1
            continue
        if tag in _BLOCKS:
            block[here] = node
        elif above in block:
            block[here] = block[above]
        if tag in {"article", "main"} or "articleBody" in (node.attributes.get("itemprop") or ""):
            scope[here] = here
        elif above in scope:
            scope[here] = scope[above]
        if tag == "a" or above in linked:
            linked.add(here)
    return [found for found in blocks if found.text]


def _headline(tree: LexborHTMLParser, blocks: list[_Block]) -> str:
    """The page's headline: its first h1, else the title that it gives to those who link to it, else its own."""
    for block in blocks:
        if block.tag == "h1":
            return block.text
    title = _meta(tree, "og:title")
    if not title:
        node = tree.css_first("title")
        title = node.text() if node is not None else ""
    return _SPACES.sub(" ", title).strip()


def _body(blocks: list[_Block]) -> list[str]:
    """The paragraphs of the article: those of the scope with most prose where that holds half of the page's prose, else
    all; lists of links are left out; without any prose element, every block."""
    prose = [b for b in blocks if b.tag in _PROSE and 2 * b.linked <= len(b.text)]
    if not prose:
        return [b.text for b in blocks if b.tag != "h1" and 2 * b.linked <= len(b.text)]
    weight: dict[int, int] = {}
    for b in prose:
        weight[b.scope] = weight.get(b.scope, 0) + len(b.text)
    best = max(weight, key=lambda key: weight[key])
    if best and 2 * weight[best] >= sum(weight.values()):
        prose = [b for b in prose if b.scope == best]
    return [b.text for b in prose]


def _meta(tree: LexborHTMLParser, name: str) -> str | None:
    found = _attribute(tree, f'meta[property="{name}"]', "content")
    return found or _attribute(tree, f'meta[name="{name}"]', "content")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    value = node.attributes.get(name) if node is not None else None
    return value.strip() or None if value else None


def _published(tree: LexborHTMLParser) -> datetime | None:
    candidates = (
        _meta(tree, "article:published_time"),
        _attribute(tree, '[itemprop="datePublished"]', "content"),
        _attribute(tree, '[itemprop="datePublished"]', "datetime"),
        _attribute(tree, "time[datetime]", "datetime"),
    )
    for value in candidates:
        try:
            return datetime.fromisoformat(value) if value else None
        except ValueError:
            continue
    return None
