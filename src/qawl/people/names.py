"""Names of persons: their words, the keys under which other spellings are found, and how alike two of them are.

A name is read without quotation marks, hashtags, honorifics and ranks; ``عبد الله`` and ``عبدالله`` are one word;
``بن`` may be there or not. A word of foreign origin is spelled in many ways (``غ ج ك ق`` for one sound, long vowels
written or not): two such words are one where they *sound* alike. Two different words that both are names
of their own in Arabic (``حسن`` and ``حسين``) are never one, however alike: a table tells which words are.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from rapidfuzz.distance.OSA import distance
from rapidfuzz.fuzz import ratio

from qawl.arabic.letters import fold, strip_marks
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import load as load_cues
from qawl.lexicon.cues import read_rows
from qawl.people import tables

_SON: Final = "بن "
Relation = Literal["equal", "spelling", "misspelt", "shorter", "different"]

_BRACKETED: Final = re.compile(r"[(\[][^)\]]*[)\]]?")
_GAP: Final = re.compile(r"[#_\-–—/]+")
_MARK: Final = re.compile(r"[^\w\s]+")
_COMMAS: Final = re.compile("[،,؛;:]")
#: Letters between which transliteration wavers, by the sound that they have in common.
_SOUNDS: Final = str.maketrans("غجقخطضصشثذظح", "ككككتدسسسززه")
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = str.maketrans("", "", "اويء")
_ENDINGS: Final = ("ون", "ين", "ان", "ات", "وا", "ها", "هم", "نا", "تا", "ه", "ا", "ت")
_PRESENT: Final = ("يت", "يست", "سيت", "سيست")  # of verbs
_LATIN: Final = re.compile("[a-z]")
#: From this count on a word of the table is a name of its own, which no other spelling makes.
_ESTABLISHED: Final = 10
#: From this count on a word alone names nobody.
_COMMON: Final = 60
#: From this count on a word that is an ordinary one as well may be a name.
_ATTESTED: Final = 5
#: Two words sound alike from here on (0 to 100).
_ALIKE: Final = 82.0
_SLIP: Final = 0.7  # how alike a word is to itself with a slip of the pen
_SHORT: Final = 3  # letters; shorter words are hardly names
_SLIPS: Final = 0.3  # … and with two
_LONG: Final = 4  # letters; in shorter words another letter is another name
_LONGEST: Final = 7  # words; what is longer is a sentence
_SURNAME: Final = int(WordClass.SURNAME)
_GIVEN: Final = int(WordClass.GIVEN)
_VERB: Final = int(WordClass.VERB)
_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: its `words` (folded, without article and honorifics; compounds as one word), the honorifics
    before it (folded, without article), how it is `shown` (as written, but clean), and whether ordinary words that
    stood in it were left out (`trimmed`).

    Of بن only the first one is kept, with the father's name that follows it, as one word: مراد بن سالم بن زيد is مراد,
    بن سالم, زيد.
    """

    words: tuple[str, ...]
    titles: tuple[str, ...]
    shown: str
    trimmed: bool


@cache
def _parts() -> dict[str, frozenset[str]]:
    parts: dict[str, frozenset[str]] = {}
    for kind, words, *_ in tables.rows("name_parts"):
        parts[kind] = parts.get(kind, frozenset()) | frozenset(fold(words).split())
    return parts


def parts(kind: str) -> frozenset[str]:
    """The folded words of one kind in the table of parts of names (honorific, reign, join …)."""
    return _parts()[kind]


@cache
def counts() -> dict[str, int]:
    """How often each word (folded, without article) is part of a name in a large list of Arabic names."""
    return {word: int(count) for word, count, _ in tables.rows("name_words")}


@cache
def _variants() -> dict[str, str]:
    """Other spellings of established names → the first of the line."""
    return {other: fold(first) for first, others, *_ in tables.rows("name_variants") for other in fold(others).split()}


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Given names → the other forms of the same name."""
    found: dict[str, frozenset[str]] = {}
    for name, short, *_ in tables.rows("nicknames"):
        forms = frozenset(fold(f"{name} {short}").split())
        for form in forms:
            found[form] = found.get(form, frozenset()) | forms
    return found


def _plain(word: str) -> str:
    """A word of a name without the بن that stands with it."""
    return word.removeprefix(_SON)


@cache
def _foreign() -> frozenset[str]:
    """Names of the world as the lexicon lists them: transliterated, so that a few Arabs of the name settle nothing."""
    return frozenset(fold(word) for row in read_rows("world_names") for word in row["names"].split())


def foreign(word: str) -> bool:
    """Is this a name of the world, as the lexicon lists them?"""
    return word in _foreign()


def reports(word: str) -> bool:
    """Is this the form of a verb that reports (أعرب)?"""
    return word in load_cues().forms


def bare(word: str) -> str:
    """A folded word without the article, where three letters or more are left."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=65536)
