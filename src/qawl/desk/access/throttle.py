"""Who tries passwords is soon made to wait: by the name that is tried from an address, and by the address.

All tries of one name are counted as well, far more generously, against many addresses at once. That bound does not hold
where the right password of the name was given before, so that strangers keep nobody out who sits elsewhere.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from ipaddress import IPv6Network, ip_address
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_PAIR: Final[RateLimitItem] = RateLimitItemPerMinute(10, 5)  # tries in five minutes
_ADDRESS: Final[RateLimitItem] = RateLimitItemPerMinute(50, 5)
_NAME: Final[RateLimitItem] = RateLimitItemPerMinute(200, 60)
_KNOWN: Final = 10_000  # names with an address from which they signed in, those of late


class Throttle:
    """Counts tries of this process. Names are counted whether there is such an account or not."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def wait(self, name: str, address: str) -> int:
        """Count a try. Zero if it may be made, else the seconds until the next one."""
        pair = (_named(name), _network(address))
        kept = [(_ADDRESS, ("address", pair[1])), (_PAIR, ("pair", *pair))]
        if pair not in self._known:
            kept.append((_NAME, ("name", pair[0])))
        for item, key in kept:
            # What is refused by one count is not a try for the next: a stranger who goes on does not fill it.
            if not self._limiter.hit(item, *key):
                return max(1, round(self._limiter.get_window_stats(item, *key).reset_time - time.time()))
        return 0

    def forget(self, name: str, address: str) -> None:
        """The right password was given: what was tried before from there counts no more."""
        pair = (_named(name), _network(address))
        self._limiter.clear(_PAIR, "pair", *pair)
        self._known[pair] = None
        self._known.move_to_end(pair)
        while len(self._known) > _KNOWN:
            self._known.popitem(last=False)


def _named(name: str) -> str:
    return " ".join(name.casefold().split())[:100]


def _network(address: str) -> str:
    """Of IPv6 the 64 bits that one subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Network((int(found) >> 64 << 64, 64))) if found.version == 6 else address
