"""The text as the steps of the reading see it."""

import pytest

from qawl.reading.text import Text, best_reading


def at(text: Text, word: str) -> int:
    """The first token with this text (a leading و or ف left aside)."""
    return next(i for i, form in enumerate(text.forms) if word in (form.text, form.text[len(form.conj) :]))


def upto(text: Text, word: str) -> str:
    """What stands between a word and its limit."""
    i = at(text, word)
    return text.words.slice(i, text.limit(i))


def since(text: Text, word: str) -> str:
    """What stands between a word's start and itself."""
    i = at(text, word)
    return text.words.slice(text.start(i), i)


def test_a_clause_is_bounded_by_its_sentence() -> None:
    text = Text("وصل القطار. قال الحارس إن الباب مغلق. ثم عاد.")
    assert upto(text, "قال") == "قال الحارس إن الباب مغلق."
    assert since(text, "إن") == "قال الحارس"


def test_a_clause_inside_marks_is_bounded_by_them() -> None:
    text = Text("قال الحارس: «وصل القطار. أعتقد أن الباب مغلق. عودوا» ثم مضى.")
    assert upto(text, "أعتقد") == "أعتقد أن الباب مغلق. عودوا"
    assert since(text, "أن") == "أعتقد"


def test_paragraphs_end_at_line_breaks() -> None:
    text = Text("أول سطر\nثاني سطر")
    assert text.words.slice(at(text, "أول"), text.paragraph_end(at(text, "أول"))) == "أول سطر"
    assert text.words.slice(at(text, "ثاني"), text.paragraph_end(at(text, "ثاني"))) == "ثاني سطر"


@pytest.mark.parametrize(
    ("source", "headline"),
    [
        ("افتتاح المتحف غدا\n\nقال المدير إن الباب مفتوح.", "افتتاح المتحف غدا"),
        ("قال المدير إن الباب مفتوح.\nوغادر.", ""),
        ("قال المدير إن الباب مفتوح", ""),
        ("كلمة " * 40 + "\n\nنص.", ""),
        ("", ""),
    ],
)
def test_the_headline_is_a_short_first_paragraph_without_a_stop(source: str, headline: str) -> None:
    text = Text(source)
    assert text.words.slice(0, text.headline_end) == headline


@pytest.mark.parametrize(
    ("source", "word", "length"),
    [
        ("ارتفعت الأسعار بحسب التاجر", "بحسب", 1),
        ("وفقا للتاجر ارتفعت الأسعار", "وفقا", 1),
        ("ارتفعت الأسعار على حد قول التاجر", "على", 3),
        ("ارتفعت الأسعار نقلا عن التاجر", "نقلا", 2),
        ("ارتفعت الأسعار على السلع", "على", 0),
    ],
)
def test_fixed_source_phrases(source: str, word: str, length: int) -> None:
    text = Text(source)
    assert text.phrase_at(at(text, word)) == length


def test_a_hedge_is_no_source_phrase() -> None:
    text = Text("الباب مفتوح على حد تعبيره")
    i = at(text, "على")
    assert i in text.hedges
    assert text.phrase_at(i) == 0


def test_skipping() -> None:
    text = Text("مدير «النخيل» (جنوب) هنا ( بلا نهاية")
    quotation = at(text, "«")
    assert text.forms[text.skip_quotation(quotation, len(text.forms))].text == "("
    bracket = text.skip_quotation(quotation, len(text.forms))
    assert text.forms[text.skip_brackets(bracket, len(text.forms))].text == "هنا"
    last = at(text, "هنا") + 1
    assert text.skip_brackets(last, len(text.forms)) == last + 1
    assert text.skip_quotation(quotation, quotation + 1) == quotation + 1


@pytest.mark.parametrize(
    ("source", "word", "adverbial"),
    [
        ("قال إن الباب مفتوح، مؤكدا أن المفتاح معه", "مؤكدا", True),
        ("قالت إن الباب مفتوح، مشيرة إلى المفتاح", "مشيرة", True),
        ("قالت إن الباب مفتوح ومشيرة إلى المفتاح", "مشيرة", True),
        ("أنهت المصادر حديثها، مؤكدة أن المفتاح ضاع", "مؤكدة", True),
        ("هذا أمر مؤكد", "مؤكد", False),
        ("عاد المؤكد أن الباب مفتوح", "المؤكد", False),
        ("وصل القطار متأخرا", "متأخرا", False),
    ],
)
def test_participles_of_circumstance(source: str, word: str, adverbial: bool) -> None:
    text = Text(source)
    assert text.is_adverbial_participle(at(text, word)) is adverbial


@pytest.mark.parametrize(
    ("source", "word", "lemma", "part"),
    [
        ("قال المدير إن الباب مفتوح", "قال", "قَالَ", "past"),
        ("يقول المدير إن الباب مفتوح", "يقول", "قَالَ", "present"),
        ("رد المدير بالقول إن الباب مفتوح", "بالقول", "قَالَ", "masdar"),
        ("قال إن الباب مفتوح، مؤكدا أن المفتاح معه", "مؤكدا", "أَكَّدَ", "participle"),
        ("في بيان للمدير أن الباب مفتوح", "بيان", "بَيَان", "noun"),
    ],
)
def test_the_likeliest_reading(source: str, word: str, lemma: str, part: str) -> None:
    text = Text(source)
    reading = best_reading(text, at(text, word))
    assert reading is not None
    assert (reading.form.lemma.lemma, reading.form.part) == (lemma, part)


def test_a_first_person_is_likelier_inside_marks() -> None:
    inside = best_reading(Text("قال: «أؤكد أن الباب مفتوح»"), 3)
    assert inside is not None
    assert inside.form.person == 1


def test_other_words_have_no_reading() -> None:
    text = Text("وصل القطار إلى المحطة")
    assert [best_reading(text, i) for i in range(len(text.forms))] == [None] * 4


def test_an_empty_text() -> None:
    text = Text("")
    assert text.headline_end == 0
    assert len(text.forms) == 0
