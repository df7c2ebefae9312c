"""The text as the steps of the reading see it: tokens, marks, word classes, and how a token can be read as a cue."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from qawl.arabic.marks import Marks, find_marks
from qawl.arabic.words import FIXED, TELLING, CueReading, Form, Words, tokenize
from qawl.lexicon import cues as _cues
from qawl.lexicon import ordinary
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import Pattern

AN: Final = WordClass.AN.value
IN: Final = WordClass.IN.value
COMPLEMENTIZER: Final = AN | IN
PREPOSITION: Final = WordClass.PREPOSITION.value
SUBORDINATOR: Final = WordClass.SUBORDINATOR.value
RELATIVE: Final = WordClass.RELATIVE.value
KANA: Final = WordClass.KANA.value
QAD: Final = WordClass.QAD.value
VERB: Final = WordClass.VERB.value
TIME: Final = WordClass.TIME.value | WordClass.WEEKDAY.value | WordClass.MONTH.value
#: Head words of those who can speak.
VOICE: Final = (
    WordClass.OFFICE
    | WordClass.HONORIFIC
    | WordClass.BODY
    | WordClass.OUTLET
    | WordClass.DOCUMENT
    | WordClass.PEOPLE
    | WordClass.PLACE
    | WordClass.GIVEN
    | WordClass.SURNAME
).value

_NAME: Final = (WordClass.PLACE | WordClass.GIVEN | WordClass.SURNAME).value
_NOMINAL: Final = ("masdar", "noun")
COMMAS: Final = frozenset("،,؛;")
STOPS: Final = frozenset(".؟!?□۔")


class Text:
    """Everything the steps share about one text; built once, read only.

    `classes[i]` are the word-class flags of token i; `headline_end` is one past the headline's last token, or 0.
    `phrases` and `hedges` are the fixed source phrases (بحسب) and hedges (بحسب تعبيره) by their first token, with their
    number of tokens; `telling` are the tokens that one of these or a report may begin with. `categories`
    (`qawl.reading.contents.category`) and `readings` (`best_reading`) are filled by the steps as they ask.
    """

    __slots__ = (
        "_paragraph_end",
        "categories",
        "classes",
        "forms",
        "headline_end",
        "hedges",
        "marks",
        "phrases",
        "readings",
        "sentences",
        "telling",
        "words",
    )

    def __init__(self, source: str) -> None:
        self.words: Words = tokenize(source)
        self.marks: Marks = find_marks(self.words)
        self.forms: list[Form] = self.words.forms
        self.classes: list[int] = [form.classes for form in self.forms]
        self.sentences = self.marks.sentences
        self.headline_end = self._headline()
        self._paragraph_end = [0] * len(self.forms)
        for first, last in self.words.paragraphs:
            self._paragraph_end[first:last] = [last] * (last - first)
        self.categories = [""] * len(self.forms)
        self.readings: dict[int, CueReading | None] = {}
        self.telling = [i for i in self.words.noted if self.forms[i].signs & TELLING]
        fixed = [i for i in self.telling if self.forms[i].signs & FIXED]
        self.phrases = _find_spans(self.forms, fixed, hedges=False)
        self.hedges = _find_spans(self.forms, fixed, hedges=True)

    def paragraph_end(self, i: int) -> int:
        """One past the last token of the paragraph of token i."""
        ends = self._paragraph_end
        return ends[i] if i < len(ends) else ends[-1]

    def noted(self, first: int, last: int) -> list[int]:
        """The tokens in [first, last) at which a clause can open, break off or end (the sign NOTED)."""
        places = self.words.noted
        begin = bisect_left(places, first)
        return places[begin : bisect_left(places, last, begin)]

    def phrase_at(self, i: int) -> int:
        """How many tokens the fixed source phrase (بحسب, وفقا لـ, على حد قول) that begins at token i has, else 0."""
        hit = self.phrases.get(i)
        return hit[0] if hit and i not in self.hedges else 0

    def _headline(self) -> int:
        """One past the last token of the headline: the first paragraph where others follow and it looks like one."""
        paragraphs = self.words.paragraphs
        if len(paragraphs) < 2:
            return 0
        first, last = paragraphs[0]
        return last if last - first <= 30 and self.forms[last - 1].text not in ".□" else 0

    def limit(self, i: int) -> int:
        """Where the clause of token i must end at the latest: its quotation's closing mark, or its sentence's end."""
        mark = self.marks.within[i]
        if mark >= 0:
            return self.marks.partner[mark]
        return self.sentences[self.marks.sentence_of[i]][1]

    def start(self, i: int) -> int:
        """Where the clause of token i can begin at the earliest: after its quotation's mark, at its sentence's start.

        Inside a quotation of several sentences: after the last stop before i.
        """
        mark = self.marks.within[i]
        if mark < 0:
            return self.sentences[self.marks.sentence_of[i]][0]
        for k in range(i - 1, max(mark, i - 60), -1):
            if self.forms[k].text in STOPS:
                return k + 1
        return max(mark + 1, i - 60)

    def skip_quotation(self, k: int, limit: int) -> int:
        """One past the closing mark of the quotation that opens at k, where it closes before the limit; else k + 1."""
        partner = self.marks.partner[k]
        return partner + 1 if k < partner < limit else k + 1

    def skip_brackets(self, k: int, limit: int) -> int:
        """One past the bracket that closes the one at k, looked for in the next twelve tokens; else k + 1."""
        for j in range(k + 1, min(k + 13, limit)):
            if self.forms[j].text == ")":
                return j + 1
        return k + 1

    def is_adverbial_participle(self, k: int) -> bool:
        """Is token k a participle in the accusative, as one that opens a circumstantial clause is (مؤكدا، مشيرة)?"""
        form = self.forms[k]
        if form.article or form.prep or not form.cues:
            return False
        for reading in form.cues:
            if reading.form.part != "participle" or reading.prefix or reading.suffix:
                continue
            c = reading.form
            if c.number == "s" and c.gender == "m":
                return form.core.endswith("ا")
            if c.number != "s" and form.core.endswith(("ون", "ان")):
                continue  # nominative: no circumstance
            # مدافعة after its noun is an adjective; what opens a clause stands after a pause, or after a definite noun
            # and before its content: تضيف المصادر مؤكدة أن.
            before = self.forms[k - 1] if k else None
            if form.conj or before is None or before.kind != "word":
                return True
            return (before.article or bool(self.classes[k - 1] & _NAME)) and self._content_follows(k)
        return False

    def _content_follows(self, k: int) -> bool:
        if k + 2 >= len(self.forms):
            return False
        nxt, flags = self.forms[k + 1], self.classes[k + 1]
        return bool(flags & COMPLEMENTIZER or self.classes[k + 2] & COMPLEMENTIZER or nxt.text == ":")


_GIVEN: Final = WordClass.GIVEN.value
_COMMON: Final = WordClass.COMMON.value
_PERSONAL: Final = (WordClass.GIVEN | WordClass.SURNAME).value


def _is_surname(text: Text, i: int) -> bool:
    """Can token i be the second word of a personal name: a known name, or a word with the article that nobody knows?"""
    if i >= len(text.forms) or text.forms[i].kind != "word" or text.forms[i].prep or text.forms[i].conj:
        return False
    form, flags = text.forms[i], text.classes[i]
    if flags & ~_COMMON:
        return bool(flags & _PERSONAL)
    nouns = ordinary.load().nouns
    return form.article and form.stem not in nouns and form.base not in nouns


def best_reading(text: Text, i: int) -> CueReading | None:
    """The likeliest reading of token i as a reporting word, or None where it cannot be one here."""
    if not text.forms[i].cues:
        return None
    known = text.readings
    if i not in known:
        known[i] = _best_reading(text, i)
    return known[i]


def _best_reading(text: Text, i: int) -> CueReading | None:
    form = text.forms[i]
    if form.article and not any(c.form.part in _NOMINAL for c in form.cues):
        return None
    if text.classes[i] & _GIVEN and not form.conj and _is_surname(text, i + 1):
        return None  # تامر الصيرفي
    quoted = text.marks.within[i] >= 0
    before = text.forms[i - 1] if i else None
    after_preposition = before is not None and text.classes[i - 1] & PREPOSITION and not form.conj
    best: CueReading | None = None
    rank = 99
    for reading in form.cues:
        c = reading.form
        if c.part in ("past", "present"):
            r = 0 if c.part == "past" else 1
            if c.person != 3:
                r = 2 if quoted else 7
            if c.passive:
                r += 4
            if after_preposition and reading.prefix != "ل":
                r += 10
        elif c.part == "participle":
            r = 3 if text.is_adverbial_participle(i) else 20
        elif c.part in _NOMINAL:
            r = 2 if (form.prep or form.article or after_preposition) else 5
        elif c.part == "imperative":
            r = 8 if quoted else 30
        else:
            r = 12
        if r < rank:
            best, rank = reading, r
    return best if rank < 20 else None


@cache
def _followers(hedges: bool) -> dict[str, frozenset[str]]:
    table = _cues.load()
    return table.followers(table.hedges if hedges else table.phrases)


@cache
def _longest() -> int:
    """How many words the longest fixed phrase or hedge has, with the word that its preposition is glued to."""
    table = _cues.load()
    listed = (*table.phrases.values(), *table.hedges.values())
    return 1 + max(len(pattern.slots) for patterns in listed for pattern in patterns)


def _find_spans(forms: list[Form], places: list[int], hedges: bool) -> dict[int, tuple[int, Pattern]]:
    """The fixed phrases (or hedges) of a text by their first token, which is one of `places`."""
    table, followers = _cues.load(), _followers(hedges)
    match = table.hedge_at if hedges else table.phrase_at
    found: dict[int, tuple[int, Pattern]] = {}
    last = len(forms) - 1
    for i in places:
        second = followers.get(forms[i].core)
        if second is None or (second and (i == last or forms[i + 1].core not in second)):
            continue
        hit = match([form.core for form in forms[i : i + _longest()]], 0)
        if hit:
            found[i] = hit
    return found
