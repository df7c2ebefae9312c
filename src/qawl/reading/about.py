"""About: the persons, bodies and places that a content names, each mention with its span.

Names only: a person without his titles, a body by its name or by an institution noun with what specifies it (``وزارة
الصحة``, ``الحكومة النرويجية``), a place without the word for its kind. Nationalities, events and bare nouns are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.names import noun_phrase
from qawl.arabic.nominal import (
    BODY,
    DEF,
    GIVEN,
    HONORIFIC,
    INSTITUTION,
    NAME,
    NATION,
    OFFICE,
    OUTLET,
    OWNED,
    PLACE,
    STOP,
    TIME,
    TITLE,
    VERB,
)
from qawl.arabic.words import COMPOUND, Form, Words
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon import wordlists
from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Tokens
from qawl.reading.text import Text
from qawl.statement import EntityType, Mention, Span

_NAMES: Final = (WordClass.GIVEN | WordClass.SURNAME).value
_HEADS: Final = (WordClass.BODY | WordClass.OFFICE | WordClass.OUTLET | WordClass.DOCUMENT | WordClass.SETTING).value
_LISTS: Final = wordlists.load("about")
_LONGEST: Final = 12
Found = tuple[int, int, EntityType]


_PLACE_OR_NAME: Final = (WordClass.PLACE | WordClass.GIVEN | WordClass.SURNAME).value
_PLACE_FLAG: Final = WordClass.PLACE.value
_NATIONALITY: Final = WordClass.NATIONALITY.value
_COMMON: Final = WordClass.COMMON.value
_NUMBER: Final = WordClass.NUMBER.value
_GIVEN: Final = WordClass.GIVEN.value
_OFFICE: Final = WordClass.OFFICE.value
_BODY: Final = (WordClass.BODY | WordClass.OUTLET).value


def find(text: Text, content: Sequence[Tokens], names: Collection[str] = ()) -> tuple[Mention, ...]:
    """The mentions in a content, in order. `names`: folded words that are names of persons in this article."""
    mentions: list[Mention] = []
    for first, last in content:
        k = first
        while k < last:
            form = text.forms[k]
            begins = form.begins_name
            if begins is None:
                begins = form.begins_name = _can_begin(form)
            found = _at(text, k, last, names) if begins or form.core in names or form.stem in names else None
            if found is None:
                k += 1
                continue
            mentions.append(_mention(text, found))
            k = max(found[1], k + 1)
            while found[2] == "place" and k < last and _joined_place(text, k):
                mentions.append(_mention(text, (k, k + 1, "place")))
                k += 1
    return tuple(mentions)


def _can_begin(form: Form) -> bool:
    """Can a name begin with this form? Told once a form: most words of a text begin none."""
    key = form.name_key
    return form.kind == "word" and (
        bool(form.bits & (BODY | OUTLET | OFFICE | HONORIFIC | PLACE | NAME))
        or "_" in form.key
        or bool(form.signs & COMPOUND)
        or key.removeprefix("ال") in _LISTS["spot"]
        or form.stem in _LISTS["town"]
        or bool(_hidden(form))
    )


def _joined_place(text: Text, k: int) -> bool:
    """After a place: an unknown word joined by و (في الطائف ورنية) is a place too."""
    form = text.forms[k]
    if form.kind != "word" or form.conj != "و" or form.classes or form.prep or form.cues:
        return False
    table = _ordinary.load()
    return form.stem not in table.nouns and form.core not in table.verbs and form.stem not in table.adjectives


def name_words(names: Collection[str]) -> frozenset[str]:
    """The words of persons' full names by which a text may call them later: the last, and the first if it is rare."""
    nouns = _ordinary.load().nouns
    words: set[str] = set()
    for name in names:
        parts = fold(name).replace("_", " ").replace("#", "").split()
        if len(parts) > 1 or (parts and parts[0] not in nouns):
            words.update(p for p in (parts[0], parts[-1]) if len(p) > 2 and not p.endswith(("ين", "ون", "ات")))
            words.update(part[2:] for part in parts[-1:] if part.startswith("ال") and part[2:] not in nouns)
    return frozenset(words)


