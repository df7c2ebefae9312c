"""Which blocks of a page are the article: its paragraphs, without what stands around and between them.

What is left out is known by four signs, each with a guard so that it never takes the article itself:

1. the name of an element (`class`, `id`, role, tag) says what it is: comments, related, share, caption …;
2. a heading says that something else begins: «اقرأ أيضا», «آخر الأخبار»;
3. a paragraph is a teaser, a credit or a notice of rights by its first words;
4. it lies outside the element that holds the headline and most prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qawl.arabic.letters import fold
from qawl.intake.page import Block, Page

_PROSE = frozenset("p h2 h3 h4 h5 h6 blockquote li dd pre".split(" "))
_SENTENCE = 60  # characters from which text in no element of prose is taken for prose
_TITLE = 60  # characters up to which a block can be the title of a section
_TEASER = 220  # characters up to which a paragraph can be a teaser or a notice
_CREDIT = 60  # characters up to which a paragraph can be a credit
_ENOUGH = 150  # characters of prose that an element with the headline must have to be the article

_DEEPEST = 50  # elements around a title that are looked at

#: Words of `class`, `id` and `role` that name what is not the article.
_ASIDE_NAMES = frozenset(
    (
        "ad ads advert advertisement advertisements banner breadcrumb breadcrumbs byline caption captions comment "
        "comments complementary consent contentinfo cookie cookies copyright copyrights credit disqus follow footer "
        "gdpr latest login menu morenews mostread mostviewed nav navbar navigation newsletter outbrain popular "
        "popup promo promoted readmore recommend recommendation recommendations recommended related relatedposts "
        "respond share sharedaddy sharing sidebar signup social sponsor sponsored subscribe subscription taboola "
        "tag tags teaser teasers toolbar trending"
    ).split(" ")
)
#: Two words that say together what neither says alone.
_ASIDE_PAIRS = (
    frozenset({"read", "more"}),
    frozenset({"read", "also"}),
    frozenset({"see", "also"}),
    frozenset({"most", "read"}),
    frozenset({"author", "bio"}),
    frozenset({"author", "box"}),
    frozenset({"entry", "meta"}),
    frozenset({"entry", "footer"}),
    frozenset({"post", "meta"}),
    frozenset({"article", "meta"}),
)
_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "form"})

# All patterns are matched against folded text: no marks, alif without hamza, ه for ة, ي for ى.
_ALSO = (
    r"(?:اقرا|اقراو|شاهد|شاهدوا|طالع|طالعوا|انظر) (?:ايضا|كذلك|المزيد)",
    r"للمزيد|لمزيد من التفاصيل|المزيد (?:عن|من|حول|في)",
)
_SECTIONS = (
    *_ALSO,
    r"(?:مواضيع|موضوعات|اخبار|مقالات|مواد|تقارير) (?:(?:ذات|علي) (?:صله|علاقه)|متعلقه|مشابهه|مرتبطه|اخري)",
    r"اخترنا (?:لك|لكم)|قد (?:يعجبك|يهمك|تعجبك|تهمك)(?: ايضا)?|مرتبط",
    r"(?:اخر|احدث) (?:الاخبار|المقالات|الاضافات)|(?:الخبر|المقال) التالي",
    r"الاكثر (?:قراءه|مشاهده|تداولا|رواجا|تفاعلا|شعبيه|تعليقا)",
    r"التعليقات|تعليقات القراء|اترك (?:تعليقا|ردا|رد)|اضف تعليق",
    r"كلمات (?:دلاليه|مفتاحيه)|الوسوم|عن الكاتب|استطلاع الراي|النشره البريديه",
    r"شارك(?:وا)? (?:هذا|الخبر|المقال).*|(?:تابعنا|تابعونا)(?: علي.*)?",
)
_TEASERS = (
    rf"(?:{'|'.join(_ALSO)})\s*[:|.…\]»-]",
    r"(?:اقرا|اقراو|شاهد|طالع) (?:ايضا|كذلك)\b",
    r"موضوعات متعلقه|مواضيع ذات صله",
)
_NOTICES = (
    r"تابع(?:وا|ونا|نا) (?:[\w ]{0,40} )?علي "
    r"(?:اخبار جوجل|جوجل نيوز|فيسبوك|تويتر|واتساب|تيليغرام|تليجرام|منصه|قناتنا)",
    r"اشترك (?:الان )?في|للاشتراك|انضم(?:وا)? الي قنا|حمل(?:وا)? تطبيق|(?:اضغط|انقر) هنا",
    r"(?:جميع )?(?:ال)?حقوق (?:ال)?(?:نشر|طبع|محفوظه)|كل الحقوق محفوظه|(?:يمنع|يحظر) (?:نقل|نسخ)|©|copyright\b",
    r"نستخدم ملفات تعريف|يستخدم (?:هذا )?الموقع ملفات",
)
_CREDITS = (
    r"(?:بقلم|كتب|كتبت|تحرير|اعداد|تصوير|عدسه|المصدر|مصدر الصوره|الصوره|صوره)\s*:",
    r"(?:تاريخ النشر|نشر في|اخر تحديث|عدد القراء|عدد المشاهدات|المشاهدات|الوسوم|كلمات دلاليه|الكلمات المفتاحيه)\s*:",
    r"(?:بواسطه|بقلم) \w+(?: \w+){0,3}$",
    r"(?:اعلان|اعلانات|مساحه اعلانيه|advertisement)$",
)
_SECTION = re.compile(rf"(?:{'|'.join(_SECTIONS)})\s*[:.…!|]*$")
_TEASER_START = re.compile(rf"[«\"\[(•*>-]?\s*(?:{'|'.join((*_TEASERS, *_NOTICES))})", re.I)
_CREDIT_START = re.compile("|".join(_CREDITS), re.I)
_QUOTED = re.compile('["«»“”„]')
_SENTENCE_END = (".", "!", "؟", "?", "»", "”", '"', "…", ":", "؛")


def paragraphs(page: Page, headline: str, headline_at: int | None) -> list[str]:
    """The article's paragraphs in their order. `headline_at` is the index of the block that is the headline, if any."""
    blocks = page.blocks
    kept = [i for i, block in enumerate(blocks) if block.tag != "h1" and block.text != headline]
    home = blocks[headline_at].owner if headline_at is not None else None
    for drop in (_named_aside, _sections):
        kept = drop(page, kept, home)
    kept = [i for i in kept if not _is_notice(blocks[i])]
    prose = [i for i in kept if _is_prose(blocks[i]) and not blocks[i].mostly_links]
    if not prose:
        return [blocks[i].text for i in kept if not blocks[i].mostly_links]
    root = _article(page, prose, home)
    start, end = root, page.elements[root].end
    if home is not None and home < root:  # what stands between headline and text leads into it
        start = home
    owners = {blocks[i].owner for i in prose}
    return [
        blocks[i].text
        for i in kept
        if start <= blocks[i].owner < end and not blocks[i].mostly_links and _belongs(blocks[i], owners)
    ]


