"""The form of a content: quoted as a whole, in part, not at all."""

import pytest

from qawl.reading.draft import Tokens
from qawl.reading.form import form_of, form_of_slices
from qawl.reading.text import Text


def whole(text: Text, after: str) -> list[Tokens]:
    """The tokens after the first token with this text, to the end of its paragraph."""
    first = next(i for i, f in enumerate(text.forms) if f.text == after) + 1
    last = next(end for start, end in text.words.paragraphs if start <= first < end)
    return [(first, last)]


@pytest.mark.parametrize(
    ("source", "after", "form"),
    [
        ("قال الحارس إن الباب مغلق", "إن", "indirect"),
        ("قال الحارس إن الباب «مغلق»", "إن", "mixed"),
        ("قال الحارس: «الباب مغلق».", ":", "direct"),
        ("قال الحارس: “الباب مغلق”", ":", "direct"),
        ('ندد بـ"الظلم"', "ندد", "direct"),
        ('قال الحارس: "الباب مغلق" و"المفتاح ضاع"', ":", "direct"),
        ('قال الحارس: "الباب مغلق', ":", "direct"),
        ('قال الحارس إن الباب "مغلق', "إن", "mixed"),
        ("قال الحارس إن رحلة «نسيم» ألغيت", "إن", "mixed"),
    ],
)
def test_form(source: str, after: str, form: str) -> None:
    text = Text(source)
    assert form_of(text.words, whole(text, after), text.marks) == form


def test_an_unclosed_mark_covers_its_own_paragraph_only() -> None:
    text = Text('قال: "الباب مغلق\nوالمفتاح ضاع')
    pieces = [(2, 5), (6, 8)]
    assert [text.words.slice(*piece) for piece in pieces] == ['"الباب مغلق', "والمفتاح ضاع"]
    assert form_of(text.words, pieces, text.marks) == "mixed"


def test_words_inside_somebodys_quotation_are_direct() -> None:
    text = Text('قال: "نؤكد أن الباب مغلق"')
    at = next(i for i, f in enumerate(text.forms) if f.text == "أن") + 1
    assert form_of(text.words, [(at, at + 2)], text.marks) == "direct"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("الباب مغلق", "direct"),
        ("الحارس نام", "indirect"),
        ("الحارس نام، و«الباب مغلق", "mixed"),
        ("لباب مغ", "direct"),  # a part of a word counts as the word
    ],
)
def test_form_of_slices_of_a_text(words: str, form: str) -> None:
    source = "قال المدير إن الحارس نام، و«الباب مغلق» منذ أمس."
    start = source.index(words)
    assert form_of_slices(source, [(start, start + len(words))]) == form
