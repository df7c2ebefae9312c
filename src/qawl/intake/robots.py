"""robots.txt: asked once a day for each host, and obeyed (RFC 9309)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from qawl.intake.errors import InputError
from qawl.intake.web import AGENT, Web, WebError

_KEPT = 86_400.0  # seconds
_KEPT_MISSING = 600.0  # seconds for which a file that could not be had is not asked for again
_LARGEST = 500 << 10  # bytes that are read of one
_SLOWEST = 60.0  # seconds: no Crawl-delay beyond this is kept to
_MOST = 10_000  # hosts that are remembered


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one host, None where nothing may be fetched for want of them; and until when they hold."""

    rules: Protego | None
    until: float
    reason: str = ""


class Robots:
    """Says whether a page may be fetched. `check` is for `Web.get(before=…)`."""

    def __init__(self, web: Web, clock: Callable[[], float] = time.monotonic) -> None:
        self._web = web
        self._clock = clock
        self._rules: dict[str, _Rules] = {}

    def check(self, url: str) -> float | None:
        """The pace that the host asks for, in seconds. Raises InputError where it does not want the page fetched,
        WebError where nobody knows for now."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        found = self._rules.get(host)
        if found is None or found.until < self._clock():
            if len(self._rules) >= _MOST:
                self._rules.clear()
            found = self._rules[host] = self._read(host)
        if found.rules is None:
            raise WebError(f"{host}/robots.txt cannot be had ({found.reason}), so nothing is fetched there for now")
        if not found.rules.can_fetch(url, AGENT):
            raise InputError("robots.txt does not allow it")
        delay = found.rules.crawl_delay(AGENT)
        return min(float(delay), _SLOWEST) if delay else None

    def _read(self, host: str) -> _Rules:
        try:
            text = self._web.get(f"{host}/robots.txt", cut=_LARGEST).body.decode("utf-8", "replace")
        except WebError as error:
            # A host without the file forbids nothing; one that is in trouble is left alone.
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                text = ""
            else:
                return _Rules(None, self._clock() + _KEPT_MISSING, str(error))
        except InputError as error:
            return _Rules(None, self._clock() + _KEPT_MISSING, str(error))
        return _Rules(Protego.parse(text), self._clock() + _KEPT)