def _belongs(block: Block, owners: set[int]) -> bool:
    """Is it prose, or a short sentence on a line of its own beside prose?"""
    return _is_prose(block) or (block.owner in owners and block.text.endswith(_SENTENCE_END))


def _is_prose(block: Block) -> bool:
    return block.tag in _PROSE or len(block.text) >= _SENTENCE


def _weights(page: Page, kept: Iterable[int]) -> list[int]:
    """For each element, the number of characters of prose at or below it."""
    weight = [0] * len(page.elements)
    for i in kept:
        block = page.blocks[i]
        if _is_prose(block) and not block.mostly_links:
            weight[block.owner] += len(block.text)
    for i in range(len(weight) - 1, 0, -1):
        weight[page.elements[i].parent] += weight[i]
    return weight


def _named_aside(page: Page, kept: list[int], home: int | None) -> list[int]:
    """Without the elements whose name says that they are no part of the article. One that holds the headline or more
    than half of the page's prose is the page, whatever it is called."""
    weight = _weights(page, kept)
    aside = bytearray(len(page.elements))
    for i, element in enumerate(page.elements[1:], 1):
        if aside[element.parent] or (
            (element.tag in _ASIDE_TAGS or _is_aside(element.names))
            and 2 * weight[i] <= weight[0]
            and not (home is not None and i <= home < element.end)
        ):
            aside[i] = 1
    return [i for i in kept if not aside[page.blocks[i].owner]]


