"""What took long to work out, kept while the record stays as it is."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine

from qawl.record.engine import snapshot
from qawl.record.state import state

T = TypeVar("T")

_MOST: Final = 400  # answers that are kept, of some tens of kilobytes each
_LONGEST: Final = 600.0  # seconds


class Memory:
    """Answers by what was asked. One that was worked out of another state of the record is forgotten. While one is
    worked out, whoever asks the same waits for it, and nobody else does."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Hashable, float, Any]] = OrderedDict()
        self._working: dict[Hashable, tuple[Lock, list[None]]] = {}
        self._lock = Lock()

    def of(self, engine: Engine, asked: Hashable, work: Callable[[], T]) -> T:
        """The answer to what was asked, as it was worked out before or (by `work`) is worked out now.

        Whoever asks must not hold a connection: `work` may need one, and who waits for one with another in hand may
        wait for ever.
        """
        with snapshot(engine) as connection:
            now = state(connection)
        return self._answer(asked, now, work)

    def at(self, connection: Connection, asked: Hashable, work: Callable[[], T]) -> T:
        """The same for who holds a connection: `work` asks that one, and needs no other."""
        return self._answer(asked, state(connection), work)

    def _answer(self, asked: Hashable, now: Hashable, work: Callable[[], T]) -> T:
        if (kept := self._recall(asked, now)) is not None:
            return kept[0]  # type: ignore[no-any-return]
        with self._alone(asked):
            if (kept := self._recall(asked, now)) is not None:
                return kept[0]  # type: ignore[no-any-return]
            answer = work()
            with self._lock:
                self._kept[asked] = (now, time.monotonic(), answer)
                self._kept.move_to_end(asked)
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
            return answer

    def _recall(self, asked: Hashable, now: Hashable) -> tuple[Any] | None:
        with self._lock:
            kept = self._kept.get(asked)
            if kept is None or kept[0] != now or time.monotonic() - kept[1] >= _LONGEST:
                return None
            self._kept.move_to_end(asked)
            return (kept[2],)

    @contextmanager
    def _alone(self, asked: Hashable) -> Iterator[None]:
        """One at a time of those who ask the same."""
        with self._lock:
            lock, waiting = self._working.setdefault(asked, (Lock(), []))
            waiting.append(None)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                waiting.pop()
                if not waiting:
                    self._working.pop(asked, None)
