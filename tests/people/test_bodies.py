"""Names of bodies, outlets, states and groups in their normal form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.people import bodies


@pytest.mark.parametrize(
    "same",
    [
        ("الحكومة النرويجية", "حكومة النرويج", "#الحكومة_النرويجية", "الحكومة النرويجية (أوسلو)"),
        ("الخارجية النرويجية", "وزارة الخارجية النرويجية", "خارجية النرويج"),
        ("النرويج", "الجانب النرويجي", "المملكة النرويجية"),
        ("صحيفة «الجبل»", "جريدة الجبل", 'موقع "الجبل"'),
        ("الأمم المتحدة", "منظمة الأمم المتحدة", "#الأمم_المتحدة", "لأمم المتحدة"),
        ("صحيفة «ساندرفلد بوست»", "صحيفة «ساندرفيلد بوست»"),
        ("الجيش السوري", "الجيش العربي السوري"),
        ("مجلس الأمن", "مجلس الأمن الدولي", "مجلس الأمن الدولي التابع للأمم المتحدة"),
        ('شركة المشروبات العملاقة "بتروفنك"', "شركة بتروفنك", "شركة (بتروفنك)"),
        ("التلفزيون النرويجي", "التلفزيون الرسمي النرويجي"),
        ("البرلمان الألماني", "البوندستاغ"),
    ],
)
def test_names_of_one_body(same: tuple[str, ...]) -> None:
    assert len({bodies.read(name).key for name in same}) == 1
    assert bodies.read(same[0]).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("النرويج", "أوسلو"),
        ("النرويج", "الحكومة النرويجية"),
        ("الحكومة النرويجية", "الحكومة السويدية"),
        ("السلطات النرويجية", "الحكومة النرويجية"),
        ("نادي برشلونة", "برشلونة"),
        ("صحيفة الشرق الأوسط", "الشرق الأوسط"),
        ("الرئاسة النرويجية", "الرئاسة الفرنسية"),
        ("البنك المركزي النرويجي", "البنك المركزي الأمريكي"),
    ],
)
def test_related_or_alike_but_not_one(one: str, other: str) -> None:
    assert bodies.read(one).key != bodies.read(other).key


@pytest.mark.parametrize("name", ["الوزارة", "الشرطة", "السلطات", "فريقه", "حكومتها", "وزارة الخارجية", "الشركة"])
def test_vague(name: str) -> None:
    assert bodies.read(name).standing in ("vague", "body")
    assert bodies.read(name).of is None


@pytest.mark.parametrize("name", ["الوزارة", "الشرطة", "السلطات", "فريقه", "حكومتها", "الشركة"])
def test_nobodys_own(name: str) -> None:
    assert bodies.read(name).key == ""


def test_standing() -> None:
    assert bodies.read("النرويج").standing == "state"
    assert bodies.read("النرويج").of == "NO"
    assert bodies.read("موسكو").standing == "capital"
    assert bodies.read("موسكو").of == "RU"
    assert bodies.read("الحكومة النرويجية").of == "NO"


def test_groups() -> None:
    assert bodies.group_key("النرويجيون") == bodies.group_key("النرويجيين") != ""
    assert bodies.group_key("الصحفيون") == ""
    assert bodies.group_key("الحوثيين") == bodies.read("جماعة الحوثي").key


@given(st.text(max_size=100))
def test_total(text: str) -> None:
    bodies.read(text)
    bodies.group_key(text)
    bodies.known(text, None)


def test_the_order_of_the_words_of_a_body_does_not_matter() -> None:
    assert bodies.read("وكالة بتروفنك للأنباء").key == bodies.read("وكالة الأنباء بتروفنك").key


def test_the_beginning_that_the_article_uses_alone() -> None:
    assert bodies.called("الأمم المتحدة القلقة", ("الأمم المتحدة",)) == "الأمم المتحدة"
    assert bodies.called("الأمم المتحدة القلقة", ("المنظمة",)) == "الأمم المتحدة القلقة"
    assert bodies.called("النرويج الداعمة", ("النرويج",)) == "النرويج"


def test_a_name_that_was_cut_short_is_completed() -> None:
    text = "قالت صحيفة واشنطن بوست إن الجسر آمن، وفي منظمة الصحة العالمية خبراء"
    at = text.index("صحيفة واشنطن")
    start, end = bodies.widened(text, at, at + len("صحيفة واشنطن"))
    assert text[start:end] == "صحيفة واشنطن بوست"
    whole = text.index("منظمة الصحة العالمية")
    assert bodies.widened(text, whole, whole + len("منظمة الصحة العالمية")) == (
        whole,
        whole + len("منظمة الصحة العالمية"),
    )


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_widened_is_total_and_within_the_text(text: str, one: int, other: int) -> None:
    first, last = sorted((min(one, len(text)), min(other, len(text))))
    start, end = bodies.widened(text, first, last)
    assert 0 <= start <= max(first, start) <= end <= len(text)


def test_short_names() -> None:
    assert bodies.short("المنظمة الدولية") in bodies.shortened(bodies.read("الأمم المتحدة").key)
    assert bodies.short("منظمة دولية") == ""


def test_a_short_name_means_the_one_that_the_text_names() -> None:
    assert bodies.meant_in("الصندوق", "وافق صندوق النقد على القرض، وقال الصندوق إنه كبير") == "صندوق النقد الدولي"
    assert bodies.meant_in("الحركة", "قال وفد حركة حماس إن وفد حركة فتح عاد، وقالت الحركة") == ""
    assert bodies.meant_in("الصندوق", "قال الصندوق إنه كبير") == ""
    assert bodies.meant_in("الجسر", "صندوق النقد") == ""


def test_bodies_of_no_single_state() -> None:
    assert bodies.international("الاتحاد الدولي")
    assert not bodies.international("وزارة الطرق")