def _is_aside(names: frozenset[str]) -> bool:
    return not _ASIDE_NAMES.isdisjoint(names) or any(pair <= names for pair in _ASIDE_PAIRS)


def _sections(page: Page, kept: list[int], home: int | None) -> list[int]:
    """Without what follows the title of a section that is no part of the article.

    Such a section reaches to the end of the element that its title stands in, where nothing of the article comes before
    the title there; else over the links that follow it.
    """
    blocks, elements = page.blocks, page.elements
    weight = _weights(page, kept)
    left: list[int] = []
    before: int | None = None  # the element of the last prose that stays
    aside = range(0)  # the elements of the section that is being left out
    links = False
    for at, i in enumerate(kept):
        block = blocks[i]
        if block.owner in aside:
            continue
        if _is_section_title(block):
            following = blocks[kept[at + 1]].owner if at + 1 < len(kept) else None
            inside = _section(page, block.owner, following, before, home, weight)
            aside = range(inside, elements[inside].end) if inside is not None else range(0)
            links = inside is None
        elif not links or (_is_prose(block) and not block.mostly_links):
            links = False
            left.append(i)
            if _is_prose(block):
                before = block.owner
    return left


def _is_section_title(block: Block) -> bool:
    return len(block.text) <= _TITLE and _SECTION.match(_folded(block.text)) is not None


def _section(
    page: Page, title: int, following: int | None, before: int | None, home: int | None, weight: list[int]
) -> int | None:
    """The largest element around the title's own in which no prose comes before it; None where that holds nothing else.
    It never holds the headline, nor, where all prose is still to come, more than half of it.

    All places are indices of elements: of the title, of the block after it, of the last prose, of the headline.
    """
    found = None
    owner = title
    for _ in range(_DEEPEST):
        end = page.elements[owner].end
        if not owner or any(place is not None and owner <= place < end for place in (before, home)):
            break
        if before is None and 2 * weight[owner] > weight[0]:
            break
        found = owner
        owner = page.elements[owner].parent
    if found is None or following is None or not found <= following < page.elements[found].end:
        return None
    return found


def _is_notice(block: Block) -> bool:
    text = block.text
    if len(text) > _TEASER:
        return False
    folded = _folded(text)
    if _TEASER_START.match(folded):
        return True
    return len(text) <= _CREDIT and not _QUOTED.search(text) and _CREDIT_START.match(folded) is not None


def _folded(text: str) -> str:
    return fold(text).strip()


def _article(page: Page, prose: list[int], home: int | None) -> int:
    """The element that is the article: what the page marks as it, else the one with the headline, else with most prose;
    from there down as long as one child has nearly all."""
    weight = _weights(page, prose)
    root = _marked(page, weight, home)
    while True:
        below = [i for i in _children(page, root) if 5 * weight[i] >= 4 * weight[root]]
        if not below or not weight[root]:
            return root
        root = below[0]


def _marked(page: Page, weight: list[int], home: int | None) -> int:
    elements = page.elements
    bodies = [i for i, element in enumerate(elements) if "articleBody" in element.item.split()]
    if bodies and 5 * weight[best := max(bodies, key=lambda i: weight[i])] >= 2 * weight[0]:
        return best
    around = [i for i in _ancestors(page, home) if elements[i].tag == "article" and weight[i] >= _ENOUGH]
    if around:
        return around[0]
    for tag in ("article", "main"):
        tagged = [i for i, element in enumerate(elements) if element.tag == tag]
        if tagged and 2 * weight[best := max(tagged, key=lambda i: weight[i])] >= weight[0]:
            return best
    return 0


def _ancestors(page: Page, at: int | None) -> Iterator[int]:
    """The element and those around it, innermost first, without the root."""
    while at:
        yield at
        at = page.elements[at].parent


def _children(page: Page, at: int) -> Iterator[int]:
    i = at + 1
    while i < page.elements[at].end:
        yield i
        i = page.elements[i].end
