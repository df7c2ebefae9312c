"""Real servers on this machine that behave as a test says, badly included."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

#: What a server does with a connection, given the path that was asked for and the whole request.
Handler = Callable[[socket.socket, str, str], None]


def answer(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """The bytes of an answer; `content_type="text/html"` and the like give its headers."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    """The bytes of a redirect."""
    return answer(status=status, location=to)


class Server:
    """A server on a port of its own. `asked` are the paths that were asked for, `requests` the whole requests."""

    def __init__(self, handler: Handler, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.handler = handler
        self.tls = tls
        self.asked: list[str] = []
        self.requests: list[str] = []
        self._listener = socket.socket(family)
        self._listener.bind((host, 0))
        self._listener.listen(32)
        self.port = int(self._listener.getsockname()[1])
        self.host = f"[{host}]" if ":" in host else host
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    @property
    def closing(self) -> threading.Event:
        """Set when the test is over, for handlers that never end by themselves."""
        return self._closing

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            text = request.decode("latin-1")
            path = text.split(" ")[1]
            self.asked.append(path)
            self.requests.append(text)
            self.handler(connection, path, text)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        # A blocked accept is not woken by closing its socket: knock.
        with contextlib.suppress(OSError):
            socket.create_connection(self._listener.getsockname()[:2], 1).close()
        self._listener.close()
        self._accepting.join(5)
        for thread in self._threads:
            thread.join(5)


def serving(pages: dict[str, bytes]) -> Handler:
    """A handler that sends these bytes for these paths, and 404 for others."""

    def handle(connection: socket.socket, path: str, request: str) -> None:
        connection.sendall(pages.get(path) or answer(status="404 Not Found"))

    return handle


@contextlib.contextmanager
def pages(contents: dict[str, bytes], host: str = "127.0.0.1") -> Iterator[Server]:
    """A server of these answers. The dictionary may be changed while it runs."""
    with Server(serving(contents), host) as server:
        yield server
