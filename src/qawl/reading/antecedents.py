"""Who may be meant where the subject is left out: the candidates in sight, each with what speaks for and against it.

Candidates are whoever made the last statements, the subjects of the sentence so far, and nobody (``يُعتقد أن``). A
small linear model (`models/antecedent.json`, trained by ``scripts/train_antecedents.py``) weighs agreement, distance
and place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from qawl.arabic.marks import Marks
from qawl.arabic.names import Gender, NounPhrase
from qawl.arabic.nominal import (
    BODY,
    BY,
    DEF,
    DOCUMENT,
    FOR,
    GIVEN,
    HEAD,
    HONORIFIC,
    NAME,
    NATION,
    NOUN,
    OFFICE,
    OUTLET,
    PEOPLE,
    PLACE,
    PROPER,
    SETTING,
    STOP,
    TIME,
    VERB,
)
from qawl.arabic.words import Words
from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Draft
from qawl.reading.entities import Cast, Entity
from qawl.reading.model import Fact
from qawl.statement import EntityType

SPEAKS: Final = OFFICE | HONORIFIC | BODY | OUTLET | PEOPLE | PLACE
_COMPLEMENTIZER: Final = int(WordClass.AN | WordClass.IN)
_AUXILIARY: Final = int(WordClass.AUXILIARY | WordClass.QAD | WordClass.KANA)
_RELATIVE: Final = int(WordClass.RELATIVE)
#: Before a noun of saying: nobody is meant (ثمة اعتقاد، تم الإعلان).
_THERE: Final = frozenset({"ثمه", "هناك", "تم", "يتم", "جري", "وسط"})
_THEREIN: Final = frozenset({"فيه", "فيها", "فيهما", "خلاله", "خلالها"})
_BUT: Final = frozenset({"لكن", "غير", "الا", "بينما", "فيما", "حيث", "اذ"})
#: Pronouns on a noun of saying: whether they stand for several, and for a woman (or a body).
_PRONOUNS: Final = {"ه": (False, False), "ها": (False, True), "هم": (True, False), "هما": (True, False)}
_BACK: Final = 8  # statements looked back over
_SENTENCE: Final = 200  # tokens of the sentence looked back over (a line without stops may be endless)
_FAR: Final = 3
_HEADING: Final = 16  # tokens


def _part_of(draft: Draft) -> str:
    if draft.reading is None or draft.reading.form.lemma.kind == "phrase":
        return "phrase" if draft.cue else "none"
    return draft.reading.form.part


@dataclass(slots=True)
class Said:
    """How many statements each has made so far in the article, outside others' statements; who the sources were."""

    counts: dict[int, int] = field(default_factory=dict)
    most: int = 0
    #: The start of each source → who it is (البيان is whoever issued it).
    sources: dict[int, Entity] = field(default_factory=dict)
    #: Whoever spoke last through a document → its gender, which the next verb may follow.
    voices: dict[int, Gender] = field(default_factory=dict)

    def add(self, who: Entity) -> None:
        """Count one statement more."""
        count = self.counts[id(who)] = self.counts.get(id(who), 0) + 1
        self.most = max(self.most, count)


@dataclass(slots=True)
class Candidate:
    """Somebody (None: nobody) who may be the speaker.

    `marks` are what was seen of him in the text so far; `facts` what the model weighs: the marks with the place of the
    cue, his agreement with it and his type.
    """

    entity: Entity | None
    marks: set[str] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)


def candidates(
    i: int,
    drafts: Sequence[Draft],
    who: Sequence[Entity | None],
    done: Sequence[int],
    words: Words,
    marks: Marks,
    cast: Cast,
    said: Said,
) -> list[Candidate]:
    """The candidates for the speaker of `drafts[i]`; `done` are the drafts before it, whose speakers `who` knows."""
    return _Sight(i, drafts, who, done, words, marks, cast, said).look()


# The features by what they are made of.


def _in_place(mark: str, part: str, nested: str) -> list[str]:
    """A mark by itself, with the place of the cue, and with whether that lies in another's statement."""
    return [mark, f"{mark}|{part}", f"{mark}|{nested}"]


def _type(of: EntityType) -> list[str]:
    return [f"type:{of}"]


