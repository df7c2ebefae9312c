"""Word classes: the tables load, are well formed, and say of common words what they are."""

from __future__ import annotations

from importlib.resources import files

import pytest

from qawl.arabic.letters import fold
from qawl.lexicon.classes import WORD_TABLES, WordClass, expand, load, parse_flags


def classes_of(word: str) -> WordClass:
    return WordClass(load().flags(fold(word)))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("أنّه", WordClass.AN),
        ("فإن", WordClass.IN),
        ("أمام", WordClass.PREPOSITION),
        ("عليها", WordClass.PREP_PRONOUN),
        ("بينما", WordClass.SUBORDINATOR),
        ("اللذان", WordClass.RELATIVE),
        ("لم", WordClass.NEGATION),
        ("قد", WordClass.QAD | WordClass.AUXILIARY),
        ("كانت", WordClass.KANA | WordClass.AUXILIARY),
        ("الثلاثاء", WordClass.WEEKDAY),
        ("جويلية", WordClass.MONTH),
        ("حزيران", WordClass.MONTH),
        ("ملايين", WordClass.NUMBER),
        ("كيلومترات", WordClass.UNIT),
        ("رئيسة", WordClass.OFFICE),
        ("للوزراء"[2:], WordClass.OFFICE),
        ("المحامين", WordClass.OFFICE),
        ("فخامة", WordClass.HONORIFIC),
        ("الوزارات", WordClass.BODY),
        ("صحيفة", WordClass.OUTLET),
        ("تقارير", WordClass.DOCUMENT),
        ("شهود", WordClass.PEOPLE),
        ("المتظاهرين", WordClass.PEOPLE),
        ("السعودية", WordClass.PLACE | WordClass.NATIONALITY),
        ("نواكشوط", WordClass.PLACE),
        ("الموريتانيون", WordClass.NATIONALITY),
        ("أميركيتان", WordClass.NATIONALITY),
        ("تغريدة", WordClass.SETTING),
        ("وسائل", WordClass.WHOLE),
        ("يستهدفون", WordClass.VERB),
        ("ستندلع", WordClass.VERB),
        ("خديجة", WordClass.GIVEN),
        ("كريستوفر", WordClass.GIVEN),
        ("القحطاني", WordClass.SURNAME),
    ],
)
def test_a_word_has_its_class(word: str, expected: WordClass) -> None:
    assert classes_of(word) & expected == expected


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("كان", WordClass.SUBORDINATOR),
        ("إلا", WordClass.AN),
        ("أمام", WordClass.OFFICE),
        ("العالم", WordClass.OFFICE),
        ("مفاوضات", WordClass.OFFICE),
        ("محافظة", WordClass.OFFICE),
        ("سوريا", WordClass.NATIONALITY),
        ("فيه", WordClass.PEOPLE),
        ("السابق", WordClass.TIME),
        ("الوضع", WordClass.VERB),
        ("الحكم", WordClass.VERB),
        ("هذا", WordClass.GIVEN | WordClass.SURNAME),
        ("الحكومة", WordClass.GIVEN | WordClass.SURNAME),
        ("علاقة", WordClass.GIVEN | WordClass.SURNAME),
        ("وكان", WordClass.KANA),
    ],
)
def test_a_word_has_not_a_class_it_only_looks_like(word: str, wrong: WordClass) -> None:
    assert not classes_of(word) & wrong


@pytest.mark.parametrize(
    ("word", "gender", "number"),
    [
        ("رئيسة", "f", "s"),
        ("وزراء", "m", "p"),
        ("ناطقة", "f", "s"),
        ("ناطقون", "m", "p"),
        ("وزارات", "f", "s"),
        ("حزب", "m", "s"),
        ("مصادر", "f", "s"),
        ("شهود", "m", "p"),
        ("العراق", "m", "s"),
        ("فرنسا", "f", "s"),
        ("باريس", "f", "s"),
    ],
)
def test_agreement(word: str, gender: str, number: str) -> None:
    assert load().agreement[fold(word)] == (gender, number)


@pytest.mark.parametrize(
    ("names", "state"),
    [
        (["واشنطن", "أمريكا", "أميركا", "الولايات المتحدة", "الأميركية", "البيت الأبيض"], "الولايات المتحدة"),
        (["باريس", "الفرنسيون", "فرنسا"], "فرنسا"),
        (["الكورية الجنوبية", "سيول"], "كوريا الجنوبية"),
    ],
)
def test_a_state_goes_with_its_capital_and_people(names: list[str], state: str) -> None:
    assert {load().state(fold(name)) for name in names} == {fold(state)}


def test_a_city_does_not_speak_for_its_state() -> None:
    assert load().state(fold("الموصل")) is None
    assert load().located[fold("الموصل")] == fold("العراق")


def test_phrases_are_found_by_their_first_word_longest_first() -> None:
    classes = load()
    found = classes.multiword[fold("الولايات")]
    assert found[0] == tuple(fold("الولايات المتحدة الأمريكية").split())
    assert all(classes.phrases[phrase] & WordClass.PLACE for phrase in found)
    for phrases in classes.multiword.values():
        assert [len(phrase) for phrase in phrases] == sorted((len(phrase) for phrase in phrases), reverse=True)


def test_every_key_is_folded() -> None:
    classes = load()
    assert all(fold(word) == word and " " not in word and word for word in classes.words)
    assert all(fold(word) == word for phrase in classes.phrases for word in phrase)
    assert set(classes.capitals.values()) <= set(classes.capitals)


def test_every_flag_is_known() -> None:
    known = sum(WordClass)
    assert all(0 < flags <= known for flags in load().words.values())


@pytest.mark.parametrize("name", WORD_TABLES)
def test_every_line_of_a_table_is_well_formed(name: str) -> None:
    lines = (files("qawl.lexicon") / "tables" / f"{name}.tsv").read_text("utf-8").splitlines()
    assert lines[0].split("\t") == ["word", "forms", "classes", "gender", "number", "example"]
    for line in lines[1:]:
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        assert 3 <= len(fields) <= 6, line
        assert fields[0] == fields[0].strip() != "", line
        assert parse_flags(fields[2]), line
        for _, mark in expand(fields[0], fields[1]):
            assert mark == "" or (len(mark) == 2 and mark[0] in "mf" and mark[1] in "sdp"), line


def test_endings() -> None:
    assert ("شرطية", "fs") in expand("شرطي", "+ة:fs")
    assert ("وزارات", "fs") in expand("وزارة", "+ات:fs")
    forms = dict(expand("ناطق", "~"))
    assert forms["ناطقون"] == "mp"
    assert forms["ناطقة"] == "fs"
    assert "مساعدة" not in dict(expand("مساعد", "~m"))


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(KeyError):
        parse_flags("OFFICE OFICE")
