"""Bodies, outlets, states and groups: the normal form of their names, and the state that they belong to.

Quotation marks, brackets, articles and glued prepositions do not matter; the state is taken out wherever it stands
(``حكومة النرويج`` is ``الحكومة النرويجية``); what an outlet is (``صحيفة``) is no part of its name. The table
``bodies.tsv`` says which names mean the same. A name that says only what kind of body it is (``الوزارة``, ``الشرطة``)
is nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from qawl.arabic.letters import fold, strip_marks
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon.classes import WordClass
from qawl.people import names, states, tables

Standing = Literal["state", "capital", "body", "vague"]

_BRACKETED: Final = re.compile(r"[(\[][^)\]]*[)\]]?")
_IN_BRACKETS: Final = re.compile(r"[(\[]\s*([^)\]]*[^\W\d][^)\]]*?)\s*[)\]]")
_IN_QUOTES: Final = re.compile(r"[\"“”«»„]\s*([^\"“”«»„]*[^\W\d][^\"“”«»„]*?)\s*[\"“”«»„]")
_COMMAS: Final = re.compile("[،,؛;:]")
_FOLLOWS: Final = re.compile(r"[ \xa0\"“”«»\-]{1,2}(\w+)")
_PRECEDES: Final = re.compile(r"(?:^|[\W])(\w+)[ \xa0\"“”«»\-]{1,2}$")
_QUOTED: Final = re.compile(r"[ \xa0]?[\"“«]([^\"“”«»\n]{2,40})[\"”»]")
_WORDS: Final = 4  # of a name in quotation marks
_WIDER: Final = 3  # words beside a mention that may belong to it …
_REACH: Final = 30  # … and so many characters before it, for one of them
_MARK: Final = re.compile(r"[^\w\s]+|_+")
_BODY: Final = int(WordClass.BODY | WordClass.OUTLET)
_PLACE: Final = int(WordClass.PLACE | WordClass.NATIONALITY)
_ORDINARY_TOO: Final = int(WordClass.WHOLE)
_CONSONANTS: Final = 3  # with fewer, other words sound the same
_ANY: Final = "*"  # every state has one
_PRONOUNS: Final = ("ها", "هم", "هما", "ه", "نا")
_FEMININE: Final = "ة"  # folded it looks like the pronoun
_PLURALS: Final = ("ون", "ين")


@dataclass(frozen=True, slots=True)
class Body:
    """What a name of a body or place comes to. `key` is the same for all its names (empty for a vague one); `title` is
    for people to read; `of` the code of the state that it is, speaks for or belongs to; `outlet` whether the name said
    that it is an outlet or company and is none of the table."""

    key: str
    title: str
    standing: Standing
    of: str | None
    outlet: bool = False


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(
        word for row in tables.rows("body_words") if row[0] == kind for word in map(_stem, fold(row[1]).split())
    )


def _stem(word: str) -> str:
    """A folded word without article and a preposition glued to the article."""
    for glued in ("وال", "لل", "بال", "ال"):
        if word.startswith(glued) and len(word) > len(glued) + 1 and word != "الله":
            return word[len(glued) :]
    return word


@cache
def _same() -> dict[tuple[str, ...], tuple[str, str, str]]:
    """Words of a name (as `_reduced` gives them) → key, title and state of the body in the table."""
    found: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for body, also, state, *_ in tables.rows("bodies"):
        own, of = _reduced(body)
        entry = (" ".join(own), body, state or of or "")
        for name in [body, *also.split(";")]:
            if name.strip():
                words, other = _reduced(name)
                found.setdefault((*_heard(words), other or ""), entry)
                if state not in ("", _ANY) and other is None:
                    found.setdefault((*_heard(words), state), entry)
    return found


@cache
def _generic() -> frozenset[str]:
    """Words that alone name nobody, even after the word for a kind (وكالة الأنباء)."""
    return _words("kind") | _words("of a state alone")


def _heard(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a name with foreign ones by their consonants, so that other spellings of them are the same, and in one
    order: وكالة نهر للأنباء is وكالة الأنباء نهر."""
    enough = _CONSONANTS if len(words) > 1 else _CONSONANTS + 1
    return tuple(sorted(_sound(word, enough) for word in words))


def proper(name: str) -> bool:
    """Has a name a word that is none of the language (لوموند), so that hardly two states have a body of it?"""
    words, _ = _reduced(name)
    return any(not _plain(word) and len(word) >= _CONSONANTS for word in words)


