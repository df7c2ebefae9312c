"""Who tries passwords is soon made to wait: by the name that is tried, and by the address from which it is."""

from __future__ import annotations

import time
from ipaddress import IPv6Network, ip_address
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_NAME: Final[RateLimitItem] = RateLimitItemPerMinute(10, 5)  # tries in five minutes
_ADDRESS: Final[RateLimitItem] = RateLimitItemPerMinute(50, 5)


class Throttle:
    """Counts tries of this process. Names are counted whether there is such an account or not."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, name: str, address: str) -> int:
        """Count a try. Zero if it may be made, else the seconds until the next one."""
        kept = ((_ADDRESS, ("address", _network(address))), (_NAME, ("name", _named(name))))
        left = [(item, key) for item, key in kept if not self._limiter.hit(item, *key)]
        ends = [self._limiter.get_window_stats(item, *key).reset_time for item, key in left]
        return max(1, round(max(ends) - time.time())) if ends else 0

    def forget(self, name: str) -> None:
        """The right password was given: what was tried before counts no more."""
        self._limiter.clear(_NAME, "name", _named(name))


def _named(name: str) -> str:
    return " ".join(name.casefold().split())[:100]


def _network(address: str) -> str:
    """Of IPv6 the 64 bits that one subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Network((int(found) >> 64 << 64, 64))) if found.version == 6 else address
