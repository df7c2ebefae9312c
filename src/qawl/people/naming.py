"""What of a person's name stands beside the place that names him: the reader stops at a word that it does not know.

A given name alone goes on with the family's (وقال مراد نهر, and مراد was read); an office is followed, or after a comma
preceded, by the name of who holds it; a description may end in the name itself (مدرب المنتخب مراد نهر).
"""

from __future__ import annotations

import re
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.lexicon.classes import WordClass
from qawl.people import names

_NEXT: Final = re.compile(r"([ \xa0]?[،,]?[ \xa0]+#?|_)([^\W_]+)")
_BEFORE: Final = re.compile(r"(?:^|[^\w])([^\W_]+)([ \xa0]?[،,][ \xa0]+)$")
_PREVIOUS: Final = re.compile(r"(?:^|[^\w])([^\W_]+)[ \xa0]+$")
_LATIN: Final = re.compile("[a-zA-Z]")
_MARKS: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 4  # words of a name
_REACH: Final = 40  # characters before a place, for one word
_USUAL: Final = 500  # such a word is a name, whatever else it is (علي)
_SHORT: Final = 3  # letters; shorter words are hardly names
_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)
_FAMILY: Final = int(WordClass.SURNAME)
#: What a word is that ends a name, though it may be in a list of names as well.
_ENDS: Final = int(
    WordClass.AN | WordClass.IN | WordClass.PREP_PRONOUN | WordClass.CONJUNCTION | WordClass.SUBORDINATOR
    | WordClass.RELATIVE | WordClass.NEGATION | WordClass.PRONOUN | WordClass.DEMONSTRATIVE | WordClass.AUXILIARY
    | WordClass.QAD | WordClass.KANA | WordClass.INTERROGATIVE | WordClass.WEEKDAY | WordClass.NUMBER
)  # fmt: skip
_OTHERS: Final = int(
    WordClass.PREPOSITION | WordClass.ADVERB | WordClass.VERB | WordClass.TIME | WordClass.MONTH | WordClass.OFFICE
    | WordClass.BODY | WordClass.OUTLET | WordClass.DOCUMENT | WordClass.PEOPLE | WordClass.PLACE
    | WordClass.NATIONALITY | WordClass.SETTING | WordClass.UNIT
)  # fmt: skip


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a mention that ends in a given name alone, with the family's name that follows; else as it is."""
    said = [(fold(word), word) for word in _MARKS.sub(" ", text[start:end]).split()]
    if not said or text[end - 1 : end] in '"»”)،,' or not _given(*said[-1]):
        return start, end
    to = _goes_on(text, end, 1)
    return (start, to) if to > end else (start, end)


