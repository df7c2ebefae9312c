"""Alerts in the background of a desk: every few minutes, and soon after something was added."""

from __future__ import annotations

import logging
import threading
from typing import Final

from sqlalchemy import Engine

from qawl.desk.alerts.sending import Means, send_due

#: Seconds between two rounds in which nothing was said to have changed.
EVERY: Final = 300.0

_log = logging.getLogger(__name__)


class Service:
    """A thread that sends the alerts. When it is stopped it ends after the message that is under way."""

    def __init__(self, engine: Engine, means: Means, every: float = EVERY) -> None:
        self._engine, self._means, self._every = engine, means, every
        self._wake = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with a first round."""
        self._thread = threading.Thread(target=self._run, name="alerts", daemon=True)
        self._thread.start()

    def soon(self) -> None:
        """Something may have changed: do not wait for the next round. Takes no time."""
        self._wake.set()

    def stop(self) -> None:
        """End."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._wake.clear()
            if self._ending:  # looked at after that: who ends it wakes it last
                return
            try:
                send_due(self._engine, self._means, goes_on=lambda: not self._ending)
            except Exception:
                # The database is out of reach, for one: the desk goes on, and so does this.
                _log.exception("alerts failed; they are tried again in %d seconds", self._every)
            self._wake.wait(self._every)