@lru_cache(maxsize=65536)
def _plain(word: str) -> bool:
    """Is this a word of the language (وطني), not of an outlet's or company's own name (بوست)?"""
    if names.in_language(word):
        return True
    return names.is_ordinary(word) and _classes.load().words.get(word, 0) & ~_ORDINARY_TOO != int(WordClass.OUTLET)


@lru_cache(maxsize=65536)
def _sound(word: str, enough: int) -> str:
    if _plain(word) or len(names.consonants(word)) < enough:
        return word
    return names.key(word)


def _reduced(name: str) -> tuple[tuple[str, ...], str | None]:
    words, of, _ = _taken_apart(name)
    return words, of


@lru_cache(maxsize=65536)
def _taken_apart(name: str) -> tuple[tuple[str, ...], str | None, bool]:
    """The words of a name as they are compared, the code of the state that is taken out of it, and whether it said
    what kind of outlet or company it is."""
    text = _BRACKETED.sub(" ", strip_marks(name))
    text = _COMMAS.split(text, maxsplit=1)[0]
    folded = fold(_MARK.sub(" ", text)).split()
    stems: list[str] = []
    of: str | None = None
    at = 0
    while at < len(folded):
        found = states.at(folded, at)
        if found and of is None and (at or len(folded) > found[1]):
            of = found[0]
            at += found[1]
            if len(stems) > 1 and stems[-1] in _words("before"):
                stems.pop()  # الجيش العربي السوري
            continue
        if stems and _stem(folded[at]) in _words("under"):
            break  # المجلس التابع لـ
        if folded[at] not in _words("idle"):
            stems.append(_stem(folded[at]))
        at += 1
    said = False
    beside = _words("beside")
    while len(stems) > 1 and stems[0] in _words("kind") and not _place(stems[1:]):
        if all(stem in _words("official") for stem in stems[1:]):
            break  # التلفزيون الرسمي
        stems.pop(0)
        said = True
        if own := [stem for stem in stems if stem not in beside]:
            stems = own  # الموقع الرسمي للجيش
    if said and len(stems) > 1 and "انباء" in stems and not all(_plain(stem) for stem in stems):
        stems.remove("انباء")  # وكالة بتروفنك للأنباء
    if len(stems) > 1 and stems[0] in _words("the") and not _place(stems):
        stems.pop(0)
    if len(stems) > 1 and stems[0] in _words("club"):
        stems[0], said = "نادي", True
    while len(stems) > 1 and stems[-1] in beside:
        stems.pop()
    return tuple(stems), of, said


@lru_cache(maxsize=65536)
def read(name: str) -> Body:
    """Read the name of a body or place. Total."""
    if marked := _marked(name):
        return marked
    shown = " ".join(_MARK.sub(" ", _BRACKETED.sub(" ", strip_marks(name))).split()) or name.strip()
    if shown[:1] == "ل" and _known("ا" + shown) and not _known(shown):
        name = shown = "ا" + shown  # لحوثيين is what للحوثيين leaves after the preposition
    if reported := _reported(shown):
        return reported
    folded = fold(shown).split()
    while len(folded) > 1 and _stem(folded[0]) in _words("side"):
        folded.pop(0)
    before_tag = name.partition("#")[0].strip()
    if before_tag and "#" in name and (tagged := known(before_tag, None)):
        return tagged  # a hashtag of something else follows
    if folded:
        found = states.at(folded, 0)
        if found and (found[1] == len(folded) or folded[found[1]][0] == "ب" or folded[found[1]] in _words("after")):
            return Body(f"={found[0]}", states.label(found[0]), "state", found[0])
    words, of, said = _taken_apart(name)
    entry = _same().get((*_heard(words), of or ""))
    if entry and entry[2] != _ANY:
        key, title, state = entry
        return Body(f"{key}|{state}", title, "body", state or None)
    if _whole_place(folded) and not states.capital(folded):
        return Body(f"{' '.join(folded)}|", shown, "body", None)  # صعدة، though the word means something else as well
    if seat := states.capital(folded):
        return Body(" ".join(folded), shown, "capital", seat)
    entry = _same().get((*_heard(words), ""))
    if entry and entry[2] in ("", _ANY):  # a body that every state has: وزارة الخارجية
        words = tuple(entry[0].split())
    elif entry and proper(name):  # of one state, whoever's it is called
        key, title, state = entry
        return Body(f"{key}|{state}", title, "body", state)
    if of and len(words) == 1 and words[0] in _words("realm"):
        return Body(f"={of}", states.label(of), "state", of)
    if (
        not words
        or (of is None and len(words) > 1 and words[0] == "وزاره")
        or (_vague(words, of, shown) and not (said and words[0] not in _words("beside") | _generic()))
    ):
        return Body("", shown, "vague", of)
    return Body(f"{' '.join(_heard(words))}|{of or ''}", shown, "body", of or states.seat(words), said and not entry)


