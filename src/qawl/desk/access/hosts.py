"""Under which names the desk may be asked for.

A page of another site can have its own name lead to this machine (DNS rebinding), and would then be one of ours to the
browser; but the browser still says by which name it came.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from ipaddress import ip_address
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


def is_loopback(address: str) -> bool:
    """Does whoever listens there hear this machine alone?"""
    if address == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def known_names(address: str, names: Sequence[str], *, accounts: bool) -> tuple[str, ...]:
    """Under which names a desk that listens at this address may be asked for, with the names that are given; none: any.

    Only a desk with accounts that others reach may be asked for under any: there a foreign page finds nobody signed in.
    """
    given = tuple(name.lower() for name in names)
    if is_loopback(address) or given:
        return (*LOOPBACK, *given)
    return () if accounts else (*LOOPBACK, f"[{address}]" if ":" in address else address)
