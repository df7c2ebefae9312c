"""Addressees: whom it is told, where that stands in the reporting clause.

Three places: the object of a verb that tells or urges somebody (``أبلغ الوزير اللجنة أن``, ``دعا الاتحاد الأندية
إلى``), the one asked (``طلب من الحارس``), and the one for whom it is said (``قال لصحيفة …``, ``في تصريح للإذاعة``,
``في مقابلة مع القناة``).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.names import noun_phrase
from qawl.arabic.nominal import (
    NAME,
)
from qawl.arabic.words import FINITE, Form
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary, wordlists
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import Lemma
from qawl.reading.draft import Draft, Tokens
from qawl.reading.sources import EACH
from qawl.reading.text import (
    COMMAS,
    COMPLEMENTIZER,
    KANA,
    PREPOSITION,
    RELATIVE,
    STOPS,
    SUBORDINATOR,
    TIME,
    VERB,
    VOICE,
    Text,
)

_WHO: Final = VOICE | WordClass.NATIONALITY.value
#: تصريح للوزير, with no other source, is the minister's own.
_OFFICE: Final = (WordClass.OFFICE | WordClass.HONORIFIC).value
_SETTING: Final = WordClass.SETTING.value
_PREP_PRONOUN: Final = WordClass.PREP_PRONOUN.value
_OFFICE_OR_BODY: Final = (WordClass.OFFICE | WordClass.BODY).value
_BODY_OFFICE_OR_NATION: Final = _OFFICE_OR_BODY | WordClass.NATIONALITY.value
_SKIPPED: Final = WordClass.ADVERB.value | _PREP_PRONOUN | TIME
_LISTS: Final = wordlists.load("circumstances")
_TALKS: Final = _LISTS["talk"]
_SAYINGS: Final = _LISTS["saying"]
_OFFERED: Final = _LISTS["offered"]
_AUDIENCE: Final = _LISTS["audience"]
_BEFORE: Final = fold("أمام")
_TO: Final = fold("إلى")
_WITH: Final = fold("مع")
_STOPPERS: Final = COMPLEMENTIZER | RELATIVE | SUBORDINATOR
_FARTHEST: Final = 60
#: كلا من فلان وفلان
_EACH: Final = frozenset(map(fold, ("كلا", "كل")))
_OF: Final = fold("من")
_IN: Final = fold("في")
_ALL: Final = frozenset(map(fold, "جميع كل كافة معظم بعض أحد إحدى".split()))
_GOD: Final = frozenset(map(fold, ("الله", "المولى", "الباري")))


def find(text: Text, draft: Draft) -> Tokens | None:
    """The noun phrase of the addressee of a draft whose cue, source and content are known, or None."""
    if draft.cue is None:
        return None
    if text.forms[draft.cue[0]].text == ":":
        return _for_whom(text, draft, draft.source[1], draft.cue[0], True) if draft.source else None
    if draft.reading is None:
        return None  # a source phrase (بحسب …) tells nobody
    gap = _gap(text, draft)
    told = _told(draft.reading.form.lemma)
    return (
        _object(text, draft, gap, told)
        or _for_whom(text, draft, *gap, True)
        or _thanked(text, draft)
        or _for_whom(text, draft, *_before(text, draft), False)
        or _for_whom(text, draft, *_after(text, draft), False)
        or _audience(text, *gap)
    )


@cache
def _told(lemma: Lemma) -> frozenset[str]:
    """How the lemma takes whom it tells: ``ه`` as its object, else after a preposition (من, على, ل)."""
    return frozenset(fold(frame.split(">")[0]) for frame in lemma.phrase if ">" in frame)


def _gap(text: Text, draft: Draft) -> Tokens:
    """What stands between the cue and the content, or after the cue where the content came first."""
    assert draft.cue is not None
    first = draft.cue[1]
    start = draft.content[0][0]
    last = start if start >= first else text.limit(draft.cue[0])
    return first, min(last, first + _FARTHEST)


def _before(text: Text, draft: Draft) -> Tokens:
    """What of the clause stands before the cue; nothing where the cue itself opens the clause."""
    assert draft.cue is not None
    at = draft.cue[0]
    hangs = text.is_adverbial_participle(at) or (_nominal(draft) and not text.forms[at].prep)
    if text.forms[at].conj or hangs or any(first < at for first, _ in draft.content):
        return at, at
    start = max(text.start(at), at - _FARTHEST)
    for k in range(at - 1, start, -1):
        if text.forms[k].conj and text.classes[k] & VERB:
            start = k
            break
    return start, at


def _after(text: Text, draft: Draft) -> Tokens:
    """From the content's end to the end of the clause, where a comma sets off what follows."""
    last = draft.content[-1][1]
    if draft.cue is None or draft.cue[0] > draft.content[0][0] or last >= len(text.forms):
        return last, last
    end = min(text.limit(draft.cue[0]), last + 25)
    first = last
    while first < end and text.forms[first].kind == "punct" and text.forms[first].text not in STOPS:
        first += 1
    for k in range(first, end):
        form = text.forms[k]
        if form.text in STOPS or (form.cues and text.is_adverbial_participle(k)):
            return first, k
    return first, max(first, end)