def _reported(shown: str) -> Body | None:
    """The body of the table after an ordinary word and لـ (حصيلة لوزارة الطرق); None: none."""
    first, _, rest = shown.partition(" ")
    if first.startswith("ال") or not rest.startswith("ل") or not names.in_language(fold(first)):
        return None
    return known("ال" + rest[2:] if rest.startswith("لل") else rest[1:], None)


def _marked(name: str) -> Body | None:
    """The body that a name gives in quotation marks or brackets after the word for its kind, whatever stands around
    (شركة المشروبات العملاقة "نهر"، وكالة (نهر) الرسمية); None: none."""
    for marks in (_IN_QUOTES, _IN_BRACKETS):
        found = marks.search(name)
        before = fold(_MARK.sub(" ", name[: found.start()])).split() if found else []
        if not found or not before or _stem(before[0]) not in _words("kind") | _words("named"):
            continue
        around = [*before, *fold(_MARK.sub(" ", name[found.end() :])).split()]
        at = next((place for place in range(1, len(around)) if states.at(around, place)), None)
        of = states.at(around, at) if at is not None else None
        if marks is _IN_BRACKETS and known(_BRACKETED.sub(" ", name), None):
            continue  # وكالة الأنباء النرويجية (نهر)
        meant = known(found[1], of[0] if of else None)
        if meant and not title(found[1]) and (not of or not meant.of or meant.of == of[0]):
            return meant
        outside = _reduced(_BRACKETED.sub(" ", name[: found.start()] + " " + name[found.end() :]))
        if _stem(before[0]) in _words("kind") and (marks is _IN_QUOTES or _vague(outside[0], outside[1], "")):
            stated = " ".join(around[at : at + of[1]]) if of and at is not None else ""
            return read(f"{before[0]} {_MARK.sub(' ', found[1])} {stated}")
    return None


@lru_cache(maxsize=65536)
def called(name: str, aliases: tuple[str, ...]) -> str:
    """The name by which a body is to be read: its own, or the beginning of that which is a name of a state or of a body
    of the table, if its article calls it so, too (حركة حماس المرتبكة, and elsewhere حماس)."""
    own = read(name)
    if own.standing in ("state", "capital") or known(name, own.of):
        return name
    words = _bare(name)
    best: tuple[int, str] = (0, name)
    for alias in aliases:
        other = _bare(alias)
        begins = other and len(other) < len(words) and words[: len(other)] == other
        if begins and len(other) > best[0] and (read(alias).standing in ("state", "capital") or known(alias, None)):
            best = len(other), alias
    return best[1]


