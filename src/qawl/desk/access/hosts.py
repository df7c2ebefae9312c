"""Under which names the desk may be asked for.

A page of another site can have its own name lead to this machine (DNS rebinding), and would then be one of ours to the
browser; but the browser still says by which name it came.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


def is_known(host: str, known: Collection[str]) -> bool:
    """Is the Host header of a request one of these names, with whatever port? With no names any will do."""
    return not known or without_port(host).lower() in known


def without_port(host: str) -> str:
    """The name or address in a Host header."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
