"""The cast of an article: every phrase that names somebody, and which phrases name the same one.

Phrases are read once from left to right; each is then tied to an *entity*: by proper name (a surname or part of a
name stands for the full name), by office (``الوزير`` for the minister named before), by reduced form (``الشركة`` for
the company named before) or by state (``طهران`` and ``إيران``).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from typing import Final

from qawl.arabic.names import STYLES, Gender, NounPhrase, Number, glued_name, noun_phrase
from qawl.arabic.nominal import (
    ACCUSATIVE,
    BODY,
    BY,
    DEF,
    DOCUMENT,
    FOR,
    GIVEN,
    GLUE,
    HEAD,
    HEAD_OR_PLACE,
    HONORIFIC,
    INSTITUTION,
    NAME,
    NATION,
    NOUN,
    OFFICE,
    OUTLET,
    OWNED,
    PART_OF_NAME,
    PEOPLE,
    PLACE,
    PROPER,
    QUALITY,
    SETTING,
    STOP,
    TIME,
    VERB,
)
from qawl.arabic.words import Form, Words
from qawl.lexicon import classes as _classes
from qawl.lexicon.classes import WordClass
from qawl.statement import EntityType

Key = tuple[str, ...]

#: Descriptions that fit an official of any office.
_OFFICIALS: Final = frozenset("مسوول مسووله دبلوماسي دبلوماسيه ديبلوماسي ديبلوماسيه زعيم زعيمه سياسي قيادي".split())
#: The same one as before: المتحدث ذاته، المصدر نفسه.
SAME: Final = frozenset("نفس نفسه نفسها ذات ذاته ذاتها عينه عينها".split())
_PARTICLES: Final = SAME | frozenset("في من لدي باسم عن هذا هذه تلك ذلك هولاء مذكور مذكوره".split())
#: Entities of one head word, names and titles of one entity that are looked at: keeps odd texts linear.
_MOST: Final = 24
_LINKS: Final = frozenset({"بن", "ابن", "بنت"})
#: Heads that a body's own name follows.
_BRANDED: Final = frozenset(
    "شركه مجموعه صحيفه جريده قناه وكاله موقع مجله شبكه حركه تنظيم جماعه حزب بنك مصرف موسسه نادي دار منظمه فريق".split()
)
#: Words that stand for one another in the names of offices and bodies.
_SAME: Final = {"شوري": "برلمان", "نواب": "برلمان", "حكومه": "وزراء", "امه": "برلمان", "نيابه": "نايب"}
_GOVERNMENT: Final = frozenset("حكومه سلطات دوله اداره جمهوريه مملكه".split())
_WEEKDAY: Final = WordClass.WEEKDAY.value
_OF_STATES: Final = (WordClass.NATIONALITY | WordClass.PLACE).value
_LIGHT: Final = frozenset({"مجلس", "اسلامي", "اسلاميه", "حالي", "سابق", "راحل", "جديد", "رسمي", "رسميه", "جديده"})


#: What can begin a phrase that names somebody has one of these (more is asked by `Cast._may_start`).
_BEGINS: Final = HEAD | PLACE | NATION | GIVEN | GLUE | NAME
_ORDINARY: Final = NOUN | VERB | FOR | BY
_INNER: Final = BODY | OUTLET | GIVEN
_OFFICIAL: Final = OFFICE | HONORIFIC | PEOPLE | NATION


class Entity:
    """Somebody in the article, with all phrases that name him, in the order in which they were tied to him.

    `starts` is where the phrases start, sorted; `source`, whether one of them is a statement's source; `sure`, whether
    the gender is known from a title or a verb, not guessed from the letters of a name; `outer`, whether a phrase of its
    own names it, not only the complement of another's.
    """

    __slots__ = (
        "first",
        "gender",
        "members",
        "names",
        "number",
        "outer",
        "phrases",
        "source",
        "starts",
        "state",
        "sure",
        "titles",
        "type",
    )

    def __init__(self, type: EntityType, gender: Gender, number: Number, first: int) -> None:
        self.type = type
        self.gender = gender
        self.number = number
        self.first = first
        self.names: list[Key] = []
        self.titles: list[Key] = []
        self.phrases: list[NounPhrase] = []
        self.starts: list[int] = []
        self.source = False
        self.members: tuple[Entity, ...] = ()
        self.state = ""
        self.sure = False
        self.outer = False

    @property
    def longest(self) -> Key:
        return max(self.names, key=len) if self.names else ()


def name_key(forms: list[Form], start: int, end: int, own_letter: bool = False) -> Key:
    """A proper name for comparison: folded words without article, بن dropped, عبد joined to what follows."""
    key: list[str] = []
    join = False
    for at in range(start, end):
        form = forms[at]
        if form.kind == "punct":
            continue
        if at > start or own_letter:
            written = form.key
        else:
            written = form.stem if form.prep else form.core if form.conj == "و" else form.key
            if glued_name(form):
                written = form.core[1:]
        for part in written.split("_"):
            if not part:
                continue
            bare = part.startswith("ال") and len(part) > 4 and not form.text.startswith(("أل", "إل"))
            word = part[2:] if bare else part
            if word in _LINKS:
                continue
            if join:
                key[-1] += part
                join = False
            elif word in ("عبد", "ابو", "ابي", "ابا", "ال"):
                key.append("ابو" if word in ("ابي", "ابا") else word)
                join = True
            else:
                key.append(word)
    return tuple(key)


def word_key(forms: list[Form], start: int, end: int) -> Key:
    """A description for comparison: the stems of its words (no article, no glued preposition or conjunction)."""
    key: list[str] = []
    for form in forms[start:end]:
        if form.kind in ("punct", "newline"):
            continue
        stem = form.base if form.suffix and not form.article else form.bare
        if stem in STYLES and not key and end - start > 1:
            continue
        if stem and stem not in _PARTICLES:
            if "_" in stem:
                key.extend(stem.split("_"))
            else:
                key.append(stem)
    return tuple(key)


def within(part: Key, whole: Key) -> bool:
    """Do the words of `part` stand in `whole` in the same order (others may stand between)?"""
    it = iter(whole)
    return all(word in it for word in part)


class Cast:
    """All entities of one article. `entity_at[i]` is the entity of the phrase that covers token i, or None."""

    def __init__(self, words: Words, sources: list[tuple[int, int]], own_letter: set[int]) -> None:
        self.words = words
        self.forms = words.forms
        self.phrases: list[NounPhrase] = []
        self.entity_at: list[Entity | None] = [None] * len(self.forms)
        self._by_name: dict[str, list[Entity]] = {}
        self._by_head: dict[str, list[Entity]] = {}
        self._by_state: dict[str, Entity] = {}
        self._by_members: dict[frozenset[int], Entity] = {}
        self._group_at: dict[tuple[int, int], Entity] = {}
        #: Persons by the states in their titles.
        self._officials: dict[str, list[Entity]] = {}
        self._by_brand: dict[str, list[Entity]] = {}
        self._by_key: dict[Key, Entity] = {}
        #: Where the sources and addressees start, and where each ends.
        self.given = dict(sources)
        self.own_letter = own_letter
        self._own_names = {self.forms[at].key for at in own_letter if self.given.get(at) == at + 1}
        self._scan()
        #: Persons and bodies named inside longer phrases (حكومة فلان الفلاني، محافظ بنك كذا): named later by a part.
        self._inner = [inner for phrase in self.phrases for inner in self._within(phrase)]
        self._inner_ids = set(map(id, self._inner))
        self._starts = [phrase.start for phrase in self.phrases]
        self._tie()

    # Reading the phrases.

    def _scan(self) -> None:
        forms = self.forms
        given = self.given
        unlikely = sorted(at for at in given if not forms[at].bits & _BEGINS)
        for first, last in self.words.paragraphs:
            after = first  # where the last phrase ended
            may = [at for at, form in enumerate(forms[first:last], first) if form.bits & _BEGINS]
            more = unlikely[bisect_left(unlikely, first) : bisect_left(unlikely, last)]
            for at in sorted(may + more) if more else may:
                if at < after:
                    continue
                if at in given:
                    phrase = _whole(self.words, at, given[at], at in self.own_letter)
                    if given[at] - at > 1 and self.forms[given[at] - 1].key in self._own_names and phrase.name:
                        phrase = replace(phrase, end=given[at], name=(phrase.name[0], given[at]))
                    self.phrases.append(phrase)
                    after = max(given[at], at + 1)
                    continue
                if not self._may_start(at, forms[at].bits, last):
                    continue
                phrase_or_none = noun_phrase(self.words, at, last)
                if phrase_or_none is None:
                    continue
                phrase = self._own_surname(phrase_or_none, last) if self._own_names else phrase_or_none
                after = phrase.end
                for inner in range(at + 1, after):
                    if inner in given:
                        after = inner
                        phrase = noun_phrase(self.words, at, inner) or phrase
                        break
                self.phrases.append(phrase)

    def _within(self, phrase: NounPhrase) -> list[NounPhrase]:
        """The full name of a person, and the bodies, that stand inside a phrase as complements."""
        if phrase.end - phrase.start < 3:
            return []
        if phrase.parts:
            return [inner for part in phrase.parts for inner in self._within(part)]
        found = []
        at = phrase.start + 1
        name = phrase.name or (phrase.end, phrase.end)
        while at < phrase.end - 1:
            if at == name[0]:
                at = name[1]
                continue
            form = self.forms[at]
            bits = form.bits
            if bits & _INNER and not bits & STOP and not form.conj and not form.prep:
                end = name[0] if at < name[0] else phrase.end
                body = bits & INSTITUTION and not bits & DEF
                following = self.forms[at + 1].bits
                person = bits & GIVEN and not bits & (DEF | HEAD | PLACE)
                person = person and (not bits & NOUN or (following & NAME and not following & NOUN))
                inner = noun_phrase(self.words, at, end) if body or person else None
                if inner is not None and inner.end - inner.start > 1 and not inner.parts:
                    full = inner.name is not None and inner.name[0] == at and inner.name[1] - at > 1
                    if full if person else inner.type == "organization":
                        found.append(inner)
                        at = inner.end
                        continue
            at += 1
        return found

    def _own_surname(self, phrase: NounPhrase, limit: int) -> NounPhrase:
        """With the surname after it, where its first letter looks like a preposition but a source shows it is none."""
        end = phrase.end
        if end >= limit or self.forms[end].key not in self._own_names or phrase.parts:
            return phrase
        if phrase.name is not None and phrase.name[1] == end:
            return replace(phrase, end=end + 1, name=(phrase.name[0], end + 1))
        if phrase.name is None and phrase.type == "person":
            return replace(phrase, end=end + 1, title=(phrase.start, end), name=(end, end + 1))
        return phrase

    def _may_start(self, at: int, bits: int, limit: int) -> bool:
        """May a phrase that names somebody begin here, outside the known sources?"""
        form = self.forms[at]
        if bits & STOP or (bits & TIME and (form.classes & _WEEKDAY or not bits & GIVEN)):
            return False
        if form.core == "جانب" and at and self.forms[at - 1].core == "الي":
            return False  # إلى جانب التأكيد: a preposition
        following = self.forms[at + 1].bits if at + 1 < limit else 0
        if (form.conj or not bits & GIVEN) and following & DEF and following & HEAD and not bits & (DEF | HEAD | PLACE):
            return False  # a verb or noun that a name list claims or nobody knows: وصلى البابا، عظة البابا
        if bits & HEAD_OR_PLACE or (bits & NATION and bits & DEF):
            return True
        if bits & _ORDINARY:
            # An ordinary word, or a word with a preposition, is a name only before another one.
            return bool(bits & (GIVEN | GLUE) and following & NAME and not following & (STOP | NOUN))
        if not bits & NAME:
            return bool(bits & GLUE)
        return bool(bits & GIVEN) or not (_verbal(form) or (form.prep and form.article))

    # Tying them to entities.

    def _tie(self) -> None:
        flat: list[NounPhrase] = []
        for phrase in [*self.phrases, *self._inner]:
            flat.extend(phrase.parts or (phrase,))
        named = [p for p in flat if p.name]
        lone = {self.forms[p.start].bare for p in flat if not p.name and p.end == p.start + 1}
        named, names = self._apart(named, lone)
        flat = [*named, *(p for p in flat if not p.name)]
        described = [(word_key(self.forms, p.start, p.end), p) for p in flat if not p.name]
        for phrase, key in zip(named, names, strict=True):
            if len(key) > 1:
                self._add_name(phrase, key)
        # Longer descriptions first: a shorter one may stand for them, also where it comes before them.
        for key, phrase in described:
            if 2 < len(key) < 100:
                self._mark(phrase, self.describe(phrase, key))
        for key, phrase in described:
            if len(key) == 2:
                self._mark(phrase, self.describe(phrase, key))
        for phrase, key in zip(named, names, strict=True):
            if len(key) == 1:
                self._add_name(phrase, key)
        for key, phrase in described:
            if len(key) < 2:
                self._mark(phrase, self.describe(phrase, key))
        for phrase in self.phrases:
            if phrase.parts:
                self._mark_group(phrase)

    def _apart(self, named: list[NounPhrase], lone: set[str]) -> tuple[list[NounPhrase], list[Key]]:
        """Cut off a second person's surname: in يتهم فلان الفلاني علان both surnames stand elsewhere too.

        `lone` are the words that stand alone somewhere. With the names of all for comparison.
        """
        last: dict[str, list[Key]] = {}
        keys = [self._key(phrase) for phrase in named]
        for key in keys:
            if key:
                known = last.setdefault(key[-1], [])
                if len(known) < _MOST and key not in known:
                    known.append(key)
        out: list[NounPhrase] = []
        names: list[Key] = []
        for phrase, key in zip(named, keys, strict=True):
            name = phrase.name
            if name is not None and len(key) > 2 and name[1] == phrase.end:
                other = any(len(one) == 1 or one[0] != key[0] for one in last.get(key[-1], ()) if one != key)
                if other and (key[-2] in last or key[-2] in lone):
                    phrase = replace(phrase, end=phrase.end - 1, name=(name[0], name[1] - 1))
                    key = self._key(phrase)
            out.append(phrase)
            names.append(key)
        return out, names

    def _key(self, phrase: NounPhrase) -> Key:
        assert phrase.name is not None
        return name_key(self.forms, *phrase.name, phrase.name[0] in self.own_letter)

    def _include(self, entity: Entity, phrase: NounPhrase) -> None:
        entity.phrases.append(phrase)
        entity.source = entity.source or phrase.start in self.given

    def _mark(self, phrase: NounPhrase, entity: Entity) -> None:
        self._include(entity, phrase)
        entity.outer = entity.outer or id(phrase) not in self._inner_ids
        start, end = phrase.start, phrase.end
        insort(entity.starts, start)
        if entity.names and not entity.sure and not phrase.name and phrase.number == "s":
            entity.gender, entity.sure = phrase.gender, True  # الممثلة of somebody whose name tells nothing
        if end == start + 1:
            self.entity_at[start] = entity
        else:
            self.entity_at[start:end] = [entity] * (end - start)

    def _new(self, phrase: NounPhrase) -> Entity:
        return Entity(phrase.type, phrase.gender, phrase.number, phrase.start)

    def _add_name(self, phrase: NounPhrase, key: Key) -> None:
        if not key:
            return
        entity = self._named(key, phrase) or self._brand(key, phrase)
        if entity is None:
            entity = self._new(phrase)
        if key not in entity.names and len(entity.names) < _MOST:
            entity.names.append(key)
            for word in key:
                found = self._by_name.setdefault(word, [])
                if entity not in found[-_MOST:]:
                    found.append(entity)
        if phrase.title is not None and phrase.name != phrase.title:
            self._add_title(entity, word_key(self.forms, *phrase.title))
        if phrase.name is not None and phrase.name[1] < phrase.end:
            # What stands after the name is a title too, when it is one (فلان، رئيس اللجنة).
            for after in range(phrase.name[1], min(phrase.end, phrase.name[1] + 4)):
                if self.forms[after].bits & (OFFICE | PEOPLE):
                    self._add_title(entity, word_key(self.forms, after, phrase.end))
                    break
        at = phrase.name[1] if phrase.name is not None else phrase.end
        if at + 2 < phrase.end and self.forms[at].text == "(" and self.forms[at + 2].text == ")":
            other = name_key(self.forms, at + 1, at + 2)
            if other and self.forms[at + 1].bits & NAME and other not in entity.names and len(entity.names) < _MOST:
                entity.names.append(other)
                self._by_name.setdefault(other[-1], []).append(entity)
        entity.first = min(entity.first, phrase.start)
        if phrase.title is not None and phrase.type == "person":
            entity.gender = phrase.gender
            entity.sure = True
        elif not entity.sure and phrase.gender == "f":
            entity.gender = "f"
        self._mark(phrase, entity)

    def _add_title(self, entity: Entity, key: Key) -> None:
        if key and key not in entity.titles and len(entity.titles) < _MOST:
            entity.titles.append(key)
            if entity.type == "person":
                states = _classes.load().capitals
                for state in {states[word]: None for word in key[1:] if word in states}:
                    self._officials.setdefault(state, []).append(entity)
            found = self._by_head.setdefault(key[0], [])
            if entity not in found[-_MOST:]:
                found.append(entity)
            if len(key) > 1 and key[0] in _BRANDED:
                for word in {key[1], key[-1]}:
                    self._by_brand.setdefault(word, []).append(entity)

    def _named(self, key: Key, phrase: NounPhrase) -> Entity | None:
        best: Entity | None = None
        best_score = 0.0
        for entity in self._by_name.get(key[-1], [])[-_MOST:] if len(key) == 1 else self._sharing(key):
            for other in entity.names:
                short, long = (key, other) if len(key) <= len(other) else (other, key)
                if short == long:
                    score = 10.0
                elif len(short) == 1:
                    score = 5.0 if short[0] == long[-1] else 4.0 if short[0] == long[0] else 3.0
                elif within(short, long) and (short[-1] == long[-1] or short[0] == long[0]):
                    score = 8.0
                else:
                    continue
                if score > best_score:
                    best, best_score = entity, score
        return best

    def _brand(self, key: Key, phrase: NounPhrase) -> Entity | None:
        """The company, outlet or movement that bears this name after its head word (شركة فلان للنقل)."""
        if phrase.name is not None and phrase.title is not None:
            return None
        for entity in self._by_brand.get(key[0], ())[-_MOST:]:
            for title in entity.titles:
                if title[0] in _BRANDED and title[1 : 1 + len(key)] == key:
                    return entity
                own = self.forms[phrase.head].bits & (PROPER | NAME)
                if own and title[0] in _BRANDED and len(title) > len(key) and title[-len(key) :] == key:
                    return entity
        return None

    def _sharing(self, key: Key) -> list[Entity]:
        found: list[Entity] = []
        for word in (key[0], key[-1]):
            for entity in self._by_name.get(word, ())[-_MOST:]:
                if entity not in found:
                    found.append(entity)
        return found

    def describe(self, phrase: NounPhrase, key: Key) -> Entity:
        """The entity of a phrase without a proper name: one known under this description, or a new one."""
        forms = self.forms
        if not key:
            return self._new(phrase)
        if phrase.type == "place" or forms[phrase.head].bare in _GOVERNMENT:
            state = _state(forms, phrase)
            if state:
                known = self._by_state.get(state)
                if known is not None:
                    self._add_title(known, key)
                    return known
                entity = self._known(key) or self._new(phrase)
                entity.state = state
                self._by_state[state] = entity
                self._add_title(entity, key)
                self._by_key[key] = entity
                return entity
        known = self._known(key)
        if known is not None:
            return known
        head_bits = forms[phrase.head].bits
        if len(key) == 1 and not head_bits & HEAD_OR_PLACE and not (head_bits & NATION and phrase.definite):
            # A surname that is an ordinary word too (القدرة).
            surname = self._named(key, phrase)
            if surname is not None and any(len(name) > 1 and name[-1] == key[0] for name in surname.names):
                return surname
        found: Entity | None = None
        if phrase.definite or phrase.type in ("person", "organization"):
            if head_bits & _OFFICIAL and not head_bits & INSTITUTION:
                found = self._office(key, phrase)
            if found is None:
                found = self._reduced(key, phrase)
        if found is None and not head_bits & OFFICE:
            found = self._brand(key, phrase)
        if found is None and (phrase.definite or phrase.number == "p" or head_bits & DOCUMENT):
            found = self._by_key.get(key)
        if found is None:
            found = self._new(phrase)
        self._by_key[key] = found
        self._add_title(found, key)
        if head_bits & INSTITUTION:
            self._add_acronym(found, phrase)
        return found

    def _add_acronym(self, entity: Entity, phrase: NounPhrase) -> None:
        """A short name in brackets or marks at the end of a body's name stands for it later: وكالة … (فلان)."""
        forms, end = self.forms, phrase.end
        if forms[end - 1].text not in ')]"»”':
            return
        at = end - 2
        while at > phrase.start and forms[at].kind == "word":
            at -= 1
        key = name_key(forms, at + 1, end - 1)
        if phrase.start < at and 0 < len(key) <= 3 and key not in entity.names and len(entity.names) < _MOST:
            entity.names.append(key)
            for word in key:
                self._by_name.setdefault(word, []).append(entity)

    def _known(self, key: Key) -> Entity | None:
        # A bare office (الوزير) may stand for somebody else each time; it is looked up anew.
        return self._by_key.get(key) if len(key) > 1 else None

    def _office(self, key: Key, phrase: NounPhrase) -> Entity | None:
        best: Entity | None = None
        best_score = 0.0
        for entity in self._by_head.get(key[0], ())[-_MOST:]:
            if entity.number != phrase.number and entity.names == []:
                continue
            scores = [_title_match(key, title) for title in entity.titles]
            if min(scores) < 0:
                continue
            for score in scores:
                if score <= 0:
                    continue
                if entity.names:
                    score += 1
                if entity.first < phrase.start:
                    score += 0.8
                    # The one named last before this phrase is meant.
                    score += 0.6 * _nearness(entity, phrase.start)
                if score > best_score:
                    best, best_score = entity, score
        return best or self._official(key, phrase)

    def _official(self, key: Key, phrase: NounPhrase) -> Entity | None:
        """The person of a state named last before a description that fits any of its officials (المسؤول الفلاني)."""
        if key[0] not in _OFFICIALS or not phrase.definite or phrase.number != "s":
            return None
        states = _classes.load().capitals
        best: Entity | None = None
        nearest = 0.0
        for word in key[1:]:
            for entity in self._officials.get(states.get(word, ""), ())[-_MOST:]:
                near = _nearness(entity, phrase.start)
                if near > nearest and entity.names and entity.gender == phrase.gender:
                    best, nearest = entity, near
        return best

    def _reduced(self, key: Key, phrase: NounPhrase) -> Entity | None:
        best: Entity | None = None
        best_score = -9.0
        for entity in self._by_head.get(key[0], ())[-_MOST:]:
            if entity.type == "document" and not entity.source:
                continue
            for title in entity.titles:
                if _shortens(key, title):
                    score = 1.0 + _nearness(entity, phrase.start) + (0.5 if entity.first < phrase.start else 0)
                    if not entity.outer:
                        score -= 2  # only ever named inside a longer phrase
                    if score > best_score:
                        best, best_score = entity, score
        return best

    def _mark_group(self, phrase: NounPhrase) -> None:
        members = tuple(filter(None, (self.entity_at[part.start] for part in phrase.parts)))
        key = frozenset(map(id, members))
        entity = self._by_members.get(key)
        if entity is None:
            entity = self._by_members[key] = self._new(phrase)
            entity.members = members
        self._include(entity, phrase)
        self._group_at[phrase.start, phrase.end] = entity

    def entity_at_phrase(self, phrase: NounPhrase) -> Entity:
        """The entity of a phrase that lies inside a longer one."""
        if phrase.name:
            found = self._named(self._key(phrase), phrase)
            if found is not None:
                return found
            entity = self._new(phrase)
            entity.names.append(self._key(phrase))
        else:
            entity = self.describe(phrase, word_key(self.forms, phrase.start, phrase.end))
        self._include(entity, phrase)
        return entity

    def named_inside(self, phrase: NounPhrase) -> Entity | None:
        """The person whose words a phrase means (تصريحات فلان), where he is known."""
        inner = noun_phrase(self.words, phrase.start + 1, phrase.end) if phrase.end - phrase.start > 1 else None
        return self._named(self._key(inner), inner) if inner is not None and inner.name else None

    def between(self, start: int, end: int) -> list[NounPhrase]:
        """The phrases that begin in [start, end)."""
        starts = self._starts
        return self.phrases[bisect_left(starts, start) : bisect_left(starts, end)]

    def of_span(self, start: int, end: int) -> Entity | None:
        """The entity of the phrase [start, end), else of the one that stands at `start`."""
        group = self._group_at.get((start, end))
        if group is not None:
            return group
        return self.entity_at[start]