def _mention(text: Text, found: Found) -> Mention:
    first, last, kind = found
    start = text.words.starts[first] + _glued(text.forms[first])
    end = text.words.ends[last - 1]
    return Mention(Span(start, end, text.words.text[start:end]), kind)


def _glued(form: Form) -> int:
    """How many letters (with the marks after them) of conjunction and preposition stand before the name."""
    letters = len(form.conj) + len(form.prep)
    if not letters and len(form.core) < len(form.key):
        letters = len(form.key) - len(form.core)
    if not letters and (known := _hidden(form)):
        letters = len(form.key) - len(known)
    if not letters and form.core[0] in "بلكوف" and form.core[1:] in (known_names := _classes.load().multiword):
        letters = 0 if form.core in known_names else 1  # لبي بي سي
    at = 0
    while letters and at < len(form.text):
        letters -= bool(fold(form.text[at]))
        at += 1
    while at < len(form.text) and not fold(form.text[at]):
        at += 1
    return at


def _hidden(form: Form) -> str:
    """A known name of one word with a preposition or conjunction written on that the form does not split off, or ''."""
    core = form.core
    if len(core) < 4 or core[0] not in "بلكوف" or form.classes:
        return ""
    rest = core[1:]
    flags = _classes.load().words.get(rest, 0)
    return rest if flags & _PLACE_OR_NAME and len(rest) > 2 else ""


def _at(text: Text, k: int, end: int, names: Collection[str]) -> Found | None:
    """The mention that begins at token k, or None."""
    form = text.forms[k]
    bits = form.bits
    key = form.name_key
    hidden = _hidden(form)
    if "_" in form.key:
        return _hashtag(text, k)
    if form.signs & COMPOUND and (known := _listed(text, k, end, key)) is not None:
        return known
    if bits & INSTITUTION and not bits & OWNED:
        body = _body(text, k, end, names)
        if body is not None:
            return body
    if key.removeprefix("ال") in _LISTS["spot"] and (spot := _spot(text, k, end)) is not None:
        return spot
    if bits & TITLE and k + 1 < end:
        return _titled(text, k, end)
    if form.stem in _LISTS["town"] and not form.article and k + 1 < end and (town := _town(text, k + 1)):
        return town
    if (bits & PLACE and form.classes & _PLACE_FLAG) or hidden:
        return _place(text, k, end, hidden)
    return _person(text, k, end, bits, key, names)


def _listed(text: Text, k: int, end: int, key: str) -> Found | None:
    """A name of several words that the tables know."""
    table = _classes.load()
    forms = text.forms
    for phrase in table.multiword.get(key, ()) or table.multiword.get(key[1:], ()):
        n = len(phrase)
        if k + n > end or forms[k + 1].core != phrase[1] or any(forms[k + i].core != phrase[i] for i in range(2, n)):
            continue
        flags = table.phrases[phrase]
        if flags & _PLACE_FLAG and phrase[0].removeprefix("ال") in _LISTS["head"] and not forms[k].article:
            continue
        if phrase[0].removeprefix("ال") in ("دول", "بلدان"):
            continue
        if flags & _BODY:
            return k, _with_adjectives(text, k + n, end), "organization"
        if flags & _PLACE_FLAG:
            return k, k + n, "place"
    return None


def _with_adjectives(text: Text, k: int, end: int) -> int:
    """One past the definite adjectives of nation or field that go on with a body's name (مجلس الأمن الدولي).

    An adjective that singles out none (الجديدة) is no part of it, unless a nation follows (المؤسسة العسكرية النرويجية).
    """
    last = k
    while k < end:
        form = text.forms[k]
        if form.kind != "word" or not form.article or form.conj or form.prep:
            break
        nation = bool(form.classes & _NATIONALITY)
        if not (nation or form.stem in _ordinary.load().adjectives or form.stem in _LISTS["rank"]):
            break
        k += 1
        if nation or form.stem not in _LISTS["generic"]:
            if not nation and last < k - 1:
                break
            last = k
    return last


