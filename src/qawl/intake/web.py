"""Fetching from the web, safely and politely.

Only http and https; only addresses that `addresses` allows, checked for each connection and so after each redirect;
limits on time, size (after decompression) and redirects; a pace for each host. Nothing that comes is executed, and the
environment's proxies are not used, since a proxy would resolve names in our stead.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from importlib.metadata import version
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from qawl.intake.addresses import CheckedBackend, Deadline
from qawl.intake.errors import InputError
from qawl.intake.options import WebLimits
from qawl.intake.pages import content_type

#: The name by which robots.txt files may speak to us.
AGENT = "Qawl"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_TRIES = 3  # of a request that a server was too busy for
_LONGEST_URL = 8000
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_LONG_WAIT = 86_400.0  # seconds: no server is believed that says "later than tomorrow"
_FORBIDDEN = re.compile(r"[\0-\x20\x7f\\]")
_HOST = re.compile(r"[A-Za-z0-9._-]+")
_SAFE = "!$&'()*+,;=:@/~%-._?[]"


class WebError(InputError):
    """A request that gave no page. `status` is that of HTTP where there was an answer, `retry_after` the seconds that
    the server asks us to wait."""

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: `url` is where the last redirect led, `headers` are in small letters, `body` is decompressed.
    Status 304 has no body: nothing changed."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """`text/html` and the like; empty where the server does not say."""
        return content_type(self.headers.get("content-type", ""))[0]

    @property
    def charset(self) -> str | None:
        """The encoding that the server says."""
        return content_type(self.headers.get("content-type", ""))[1]


class Web:
    """A client for one run: it remembers when it last asked each host. Not for use by several threads at once."""

    def __init__(
        self,
        limits: WebLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or WebLimits()
        self._clock = clock
        self._sleep = sleep
        self._backend = CheckedBackend(self.limits)
        # Each request has a connection of its own, so that each is resolved and checked anew.
        self._pool = httpcore.ConnectionPool(network_backend=self._backend, max_keepalive_connections=0)
        self._free_at: dict[str, float] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        patience: float = 0.0,
        before: Callable[[str], float | None] | None = None,
        cut: int | None = None,
    ) -> Answer:
        """The answer at an address, after redirects: one with status 200 to 299, or 304.

        `patience` is the seconds that a busy server may ask us to wait before we ask again. `before` is called with
        each address before it is asked, may raise InputError, and may give a pace in seconds slower than ours. `cut`:
        take so many bytes of the body and leave the rest. Raises WebError for every other answer, and InputError for an
        address that is not allowed, a broken answer, or one beyond the limits.
        """
        for left in range(_TRIES - 1, -1, -1):
            try:
                return self._follow(url, headers or {}, before, cut)
            except WebError as error:
                wait = error.retry_after
                if not left or error.status not in _BUSY or wait is None or wait > patience:
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable: the last try returns or raises")

    def _follow(
        self, url: str, headers: Mapping[str, str], before: Callable[[str], float | None] | None, cut: int | None
    ) -> Answer:
        url = normalised(url)
        for _ in range(self.limits.redirects + 1):
            pace = (before(url) if before else None) or 0.0
            self._wait(url, max(pace, self.limits.pace))
            answer = self._ask(url, headers, cut)
            if answer.status not in _REDIRECTS:
                return _judged(answer)
            location = answer.headers.get("location")
            if not location:
                raise WebError(f"a redirect to nowhere (status {answer.status})", answer.status)
            url = normalised(_joined(url, location))
        raise WebError(f"more than {self.limits.redirects} redirects")

    def _wait(self, url: str, pace: float) -> None:
        host = urlsplit(url).netloc
        now = self._clock()
        start = max(now, self._free_at.get(host, now))
        if start > now:
            self._sleep(start - now)
        self._free_at[host] = start + pace

    def _ask(self, url: str, headers: Mapping[str, str], cut: int | None) -> Answer:
        parts = urlsplit(url)
        sent = {
            "Host": parts.netloc,
            "User-Agent": user_agent(),
            "Accept-Encoding": "gzip, deflate",
            "Accept": "*/*",
            "Connection": "close",
            **headers,
        }
        self._backend.deadline = Deadline(self.limits.seconds)
        target = httpcore.URL(
            scheme=parts.scheme.encode(),
            host=(parts.hostname or "").encode(),
            port=parts.port,
            target=urlunsplit(("", "", parts.path, parts.query, "")).encode(),
        )
        try:
            # As they came: what a server calls its feed's state goes back to it byte by byte, whatever it is.
            lines = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in sent.items()]
            with self._pool.stream("GET", target, headers=lines) as response:
                got = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body = self._body(response, got, cut) if 200 <= response.status < 300 else b""
                return Answer(url, response.status, got, body)
        except httpcore.TimeoutException:
            raise WebError(f"no whole answer within {self.limits.seconds:g} seconds") from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise WebError(f"a broken connection ({str(error) or type(error).__name__})") from None

    def _body(self, response: httpcore.Response, headers: Mapping[str, str], cut: int | None) -> bytes:
        limit = self.limits.size if cut is None else cut
        size = 0
        pieces: list[bytes] = []
        for piece in _decoded(_limited(response, limit + 1, cut is not None), headers.get("content-encoding", "")):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                if cut is not None:
                    break
                raise WebError(f"more than {limit} bytes")
        return b"".join(pieces)[:limit]


def _limited(response: httpcore.Response, limit: int, is_cut: bool) -> Iterator[bytes]:
    """The pieces of a body as it comes over the wire, at most `limit` bytes of it."""
    size = 0
    for piece in response.iter_stream():
        yield piece
        size += len(piece)
        if size >= limit:
            if is_cut:
                return
            raise WebError(f"more than {limit - 1} bytes")


def _decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body decompressed, in pieces of at most _CHUNK bytes, however far one of what came would grow."""
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in {"", "identity"}]
    if not names:
        yield from pieces
        return
    if len(names) > 1 or names[0] not in {"gzip", "x-gzip", "deflate"}:
        raise WebError(f"a compression that we did not ask for: {encoding[:60]}")
    unpacker = None
    for piece in pieces:
        while piece:
            if unpacker is None:
                # `deflate` is sent with zlib's header or, by some servers, without.
                bits = 47 if names[0] != "deflate" or piece[0] & 0x0F == 8 else -15
                unpacker = zlib.decompressobj(bits)
            try:
                out = unpacker.decompress(piece, _CHUNK)
            except zlib.error as error:
                raise WebError(f"damaged compressed data ({error})") from None
            yield out
            if unpacker.eof:
                piece, unpacker = unpacker.unused_data, None
                if not piece.startswith(_GZIP):  # what follows the last member is padding
                    return
            else:
                piece = unpacker.unconsumed_tail
    if unpacker is not None:
        raise WebError("the compressed answer ends too early")


