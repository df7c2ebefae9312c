"""The words of the search: forms of one word share a key, other words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.record.search import analysis
from qawl.record.search.analysis import words

FAMILIES = [
    "مفاوضات المفاوضات ومفاوضاتهم للمفاوضات مفاوضة",
    "يؤكد وأكد أكدت أكّدوا سيؤكد وأكدته تؤكدان اكد",
    "إسرائيل لإسرائيل اسرائيل وإسرائيل",
    "وزير الوزراء للوزير ووزيرا وزراءها بوزرائه وزيرين",
    "حكومة الحكومات حكومته لحكومتهم بالحكومه",
    "دولة الدول ودولا دولتين كدولة",
    "قال وقالت يقولون سيقول فقال قالوا قيل",
    "مسؤول المسؤولين مسئول مسؤولون لمسؤولي",
    "لجنة للجنة اللجان ولجنته",
    "أعضاء عضو الأعضاء عضوين أعضائها",
    "إسرائيلي الإسرائيلية إسرائيليين للإسرائيليين",
    "مصنع مصانعهم بالمصانع",
    "طِفْلٌ الأطفالُ وأطفـــال",
]
APART = [
    ("خط", "خطة"),
    ("بحر", "البحرين"),
    ("رئيس", "رئيسي"),
    ("جنة", "للجنة"),
    ("عمل", "عملية"),
    ("قضية", "قضاء"),
    ("مفاوضات", "مفاوض"),
    ("طالب", "طالبان"),
    ("وزير", "زير"),
    ("ترامب", "ترام"),
]


def keys(word: str) -> set[str]:
    (found,) = words(word)
    return set(found.keys)


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_one_word_share_a_key(family: str) -> None:
    shared = set.intersection(*map(keys, family.split()))
    assert shared


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_do_not(one: str, other: str) -> None:
    assert keys(one).isdisjoint(keys(other))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("وللحكومة", "الحكومه"),
        ("بالحكومة", "الحكومه"),
        ("حكومتهم", "حكومتهم"),
        ("وسيقول", "يقول"),
        ("فلسطين", "فلسطين"),
        ("وليد", "وليد"),
        ("بلد", "بلد"),
        ("لـCNN", "cnn"),
        ("٢٠١٨", "2018"),
    ],
)
def test_the_form_is_the_word_without_what_is_glued_before_it(word: str, form: str) -> None:
    (found,) = words(word)
    assert found.form == form


def test_words_and_their_places() -> None:
    text = "قال: «لن نوقّع» #هلا_والله (3 مرات)."
    found = list(words(text))
    assert [text[word.start : word.end] for word in found] == ["قال", "لن", "نوقّع", "هلا", "والله", "3", "مرات"]


def test_unknown_words_are_found_with_an_article_and_without() -> None:
    assert not keys("الزنبركيّ").isdisjoint(keys("زنبركي"))
    assert not keys("والزنبركية").isdisjoint(keys("زنبركي"))


@given(st.text(max_size=60))
def test_any_text_is_analysed(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        end = word.end
        assert word.keys
        assert all(token and token.isalnum() for token in (word.form, *word.keys))
        # What stands in a text finds itself.
        assert [(w.form, w.keys) for w in words(text[word.start : word.end])] == [(word.form, word.keys)]


def test_the_fingerprint_follows_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    analysis.fingerprint.cache_clear()
    before = analysis.fingerprint()
    monkeypatch.setattr(analysis, "_table_text", lambda: "بيت\tبيت بيوت\n")
    analysis.fingerprint.cache_clear()
    try:
        assert analysis.fingerprint() != before
    finally:
        monkeypatch.undo()
        analysis.fingerprint.cache_clear()
    assert analysis.fingerprint() == before