def _hashtag(text: Text, k: int) -> Found | None:
    table = _classes.load()
    words = tuple(word for word in text.forms[k].core.split("_") if word)
    flags = table.phrases.get(words, 0) if len(words) > 1 else table.words.get("".join(words), 0)
    if flags & _BODY:
        return k, k + 1, "organization"
    if flags & _PLACE_FLAG:
        return k, k + 1, "place"
    if len(words) in (2, 3) and table.words.get(words[0], 0) & _GIVEN:
        return k, k + 1, "person"
    return None


def _body(text: Text, k: int, end: int, names: Collection[str]) -> Found | None:
    """A body's name: an institution noun with what specifies it, or a name of one word."""
    form = text.forms[k]
    stem = form.stem if form.article or form.prep else form.core.removeprefix("ال")
    if stem in _LISTS["single"] or form.core in _LISTS["single"]:
        return k, k + 1, "organization"
    if stem in _LISTS["head"]:
        return None
    agreement = _classes.load().agreement.get(stem)
    if agreement and agreement[1] == "s" and agreement[0] == "f" and _is_plural(stem) and stem not in _LISTS["plural"]:
        return None
    if stem in _LISTS["portfolio"] and (
        k + 1 >= end
        or not text.forms[k + 1].classes & _NATIONALITY
        or (k > 0 and (text.forms[k - 1].article or text.forms[k - 1].classes & _OFFICE))
    ):
        return None  # وزير الخارجية، الأزمة المالية
    if form.article:
        return _definite(text, k, end, stem)
    return _institution(text, k, end, stem, names)


def _definite(text: Text, k: int, end: int, stem: str) -> Found | None:
    """An institution noun with the article: its adjectives, then what it is for (الهيئة النرويجية للمياه)."""
    if k + 1 >= end or not _agrees(stem, text.forms[k + 1].stem):
        return None
    first = text.forms[k + 1]
    adjectives = _with_adjectives(text, k + 1, end)
    last = adjectives
    if stem not in _LISTS["field"] and not any(text.forms[i].classes & _NATIONALITY for i in range(k + 1, adjectives)):
        return None
    if stem in _LISTS["field"] and last < end and text.forms[last].prep == "ل" and last > k + 1:
        purpose = text.forms[last]
        if purpose.article:
            last += 1
        elif last + 1 < end and purpose.stem in _ordinary.load().nouns and text.forms[last + 1].article:
            last += 2
        if last > adjectives:
            last = _with_adjectives(text, _joined(text, last, end), end)
    if last == adjectives and (first.stem in _LISTS["vague"] or _ordinal(first)):
        return None
    return (k, last, "organization") if last > k + 1 else None


def _ordinal(form: Form) -> bool:
    return bool(form.classes & _NUMBER) and not form.classes & _NATIONALITY


def _agrees(noun: str, adjective: str) -> bool:
    """Do noun and adjective agree, as far as the feminine ending shows (الخارجية الأميركية, not الأميركي)?"""
    return not noun.endswith("ه") or not adjective.endswith("ي")


def _is_plural(stem: str) -> bool:
    nouns = _classes.load().words
    if stem.endswith("ات"):
        return True
    return stem in _BROKEN and stem in nouns


#: Broken plurals of institution nouns.
_BROKEN: Final = frozenset(
    map(
        fold,
        "مجالس لجان أحزاب جيوش بنوك مصارف مدارس محاكم مراكز معاهد مكاتب وفود دوائر أندية نواد فرق مصالح أجهزة "
        "صناديق فصائل ألوية أنظمة كنائس مراصد غرف فروع أقسام أطراف أوساط صحف جرائد قنوات مواقع دور وسائل".split(),
    )
)


