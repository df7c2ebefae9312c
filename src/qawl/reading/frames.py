"""Frames: what opens the content after a reporting word.

A clause is opened by a complementizer (أن، إن، بأن, after a preposition that the lemma wants: إلى أن), a colon or a
quotation mark; a phrase is the complement that the lemma wants (دعا إلى …, رحب بـ…, أدان …). Between the reporting word
and the opener stand the source, whom it is told, when and where: the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import Lemma
from qawl.reading.draft import Opener
from qawl.reading.sources import subject_end
from qawl.reading.text import (
    AN,
    COMPLEMENTIZER,
    KANA,
    PREPOSITION,
    RELATIVE,
    STOPS,
    VERB,
    Text,
    best_reading,
)

#: How far from its cue a content can open, in tokens. Longer gaps exist (long titles) but are mostly something else.
_REACH: Final = 60
#: Words after which أن belongs to them and not to the reporting word before: قبل أن، يمكن أن، من شأنه أن.
_OWN_AN: Final = frozenset(
    map(
        fold,
        "قبل بعد منذ دون بدون رغم مع حتى لولا يمكن يجب ينبغي يتعين يريد تريد يستطيع شأنه شأنها المفترض المتوقع المقرر "
        "المرجح الممكن المنتظر المؤكد الضروري المحتمل بد شك يكاد كاد أوشك عسى لعل شريطة بشرط كما إلى فور بمجرد خشية".split(),
    )
)
#: Words that with أن begin a clause of the outlet's own: إلا أن، غير أن. What was being looked for will not come any more.
_TURN: Final = frozenset(map(fold, "إلا غير بيد حيث كما بما لو لا سيما خصوصا خاصة".split()))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a content opens: the opener's token, the content's first token, and which frame of the lemma it is."""

    opener: Opener
    at: int
    start: int
    name: str


@dataclass(frozen=True, slots=True)
class _Wants:
    before_an: frozenset[str]
    plain: bool
    speech: bool
    phrase: frozenset[str]


@cache
def _wants(lemma: Lemma) -> _Wants:
    before = frozenset(fold(c.split("_")[0]) for c in lemma.clause if "_" in c)
    plain = any(c != ":" and "_" not in c for c in lemma.clause)
    return _Wants(before, plain, ":" in lemma.clause, frozenset(lemma.phrase))


def find_clause(text: Text, cue: int, lemma: Lemma, first: int | None = None) -> Frame | None:
    """The clause or quotation that the reporting word at token `cue` opens, or None."""
    wants = _wants(lemma)
    forms, classes, marks = text.forms, text.classes, text.marks
    limit = min(text.limit(cue), (first or cue) + 1 + _REACH)
    k = (first if first is not None else cue) + 1
    relative = False
    while k < limit:
        form = forms[k]
        flags = classes[k]
        if form.kind == "punct":
            mark = form.text
            if mark == ":" and not _is_time(text, k):
                return Frame("colon", k, k + 1, ":")
            if marks.opens(k):
                frame = _quotation(text, k, limit, cue)
                if frame:
                    return frame
                k = text.skip_quotation(k, limit)
                continue
            if mark == "(":
                k = text.skip_brackets(k, limit)
                continue
            if mark in STOPS or mark in "؛;":
                return None
            relative = relative and mark != "،"
        elif flags & COMPLEMENTIZER:
            before = forms[k - 1]
            if before.core in _TURN and k - 1 > cue:
                return None
            free = classes[k - 1] & PREPOSITION and k - 1 > cue
            if free and before.core in wants.before_an:
                return Frame("complementizer", k, k + 1, before.core + "_ان")
            if not (free or (before.core in _OWN_AN and k - 1 > cue)) and not (
                flags & AN and k - 1 > cue and (classes[k - 1] & (VERB | KANA))
            ):
                return Frame("complementizer", k, k + 1, "ان")
        elif flags & RELATIVE:
            relative = True
        elif k > cue + 1 and form.cues and not relative and _opens_another(text, k):
            return None
        k += 1
    return None


def _is_time(text: Text, k: int) -> bool:
    return 0 < k < len(text.forms) - 1 and text.forms[k - 1].kind == "number" and text.forms[k + 1].kind == "number"


