"""Who was asked for comment and gave none, where an article says so: ``رفضت الشركة التعليق``, ``لم يعلق النادي على``,
``لم يتسن الحصول على تعليق من الوزارة``.

The patterns are the rows of ``tables/silence.tsv``. What stands within somebody's quotation is his claim, not the
article's word, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, get_args

from qawl.arabic.letters import fold
from qawl.arabic.marks import Marks, find_marks
from qawl.arabic.names import NounPhrase, noun_phrase
from qawl.arabic.words import Form, Words, tokenize
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import read_rows
from qawl.statement import Span

Kind = Literal["declined", "none", "unreached"]

_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}
_PAUSES: Final = frozenset('،,؛.؟!"»”)')
#: How far before a verb its subject may begin, in tokens.
_FARTHEST: Final = 20
_LONGEST_ASKER: Final = 6
_LONGEST_PLACE: Final = 4
_WHERE: Final = frozenset({"في", "لدي"})
_NATION: Final = WordClass.NATIONALITY.value
_LINKING: Final = (WordClass.QAD | WordClass.RELATIVE).value


@dataclass(frozen=True, slots=True)
class Silence:
    """A place of an article where it says that somebody gave no comment.

    `words` are the words that say so, `who` the noun phrase of who kept silent, None where it is not named beside
    them; both are spans of the article's text.
    """

    kind: Kind
    words: Span
    who: Span | None


class _Part(NamedTuple):
    words: frozenset[str]  # empty: a noun phrase
    slot: str  # WHO, ASKER, END or nothing
    optional: bool


class _Patterns(NamedTuple):
    signs: tuple[str, ...]
    patterns: tuple[tuple[Kind, tuple[_Part, ...]], ...]
    between: tuple[tuple[str, ...], ...]
    ends: frozenset[str]


class _Found(NamedTuple):
    end: int  # one past the last token
    who: NounPhrase | None


def signs() -> tuple[str, ...]:
    """Letters, as a text may have them, of which some stand in every silence: a first and cheap look at a text."""
    return _patterns().signs


def silences(text: str) -> Iterator[Silence]:
    """The places of a text that tell of somebody's silence, in order. Total and linear."""
    at = 0
    for line in text.splitlines(keepends=True):
        if any(sign in line for sign in signs()):
            yield from _of_paragraph(line, at)
        at += len(line)


def _of_paragraph(line: str, offset: int) -> Iterator[Silence]:
    words = tokenize(line)
    marks = find_marks(words)
    after = 0
    for start, end in marks.sentences:
        for at in range(start, end):
            if at < after or marks.within[at] >= 0:
                continue
            for kind, pattern in _patterns().patterns:
                found = _match(words, pattern, at, end)
                if found is None:
                    continue
                who = found.who or _before(words, marks, start, at)
                yield Silence(
                    kind,
                    _span(words, offset, at, found.end),
                    _span(words, offset, who.start, who.end, without_letter=True) if who else None,
                )
                after = found.end
                break


def _match(words: Words, pattern: tuple[_Part, ...], at: int, limit: int) -> _Found | None:
    """Does the pattern begin with token `at`? Each part is looked for where the one before it ended, so a look costs no
    more than the pattern is long."""
    who: NounPhrase | None = None
    first = at
    for number, part in enumerate(pattern):
        if number:
            at = _skip(words.forms, at, limit)
        if part.slot == "END":
            if at < limit and not (words.forms[at].key in _PAUSES or _word(words.forms[at]) in _patterns().ends):
                return None
        elif part.slot:
            phrase = noun_phrase(words, at, limit) if at < limit else None
            if phrase is not None and part.slot == "ASKER" and phrase.end - at > _LONGEST_ASKER:
                phrase = None
            if phrase is not None and (_takes_next(words.forms, pattern, number, at) or _adjective(words, phrase)):
                phrase = None
            if phrase is not None:
                phrase = _without_topic(words.forms, phrase)
                if part.slot == "WHO":
                    phrase = replace(phrase, end=_place_after(words.forms, pattern, number, phrase.end, limit))
                at = phrase.end
                who = phrase if part.slot == "WHO" else who
            elif not part.optional:
                return None
        elif at < limit and (_word(words.forms[at]) if number else _opening(words.forms[at])) in part.words:
            at += 1
        elif not part.optional:
            return None
    return _Found(at, who) if at > first else None