def parse(text: str, trim: bool = True) -> Name:
    """Read a name; with `trim` without ordinary words that were read with it. Total; a text without a word has none."""
    text = _BRACKETED.sub(" ", strip_marks(text))
    before, *after = _COMMAS.split(text, maxsplit=1)
    # يونايتد، فلان: the end of what is his, and he himself
    text = after[0] if after and fold(before).strip() in _parts()["nobody"] else before
    written = _MARK.sub(" ", _GAP.sub(" ", text)).split()
    words = [(fold(raw), raw) for raw in written]
    parts = _parts()
    titles: list[str] = []
    at = 0
    while at < len(words) - 1 and (title := _title(words[at][0], words[at + 1][0], bool(titles))):
        titles.append(title)
        at += 1
        if words[at][0] == "الله" and at < len(words) - 1:
            at += 1  # آية الله
    whole = _unglued(words[at:])
    words = _trimmed(whole) if trim else whole
    trimmed = len(words) < len(whole)
    while len(words) > 1 and words[-1][0] in parts["beside"]:
        words.pop()
    while len(words) > 1 and words[0][0] in parts["beside"]:
        words.pop(0)
    found: list[str] = []
    joining = fathered = False
    for n, (word, raw) in enumerate(words):
        last = n == len(words) - 1
        if word in parts["son"] and found and not last:
            fathered = True
        elif word in parts["son"] and not last:
            found.append(word)
            joining = True  # بن علي نهر: a name of its own
        elif joining:
            found[-1] += word
            joining = False
        elif word in parts["joined"] and found:
            found[-1] += word
        else:
            joining = word in parts["join"] and not last and (word == "ال" or raw[0] != "آ")  # شينزو آبي
            fathers = _SON if fathered and len(found) == 1 else ""
            fathered = False
            if joining and word == "ابي" and not found:
                joining = False  # the genitive of أبو begins no name; أبي is one
            elif joining and word in ("ابا", "ابي", "بو"):
                word = "ابو"
            found.append(fathers + (word if joining else bare(word)))
    variants = _variants()
    return Name(
        tuple(variants.get(word, word) for word in found),
        tuple(titles),
        " ".join(raw for _, raw in words),
        trimmed,
    )


