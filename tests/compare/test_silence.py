"""Where an article says that somebody gave no comment."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.compare.silence import silences
from qawl.lexicon.cues import read_rows

ROWS = read_rows("silence", files("qawl.compare") / "tables")

TOLD = [
    ("ورفضت شركة المرافئ التعليق على الخبر.", "declined", "شركة المرافئ"),
    ("وامتنع الناطق باسم البلدية عن التعليق.", "declined", "الناطق باسم البلدية"),
    ("رفض مدير المصنع سالم الحداد الإدلاء بأي تعليق.", "declined", "مدير المصنع سالم الحداد"),
    ("لكن الوزيرة رفضت التعليق على الأمر.", "declined", "الوزيرة"),
    ("وكان المدير قد رفض التعليق قبل أسبوع.", "declined", "المدير"),
    ("ولم تعلق بلدية الميناء حتى الآن على الحريق.", "none", "بلدية الميناء"),
    ("واستأنفت الشركة، التي لم تعلق على الحكم بعد، أعمالها.", "none", "الشركة"),
    ("لم ترد وزارة المياه على طلب للتعليق.", "none", "وزارة المياه"),
    ("ولم ترد الوزارة على الفور على طلب صحيفة الضفة التعليق.", "none", "الوزارة"),
    ("ولم يصدر أي تعليق رسمي من الجيش.", "none", "الجيش"),
    ("ولم يصدر عن الهيئة أي تعليق.", "none", "الهيئة"),
    ("ولم تعلق الحكومة التركية على القرار.", "none", "الحكومة التركية"),
    ("ولم تصدر الشركة تعليقا على القرار.", "none", "الشركة"),
    ("ولم يتسن الحصول على تعليق من وزارة النقل.", "unreached", "وزارة النقل"),
    ("لم يتسن على الفور الوصول إلى مدير السد للتعليق.", "unreached", "مدير السد"),
    ("ولم تتمكن الصحيفة من الحصول على تعليق من المصنع.", "unreached", "المصنع"),
    ("وامتنعت وزارة الري في الروابي عن التعليق.", "declined", "وزارة الري في الروابي"),
    ("ورفض التعليق على ذلك.", "declined", None),
    ("ولم يعلّق النادي على الخبر.", "none", "النادي"),
    ("ولم ترد حتى لحظة كتابة الخبر على طلب للتعليق.", "none", None),
    ("وتعذر الحصول على تعليق من ورثة المالك.", "unreached", "ورثة المالك"),
]

NOT_TOLD = [
    "لم تعلق الشركة رحلاتها إلى العاصمة.",  # to suspend
    "رفض الوزير تعليق العمل في السد.",  # a suspension, not a comment
    "وقال المدير إن الأمر لا يتعلق بالمال.",
    'قال المدير: "لم تعلق الوزارة على ذلك".',  # his claim
    "علق الوزير على الخبر.",
    "",
]


@pytest.mark.parametrize(("text", "kind", "who"), TOLD)
def test_tells_who_gave_no_comment(text: str, kind: str, who: str | None) -> None:
    found = list(silences(text))
    assert [(s.kind, s.who.text if s.who else None) for s in found] == [(kind, who)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["pattern"][:20])
def test_the_examples_of_the_table(row: dict[str, str]) -> None:
    (found,) = silences(row["example"])
    assert row["kind"] in (found.kind, "between", "end", "sign")


@pytest.mark.parametrize("text", NOT_TOLD)
def test_leaves_what_is_no_silence(text: str) -> None:
    assert list(silences(text)) == []


def test_a_nationality_alone_is_nobody() -> None:
    assert list(silences("ولم يصدر تعليق رسمي إيطالي على الخبر.")) == []


def test_counts_from_the_beginning_of_the_text() -> None:
    text = "خبر قصير\n\nانقطعت الكهرباء. ورفضت الشركة التعليق.\nولم يعلق الوزير على ذلك."
    found = list(silences(text))
    assert [s.who.text for s in found if s.who] == ["الشركة", "الوزير"]
    assert all(text[s.words.start : s.words.end] == s.words.text for s in found)


_WORDS = 'رفضت لم تعلق الشركة التعليق على طلب عن للتعليق يتسن الحصول تعليق من الوزارة التي ، . " \n'.split(" ")


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS)).map(" ".join)))
def test_any_text_gives_slices_of_it(text: str) -> None:
    for silence in silences(text):
        for span in (silence.words, silence.who):
            assert span is None or text[span.start : span.end] == span.text
