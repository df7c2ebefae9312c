"""Sources: the noun phrase beside the reporting word that names who speaks."""

from __future__ import annotations

from typing import Final

from qawl.arabic.words import CueReading

from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Tokens
from qawl.reading.text import (
    COMPLEMENTIZER,
    KANA,
    PREPOSITION,
    QAD,
    RELATIVE,
    SUBORDINATOR,
    TIME,
    VERB,
    VOICE,
    Text,
)

_NATIONALITY: Final = WordClass.NATIONALITY.value
_NAME: Final = (WordClass.GIVEN | WordClass.SURNAME | WordClass.PLACE).value
_BREAK: Final = COMPLEMENTIZER | RELATIVE | SUBORDINATOR | VERB | KANA | QAD


def run_end(text: Text, k: int, limit: int) -> int:
    """One past the last token of the noun phrase that begins at k (k itself where none does)."""
    forms, classes, marks = text.forms, text.classes, text.marks
    first = k
    closed = False
    while k < limit:
        form, flags = forms[k], classes[k]
        if form.kind == "punct":
            if marks.opens(k) and marks.partner[k] < limit and marks.partner[k] - k <= 8:
                k = marks.partner[k] + 1
                closed = True
                continue
            if form.text in "#-–_/\"»":
                k += 1
                continue
            if form.text == "(":
                k = text.skip_brackets(k, limit)
                continue
            break
        if flags & _BREAK or (flags & PREPOSITION and not (form.core == "باسم")):
            break
        if flags & TIME and not flags & (VOICE | _NATIONALITY):
            break
        if form.prep and k > first and not form.core.startswith("باسم") and form.prep != "ل":
            break
        if form.prep == "ل" and k > first and flags & WordClass.OUTLET:
            break
        if k > first and text.is_adverbial_participle(k) and not flags & VOICE:
            break
        if form.conj and k > first and not flags & (VOICE | _NATIONALITY) and not form.article:
            break
        indefinite = not form.article and not flags & (_NAME | _NATIONALITY | VOICE)
        if closed and indefinite and form.kind == "word" and not form.suffix and flags:
            break
        closed = form.article or bool(flags & _NAME) or bool(form.suffix)
        k += 1
    return k


def subject_end(text: Text, k: int, limit: int) -> int:
    """One past the subject that begins at token k, where its head can speak; k where there is none."""
    k0 = k
    while k < limit and text.classes[k] & (WordClass.ADVERB.value | TIME) and not text.classes[k] & VOICE:
        k += 1
    if k >= limit:
        return k0
    form, flags = text.forms[k], text.classes[k]
    if form.kind == "punct" or form.prep or form.conj or flags & (_BREAK | PREPOSITION):
        return k0
    if not flags & (VOICE | _NATIONALITY) and not (flags == 0 and not form.article):
        return k0
    return run_end(text, k, limit)


def with_apposition(text: Text, first: int, end: int, limit: int) -> int:
    """Extend a noun phrase over what stands between commas after it and names the same one (…، محمد درويش،)."""
    for _ in range(2):
        if end + 1 >= limit or text.forms[end].text not in "،,":
            break
        k = end + 1
        form, flags = text.forms[k], text.classes[k]
        if form.conj or form.prep or not (flags & VOICE or (form.kind == "word" and not flags)):
            break
        after = run_end(text, k, limit)
        if after <= k or (after < limit and text.forms[after].text not in "،,:" and not text.marks.opens(after)):
            if not (after == limit or text.classes[after] & (PREPOSITION | TIME | QAD)):
                break
        end = after
    return end


def right_source(text: Text, cue: int, opener: int) -> Tokens | None:
    """The source in the gap between a reporting word and its opener (verb first, subject after)."""
    forms, classes = text.forms, text.classes
    k = cue + 1
    while k < opener:
        form, flags = forms[k], classes[k]
        if form.kind == "punct" and not text.marks.opens(k):
            if form.text == "(":
                k = text.skip_brackets(k, opener)
            else:
                k += 1
        elif flags & PREPOSITION:
            k += 1
            while k < opener and not (
                forms[k].text in "،," or classes[k] & (PREPOSITION | TIME | _VOICE_HEAD) and not forms[k].prep
            ):
                k += 1
        elif form.prep or form.conj:
            k += 1
            while k < opener and not (forms[k].text in "،," or classes[k] & (PREPOSITION | TIME)):
                k += 1
        elif flags & (_BREAK | WordClass.PREP_PRONOUN | WordClass.ADVERB | WordClass.PRONOUN) or (
            flags & TIME and not flags & VOICE
        ):
            k += 1
        else:
            end = run_end(text, k, opener)
            if end <= k:
                k += 1
                continue
            return k, with_apposition(text, k, end, opener)
    return None


_VOICE_HEAD: Final = (WordClass.OFFICE | WordClass.HONORIFIC | WordClass.GIVEN | WordClass.PEOPLE).value


def left_source(text: Text, cue: int, reading: CueReading, relative: bool) -> Tokens | None:
    """The source before a finite verb (ترامب يعلن, وكان الوزير قد أكد), or the noun before الذي."""
    forms, classes = text.forms, text.classes
    if relative:
        k = cue - 2
        if k < 0 or forms[k].kind != "word":
            return None
        start = text.start(cue)
        while k - 1 >= start and forms[k - 1].kind == "word" and not classes[k - 1] & (_BREAK | PREPOSITION):
            if forms[k].conj or forms[k].prep:
                break
            k -= 1
        return k, cue - 1
    if forms[cue].conj:
        return None
    floor = max(text.start(cue), cue - 40)
    first = floor
    for k in range(cue - 1, floor - 1, -1):
        flags = classes[k]
        if flags & (COMPLEMENTIZER | SUBORDINATOR | VERB) or forms[k].text in "؛;:" or forms[k].key in _BUT:
            first = k + 1
            break
    while first < cue and (
        (forms[first].kind == "punct" and not text.marks.opens(first)) or classes[first] & (KANA | QAD)
        or forms[first].key in _BUT
    ):
        first += 1
    if first >= cue:
        return None
    flags = classes[first]
    form = forms[first]
    if form.prep or flags & (PREPOSITION | TIME) or form.cues and not flags & VOICE:
        return None
    if not flags & (VOICE | _NATIONALITY) and flags:
        return None
    end = with_apposition(text, first, run_end(text, first, cue), cue)
    if end <= first:
        return None
    for k in range(end, cue):
        if classes[k] & (VERB | COMPLEMENTIZER) and not any(classes[j] & RELATIVE for j in range(end, k)):
            return None
    return first, end


_BUT: Final = frozenset({"لكن", "ولكن", "اما", "كما", "فيما", "بينما", "حيث", "وكان", "وكانت", "كان", "كانت", "الا", "غير"})


def phrase_source(text: Text, first: int, length: int) -> Tokens | None:
    """The noun phrase after a fixed source phrase (بحسب …, وفقا لـ…) that begins at token `first`."""
    start, limit = first + length, text.limit(first)
    if start >= limit:
        return None
    end = run_end(text, start, limit)
    return (start, with_apposition(text, start, end, limit)) if end > start else None