def _judged(answer: Answer) -> Answer:
    if 200 <= answer.status < 300 or answer.status == 304:
        return answer
    wait = retry_after(answer.headers.get("retry-after"))
    later = f"; come back in {wait:g} seconds" if wait is not None else ""
    raise WebError(f"the server answered {answer.status}{later}", answer.status, wait)


def retry_after(value: str | None, now: Callable[[], float] = time.time) -> float | None:
    """The seconds that a `Retry-After` asks us to wait, given as a number or as a date; None for none or nonsense."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 12:
        return min(float(value), _LONG_WAIT)
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - now()), _LONG_WAIT)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def normalised(url: str) -> str:
    """An address as it is sent: host in ASCII, other letters quoted, no fragment.

    Raises InputError for what is no address of http or https, or has a user's name or a password in it.
    """
    url = url.strip()
    if len(url) > _LONGEST_URL:
        raise InputError(f"an address of {len(url)} characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"no web address: {error}") from None
    if parts.scheme not in {"http", "https"}:
        raise InputError(f"only http and https are fetched, not {parts.scheme[:20] or url[:40]}")
    if "@" in parts.netloc:
        raise InputError("an address with a user's name or a password in it")
    if not host or _FORBIDDEN.search(parts.netloc) or "%" in host:
        raise InputError("no web address: no host, or signs that none has")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise InputError(f"no web address: no such host can be ({host[:60]})") from None
        if not _HOST.fullmatch(host):
            raise InputError("no web address: its host has signs that none has")
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme, host, _quoted(parts.path) or "/", _quoted(parts.query), ""))


def _quoted(text: str) -> str:
    try:
        return quote(text, safe=_SAFE)
    except UnicodeEncodeError:
        raise InputError("no web address: it has what is no character in it") from None


def _joined(base: str, location: str) -> str:
    with suppress(UnicodeError):
        # Servers send letters beyond ASCII as they are; the bytes, taken for Latin-1 so far, are UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise InputError(f"a redirect to no address: {error}") from None


@lru_cache(maxsize=1)
def user_agent() -> str:
    """Who we say that we are."""
    return f"{AGENT}/{version('qawl')}"
