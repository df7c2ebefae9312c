"""Fetching: from real servers that misbehave, and from addresses that are not allowed."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from servers import Server, answer, pages, redirect, serving

from qawl.intake.addresses import is_allowed, is_public
from qawl.intake.errors import InputError
from qawl.intake.options import WebLimits
from qawl.intake.robots import Robots
from qawl.intake.web import Web, WebError, normalised, retry_after

HOME = WebLimits(allow_private=True, pace=0, seconds=5, size=100_000)
PAGE = "<!doctype html><title>عنوان</title><p>قال".encode()


def get(url: str, limits: WebLimits = HOME) -> bytes:
    with Web(limits) as web:
        return web.get(url).body


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.168.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.5", "224.0.0.1",
        "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
        "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "2002:7f00:1::",
        "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2001:db8::1", "100::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1%1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not is_allowed(ip_address(address), WebLimits())


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))
    assert is_allowed(ip_address(address), WebLimits())


def test_what_flags_allow() -> None:
    one = WebLimits(allow_networks=(ip_network("10.1.0.0/16"),))
    assert is_allowed(ip_address("10.1.2.3"), one)
    assert is_allowed(ip_address("::ffff:10.1.2.3"), one)
    assert not is_allowed(ip_address("10.2.2.3"), one)
    assert not is_allowed(ip_address("127.0.0.1"), one)
    every = WebLimits(allow_private=True)
    assert is_allowed(ip_address("127.0.0.1"), every)
    assert not is_allowed(ip_address("0.0.0.0"), every)
    assert not is_allowed(ip_address("224.0.0.1"), every)
    for address in ("169.254.169.254", "::ffff:169.254.169.254", "fe80::1"):
        assert not is_allowed(ip_address(address), every)
    assert is_allowed(ip_address("169.254.1.1"), WebLimits(allow_networks=(ip_network("169.254.1.0/24"),)))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org", "javascript:alert(1)", "data:text/html,x",
        "x", "", "http://", "http://user:pass@example.org/", "http://example.org:99999/", "http://[::1", "http://a b/",
        "http://a\\b/", "http://" + "a" * 9000, "http://" + "ا" * 300 + ".example/", "http://%31/", "http://e/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(InputError):
        normalised(url)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org/خبر عاجل", "http://example.org/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84"),
        ("http://example.org/%D8%AE", "http://example.org/%D8%AE"),
        ("http://مثال.example/", "http://xn--mgbh0fb.example/"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
    ],
)
def test_addresses_as_they_are_sent(url: str, sent: str) -> None:
    assert normalised(url) == sent


@given(st.text(max_size=60).map(lambda text: "http://" + text) | st.text(max_size=60))
def test_any_text_is_an_address_or_none(url: str) -> None:
    try:
        sent = normalised(url)
    except InputError:
        return
    assert sent.isascii()
    assert sent.startswith(("http://", "https://"))
    assert not any(letter <= " " for letter in sent)


def test_a_page_and_how_it_is_asked_for() -> None:
    with pages({"/a?b=%20c": answer(PAGE, content_type="text/html; charset=utf-8")}) as server, Web(HOME) as web:
        found = web.get(server.url("/a?b= c"))
        assert (found.body, found.status, found.media_type, found.charset) == (PAGE, 200, "text/html", "utf-8")
        assert "User-Agent: Qawl/" in server.requests[0]
        assert f"Host: 127.0.0.1:{server.port}" in server.requests[0]


def test_over_ipv6() -> None:
    with pages({"/": answer(b"x")}, "::1") as server:
        assert get(server.url()) == b"x"
        assert f"Host: [::1]:{server.port}" in server.requests[0]
        with pytest.raises(InputError, match="no public address"):
            get(server.url(), WebLimits())


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"]
)
def test_this_machine_is_closed(host: str) -> None:
    with pages({"/": answer(b"secret")}) as server:
        with pytest.raises(InputError, match=r"no public address|no address"):
            get(f"http://{host}:{server.port}/", WebLimits())
        assert server.asked == []


OPEN = WebLimits(allow_networks=(ip_network("127.0.0.2/32"),), pace=0, seconds=5)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.0.0.3"])
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_into_this_machine(host: str, status: str) -> None:
    with pages({"/": answer(b"secret")}) as inside:
        away = redirect(f"http://{host}:{inside.port}/", status)
        with pages({"/": away}, "127.0.0.2") as outside, pytest.raises(InputError, match="no public address"):
            get(outside.url(), OPEN)
        assert inside.asked == []


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "javascript:x", "http://u:p@127.0.0.2/", "http://[", "//", "http://a b/"]
)
def test_a_redirect_to_what_is_not_the_web(location: str) -> None:
    with pages({"/": redirect(location)}, "127.0.0.2") as server, pytest.raises(InputError):
        get(server.url(), OPEN)


def test_a_name_that_resolves_to_something_else_a_moment_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the connection goes to the address that was checked, whatever the name says next."""
    with pages({"/": answer(b"open")}, "127.0.0.2") as server, Server(lambda *_: None) as inside:
        answers = [["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]]
        asked: list[str] = []

        def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
            asked.append(host)
            # A connection of httpcore's own resolves what it is given: an address is itself.
            found = [host] if host[0].isdigit() else answers.pop(0)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with Web(OPEN) as web:
            assert web.get(f"http://rebind.example:{server.port}/").body == b"open"
            assert [host for host in asked if host == "rebind.example"] == ["rebind.example"]
            with pytest.raises(InputError, match="no public address"):
                web.get(f"http://rebind.example:{inside.port}/")
        assert inside.asked == []


def test_of_several_addresses_only_the_allowed_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with pages({"/": answer(b"open")}, "127.0.0.2") as server:

        def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
            found = [host] if host[0].isdigit() else ["127.0.0.1", "127.0.0.2"]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        assert get(f"http://both.example:{server.port}/", OPEN) == b"open"


def test_redirects_are_followed_and_counted() -> None:
    contents = {"/1": redirect("/2"), "/2": redirect("3/ب"), "/3/%D8%A8": answer(b"x"), "/loop": redirect("/loop")}
    contents["/raw"] = b"HTTP/1.1 302 Found\r\nLocation: /3/" + "ب".encode() + b"\r\nContent-Length: 0\r\n\r\n"
    contents["/nowhere"] = answer(status="302 Found")
    with pages(contents) as server, Web(HOME) as web:
        found = web.get(server.url("/1"))
        assert (found.body, found.url) == (b"x", server.url("/3/%D8%A8"))
        assert web.get(server.url("/raw")).body == b"x"
        server.asked.clear()
        with pytest.raises(WebError, match="more than 5 redirects"):
            web.get(server.url("/loop"))
        assert len(server.asked) == 6
        with pytest.raises(WebError, match="redirect to nowhere"):
            web.get(server.url("/nowhere"))


def drip(server_closing: threading.Event, connection: socket.socket, piece: bytes) -> None:
    while not server_closing.wait(0.05):
        connection.sendall(piece)


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]
)
def test_a_slow_drip_ends_in_time(start: bytes) -> None:
    def handle(connection: socket.socket, path: str, request: str) -> None:
        connection.sendall(start)
        drip(server.closing, connection, b"HTTP/1.1 100 Continue\r\n\r\n" if b"100" in start else b"x")

    with Server(handle) as server:
        begun = time.monotonic()
        with pytest.raises(WebError, match=r"within 0\.5 seconds|broken connection"):
            get(server.url(), WebLimits(allow_private=True, seconds=0.5))
        assert time.monotonic() - begun < 10


