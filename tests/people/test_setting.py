"""Which state an article tells of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.people.setting import setting


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


@given(st.text(max_size=100))
def test_total(text: str) -> None:
    setting(text)
