"""The table of ordinary words: what is in it is folded, and tells nouns from names."""

from qawl.arabic.letters import fold
from qawl.lexicon import ordinary


def test_all_words_are_folded() -> None:
    table = ordinary.load()
    for words in (table.nouns, table.verbs, table.adjectives):
        assert words
        assert all(fold(word) == word for word in words)


def test_nouns_are_told_from_names() -> None:
    nouns = ordinary.load().nouns
    assert {"مدرسه", "هجوم", "انتخابات"} <= nouns
    assert not {"فلاديمير", "ايمانويل", "اردوغان"} & nouns


def test_adjectives_and_verbs() -> None:
    table = ordinary.load()
    assert {"رسمي", "دوليه"} <= table.adjectives
    assert "اصلاح" not in table.adjectives
    assert {"يوفر", "تسمح"} <= table.verbs
