"""What of a person's name stands beside its mention. Names and sentences are invented."""

from __future__ import annotations

import pytest

from qawl.people import bodies, naming
from qawl.people.looks import names_of


def _in(text: str, part: str) -> tuple[int, int]:
    at = text.index(part)
    return at, at + len(part)


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("وقال الباحث مارك ستوكنهل، من الجامعة", "الباحث مارك", "الباحث مارك ستوكنهل"),
        ("أعلن الوزير خالد علي استقالته", "الوزير خالد", "الوزير خالد علي"),
        ("أعلن خالد أبو نهر استقالته", "خالد", "خالد أبو نهر"),
        ("وقال مارك إن الطريق مغلق", "مارك", "مارك"),
        ("وقال مارك، ميلر معه", "مارك", "مارك"),
        ("وطلب مارك وسالم المال", "مارك", "مارك"),
        ("وقال مارك قوله", "مارك", "مارك"),
        ("سجل مارك هدفا", "مارك", "مارك"),
        ("فإن مارك أعرب عن قلقه", "مارك", "مارك"),
    ],
)
def test_a_given_name_goes_on(text: str, mention: str, name: str) -> None:
    start, end = naming.whole(text, *_in(text, mention))
    assert text[start:end] == name


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("وزيرة الطرق، دونالد ميلر، إن", "وزيرة الطرق", "دونالد ميلر"),
        ("وزيرة الطرق أن سلمى ميلر", "وزيرة الطرق", ""),
        ("وزيرة الطرق الجمعة سلمى ميلر", "وزيرة الطرق", ""),
        ("رئيس الأركان، الفريق خالد ميلر، إن", "رئيس الأركان", "الفريق خالد ميلر"),
        ("قال خالد ميلر، رئيس اللجنة، إن", "رئيس اللجنة", "خالد ميلر"),
        ("وأوضح العقيد المالكي في بيان", "العقيد", "العقيد المالكي"),
        ("طلب القاضي الحصول على المال", "القاضي", ""),
        ("قال المتحدث باسمه خالد ميلر", "المتحدث", ""),
    ],
)
def test_a_name_beside_a_description(text: str, mention: str, name: str) -> None:
    assert naming.named_beside(text, *_in(text, mention)) == name


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("مدرب نهر سيتي مارك ميلر", "مارك ميلر"),
        ("المتحدث باسم مارك ميلر", ""),
        ("محامي مارك ميلر", ""),
        ("وزير الطرق في الشمال", ""),
    ],
)
def test_a_description_that_ends_in_a_name(description: str, name: str) -> None:
    assert naming.within(description) == name


def test_a_letter_that_is_no_particle() -> None:
    text = "وقال وائل نهر إن الطريق مغلق"
    assert naming.restored("ائل نهر", text, *_in(text, "ائل نهر")) == "وائل نهر"
    text = "وقال سالم ومراد نهر إن الطريق مغلق"
    assert naming.restored("مراد نهر", text, *_in(text, "مراد نهر")) == "مراد نهر"


def test_the_name_of_a_club_before_a_comma() -> None:
    assert naming.after_comma("نهر سيتي، النرويجي مارك ميلر") == "مارك ميلر"
    assert naming.after_comma("سالم، النرويجي مارك ميلر") == ""
    assert naming.after_comma("نهر سيتي، النرويجي جوزيه ميلر") == "جوزيه ميلر"


def test_the_article_s_words_make_the_name() -> None:
    text = "وقال الباحث مارك ستوكنهل إن الطريق مغلق"
    name, aliases = names_of("person", "مارك", "الباحث", text, [_in(text, "الباحث مارك")])
    assert name == "مارك ستوكنهل"
    assert "مارك" in aliases


def test_the_name_of_a_body_in_quotation_marks_belongs_to_the_word_for_its_kind() -> None:
    text = 'ونقلت صحيفة "نهر الشمال" أن الطريق مغلق'
    start, end = bodies.widened(text, *_in(text, "صحيفة"))
    assert text[start:end] == 'صحيفة "نهر الشمال"'
    text = 'وقالت الوزارة "الطريق مغلق"'
    assert bodies.widened(text, *_in(text, "الوزارة")) == _in(text, "الوزارة")


def test_a_body_after_an_ordinary_word() -> None:
    assert bodies.read("حصيلة للأمم المتحدة").key == bodies.read("الأمم المتحدة").key
