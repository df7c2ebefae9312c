"""Bytes to text: nothing stripped, and the place of what is wrong."""

import pytest

from qawl.intake.errors import InputError
from qawl.intake.text import decode_text


@pytest.mark.parametrize("text", ["قال", "\ufeffقال\r\nنعم\r", "  a\u2028ب \n\n", "\u200fقَالَ"])
def test_nothing_is_changed(text: str) -> None:
    assert decode_text(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"ab\n\xd9", r"not UTF-8: byte 3 \(0xd9, line 2\)"),
        ("قال".encode("cp1256"), r"byte 0 \(0xde, line 1\)"),
        ("قال".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\x00", "NUL at byte 4"),
    ],
)
def test_faults_have_a_place(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode_text(data)


def test_other_encodings() -> None:
    assert decode_text("قال".encode("cp1256"), "windows-1256") == "قال"
    assert decode_text("قال".encode("utf-16"), "utf-16") == "قال"
    with pytest.raises(InputError, match="not ascii: byte 0"):
        decode_text("قال".encode(), "ascii")
