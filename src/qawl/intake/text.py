"""Plain text: from bytes to the exact text that all offsets count, with nothing stripped or normalised."""

from __future__ import annotations

import codecs

from qawl.intake.errors import InputError

_UTF16_OR_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 8192  # bytes in which a NUL marks a file as binary; enough for every common format


def decode_text(data: bytes, encoding: str = "utf-8") -> str:
    """Decode a text file. A byte order mark stays in the text (it counts as a code point), as do all line ends.

    Raises InputError for no bytes, for binary data, and for bytes that are not of `encoding` (naming the first).
    """
    if not data:
        raise InputError("empty file")
    utf8 = codecs.lookup(encoding).name == "utf-8"
    if utf8 and data.startswith(_UTF16_OR_32):
        raise InputError("not UTF-8: byte 0 begins a UTF-16 or UTF-32 byte order mark (try --encoding utf-16)")
    nul = data.find(b"\0", 0, _HEAD)
    if utf8 and nul >= 0:
        raise InputError(f"binary file (a NUL at byte {nul})")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        bad = data[error.start]
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if utf8 else encoding
        raise InputError(f"not {name}: byte {error.start} (0x{bad:02x}, line {line}) cannot be decoded") from None