def _shortens(key: Key, title: Key) -> bool:
    """Is one description the other with words left out or in another order?"""
    if len(title) > len(key):
        return within(key, title) or (len(key) > 2 and set(key) <= set(title))
    return len(title) > 1 and set(title) <= set(key)


def _nearness(entity: Entity, at: int) -> float:
    """How lately before this token was he named? 1 right before it, 0 never."""
    k = bisect_left(entity.starts, at)
    return 0.0 if k == 0 else 1.0 / (1.0 + (at - entity.starts[k - 1]) / 40)


def _title_match(key: Key, title: Key) -> float:
    """How well a description fits a known title: 0 where it does not, below 0 where they name different states."""
    if key == title:
        return 4.0
    if within(key, title):
        return 3.0 if len(key) > 1 else 2.0
    table = _classes.load()
    states, flags = table.capitals, table.words
    my_states = {states.get(w, w) for w in key[1:] if flags.get(w, 0) & _OF_STATES}
    their_states = {states.get(w, w) for w in title[1:] if flags.get(w, 0) & _OF_STATES}
    if my_states and their_states and not my_states & their_states:
        return -1.0
    mine = {_SAME.get(w, w) for w in key[1:] if w not in _LIGHT and w not in states}
    theirs = {_SAME.get(w, w) for w in title[1:] if w not in _LIGHT and w not in states}
    if mine <= theirs:
        return 2.0 if my_states <= their_states else 1.5
    if theirs <= mine and their_states <= my_states:
        return 1.5 if theirs else 0.6
    return 0.0