def _unglued(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A name without the preposition that is glued to its first word (لمراد), where the rest of the word is known."""
    word, raw = words[0] if words else ("", "")
    if raw[:1] in ("ل", "ب", "ك", "و", "ف") and raw[1:2] == "إ" and len(raw) > _LONG:
        return [(word[1:], raw[1:]), *words[1:]]  # no word has a hamza below but at its beginning
    if word[:1] in ("ل", "ب") and len(word) > 4 and not attested(bare(word)) and attested(word[1:]):
        return [(word[1:], raw[1:]), *words[1:]]
    return words


def _trimmed(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A name without the ordinary words that were read with it: one before two others, and all from one on that stands
    after two words, or after one that is a surname (who is called by a given name has another name)."""
    parts = _parts()
    kept = parts["join"] | parts["joined"] | parts["son"] | parts["generation"] | parts["beside"]
    if len(words) < 2:
        return words
    first = words[0][0]
    joined = len(words) == 2 and first[:1] in ("و", "ف") and is_ordinary(first[1:]) and not attested(first)
    if joined or (len(words) > 2 and first not in kept and is_ordinary(bare(first))):
        words = words[1:]
    units = 0
    for n, (word, raw) in enumerate(words):
        if n and (word in kept or words[n - 1][0] in kept):
            continue
        if units > 1 and (is_ordinary(bare(word)) or (_glued(word) and _surname(bare(words[n - 1][0])))):
            return words[:n]
        alone = units == 1 and (len(words[0][0]) < _SHORT or is_ordinary(words[0][0]))  # then the first is no name
        if units and not alone and n == len(words) - 1 and (_as(word) or inflected(word, raw)):
            return words[:n]
        if units == 1 and n == len(words) - 1 and _ends(bare(words[0][0]), word):
            return words[:n]
        units += 1
    return words


def _ends(first: str, word: str) -> bool:
    """Is a name over before its second word: is that no name, and the first one all of a name? A surname is; any but a
    given name is before somebody else's name with a preposition."""
    if _surname(first):
        return _no_name(word) or _glued(word) or _addressed(word) or _finite(word)
    plain = in_language(word) and not attested(word) and not _of_world(word)
    if len(first) >= _SHORT and not is_ordinary(first) and (_as(word) or (plain and not common(first))):
        return True  # فرنسيس عمليات, مراد كنقطة
    given_only = _classes.load().words.get(first, 0) & _NAMES == _GIVEN
    return len(first) >= _SHORT and not given_only and not is_ordinary(first) and _addressed(word)


def lone(words: tuple[str, ...]) -> str:
    """The word of two that may be all of a name which was read with a word beside it, whether that is an ordinary one
    or unknown (ميلر بحفاوة, وعاد ميلر); empty where both look like parts of one name.

    Only the record tells whether it is: it has somebody of that surname, and the two words together but once.
    """
    if len(words) != 2 or any(word.startswith(_SON) or len(word) < _SHORT for word in words):
        return ""
    first, last = words
    if _and_verb(first) and _of_world(last) and not established(last):
        return last  # وشن ميلر
    if not established(last) and foreign(last) and (_of_language(first) or (strange((first,)) and _arabic(first))):
        return last  # مبادلة ميلر
    whole = given(first) and attested(last) and not _of_world(last)
    if not established(first) and not is_ordinary(first) and not whole:
        return first
    if not established(last) and not is_ordinary(last) and _finite(first):
        return last
    return ""


def _of_language(word: str) -> bool:
    """Is this a word of the language that hardly anybody is called by?"""
    return in_language(word) and not attested(word) and not foreign(word)


def _arabic(word: str) -> bool:
    """Has a word that no table knows the form of an Arabic verb or noun (استبدل, مبادله)?"""
    return len(word) > _LONG and (word.startswith("است") or word.endswith(("ت", "ه")))


def strange(words: tuple[str, ...]) -> bool:
    """Is a single word before a full name none of a name, as far as the tables know?"""
    known = len(words) == 1 and (attested(words[0]) or foreign(words[0]))
    return len(words) == 1 and not known and words[0] not in _parts()["join"]


def rare(word: str) -> bool:
    """Is this word (folded) one that no table knows, a name that hardly two bear? What begins or ends as verbs and
    participles do, or as with a particle or a pronoun, may be an ordinary word."""
    known = _classes.load().words.get(word, 0) or counts().get(word) or word in _foreign()
    inflected = word[0] in "يتنملبكفو" or word.endswith(_ENDINGS)
    return len(word) > _LONG and not known and not inflected and not no_name(word) and not in_language(word)


def no_name(word: str) -> bool:
    """Is this word (folded, without article) one of the language, or a form that no name has?"""
    return is_ordinary(word) or _glued(word) or _addressed(word) or _finite(word)


def given(word: str) -> bool:
    """Is this word a given name, as far as the tables know?"""
    return bool(_classes.load().words.get(word, 0) & _GIVEN)


def _finite(word: str) -> bool:
    """Is this word the form of a verb and, as far as the tables know, no name?"""
    if attested(word) or attested(bare(word)):
        return False
    return bool(_classes.load().words.get(word, 0) & _VERB) or word in _ordinary.load().verbs


def _addressed(word: str) -> bool:
    """Is this the preposition لـ written as one with a surname (لنهر), and itself no name?"""
    rest = word[1:]
    return word[:1] == "ل" and len(rest) >= _SHORT and not attested(word) and _of_world(rest)


def _of_world(word: str) -> bool:
    """Is this word a surname that foreigners have?"""
    return bool(_classes.load().words.get(word, 0) & _SURNAME) and word in _foreign()


def _glued(word: str) -> bool:
    """Is this a preposition or conjunction written as one with an ordinary word (فعاد, بالطريق), and no name?"""
    if len(word) <= _LONG or attested(word) or attested(bare(word)):
        return False
    return word[0] in "لبكفو" and (word[1:3] == "ال" or word[:2] == "لل" or is_ordinary(word[1:]))


def _as(word: str) -> bool:
    """Is this a preposition written as one with an ordinary noun (كنقطة), and no name?"""
    if len(word) <= _LONG or word[0] not in "لبكف" or attested(word) or _of_world(word):
        return False
    rest = word[3:] if word[1:3] == "ال" else word[2:] if word[:2] == "لل" else word[1:]
    return in_language(rest)


def inflected(word: str, raw: str) -> bool:
    """Is this a word of the sentence by its form (محذرا, نفيه, يتوعد, الجمعة), and no name? `raw` is as written."""
    if word.startswith("ال"):
        return bool(_classes.load().flags(word) & int(WordClass.WEEKDAY))
    if len(word) <= _LONG - 1 or attested(word) or word in _foreign():
        return False
    stem = word[:-1]
    if word[-1] == "ا" and len(word) > _LONG:
        # a participle: مـ and then no long vowel, as foreign names have it
        return in_language(stem) or (word[0] == "م" and word[1] not in "اوي")
    if word[-1] == "ه" == raw[-1]:
        return in_language(stem) or (stem[-1] == "ت" and in_language(stem[:-1] + "ه"))
    return word.startswith(_PRESENT)


def _and_verb(word: str) -> bool:
    """Is this a verb with the conjunction before it (وشن), and no name?"""
    rest = word[1:]
    verb = rest in _ordinary.load().verbs or _classes.load().words.get(rest, 0) & _VERB
    return word[:1] in ("و", "ف") and bool(verb) and not attested(word) and word not in _foreign()


def attested(word: str) -> bool:
    """Is this word attested as (part of) a name?"""
    return bool(_classes.load().words.get(word, 0) & _NAMES) or counts().get(word, 0) >= _ATTESTED


def _surname(word: str) -> bool:
    """Is this word a surname, as far as the tables know, and no name of its own in Arabic?"""
    return bool(_classes.load().words.get(word, 0) & _SURNAME) and not established(word)


def _no_name(word: str) -> bool:
    """Is this word an ordinary one, or one with the article that is no name as far as the tables know?"""
    return is_ordinary(bare(word)) or (bare(word) != word and not attested(bare(word)))


def _title(word: str, following: str, ranked: bool) -> str:
    """The honorific that a word before another one is, without article; empty where it is (part of) the name."""
    parts = _parts()
    if following in parts["son"]:
        return ""
    stem = bare(word)
    if word in parts["style"] or (stem != word and stem in parts["honorific"]):
        return stem
    return stem if ranked and stem in parts["rank"] and stem != word else ""


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word with one letter for the sounds between which transliteration wavers; vowels stand as they are."""
    return _DOUBLED.sub(r"\1", word.replace("تش", "ش").replace("كس", "س").translate(_SOUNDS))


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The consonants of a word's sound; its first letter stays if it is و or ي."""
    heard = sound(word)
    if heard[-1:] == "ه":
        heard = heard[:-1]
    return _DOUBLED.sub(r"\1", heard[:1].replace("ا", "") + heard[1:].translate(_VOWELS))


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Words that can be spellings of each other have one key: an established name itself, else its consonants, if there
    are two or more."""
    word = _plain(word)
    if established(word):
        return word
    heard = consonants(word)
    return f"~{heard}" if len(heard) > 1 else word


def established(word: str) -> bool:
    """Is this word a name of its own in Arabic, as far as the table knows?"""
    word = _plain(word)
    return counts().get(word, 0) >= (_COMMON if word in _foreign() else _ESTABLISHED)


def common(word: str) -> bool:
    """Do so many bear this word that alone it names nobody (محمد)?"""
    return counts().get(_plain(word), 0) >= _COMMON


@lru_cache(maxsize=65536)
def word_likeness(one: str, other: str) -> float:
    """How much two words of names are spellings of each other, 0 to 1: 1 for the same word, 0 for two names."""
    one, other = _plain(one), _plain(other)
    if one == other:
        return 1.0
    if key(one) != key(other) or (established(one) and established(other)) or min(len(one), len(other)) < _LONG:
        return 0.0
    heard = ratio(sound(one), sound(other))
    return heard / 100 if heard >= _ALIKE else 0.0


@lru_cache(maxsize=65536)
def misspelt(one: str, other: str) -> bool:
    """May two words of names be one with a slip of the pen (a letter too many or too few, another or a changed order),
    with other vowels, or the short form of it? Not where both are names of their own."""
    one, other = _plain(one), _plain(other)
    if other in _nicknames().get(one, ()):
        return True
    if established(one) and established(other):
        return False
    if consonants(one) == consonants(other):
        return True
    return min(len(one), len(other)) >= _LONG - 1 and 1 in (distance(one, other), distance(sound(one), sound(other)))


@lru_cache(maxsize=65536)
def misread(one: str, other: str) -> bool:
    """May two foreign words be one with two slips of the pen? Only where everything else says that they are."""
    one, other = _plain(one), _plain(other)
    if established(one) or established(other) or min(len(one), len(other)) < _LONG:
        return False
    return one[0] == other[0] and distance(one, other) == 2


def rarity(words: tuple[str, ...]) -> float:
    """How unlikely it is that two men share these words by chance, in natural logarithms (0 and more).

    Each word that the table of Arabic names does not know counts as one that is found once in it.
    """
    total = _total()
    return sum(math.log(total / (counts().get(_plain(word), 0) + 1)) for word in words)


@cache
def _total() -> int:
    return sum(counts().values())


def plausible(name: Name) -> bool:
    """May this be one person's name? Not so many words, digits, and two names joined by و are none."""
    words = name.words
    if not words or len(words) > _LONGEST:
        return False
    if any(any(char.isdigit() for char in word) or len(word) < 2 for word in words):
        return False
    known = _classes.load().words
    for word in words[1:]:
        if word[0] == "و" and len(word) > 3 and not known.get(word, 0) & _NAMES and known.get(word[1:], 0) & _NAMES:
            return False
    return True


@lru_cache(maxsize=65536)
def in_language(word: str) -> bool:
    """Is this folded word (without article) an ordinary one of the language, whether it is a name as well or not?"""
    table = _ordinary.load()
    return word in table.nouns or word in table.adjectives


@lru_cache(maxsize=65536)
def is_ordinary(word: str) -> bool:
    """Is this folded word (without article) an ordinary one of the language and, as far as the tables know, no name?"""
    known = _classes.load().words.get(word, 0)
    if known & _NAMES or counts().get(word, 0) >= _ATTESTED:
        return False
    table = _ordinary.load()
    return bool(known) or word in table.nouns or word in table.adjectives or word in table.verbs


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names stand to each other. `score`: how alike the words are that both have, 0 to 1. `shared`: how many
    words these are; `slips`: how many of them differ by a slip of the pen. `ends`: both have the same first and the
    same last word."""

    relation: Relation
    score: float
    shared: int
    ends: bool
    slips: int = 0


def _prefixed(words: tuple[str, ...]) -> bool:
    """Is the first word of a name one that is given before the name that is used (محمد جواد نهر), and not that of a son
    (محمد بن جواد آل نهر)?"""
    dynastic = words[-1].startswith("ال")  # every other article is gone
    return words[0] in _parts()["prefixed"] and len(words) == 3 and not dynastic and not common(words[-1])


_DIFFERENT: Final = Likeness("different", 0.0, 0, False)


@lru_cache(maxsize=65536)
def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Compare the words of two names. Symmetric.

    ``shorter``: all words of one are, in their order, words of the other, which has more.
    """
    if one == other:
        return Likeness("equal", 1.0, len(one), True)
    if "".join(map(_plain, one)) == "".join(map(_plain, other)):
        return Likeness("spelling", 0.99, min(len(one), len(other)), True)
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    generation = _parts()["generation"]
    if generation & set(many) != generation & set(few):
        return _DIFFERENT
    scores: list[float] = []
    slips = 0
    at = 0
    first = last = -1
    for word in few:
        while at < len(many):
            found = word_likeness(word, many[at])
            if not found and len(few) == len(many) and misspelt(word, many[at]):
                found = _SLIP
                slips += 1
            elif not found and len(few) == len(many) and at < len(many) - 1 and misread(word, many[at]):
                found = _SLIPS
                slips += 1
            if found or len(few) == len(many):
                break
            at += 1
        if at == len(many) or not found or slips > 2:
            return _DIFFERENT
        scores.append(found)
        last = at
        first = at if first < 0 else first
        at += 1
    if first > 0 and (many[1].startswith(_SON) or few[0].startswith(_SON)):
        return _DIFFERENT  # the father, or somebody else's child
    if first > 0 and established(few[0]) and established(many[0]) and not _prefixed(many):
        return _DIFFERENT  # without his own name it is his father's
    score = sum(scores) / len(scores)
    if slips > 1 and min(scores) < _SLIP:
        return _DIFFERENT
    if len(few) == len(many):
        return Likeness("misspelt" if slips else "spelling", score, len(few), True, slips)
    return Likeness("shorter", score, len(few), first == 0 and last == len(many) - 1)
