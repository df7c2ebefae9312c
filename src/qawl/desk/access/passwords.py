"""Passwords: kept as Argon2 hashes, checked in the same time whether there is an account or not."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10  # characters
LONGEST: Final = 1000

_hasher: Final = PasswordHasher()
#: Each takes 64 MB for a moment; whoever asks much must not take all the memory.
_few: Final = threading.BoundedSemaphore(4)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _few:
        return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Is it the password of which this is kept? Without anything kept it never is, and takes as long to say so."""
    with _few:
        try:
            return _hasher.verify(kept or _nobodys(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Was it hashed with less effort than is usual today?"""
    return _hasher.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("nobody's")
