"""Whose words an article is made of."""

from __future__ import annotations

import pytest

from qawl.pages.shares import shares
from qawl.reading.reader import read


def test_what_one_says_that_another_said_is_the_others() -> None:
    text = "قال الوزير سالم الغامري إن رئيسة البلدية هند الراسي أكدت أن السد الكبير امتلأ كله."
    reading = read(text)
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    found = {
        names.get(id or "", ""): share * len(text.split()) for id, share in shares(text, reading.statements).items()
    }
    assert found["هند الراسي"] == pytest.approx(4)
    assert sum(found.values()) == pytest.approx(len(text.split()))


def test_without_statements_all_is_the_outlets() -> None:
    assert shares("", ()) == {None: 1.0}
    assert shares("لا أحد يتكلم هنا", ()) == {None: 1.0}
