"""Counts that are kept for a while, because they take long to make and need not be of this moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Keeper:
    """Keeps numbers by name. While one is counted anew, whoever else asks gets the one before."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, int]] = {}
        self._counting = threading.Lock()

    def get(self, name: str, seconds: float, count: Callable[[], int]) -> int:
        """The number of that name, at most so old; else as it is counted now."""
        kept = self._kept.get(name)
        if kept is not None and time.monotonic() - kept[0] < seconds:
            return kept[1]
        if kept is not None and not self._counting.acquire(blocking=False):
            return kept[1]
        if kept is None:
            self._counting.acquire()
        try:
            if kept is None and (by_another := self._kept.get(name)) is not None:
                return by_another[1]
            number = count()
            self._kept[name] = time.monotonic(), number
            return number
        finally:
            self._counting.release()
