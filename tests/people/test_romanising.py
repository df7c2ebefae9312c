"""Names in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.people.romanising import romanise


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("جون ميلر", "John Miller"),
        ("خالد بن أحمد آل خليفة", "Khalid bin Ahmed Al Khalifa"),
        ("أبو بكر الحداد", "Abu Bakr al-Haddad"),
        ("السيد جون ميلر", "John Miller"),
        ("جون قرنفلوف", None),
        ("", None),
    ],
)
def test_romanise(name: str, latin: str | None) -> None:
    assert romanise(name) == latin


@given(st.text(max_size=60))
def test_total(text: str) -> None:
    romanise(text)
