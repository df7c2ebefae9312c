"""Offices: what a description of a person (وزير الخارجية الأميركي) comes to.

A description is read word by word, without article, gender and what says nothing of the office (باسم، الرسمي). The
state is taken out wherever it stands and however it is said, so that ``وزير الخارجية الأميركي`` and ``وزيرة خارجية
الولايات المتحدة`` are one office of one state; a state after a preposition (لدى السويد) is somebody else's. The table
``offices.tsv`` says which names of offices mean the same; any other description is an office of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from qawl.arabic.letters import fold, strip_marks
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon.classes import WordClass, expand, parse_flags
from qawl.lexicon.cues import read_rows
from qawl.people import bodies, states, tables

_BRACKETED: Final = re.compile(r"[(\[][^)\]]*[)\]]?")
_COMMAS: Final = re.compile("[،,؛;:]")
_MARK: Final = re.compile(r"[^\w\s]+|_+")
_HEAD: Final = int(WordClass.OFFICE | WordClass.HONORIFIC)
_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)
_ANYBODY: Final = int(WordClass.PEOPLE)
_THING: Final = int(WordClass.BODY | WordClass.OUTLET | WordClass.DOCUMENT)
_HEADS_OF_ALL: Final = ("رييس", "امين عام", "متحدث")  # of anything: with a body, of whatever field that is
_KNOWN_BY_NAME: Final = ("sports", "arts")
_LONGEST: Final = 5  # words of the name of an office


@dataclass(frozen=True, slots=True)
class Post:
    """An office or calling that somebody is said to hold.

    `key` is the same for all its names; `title` is for people to read; `of` the state's code (ISO 3166-1 alpha-2), if
    one is named; `body` the words of what else it belongs to; `field` where such people work (politics, sports …; empty
    where that is open); `sole` whether one person at a time holds it; `single` whether that would
    be so if the state were told (وزير الطرق); `former` and `new` as said.
    """

    key: str
    title: str
    of: str | None
    body: str
    field: str
    sole: bool
    single: bool
    former: bool
    new: bool

    @property
    def titled(self) -> bool:
        """Is this an office of some state that is not told (وزير الطرق, رئيس الوزراء)?"""
        return self.single and not self.sole and not self.of and bool(self.field)

    @property
    def calling(self) -> bool:
        """Is this one of many of a state or body who is known by name (نجم المنتخب, اللاعب النرويجي)?"""
        return not self.sole and not self.titled and self.field in _KNOWN_BY_NAME and bool(self.of or self.body)

    @property
    def place(self) -> str:
        """Office and state as one key."""
        return f"{self.key}|{self.of or ''}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a description says: the office, if it names one, and the state that it points to. `person` is False for what
    describes no single human being (a body, a source)."""

    post: Post | None
    state: str | None
    person: bool = True


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    key: str
    field: str
    holders: str
    state: str


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(
        word for row in tables.rows("office_words") if row[0] == kind for word in map(states.bare, fold(row[1]).split())
    )


@cache
def _heads() -> dict[str, str]:
    """Every form of an office's head noun → its masculine singular (وزيرة، وزيرا → وزير), folded."""
    heads: dict[str, str] = {}
    for row in read_rows("offices"):
        word, forms = row["word"], row["forms"]
        if not parse_flags(row["classes"]) & _HEAD:
            continue
        base = fold(word)
        heads.setdefault(base, base)
        own = base[:-1] if base[-1:] == "ه" else base
        for form, _ in expand(word, forms):
            written = fold(form)
            # Only what inflection makes of the word: the table also lists other words of the same kind in a row.
            if written.startswith(own) and written[len(own) :] in ("", "ه", "ا", "ته", "ها"):
                heads.setdefault(written, base)
            elif written[-1:] == "ه" and fold(form[:-1]) in heads:
                heads.setdefault(written, written[:-1])
            else:
                heads.setdefault(written, written)
    return heads


def _stem(word: str) -> str:
    """A folded word as offices are compared: without article, glued للـ and بالـ; an office's head in the masculine."""
    if _classes.load().words.get(word, 0) & _ANYBODY:
        return _heads().get(word, word)  # والدها begins with no وال
    for glued in ("ولل", "وال", "لل", "بال", "ال"):
        if word.startswith(glued) and len(word) > len(glued) + 1:
            word = word[len(glued) :]
            break
    return _heads().get(word, word)


@cache
def _offices() -> dict[tuple[str, ...], _Entry]:
    found: dict[tuple[str, ...], _Entry] = {}
    for office, also, field, holders, state, *_ in tables.rows("offices"):
        entry = _Entry(office, " ".join(map(_stem, fold(office).split())), field, holders, state)
        for name in [office, *also.split(";")]:
            if name.strip():
                found.setdefault(tuple(map(_stem, fold(name).split())), entry)
    return found


