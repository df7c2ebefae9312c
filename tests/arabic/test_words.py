"""Tokens are slices; clitics come off, first letters that belong to the word stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.letters import fold
from qawl.arabic.words import Form, form_of, tokenize
from qawl.lexicon.classes import WordClass


def kinds(text: str) -> list[tuple[str, str]]:
    words = tokenize(text)
    return [(text[a:b], f.kind) for a, b, f in zip(words.starts, words.ends, words.forms, strict=True)]


def lemmas(form: Form) -> set[str]:
    return {fold(reading.form.lemma.lemma) for reading in form.cues}


@pytest.mark.parametrize(
    ("word", "conj", "core"),
    [
        ("وقال", "و", "قال"),
        ("فقالت", "ف", "قالت"),
        ("ووزير", "و", "وزير"),
        ("وواشنطن", "و", "واشنطن"),
        ("والوزير", "و", "الوزير"),
        ("فالوزير", "ف", "الوزير"),
        ("وللوزارة", "و", "للوزاره"),
        ("وسيعلن", "و", "سيعلن"),
        ("فسيقول", "ف", "سيقول"),
        ("وحكومته", "و", "حكومته"),
        ("وأكدته", "و", "اكدته"),
        ("وإن", "و", "ان"),
        ("ولكن", "و", "لكن"),
        ("وَقَالَ", "و", "قال"),
    ],
)
def test_a_conjunction_comes_off(word: str, conj: str, core: str) -> None:
    form = form_of(word)
    assert (form.conj, form.core) == (conj, core)


@pytest.mark.parametrize(
    "word",
    "وزير واشنطن وفد وليد وسط ولي وصفها وعد وقف وكالة وكالات وائل وسيم فلسطين فهد فيصل فادي فرنسا فيما فشل فور".split(),
)
def test_a_first_letter_that_belongs_to_the_word_stays(word: str) -> None:
    form = form_of(word)
    assert (form.conj, form.prep) == ("", "")
    assert form.core == fold(word)


@pytest.mark.parametrize(
    "word",
    "بغداد لبنان كوريا ليبيا لندن باريس برلين كندا بيروت بلجيكا لجنة كشف كتب بيان كريم بشار بعد بين".split(),
)
def test_no_preposition_in_a_word_that_begins_like_one(word: str) -> None:
    assert form_of(word).prep == ""


@pytest.mark.parametrize(
    ("word", "prep", "article", "stem"),
    [
        ("للوزارة", "ل", True, "وزاره"),
        ("بالقول", "ب", True, "قول"),
        ("كالعادة", "ك", True, "عاده"),
        ("بالوزير", "ب", True, "وزير"),
        ("للمطالبة", "ل", True, "مطالبه"),
        ("بوصف", "ب", False, "وصف"),
        ("لمواجهة", "ل", False, "مواجهه"),
        ("بقوة", "ب", False, "قوه"),
        ("الحكومه", "", True, "حكومه"),
        ("المؤكد", "", True, "موكد"),
    ],
)
def test_prepositions_and_articles(word: str, prep: str, article: bool, stem: str) -> None:
    form = form_of(word)
    assert (form.prep, form.article, form.stem) == (prep, article, stem)


@pytest.mark.parametrize(
    ("word", "lemma", "part", "prefix", "suffix"),
    [
        ("قال", "قال", "past", "", ""),
        ("وقال", "قال", "past", "", ""),
        ("سيعلن", "اعلن", "present", "س", ""),
        ("ليؤكد", "اكد", "present", "ل", ""),
        ("وصفها", "وصف", "past", "", "ها"),
        ("وأكدته", "اكد", "past", "", "ه"),
        ("نفاه", "نفي", "past", "", "ه"),
        ("ذكرته", "ذكر", "past", "", "ه"),
        ("قالوا", "قال", "past", "", ""),
        ("بالقول", "قال", "masdar", "بال", ""),
        ("للمطالبة", "طالب", "masdar", "لل", ""),
        ("تصريحاته", "صرح", "masdar", "", "ه"),
        ("بوصف", "وصف", "masdar", "ب", ""),
        ("اكد", "اكد", "past", "", ""),
        ("أَكَّدَ", "اكد", "past", "", ""),
        ("مؤكدًا", "اكد", "participle", "", ""),
        ("مؤكداً", "اكد", "participle", "", ""),
        ("ومشيرة", "اشار", "participle", "", ""),
    ],
)
def test_readings_as_a_reporting_word(word: str, lemma: str, part: str, prefix: str, suffix: str) -> None:
    found = {(fold(r.form.lemma.lemma), r.form.part, r.prefix, r.suffix) for r in form_of(word).cues}
    assert (lemma, part, prefix, suffix) in found


@pytest.mark.parametrize("word", "لندن أنه بأنه سالم حكومته لقائه المدرسة واشنطن هنا".split())
def test_words_that_report_nothing(word: str) -> None:
    assert form_of(word).cues == ()


def test_spelling_without_hamza_and_with_vowels_is_one_word() -> None:
    spellings = tokenize("أكد اكد أَكَّدَ أكــد \u200fأكد\u200e ﺃﻛﺪ").forms
    assert {form.key for form in spellings} == {"اكد"}
    assert lemmas(form_of("اكد")) == lemmas(form_of("أَكَّدَ"))


def test_complementizers_with_pronouns_keep_their_class() -> None:
    for word in ("أن", "ان", "بأن", "أنه", "أنها", "بأنهم"):
        assert form_of(word).classes & WordClass.AN.value, word
    assert form_of("إن").classes & WordClass.IN.value
    assert form_of("فإن").classes & WordClass.IN.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال:«نعم»", [("قال", "word"), (":", "punct"), ("«", "punct"), ("نعم", "word"), ("»", "punct")]),
        ("48.6%", [("48", "number"), (".", "punct"), ("6", "number"), ("%", "punct")]),
        ("٤٨٫٦", [("٤٨", "number"), ("٫", "punct"), ("٦", "number")]),
        ("#خبر_عاجل", [("#", "punct"), ("خبر_عاجل", "word")]),
        ("😀نعم", [("😀", "punct"), ("نعم", "word")]),
        ('بـ"نعم"', [("بـ", "word"), ('"', "punct"), ("نعم", "word"), ('"', "punct")]),
        ("COVID-19", [("COVID", "word"), ("-", "punct"), ("19", "number")]),
        ("د.كريم", [("د", "word"), (".", "punct"), ("كريم", "word")]),
        ("نعم\nلا", [("نعم", "word"), ("\n", "newline"), ("لا", "word")]),
        ("ﻣﺮﺣﺒﺎ گفت", [("ﻣﺮﺣﺒﺎ", "word"), ("گفت", "word")]),
        ("ـ", [("ـ", "punct")]),
        ("你好 мир", [("你好", "word"), ("мир", "word")]),
        ("", []),
        (" \t ", []),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_marks_within_and_after_a_word_belong_to_it() -> None:
    assert kinds("كورونا\u200cفيروس") == [("كورونا\u200cفيروس", "word")]
    assert [token for token, _ in kinds("قَالَ نَعَم")] == ["قَالَ", "نَعَم"]


def test_paragraphs_are_between_line_breaks() -> None:
    words = tokenize("أول\nثان كلمة\n\n\nثالث\r\nرابع")
    assert [words.slice(*p) for p in words.paragraphs] == ["أول", "ثان كلمة", "ثالث", "رابع"]


@given(st.text(alphabet=st.one_of(st.sampled_from("وقال«»\"'ـ 1٣_#\n\u064b\u200f.أ"), st.characters()), max_size=80))
def test_tokens_are_slices_in_order_and_lose_no_letter(text: str) -> None:
    words = tokenize(text)
    end = 0
    for start, stop, form in zip(words.starts, words.ends, words.forms, strict=True):
        assert end <= start < stop
        assert form.kind == "newline" or text[start:stop] == form.text
        assert not any(c.isalnum() for c in text[end:start])
        end = stop
    assert not any(c.isalnum() for c in text[end:])
    for first, last in words.paragraphs:
        assert all(words.forms[i].kind != "newline" for i in range(first, last))


@given(st.text(min_size=1, max_size=60))
def test_every_string_has_a_form(token: str) -> None:
    form = form_of(token)
    assert form.conj in ("", "و", "ف")
    assert form.prep in ("", "ب", "ل", "ك")
    assert form.core == form.key[len(form.conj) :]