@cache
def _going_on() -> tuple[frozenset[str], frozenset[str]]:
    """Words with which a name of the table begins or goes on, and those with which it goes on or ends."""
    before: set[str] = set()
    after: set[str] = set()
    for body, also, *_ in tables.rows("bodies"):
        for name in [body, *also.split(";")]:
            stems = [_heard((_stem(word),))[0] for word in fold(_MARK.sub(" ", name)).split()]
            before.update(stems[:-1])
            after.update(stems[1:])
    return frozenset(before), frozenset(after)


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a mention with the words beside it, as long as they make it the name of a body of the table
    (صحيفة نيويورك, where تايمز follows); else the place as it is."""
    said = _MARK.sub(" ", text[start:end])
    words = fold(said).split()
    if not words:
        return start, end
    named = _QUOTED.match(text, end)  # صحيفة "نهر", and "نهر" was left out
    if named and _kind_alone(words) and len(named[1].split()) <= _WORDS:
        return start, named.end()
    before, after = _going_on()
    best = start, end
    if _sounds_in(words[-1], before):
        to = end
        for _ in range(_WIDER):
            follows = _FOLLOWS.match(text, to)
            if follows is None:
                break
            to = follows.end()
            if not _sounds_in(fold(follows[1]), after):
                continue
            for first in (start, start + 1) if text[start] in "لوب" else (start,):
                if _another(text[first:to], said):
                    best = first, to
    if best == (start, end) and _sounds_in(words[0], after) and read(said).standing not in ("state", "capital"):
        since = start
        for _ in range(_WIDER):
            precedes = _PRECEDES.search(text, max(0, since - _REACH), since)
            if precedes is None:
                break
            since = precedes.start(1)
            if _sounds_in(fold(precedes[1]), before) and _another(text[since:end], said):
                best = since, end
    return best


def _kind_alone(words: list[str]) -> bool:
    """Do these words say no more than what kind of body it is (وكالة أنباء)?"""
    stems = [_stem(word[1:] if n == 0 and word[:1] in "لبو" else word) for n, word in enumerate(words)]
    kinds = _words("kind") | _words("named")
    return (_stem(words[0]) in kinds or stems[0] in kinds) and all(stem in kinds | {"انباء"} for stem in stems[1:])


def _sounds_in(word: str, words: frozenset[str]) -> bool:
    if word in _words("after"):
        return False
    stem = _stem(word)
    return any(_heard((form,))[0] in words for form in ((stem, word[1:]) if word[:1] in ("ل", "و", "ب") else (stem,)))


@lru_cache(maxsize=65536)
def _another(name: str, part: str) -> bool:
    """Is this the name of a body of the table, not of one that every state has, where a part of it is none of that?"""
    found, own = known(name, None), known(part, None)
    return found is not None and not title(name) and (own is None or own.key.split("|")[0] != found.key.split("|")[0])


def stems(name: str) -> list[str]:
    """The folded words of a name without articles and prepositions glued to these."""
    return [_stem(word) for word in fold(_MARK.sub(" ", name)).split()]


def _bare(name: str) -> list[str]:
    """The words of a name, without articles and the word for its kind."""
    stems = [_stem(word) for word in fold(_MARK.sub(" ", name)).split()]
    return stems[1:] if len(stems) > 1 and stems[0] in _words("kind") | _words("named") else stems


def known(name: str, of: str | None) -> Body | None:
    """The body of the table that a name means, given the state (its code) that was said beside it; None: none."""
    if not name:
        return None
    words, own = _reduced(name)
    heard = _heard(words)
    entry = _same().get((*heard, of or own or "")) or _same().get((*heard, ""))
    if entry is None:
        return None
    key, title, state = entry
    state = (of or own or "") if state == _ANY else state
    return Body(f"{key}|{state}", title, "body", state or of)


def title(name: str) -> str:
    """The words of a name without its state, if they say what every state has (وزارة الطرق); else nothing."""
    words, _, said = _taken_apart(name)
    if said and words[0] not in _words("of a state alone"):
        return ""  # الشركة المالية
    entry = _same().get((*_heard(words), ""))
    if entry and entry[2] == _ANY:
        words = tuple(entry[0].split())
    kinds = _words("of a state alone") if len(words) == 1 else _words("of a state")
    if len(words) == 2:
        kinds |= _words("of a state with one word")
    return " ".join(words) if words and words[0] in kinds else ""


def international(name: str) -> bool:
    """Has a name a word that no body of a single state has, or may it be the beginning of an agency's own name?"""
    return not set(_reduced(name)[0]).isdisjoint(_words("of no state"))


@cache
def _short() -> dict[str, tuple[str, ...]]:
    """Stems of a short name → the keys of the bodies that it may mean."""
    found: dict[str, tuple[str, ...]] = {}
    for own, meant in _meant().items():
        found[own] = tuple(body.key for other in meant if (body := known(other, None)))
    return found


def short(name: str) -> str:
    """The stems of a short name that means one of a few bodies (المنظمة الدولية), if it is one of the table."""
    if not fold(name).startswith(("ال", "لل")) or _marked(name):
        return ""  # منظمة دولية: any
    words, of = _reduced(name)
    stems = " ".join(words)
    return stems if of is None and stems in _short() else ""


@cache
def _spellings() -> dict[str, re.Pattern[str]]:
    """Short name, as `short` gives it → an expression in which a group with the title of each body that it may mean
    finds that body's names in a folded text whose words have no article."""
    named: dict[str, list[str]] = {}
    for body, also, *_ in tables.rows("bodies"):
        for name in filter(None, map(str.strip, [body, *also.split(";")])):
            named.setdefault(body, []).append(" ".join(stems(name)))
    found: dict[str, re.Pattern[str]] = {}
    for own, meant in _meant().items():
        groups: list[str] = []
        for n, other in enumerate(meant):
            entry = known(other, None)
            spelled = [one for one in named.get(entry.title, ()) if not one.endswith(own)] if entry else []
            groups.append(f"(?P<b{n}>{'|'.join(map(re.escape, spelled)) or '(?!)'})")
        found[own] = re.compile(rf"\b[ولبكف]?(?:{'|'.join(groups)})\b")
    return found