def restored(name: str, text: str, start: int, end: int) -> str:
    """A name with the letter that the reader took for a particle written onto it (وائل نهر was read as ائل نهر), as its
    mention has it; as it is where that letter is one (وسالم نهر)."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    at = text.find(first, max(0, start - 1), end) if first else -1
    if at < 1 or text[at - 1] not in "وفكبل" or (at > 1 and text[at - 2].isalnum()):
        return name
    word, whole = fold(first), fold(text[at - 1] + first)
    if not _initial(text[at - 1], word, whole):
        return name
    return text[at - 1] + name


def _initial(letter: str, word: str, whole: str) -> bool:
    """Is a letter before a word the first one of a name, and no particle?"""
    if names.attested(whole) or names.foreign(whole):
        return True
    known = _classes.load().flags(word) or names.in_language(names.bare(word)) or names.reports(word)
    if letter in "فك":
        return len(word) >= _SHORT - 1 and not known & ~_NAMES and not word.startswith("ال")
    verb = names.inflected(word, word) or names.no_name(word)
    return letter == "و" and word[0] == "ي" and not (known or verb or names.attested(word) or names.foreign(word))


def named_beside(text: str, start: int, end: int) -> str:
    """The full name after a description, or the surname after a rank alone, or the full name before it and a comma;
    empty where there is none."""
    at = end
    alone = len(text[start:end].split()) == 1 and _rank(fold(text[start:end]))
    titled = -1  # where ranks begin that stand between
    while (found := _NEXT.match(text, at)) and _beside(fold(found[2])):
        titled = found.start(2) if titled < 0 and _rank(fold(found[2])) else titled
        at = found.end()
    if found and _begins(found[2], text, found.end(), titled >= 0):
        to = _goes_on(text, found.end(), 1)
        if to > found.end():
            return text[found.start(2) if titled < 0 else titled : to]
    if found and (alone or titled >= 0) and not found[1].strip() and _family(fold(found[2]), found[2]):
        return text[start if titled < 0 else titled : found.end()]
    return _preceding(text, start)


def _preceding(text: str, start: int) -> str:
    """The full name that ends with a comma before a place."""
    found = _BEFORE.search(text, max(0, start - _REACH), start)
    if not found:
        return ""
    first, to = found.start(1), found.end(1)
    words = [(fold(found[1]), found[1])]
    while len(words) < _LONGEST and (previous := _PREVIOUS.search(text, max(0, first - _REACH), first)):
        if not _part(fold(previous[1]), previous[1]):
            break
        first = previous.start(1)
        words.insert(0, (fold(previous[1]), previous[1]))
    while len(words) > 1 and not _given(*words[0]):
        first += len(words.pop(0)[1]) + 1
    return text[first:to] if len(words) > 1 and all(_part(*word) for word in words) else ""


def within(name: str) -> str:
    """The full name in which a description ends (مدرب المنتخب مراد نهر, محامي سلمى مراد نهر), that is not the name of
    whom it speaks for (محامي مراد نهر, المتحدث باسم مراد نهر); empty where there is none."""
    words = _MARKS.sub(" ", name).split()
    folded = [fold(word) for word in words]
    for at in range(max(1, len(words) - _LONGEST), len(words) - 1):
        before = folded[at - 1]
        if not _given(folded[at], words[at]) or not all(map(_part, folded[at:], words[at:])):
            continue
        own = before.startswith("ال") if at == 1 else not _bound(before)
        return " ".join(words[at:]) if own else ""
    return ""


def after_comma(name: str) -> str:
    """The full name after a comma, where the words before it are of a club or house (سان سيتي، النرويجي مراد نهر);
    empty where there is none."""
    before, _, after = name.partition("،")
    if not after or not names.parts("nobody") & set(fold(before).split()):
        return ""
    words = after.split()
    nation = bool(words) and bool(_classes.load().flags(fold(words[0])) & int(WordClass.NATIONALITY))
    return within(after) or (within(f"ال {after}") if not nation else "")


def _bound(word: str) -> bool:
    """Does a word bind what follows to what stands before it (باسم)?"""
    known = _classes.load().words.get(word, 0)
    office = known & int(WordClass.OFFICE | WordClass.PEOPLE) and not word.startswith("ال")
    return bool(known & int(WordClass.PREPOSITION)) or bool(office) or word in names.parts("bound")


def _begins(raw: str, text: str, end: int, titled: bool) -> bool:
    """May a full name begin with this word? A word that no table knows does where the next is none either; `titled`:
    after a rank any that is a name may."""
    word = fold(raw)
    if _given(word, raw) or (titled and names.attested(word) and _part(word, raw)):
        return True
    follows = _NEXT.match(text, end)
    if follows is None or follows[1].strip() or word.startswith("ال"):
        return False
    return names.rare(word) and names.rare(fold(follows[2]))


def _goes_on(text: str, end: int, count: int) -> int:
    """Where a name ends that goes on after a place."""
    while count < _LONGEST and (found := _NEXT.match(text, end)):
        word = fold(found[2])
        if found[1].strip():
            break
        joined = word in names.parts("join") or word in names.parts("son")
        found = _NEXT.match(text, found.end()) if joined else found
        if found is None or found[1].strip():
            break
        noun = joined and names.in_language(fold(found[2]))  # أبو نهر
        if not noun and not _part(fold(found[2]), found[2]):
            break
        end = found.end()
        count += 1
    return end


def _rank(word: str) -> bool:
    stem = names.bare(word)
    return (stem != word and stem in names.parts("honorific") | names.parts("rank")) or word in names.parts("style")


def _beside(word: str) -> bool:
    """Is this a word between an office and the name of its holder (العقيد، الإسباني)?"""
    nation = word.startswith("ال") and _classes.load().flags(word) & int(WordClass.NATIONALITY)
    return _rank(word) or bool(nation) or word == "الله"


def _given(word: str, raw: str) -> bool:
    """Is this a given name, and hardly anything else? Folded, and as written."""
    if word in _nobody() or not raw.isalpha() or (raw[-1:] in "ىة" and names.counts().get(word, 0) < _SHORT):
        return False
    if raw[-1:] == "ه" and not names.given(word):
        return False  # باسمه, not جوزيه
    flags = _classes.load().words.get(word, 0)
    if flags & (_ENDS | _OTHERS) or names.in_language(word):
        return names.common(word) and (names.given(word) or names.counts()[word] >= _USUAL)
    return names.given(word) or (names.established(word) and not word.startswith("ال"))


def _nobody() -> frozenset[str]:
    return names.parts("nobody") | names.parts("joined")


def _family(word: str, raw: str) -> bool:
    """Is this a name that follows a rank (العقيد النهري)?"""
    stem = names.bare(word)
    flags = _classes.load().flags(word)
    if flags & (_ENDS | _OTHERS) or raw[-1:] in "ىة" or not raw.isalpha():
        return False
    if names.in_language(stem):
        return stem != word and stem[-1] == "ي" and names.established(stem)  # المالكي، not الحصول
    return bool(flags & _FAMILY) or names.rare(word) or (stem != word and names.established(stem))


def _part(word: str, raw: str) -> bool:
    """May this word go on a name that has begun?"""
    stem = names.bare(word)
    flags = _classes.load().flags(word)
    if flags & _ENDS or raw[-1:] in "ىً" or (len(word) < _SHORT and not flags & _NAMES) or not raw.isalpha():
        return False
    if _LATIN.search(word):
        return False
    if flags & _OTHERS:
        return names.common(stem) and not flags & int(WordClass.OFFICE | WordClass.PEOPLE | WordClass.BODY)
    if names.in_language(stem):
        return names.common(stem) or (stem != word and names.established(stem))
    if stem != word:
        return names.attested(stem)
    if names.no_name(word) or (names.reports(word) and not names.common(word)):
        return False
    if names.attested(word) or names.foreign(word):
        return not (word[0] == "و" and names.attested(word[1:]) and not names.established(word))
    return not (flags or _of_sentence(word, raw) or names.inflected(word, raw))


def _of_sentence(word: str, raw: str) -> bool:
    """Has a word that no table knows the form of a verb, of one with a pronoun, or of one with a particle?"""
    if word[0] == "ي" or (word[0] == "و" and word[1] != "و") or (word[0] == "ل" and word[1] not in "او"):
        return True
    if word[0] in "فبك" and (names.in_language(word[1:]) or names.no_name(word[1:])):
        return True
    if word[-1] == "ا" and names.in_language(word[:-1]):
        return True
    return len(word) > _SHORT + 1 and (raw.endswith(("ها", "هم", "ون")) or (raw[-1] == "ه" and raw[-2:] != "يه"))
