"""Who speaks: the entity behind every statement, named beside the cue or left out by the grammar.

`resolve` takes the statements found so far (`Draft`) in the order of the text and ties each to an entity of the
article's `Cast`. Where Arabic leaves the subject out (``وأضاف أن``), the speaker is carried on: inside a sentence from
its main cue or from the subject of its main verb, across sentences from the last statement that agrees in gender and
number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.marks import Marks
from qawl.arabic.names import NounPhrase, agreement, glued_name, noun_phrase, styled
from qawl.arabic.nominal import (
    BODY,
    DEF,
    DOCUMENT,
    FOR,
    NAME,
    NOUN,
    OFFICE,
    OUTLET,
    OWNED,
    PLACE,
    QUALITY,
    STOP,
    THIS,
)
from qawl.arabic.words import Form, Words
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary
from qawl.lexicon.classes import WordClass
from qawl.reading.antecedents import SPEAKS, Candidate, Said, candidates
from qawl.reading.draft import Draft
from qawl.reading.entities import SAME, Cast, Entity
from qawl.reading.model import load
from qawl.statement import Span, Speaker

#: Documents that, once mentioned, are the words of whoever speaks in the article (البيان); a law or a study is itself.
_CARRIED: Final = frozenset("بيان بلاغ تغريده تدوينه منشور رساله مذكره تصريح تصريحات خطاب كلمه برقيه".split())

_PLACE: Final = int(WordClass.PLACE)
#: Before a noun of saying: nobody is meant (ثمة اعتقاد بأن).
_THERE: Final = frozenset({"ثمه", "هناك", "هنالك"})
#: Before a masdar: a passive (تم الإعلان عن).
_DONE: Final = frozenset({"تم", "يتم", "سيتم", "جري", "يجري"})
_STOPS: Final = frozenset({".", "؟", "!", "؛"})
_WHILE: Final = frozenset({"فيما", "كما", "بينما", "حيث"})
#: After these no issuer stands (الوثيقة الموقعة بين الطرفين).
_BESIDE: Final = frozenset({"بين", "حول", "ضد", "مع", "الي", "علي", "بشان"})
#: Verbs for making a document, as they stand before a pronoun (أعدته، أجراه).
_MADE: Final = frozenset(
    "اعد اعدت اجري اجرت اصدر اصدرت نشر نشرت كتب كتبت قدم قدمت وزع وزعت بث بثت وقع وقعت وجه وجهت".split()
)
_STATES: Final = frozenset({"دوله", "مملكه", "جمهوريه", "سلطنه"})
_LED_BY: Final = frozenset({"بقياده", "بزعامه", "برياسه"})
#: Participles that tell whose a body is, after its name.
_BELONGING: Final = frozenset("المملوك المملوكه المعني المعنيه المتخصص المتخصصه".split())
#: Statements that a back reference (المصدر نفسه، البيان) is looked for in: keeps endless texts linear.
_BACK: Final = 60
_NEAR: Final = 300  # tokens


@dataclass(frozen=True, slots=True)
class Resolution:
    """For each draft its speaker and its addressee (None: nobody can be named), and all of them once."""

    speakers: tuple[Speaker | None, ...]
    addressees: tuple[Speaker | None, ...]
    cast: tuple[Speaker, ...]


def resolve(words: Words, drafts: Sequence[Draft], marks: Marks) -> Resolution:
    """Tie every draft to who speaks in it. `drafts` are in the order of the text; offsets are token indices."""
    return Resolver(words, drafts, marks).run() if drafts else Resolution((), (), ())


class Resolver:
    """The work of `resolve`, one statement after the other."""

    def __init__(self, words: Words, drafts: Sequence[Draft], marks: Marks) -> None:
        self.words = words
        self.forms = words.forms
        self.drafts = drafts
        self.marks = marks
        spans = [d.source for d in drafts if d.source] + [d.addressee for d in drafts if d.addressee]
        # Right after its verb a subject has neither preposition nor conjunction: such a letter is its own (لامبرت).
        own = {
            d.source[0]
            for d in drafts
            if d.source and d.cue and d.source[0] == d.cue[1] and _is_verb(d) and _may_own(self.forms[d.source[0]])
        }
        self.cast = Cast(words, spans, own)
        self.model = load("antecedent")
        self.who: list[Entity | None] = [None] * len(drafts)
        #: Where sources start.
        self.sources = {d.source[0] for d in drafts if d.source}
        self.said = Said()
        #: Whose documents have been quoted so far, by the word for them.
        self.issued: dict[str, Entity] = {}

    def run(self) -> Resolution:
        order = sorted(range(len(self.drafts)), key=lambda i: self.drafts[i].at)
        done: list[int] = []
        for i in order:
            who = self.who[i] = self._speaker(i, done)
            done.append(i)
            if who is None:
                continue
            if self.drafts[i].parent is None:
                self.said.add(who)
            source = self.drafts[i].source
            if source is not None:
                self.said.sources[source[0]] = who
                head = self.forms[source[0]]
                if head.bits & DOCUMENT:
                    self.said.voices[id(who)] = agreement(head)[0]
                else:
                    self.said.voices.pop(id(who), None)
        told = [self.cast.of_span(*d.addressee) if d.addressee else None for d in self.drafts]
        speakers: dict[int, Speaker] = {}
        for entity in [*self.who, *told]:
            if entity is not None and id(entity) not in speakers:
                speakers[id(entity)] = self._make(entity, f"s{len(speakers) + 1}")
        return Resolution(
            tuple(speakers[id(e)] if e else None for e in self.who),
            tuple(speakers[id(e)] if e else None for e in told),
            tuple(speakers.values()),
        )

    # One statement.

    def _speaker(self, i: int, done: list[int]) -> Entity | None:
        draft = self.drafts[i]
        if draft.source:
            return None if self._written_passive(draft) else self._named(i, done)
        if self._impersonal(draft):
            return None
        reading = draft.reading
        if draft.parent is not None and reading is not None and reading.form.person == 1:
            return self.who[draft.parent]
        return self.choose(i, candidates(i, self.drafts, self.who, done, self.words, self.marks, self.cast, self.said))

    def choose(self, i: int, found: list[Candidate]) -> Entity | None:
        """The likeliest of the candidates for the speaker of draft `i`."""
        return max(found, key=lambda candidate: self.model.log_odds(candidate.facts)).entity

    def _impersonal(self, draft: Draft) -> bool:
        """Nobody speaks: a passive, which the tables know or its vowel shows (وُصفت)."""
        reading = draft.reading
        if reading is None or draft.cue is None:
            return False
        if reading.form.part in ("masdar", "noun") and not reading.suffix:
            before = self.forms[draft.cue[0] - 1] if draft.cue[0] else None
            done = reading.form.part == "masdar" and before is not None and before.core in _DONE
            return before is not None and (before.core in _THERE or done)
        if reading.form.part not in ("past", "present"):
            return False
        if reading.form.passive:
            return True
        if self._written_passive(draft):
            return True
        form = self.forms[draft.cue[0]]
        # ويعتقد أن, with no subject in its own clause, is يُعتقد: nobody was named who could believe.
        plain = reading.form.part == "present" and reading.form.gender == "m" and reading.form.number == "s"
        if not plain or reading.suffix or reading.form.lemma.act != "assess" or reading.form.person != 3:
            return False
        at = draft.cue[0]
        before = self.forms[at - 1] if at else None
        opens = before is None or before.kind == "newline" or before.text in _STOPS or before.core in _WHILE
        return opens and draft.opener == "complementizer" and any(r.form.passive for r in form.cues)

    def _written_passive(self, draft: Draft) -> bool:
        """Does a written vowel show the passive: وُصفت؟"""
        if draft.cue is None or not _is_verb(draft):
            return False
        form = self.forms[draft.cue[0]]
        return "\u064f" in form.text[len(form.conj) : len(form.conj) + 2] and any(r.form.passive for r in form.cues)

    def _named(self, i: int, done: list[int]) -> Entity | None:
        source = self.drafts[i].source
        assert source is not None
        entity = self.cast.of_span(*source)
        start, end = source
        reading = self.drafts[i].reading
        if entity is not None and entity.type == "person" and reading is not None and _is_verb(self.drafts[i]):
            form = reading.form
            if form.person == 3 and form.number == "s" and form.gender:
                # The verb beside the name tells the gender better than the name does.
                entity.gender, entity.sure = ("f" if form.gender == "f" else "m"), True
        if entity is not None and not entity.names and any(f.bare in SAME for f in self.forms[start:end]):
            for j in reversed(done[-_BACK:]):
                who = self.who[j]
                if who is None or self.drafts[j].parent is not None or who.number != entity.number:
                    continue
                if who.type in ("person", "unnamed", "group") or entity.type == who.type:
                    return who
        gender = styled(self.forms[start])
        if gender and end == start + 1:
            return self._styled(start, gender, done) or entity
        if entity is not None and self.forms[start].bits & DOCUMENT:
            issuer = self._issuer(start, end, i, done)
            if issuer is not None:
                entity = issuer
                self.issued[self.forms[start].bare] = issuer
        return entity

    def _styled(self, at: int, gender: str, done: list[int]) -> Entity | None:
        """Whom a style with a pronoun means (معاليه): the person who spoke last, else the one named last."""
        for j in reversed(done[-_BACK:]):
            who = self.who[j]
            if who is not None and who.type == "person" and (who.gender == gender or not who.sure):
                return who
        for phrase in reversed(self.cast.between(max(0, at - _NEAR), at)):
            if phrase.type == "person" and not styled(self.forms[phrase.start]):
                return self.cast.of_span(phrase.start, phrase.end)
        return None

    def _issuer(self, start: int, end: int, i: int, done: list[int]) -> Entity | None:
        """Whose document it is: named within the phrase (بيان لـX، بيان صادر عن X، بيان X), or the last that spoke."""
        forms = self.forms
        for at in range(start + 1, end):
            form = forms[at]
            bits = form.bits
            if form.core in _BESIDE:
                break
            if form.kind != "word" or bits & (STOP | QUALITY) or not bits & (SPEAKS | NAME):
                continue
            if bits & DEF and not bits & (FOR | SPEAKS):
                continue
            phrase = noun_phrase(self.words, at, end)
            if phrase is not None and phrase.type not in ("document", "unnamed"):
                return self.cast.entity_at_phrase(phrase)
        made = self._maker(end)
        if made is not None:
            return made
        if not forms[start].bits & DEF:
            return None
        kind = forms[start].bare
        issued = self.issued.get(kind)
        if issued is not None:
            return issued
        if kind not in _CARRIED:
            return None
        issued = self._mentioned(kind, start)
        if issued is not None:
            return issued
        for j in reversed(done[-_BACK:]):
            if self.drafts[j].parent is None or self.drafts[j].parent == self.drafts[i].parent:
                who = self.who[j]
                if who is not None and who.type != "document":
                    return who
        return None

    def _mentioned(self, kind: str, at: int) -> Entity | None:
        """The issuer of a document that was mentioned lately with its issuer (جاء في بيان من كذا)."""
        forms = self.forms
        for phrase in reversed(self.cast.between(max(0, at - _NEAR), at)):
            head = forms[phrase.start]
            if phrase.parts or head.article or head.bare != kind:
                continue
            for k in range(phrase.start + 1, min(phrase.start + 5, at)):
                form = forms[k]
                if form.kind != "word":
                    break
                after = forms[k - 1].core in ("من", "عن") or form.prep == "ل"
                if after and form.bits & (BODY | OFFICE | OUTLET) and not form.conj:
                    inner = noun_phrase(self.words, k, min(k + 20, at))
                    return self.cast.entity_at_phrase(inner) if inner is not None else None
        return None

    def _maker(self, at: int) -> Entity | None:
        """Who made a document, by the relative clause after it: تقرير أعدته شركة كذا، استطلاع أجراه فلان."""
        forms = self.forms
        if at + 1 >= len(forms) or forms[at].kind != "word":
            return None
        verb = forms[at]
        if verb.suffix not in ("ه", "ها") or verb.base not in _MADE:
            return None
        phrase = noun_phrase(self.words, at + 1, min(at + 20, len(forms)))
        if phrase is None or phrase.type == "document":
            return None
        return self.cast.of_span(phrase.start, phrase.end) or self.cast.entity_at_phrase(phrase)

    # Out.

    def _make(self, entity: Entity, identity: str) -> Speaker:
        words = self.words
        spans = {(p.start, p.end) for p in entity.phrases} | {p.name for p in entity.phrases if p.name}
        mentions = tuple([Span(*_chars(words, a, b)) for a, b in sorted(spans)])
        name, role = self._name(entity)
        return Speaker(identity, name, entity.type, role, mentions)

    def _name(self, entity: Entity) -> tuple[str, str | None]:
        """The fullest proper name, else the fullest description; and the fullest title."""
        best: tuple[int, int] | None = None
        role: tuple[int, int] | None = None
        most = -1.0
        given = self.cast.given
        state_speaks = entity.state != "" and self._state_speaks(entity)
        branded = bool(entity.titles) and entity.type in ("organization", "group", "place", "document")
        for phrase in entity.phrases:
            if entity.names and not branded:
                if phrase.name is None:
                    continue
                span = phrase.name
                size = self._fullness(span)
            else:
                span = (phrase.start, self._described(entity, phrase))
                # Where the source ends is known; other phrases may have swallowed a word too many.
                size = float(span[1] - span[0])
                if size > 1 and phrase.start in given:
                    size += 0.7
                if entity.members and phrase.start in given:
                    size += 20
                if entity.state and state_speaks:
                    size += self._stateliness(phrase, entity.state)
                elif entity.state and phrase.type != "place":
                    size += 20
            if size > most:
                most, best = size, span
        for phrase in entity.phrases:
            title = phrase.title if phrase.type == "person" else None
            if title and (role is None or title[1] - title[0] > role[1] - role[0]):
                role = title
        if best is None:
            return "", None
        best = self._bare(best)
        own = self.cast.own_letter
        return _clean(self.words, best, own), _clean(self.words, role, own) if role else None

    def _state_speaks(self, entity: Entity) -> bool:
        """Is a government to be named after its state: does the state or its capital speak itself?"""
        states = sum(p.type == "place" and p.start in self.sources for p in entity.phrases)
        return states > 0 and states >= sum(p.start in self.sources for p in entity.phrases) - states

    def _fullness(self, span: tuple[int, int]) -> float:
        """How much of a name this is: its words; a hashtag (#فلان_الفلاني) is a name, but not the best one."""
        return sum(
            1.0 if "_" not in form.text else 1.5 for form in self.forms[span[0] : span[1]] if form.kind == "word"
        )

    def _described(self, entity: Entity, phrase: NounPhrase) -> int:
        """The end of a description without what only explains it: a bracket, an apposition, a place, a leader."""
        forms, start, end = self.forms, phrase.start, phrase.end
        if forms[end - 1].text in ")]" and not self._short_name(end):
            at = end - 1
            while at > start and forms[at].text not in "([":
                at -= 1
            end = at if at > start else end
        if phrase.parts:
            last = phrase.parts[-1]
            return last.name[1] if last.name and phrase.parts[0].name and last.name[1] <= end else end
        if not forms[phrase.head].bits & (PLACE | OUTLET | BODY | NOUN):
            return end
        for at in range(start + 1, end):
            form = forms[at]
            if form.text == "،" or form.core in _LED_BY:
                return at
            if form.key in _BELONGING and form.article and at > start + 1:
                return at
            if form.core == "في" and at > start + 1 and at + 2 >= end and forms[start + 1].kind == "word":
                # الشركة كذا في بروكسل is the company; but السلطات في كذا، مركز كذا في إيران.
                city = forms[at + 1].classes & _PLACE and forms[at + 1].core not in _classes.load().countries
                elsewhere = any(p.end - p.start == at - start and p.start != start for p in entity.phrases)
                return at if (city and forms[start + 1].text not in "،") or elsewhere else end
        return end

    def _short_name(self, end: int) -> bool:
        """Does the bracket that ends before `end` hold one word that is no ordinary one (وكالة … (فلان))?"""
        forms = self.forms
        inner = forms[end - 2]
        named = inner.bits & (BODY | OUTLET | NAME) or not _is_noun(inner.stem)
        return forms[end - 3].text in "([" and inner.kind == "word" and bool(named)

    def _bare(self, span: tuple[int, int]) -> tuple[int, int]:
        """Without a demonstrative, or a word that is no part of a name (هذه الوثائق، موقع كذا)."""
        start, end = span
        forms = self.forms
        if end - start > 1 and forms[start].bits & THIS:
            start += 1
        site = end - start == 2 and forms[start].core == "موقع" and not forms[start + 1].bits & (DEF | NOUN)
        return (start + 1, end) if site else (start, end)

    def _stateliness(self, phrase: NounPhrase, state: str) -> float:
        """Is this the name of the state itself, alone or, where that speaks, with its kind (دولة كذا)?"""
        start, end = phrase.start, phrase.end
        if fold(_clean(self.words, (start, end), self.cast.own_letter)) == state:
            return 50
        kind = self.forms[start].bare in _STATES and start in self.cast.given
        return 50 if kind and end - start == 2 and self.forms[start + 1].core == state else 0


def _may_own(form: Form) -> bool:
    """May the first letter be the word's own? Not a و before an ordinary word (وأحد)."""
    return form.conj != "و" or not (form.classes or _is_noun(form.stem))


def _is_noun(key: str) -> bool:
    """Is this word, with its first letter, an ordinary noun with a pronoun (والديها)?"""
    nouns = ordinary.load().nouns
    return key in nouns or any(key.endswith(end) and key[: -len(end)] in nouns for end in ("ها", "هم", "هما", "ه"))


def _is_verb(draft: Draft) -> bool:
    return draft.reading is not None and draft.reading.form.part in ("past", "present")


def _chars(words: Words, first: int, last: int) -> tuple[int, int, str]:
    start, end = words.starts[first], words.ends[last - 1]
    return start, end, words.text[start:end]


def _clean(words: Words, span: tuple[int, int], own_letter: set[int]) -> str:
    """The text of a phrase without a glued و and with ل or ب at its head taken off, unless it is the word's own."""
    first = words.forms[span[0]]
    text = words.slice(*span)
    if span[0] in own_letter or (first.conj and first.bits & OWNED and not first.article and _is_noun(first.key)):
        return text
    if first.conj and text.startswith(first.conj):
        text = text[1:]
    if glued_name(first):
        text = text[1:]
    if first.prep:
        text = "ال" + text[2:] if first.prep == "ل" and first.article else text[1:]
    return text
