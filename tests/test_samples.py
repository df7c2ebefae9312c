"""The samples: six, of three outlets, and rich enough to show what the reader does."""

from datetime import date

from qawl import samples
from qawl.reading.reader import read


def test_six_articles_of_three_outlets() -> None:
    articles = samples.load()
    assert len(articles) == len({a.id for a in articles}) == 6
    assert len({a.outlet for a in articles}) == 3
    for article in articles:
        assert isinstance(article.published, date)
        assert article.headline is not None
        headline = article.text[slice(*article.headline)]
        assert headline
        assert "\n" not in headline
        assert 140 <= len(article.text.split()) <= 260


def test_they_differ_as_outlets_do() -> None:
    texts = [a.text for a in samples.load()]
    assert sum("أ" not in text and "إ" not in text for text in texts) == 1
    assert sum(len(text.split("\n\n")) == 2 for text in texts) == 1
    for mark in '«»“”"':
        assert any(mark in text for text in texts)


def test_each_has_statements_of_several_speakers() -> None:
    for article in samples.load():
        reading = read(article)
        assert len(reading.statements) >= 8, article.id
        assert len(reading.speakers) >= 3, article.id


def test_some_are_nested() -> None:
    assert any(s.parent is not None for article in samples.load() for s in read(article).statements)
