"""A parsed page as two flat lists: its elements, and the blocks of text that a reader sees.

One pass in document order, linear in the size of the page and safe at any depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qawl.intake.errors import InputError

_SPACES = re.compile(r"[ \t\n\r\f]+")
_TOKENS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")

#: Elements whose text is not seen, or is no text of the article whatever it says.
HIDDEN = frozenset(
    (
        "script style noscript template iframe svg math button select option textarea figure figcaption audio video "
        "object head dialog menu"
    ).split(" ")
)
_BLOCKS = frozenset(
    (
        "html body div section article main header footer nav aside form p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
        "blockquote pre table thead tbody tfoot tr td th address center hgroup details summary hr"
    ).split(" ")
)


# What a browser's parser takes for a tag. It never fails once it has begun, so that no page costs more than one pass.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|iframe|xmp|noembed|noframes)\b.*?(?:</(?P=raw)|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-z][a-z0-9]*)(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^'\">])*+(?:>|\Z)",
    re.I | re.S,
)
#: Elements that close themselves, or that the next of their kind closes.
_CLOSED = frozenset(
    "area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td th thead tr track "
    "wbr".split(" ")
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split(" "))
_MOST = 150_000  # tags: about five seconds and 200 MB; pages of news have some thousands
_STEPS = 1_500_000_000  # elements that a parser may have to look at, from the depth: about six seconds
_COPIES = 2_000_000  # elements that a parser may have to make of unclosed <b> and the like: about 300 MB


def check_cost(html: str) -> None:
    """Raise InputError for a page that is built to be slow: one of very many tags, or nested very deep. A parser's time
    grows with tags times depth, and it makes each unclosed <b> anew in every paragraph after it."""
    tags = deepest = most = 0
    depth: dict[str, int] = {}
    total = formatting = 0
    for match in _TAG.finditer(html):
        tags += 1
        if tags > _MOST:
            raise InputError(f"an HTML page of more than {_MOST} tags")
        name = (match["name"] or "").lower()
        if not name or name in _CLOSED:
            continue
        step = -1 if match["slash"] else 1
        here = depth.get(name, 0) + step
        if here < 0:
            continue
        depth[name] = here
        total += step
        if total > deepest:
            deepest = total
        if name in _FORMATTING:
            formatting += step
            most = max(most, formatting)
    if tags * deepest > _STEPS or tags * most > _COPIES:
        raise InputError(f"an HTML page nested too deep to be read ({deepest} elements)")


@dataclass(slots=True)
class Element:
    """An element: its tag, its parent's index (the root's own for the root), the words of its class, id and role, its
    `itemprop`, and the index after its last descendant."""

    tag: str
    parent: int
    names: frozenset[str] = frozenset()
    item: str = ""
    end: int = 0


@dataclass(slots=True)
class Block:
    """A run of text that stands by itself: the text of one block element, or a part of it between line breaks.

    `owner` is the index of the element, `linked` the number of characters in links.
    """

    owner: int
    tag: str
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    text: str = ""

    @property
    def mostly_links(self) -> bool:
        return 2 * self.linked > len(self.text)


@dataclass(slots=True)
class Page:
    """The elements in document order (the root first) and the blocks in theirs."""

    elements: list[Element]
    blocks: list[Block]


def squeezed(text: str) -> str:
    """The text with each run of white space as one space, as a page shows it."""
    return _SPACES.sub(" ", text).strip()


def outline(tree: LexborHTMLParser) -> Page:
    """The elements and the visible blocks of a page."""
    elements: list[Element] = [Element("", 0)]
    blocks: list[Block] = []
    if tree.root is None:
        return Page(elements, blocks)
    index: dict[int, int] = {}
    owner: dict[int, int] = {}
    linked: set[int] = set()
    hidden: set[int] = set()
    last = -1
    for node in tree.root.traverse(include_text=True):
        parent = node.parent
        above = parent.mem_id if parent is not None else 0
        here = node.mem_id
        tag = node.tag or ""
        if above in hidden or tag in HIDDEN or tag == "!--":
            hidden.add(here)
        elif tag == "-text":
            at = owner.get(above, 0)
            if at != last or not blocks:
                blocks.append(Block(at, elements[at].tag))
                last = at
            piece = node.text(deep=False) or ""
            blocks[-1].pieces.append(piece)
            if above in linked:
                blocks[-1].linked += len(piece)
        elif tag == "br":
            last = -1
        else:
            if tag in _BLOCKS:
                owner[here] = len(elements)
                last = -1
            else:  # of the paragraph in which it stands, as are elements that nobody knows
                owner[here] = owner.get(above, 0)
            index[here] = len(elements)
            elements.append(_element(node, tag, index.get(above, 0)))
            if tag == "a" or above in linked:
                linked.add(here)
    for block in blocks:
        block.text = squeezed("".join(block.pieces))
    _close(elements)
    return Page(elements, [block for block in blocks if block.text])


def _element(node: LexborNode, tag: str, parent: int) -> Element:
    attributes = node.attributes
    named = " ".join(attributes.get(name) or "" for name in ("class", "id", "role"))
    names = frozenset(word.lower() for word in _TOKENS.findall(named[:1000])) if named.strip() else frozenset[str]()
    return Element(tag, parent, names, attributes.get("itemprop") or "")


def _close(elements: list[Element]) -> None:
    """Set `end` of each element: children come after their parents, so once from the last to the first will do."""
    for i in range(len(elements) - 1, -1, -1):
        element = elements[i]
        element.end = max(element.end, i + 1)
        if i:
            above = elements[element.parent]
            above.end = max(above.end, element.end)
