"""Pairs of quotation marks and ends of sentences, in careless texts too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.marks import find_marks
from qawl.arabic.words import tokenize


def quotations(text: str) -> list[str]:
    """Every closed quotation with its marks, in the order of the opening marks."""
    words = tokenize(text)
    partner = find_marks(words).partner
    return [
        words.slice(i, partner[i] + 1)
        for i in range(len(words))
        if i < partner[i] < len(words) and partner[partner[i]] == i
    ]


def unclosed(text: str) -> list[str]:
    """What the opening marks that nothing closes reach over: to the end of their paragraph."""
    words = tokenize(text)
    partner = find_marks(words).partner
    return [
        words.slice(i, partner[i])
        for i in range(len(words))
        if partner[i] > i and not (partner[i] < len(words) and partner[partner[i]] == i)
    ]


def sentences(text: str) -> list[str]:
    words = tokenize(text)
    return [words.slice(*s) for s in find_marks(words).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "«نعم»",
        "‹نعم›",
        "„نعم”",
        "„نعم“",
        "“نعم”",
        "”نعم“",
        '"نعم"',
        "'نعم'",
        "‘نعم’",
        "❝نعم❞",
        "「نعم」",
        "″نعم″",
        "“نعم“",
        "”نعم”",
        '" نعم "',
        "« نعم »",
    ],
)
def test_every_family_of_marks(text: str) -> None:
    assert quotations(text) == [text]
    assert quotations(f"قال {text} ثم مضى") == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«قال “نعم” ثم ذهب»", ["«قال “نعم” ثم ذهب»", "“نعم”"]),
        ("«قال «نعم» ثم ذهب»", ["«قال «نعم» ثم ذهب»", "«نعم»"]),
        ("««نعم»»", ["««نعم»»", "«نعم»"]),
        ('"نعم" و"لا"', ['"نعم"', '"لا"']),
        ("«نعم» و«لا»", ["«نعم»", "«لا»"]),
        ('بـ"نعم"', ['"نعم"']),
        ('ب"نعم"', ['"نعم"']),
        ("وـ«نعم»", ["«نعم»"]),
        ('("نعم")', ['"نعم"']),
        ('قال :"نعم"', ['"نعم"']),
        ('قال:" نعم ".', ['" نعم "']),
    ],
)
def test_nested_and_glued(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


@pytest.mark.parametrize("text", ["can't", "l'homme d'affaires", "ko'p", "d’État"])
def test_an_apostrophe_opens_nothing(text: str) -> None:
    assert quotations(text) == []
    assert unclosed(text) == []


@pytest.mark.parametrize(
    ("text", "closed", "opened"),
    [
        ("«نعم", [], ["«نعم"]),
        ('قال "نعم ثم مضى', [], ['"نعم ثم مضى']),
        ("نعم» ثم", [], []),
        ('نعم" ثم', [], []),
        ("«نعم» لا» ثم", ["«نعم»"], []),
        ('هو" قال "نعم"', ['"نعم"'], []),
        ('قال: "أول\nوقال: "ثان".', ['"ثان"'], ['"أول']),
        ('a "b\nc" d', [], ['"b']),
    ],
)
def test_a_stray_mark_spoils_no_more_than_its_paragraph(text: str, closed: list[str], opened: list[str]) -> None:
    assert (quotations(text), unclosed(text)) == (closed, opened)


def test_what_was_opened_inside_and_never_closed_ends_with_the_outer_quotation() -> None:
    text = "«قال “نعم ثم ذهب» وعاد"
    assert quotations(text) == ["«قال “نعم ثم ذهب»"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ذهب. عاد.", ["ذهب.", "عاد."]),
        ("هل ذهب؟ نعم!", ["هل ذهب؟", "نعم!"]),
        ("انتهى□ثم عاد", ["انتهى□", "ثم عاد"]),
        ("ذهب.عاد.", ["ذهب.", "عاد."]),
        ("بلغ 48.6 بالمئة. ثم هبط.", ["بلغ 48.6 بالمئة.", "ثم هبط."]),
        ("د. كريم قال.", ["د. كريم قال."]),
        ("أ. ب. كريم قال.", ["أ. ب. كريم قال."]),
        ("انتهى... ثم عاد", ["انتهى... ثم عاد"]),
        ("موقع example.com مغلق.", ["موقع example.com مغلق."]),
        ('قال: "نعم. لا. ربما". ثم ذهب.', ['قال: "نعم. لا. ربما".', "ثم ذهب."]),
        ('قال "نعم لا ربما هذا طويل." وأضاف شيئا.', ['قال "نعم لا ربما هذا طويل."', "وأضاف شيئا."]),
        ("عنوان بلا نقطة\nنص. نص", ["عنوان بلا نقطة", "نص.", "نص"]),
        ('قال: "نعم. ثم سكت. وعاد', ['قال: "نعم.', "ثم سكت.", "وعاد"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


_careless = st.text(alphabet="ابو .،:؟□\n()«»\"“”„'’‘1", max_size=60)


@given(_careless)
def test_pairs_are_mutual_and_stay_in_their_paragraph(text: str) -> None:
    words = tokenize(text)
    marks = find_marks(words)
    for first, last in words.paragraphs:
        for i in range(first, last):
            partner = marks.partner[i]
            assert partner == -1 or first <= partner <= last
            if 0 <= partner < i:
                assert marks.partner[partner] == i
            around = marks.within[i]
            assert around == -1 or around < i < marks.partner[around]


@given(_careless)
def test_sentences_cover_every_paragraph_once(text: str) -> None:
    words = tokenize(text)
    marks = find_marks(words)
    covered = [i for first, last in marks.sentences for i in range(first, last)]
    assert covered == [i for first, last in words.paragraphs for i in range(first, last)]
    for number, (first, last) in enumerate(marks.sentences):
        assert {marks.sentence_of[i] for i in range(first, last)} == {number}