def _institution(text: Text, k: int, end: int, stem: str, names: Collection[str]) -> Found | None:
    """An institution noun in construct: وزارة الصحة النرويجية، حركة فتح، محكمة باريس العليا."""
    forms = text.forms
    end = min(end, k + _LONGEST)
    at = k + 1
    if at >= end:
        return None
    nxt = forms[at]
    if nxt.kind == "punct" and text.marks.opens(at) and text.marks.partner[at] <= min(end, at + 6):
        close = text.marks.partner[at]
        if close >= end:
            return k, close, "organization"
        return k, _with_adjectives(text, close + 1, end), "organization"
    if nxt.text == "#" and at + 1 < end:
        at += 1
        nxt = forms[at]
    bits = nxt.bits
    if nxt.kind != "word" or nxt.conj or (bits & (STOP | TIME) and not bits & (NAME | PLACE)) or nxt.suffix:
        return None
    if nxt.stem.startswith("بلاد") and nxt.stem != "بلاد":
        return None  # حكومة بلاده
    named = (
        nxt.core in _LISTS["single"]
        or bool(bits & (PLACE | GIVEN))
        or nxt.core in names
        or (bool(bits & NAME) and not nxt.prep and nxt.kind == "word")
    )
    last = at + 1
    inner = _listed(text, at, end, nxt.name_key) if nxt.signs & COMPOUND else None
    if inner is not None:
        return k, _with_adjectives(text, inner[1], end), "organization"
    if named:
        while (
            last < end
            and forms[last].kind == "word"
            and not forms[last].conj
            and not forms[last].prep
            and (forms[last].bits & NAME and not forms[last].bits & (STOP | VERB))
        ):
            last += 1
        return k, _with_adjectives(text, last, end), "organization"
    if nxt.prep:
        return None
    if not nxt.article:
        # A second noun in construct: لجنة حقوق الإنسان، حكومة محافظة البصرة، مجلس إدارة الشركة.
        if bits & VERB or last >= end or not (bits & (BODY | PLACE) or nxt.stem in _ordinary.load().nouns):
            return None
        third = forms[last]
        third_bits = third.bits
        if third.kind != "word" or third.conj or third.prep or not (third.article or third_bits & PLACE):
            return None
        if third_bits & BODY and third.article and not third_bits & NATION:
            return None
        if stem not in _LISTS["field"] and not third_bits & (NATION | PLACE):
            return None
        last += 1
        last = _joined(text, last, end)
        return k, _with_adjectives(text, last, end), "organization"
    if stem not in _LISTS["field"] and not bits & NATION:
        last = _with_adjectives(text, last, end)
        return (k, last, "organization") if last > at + 1 or bits & PLACE else None
    if nxt.stem in _LISTS["generic"] or nxt.stem in _LISTS["field"]:
        return None
    whole = _with_adjectives(text, _joined(text, last, end), end)
    if whole == last and (nxt.stem in _LISTS["head"] or nxt.stem.endswith(("ين", "ان"))):
        return None  # مجلس البلدين: a description
    return k, whole, "organization"


def _joined(text: Text, k: int, end: int) -> int:
    """One past a second field joined by و: وزارة التربية والتعليم."""
    while k < end:
        form = text.forms[k]
        bits = form.bits
        if form.kind == "word" and form.conj == "و" and form.article and not bits & (PLACE | NATION | OFFICE | NAME):
            k += 1
            continue
        break
    return k


def _spot(text: Text, k: int, end: int) -> Found | None:
    """A named spot with its class word: قطاع غزة، مطار صنعاء الدولي، سد النهضة."""
    at = k + 1
    if text.forms[k].article or at >= end:
        return None
    if text.forms[at].text == "#":
        at += 1
    if at >= end or text.forms[at].kind != "word":
        return None
    form = text.forms[at]
    bits = form.bits
    if form.conj or form.prep or bits & STOP:
        return None
    if bits & PLACE or (bits & NAME and not bits & VERB):
        return k, _with_adjectives(text, at + 1, end), "place"
    if form.article and not bits & (NATION | BODY | TIME) and form.stem not in _ordinary.load().adjectives:
        return k, at + 1, "place"
    return None


def _town(text: Text, k: int) -> Found | None:
    """The name after a class word (قرية …), where it is no ordinary word."""
    form = text.forms[k]
    bits = form.bits
    if form.kind != "word" or form.conj or form.prep or form.suffix or bits & (STOP | VERB | NATION):
        return None
    return (k, k + 1, "place") if bits & (PLACE | NAME) and form.stem not in _ordinary.load().nouns else None


