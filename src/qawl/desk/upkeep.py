"""What follows from articles and judgements is brought up to date in the background, soon after a change."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine

_QUIET: Final = 2.0  # seconds without a further change after which the work begins
_LONGEST: Final = 30.0  # seconds after a change at which it begins although there are further ones
_KEYS: Final = 25  # that are resolved in one transaction, during which nobody else can write
_TURN: Final = 0.12  # seconds between two transactions: whoever waits to write looks at most 0.1 seconds apart
_TROUBLE: Final = 30.0  # seconds until it is tried again after an error

_log = logging.getLogger(__name__)


class _EndedError(Exception):
    """The desk is being stopped."""


class Upkeep:
    """A thread that works out who is who and which statements report one utterance, as far as it is not done yet.

    It begins with what an earlier process left undone, and works whenever `soon` was called. An error is logged and
    the work tried again. When it is stopped it ends before the next transaction: whoever comes later goes on there.
    """

    def __init__(self, engine: Engine, told: Callable[[float, bool], None] = lambda seconds, well: None) -> None:
        """`told` hears of each time the work was done: how long it took in seconds, and whether it went well."""
        self._engine, self._told = engine, told
        self._changed = threading.Condition()
        self._asked = 0  # how often the work was asked for
        self._done = 0  # how many of these are dealt with
        self._at = 0.0  # when the first and the last of the others were made
        self._last = 0.0
        self._ending = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, with a first look whether there is anything to do."""
        self.soon()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._thread.start()

    def soon(self) -> None:
        """Something has changed: do the work when nothing further has for a moment. Takes no time."""
        with self._changed:
            self._last = time.monotonic()
            if self._asked == self._done:
                self._at = self._last
            self._asked += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End, at the latest when the transaction is done that is under way."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until all is done that was asked for before; false where it takes longer than that."""
        with self._changed:
            asked = self._asked
            return self._changed.wait_for(lambda: self._done >= asked, seconds)

    def _run(self) -> None:
        while (asked := self._next()) is not None:
            began = time.monotonic()
            try:
                self._work()
            except _EndedError:
                return
            except Exception:
                # Whatever it is: the desk goes on, and so does this when the cause is gone.
                _log.exception("upkeep failed; it is tried again in %d seconds", _TROUBLE)
                self._told(time.monotonic() - began, False)
                with self._changed:
                    self._changed.wait_for(lambda: self._ending, _TROUBLE)
                continue
            self._told(time.monotonic() - began, True)
            with self._changed:
                self._done = asked
                self._at = self._last
                self._changed.notify_all()

    def _next(self) -> int | None:
        """Wait for work, and until nothing more comes; how much was asked for by then. None: it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._ending or self._asked > self._done)
            while not self._ending:
                now = time.monotonic()
                left = min(self._last + _QUIET, self._at + _LONGEST) - now
                if left <= 0:
                    return self._asked
                self._changed.wait(left)
        return None

    def _work(self) -> None:
        from qawl.compare import updating as comparing
        from qawl.people import updating as resolving

        def tell(stage: str, left: int) -> None:
            """Called before each transaction."""
            with self._changed:
                if self._changed.wait_for(lambda: self._ending, _TURN):
                    raise _EndedError

        resolving.bring_up_to_date(self._engine, tell, keys=_KEYS)
        comparing.bring_up_to_date(self._engine, tell)
