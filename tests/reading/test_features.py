"""Polarity, about, setting, time, hedge and addressee of statements whose cue and content are given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.reading import about, addressees, circumstances, hedges
from qawl.reading.draft import Draft, Tokens
from qawl.reading.polarity import polarity_of
from qawl.reading.text import Text, best_reading

DAY = date(2018, 7, 11)


def tokens(text: Text, part: str) -> Tokens:
    start = text.words.text.index(part)
    end = start + len(part)
    inside = [i for i in range(len(text.words)) if text.words.starts[i] < end and start < text.words.ends[i]]
    return inside[0], inside[-1] + 1


def draft(text: Text, cue: str, content: str, source: str | None = None, kind: str = "clause") -> Draft:
    at = tokens(text, cue)
    clause = text.sentences[text.marks.sentence_of[at[0]]]
    given_source = tokens(text, source) if source else None
    return Draft(
        at, best_reading(text, at[0]), given_source, [tokens(text, content)], clause, "none",
        "phrase" if kind == "phrase" else "clause", "assert",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "polarity"),
    [
        ("الجسر مفتوح", "positive"),
        ("الجسر ليس مفتوحا", "negative"),
        ("الجسر لم يعد مفتوحا", "negative"),
        ("لن تبنى المدرسة هذا العام", "negative"),
        ("لا حاجة إلى جسر ثان", "negative"),
        ("الجسر غير مناسب للشاحنات", "negative"),
        ("الجسر كان غير آمن", "negative"),
        ("من غير المقبول إغلاق الجسر", "negative"),
        ("ما من أحد عبر الجسر", "negative"),
        ("الأسلحة غير التقليدية منعت", "positive"),
        ("الجسر الذي لم يكتمل سيفتح غدا", "positive"),
        ("الجسر سيفتح، ولن يغلق بعدها", "positive"),
        ("قد أغلق الجسر لأن أحدا لم يصلحه", "positive"),
        ("التجربة أثبتت أن الجسر لا يكفي", "positive"),
        ("كان على علم بأن الجسر لا يكفي", "positive"),
        ("لا بد من جسر ثان", "positive"),
        ("الجسر لا يزال مغلقا", "positive"),
        ("لا يعبر الجسر إلا المشاة", "positive"),
        ("ليس فقط الجسر مغلقا", "positive"),
    ],
)
def test_polarity_of_a_clause(content: str, polarity: str) -> None:
    text = Text(content)
    assert polarity_of(text, [(0, len(text.words))], "clause") == polarity


@pytest.mark.parametrize(
    ("content", "polarity"),
    [("عدم إغلاق الجسر", "negative"), ("بعدم إغلاقه", "negative"), ("ضرورة عدم إغلاقه", "positive")],
)
def test_polarity_of_a_phrase(content: str, polarity: str) -> None:
    text = Text(content)
    assert polarity_of(text, [(0, len(text.words))], "phrase") == polarity


@pytest.mark.parametrize(
    ("content", "names", "found"),
    [
        ("الطريق إلى أوسلو مغلق", (), [("أوسلو", "place")]),
        ("العلاقات بالسودان وللكويت دور", (), [("السودان", "place"), ("لكويت", "place")]),
        ("قطاع غزة محاصر", (), [("قطاع غزة", "place")]),
        ("سكان مدينة حلب عادوا", (), [("حلب", "place")]),
        ("وزارة الصحة النرويجية وافقت", (), [("وزارة الصحة النرويجية", "organization")]),
        ("وزارة التربية والتعليم وافقت", (), [("وزارة التربية والتعليم", "organization")]),
        ("الحكومة النرويجية وافقت", (), [("الحكومة النرويجية", "organization")]),
        ("الحكومة الجديدة وافقت", (), []),
        ("الحكومة وافقت", (), []),
        ("حكومة بلاده وافقت", (), []),
        ("الفرنسيون والطعام الإيطالي", (), []),
        ("أعضاء مجلس الأمن اجتمعوا", (), [("مجلس الأمن", "organization")]),
        ("وزير الخارجية النرويجي سافر", (), []),
        ("العودة لبي بي سي", (), [("بي بي سي", "organization")]),
        ("المؤسسة العسكرية النرويجية وافقت", (), [("المؤسسة العسكرية النرويجية", "organization")]),
        ("الرئيس محمود الحسيني سافر", (), [("محمود الحسيني", "person")]),
        ("خطة دعبول جيدة", ("سمير دعبول",), [("دعبول", "person")]),
    ],
)
def test_about(content: str, names: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    text = Text(content)
    mentions = about.find(text, [(0, len(text.words))], about.name_words(names))
    assert [(m.span.text, m.type) for m in mentions] == found
    assert all(content[m.span.start : m.span.end] == m.span.text for m in mentions)


@pytest.mark.parametrize(
    ("source", "cue", "content", "who", "setting", "said"),
    [
        ("قال الحارس أمس إن الباب مغلق", "قال", "الباب مغلق", "الحارس", None, "2018-07-10"),
        ("قال الحارس في بيان إن الباب مغلق", "قال", "الباب مغلق", "الحارس", "في بيان", None),
        ("وفي تغريدة على تويتر، كتب الحارس أن الباب مغلق", "كتب", "الباب مغلق", "الحارس", "وفي تغريدة على تويتر", None),
        ("قال الحارس خلال مؤتمر الثلاثاء إن الباب مغلق", "قال", "الباب مغلق", "الحارس", "خلال مؤتمر", "2018-07-10"),
        ("قال الحارس إن الباب مغلق، في تصريح لإذاعة", "قال", "الباب مغلق", "الحارس", "في تصريح لإذاعة", None),
        ("قال الحارس في باريس إن الباب مغلق", "قال", "الباب مغلق", "الحارس", None, None),
        ("قال الحارس إن الباب أغلق أمس", "قال", "الباب أغلق أمس", "الحارس", None, None),
        ("الحارس الذي وصل أمس قال إن الباب مغلق", "قال", "الباب مغلق", None, None, None),
    ],
)
def test_setting_and_time(
    source: str, cue: str, content: str, who: str | None, setting: str | None, said: str | None
) -> None:
    text = Text(source)
    (found,) = circumstances.find_all(text, [draft(text, cue, content, who)])
    assert (text.words.slice(*found.setting) if found.setting else None) == setting
    day = found.time.resolve(DAY) if found.time else None
    assert (day.isoformat() if day else None) == said
    assert not found.earlier


@pytest.mark.parametrize(
    ("source", "earlier"),
    [
        ("وكان الحارس قد قال إن الباب مغلق", True),
        ("سبق أن قال الحارس إن الباب مغلق", True),
        ("قال الحارس في وقت سابق إن الباب مغلق", True),
        ("قال الحارس في وقت سابق الثلاثاء إن الباب مغلق", True),
        ("قال الحارس في تصريحات سابقة إن الباب مغلق", True),
        ("وكان الحارس مريضا وقال إن الباب مغلق", False),
    ],
)
def test_earlier(source: str, earlier: bool) -> None:
    text = Text(source)
    (found,) = circumstances.find_all(text, [draft(text, "قال", "الباب مغلق")])
    assert found.earlier is earlier


def test_a_participle_shares_setting_and_time() -> None:
    text = Text("قال الحارس أمس في بيان إن الباب مغلق، مؤكدا أن المفتاح ضاع")
    first = draft(text, "قال", "الباب مغلق", "الحارس")
    second = draft(text, "مؤكدا", "المفتاح ضاع")
    found = circumstances.find_all(text, [first, second])
    assert found[1] == found[0]
    assert found[1].setting is not None


def test_a_new_verb_does_not() -> None:
    text = Text("قال الحارس أمس في بيان إن الباب مغلق. وأضاف أن المفتاح ضاع")
    first = draft(text, "قال", "الباب مغلق", "الحارس")
    second = draft(text, "وأضاف", "المفتاح ضاع")
    found = circumstances.find_all(text, [first, second])
    assert found[1] == circumstances.Circumstances()


@pytest.mark.parametrize(
    ("source", "cue", "content", "who", "addressee"),
    [
        ("أبلغ الوزير اللجنة أن الجسر مغلق", "أبلغ", "الجسر مغلق", "الوزير", "اللجنة"),
        ("دعا الاتحاد الأندية إلى الحضور", "دعا", "الحضور", "الاتحاد", "الأندية"),
        ("طلب الوزير من اللجنة فتح الجسر", "طلب", "فتح الجسر", "الوزير", "اللجنة"),
        ("قال الوزير لصحيفة الضحى إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", "لصحيفة الضحى"),
        ("قال الوزير لـ«الضحى» إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", "الضحى"),
        ("قال الوزير لبي بي سي إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", "لبي بي سي"),
        ("قال الوزير في مقابلة مع قناة الضحى إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", "قناة الضحى"),
        ("وفي تصريح لقناة الضحى، قال الوزير إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", "لقناة الضحى"),
        ("قال الوزير إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", None),
        ("قال الوزير في باريس إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", None),
        ("قال الوزير أمام النواب إن الجسر مغلق", "قال", "الجسر مغلق", "الوزير", "النواب"),
        ("قال النائب الأول لوزير الطرق إن الجسر مغلق", "قال", "الجسر مغلق", "النائب الأول", None),
        ("قدم الوزير شكره للجنود على عملهم", "قدم", "شكره للجنود على عملهم", "الوزير", None),
    ],
)
def test_addressee(source: str, cue: str, content: str, who: str, addressee: str | None) -> None:
    text = Text(source)
    found = addressees.find(text, draft(text, cue, content, who))
    assert (text.words.slice(*found) if found else None) == addressee


def test_hedges() -> None:
    text = Text("قال الحارس إن الباب، بحسب تعبيره، مغلق. زعم البائع أن العسل نقي. قال الجار إن الليل طويل")
    said = draft(text, "قال", "الباب، بحسب تعبيره، مغلق")
    claimed = draft(text, "زعم", "العسل نقي")
    plain = draft(text, "قال الجار", "الليل طويل")
    found = [text.words.slice(*h) if h else None for h in hedges.find_all(text, [said, claimed, plain])]
    assert found == ["بحسب تعبيره", "زعم", None]


def test_a_hedge_belongs_to_the_innermost_statement() -> None:
    text = Text("قال الحارس إن الجار أكد أن الباب على حد قوله مغلق")
    outer = draft(text, "قال", "الجار أكد أن الباب على حد قوله مغلق")
    inner = draft(text, "أكد", "الباب على حد قوله مغلق")
    assert hedges.find_all(text, [outer, inner])[0] is None
    assert hedges.find_all(text, [outer, inner])[1] is not None


WORDS = st.sampled_from(
    ["قال", "الوزير", "إن", "أن", "لا", "لم", "يكن", "،", ".", '"', "«", "»", "أمس", "في", "بيان", "لصحيفة", "وزارة",
     "الصحة", "غير", "ما", "الذي", "مؤكدا", "كان", "قد", "(", ")", "#", "غزة", "حركة", "من", "2018", "/", "بعد", "\n"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=3, max_size=30), st.data())
def test_any_draft_of_any_text(parts: list[str], data: st.DataObject) -> None:
    text = Text(" ".join(parts))
    n = len(text.words)
    places = [i for i in range(n) if text.forms[i].kind != "newline"]
    if len(places) < 2:
        return
    at = data.draw(st.sampled_from(places))
    first = data.draw(st.sampled_from(places))
    last = data.draw(st.integers(first + 1, n))
    one = Draft((at, at + 1), best_reading(text, at), None, [(first, last)], (0, n), "none", "clause", "assert")
    for span in (addressees.find(text, one), *hedges.find_all(text, [one])):
        assert span is None or 0 <= span[0] < span[1] <= n
    (found,) = circumstances.find_all(text, [one])
    assert found.setting is None or 0 <= found.setting[0] < found.setting[1] <= n
    for mention in about.find(text, one.content):
        assert text.words.text[mention.span.start : mention.span.end] == mention.span.text != ""
    assert polarity_of(text, one.content, "clause") in ("positive", "negative")
