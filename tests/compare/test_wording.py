"""Versions word by word: what is the same whatever its form, and each kind of difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renderings import rendering

import qawl
from qawl.article import Article
from qawl.compare.lists import KINDS
from qawl.compare.pairing import MOST_WORDS
from qawl.compare.wording import Alignment, align, collate
from qawl.compare.words import Place, Version, version
from qawl.statement import Span, Statement

SEED = Path(os.environ.get("QAWL_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "seed" / "article.txt"

Found = tuple[str, str | None, str | None]


def found(alignment: Alignment) -> set[Found]:
    return {(d.kind, d.left.text if d.left else None, d.right.text if d.right else None) for d in alignment.differences}


def between(left: Version, right: Version) -> set[Found]:
    return found(align(left, right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ميناء أميركا الجديد مفتوح", "ميناء أمريكا الجديد مفتوح"),
        ("الولايات المتحدة تبني الجسر", "أميركا تبني الجسر"),
        ("الاتفاق مع تونس على الجسر", "الاتفاق التونسي على الجسر"),
        ("بلادنا نبني جسرها بأنفسنا", "بلاده تبني جسرها بنفسها"),
        ("نحن سنفتح السوق غدا", "سوف يفتح السوق غدا"),
        ("القطار سيدخل الخدمة في الصيف", "سيدخل القطار الخدمة في الصيف"),
        ("دخول القطار الخدمة قريب", "القطار يدخل الخدمة قريبا"),
        ("في السوق خمسة عشر تاجرا", "في السوق ١٥ تاجرا"),
        ("في السوق 15 تاجرا", "في السوق الـ15 تاجرا"),
        ("يوم الثاني عشر من مايو عطلة", "يوم 12 من مايو عطلة"),
        ("الجسر لا يزال مغلقا اليوم", "الجسر ما زال مغلقا اليوم"),
        ("المسؤولون أغلقوا الجسر", "المسئولون اغلقوا الجسر"),
        ("البيع غير وارد هذا العام", "البيع ليس واردا هذا العام"),
        ("نأمل ألا تباع السوق", "نأمل الا تباع السوق"),
        ("غرق «23 مركبا» على الأقل في «البحيرة»", "غرق «23 مركبا على الأقل» في «البحيرة»"),
        ("المصانع الكيماوية مغلقة", "المصانع الكيميائية مغلقة"),
        ("زار الرئيس التونسي مصر أمس", "زار الرئيس مصر أمس"),
    ],
)
def test_no_difference(left: str, right: str) -> None:
    assert between(rendering(left), rendering(right, ref="b")) == set()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # negation
        ("البلدية لن تبيع الميناء القديم", "البلدية لا تبيع الميناء القديم", ("negation", "لن تبيع", "لا تبيع")),
        ("البلدية لن تبيع الميناء القديم", "البلدية ستبيع الميناء القديم", ("negation", "لن تبيع", "ستبيع")),
        ("الجسر غير آمن للشاحنات", "الجسر آمن للشاحنات", ("negation", "غير آمن", "آمن")),
        ("ما كان الجسر آمنا للشاحنات", "الجسر كان آمنا للشاحنات", ("negation", "ما كان الجسر", "الجسر")),
        # number
        ("في المخزن عشرون مركبا قديما", "في المخزن ثلاثون مركبا قديما", ("number", "عشرون", "ثلاثون")),
        ("الكلفة 2,5 مليون درهم كاملة", "الكلفة 3 ملايين درهم كاملة", ("number", "2,5 مليون", "3 ملايين")),
        ("في المخزن نحو عشرين مركبا قديما", "في المخزن 20 مركبا قديما", ("number", "نحو عشرين", "20")),
        ("غرق 20 مركبا على الأقل أمس", "غرق أكثر من 20 مركبا أمس", ("number", "20 مركبا على الأقل", "أكثر من 20")),
        ("حضر عشرات الصيادين إلى السوق", "حضر 40 صيادا إلى السوق", ("number", "عشرات", "40")),
        # name
        ("الميناء الجديد في مصر مفتوح", "الميناء الجديد في تونس مفتوح", ("name", "مصر", "تونس")),
        ("الوفد زار واشنطن أمس", "الوفد زار أميركا أمس", ("name", "واشنطن", "أميركا")),
        # certainty
        ("البلدية سوف تفتح السوق غدا", "البلدية قد تفتح السوق غدا", ("certainty", "سوف تفتح", "قد تفتح")),
        ("البلدية ستفتح السوق غدا", "ربما تفتح البلدية السوق غدا", ("certainty", "ستفتح", "ربما تفتح")),
        (
            "من المحتمل أن تفتح البلدية السوق",
            "تفتح البلدية السوق",
            ("certainty", "من المحتمل أن تفتح", "تفتح"),
        ),
        ("إغلاق السوق خطأ", "السوق أغلقت على الأرجح خطأ", ("certainty", "إغلاق", "أغلقت على الأرجح")),
        ("فتح السوق غدا أمر مؤكد حتما", "فتح السوق غدا أمر مؤكد", ("certainty", "مؤكد حتما", "مؤكد")),
        # quotation
        ("السوق «مغلقة تماما» هذا الشتاء", "السوق مغلقة تماما هذا الشتاء", ("quotation", "مغلقة تماما", "مغلقة تماما")),
        ("السوق «كارثة كبرى للتجار»", "السوق «مشكلة كبرى للتجار»", ("quotation", "كارثة", "مشكلة")),
        ("الأمر «مهزلة»", "الأمر سيئ", ("quotation", "مهزلة", None)),
        # extent
        ("في المخزن عشرون مركبا قديما", "في المخزن مراكب قديمة", ("extent", "عشرون", None)),
        (
            "السوق مغلقة حتى تصلح البلدية سقفها القديم",
            "السوق مغلقة",
            ("extent", "تصلح البلدية سقفها القديم", None),
        ),
    ],
)
def test_kinds(left: str, right: str, expected: Found) -> None:
    assert expected in between(rendering(left), rendering(right, ref="b"))
    kind, ours, theirs = expected
    assert (kind, theirs, ours) in between(rendering(right), rendering(left, ref="b"))
    others = {d for d in between(rendering(left), rendering(right, ref="b")) if d[0] != kind}
    assert not others


def test_other_words_have_no_kind() -> None:
    alignment = align(rendering("السوق مغلقة هذا الشتاء"), rendering("السوق موصدة هذا الشتاء", ref="b"))
    assert alignment.differences == ()
    assert [(gap.left and gap.left.text, gap.right and gap.right.text) for gap in alignment.gaps] == [
        ("مغلقة", "موصدة")
    ]


def test_a_name_and_none() -> None:
    left = rendering("اللقاء مع سالم الغامري أمس كان قصيرا", names=("سالم الغامري",))
    right = rendering("اللقاء مع المدير أمس كان قصيرا", ref="b")
    assert between(left, right) == {("name", "سالم الغامري", "المدير")}


def test_more_of_a_name_is_no_other_name() -> None:
    left = rendering("اللقاء مع سالم الغامري كان قصيرا", names=("سالم الغامري",))
    right = rendering("اللقاء مع الغامري كان قصيرا", names=("الغامري",), ref="b")
    assert between(left, right) == set()


def test_two_spellings_of_a_foreign_name_are_one() -> None:
    left = rendering("اللقاء مع هرتنباخ كان قصيرا", names=("هرتنباخ",))
    right = rendering("اللقاء مع هارتنباخ كان قصيرا", names=("هارتنباخ",), ref="b")
    assert between(left, right) == set()


@pytest.mark.parametrize(
    ("left", "right", "note"),
    [
        (("قال", "assert"), ("زعم", "assert"), "stance"),
        (("قال", "assert"), ("هدد", "warn"), "force"),
        (("أكد", "assert"), ("اعترف", "assert"), "stance"),
        (("لمح", "assert"), ("شدد", "assert"), "force"),
    ],
)
def test_verbs_of_another_force(
    left: tuple[str, qawl.statement.Act], right: tuple[str, qawl.statement.Act], note: str
) -> None:
    words = "السوق مغلقة هذا الشتاء"
    (difference,) = align(rendering(words, *left), rendering(words, *right, ref="b")).differences
    assert (difference.kind, difference.note) == ("verb", note)
    assert difference.left is not None
    assert difference.right is not None
    assert (difference.left.text, difference.right.text) == (left[0], right[0])


def test_verbs_of_nearly_one_force_are_no_difference() -> None:
    words = "السوق مغلقة هذا الشتاء"
    assert between(rendering(words), rendering(words, "أكد", ref="b")) == set()
    assert between(rendering("نحذر من إغلاق السوق"), rendering("إغلاق السوق", "حذر", "warn", ref="b")) == set()


def test_the_outlet_keeps_its_distance() -> None:
    words = "السوق مغلقة هذا الشتاء"
    left, right = rendering(words), rendering(words, hedge="على حد تعبيره", ref="b")
    assert between(left, right) == {("certainty", None, "على حد تعبيره")}


def test_denying_is_negating() -> None:
    denied = rendering("بيع الميناء القديم", "نفى", "deny", ref="b")
    assert between(rendering("البلدية لن تبيع الميناء القديم"), denied) == {
        ("verb", "قال", "نفى"),
    }
    assert between(rendering("بيع الميناء القديم قريب"), denied) == {("negation", "قال", "نفى")}


def test_a_negation_of_the_reporting_word_is_no_difference() -> None:
    left = rendering("لا أعتقد أن السوق مغلقة هذا الشتاء")
    right = rendering("السوق مغلقة هذا الشتاء", "أعتقد", "assess", ref="b")
    assert between(left, right) == set()


def test_the_same_negation_in_another_place_is_no_difference() -> None:
    left, right = rendering("الميناء القديم ليس للبيع"), rendering("ليس الميناء القديم للبيع", ref="b")
    assert between(left, right) == set()


def test_a_headline_that_says_more() -> None:
    left = rendering("إغلاق السوق والمرفأ والجسر", headline=True)
    right = rendering("إغلاق السوق", ref="b")
    (difference,) = align(left, right).differences
    assert (difference.kind, difference.note) == ("extent", "headline")
    assert difference.left is not None
    assert difference.left.text == "والمرفأ والجسر"
    assert align(rendering("إغلاق السوق والمرفأ والجسر"), right).differences == ()


@pytest.mark.skipif(not SEED.exists(), reason="the shared texts are not here")
def test_the_seed_gives_one_quotation_with_two_negations() -> None:
    article = Article(text=SEED.read_text("utf-8"), id="seed")
    negations = []
    read = [s for s in qawl.read(article).statements if s.form == "mixed" and s.polarity == "negative"]
    for one in read:
        for other in read[read.index(one) + 1 :]:
            alignment = align(version(article.text, one, Place("a")), version(article.text, other, Place("b")))
            if alignment.common >= 0.8:
                negations += [d for d in alignment.differences if d.kind == "negation"]
    (difference,) = negations
    assert difference.left is not None
    assert difference.right is not None
    particles = {difference.left.text.split()[0], difference.right.text.split()[0]}
    assert len(particles) == 2
    assert difference.left.text.split()[1] == difference.right.text.split()[1]


def test_one_quotation_given_twice_in_an_article() -> None:
    text = (
        "العمدة: الميناء باق\n\n"
        'شدد العمدة سالم الغامري على أن البلدة "لن تبيع الميناء ولن تؤجر الجسر".\n'
        'وأضاف قائلا إن البلدة "لا تبيع الميناء ولن تؤجر الجسر".'
    )
    one, other = (s for s in qawl.read(text).statements if "تؤجر" in s.text)
    alignment = align(version(text, one, Place("a")), version(text, other, Place("b")))
    assert ("negation", "لن تبيع", "لا تبيع") in found(alignment)
    assert [d.kind for d in alignment.differences].count("negation") == 1


def test_versions_of_the_same_words_are_one() -> None:
    copies = [
        rendering("السوق مغلقة", ref=ref, outlet=ref, day=day)
        for ref, day in (("b", "2024-03-06"), ("a", "2024-03-05"))
    ]
    collation = collate([*copies, rendering("السوق مفتوحة", ref="c")])
    assert [[place.ref for place in v.places] for v in collation.versions] == [["a", "b"], ["c"]]


def test_the_fullest_version_comes_first_and_the_core_is_what_all_have() -> None:
    short = rendering("السوق مغلقة", ref="b")
    full = rendering("السوق مغلقة حتى تصلح البلدية سقفها القديم", ref="a")
    other = rendering("السوق الكبيرة مغلقة", ref="c")
    collation = collate([short, full, other])
    assert collation.versions[0] == full
    assert [full.words[n].span.text for n in collation.core] == ["السوق", "مغلقة"]
    assert set(collation.alignments) == {(0, 1), (0, 2), (1, 2)}


def test_one_version_alone() -> None:
    collation = collate([rendering("السوق مغلقة")])
    assert (collation.core, collation.alignments, collation.contrasts()) == ((), {}, ())


def test_what_several_pairs_have_is_told_once() -> None:
    versions = [
        rendering("البلدية لن تبيع الميناء", ref="a"),
        rendering("لن تبيع البلدية الميناء", "أعلن", "announce", ref="b"),
        rendering("البلدية ستبيع الميناء", ref="c"),
    ]
    (contrast,) = collate(versions).contrasts()
    assert contrast.kind == "negation"
    assert sorted([contrast.ours, contrast.theirs]) == [(0, 1), (2,)]


def test_many_versions_are_compared_with_the_fullest_alone() -> None:
    versions = [rendering(f"السوق مغلقة منذ {n} أيام", ref=f"{n:02}") for n in range(10, 30)]
    collation = collate(versions)
    assert set(collation.alignments) == {(0, n) for n in range(1, 20)}


def test_of_very_long_versions_only_the_beginning_is_paired() -> None:
    words = " ".join(f"السوق {n} مغلقة" for n in range(2000))
    alignment = align(rendering(words), rendering(f"الجسر {words}", ref="b"))
    assert MOST_WORDS - 10 < len(alignment.pairs) <= MOST_WORDS


def test_a_content_that_begins_within_a_word() -> None:
    text = "قال العمدة إن السوق لن تفتح غدا"
    content = Span(text.index("سوق"), text.index("غدا") + 2, text[text.index("سوق") : text.index("غدا") + 2])
    own = version(text, Statement(None, None, None, (content,), "indirect", "clause", "assert"), Place("a"))
    assert [word.span.text for word in own.words] == ["سوق", "لن", "تفتح", "غد"]
    assert own.slice(0, 4) == content


_WORDS = """
    قال لن لا لم ليس غير عدم قد سوف ربما من المحتمل أن يمكن السوق الميناء البلدية تبيع ستبيع يبيع بيع مغلقة مصر واشنطن
    الولايات المتحدة أميركا خمسة عشر 15 مئة ألف آلاف و15 2,500 نصف الثاني عشر في على حد تعبيره « » " " ، . ( ) و لـ