def _phrase(text: Text, k: int, limit: int) -> Tokens | None:
    """The noun phrase at k: with the rest of a name of several words, without the place of those told."""
    forms = text.forms
    if k < limit and forms[k].core in _EACH and k + 2 < limit and forms[k + 1].core == _OF:
        k += 2
    phrase = noun_phrase(text.words, k, limit)
    if phrase is None or forms[phrase.head].core in _GOD:
        return None
    end = phrase.end
    known = _classes.load().multiword
    for i in range(k, end):
        for name in known.get(_bare(forms[i]), ()):
            if end < i + len(name) <= limit and all(forms[i + n].core == name[n] for n in range(1, len(name))):
                end = i + len(name)
                break
    if forms[k].article or forms[k].suffix:
        for i in range(k + 1, end):
            if forms[i].core == _IN:
                end = i
                break
    return k, end


def _bare(form: Form) -> str:
    return form.core[1:] if form.prep and not form.article else form.core


def _object(text: Text, draft: Draft, gap: Tokens, told: frozenset[str]) -> Tokens | None:
    """The object of a verb that tells or urges somebody."""
    if not told or (draft.reading and draft.reading.suffix):
        return None
    forms, classes = text.forms, text.classes
    k, end = gap
    source = draft.source
    if source and source[0] > 1 and forms[source[0] - 2].core in EACH:
        source = source[0] - 2, source[1]
    while k < end:
        if source and source[0] <= k < source[1]:
            k = source[1]
            continue
        form, flags = forms[k], classes[k]
        if form.kind == "punct":
            if form.text in STOPS:
                return None
            k += 1
        elif flags & PREPOSITION and (
            form.core in told or (form.core == _OF and k + 1 < end and classes[k + 1] & _WHO)
        ):
            return _phrase(text, k + 1, end)
        elif flags & RELATIVE and not flags & COMPLEMENTIZER:
            k = _past_comma(text, k, end)
        elif flags & _STOPPERS and not flags & PREPOSITION:
            return None
        elif form.prep and form.prep in told and flags & _WHO:
            return _phrase(text, k, end)
        elif flags & PREPOSITION or form.prep:
            # An adverbial: its noun is nobody's object.
            k = _past_adverbial(text, k, end)
        elif flags & _SKIPPED and (not flags & _WHO or flags & _PREP_PRONOUN):
            k += 1
        elif "ه" in told and not flags & KANA and not form.conj:
            if text.forms[k].signs & FINITE or (not flags & _WHO and (_nominal(draft) or _qualifies(form))):
                return None
            if form.core[0] == "ب" and form.core[1:] in ordinary.load().nouns:
                return None  # what is demanded (بعقوبة), not of whom
            return _phrase(text, k, end)
        else:
            k += 1
    return None


def _thanked(text: Text, draft: Draft) -> Tokens | None:
    """Who gets the thanks or wishes that a light verb offers: قدم شكره للعاملين، تقدم بالتهنئة إلى الفريق."""
    first, last = draft.content[0]
    if draft.kind != "phrase" or draft.act not in ("praise", "express") or text.forms[first].base not in _OFFERED:
        return None
    for k in range(first + 1, min(first + 5, last - 1)):
        if text.forms[k].core == _TO:
            return _someone(text, k + 1, last, True)
        if text.forms[k].prep == "ل":
            return _someone(text, k, last, False)
    return None


def _qualifies(form: Form) -> bool:
    """Is this a definite adjective (of a source that was read too short)?"""
    return form.article and form.stem in ordinary.load().adjectives


def _belongs_to_source(text: Text, draft: Draft, k: int) -> bool:
    """Does ل at token k go on with a title (النائب الأول لوزير …) rather than name a hearer?"""
    if draft.source is None or draft.source[1] != k or text.classes[k] & WordClass.OUTLET.value:
        return False
    if not text.classes[k] & _BODY_OFFICE_OR_NATION:
        return False
    first = k
    while first > draft.source[0] and text.forms[first - 1].text not in COMMAS:
        first -= 1
    titled = any(text.classes[i] & _OFFICE_OR_BODY for i in range(first, k))
    return titled and k - first > 1 and not text.forms[k - 1].bits & NAME