def _titled(text: Text, k: int, end: int) -> Found | None:
    """The name of a person after his title. The title itself is read on for the bodies and places in it."""
    phrase = noun_phrase(text.words, k, end)
    if phrase is not None and phrase.parts:
        phrase = phrase.parts[0]
    if phrase is None or phrase.name is None or phrase.name[0] <= k:
        return None
    first, last = phrase.name
    bits = text.forms[first].bits
    if bits & HONORIFIC and first + 1 < last:
        first += 1
    if any(text.forms[i].bits & (PLACE | BODY) for i in range(k + 1, first)):
        return None  # they come first; the name is met again on its own
    return first, _name_end(text, first, last), "person"


def _name_end(text: Text, k: int, last: int) -> int:
    """One past the name: a word with a preposition written on is no part of it (ترمب لبروتوكولات)."""
    nouns = _ordinary.load().nouns
    for i in range(k + 1, last):
        form = text.forms[i]
        if form.core[0] in "لبف" and not form.classes & _NAMES:
            rest = form.core[1:]
            if rest in nouns or rest.removeprefix("ا") in nouns or (form.core[0] == "ل" and rest.endswith("ات")):
                return i
    return last


def _place(text: Text, k: int, end: int, hidden: str) -> Found | None:
    form = text.forms[k]
    table = _classes.load()
    key = hidden or form.name_key
    stem = key.removeprefix("ال")
    if stem in _LISTS["head"]:
        return None
    flags = table.words.get(key, 0) | table.words.get(stem, 0)
    if hidden and not flags & _PLACE_FLAG:
        return k, k + 1, "person"
    if form.article and flags & _NATIONALITY and not table.words.get(key, 0) & _PLACE_FLAG:
        return None  # التركية beside تركية, the state
    if flags & _COMMON or (stem in _ordinary.load().nouns and key == stem and flags & _NAMES):
        return None
    return k, k + 1, "place"


def _person(text: Text, k: int, end: int, bits: int, key: str, names: Collection[str]) -> Found | None:
    """A person called by name without a title: a known name of the article, or a run that a given name begins."""
    forms = text.forms
    form = forms[k]
    if bits & (STOP | TIME) or (bits & NATION and key not in names):
        return None
    known = key in names or (form.article and form.stem in names)
    if not known and form.core[0] in "بلكوف" and _is_common(form.core[1:]):
        return None  # بولاية, a preposition and a noun, is a surname too
    if not known and not (bits & NAME):
        return None
    if not known and bits & VERB:
        return None
    if not known and (form.suffix or not form.classes & _NAMES or form.classes & _COMMON or bits & DEF):
        return None
    phrase = noun_phrase(text.words, k, min(end, k + _LONGEST)) if bits & NAME else None
    last = k + 1
    if phrase is not None and phrase.parts:
        phrase = phrase.parts[0]
    if phrase is not None and phrase.name is not None and phrase.name[0] == k:
        last = _name_end(text, k, phrase.name[1])
    if known:
        return k, last, "person"
    ordinary = form.stem in _ordinary.load().nouns
    if last - k >= 2:
        second = forms[k + 1]
        plain = second.article and second.stem in _ordinary.load().nouns and not second.classes & _NAMES
        if plain or (ordinary and (second.article or not second.classes & _NAMES)):
            return None
        return k, last, "person"
    table = _ordinary.load().adjectives
    ordinary = ordinary or form.stem in table or form.stem.removesuffix("ه") in table
    if not ordinary and bits & GIVEN and not form.prep and not form.core.endswith(_PLURAL_OR_OWNED):
        # One given name alone is taken for a person only where the article has it more than once.
        return (k, last, "person") if _counts(text.words)[form.core] > 1 else None
    return None


def _is_common(word: str) -> bool:
    return bool(_classes.load().words.get(word, 0) & _HEADS)


@lru_cache(maxsize=1)
def _counts(words: Words) -> Counter[str]:
    """How often each word stands in the text that is being read."""
    return Counter(form.core for form in words.forms)


_PLURAL_OR_OWNED: Final = ("ين", "ون", "ات", "ايه", "ايها", "ايهم", "تي", "تها", "تهم", "ته")
