"""What took long to work out, kept while the record stays as it is."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

from sqlalchemy import Engine

from qawl.record.engine import snapshot
from qawl.record.state import state

T = TypeVar("T")

_MOST: Final = 64  # answers that are kept
_LONGEST: Final = 600.0  # seconds


class Memory:
    """Answers by what was asked. One that was worked out of another state of the record is forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Hashable, float, Any]] = OrderedDict()
        self._lock = Lock()

    def of(self, engine: Engine, asked: Hashable, work: Callable[[], T]) -> T:
        """The answer to what was asked, as it was worked out before or (by `work`) is worked out now.

        Whoever asks must not hold a connection: `work` may need one, and who waits for one with another in hand may
        wait for ever.
        """
        with snapshot(engine) as connection:
            now = state(connection)
        with self._lock:
            if (kept := self._kept.get(asked)) and kept[0] == now and time.monotonic() - kept[1] < _LONGEST:
                self._kept.move_to_end(asked)
                answer: T = kept[2]
                return answer
        answer = work()
        with self._lock:
            self._kept[asked] = (now, time.monotonic(), answer)
            self._kept.move_to_end(asked)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return answer
