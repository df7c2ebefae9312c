"""What a user asks for: words, "phrases", -exclusions and prefixes*, and what either engine is asked then.

    >>> query = parse('النووي "مجلس الأمن" -سوريا تفاوض*')
    >>> query.wanted
    (Word('النووي', ('نووي',)), Phrase(('مجلس', 'الامن')), Prefix('تفاوض'))
    >>> query.excluded
    (Word('سوريا', ('سوريا',)),)

A word is found in all its forms, a phrase as its words stand (but for their spelling and what is glued before them),
a prefix as it is written. Everything that is not a word is passed over: no query is wrong for its signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from qawl.arabic.letters import fold
from qawl.record.search.analysis import Word as TextWord
from qawl.record.search.analysis import words

#: Longer queries are nobody's question.
LONGEST: Final = 2_000
MOST_TERMS: Final = 40
#: Letters that a prefix needs at least, so that it does not stand for half of the language.
SHORTEST_PREFIX: Final = 2

_CLOSING: Final = {'"': '"', "«": "»", "“": "”", "”": "“", "„": "“”", "″": "″", "＂": "＂"}
_ARTICLE: Final = "ال"


#: What is wrong with a query, for whoever says it in other words than the message does.
Fault = Literal["long", "words", "prefix", "page", "excluded", "nothing", "name", "value", "days", "outlet"]


class QueryError(ValueError):
    """A query that cannot be answered; the message says why, and what to write instead. `fault` is the kind of it,
    `about` what the user wrote there."""

    def __init__(self, message: str, fault: Fault, about: str = "") -> None:
        super().__init__(message)
        self.fault: Fault = fault
        self.about = about


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any form: `keys` are the words it can be a form of."""

    text: str
    keys: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.keys!r})"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, by their forms (`qawl.record.search.analysis.Word.form`)."""

    forms: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Phrase({self.forms!r})"


@dataclass(frozen=True, slots=True)
class Prefix:
    """What a word begins with, folded; where it has no article of its own, the word may have one."""

    letters: str

    def __repr__(self) -> str:
        return f"Prefix({self.letters!r})"

    @property
    def beginnings(self) -> tuple[str, ...]:
        return (self.letters,) if self.letters.startswith(_ARTICLE) else (self.letters, _ARTICLE + self.letters)


Term: TypeAlias = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` must be there and nothing of `excluded`."""

    wanted: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()


def parse(query: str) -> Query:
    """Read a query. Total, but for what is far too long or too short: QueryError then says so."""
    if len(query) > LONGEST:
        raise QueryError(f"a query of {len(query):,} characters; {LONGEST:,} are the most", "long")
    wanted: list[Term] = []
    excluded: list[Term] = []
    for minus, chunk, quoted in _chunks(query):
        for term in _terms(chunk, quoted):
            kept = excluded if minus else wanted
            if term not in kept:
                kept.append(term)
    if len(wanted) + len(excluded) > MOST_TERMS:
        raise QueryError(f"a query of {len(wanted) + len(excluded)} words; {MOST_TERMS} are the most", "words")
    return Query(tuple(wanted), tuple(excluded))


def _chunks(query: str) -> Iterator[tuple[bool, str, bool]]:
    """(is it excluded, text, did it stand between quotation marks) from left to right."""
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        minus = query[at] in "-−–" and at + 1 < len(query) and not query[at + 1].isspace()
        at += minus
        closing = _CLOSING.get(query[at])
        if closing:
            end = next((i for i in range(at + 1, len(query)) if query[i] in closing), -1)
            if end > at:
                yield minus, query[at + 1 : end], True
                at = end + 1
                continue
            at += 1  # a mark that nothing closes is passed over
        end = at
        while end < len(query) and not query[end].isspace() and query[end] not in _CLOSING:
            end += 1
        if end > at:
            yield minus, query[at:end], False
        at = max(end, at)


def _terms(chunk: str, quoted: bool) -> Iterator[Term]:
    found = list(words(chunk))
    if quoted:
        if found:
            yield Phrase(tuple(word.form for word in found))
        return
    if chunk.endswith("*") and found:
        letters = "".join(filter(str.isalnum, fold(chunk[found[-1].start :])))
        if len(letters.removeprefix(_ARTICLE)) < SHORTEST_PREFIX:
            raise QueryError(f"{chunk}: {SHORTEST_PREFIX} letters at least before the *", "prefix", chunk)
        if len(found) == 1:
            yield Prefix(letters)
            return
        found.pop()
        yield Prefix(letters)
    if len(found) > 1:
        yield Phrase(tuple(word.form for word in found))  # joined by a sign: ذا-فويس، عاصي_الحلاني
    else:
        for word in found:
            yield Word(chunk[word.start : word.end], word.keys)


def marks(query: Query, found: Sequence[TextWord]) -> list[tuple[int, int]]:
    """Where in a text (by its words, in order) the query's words stand: half-open spans, in order, not overlapping."""
    hit = [False] * len(found)
    for term in query.wanted:
        if isinstance(term, Phrase):
            size = len(term.forms)
            for at in range(len(found) - size + 1):
                if all(found[at + i].form == form for i, form in enumerate(term.forms)):
                    hit[at : at + size] = [True] * size
        else:
            for at, word in enumerate(found):
                if isinstance(term, Word):
                    hit[at] |= not set(term.keys).isdisjoint(word.keys)
                else:
                    hit[at] |= word.form.startswith(term.beginnings)
    return [(word.start, word.end) for word, is_hit in zip(found, hit, strict=True) if is_hit]


# What the engines are asked: tokens, combined. Both have the same operators; only their spelling differs.


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the index, or tokens that begin so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """Tokens that follow each other."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What matches `wanted` and not `excluded`."""

    wanted: Expression
    excluded: Expression


Expression: TypeAlias = Token | Following | All | Some | Without
_PLAIN: Final = re.compile(r"[^\W_]+")


def to_fts5(expression: Expression) -> str:
    """As SQLite's FTS5 reads it."""
    match expression:
        case Token(text, prefix):
            return f'"{_checked(text)}"' + (" *" if prefix else "")
        case Following(tokens):
            return '"' + " ".join(map(_checked, tokens)) + '"'
        case All(parts):
            return "(" + " AND ".join(map(to_fts5, parts)) + ")"
        case Some(parts):
            return "(" + " OR ".join(map(to_fts5, parts)) + ")"
        case Without(wanted, excluded):
            return f"({to_fts5(wanted)} NOT {to_fts5(excluded)})"


def to_tsquery(expression: Expression) -> str:
    """As PostgreSQL reads a tsquery."""
    match expression:
        case Token(text, prefix):
            return f"'{_checked(text)}'" + (":*" if prefix else "")
        case Following(tokens):
            return "(" + " <-> ".join(f"'{_checked(token)}'" for token in tokens) + ")"
        case All(parts):
            return "(" + " & ".join(map(to_tsquery, parts)) + ")"
        case Some(parts):
            return "(" + " | ".join(map(to_tsquery, parts)) + ")"
        case Without(wanted, excluded):
            return f"({to_tsquery(wanted)} & !{to_tsquery(excluded)})"


def _checked(token: str) -> str:
    if not _PLAIN.fullmatch(token):
        raise AssertionError(f"{token!r} is no token")
    return token
