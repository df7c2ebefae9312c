"""What browsers and programs show to be let in: chance alone, of which the record keeps the digest."""

from __future__ import annotations

import hashlib
import secrets

#: With what every token of a program begins, so that one that got into the wrong place is recognised.
PREFIX = "qawl_"


def new_key() -> str:
    """256 bits of chance, in 43 letters, digits, - and _."""
    return secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """Its SHA-256, in hexadecimal digits. No salt and no effort: nobody guesses 256 bits."""
    return hashlib.sha256(key.encode()).hexdigest()