def _takes_next(forms: list[Form], pattern: tuple[_Part, ...], number: int, at: int) -> bool:
    """Where a noun phrase may be missing, is the word here what the pattern goes on with?"""
    for part in pattern[number + 1 :]:
        if not part.slot and _word(forms[at]) in part.words:
            return True
        if not part.optional:
            return False
    return False


def _place_after(forms: list[Form], pattern: tuple[_Part, ...], number: int, at: int, limit: int) -> int:
    """The end of a place that belongs to who kept silent, though no table knows it: وزارة الري في الروابي عن …"""
    if at < limit and forms[at].key in _WHERE and not _takes_next(forms, pattern, number, at):
        for end in range(at + 2, min(at + _LONGEST_PLACE, limit - 1) + 1):
            if _takes_next(forms, pattern, number, end):
                return end
    return at


def _adjective(words: Words, phrase: NounPhrase) -> bool:
    """A nationality alone describes the comment and is nobody: لم يصدر تعليق رسمي إسرائيلي."""
    return phrase.end == phrase.start + 1 and not phrase.definite and bool(words.forms[phrase.start].classes & _NATION)


def _without_topic(forms: list[Form], phrase: NounPhrase) -> NounPhrase:
    """The phrase without what the comment would have been on: لم تعلق الوزارة البحرية على القرار."""
    topic = next((at for at in range(phrase.start + 1, phrase.end) if forms[at].text == "على"), None)
    return phrase if topic is None else replace(phrase, end=topic)


def _before(words: Words, marks: Marks, start: int, verb: int) -> NounPhrase | None:
    """The subject that stands before its verb: the longest noun phrase that ends there, or before قد or a relative
    (الشركة، التي لم تعلق)."""
    end = verb
    while end > start and (words.forms[end - 1].key in _PAUSES or words.forms[end - 1].classes & _LINKING):
        end -= 1
    for at in range(max(start, end - _FARTHEST), end):
        if marks.within[at] < 0 and (phrase := noun_phrase(words, at, end)) is not None and phrase.end == end:
            return phrase
    return None


def _skip(forms: list[Form], at: int, limit: int) -> int:
    """The place behind the words that may stand between two parts of a pattern."""
    moved = True
    while moved:
        moved = False
        for phrase in _patterns().between:
            end = at + len(phrase)
            if end <= limit and all(forms[at + i].key == word for i, word in enumerate(phrase)):
                at, moved = end, True
                break
    return at


def _opening(form: Form) -> str:
    return form.key[len(form.conj) :] if form.kind == "word" else ""


def _word(form: Form) -> str:
    return form.key if form.kind == "word" else ""


def _span(words: Words, offset: int, first: int, last: int, *, without_letter: bool = False) -> Span:
    start, end = words.starts[first], words.ends[last - 1]
    form = words.forms[first]
    if without_letter and form.kind == "word" and form.text.startswith(form.conj + form.prep):
        start += len(form.conj + form.prep)
    return Span(offset + start, offset + end, words.text[start:end])


@cache
def _patterns() -> _Patterns:
    patterns: list[tuple[Kind, tuple[_Part, ...]]] = []
    signs: list[str] = []
    between: list[tuple[str, ...]] = []
    ends: set[str] = set()
    for row in read_rows("silence", files("qawl.compare") / "tables"):
        kind, pattern = row["kind"], row["pattern"]
        if kind == "sign":
            signs.append(pattern)
        elif kind == "between":
            between.append(tuple(fold(pattern).split()))
        elif kind == "end":
            ends.add(fold(pattern))
        else:
            patterns.append((_KINDS[kind], tuple(map(_part, pattern.split()))))
    return _Patterns(tuple(signs), tuple(patterns), tuple(sorted(between, key=len, reverse=True)), frozenset(ends))


def _part(written: str) -> _Part:
    optional = written.startswith("(") or written.endswith("?")
    written = written.strip("()?")
    if written in ("WHO", "ASKER", "END"):
        return _Part(frozenset(), written, optional)
    return _Part(frozenset(map(fold, written.split("/"))), "", optional)
