"""Folding: one form for all spellings, and the way back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qawl.arabic.letters import IGNORABLE, fold, fold_with_offsets, is_arabic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أكّدَ", "اكد"),
        ("مؤكدًا", "موكدا"),
        ("إلى", "الي"),
        ("وزارة", "وزاره"),
        ("قـــال", "قال"),
        ("گفت", "كفت"),
        ("کی", "كي"),
        ("پاریس", "باريس"),
        ("ﻗﺎﻝ", "قال"),
        ("ﷲ", "الله"),
        ("٢٠١٨", "2018"),
        ("۲۰۱۸", "2018"),
        ("\u202bقال\u202c\u200f", "قال"),
        ("BBC", "bbc"),
        ("بي\u200cبي", "بيبي"),
    ],
)
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


@pytest.mark.parametrize(("one", "other"), [("قال", "قيل"), ("عن", "من"), ("كتاب", "كتب"), ("أن", "أي")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text() | st.text("أإآىئؤةکیگپچﷺﷲİẞﬁ①" + "\u064b\u0640\u200f\ufeff"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@example("؟\u00a0a")
@given(st.text() | st.text("أقالﷲـَ\u200f ب1٢"))
def test_offsets_lead_back(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for at, char in enumerate(folded.text):
        assert char in fold(text[folded.offsets[at]])


def test_span_of_a_word_with_its_vowels() -> None:
    text = "ثم قَـالَ سالم"
    folded = fold_with_offsets(text)
    at = folded.text.index("قال")
    start, end = folded.span(at, at + 3)
    assert text[start:end] == "قَـالَ"


def test_ignorable_marks_fold_to_nothing() -> None:
    assert fold("\u064b\u0640\u200f\ufeff\u00ad") == ""
    assert "ا" not in IGNORABLE


@pytest.mark.parametrize("char", "قگﻗ")
def test_arabic_letters(char: str) -> None:
    assert is_arabic(char)


@pytest.mark.parametrize("char", ["a", "،", "٣", " ", "\u064b"])
def test_other_characters(char: str) -> None:
    assert not is_arabic(char)
