"""Which of our own invented statements are one utterance in several renderings, and which are not."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.compare.grouping import worth_comparing
from qawl.compare.likeness import (
    AGAINST,
    FEATURES,
    JOIN,
    SAME_WORDS,
    Context,
    Utterance,
    Voice,
    call,
    features,
    load,
    opposite,
    relation,
    utterance,
)
from qawl.statement import Act, Form

DAY = date(2024, 3, 5).toordinal()
_numbers = count()


def said(
    content: str,
    *,
    entity: int | None = 1,
    act: Act = "assert",
    days: int = 0,
    state: str | None = None,
    name: str = "",
) -> Utterance:
    """A statement that is the whole of an article of its own."""
    n = next(_numbers)
    return utterance(
        ref=f"{n:010}",
        article=n,
        day=DAY + days,
        voice=Voice(entity, state, call(name)),
        act=act,
        text=content,
        spans=[(0, len(content))],
    )


def one(first: Utterance, second: Utterance) -> bool:
    """Would the two be joined, were there no others?"""
    return worth_comparing(first, second) and load().of(first, second) >= JOIN


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("لن نرفع أسعار التذاكر في السنة الأولى", "أسعار التذاكر لن ترتفع خلال السنة الأولى من التشغيل"),
        ("السد امتلأ بعد أمطار الشتاء", "سد وادي النخل امتلأ تماما بعد أمطار الشتاء الأخيرة"),
        ("الميناء سيفتح أبوابه أمام السفن الشهر المقبل", "فتح الميناء أمام السفن سيكون الشهر المقبل"),
        ("كلفة المشروع بلغت 40 مليون دينار", "المشروع كلف أربعين مليون دينار حتى الآن"),
        ("موسم الزيتون أفضل من العام الماضي", "موسم الزيتون هذا جاء أفضل من موسم العام الماضي بكثير"),
    ],
)
def test_one_utterance_in_other_words(first: str, second: str) -> None:
    assert one(said(first), said(second))


def test_the_two_renderings_of_the_seed() -> None:
    """The same quotation, once with لن and once with لا, in one article."""
    text = "طهران لن تسالم الغزاة ولن تعترف بالحصار. بلاده لا تسالم الغزاة ولن تعترف بالحصار."
    middle = text.index("بلاده")
    voice = Voice(7)
    first, second = (
        utterance(
            ref=str(number), article=1, day=None, voice=voice, act="assert", text=text, spans=[span], number=number
        )
        for number, span in enumerate([(0, middle - 2), (middle, len(text) - 1)])
    )
    assert one(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("الحكومة ستبيع ميناء الشراع لشركة أجنبية", "الحكومة لن تبيع ميناء الشراع لشركة أجنبية"),
        ("الجسر أغلق أمام الشاحنات الثقيلة", "الجسر لم يغلق أمام الشاحنات الثقيلة"),
        ("وجود خلاف بين الوزيرين حول الميزانية", "عدم وجود خلاف بين الوزيرين حول الميزانية"),
    ],
)
def test_the_opposite_is_another_utterance(first: str, second: str) -> None:
    assert opposite(said(first), said(second))
    assert not one(said(first), said(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("رفع الحظر عن الميناء لن يتم إلا بعد تفتيش السفن", "رفع الحظر عن الميناء بعد تفتيش السفن"),
        ("لا يبيع الميناء إلا لشركة وطنية", "يبيع الميناء لشركة وطنية"),
    ],
)
def test_what_is_excepted_is_affirmed(first: str, second: str) -> None:
    assert not opposite(said(first), said(second))


def test_but_is_no_exception() -> None:
    assert opposite(said("لن يباع الميناء إلا أن الشركة ترغب فيه"), said("سيباع الميناء للشركة الأجنبية في الصيف"))


def test_of_two_that_negate_something_neither_is_the_opposite() -> None:
    first = "لا نملك أي دليل على وجود خلل في السد القديم"
    second = "لا يوجد أي دليل على أن البلدية كانت تملك خرائط السد القديم"
    assert not opposite(said(first), said(second))


def test_the_very_same_words_are_told_from_nearly_the_same() -> None:
    content = "أعمال مد السكة بين العاصمة ومرسى الزين بلغت مراحلها الأخيرة"
    assert load().of(said(content), said(content)) == SAME_WORDS
    assert load().of(said(content), said(f"«{content}».")) == SAME_WORDS
    assert load().of(said(content), said(content.replace("مراحلها", "مرحلتها"))) < SAME_WORDS


def test_denying_is_negating() -> None:
    content = "بيع ميناء الشراع لشركة أجنبية"
    assert one(said(content, act="deny"), said("لن يباع ميناء الشراع لشركة أجنبية"))
    assert not one(said(content, act="deny"), said(content, act="announce"))


@pytest.mark.parametrize("phrase", ["لا يزال الجسر مغلقا أمام الشاحنات الثقيلة", "لا بد من إغلاق الجسر أمام الشاحنات"])
def test_a_set_phrase_negates_nothing(phrase: str) -> None:
    assert not opposite(said(phrase), said("الجسر مغلق أمام الشاحنات الثقيلة"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("عدد القتلى بلغ 12 في انهيار المبنى بوسط المدينة", "فرق الإنقاذ انتشلت 31 جريحا من تحت الأنقاض"),
        ("المدارس ستفتح أبوابها مع بداية الخريف", "موسم الزيتون أفضل من العام الماضي"),
        ("شبكة الكهرباء لا تكفي لحاجة السكان", "أسعار القمح لن ترتفع هذا العام"),
    ],
)
def test_two_utterances_of_one_day(first: str, second: str) -> None:
    assert not one(said(first), said(second))


def test_another_number_makes_it_less_likely() -> None:
    content = "عدد الضحايا في انهيار المبنى بلغ {} شخصا حتى مساء اليوم"
    same = load().of(said(content.format(12)), said(content.format("اثني عشر")))
    other = load().of(said(content.format(12)), said(content.format(19)))
    assert other < same


def test_what_comes_first_in_a_long_statement_is_what_it_is_about() -> None:
    first, second = "الجسر الجديد سيفتح أمام الشاحنات مطلع الصيف", "رواتب عمال البلدية ستدفع قبل عيد الحصاد"
    both = said(f"{first} و{second}")
    assert load().of(both, said(first)) > load().of(both, said(second))


def test_days_make_it_less_likely() -> None:
    content, other = "أسعار القمح في أسواق السهل الأوسط لن ترتفع", "لن ترتفع أسعار القمح في أسواق السهل"
    near, far = (load().of(said(content), said(other, days=days)) for days in (0, 5))
    assert far < near
    assert not worth_comparing(said(content), said(content, days=30))


def test_others_need_the_same_words() -> None:
    """What two people say who are not known to have to do with each other is one only where the words are."""
    content = "أعمال مد السكة بين العاصمة ومرسى الزين بلغت مراحلها الأخيرة"
    other = "أعمال مد السكة الجديدة بين العاصمة ومرسى الزين تقترب من نهايتها"
    assert one(said(content, entity=1), said(content, entity=None))
    assert one(said(content, entity=1), said(other, entity=1))
    assert not one(said(content, entity=1), said(other, entity=2))


def test_speakers_of_like_names_may_be_one() -> None:
    content, other = "أعمال مد السكة بلغت مراحلها الأخيرة", "مد السكة يبلغ مراحله الأخيرة"
    assert one(said(content, entity=1, name="رائد خزامي"), said(other, entity=2, name="خزامي"))


def test_what_speakers_are_to_each_other() -> None:
    minister, ministry = Voice(1, "SH"), Voice(2, "SH")
    assert relation(minister, minister) == "same"
    assert relation(minister, ministry) == "related"
    assert relation(minister, Voice(3, "AM")) == "apart"
    assert relation(minister, Voice()) == "unclear"


def test_one_quoted_by_another_is_not_joined_with_it() -> None:
    text = "الناطق قال إن الجسر مغلق أمام الشاحنات"
    outer = utterance(ref="a", article=1, day=DAY, voice=Voice(1), act="assert", text=text, spans=[(0, len(text))])
    inner = utterance(
        ref="b",
        article=1,
        day=DAY,
        voice=Voice(2),
        act="assert",
        text=text,
        spans=[(text.index("الجسر"), len(text))],
        number=1,
        within=[0],
    )
    assert not worth_comparing(outer, inner)


_WORDS = st.sampled_from("السد الجسر لن لا لم يبيع يفتح الميناء 12 15 أسعار القمح مطلع الصيف وزارة ينفي غير".split())
_CONTENTS = st.lists(_WORDS, max_size=12).map(" ".join)


@given(_CONTENTS, _CONTENTS, st.integers(0, 9))
def test_the_order_of_the_two_does_not_matter(first: str, second: str, days: int) -> None:
    a, b = said(first), said(second, days=days)
    assert features(a, b) == features(b, a)
    assert len(features(a, b)) == len(FEATURES)
    assert worth_comparing(a, b) == worth_comparing(b, a)
    assert load().of(a, b) == load().of(b, a)
    assert 0 <= load().of(a, b) <= 1 or load().of(a, b) == AGAINST


@given(_CONTENTS)
def test_nothing_is_its_own_opposite(content: str) -> None:
    assert not opposite(said(content), said(content))


def placed(
    content: str,
    *,
    article: int,
    number: int = 0,
    headline: bool = False,
    text: str = "",
    form: Form = "indirect",
    cue: str = "",
) -> Utterance:
    """A statement at a place of an article with this text."""
    return utterance(
        ref=f"{next(_numbers):010}",
        article=article,
        day=DAY,
        voice=Voice(1, None, frozenset()),
        act="assert",
        text=content,
        spans=[(0, len(content))],
        number=number,
        headline=headline,
        form=form,
        cue=cue,
        context=Context(text or content),
    )


def feature(name: str, first: Utterance, second: Utterance) -> float:
    assert features(first, second) == features(second, first)
    return features(first, second)[FEATURES.index(name)]


def test_where_the_two_stand_is_seen() -> None:
    head = placed("البلدية تغلق السوق", article=1, headline=True)
    body = placed("البلدية ستغلق السوق القديم", article=1, number=1)
    elsewhere = placed("البلدية ستغلق السوق القديم", article=2, number=1)
    assert feature("one article, its headline and its body", head, body) == 1
    assert feature("one article, its headline and its body", head, elsewhere) == 0
    assert feature("a headline and a body", head, elsewhere) == 1
    assert feature("two articles, at the same place", body, elsewhere) == 1


def test_the_course_of_an_article_is_seen() -> None:
    head = placed("البلدية تغلق السوق", article=1, headline=True)
    told = placed("البلدية ستغلق السوق القديم", article=1, number=1)
    quoted = placed("سنغلق السوق القديم مطلع الصيف", article=1, number=2, form="direct", cue="وقال")
    next_one = placed("تعويض تجار السوق القديم", article=1, number=3, cue="وأضاف")
    assert feature("one article, its headline and the body near it", head, told) == 1
    assert feature("one article, its headline and the body near it", head, next_one) == 0
    assert feature("one article, retold and then quoted", told, quoted) == 1
    assert feature("one article, retold and then quoted", quoted, next_one) == 0
    assert feature("one article, the later one goes on", told, next_one) == 1
    assert feature("one article, the later one goes on", told, quoted) == 0


def test_words_that_the_article_repeats_tell_less() -> None:
    text = (
        "السوق القديم مغلق. تجار السوق القديم غاضبون، والسوق القديم إرث، وسقف السوق القديم خشب، وباب السوق القديم حديد."
    )
    same_market = placed("تجار السوق القديم", article=1, text=text), placed("سقف السوق القديم", article=2, text=text)
    same_roof = placed("سقف السوق القديم", article=1, text=text), placed("سقف السوق القديم خشب", article=2, text=text)
    name = "cosine of the words that their articles do not repeat"
    assert feature(name, *same_market) < feature("cosine", *same_market)
    assert feature(name, *same_roof) > feature(name, *same_market)


@pytest.mark.parametrize(
    ("content", "form", "wanted"),
    [
        ("الجسر متين", "indirect", ""),
        ("الجسر متين", "direct", "الجسر متين"),
        ('إغلاق الجسر "إجراء مؤقت"', "mixed", "إجراء مؤقت"),
        ('إجراء مؤقت" لحماية الجسر', "mixed", "إجراء مؤقت"),
        ('الجسر سيبقى "مغلقا بالكامل', "mixed", "مغلقا بالكامل"),
        ("الجسر «قديم» والطريق «ضيق»", "mixed", "قديم ضيق"),
    ],
)
def test_what_is_quoted(content: str, form: Form, wanted: str) -> None:
    """A content may begin or end in the middle of a quotation."""
    assert placed(content, article=1, form=form).quoted == placed(wanted, article=2, form="direct").quoted


def test_a_quotation_is_found_in_what_is_retold() -> None:
    quoted = placed('إغلاق الجسر "إجراء مؤقت"', article=1, form="mixed")
    name = "quotation of either in the other"
    assert feature(name, quoted, said("الإجراءات مؤقتة ولن تطول")) == 1
    assert feature(name, quoted, said("إغلاق الجسر")) == 0
    assert feature(name, said("إغلاق الجسر"), said("إغلاق الجسر")) == 0


def test_acts_other_than_asserting_are_seen() -> None:
    first, second = said("إغلاق الجسر", act="warn"), said("إغلاق الجسر", act="warn")
    assert feature("act of both, but for asserting", first, second) == 1
    assert feature("act of both, but for asserting", first, said("إغلاق الجسر", act="urge")) == 0
    assert feature("act of both, but for asserting", said("إغلاق الجسر"), said("إغلاق الجسر")) == 0
    assert feature("a very short one", first, said("إغلاق الجسر القديم أمام الشاحنات الثقيلة")) == 1


def test_what_the_articles_have_in_common_is_seen() -> None:
    market = "أغلقت البلدية السوق القديم بعد حريق في المستودعات، وانتقل التجار إلى الميناء."
    first = placed("السوق مغلق", article=1, text=market)
    second = placed("السوق مغلق", article=2, text=market + " وعاد الصيادون.")
    third = placed("السوق مغلق", article=3, text="افتتحت الجامعة معرضا للكتاب بمشاركة ناشرين وشعراء.")
    assert (
        feature("cosine of the articles", first, second) > 0.8 > 0.2 > feature("cosine of the articles", first, third)
    )
    assert feature("articles on one event", first, second) == 1
    assert feature("articles on one event", first, third) == 0


def test_letters_and_roots_see_more_than_words() -> None:
    first, second = said("إغلاق المستودعات القديمة"), said("سنغلق مستودعاتنا القديمة")
    assert feature("letters of the smaller in the larger", first, second) > 0.3
    assert feature("letters of the smaller in the larger", first, said("افتتاح معرض للكتاب")) < 0.1
    assert feature("cosine of the roots", first, second) >= feature("cosine", first, second)


def test_how_it_is_reported_is_seen() -> None:
    content = "الجسر الجديد سيفتح أمام الشاحنات مطلع الصيف"

    def told(cue: str, *, form: Form = "indirect", setting: bool = False, dated: bool = False) -> Utterance:
        return utterance(
            ref=f"{next(_numbers):010}",
            article=next(_numbers),
            day=DAY,
            dated=dated,
            voice=Voice(1),
            act="assert",
            text=content,
            spans=[(0, len(content))],
            form=form,
            cue=cue,
            setting=setting,
        )

    first = told("أكد")
    assert feature("verb of both", first, told("وأكدت")) == 1
    assert feature("verb of both", first, told("قال")) == 0
    assert feature("verb of both", told(""), told("")) == 0
    assert feature("form of both", first, told("أكد")) == 1
    assert feature("form of both", first, told("أكد", form="direct")) == 0
    assert feature("setting in both or neither", first, told("أكد", setting=True)) == 0
    assert feature("day in both or neither", first, told("أكد", dated=True)) == 0


def test_the_article_s_day_decides_what_is_compared() -> None:
    """What an outlet says of an earlier day may be wrong, and others recall it without one."""
    content = "أسعار القمح في أسواق السهل الأوسط لن ترتفع"
    text = "لن ترتفع أسعار القمح في أسواق السهل"
    recalled = utterance(
        ref="recalled",
        article=next(_numbers),
        day=DAY - 40,
        published=DAY,
        dated=True,
        voice=Voice(1),
        act="assert",
        text=text,
        spans=[(0, len(text))],
    )
    assert worth_comparing(said(content), recalled)
    assert load().of(said(content), recalled) < load().of(said(content), said(text))