@lru_cache(maxsize=65536)
def read(description: str) -> Reading:
    """Read a description. Total; one without any known word of office names none."""
    text = _BRACKETED.sub(" ", strip_marks(description))
    text = _COMMAS.split(text, maxsplit=1)[0]
    written = _MARK.sub(" ", text).split()
    folded = [fold(word) for word in written]
    flags = _classes.load().flags
    start = 0
    person = True
    while start < len(folded):
        word = folded[start]
        known = flags(word)
        # متهما: an adverbial before the description
        adverbial = (
            word[-1:] == "ا" and written[start][-1:] in "اً" and not word.startswith("ال") and _stem(word) == word
        )
        if _stem(word) in _heads() or (known & (_ANYBODY | _THING) and not adverbial) or states.at(folded, start):
            break
        start += 1
    else:
        return Reading(None, None, bool(written) and not folded[0].isdigit())
    stems: list[str] = []
    shown: list[str] = []
    state: str | None = None
    toward = former = new = False
    idle, before = _words("idle"), _words("toward")
    at = start
    while at < len(folded):
        found = states.at(folded, at)
        if found:
            code, length = found
            if state is None and not toward:
                state = code
            elif not stems or stems[-1] != f">{code}":
                stems.append(f">{code}")
                shown.extend(written[at : at + length])
            at += length
            continue
        word = folded[at]
        stem = _stem(word)
        if word in before or stem in before:
            toward = True
            if state and _whole(stems):
                break  # الرئيس التركي في أنقرة: that is where he is
            shown.append(written[at])
        elif stem in _words("former"):
            former = True
        elif stem in _words("new"):
            new = True
        elif stem not in idle:
            stems.append(stem)
            shown.append(written[at])
        elif stems:
            shown.append(written[at])
        at += 1
    while len(stems) > 1 and stems[-1] in _words("closing") and tuple(stems) not in _offices():
        stems.pop()
        shown.pop()
    if not stems or all(stem[0] == ">" for stem in stems):
        return Reading(None, state, person)
    if stems[0] in _words("relation"):
        return Reading(None, state, person)
    first = flags(stems[0])
    if not (stems[0] in _heads() or (stems[0],) in _offices()) and first & (_ANYBODY | _THING):
        return Reading(None, state, bool(first & _ANYBODY))
    post = _post(stems, shown, state, former, new)
    return Reading(post, state or post.of, person)


def _unknown(stem: str) -> bool:
    """Is this no ordinary word, body or place, as far as the tables know?"""
    nouns = _ordinary.load()
    if stem[0] == ">" or stem in nouns.nouns or stem in nouns.adjectives:
        return False
    return not _classes.load().flags(stem) & ~_NAMES


def _whole(stems: list[str]) -> bool:
    """Are these words all of an office that one at a time holds?"""
    entry = _offices().get(tuple(stems))
    return entry is not None and entry.holders == "one"


def _post(stems: list[str], shown: list[str], state: str | None, former: bool, new: bool) -> Post:
    offices = _offices()
    for length in range(min(_LONGEST, len(stems)), 0, -1):
        entry = offices.get(tuple(stems[:length]))
        if entry:
            break
    else:
        length, entry = 1, _Entry(stems[0], stems[0], "", "many", "")
    rest = stems[length:]
    of = state or entry.state or states.seat(stems) or None
    if of and entry.holders == "one" and all(_unknown(stem) for stem in rest):
        rest = []  # the beginning of the name that follows: الرئيس الصيني لو
    body = " ".join(rest)
    if not entry.key.startswith("وزير") and (known := bodies.known(body, of)):
        body, own_state = known.key.split("|")
        of = own_state or of
    key = f"{entry.key} {body}".strip()
    # A minister without a state is any state's, the spokesman of "the company" any company's.
    own = any(stem[0] != ">" for stem in rest) and not entry.key.startswith("وزير") and not bodies.vague(body)
    belongs = of is not None or own
    sole = belongs and (entry.holders == "one" or (of is not None and of in entry.holders.split()))
    # The national team's trainer is one, and an ambassador to one state; "the German trainer" may train anywhere.
    sole = sole or (entry.holders == "body" and bool(rest) and (own or of is not None))
    title = entry.title if not rest else " ".join(shown)
    field = "" if rest and entry.key in _HEADS_OF_ALL else entry.field
    single = entry.holders == "one" and (bool(rest) or entry.key != "رييس")
    return Post(key, title, of, body, field, sole, sole or single, former, new)
