"""Articles go to JSON and back."""

import json
from datetime import UTC, date, datetime

import pytest

from qawl.article import Article


@pytest.mark.parametrize(
    "article",
    [
        Article("نص"),
        Article("عنوان\n\nنص", "7", "الضفة", "https://example.org/7", date(2024, 3, 5), (0, 5)),
        Article("نص", authors=("سالم الغامري", "هدى الصيرفي"), canonical_url="https://example.org/7"),
        Article("نص", published=datetime(2024, 3, 5, 10, 30, tzinfo=UTC)),
        Article("نص", published=datetime(2024, 3, 5, 10, 30)),
    ],
)
def test_round_trip(article: Article) -> None:
    assert Article.from_json(json.loads(json.dumps(article.to_json()))) == article


def test_only_the_text_is_needed() -> None:
    assert Article.from_json({"text": "نص"}) == Article("نص")
    with pytest.raises(KeyError):
        Article.from_json({"id": "7"})
    with pytest.raises(ValueError, match="isoformat"):
        Article.from_json({"text": "نص", "published": "yesterday"})


def test_articles_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Article("نص").text = "آخر"  # type: ignore[misc]
