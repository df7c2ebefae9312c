"""Work that takes seconds is done for a few at a time, so that nobody takes the desk from the others with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from qawl.desk.visitors import RefusedError

_PATIENCE: Final = 20.0  # seconds that somebody waits for a turn
_AGAIN: Final = 10  # seconds after which those who were refused may try again


class Turns:
    """Turns at something. Each who waits holds one of the threads that answer requests, so that few may wait, too."""

    def __init__(self, together: int, waiting: int, patience: float = _PATIENCE) -> None:
        """At most so many have a turn at the same time, and so many others wait for one, for `patience` seconds."""
        self._turns = threading.BoundedSemaphore(together)
        self._places = threading.BoundedSemaphore(together + waiting)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn. Raises RefusedError (503) where too many wait already, or none comes in time."""
        busy = RefusedError(503, "refused-busy", after=_AGAIN)
        if not self._places.acquire(blocking=False):
            raise busy
        try:
            if not self._turns.acquire(timeout=self._patience):
                raise busy
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()