def _opens_another(text: Text, k: int) -> bool:
    """Does token k begin another report, so that the first one found no clause?"""
    if text.is_adverbial_participle(k):
        return True
    reading = best_reading(text, k)
    return reading is not None and reading.form.part in ("past", "present") and not reading.form.lemma.doubt


def _quotation(text: Text, k: int, limit: int, cue: int) -> Frame | None:
    """Is the quotation that opens at k what was said, and not a name in quotation marks inside the source?"""
    forms, classes, marks = text.forms, text.classes, text.marks
    close = marks.partner[k]
    length = close - k - 1
    before = classes[k - 1]
    named = before & (
        WordClass.OUTLET | WordClass.BODY | WordClass.DOCUMENT | WordClass.SETTING | WordClass.PEOPLE
    ) and k - 1 > cue
    if length <= 6 and close < limit:
        for j in range(close + 1, min(close + 14, limit)):
            if classes[j] & COMPLEMENTIZER or forms[j].text == ":" or marks.opens(j):
                return None
    if named and length <= 4:
        return None
    if forms[k].prep or length < 1:
        return None
    if length <= 2 and not (close + 1 >= limit or forms[close + 1].text in "،.,"):
        return None
    return Frame("quote", k, k + 1, ":")


def find_phrase(text: Text, cue: int, lemma: Lemma, bare: bool, suffix: str) -> tuple[Frame | None, tuple[int, int] | None]:
    """The complement that is itself the content, and the noun phrase of the subject if one stands before it.

    `bare`: no subject is to be looked for after the cue (participles; the subject stands before; a relative clause).
    """
    wants = _wants(lemma).phrase
    if not wants:
        return None, None
    limit = min(text.limit(cue), cue + 1 + _REACH)
    k = cue + 1
    subject: tuple[int, int] | None = None
    if not bare:
        end = subject_end(text, k, limit)
        if end > k:
            subject = (k, end)
            k = end
    if suffix and ("ه+ه" in wants or "ه" in wants) and k < limit:
        return Frame("object", k, k, "ه+ه"), subject
    return _complement(text, k, limit, wants, suffix), subject


def _complement(text: Text, k: int, limit: int, wants: frozenset[str], suffix: str) -> Frame | None:
    forms, classes = text.forms, text.classes
    first = k
    objects = [w for w in wants if w.startswith("ه>")]
    kept = [w for w in wants if w.startswith("ه+")]
    free = {fold(w) for w in wants if w in ("على", "إلى", "عن", "من", "في")}
    glued = {w for w in wants if w in ("ب", "ل")}
    told = {fold(w[2:]) for w in objects}
    nouns = {n for w in wants if w.startswith("+") for n in w[1:].split("|")}
    while k < limit:
        form = forms[k]
        if form.kind == "punct":
            if form.text in STOPS or form.text in "؛;:":
                break
            if text.marks.opens(k):
                k = text.skip_quotation(k, limit)
                continue
            if form.text == "(":
                k = text.skip_brackets(k, limit)
                continue
        elif nouns and not free and not glued and form.stem in nouns:
            return Frame("object", k, k, "+")
        elif form.core in free and form.core != "":
            return Frame("preposition", k, k + 1, form.core)
        elif form.core in told and (k > first or suffix):
            return Frame("preposition", k, k + 1, "ه>" + form.core)
        elif form.prep in glued and form.prep and not classes[k] & PREPOSITION:
            return Frame("preposition", k, k, form.prep)
        elif form.prep and form.prep in told and (k > first or suffix):
            return Frame("preposition", k, k, "ه>" + form.prep)
        elif form.prep == "ب" and "ه+ب" in wants and (k > first or suffix):
            return Frame("object", k if suffix else first, k if suffix else first, "ه+ب")
        elif k > first and form.cues and _opens_another(text, k):
            break
        elif k > first + 1 and classes[k] & (VERB | RELATIVE) and form.conj:
            break
        k += 1
    if kept and "ه+ه" in wants and first < limit and _is_noun(text, first):
        return Frame("object", first, first, "ه+ه")
    if "Ø" in wants and not suffix and first < limit and _is_noun(text, first):
        return Frame("object", first, first, "Ø")
    return None


def _is_noun(text: Text, k: int) -> bool:
    form, flags = text.forms[k], text.classes[k]
    if form.kind == "punct":
        return text.marks.opens(k)
    return not (flags & (PREPOSITION | COMPLEMENTIZER | RELATIVE | VERB | KANA) or form.conj or form.prep)