def test_an_endless_body_ends() -> None:
    def handle(connection: socket.socket, path: str, request: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not server.closing.is_set():
            connection.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")

    with Server(handle) as server, pytest.raises(WebError, match="more than 100000 bytes"):
        get(server.url())


def test_endless_headers_end() -> None:
    def handle(connection: socket.socket, path: str, request: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not server.closing.is_set():
            connection.sendall(b"X-Y: " + b"z" * 1000 + b"\r\n")

    with Server(handle) as server, pytest.raises(WebError, match="broken connection"):
        get(server.url())


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"\0" * 50_000_000)),
        ("deflate", zlib.compress(b"\0" * 50_000_000)),
        ("gzip", gzip.compress(b"x" * 60_000) * 2),
    ],
)
def test_a_bomb_is_not_unpacked(encoding: str, body: bytes) -> None:
    assert len(body) < HOME.size
    with (
        pages({"/": answer(body, content_encoding=encoding)}) as server,
        pytest.raises(WebError, match="more than 100000"),
    ):
        get(server.url())


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("GZip", gzip.compress(PAGE) + b"\0\0\0"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
    ],
)
def test_compression(encoding: str, body: bytes) -> None:
    with pages({"/": answer(body, content_encoding=encoding)}) as server:
        assert get(server.url()) == PAGE


@pytest.mark.parametrize(
    ("encoding", "body", "message"),
    [
        ("gzip", gzip.compress(PAGE)[:-9], "too early"),
        ("gzip", b"no gzip", "damaged"),
        ("br", b"x", "did not ask for: br"),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE)), "did not ask for"),
    ],
)
def test_broken_compression(encoding: str, body: bytes, message: str) -> None:
    with pages({"/": answer(body, content_encoding=encoding)}) as server, pytest.raises(WebError, match=message):
        get(server.url())


def test_wrong_lengths() -> None:
    contents = {
        "/short": answer(PAGE, length=len(PAGE) + 10),
        "/long": answer(PAGE + b"junk", length=len(PAGE)),
        "/none": b"HTTP/1.1 200 OK\r\n\r\n" + PAGE,
        "/bad": b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n" + PAGE,
        "/two": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "/chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxx",
        "/not-http": b"SSH-2.0-OpenSSH\r\n",
        "/nothing": b"\r\n",
    }
    with pages(contents) as server:
        assert get(server.url("/long")) == PAGE
        assert get(server.url("/none")) == PAGE
        for path in ("/short", "/bad", "/two", "/chunk", "/not-http", "/nothing"):
            with pytest.raises(WebError, match="broken connection"):
                get(server.url(path))