""".split()
words = st.lists(st.sampled_from([*_WORDS, "\n"]), min_size=1, max_size=40).map(" ".join) | st.text(
    min_size=1, max_size=60
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words, words, st.booleans())
def test_any_two_versions_differ_in_slices_of_their_articles(one: str, other: str, headline: bool) -> None:
    left, right = rendering(one, headline=headline), rendering(other, "زعم", ref="b")
    texts = f"قال العمدة إن {one}", f"زعم العمدة إن {other}"
    alignment = align(left, right)
    assert alignment == align(rendering(one, headline=headline), rendering(other, "زعم", ref="b"))
    assert alignment == align(right, left).turned()
    for difference in alignment.differences:
        assert difference.kind in KINDS
        assert difference.left or difference.right
    sides = [(part.left, part.right) for part in alignment.differences]
    sides += [(gap.left, gap.right) for gap in alignment.gaps]
    for both in sides:
        for text, side in zip(texts, both, strict=True):
            assert side is None or (side.text and text[side.start : side.end] == side.text)
    assert len({i for i, _ in alignment.pairs}) == len({j for _, j in alignment.pairs}) == len(alignment.pairs)
    assert 0 <= alignment.common <= 1


@given(words)
def test_a_version_does_not_differ_from_itself(one: str) -> None:
    alignment = align(rendering(one), rendering(one, ref="b"))
    assert alignment.differences == ()
    assert alignment.gaps == ()
