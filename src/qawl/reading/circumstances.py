"""Circumstances: in what setting and when it was said.

Both stand in the reporting clause, never in the content: between cue and content (``قال أمس في مؤتمر صحفي إن``),
before the cue (``وفي تغريدة، كتب``), or after the content (``…، في تصريح لإذاعة محلية``). A participle (``مؤكدا أن``)
and a verb that hangs on a noun of its clause (``وجه رسالة قال فيها``) share them with the verb they hang on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from qawl.arabic.dates import DateExpression, date_at
from qawl.arabic.letters import fold
from qawl.arabic.words import FINITE
from qawl.lexicon import wordlists
from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Draft, Tokens
from qawl.reading.text import (
    COMMAS,
    COMPLEMENTIZER,
    KANA,
    PREPOSITION,
    QAD,
    RELATIVE,
    STOPS,
    SUBORDINATOR,
    Text,
)

_SETTING: Final = WordClass.SETTING.value
_OUTLET: Final = (WordClass.OUTLET | WordClass.BODY).value
_PLACE_NAME: Final = (WordClass.PLACE | WordClass.GIVEN | WordClass.SURNAME).value
_LISTS: Final = wordlists.load("circumstances")
_INTRODUCES: Final = _LISTS["introduces"]
#: Events and media that make a setting beside those of the class SETTING.
_OCCASIONS: Final = _LISTS["occasion"] | _LISTS["platform"]
#: Only before somebody who listens does أمام give a setting.
_BEFORE_WHOM: Final = fold("أمام")
_AUDIENCE: Final = _LISTS["audience"]
_WITHIN: Final = _LISTS["within"]
_IN_IT: Final = _LISTS["in_it"]
_WRITTEN_ON: Final = _LISTS["written_on"] | _LISTS["platform"]
_ASIDE: Final = _LISTS["aside"]
_ON: Final = fold("على")
_ENDS: Final = frozenset(map(fold, ("نهاية", "بداية", "ختام", "انتهاء")))
_BUT: Final = frozenset(map(fold, "لكن ولكن لكنه لكنها ولكنه ولكنها بل".split()))
_IN: Final = fold("في")
_SINCE: Final = fold("منذ")
_UNTIL: Final = frozenset(map(fold, ("حتى", "لغاية")))
_WAS: Final = frozenset(map(fold, "كان كانت كانوا كانا كانتا".split()))
_EARLIER: Final = frozenset(map(fold, ("سابق", "سابقا", "سابقة")))
_BEFORE: Final = frozenset(map(fold, ("سبق", "سابقا")))
_BEFORE_VERB: Final = KANA | QAD
_OPENS_OTHER: Final = COMPLEMENTIZER | SUBORDINATOR
_OPENS_OWN: Final = COMPLEMENTIZER | RELATIVE
_FARTHEST: Final = 70
_LONGEST: Final = 24


@dataclass(slots=True)
class Circumstances:
    """Setting and time of one saying; `earlier`: grammar puts it before the rest of the report.

    Never changed once made.
    """

    setting: Tokens | None = None
    time: DateExpression | None = None
    earlier: bool = False


def find_all(text: Text, drafts: Sequence[Draft]) -> list[Circumstances]:
    """The circumstances of each draft; drafts stand in the order of the text. Linear for all practical texts."""
    found: list[Circumstances] = []
    for i, draft in enumerate(drafts):
        own = _own(text, draft)
        host = _host(text, drafts, i)
        if host >= 0 and host < i:
            shared = found[host]
            own = Circumstances(own.setting or shared.setting, own.time or shared.time, own.earlier or shared.earlier)
            if own.setting and not shared.setting:
                # …، مشددا على أن …، في تصريحات صحفية: what ends the sentence is said of all of it.
                found[host] = Circumstances(own.setting, shared.time, shared.earlier)
        found.append(own)
    return found


def _own(text: Text, draft: Draft) -> Circumstances:
    if draft.cue is None:
        return Circumstances()
    ranges = _clause(text, draft)
    setting = None
    time = None
    for first, last in ranges:
        source = draft.source if draft.source and first <= draft.source[0] < last else None
        s, t = _scan(text, first, last, source, draft)
        setting = setting or s
        time = time or t
    return Circumstances(setting, time, _is_earlier(text, draft, setting, time))


def _clause(text: Text, draft: Draft) -> list[Tokens]:
    """The reporting clause: after the cue, before it, after the content."""
    assert draft.cue is not None
    at, after = draft.cue
    first, last = draft.content[0][0], draft.content[-1][1]
    ranges: list[Tokens] = []
    limit = text.limit(at)
    start = max(text.start(at), at - _FARTHEST)
    if draft.reading is None:
        # بحسب بيان صدر أمس، …: a source phrase has no clause of its own beyond its noun.
        return [(after, _next_comma(text, after, min(limit, after + _LONGEST)))] if draft.opener == "phrase" else []
    if first >= after:
        ranges.append((after, min(first, after + _FARTHEST)))
        ranges.extend((one[1], other[0]) for one, other in pairwise(draft.content))
        ranges.append((_clause_start(text, start, at), at))
        relative = at > 0 and bool(text.classes[at - 1] & RELATIVE)
        same = text.marks.sentence_of[last - 1] == text.marks.sentence_of[at]
        if last - 1 < limit and same and not relative:
            ranges.append(_tail(text, last, limit))
    else:
        ranges.append((after, min(limit, after + _FARTHEST)))
        if last <= at:
            ranges.append((max(last, start), at))
    return [r for r in ranges if r[0] < r[1]]


def _clause_start(text: Text, start: int, at: int) -> int:
    """Where the clause of the cue at `at` begins: after the last verb, complementizer or relative before it.

    A verb that takes up a noun of its clause (``وجه رسالة، دعا فيها``) shares the clause of the verb before it.
    """
    forms, classes = text.forms, text.classes
    shared = 2 if at + 1 < len(forms) and forms[at + 1].core in _IN_IT else 0
    if (forms[at].conj and not shared) or text.is_adverbial_participle(at):
        return at
    k = at - 1
    while k >= start:
        flags = classes[k]
        if flags & RELATIVE:
            return at
        if forms[k].core in _BUT:
            return k + 1
        if flags & _BEFORE_VERB and forms[k].key[0] in "وف":
            return k
        if flags & _OPENS_OTHER and not flags & PREPOSITION:
            return k + 1
        if text.forms[k].signs & FINITE:
            relative = next((i for i in range(k - 1, max(start, k - 4) - 1, -1) if classes[i] & RELATIVE), -1)
            if relative >= 0:
                k = relative
            elif shared:
                shared -= 1
            else:
                return k if forms[k].conj else _next_comma(text, k, at)
        k -= 1
    return start


def _next_comma(text: Text, k: int, end: int) -> int:
    while k < end and text.forms[k].text not in COMMAS:
        k += 1
    return k


def _tail(text: Text, last: int, limit: int) -> Tokens:
    """After the content: to the next reporting word, stop or clause."""
    k = last
    end = min(limit, last + _LONGEST)
    while k < end:
        form, flags = text.forms[k], text.classes[k]
        if form.text in STOPS:
            break
        if k > last and (text.is_adverbial_participle(k) or flags & _OPENS_OTHER & ~PREPOSITION):
            break
        if form.core in _ASIDE or (form.conj and text.forms[k].signs & FINITE):
            break
        k += 1
    return last, k


def _scan(
    text: Text, k: int, end: int, source: Tokens | None, draft: Draft
) -> tuple[Tokens | None, DateExpression | None]:
    """The first setting and the first time in the tokens [k, end), the source left out."""
    setting: Tokens | None = None
    time: DateExpression | None = None
    forms = text.forms
    begin = k
    while k < end:
        if source and source[0] <= k < source[1]:
            k = source[1]
            continue
        form = forms[k]
        if form.kind == "punct":
            k += 1
            continue
        if text.classes[k] & RELATIVE or (k > begin and _describes(text, k)):
            # What stands in a relative clause (with الذي or without) is about its noun.
            k = _next_comma(text, k, end)
            continue
        said = date_at(text.words, k, end)
        if said and not _of_an_event(text, k):
            if time is not None and time.coarse and not said.coarse:
                # في وقت سابق الثلاثاء: one expression.
                time = replace(said, start=time.start) if time.end == said.start else said
            elif time is None:
                time = said
            k = said.end
            continue
        if setting is None and form.core in _INTRODUCES:
            last = _setting_end(text, k, end)
            if last > k:
                setting = (k, last)
                inner, inner_end = k + 1, last
                while inner < inner_end and time is None:
                    said = date_at(text.words, inner, end)
                    if said:
                        time = said
                        setting = (k, max(k + 2, min(last, inner - _glue(text, inner))))
                        last = max(last, said.end)
                        break
                    inner += 1
                k = last
                continue
        k += 1
    return setting, time


def _glue(text: Text, k: int) -> int:
    """1 where a preposition stands before token k (في الرابع من مايو), so that it goes with the time."""
    return 1 if text.classes[k - 1] & PREPOSITION else 0


def _describes(text: Text, k: int) -> bool:
    """Is token k the verb of a relative clause without الذي, right after its indefinite noun (بيان نشر أمس)?"""
    before = text.forms[k - 1]
    if before.kind != "word" or before.article or text.forms[k].conj or text.classes[k] & _BEFORE_VERB:
        return False
    return bool(text.forms[k].signs & FINITE)


def _of_an_event(text: Text, k: int) -> bool:
    """Does the expression at k say since or until when (منذ سنوات، حتى الخميس)?"""
    return text.forms[k].core == _SINCE or (k > 0 and text.forms[k - 1].core in _UNTIL)


def _setting_end(text: Text, k: int, end: int) -> int:
    """One past the setting that the preposition at k introduces; k where it introduces none."""
    forms, classes = text.forms, text.classes
    at = k + 1
    if at >= end:
        return k
    if forms[k].core == _BEFORE_WHOM:
        if forms[at].stem not in _AUDIENCE and forms[at].base not in _AUDIENCE:
            return k
    else:
        head = at
        if forms[k].core == _ON and not any(forms[i].stem in _WRITTEN_ON for i in range(at, min(at + 2, end))):
            return k
        while head < end and head < at + 3:
            form, flags = forms[head], classes[head]
            if form.kind != "word" and form.text not in '#"«“':
                return k
            if form.article and form.stem in _ENDS:
                return k  # في النهاية: at last, of nothing
            if flags & _SETTING or form.stem in _OCCASIONS or form.base in _OCCASIONS:
                break
            if flags & _OPENS_OWN or text.forms[head].signs & FINITE:
                return k
            head += 1
        else:
            return k
        if head >= end:
            return k
        at = head
    return _extent(text, at, end)


def _extent(text: Text, head: int, end: int) -> int:
    """One past the phrase with this head: adjectives, idafa, complements with ل, مع, على, إلى, or في and a medium."""
    forms, classes = text.forms, text.classes
    k = head + 1
    while k < end:
        form, flags = forms[k], classes[k]
        if form.kind == "punct":
            if text.marks.opens(k) and text.marks.partner[k] < end and text.marks.partner[k] - k <= 8:
                k = text.marks.partner[k] + 1
                continue
            if form.text in "#_-":
                k += 1
                continue
            break
        if form.kind == "newline" or (flags & (COMPLEMENTIZER | RELATIVE | SUBORDINATOR) and not flags & PREPOSITION):
            break
        if date_at(text.words, k, end):
            break
        if text.is_adverbial_participle(k):
            break
        if text.forms[k].signs & FINITE and not flags & (_PLACE_NAME | _OUTLET):
            break
        if flags & PREPOSITION and form.core not in _WITHIN:
            break
        if form.core == _IN and k + 1 < end and not classes[k + 1] & (_SETTING | _OUTLET):
            break
        k += 1
    while k > head + 1 and (classes[k - 1] & PREPOSITION or forms[k - 1].text in "-_#"):
        k -= 1
    return k


def _is_earlier(text: Text, draft: Draft, setting: Tokens | None, time: DateExpression | None) -> bool:
    """The pluperfect (كان … قد قال), سبق أن قال, في وقت سابق, في تصريحات سابقة."""
    assert draft.cue is not None
    at = draft.cue[0]
    past = draft.reading is not None and draft.reading.form.part == "past"
    if past and not text.forms[at].conj:
        start = max(text.start(at), at - 30)
        for k in range(at - 1, start - 1, -1):
            form, flags = text.forms[k], text.classes[k]
            if flags & KANA:
                return form.core in _WAS and not any(c[0] < k < c[1] for c in draft.content)
            if form.core in _BEFORE:
                return True
            # سبق أن قال: what stands before أن still counts.
            if (flags & _OPENS_OWN or text.forms[k].signs & FINITE) and form.key not in ("ان", "وان"):
                break
    if time is None and setting is None:
        return False
    when = (time.start, time.end) if time else (0, 0)
    return any(text.forms[k].stem in _EARLIER for span in (when, setting or (0, 0)) for k in range(*span))


def _host(text: Text, drafts: Sequence[Draft], i: int) -> int:
    """The index of the statement whose clause this one hangs on, or -1."""
    draft = drafts[i]
    if draft.cue is None or i == 0:
        return -1
    at = draft.cue[0]
    part = draft.reading.form.part if draft.reading else ""
    hangs = part == "participle" or text.is_adverbial_participle(at)
    if not hangs:
        return -1
    for j in range(i - 1, max(-1, i - 6), -1):
        other = drafts[j]
        if other.parent == draft.parent and other.cue is not None:
            same = text.marks.sentence_of[other.cue[0]] == text.marks.sentence_of[at]
            return j if same else -1
    return -1