def test_a_connection_that_is_reset_or_refused() -> None:
    def reset(connection: socket.socket, path: str, request: str) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with Server(reset) as server:
        url = server.url()
        with pytest.raises(WebError, match="broken connection"):
            get(url)
    with pytest.raises(WebError, match="broken connection"):
        get(url)


def test_tls_is_checked_against_the_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The connection goes to a checked address, the certificate is checked for the host that was asked for."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with Server(serving({"/": answer(PAGE)}), tls=context) as server:
        url = server.url().replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(WebError, match="CERTIFICATE_VERIFY_FAILED"):
            get(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert get(url) == PAGE
        with pytest.raises(WebError, match="CERTIFICATE_VERIFY_FAILED"):
            get(url.replace("localhost", "127.0.0.1"))
    with pages({"/": answer(PAGE)}) as server, pytest.raises(WebError, match=r"broken connection|no whole answer"):
        get(server.url().replace("http:", "https:"), WebLimits(allow_private=True, seconds=0.5))


def test_answers_that_are_no_page() -> None:
    with (
        pages({"/500": answer(status="500 Oops"), "/304": b"HTTP/1.1 304 Not Modified\r\n\r\n"}) as server,
        Web(HOME) as web,
    ):
        for path, status in (("/500", 500), ("/gone", 404)):
            with pytest.raises(WebError, match=str(status)) as caught:
                web.get(server.url(path))
            assert caught.value.status == status
        assert web.get(server.url("/304")).status == 304


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    waits: list[float] = []
    busy = answer(status="429 Too Many Requests", retry_after="7")
    contents = {"/": busy, "/never": busy, "/later": answer(status="503 Busy", retry_after="9999")}

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        contents["/"] = answer(PAGE)

    with pages(contents) as server, Web(HOME, sleep=sleep) as web:
        assert web.get(server.url(), patience=60).body == PAGE
        assert waits == [7]
        with pytest.raises(WebError, match="come back in 7 seconds") as caught:
            web.get(server.url("/never"))
        assert caught.value.retry_after == 7
        with pytest.raises(WebError, match="429"):
            web.get(server.url("/never"), patience=60)
        assert waits == [7, 7, 7]
        with pytest.raises(WebError, match="503"):
            web.get(server.url("/later"), patience=60)
        assert waits == [7, 7, 7]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("5", 5), (None, None), ("", None), ("soon", None), ("-5", None), ("9" * 11, 86_400), ("٥", None),
     ("Thu, 01 Jan 1970 00:01:40 GMT", 90), ("Thu, 01 Jan 1970 00:00:01 GMT", 0)],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=lambda: 10) == seconds


def test_each_host_is_asked_at_its_pace() -> None:
    now = [100.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 3))
        now[0] += seconds

    limits = WebLimits(allow_private=True, pace=2)
    with pages({"/": answer(b"x"), "/r": redirect("/")}) as one, pages({"/": answer(b"y")}) as other:
        web = Web(limits, clock=lambda: now[0], sleep=sleep)
        web.get(one.url())
        web.get(other.url())
        assert waits == []
        now[0] += 0.5
        web.get(one.url())
        web.get(one.url("/r"))
    assert waits == [1.5, 2, 2]


def test_robots() -> None:
    now = [0.0]
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: qawl\nDisallow: /private\nCrawl-delay: 4\n"
    contents = {"/robots.txt": answer(robots.encode()), "/a": answer(b"x"), "/go": redirect("/private/1")}
    with pages(contents) as server, Web(HOME, sleep=lambda _: None) as web:
        rules = Robots(web, clock=lambda: now[0])
        assert rules.check(server.url("/a")) == 4
        assert web.get(server.url("/a"), before=rules.check).body == b"x"
        for path in ("/private/1", "/go"):
            with pytest.raises(InputError, match=r"robots\.txt does not allow"):
                web.get(server.url(path), before=rules.check)
        assert server.asked.count("/robots.txt") == 1
        assert "/private/1" not in server.asked
        now[0] += 100_000
        contents["/robots.txt"] = answer(status="404 Not Found")
        assert rules.check(server.url("/private/1")) is None


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (answer(status="404 Not Found"), True),
        (answer(status="403 Forbidden"), True),
        (answer(status="500 Oops"), False),
        (answer(status="429 Later", retry_after="5"), False),
        (redirect("/robots.txt"), False),
        (b"nonsense\r\n\r\n", False),
        (answer(b"\xff\0<html>"), True),
        (answer(b"User-agent: *\nDisallow: /x\n" + b"# \n" * 400_000), True),
        (answer(gzip.compress(b"User-agent: *\nDisallow: /\n" + b"\0" * 50_000_000), content_encoding="gzip"), False),
    ],
)
def test_robots_files_of_all_kinds(robots: bytes, allowed: bool) -> None:
    limits = WebLimits(allow_private=True, pace=0, seconds=2, size=1000)
    with pages({"/robots.txt": robots}) as server, Web(limits) as web:
        rules = Robots(web)
        if allowed:
            assert rules.check(server.url("/a")) is None
        else:
            with pytest.raises(InputError, match=r"robots\.txt"):
                rules.check(server.url("/a"))
