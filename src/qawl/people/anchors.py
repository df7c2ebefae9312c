"""What names an appearance in every record, and the public IDs of entities that follow from it.

An entity is called by its earliest appearance: `e-` and ten letters and digits. So it keeps its ID when others join it,
and an ID that was given once leads, by the appearance that it names, to whatever entity that belongs to later.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's 32, as in the IDs of statements
_BITS: Final = 50
_MISREAD: Final = str.maketrans("oil", "011")
_REF: Final = re.compile(f"e-([{_DIGITS}]{{10}})")


def anchor(*what: object) -> int:
    """A number of 50 bits that follows from what it is given."""
    digest = blake2b("\n".join(map(str, what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - _BITS)


def to_ref(anchor: int) -> str:
    """The public ID that an anchor comes to."""
    return "e-" + "".join(_DIGITS[anchor >> shift & 31] for shift in range(_BITS - 5, -1, -5))


def from_ref(written: str) -> int | None:
    """The anchor of a public ID as it may be written by hand (in capitals, with o for 0 and i or l for 1); None for
    what is none."""
    match = _REF.fullmatch(written.strip().lower().translate(_MISREAD))
    if match is None:
        return None
    number = 0
    for digit in match[1]:
        number = number << 5 | _DIGITS.index(digit)
    return number