def _verbal(form: Form) -> bool:
    """Does an unknown word look like a verb in the present or like a verb or noun with a pronoun?"""
    core = form.core
    if form.conj and form.text.endswith("ه") and len(core) > 2:
        return True  # وقعه
    if not form.classes and not form.article and core[-1] == "ت" and len(core) > 3:
        return True  # أدينت
    return (core[0] in "يتنس" and len(core) > 3) or core.endswith(("ها", "هم", "هما", "وا"))


def _state(forms: list[Form], phrase: NounPhrase) -> str:
    table = _classes.load()
    words = [
        f.core[1:] if f.prep and f.core[0] == f.prep else f.core
        for f in forms[phrase.start : phrase.end]
        if f.kind == "word"
    ]
    if len(words) > 1 and forms[phrase.head].bare in _GOVERNMENT:
        # A government is its state (ruling of the scheme): الحكومة الفلانية، سلطات فلان، دولة فلان.
        whole = table.state(" ".join(words[:2]))
        return whole or table.state(" ".join(words[1:])) or "" if len(words) <= 3 else ""
    for n in (3, 2, 1):
        found = table.state(" ".join(words[:n])) if len(words) >= n else None
        if found:
            return found
    return ""


def _whole(words: Words, start: int, end: int, own_letter: bool) -> NounPhrase:
    """The phrase of a source, whose end is known: what the grammar leaves over is name or further description."""
    forms = words.forms
    first = forms[start]
    if own_letter and (first.conj or first.prep) and not first.article and not first.bits & HEAD:
        stop = next((j for j in range(start + 1, end) if forms[j].kind == "punct"), end)
        return NounPhrase(start, end, start, "person", "m", "s", True, None, (start, stop))
    if first.core == "جانب" and end - start > 1 and not forms[start + 1].bits & DEF:
        return replace(_whole(words, start + 1, end, False), start=start)  # من جانب فلان
    phrase = noun_phrase(words, start, end)
    if phrase is None:
        return NounPhrase(start, end, start, "unnamed", "m", "s", False, (start, end))
    if phrase.parts:
        return replace(phrase, end=end)
    if phrase.end >= end:
        bits, last = first.bits, forms[end - 1].bits
        unknown = 1 < end - start < 5 and not bits & (HEAD | PLACE | DEF | NATION | OWNED | TIME)
        named = last & NAME and not last & (NOUN | VERB) and bits & ACCUSATIVE and "ً" not in first.text
        if phrase.name is None and unknown and named:
            # Two words that nobody knows as nouns: نورا فلان.
            return replace(phrase, title=None, name=(start, end), type="person", definite=True)
        return phrase
    rest = range(phrase.end, end)
    plain = len(rest) <= 4 and all(
        forms[j].text in "-–"
        or (forms[j].kind == "word" and not forms[j].conj and not forms[j].bits & (STOP | FOR | BY))
        for j in rest
    )
    if phrase.name is not None and plain and phrase.name[1] == phrase.end:
        short = phrase.name[1] - phrase.name[0] < 2 or len(rest) == 1
        if short or forms[phrase.end].text in "-–":
            return replace(phrase, end=end, name=(phrase.name[0], end))
    if forms[phrase.end].text in "،," and phrase.name is None and phrase.end + 1 < end:
        after = range(phrase.end + 1, end)
        if (
            len(after) <= 5
            and all(
                forms[j].kind == "word" and not forms[j].bits & (STOP | FOR | BY | HEAD) and not forms[j].conj
                for j in after
            )
            and forms[phrase.end + 1].bits & (NAME | GIVEN | GLUE)
        ):
            return replace(phrase, end=end, title=(start, phrase.end), name=(phrase.end + 1, end), type="person")
    if phrase.name is None and plain and not first.bits & (HEAD | PLACE | DEF | NATION | OWNED | TIME | SETTING):
        last = forms[end - 1].bits
        if len(rest) + phrase.end - start > 1 and last & NAME and not last & (NOUN | VERB):
            return replace(phrase, end=end, title=None, name=(start, end), type="person", definite=True)
    person = phrase.type == "person" or not forms[phrase.head].bits & (BODY | OUTLET | DOCUMENT | PLACE)
    if phrase.name is None and person:
        if plain and phrase.definite and not forms[phrase.end].bits & DEF:
            return replace(phrase, end=end, title=(start, phrase.end), name=(phrase.end, end), type="person")
        tail = _tail_name(forms, phrase.end, end)
        if tail < end:
            return replace(phrase, end=end, title=(start, tail), name=(tail, end), type="person")
    title = phrase.title if phrase.name is not None else (start, end)
    return replace(phrase, end=end, title=title)


def _tail_name(forms: list[Form], start: int, end: int) -> int:
    """Where the proper name begins that a long title ends with (`end` where there is none)."""
    at = end
    while at > start:
        form = forms[at - 1]
        bits = form.bits
        surname = bits & DEF and at == end and not bits & (QUALITY | HEAD | FOR | BY)
        if form.kind != "word" or form.conj or not (bits & PART_OF_NAME or surname) or bits & HONORIFIC:
            break
        if bits & STOP and not bits & GIVEN:
            break
        at -= 1
    return at if end - at > 1 else end


__all__ = ["DOCUMENT", "Cast", "Entity", "name_key", "word_key"]
