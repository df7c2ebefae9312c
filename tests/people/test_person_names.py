"""Names of persons: their words, keys and likeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.people import names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("مراد نهر", ("مراد", "نهر")),
        ("«مراد نهر»", ("مراد", "نهر")),
        ("#مراد_نهر", ("مراد", "نهر")),
        ("مراد #نهر", ("مراد", "نهر")),
        ("مُراد نَهر", ("مراد", "نهر")),
        ("السيد مراد نهر", ("مراد", "نهر")),
        ("سعادة الدكتور مراد نهر", ("مراد", "نهر")),
        ("العميد الركن مراد نهر", ("مراد", "نهر")),
        ("مراد نهر (52 عاما)", ("مراد", "نهر")),
        ("مراد نهر، وزير الطرق", ("مراد", "نهر")),
        ("مراد نهر نفسه", ("مراد", "نهر")),
        ("عبد الله نهر", ("عبدالله", "نهر")),
        ("عبدالله نهر", ("عبدالله", "نهر")),
        ("نور الدين نهر", ("نورالدين", "نهر")),
        ("أبي مراد", ("ابي", "مراد")),
        ("مراد أبو نهر", ("مراد", "ابونهر")),
        ("مراد بو نهر", ("مراد", "ابونهر")),
        ("مراد النهري", ("مراد", "نهري")),
        ("سلطان بن مراد", ("سلطان", "بن مراد")),
        ("مراد بن سالم بن زيد آل نهر", ("مراد", "بن سالم", "زيد", "النهر")),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert names.parse(text).words == words


def test_honorifics_are_kept_aside() -> None:
    assert names.parse("الملك مراد").titles == ("ملك",)
    assert names.parse("الملك مراد").words == ("مراد",)


def test_shown_is_as_written_but_clean() -> None:
    assert names.parse("«السيدة #سلمى_نهر»").shown == "سلمى نهر"


def relation(one: str, other: str) -> str:
    return names.likeness(names.parse(one).words, names.parse(other).words).relation


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("جون ميلر", "جون ميلر", "equal"),
        ("سيرغي بتروفنكو", "سيرجي بيتروفينكو", "spelling"),
        ("غوردون بروغر", "جوردون بروجر", "spelling"),
        ("يواكيم هارلاند", "يواخيم هارلند", "spelling"),
        ("جون ميلاردو", "جون ميلانو", "different"),
        ("تيريزا ميلر", "نيريزا ميلر", "misspelt"),
        ("مايك ميلر", "مايكل ميلر", "misspelt"),
        ("حسن النهري", "حسين النهري", "different"),
        ("محمد النهري", "محمود النهري", "different"),
        ("سعد النهري", "سعيد النهري", "different"),
        ("محمد مراد النهري", "محمد النهري", "shorter"),
        ("محمد جواد النهري", "جواد النهري", "shorter"),
        ("مراد بن سالم آل نهر", "مراد بن سالم", "shorter"),
        ("مراد بن سالم آل نهر", "سالم آل نهر", "different"),
        ("جون ميلر جونيور", "جون ميلر", "different"),
        ("مراد الثاني", "مراد الثالث", "different"),
        ("مراد نهر", "سالم جبل", "different"),
    ],
)
def test_likeness(one: str, other: str, expected: str) -> None:
    assert relation(one, other) == expected
    assert relation(other, one) == expected


def test_spellings_share_a_key_and_names_of_their_own_do_not() -> None:
    assert names.key("ميلاردو") == names.key("ملاردو")
    assert names.key("حسن") != names.key("حسين")


def test_common_names_are_less_rare() -> None:
    assert names.rarity(("محمد", "احمد")) < names.rarity(("محمد", "بتروفنكو")) < names.rarity(("غوردون", "بتروفنكو"))


@pytest.mark.parametrize("text", ["مراد نهر ونهر 3", "123", "", "«»", "من و إلى في على أن كان قد لم"])
def test_implausible(text: str) -> None:
    assert not names.plausible(names.parse(text))


@given(st.text(max_size=80), st.text(max_size=80))
def test_total_and_symmetric(one: str, other: str) -> None:
    mine, theirs = names.parse(one), names.parse(other)
    names.plausible(mine)
    if mine.words and theirs.words:
        there, back = names.likeness(mine.words, theirs.words), names.likeness(theirs.words, mine.words)
        assert there == back
        assert 0.0 <= there.score <= 1.0
        assert names.likeness(mine.words, mine.words).relation == "equal"


@given(st.text(alphabet="ابتجحدرسعفقكلمنهوي ء", max_size=30))
def test_an_equal_name_has_an_equal_key(text: str) -> None:
    for word in names.parse(text).words:
        assert names.key(word) == names.key(word)
        assert names.word_likeness(word, word) == 1.0


@pytest.mark.parametrize("text", ["مراد ميلر محذرا", "مراد ميلر الجمعة", "مراد ميلر يتوعد", "مراد ميلر كنقطة"])
def test_words_of_the_sentence_are_left_out(text: str) -> None:
    assert names.parse(text).words == ("مراد", "ميلر")
