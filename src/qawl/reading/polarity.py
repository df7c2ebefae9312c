"""Polarity: is the main clause of a content negated?

The content is read from its beginning to its first predicate: a negation there counts, one in a subordinate or relative
clause before it or anywhere after it does not. What restricts affirms (``لا … إلا``, ``ليس فقط``), and so do set
phrases (``لا بد``, ``لا يزال``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.words import FINITE
from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Tokens
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
from qawl.statement import Kind, Polarity

_BEFORE_VERB: Final = frozenset(map(fold, ("لا", "لم", "لن", "ولا", "ولم", "ولن")))
_IS_NOT: Final = frozenset(map(fold, "ليس ليست ليسوا ليسا لستم لست لسنا لسن".split()))
_NOT: Final = fold("غير")
_MA: Final = fold("ما")
_NON: Final = frozenset(map(fold, "عدم بعدم لعدم انعدام بلا غير استحالة".split()))
#: After لا these make a set phrase that affirms.
_AFFIRMED: Final = frozenset(
    map(fold, "بد شك محالة ريب جدال سيما يزال تزال يزالون زال زالت زالوا مفر مناص غنى يفتأ ينفك تنفك غرو جرم".split())
)
#: Restriction: what stands after these is affirmed.
_EXCEPT: Final = frozenset(map(fold, "إلا سوى فقط فحسب وحسب".split()))
#: … but إلا إذا, إلا أن, إلا بعد only set a condition or turn to something else.
_EXCEPT_IF: Final = frozenset(map(fold, "إذا أن أنه أنها في بعد".split()))
_ONLY: Final = frozenset(map(fold, "فقط فحسب مجرد وحسب بالضرورة".split()))
_BUT: Final = frozenset(map(fold, "لكن ولكن لكنه ولكنه لكنها ولكنها بل".split()))
_DEFINITE: Final = (WordClass.PLACE | WordClass.DEMONSTRATIVE).value | KANA
_OF: Final = fold("من")
#: How far a main clause's predicate may be from its beginning, in tokens.
_FARTHEST: Final = 45
_NEAR: Final = 14
#: The longest subject before a predicate with غير.
_SUBJECT: Final = 9


_MAY_PRECEDE: Final = (WordClass.ADVERB | WordClass.CONJUNCTION).value
_BEFORE_PREDICATE: Final = (WordClass.NEGATION | WordClass.PRONOUN).value | QAD | KANA | COMPLEMENTIZER


def polarity_of(text: Text, content: Sequence[Tokens], kind: Kind) -> Polarity:
    """``negative`` where the first predicate of the content is negated. Looks at no more than its first words."""
    first, last = content[0]
    if kind == "phrase" and not _clause_like(text, first, last):
        return "negative" if _negated_head(text, first, last) else "positive"
    return "negative" if _negated_clause(text, first, last) else "positive"


def _clause_like(text: Text, k: int, last: int) -> bool:
    """Does a content of kind phrase begin like a clause (a verb or a negation of one)?"""
    while k < last and text.forms[k].kind == "punct":
        k += 1
    return k < last and text.forms[k].core in (_BEFORE_VERB | _IS_NOT)


def _negated_head(text: Text, k: int, last: int) -> bool:
    while k < last and (text.forms[k].kind == "punct" or text.classes[k] & PREPOSITION):
        if text.forms[k].core in _NON:
            return True
        k += 1
    return k < last and (text.forms[k].core in _NON or text.forms[k].stem in _NON)


def _negated_clause(text: Text, k: int, last: int) -> bool:
    forms, classes, marks = text.forms, text.classes, text.marks
    start = k
    end = min(last, k + _FARTHEST)
    begin = True
    definite = False
    while k < end:
        form, flags = forms[k], classes[k]
        core = form.core
        if form.kind != "word":
            if form.kind == "punct" and form.text in STOPS and not begin and marks.within[k] < 0:
                return False
            k = text.skip_brackets(k, end) if form.text == "(" else k + 1
            continue
        if begin and flags & COMPLEMENTIZER:
            k += 1
            continue
        if core in _BEFORE_VERB or core in _IS_NOT or (core == _MA and _denies(text, k, begin)):
            # After a first predicate that the tables do not know: ولم, ولكن ليس begin a second clause.
            return (begin or not (form.conj or form.key[0] == "و")) and not _affirms(text, k, last)
        if core == _NOT and (begin or (k - start <= _SUBJECT and _predicate(text, k, definite))):
            return True
        if not begin and core in _BUT:
            return False
        if flags & COMPLEMENTIZER:
            return False  # what is known, said or wanted stands in a clause of its own; its predicate came before
        if flags & RELATIVE or (flags & SUBORDINATOR and not flags & PREPOSITION):
            k = _past_verb(text, k, end, begin and not flags & RELATIVE)
            begin = False
            continue
        if flags & QAD or (text.forms[k].signs & FINITE and not flags & KANA):
            return False
        # What غير may follow as a predicate: a definite subject, كان, من (من غير المقبول أن).
        definite = form.article or bool(form.suffix) or bool(flags & _DEFINITE) or core == _OF
        begin = begin and bool(flags & _MAY_PRECEDE)
        k += 1
    return False


def _past_verb(text: Text, k: int, end: int, opens: bool) -> int:
    """One past the verb of the subordinate clause that begins at k, or past the comma that ends one that opens all."""
    if opens:
        for i in range(k + 1, min(end, k + _SUBJECT * 2)):
            if text.forms[i].text in COMMAS:
                return i + 1
    k += 1
    while k < end and text.classes[k] & _BEFORE_PREDICATE:
        k += 1
    return k + 1


def _denies(text: Text, k: int, begin: bool) -> bool:
    """Is this ما the negation, not the relative? Only where the clause begins with it and كان or من follows."""
    return begin and k + 1 < len(text.forms) and (bool(text.classes[k + 1] & KANA) or text.forms[k + 1].core == "من")


def _predicate(text: Text, k: int, definite: bool) -> bool:
    """Is غير the predicate (الاتفاق غير كاف) and no attribute (أسلحة غير تقليدية، الأسلحة غير التقليدية)?"""
    if k + 1 >= len(text.forms):
        return False
    after = text.forms[k + 1]
    if text.classes[k + 1] & COMPLEMENTIZER or after.kind != "word":
        return False
    return definite and (not after.article or text.forms[k - 1].core == _OF)


def _affirms(text: Text, k: int, last: int) -> bool:
    """Is the negation at k one of a set phrase or of a restriction?"""
    forms = text.forms
    nxt = forms[k + 1] if k + 1 < last else None
    if nxt is None:
        return False
    if nxt.core in _AFFIRMED or (forms[k].core in _IS_NOT and nxt.core in _ONLY):
        return True
    for i in range(k + 1, min(last, k + _NEAR)):
        form = forms[i]
        if form.text in STOPS or form.text in COMMAS:
            return False
        if form.core in _EXCEPT:
            return not (i + 1 < last and forms[i + 1].core in _EXCEPT_IF)
        if text.classes[i] & RELATIVE:
            return False
    return False
