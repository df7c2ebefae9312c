"""Dates as news writes them: where they stand and what day they come to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.dates import date_at, find_dates
from qawl.arabic.words import tokenize

WEDNESDAY = date(2018, 7, 11)


def read(source: str) -> list[tuple[str, str | None]]:
    words = tokenize(source)
    found = []
    for said in find_dates(words):
        day = said.resolve(WEDNESDAY)
        found.append((words.slice(said.start, said.end), day.isoformat() if day else None))
    return found


@pytest.mark.parametrize(
    ("source", "expression", "day"),
    [
        ("وصل الاثنين 6 يوليو 2026 مساء", "الاثنين 6 يوليو 2026", "2026-07-06"),
        ("وصل في 6 تموز/يوليو", "6 تموز/يوليو", "2018-07-06"),
        ("وصل في السابع من أبريل", "السابع من أبريل", "2018-04-07"),
        ("وصل في الحادي والعشرين من شهر مايو", "الحادي والعشرين من شهر مايو", "2018-05-21"),
        ("وصل في 14 من نيسان/أبريل", "14 من نيسان/أبريل", "2018-04-14"),
        ("وصل يوم 23 فيفري", "يوم 23 فيفري", "2018-02-23"),
        ("وصل في 3 كانون الأول الماضي", "3 كانون الأول الماضي", "2017-12-03"),
        ("وصل في 3 دجنبر", "3 دجنبر", "2017-12-03"),
        ("يصل في 3 غشت المقبل", "3 غشت المقبل", "2018-08-03"),
        ("وصل أمس", "أمس", "2018-07-10"),
        ("وصل بالأمس", "بالأمس", "2018-07-10"),
        ("وصل مساء أمس الأول", "مساء أمس الأول", "2018-07-09"),
        ("وصل أول من أمس", "أول من أمس", "2018-07-09"),
        ("وصل صباح اليوم", "صباح اليوم", "2018-07-11"),
        ("وصل اليوم (الأربعاء)", "اليوم (الأربعاء)", "2018-07-11"),
        ("يصل بعد غد", "بعد غد", "2018-07-13"),
        ("وصل مساء الثلاثاء", "مساء الثلاثاء", "2018-07-10"),
        ("وصل الأربعاء", "الأربعاء", "2018-07-11"),
        ("وصل الأربعاء الماضي", "الأربعاء الماضي", "2018-07-04"),
        ("يصل الأحد المقبل", "الأحد المقبل", "2018-07-15"),
        ("وصل قبل ثلاثة أيام", "قبل ثلاثة أيام", "2018-07-08"),
        ("وصل قبل يومين", "قبل يومين", "2018-07-09"),
        ("يصل بعد 4 أيام", "بعد 4 أيام", "2018-07-15"),
        ("كتب في 2018-05-01 رسالة", "2018-05-01", "2018-05-01"),
        ("كتب في 12/5/2018 رسالة", "12/5/2018", "2018-05-12"),
        ("كتب في 12/25/2017 رسالة", "12/25/2017", "2017-12-25"),
        ("كتب في ٣ مايو ٢٠١٩ رسالة", "٣ مايو ٢٠١٩", "2019-05-03"),
        ("وصل في 7 رمضان 1439هـ", "7 رمضان 1439هـ", "2018-05-22"),
        ("وصل في الأول من شوال", "الأول من شوال", "2018-06-15"),
        ("يصل في السابع من ذي القعدة المقبل", "السابع من ذي القعدة المقبل", "2018-07-20"),
        ("وصل 12/8/1436هـ", "12/8/1436هـ", "2015-05-30"),
        ("وصل في 30 شباط", "30 شباط", None),
        ("وصل الأسبوع الماضي", "الأسبوع الماضي", None),
        ("وصل العام الماضي", "العام الماضي", None),
        ("وصل في آذار (مارس) الماضي", "آذار (مارس) الماضي", None),
        ("وصل عام 2015", "عام 2015", None),
        ("وصل قبل بضعة أيام", "قبل بضعة أيام", None),
        ("وصل في وقت سابق", "وقت سابق", None),
    ],
)
def test_one_expression(source: str, expression: str, day: str | None) -> None:
    assert read(source) == [(expression, day)]


@pytest.mark.parametrize(
    "source",
    ["مارس الفريق الرياضة", "في اليوم التالي وصل", "اليوم الوطني", "السيد صفر", "المادة 12 من القانون", "حكم محرم"],
)
def test_no_expression(source: str) -> None:
    assert read(source) == []


def test_without_a_date_of_publication_only_full_dates_resolve() -> None:
    words = tokenize("أمس و6 يوليو و 6 يوليو 2020")
    days = [said.resolve(None) for said in find_dates(words)]
    assert days[0] is None
    assert days[-1] == date(2020, 7, 6)


def test_limit_is_kept() -> None:
    words = tokenize("الاثنين 6 يوليو 2026")
    said = date_at(words, 0, 3)
    assert said is not None
    assert (said.end, said.year) == (3, None)


def test_the_edge_of_the_calendar() -> None:
    for source in ("وصل الخميس", "وصل أمس", "يصل الخميس المقبل", "وصل في 3 رمضان", "وصل في 3 مايو"):
        for published in (date.min, date.max):
            for said in find_dates(tokenize(source)):
                said.resolve(published)


PIECES = st.sampled_from(
    [
        "أمس",
        "الأول",
        "اليوم",
        "الاثنين",
        "مساء",
        "يوم",
        "6",
        "31",
        "2018",
        "1439هـ",
        "/",
        "-",
        "(",
        ")",
        "،",
        "يوليو",
        "تموز",
        "رمضان",
        "ذي",
        "القعدة",
        "من",
        "الماضي",
        "المقبل",
        "قبل",
        "ثلاثة",
        "أيام",
        "السابع",
        "عشر",
        "والعشرين",
        "عام",
        "العام",
        "هذا",
        "الأسبوع",
        "وقت",
        "سابق",
        "كانون",
        "الثاني",
        "الجاري",
        "الوزير",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60), st.dates())
def test_any_text(source: str, published: date) -> None:
    words = tokenize(source)
    last = 0
    for said in find_dates(words):
        assert last <= said.start < said.end <= len(words)
        last = said.end
        day = said.resolve(published)
        if day and said.year is None and said.turn is None and (said.offset or 0) <= 0:
            assert day <= published


def test_two_expressions_in_order() -> None:
    assert read("وصل أمس وسافر الأحد الماضي") == [("أمس", "2018-07-10"), ("الأحد الماضي", "2018-07-08")]