def _agrees(how: str, kind: str) -> list[str]:
    return [f"agree:{how}", f"agree:{how}:{kind}"]


class _Sight:
    def __init__(
        self,
        i: int,
        drafts: Sequence[Draft],
        who: Sequence[Entity | None],
        done: Sequence[int],
        words: Words,
        marks: Marks,
        cast: Cast,
        said: Said,
    ) -> None:
        self.said = said
        self.draft = drafts[i]
        self.drafts = drafts
        self.who = who
        self.done = done
        self.words = words
        self.forms = words.forms
        self.marks = marks
        self.cast = cast
        self.at = self.draft.at
        number = marks.sentence_of[self.at]
        self.number = number
        self.start, self.end = marks.sentences[number] if number >= 0 else (self.at, self.at + 1)
        self.found: dict[int, Candidate] = {}

    def look(self) -> list[Candidate]:
        self._speakers()
        self._subjects()
        self._before()
        nobody = Candidate(None, {"none"})
        part = self._part()
        reading = self.draft.reading
        if reading is not None:
            nobody.marks.add(f"none:{reading.form.lemma.act}:{reading.form.part}:{reading.form.person}")
            if self.draft.cue and any(r.form.passive for r in self.forms[self.draft.cue[0]].cues):
                nobody.marks.add("none:passive")
        before = [form.core for form in self.forms[max(self.start, self.at - 2) : self.at]]
        if before and (before[-1] in _THERE or (before[-1] == "من" and before[0] in _THERE)):
            nobody.marks.add("none:there")
        out = [*self.found.values(), nobody]
        nested = "in" if self.draft.parent is not None else "out"
        agreeing: list[Candidate] = []
        good = False
        for candidate in out:
            candidate.facts = [(_in_place, mark, part, nested) for mark in candidate.marks]
            how = kind = ""
            if candidate.entity is not None:
                candidate.facts.append((_type, candidate.entity.type))
                how, kind = self._agreement(candidate.entity)
                if how:
                    candidate.facts.append((_agrees, how, kind))
            good = good or how == "good"
            if (how, kind) != ("bad", "sure"):
                agreeing.append(candidate)
        # Grammar forbids disagreement where the gender is sure, however near the candidate is.
        return agreeing if good else out

    def _add(self, entity: Entity | None, *marks: str) -> None:
        if entity is None:
            return
        candidate = self.found.get(id(entity))
        if candidate is None:
            candidate = self.found[id(entity)] = Candidate(entity)
        candidate.marks.update(marks)

    def _part(self) -> str:
        """The cue by its place: a verb that opens its sentence, another verb, a participle, a noun, none."""
        reading = self.draft.reading
        if reading is None or self.draft.cue is None:
            return "none"
        part = reading.form.part
        if part in ("past", "present", "imperative"):
            before = self.forms[self.at - 1] if self.at > self.start else None
            if self.at + 1 < self.end and self.forms[self.at + 1].core in _THEREIN:
                return "therein"
            if before is None:
                return "opens"
            if before.classes & _RELATIVE:
                return "relative"
            return "joined" if self.forms[self.at].conj else "verb"
        manner = part == "masdar" and reading.prefix.startswith("ب")  # رد بالقول إن: as قائلا
        return "participle" if manner or part in ("participle", "passive_participle") else "noun"

    def _speakers(self) -> None:
        """Whoever made the statements before."""
        draft, drafts = self.draft, self.drafts
        ranks = {"same": 0, "inner": 0}
        seen: set[tuple[int, str]] = set()
        named: list[int] = []
        here = self._paragraph(self.at)
        for j in reversed(self.done[-_BACK:]):
            other = drafts[j]
            who = self.who[j]
            if j == draft.parent:
                self._add(who, "parent")
                continue
            level = "same" if other.parent == draft.parent else "inner"
            if level == "inner" and draft.parent is not None and other.parent is None:
                level = "outer"
            rank = ranks.get(level, 9)
            ranks[level] = rank + 1
            if who is None:
                continue
            there = self._paragraph(other.at)
            heading = self._heading(there)
            if heading and there not in (1, here):
                continue  # nobody speaks on out of a teaser or a heading between paragraphs
            if (id(who), level) in seen:
                continue
            seen.add((id(who), level))
            sentence = self.marks.sentence_of[other.at]
            gap = self.number - sentence
            near = "0" if gap == 0 else "1" if gap == 1 else "2" if gap <= 3 else "far"
            self._add(who, f"said:{level}:{min(rank, _FAR)}", f"said:{level}:gap{near}", f"said:{level}")
            if other.source is not None and id(who) not in named:
                named.append(id(who))
                self._add(who, f"said:named:{min(len(named), _FAR)}")
            self._add(who, f"said:{level}:by:{_part_of(other)}")
            if level == "same":
                self._add(who, f"said:par{min(here - there, 3)}:{'first' if rank == 0 else 'before'}")
            if heading:
                self._add(who, "said:heading")
            if other.parent is None and other.content and other.content[-1][1] > self.at:
                self._add(who, "said:around")
        if self.said.most > 1:
            for key, candidate in self.found.items():
                if self.said.counts.get(key, 0) == self.said.most:
                    candidate.marks.add("most")

    def _subjects(self) -> None:
        """The noun phrases of this sentence before the cue, and the subject of the sentence before it."""
        low = self.start
        if self.draft.parent is not None:
            low = max(low, min(start for start, _ in self.drafts[self.draft.parent].content))
        low = max(low, self.at - _SENTENCE)
        # `done` is in the order of the text.
        last = self.drafts[self.done[-1]].at if self.done else -1
        if last < self.start:
            last = -1
        rank = 0
        phrases = self.cast.between(low, self.at)
        for n, phrase in enumerate(reversed(phrases)):
            if n < 4 and self._words_of(phrase):
                self._add(self.cast.named_inside(phrase), "subj:words")
                continue
            if not self._speakable(phrase):
                continue
            kind = self._place(phrase, low)
            quoted = "quoted" if self._quoted(phrase.start) else "free"
            fresh = "fresh" if phrase.start > last else "stale"
            if kind == "np":
                if n > 3:
                    continue
                self._add(self._entity(phrase), f"np:{quoted}:{fresh}")
                continue
            first = "first" if phrase is phrases[0] else "later"
            features = (f"{quoted}:{min(rank, 2)}", f"{kind}:{quoted}", f"{quoted}:{fresh}", first)
            self._add(self._entity(phrase), *(f"subj:{feature}" for feature in features))
            rank += 1
        if self.draft.parent is None and self.number > 0:
            before = self.marks.sentences[self.number - 1]
            for phrase in self.cast.between(*before):
                if self._words_of(phrase):
                    self._add(self.cast.named_inside(phrase), "prev:words")
                    continue
                kind = self._place(phrase, before[0])
                if self._speakable(phrase) and kind != "np":
                    if kind == "words":
                        self._add(self._entity(phrase), "prev:words")
                    quoted = "quoted" if self._quoted(phrase.start) else "free"
                    same = "par" if "\n" not in self._gap(before[1]) else "new"
                    self._add(self._entity(phrase), f"prev:{quoted}", f"prev:{quoted}:{same}")
                    break

    def _paragraph(self, at: int) -> int:
        """The number of the paragraph of this token, from 1."""
        return bisect_right(self.words.paragraphs, (at, len(self.forms)))

    def _heading(self, paragraph: int) -> bool:
        """Is this paragraph a mere heading or a teaser: short, without a stop?"""
        first, last = self.words.paragraphs[paragraph - 1] if paragraph else (0, 0)
        return last - first <= _HEADING and self.forms[last - 1].text not in '.؟!»"”'

    def _gap(self, at: int) -> str:
        return "".join(form.text for form in self.forms[at : self.start] if form.kind == "newline")

    def _before(self) -> None:
        """The phrase that ends right before the cue, or before the relative pronoun that stands before it."""
        at = self.at
        kind = "np"
        while at > self.start and self.forms[at - 1].classes & (_AUXILIARY | _RELATIVE):
            if self.forms[at - 1].classes & _RELATIVE:
                kind = "relative"
            at -= 1
        if at > self.start and self.forms[at - 1].text in "،,":
            at -= 1
            kind += ":comma"
        for phrase in self.cast.between(max(self.start, at - 20), at):
            if phrase.end == at:
                self._add(self._entity(phrase), f"adjacent:{kind}")

    def _entity(self, phrase: NounPhrase) -> Entity | None:
        return self.said.sources.get(phrase.start) or self.cast.of_span(phrase.start, phrase.end)

    def _speakable(self, phrase: NounPhrase) -> bool:
        """Can this phrase be a subject that speaks? A lone word must be known as a name, or named elsewhere too."""
        if phrase.start in self.cast.given or phrase.parts:
            return True
        form = self.forms[phrase.head]
        head = form.bits
        if head & (FOR | BY | STOP | TIME):
            return False
        if phrase.name is not None:
            if phrase.name[1] - phrase.name[0] > 1 or phrase.title is not None:
                return True
            entity = self.cast.entity_at[phrase.start]
            known = head & GIVEN and not head & (NOUN | VERB)
            return bool(known) or (entity is not None and len(entity.phrases) > 1)
        if head & SPEAKS:
            return True
        if head & NATION:
            return phrase.end - phrase.start > 1 or phrase.number != "s"
        return bool(head & NAME) and (e := self.cast.entity_at[phrase.start]) is not None and len(e.phrases) > 1

    def _words_of(self, phrase: NounPhrase) -> bool:
        """Does this phrase mean somebody's words (تصريحات فلان، خطاب فلان)?"""
        head = self.forms[phrase.head]
        return phrase.start not in self.cast.given and bool(head.bits & (DOCUMENT | SETTING)) and not phrase.parts

    def _place(self, phrase: NounPhrase, low: int) -> str:
        if phrase.start == low:
            return "opens"
        before = self.forms[phrase.start - 1]
        bits = before.bits
        second = self.forms[phrase.start - 2] if phrase.start - 2 >= low else None
        if before.classes & _COMPLEMENTIZER:
            return "but" if second is not None and second.core in _BUT else "comp"
        if bits & VERB or before.classes & _AUXILIARY:
            return "verb"
        if before.core in _BUT:
            return "but"
        if before.kind == "word" and not bits & (STOP | DEF | HEAD | PLACE):
            if phrase.start == low + 1:
                return "second"  # very likely a verb that no table has
            if not bits & (NOUN | NAME):
                return "maybe"
        if bits & DOCUMENT or any(r.form.part in ("masdar", "noun") for r in before.cues):
            return "words"  # تصريحات فلان
        if second is not None and bits & STOP and second.bits & DOCUMENT:
            return "issuer"
        return "np"

    def _quoted(self, at: int) -> bool:
        """Does this token lie in the content of a statement that does not hold the one we look from?"""
        parent = self.draft.parent
        for j in reversed(self.done[-_BACK:]):
            if j == parent:
                continue
            for start, end in self.drafts[j].content:
                if start <= at < end and not start <= self.at < end:
                    return True
        return False

    def _agreement(self, who: Entity) -> tuple[str, str]:
        """How the cue agrees with him (``good`` or ``bad``) and on what that rests; empty where nothing tells."""
        reading = self.draft.reading
        if reading is None:
            return "", ""
        form = reading.form
        if reading.suffix in _PRONOUNS and form.part in ("masdar", "noun"):
            many, feminine = _PRONOUNS[reading.suffix]
            fits = (who.number != "s" or who.type == "group") if many else who.number == "s" or feminine
            fits = fits and (many or feminine == (who.gender == "f") or (feminine and who.number != "s"))
            return "good" if fits else "bad", "pronoun"
        if form.part not in ("past", "present", "participle") or form.person == 1 or not (form.gender or form.number):
            return "", ""
        kind: str = "sure" if who.sure and who.type == "person" else who.type
        if who.type in ("organization", "group") and who.phrases:
            head = self.forms[who.phrases[0].head].bits
            if head & (BODY | OUTLET | PEOPLE) and not head & PROPER:
                kind = "body"  # the noun itself has a gender (وزارة، مجلس), unlike a name (رويترز)
        if form.number in ("", "s"):
            good = not form.gender or form.gender == who.gender if who.number == "s" else form.gender == "f"
            good = good or self.said.voices.get(id(who)) == form.gender
        else:
            good = who.number != "s" or who.type == "group"
            kind = f"{kind}:many"
        return "good" if good else "bad", kind


__all__ = ["SPEAKS", "Candidate", "Said", "candidates"]