def _nominal(draft: Draft) -> bool:
    return draft.reading is not None and draft.reading.form.part in ("masdar", "noun")


def _past_comma(text: Text, k: int, end: int) -> int:
    while k < end and text.forms[k].text not in COMMAS:
        k += 1
    return k


def _past_adverbial(text: Text, k: int, end: int) -> int:
    """One past the prepositional phrase at k."""
    start = k if text.forms[k].prep else k + 1
    phrase = noun_phrase(text.words, start, end) if start < end else None
    return phrase.end if phrase and phrase.end > k else k + 1


def _for_whom(text: Text, draft: Draft, k: int, end: int, by_cue: bool) -> Tokens | None:
    """Somebody after ل (إلى, مع) for whom it is said: beside the cue, or after a word for what is said."""
    forms, classes = text.forms, text.classes
    saying = -9
    while k < end:
        if draft.source and draft.source[0] <= k < draft.source[1]:
            k = draft.source[1]
            continue
        form, flags = forms[k], classes[k]
        after_saying = 0 < k - saying <= 4
        if form.kind == "punct":
            if form.text in STOPS:
                saying = -9
        elif form.stem in _SAYINGS or form.stem in _TALKS:
            saying = k
        elif form.core == "ل" or form.prep == "ل" or (form.core[0] == "ل" and _glued_name(text, k)):
            title = forms[k - 1].stem.startswith("تابع") or _belongs_to_source(text, draft, k)
            if (by_cue and not title) or after_saying:
                free = form.core == "ل"
                found = _someone(text, k + 1 if free else k, end, free)
                if found and (draft.source or not (after_saying and flags & _OFFICE)):
                    return found
        elif after_saying and (
            (form.core == _WITH and forms[saying].stem in _TALKS)
            or (form.core == _TO and forms[saying].stem in _SAYINGS)
        ):
            return _someone(text, k + 1, end, True)
        elif flags & COMPLEMENTIZER and by_cue:
            return None
        elif flags & PREPOSITION:
            nxt = forms[k + 1].stem if k + 1 < end else ""
            if nxt not in _SAYINGS and nxt not in _TALKS:
                k = max(k + 1, _past_adverbial(text, k, end)) if by_cue else k + 1
                saying = -9
                continue
        k += 1
    return None


def _audience(text: Text, k: int, end: int) -> Tokens | None:
    """Those before whom it is said: أمام النواب."""
    for at in range(k, end - 1):
        if text.classes[at] & COMPLEMENTIZER:
            return None
        if text.forms[at].core == _BEFORE and text.forms[at + 1].stem in _AUDIENCE:
            return _phrase(text, at + 1, end)
    return None


def _glued_name(text: Text, k: int) -> bool:
    """Is token k a ل written onto a foreign word, or onto the first word of a known name (لبي بي سي)?"""
    key = text.forms[k].core
    if len(key) < 2 or key[0] != "ل":
        return False
    if key[1:].isascii():
        return True
    forms = text.forms
    return any(
        all(k + n < len(forms) and forms[k + n].core == name[n] for n in range(1, len(name)))
        for name in _classes.load().multiword.get(key[1:], ())
    )


def _someone(text: Text, k: int, end: int, free: bool) -> Tokens | None:
    """The noun phrase at k if it can be somebody: a head word of those who speak, a name, or a name in marks."""
    forms, classes = text.forms, text.classes
    if k >= end:
        return None
    form, flags = forms[k], classes[k]
    if form.kind == "punct":
        if not text.marks.opens(k) or text.marks.partner[k] > min(end, k + 8):
            return None
        return k + 1, text.marks.partner[k]
    if form.kind != "word" or flags & (KANA | COMPLEMENTIZER | _PREP_PRONOUN):
        return None
    if _glued_name(text, k) or form.key.isascii():
        last = k + 1
        for name in _classes.load().multiword.get(form.core[1:], ()):
            if all(k + n < end and forms[k + n].core == name[n] for n in range(1, len(name))):
                return k, k + len(name)
        while last < end and forms[last].key.isascii() and forms[last].kind == "word":
            last += 1
        return k, last
    known = flags & _WHO and not flags & (_SETTING | TIME | PREPOSITION)
    known = known or (form.stem in _ALL and k + 1 < end and forms[k + 1].article)
    if not known and not (free and form.bits & NAME):
        return None
    return _phrase(text, k, end)