def meant_in(name: str, text: str) -> str:
    """The title of the one body that a short name (الصندوق) means in a text: of those that it may mean the only one
    that the text names; empty where there is none."""
    own = short(name)
    if not own:
        return ""
    said = {found.lastgroup for found in _spellings()[own].finditer(" ".join(stems(text)))}
    if len(said) != 1:
        return ""
    body = known(_meant()[own][int((said.pop() or "b0")[1:])], None)
    return body.title if body else ""


@cache
def _meant() -> dict[str, tuple[str, ...]]:
    return {
        " ".join(_reduced(name)[0]): tuple(map(str.strip, meant.split(";")))
        for name, meant, *_ in tables.rows("short_bodies")
    }


@cache
def _shortened() -> dict[str, tuple[str, ...]]:
    """Key of a body → its short names, as `short` gives them."""
    found: dict[str, tuple[str, ...]] = {}
    for stems, keys in _short().items():
        for key in keys:
            found[key] = (*found.get(key, ()), stems)
    return found


def shortened(key: str) -> tuple[str, ...]:
    """The short names of a body, by its key, as `short` gives them."""
    return _shortened().get(key, ())


def vague(name: str) -> bool:
    """Does a name say no more than what kind of body it is (الوزارة), or whose (فريقه)?"""
    return read(name).standing == "vague"


def _place(stems: list[str]) -> bool:
    """Do these words name a place (الشرق الأوسط)? Then what a body of that name is remains part of its name."""
    table = _classes.load()
    if len(stems) == 1:
        return bool(table.flags(stems[0]) & int(WordClass.PLACE))
    return any(
        table.phrases.get(tuple(phrase), 0) & int(WordClass.PLACE)
        for phrase in (stems, [f"ال{stem}" for stem in stems], [stems[0], *(f"ال{stem}" for stem in stems[1:])])
    )


def _whole_place(folded: list[str]) -> bool:
    """Is this, as it stands, the name of a place that the tables know?"""
    table = _classes.load()
    if len(folded) == 1:
        return bool(table.words.get(folded[0], 0) & _PLACE)
    return bool(table.phrases.get(tuple(folded), 0) & _PLACE)


def _known(name: str) -> bool:
    """Do the tables know the first words of a name as those of a place, body or nation?"""
    words = fold(name).split()
    table = _classes.load()
    if states.at(words, 0) or table.flags(words[0]) & (_BODY | _PLACE):
        return True
    reduced, of = _reduced(name)
    return (*_heard(reduced), of or "") in _same()


def _vague(words: tuple[str, ...], of: str | None, shown: str) -> bool:
    """Does a name say no more than what kind of body it is, or whose (فريقه)? `shown` is the name as written."""
    if of is not None:
        return False
    table, nouns = _classes.load(), _ordinary.load()
    named = shown[-1:] == _FEMININE and len(words) > 2 and (table.flags(words[0]) & _BODY)  # اللجنة الوطنية النسائية
    for pronoun in () if named else _PRONOUNS:
        if words[-1].endswith(pronoun) and _noun(words[-1].removesuffix(pronoun)):
            return True
    if len(words) == 1:
        word = words[0]
        known = table.flags(word) | table.flags("ال" + word)
        return bool(known & _BODY and word in nouns.nouns) or word in nouns.nouns or word in nouns.adjectives
    if len(words) == 2 and words[0] in _words("of a state with one word"):
        return words[1] in nouns.nouns or words[1] in nouns.adjectives
    # وزارة الخارجية, of whichever state
    return words[0] in _words("of a state") and all(
        word in nouns.nouns or word in nouns.adjectives for word in words[1:]
    )


def _noun(stem: str) -> bool:
    """Is this an ordinary noun as it is before a pronoun (حكومتـ, فريقـ)?"""
    table, nouns = _classes.load(), _ordinary.load()
    return any(
        form in nouns.nouns or table.words.get(form, 0) & _BODY
        for form in (stem, stem[:-1] + "ه" if stem[-1:] == "ت" else stem)
        if len(form) > 2
    )


def group_key(name: str) -> str:
    """The key of a group that has a name of its own or is a people (الفلسطينيون); empty for all others."""
    folded = fold(_MARK.sub(" ", strip_marks(name))).split()
    if len(folded) != 1:
        return ""
    known = read(name)
    if (*_heard(_reduced(name)[0]), "") in _same():
        return known.key
    stem = _stem(folded[0])
    if stem[-2:] in _PLURALS and len(stem) > 4:
        found = states.at([stem[:-2]], 0) or states.at(["ال" + stem[:-2]], 0)
        if found:
            return f"~{found[0]}"
    return ""
