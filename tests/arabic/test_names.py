"""Noun phrases of persons and bodies: where they end, and where the title ends and the name begins."""

import pytest

from qawl.arabic.names import NounPhrase, noun_phrase
from qawl.arabic.words import Words, tokenize


def read(text: str) -> tuple[Words, NounPhrase]:
    words = tokenize(text)
    phrase = noun_phrase(words, 0, len(words))
    assert phrase is not None
    return words, phrase


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("وزير الخارجية الإيراني إن", "وزير الخارجية الإيراني"),
        ("المتحدث باسم الحكومة أمس إن", "المتحدث باسم الحكومة"),
        ("رئيس الوزراء خلال مؤتمر صحفي", "رئيس الوزراء"),
        ("الأمين العام للاتحاد الدولي في بيان", "الأمين العام للاتحاد الدولي"),
        ("مسؤولون أميركيون أن", "مسؤولون أميركيون"),
        ("السلطات السعودية إلقاء القبض", "السلطات السعودية"),
        ("الوزيرة التي زارت البلاد", "الوزيرة"),
        ("وزارة الداخلية: لا جديد", "وزارة الداخلية"),
        ("مصادر في وزارة الدفاع الثلاثاء", "مصادر في وزارة الدفاع"),
        ("خدمة البريد السويسري في زيورخ، أن", "خدمة البريد السويسري في زيورخ"),
        ("مصادر طبية لم تذكر اسمها إن", "مصادر طبية لم تذكر اسمها"),
        ("مسؤول حكومي طلب عدم الكشف عن هويته أن", "مسؤول حكومي طلب عدم الكشف عن هويته"),
        ("مصادر مطلعة من داخل الحزب أن", "مصادر مطلعة من داخل الحزب"),
        ("تحالف الساحل بقيادة النائب كريم البرغوتي، أن", "تحالف الساحل بقيادة النائب كريم البرغوتي"),
        ("منظمات حقوقية دولية تحفظات على", "منظمات حقوقية دولية"),
        ("ناشطون هذه المزاعم", "ناشطون"),
        ("كريم قيرغيزستان على", "كريم"),
    ],
)
def test_phrase_ends_before_what_is_not_its_own(text: str, whole: str) -> None:
    words, phrase = read(text)
    assert words.slice(phrase.start, phrase.end) == whole


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("وزير الخارجية الفرنسي سامر الزيتوني إن", "وزير الخارجية الفرنسي", "سامر الزيتوني"),
        ("رئيس مجلس النواب، نادر القلعاوي، في تصريح", "رئيس مجلس النواب", "نادر القلعاوي"),
        ("الدكتور نادر القلعاوي أن", "الدكتور", "نادر القلعاوي"),
        ("المدرب السويسري غونتر فالدمان إن", "المدرب السويسري", "غونتر فالدمان"),
        ("المتحدث باسم الوزارة نادر القلعاوي إن", "المتحدث باسم الوزارة", "نادر القلعاوي"),
        ("المهندس سالم بن عبدالرحمن المخرج أن", "المهندس", "سالم بن عبدالرحمن المخرج"),
        ("البطريرك غريغوريوس الثالث، أن", "البطريرك", "غريغوريوس الثالث"),
        ("المحقق رائد البستاني أن", "المحقق", "رائد البستاني"),
        (
            "المتحدث الرسمي بقيادة الحرس بالمنطقة الشرقية النقيب سالم الغامري أن",
            "المتحدث الرسمي بقيادة الحرس بالمنطقة الشرقية النقيب",
            "سالم الغامري",
        ),
    ],
)
def test_title_and_name_come_apart(text: str, title: str, name: str) -> None:
    words, phrase = read(text)
    assert phrase.name is not None
    assert words.slice(*phrase.name) == name
    assert phrase.title is not None
    assert words.slice(*phrase.title) == title
    assert phrase.type == "person"


def test_a_leader_gives_a_body_no_name() -> None:
    _, phrase = read("تحالف الساحل بقيادة النائب كريم البرغوتي، أن")
    assert phrase.type == "organization"
    assert phrase.name is None


def test_a_style_before_an_office_is_a_person() -> None:
    _, phrase = read("سماحة مفتي الساحل إن")
    assert (phrase.type, phrase.gender) == ("person", "m")


def test_a_description_after_the_name_is_in_apposition() -> None:
    words, phrase = read("نادر القلعاوي، وزير الثقافة، إن")
    assert words.slice(phrase.start, phrase.end) == "نادر القلعاوي، وزير الثقافة"
    assert phrase.name is not None
    assert words.slice(*phrase.name) == "نادر القلعاوي"


def test_two_states_are_a_group() -> None:
    words, phrase = read("روسيا وإيران أن")
    assert phrase.type == "group"
    assert [words.slice(p.start, p.end) for p in phrase.parts] == ["روسيا", "وإيران"]


@pytest.mark.parametrize("text", ["إن", "في", "الذي قال", ".", "\n"])
def test_no_phrase_begins_with_a_function_word(text: str) -> None:
    words = tokenize(text)
    assert noun_phrase(words, 0, len(words)) is None


@pytest.mark.parametrize(
    ("text", "gender", "number"),
    [
        ("الوزيرة إن", "f", "s"),
        ("المتحدث باسم الوزارة إن", "m", "s"),
        ("مسؤولون أميركيون أن", "m", "p"),
        ("وزارة الخارجية أن", "f", "s"),
    ],
)
def test_agreement_is_the_heads(text: str, gender: str, number: str) -> None:
    _, phrase = read(text)
    assert (phrase.gender, phrase.number) == (gender, number)


def test_a_phrase_never_leaves_its_limit() -> None:
    words = tokenize("وزير الخارجية الفرنسي سامر الزيتوني إن")
    for limit in range(1, len(words)):
        phrase = noun_phrase(words, 0, limit)
        assert phrase is None or phrase.end <= limit
