"""To which network addresses intake may connect, and a connection that goes to the very address that was checked.

A name is resolved once for each connection, its addresses are checked, and the connection is made to one of those, so
that a name that resolves to something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

from qawl.intake.errors import ForbiddenError, InputError, UnreachableError
from qawl.intake.options import WebLimits

Address = IPv4Address | IPv6Address

_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_TRIES = 4  # addresses of one name that are tried
_LOWEST = 0.001  # seconds: a timeout of nothing would mean no timeout


def is_public(address: Address) -> bool:
    """Is this an address of the open internet? Not: private, loopback, link-local, multicast, unspecified, reserved;
    nor an IPv6 address that carries such an IPv4 address in it (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
    within = _carried(address)
    if within is not None:
        return is_public(within)
    return address in _GLOBAL_V6 and address.is_global


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which an IPv6 address leads in the end; None for one that is itself."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def is_allowed(address: Address, limits: WebLimits) -> bool:
    """May intake connect to this address?"""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in network for network in limits.allow_networks):
        return True
    if limits.allow_private:
        # Link-local ones are of this very cable, and where machines are rented they give away their keys
        # (169.254.169.254): whoever means one names its network.
        return not (address.is_multicast or address.is_unspecified or address.is_link_local)
    return is_public(address)


def allowed_addresses(host: str, port: int, limits: WebLimits) -> list[str]:
    """The addresses of a host that may be connected to, in the system's order.

    Raises UnreachableError where the host has no address, ForbiddenError where it has none that is allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"no address for {host} ({getattr(error, 'strerror', None) or error})") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if is_allowed(ip_address(address), limits)]
    if not allowed:
        shown = ", ".join(addresses[:3])
        raise ForbiddenError(f"{host} is at {shown}, which is no public address (see --allow-private)")
    return allowed


class Deadline:
    """A moment by which all reading and writing has to be over, however slowly the other side goes on."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds left. Raises httpcore.ReadTimeout where none are."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("time is over")
        return max(left, _LOWEST)


class CheckedBackend(httpcore.NetworkBackend):
    """Connections of httpcore to checked addresses only, all of whose waiting ends at `deadline`."""

    def __init__(self, limits: WebLimits) -> None:
        self.limits = limits
        self.deadline = Deadline(limits.seconds)
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        error: Exception | None = None
        for address in allowed_addresses(host, port, self.limits)[:_TRIES]:
            try:
                stream = self._backend.connect_tcp(
                    address, port, self.deadline.left(), local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                error = refused
            else:
                return _TimedStream(stream, self.deadline)
        assert error is not None
        raise error

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise InputError("no web address")


class _TimedStream(httpcore.NetworkStream):
    """A stream each of whose steps may take no longer than what is left until the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
