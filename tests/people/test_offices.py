"""Descriptions of persons as offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.people import offices


def place(description: str) -> str | None:
    post = offices.read(description).post
    return post.place if post else None


@pytest.mark.parametrize(
    "same",
    [
        ("وزير الخارجية النرويجي", "وزيرة خارجية النرويج", "وزير الخارجية النرويجية", "وزير الشؤون الخارجية النرويجي"),
        ("رئيس الوزراء النرويجي", "رئيسة وزراء النرويج", "رئيس الحكومة النرويجية", "الوزير الأول النرويجي"),
        ("الرئيس النرويجي", "رئيس النرويج", "رئيس الجمهورية النرويجية"),
        ("العاهل النرويجي", "ملك النرويج", "العاهل النرويجي الملك"),
        ("وزير خارجية الولايات المتحدة", "وزير الخارجية الأميركي", "وزير الخارجية الأمريكي"),
        ("المتحدثة باسم وزارة الطرق النرويجية", "الناطق الرسمي باسم وزارة الطرق النرويجية"),
        ("المتحدث باسم الخارجية النرويجية", "الناطقة باسم وزارة الخارجية النرويجية"),
        ("الرئيس التركي", "الرئيس التركي في أنقرة", "الرئيس التركي الجديد"),
    ],
)
def test_names_of_one_office(same: tuple[str, ...]) -> None:
    assert len({place(description) for description in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزير الخارجية النرويجي", "وزير الخارجية السويدي"),
        ("وزير الخارجية النرويجي", "وزير الدفاع النرويجي"),
        ("رئيس النرويج", "رئيس وزراء النرويج"),
        ("السفير النرويجي لدى السويد", "السفير السويدي لدى النرويج"),
        ("رئيس كوريا الجنوبية", "رئيس كوريا الشمالية"),
        ("نائب الرئيس النرويجي", "الرئيس النرويجي"),
    ],
)
def test_different_offices(one: str, other: str) -> None:
    assert place(one) != place(other)


def test_former_and_new_are_noted() -> None:
    former, new = offices.read("وزير الطرق النرويجي السابق").post, offices.read("وزير الطرق النرويجي الجديد").post
    assert former is not None
    assert former.former
    assert not former.new
    assert new is not None
    assert new.new
    assert former.place == new.place


@pytest.mark.parametrize(
    ("description", "state"),
    [
        ("وزير المالية النرويجي", "NO"),
        ("وزير المالية", None),
        ("السفير النرويجي لدى السويد", "NO"),
        ("الكاتبة النرويجية", "NO"),
        ("النرويجي", "NO"),
        ("المتحدث باسم البيت الأبيض", "US"),
        ("رئيسة وزراء اسكتلندا", "GB-SCT"),
    ],
)
def test_state(description: str, state: str | None) -> None:
    assert offices.read(description).state == state


@pytest.mark.parametrize(
    ("description", "sole"),
    [
        ("وزير الطرق النرويجي", True),
        ("وزير الطرق", False),
        ("الرئيس", False),
        ("رئيس الجمعية النرويجية للصيد", True),
        ("المتحدث باسم الشركة", False),
        ("الكاتب النرويجي", False),
        ("لاعب المنتخب النرويجي", False),
        ("المدرب النرويجي", False),
    ],
)
def test_one_holder_at_a_time(description: str, sole: bool) -> None:
    post = offices.read(description).post
    assert post is not None
    assert post.sole is sole


@pytest.mark.parametrize("description", ["", "#", "مصدر قريب من وزير الطرق", "نظيره النرويجي", "والدها", "5"])
def test_no_office(description: str) -> None:
    assert offices.read(description).post is None


@given(st.text(max_size=120))
def test_total(text: str) -> None:
    offices.read(text)
