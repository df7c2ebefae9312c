"""Queries: what they mean, and that any text is one or is told why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.record.search.analysis import words
from qawl.record.search.query import (
    MOST_TERMS,
    All,
    Following,
    Phrase,
    Prefix,
    Query,
    QueryError,
    Some,
    Token,
    Without,
    Word,
    marks,
    parse,
    to_fts5,
    to_tsquery,
)


def shape(query: str) -> tuple[list[str], list[str]]:
    def one(term: Word | Phrase | Prefix) -> str:
        match term:
            case Word(text, _):
                return text
            case Phrase(forms):
                return "+".join(forms)
            case Prefix(letters):
                return letters + "*"

    parsed = parse(query)
    return list(map(one, parsed.wanted)), list(map(one, parsed.excluded))


@pytest.mark.parametrize(
    ("query", "wanted", "excluded"),
    [
        ("السد الجديد", ["السد", "الجديد"], []),
        ('"السد الجديد"', ["السد+الجديد"], []),
        ("«للسد الجديد» مدينة", ["السد+الجديد", "مدينة"], []),
        ("السد -المطر", ["السد"], ["المطر"]),
        ('السد -"المطر الغزير"', ["السد"], ["المطر+الغزير"]),
        ("السد - المطر", ["السد", "المطر"], []),
        ("تفاو*", ["تفاو*"], []),
        ("-تفاو* سد", ["سد"], ["تفاو*"]),
        ("هلا_والله", ["هلا+الله"], []),
        ("السد السد", ["السد"], []),
        ('"السد الجديد', ["السد", "الجديد"], []),
        ("؟! … ()", [], []),
        ('""', [], []),
        ("", [], []),
        ("* -* -", [], []),
        ("سد' OR 1=1; --", ["سد", "OR", "1+1"], []),
    ],
)
def test_what_a_query_means(query: str, wanted: list[str], excluded: list[str]) -> None:
    assert shape(query) == (wanted, excluded)


@pytest.mark.parametrize("query", ["س*", "ال*", "السد ب*", "-ا*"])
def test_a_prefix_needs_letters(query: str) -> None:
    with pytest.raises(QueryError, match="2 letters at least"):
        parse(query)


def test_what_is_too_long_says_so() -> None:
    with pytest.raises(QueryError, match="2,001 characters"):
        parse("سد " * 667)
    with pytest.raises(QueryError, match="41 words"):
        parse(" ".join(f"سد{n}" for n in range(41)))


@given(st.text(max_size=80))
def test_any_text_is_a_query(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        short_prefix = "*" in text
        assert short_prefix or len(text) >= 2 * MOST_TERMS
        return
    assert len(query.wanted) + len(query.excluded) <= len(list(words(text)))


def test_both_engines_are_asked_the_same() -> None:
    expression = Without(
        All((Token("kسد"), Some((Token("oسد", prefix=True), Following(("oسد", "oجديد")))))), Token("nx")
    )
    assert to_fts5(expression) == '(("kسد" AND ("oسد" * OR "oسد oجديد")) NOT "nx")'
    assert to_tsquery(expression) == "(('kسد' & ('oسد':* | ('oسد' <-> 'oجديد'))) & !'nx')"


def test_a_token_can_be_no_sign() -> None:
    for bad in ('a"b', "a'b", "a b", ""):
        with pytest.raises(AssertionError):
            to_fts5(Token(bad))
        with pytest.raises(AssertionError):
            to_tsquery(Token(bad))


def test_marks_stand_on_the_words_of_the_query() -> None:
    text = "قال إن للسدّ الجديد بوابات، وإن سدودًا أخرى ستبنى"

    def marked(query: str) -> list[str]:
        return [text[start:end] for start, end in marks(parse(query), list(words(text)))]

    assert marked("سد") == ["للسدّ", "سدودًا"]
    assert marked('"السد الجديد"') == ["للسدّ", "الجديد"]
    assert marked("بواب*") == ["بوابات"]
    assert marked("مطر") == []
    assert marks(Query(), list(words(text))) == []
