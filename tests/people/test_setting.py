"""Which state an article tells of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.people.looks import names_of
from qawl.people.setting import near, setting


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("الطرق مغلقة في النرويج\n\nقالت وزارة الداخلية إن الثلج كثيف.", "NO"),
        ("قال مسؤول نرويجي إن الجسر آمن، وعادت أوسلو إلى الهدوء، وزار وفد سويدي المدينة.", "NO"),
        ("وفد النرويج في السويد\n\nالتقى السويديون وفد النرويج.", None),
        ("الجسر آمن", None),
        ("الجسر\n\nأوسلو، النرويج (CNN) -- قال مسؤول سويدي إن السويد هادئة.", "SE"),
    ],
)
def test_setting(text: str, state: str | None) -> None:
    assert setting(text) == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("قال وفد النرويج إن الجسر آمن. وقالت الوزارة إن الثلج كثيف.", "NO"),
        ("قال وفد النرويج ووفد السويد إن الجسر آمن. وقالت الوزارة إن الثلج كثيف.", None),
        ("قال وفد النرويج إن الجسر آمن. وقالت الوزارة في ستوكهولم إن الثلج كثيف.", "SE"),
        ("وقالت الوزارة إن الثلج كثيف. والطرق مغلقة منذ يوم الأحد في النرويج.", None),
    ],
)
def test_the_state_near_a_place(text: str, state: str | None) -> None:
    start = text.index("الوزارة")
    assert near(text, [(start, start + len("الوزارة"))]) == state


def test_a_body_is_of_the_state_near_it_where_the_article_tells_of_several() -> None:
    text = "وفد النرويج في السويد\n\nالتقى السويديون وفد النرويج. وقالت وزارة الطرق في أوسلو إن الثلج كثيف."

    def called(text: str) -> str:
        at = text.index("وزارة الطرق")
        return names_of("organization", "وزارة الطرق", None, text, [(at, at + len("وزارة الطرق"))])[0]

    assert called(text) == "وزارة الطرق في النرويج"
    assert called(text.replace("في أوسلو ", "")) == "وزارة الطرق"
    assert called(text.replace("السويد", "النرويج")) == "وزارة الطرق"  # there the article as a whole tells


@given(st.text(max_size=100))
def test_total(text: str) -> None:
    setting(text)
