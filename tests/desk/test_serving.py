"""`qawl serve` and `qawl demo` as processes of their own, and what others see of them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from desks import Running, csrf, in_a_loop, serving
from sqlalchemy import text

from qawl.cli.main import main
from qawl.desk.access import accounts, tokens
from qawl.desk.app import LARGEST, application
from qawl.desk.serving import listen
from qawl.desk.settings import Settings
from qawl.desk.upkeep import Upkeep
from qawl.record.engine import open_record
from qawl.record.judgements import judgements

REF = "a1ygt2r83r"
PASSWORD = "a long password"


@contextmanager
def process(*command: str, log: Path, **more: Any) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A command that serves, and its address as it prints it; what it logs goes to a file."""
    run = [sys.executable, "-c", "from qawl.cli.main import main; main()", *command]
    with (
        log.open("w") as errors,
        subprocess.Popen(run, stdout=subprocess.PIPE, stderr=errors, text=True, **more) as one,
    ):
        assert one.stdout
        try:
            address = one.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), log.read_text()
            yield one, address.rstrip("/")
        finally:
            if one.poll() is None:
                one.kill()


@pytest.fixture
def db(filled: Path, tmp_path: Path) -> str:
    """A record of its own."""
    shutil.copy(filled, tmp_path / "served.db")
    return str(tmp_path / "served.db")


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_a_request_that_has_begun_is_answered_when_it_is_stopped(db: str, tmp_path: Path) -> None:
    """Somebody else writes just now, so a decision has to wait; meanwhile the desk is told to stop."""
    log = tmp_path / "log"
    engine = open_record(db)
    answers: list[httpx.Response] = []
    with process("serve", "--db", db, "--port", "0", log=log) as (server, url), httpx.Client(base_url=url) as client:
        data = {"csrf": csrf(client), "verdict": "right", "back": "/search"}
        slow = threading.Thread(
            target=lambda: answers.append(client.post(f"/statements/{REF}/judge", data=data, timeout=30))
        )
        with engine.connect().execution_options(writes=True) as other, other.begin():
            other.execute(text("SELECT 1"))
            slow.start()
            time.sleep(0.5)
            server.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert server.poll() is None
            assert not answers
        slow.join()
        assert server.wait(20) == 0
    assert answers[0].status_code == 303
    assert [judged.decision.verdict for judged in judgements(engine)] == ["right"]
    engine.dispose()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"method": "POST", "path": f"/statements/{REF}/judge", "status": 303}.items() <= {
        key: value for line in lines if line["event"] == "request" for key, value in line.items()
    }.items()


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_stopped_while_many_ask_it_breaks_no_answer(db: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    whole: list[int] = []
    broken: list[str] = []
    stopped = threading.Event()

    def ask(number: int, url: str) -> None:
        """One page after the other, on connections of their own, until nobody takes a further one."""
        while not broken:
            try:
                with httpx.stream("GET", f"{url}/articles/{number}", timeout=60) as answer:
                    text = "".join(answer.iter_text())
            except httpx.ConnectError:
                return
            except httpx.ReadError:  # taken by the system, and by nobody else: nothing of it has begun
                if not stopped.is_set():
                    broken.append("not stopped yet")
                return
            except httpx.HTTPError as error:
                broken.append(repr(error))
                return
            if answer.status_code != 200 or not text.rstrip().endswith("</html>"):
                broken.append(f"{answer.status_code}: {text[-100:]}")
            whole.append(number)

    with process("serve", "--db", db, "--port", "0", log=log) as (server, url):
        asking = [threading.Thread(target=ask, args=(number, url)) for number in range(1, 9)]
        for one in asking:
            one.start()
        until = time.monotonic() + 60
        while len(whole) < 24 and not broken and time.monotonic() < until:
            time.sleep(0.05)
        stopped.set()
        server.send_signal(signal.SIGTERM)
        assert server.wait(40) == 0
        for one in asking:
            one.join()
    assert not broken
    answered = [line for line in map(json.loads, log.read_text().splitlines()) if line["event"] == "request"]
    assert len(whole) == len(answered) >= 24
    assert {line["status"] for line in answered} == {200}


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_demo_needs_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with process("demo", "--no-browser", log=tmp_path / "log", env=env) as (one, url):
        assert httpx.get(url + "/ready").text == "ready\n"
        assert httpx.get(f"{url}/review?at={REF}").status_code == 200
        assert list(tmp_path.glob("qawl-demo-*"))
        one.send_signal(signal.SIGINT)
        assert one.wait(20) == 0
        assert one.stdout
        assert one.stdout.read() == ""
    assert not list(tmp_path.glob("qawl-demo-*"))


def test_no_password_and_no_token_is_logged(db: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    engine = open_record(db)
    accounts.add(engine, "ليلى", "admin", PASSWORD, who="test")
    token = tokens.make(engine, accounts.accounts(engine)[0].id, "x", "reader", who="test")
    engine.dispose()
    with process("serve", "--db", db, "--port", "0", log=log) as (_, url), httpx.Client(base_url=url) as client:
        for password in ("a wrong password", PASSWORD):
            data = {"csrf": csrf(client, "/sign-in"), "name": "ليلى", "password": password}
            client.post("/sign-in", data=data)
        key = client.cookies["qawl"]
        assert client.get(f"/search?q={PASSWORD}&token={token}").status_code == 200
        httpx.get(url + "/search", headers={"Authorization": f"Bearer {token}"})
        data = {"csrf": csrf(client), "old": PASSWORD, "new": "another long password"}
        assert client.post("/account/password", data=data).status_code == 303
    logged = log.read_text()
    assert '"path": "/sign-in"' in logged
    assert "color_message" not in logged
    assert '"account": "ليلى"' in logged
    for secret in ("long", "wrong", token, key):
        assert secret not in logged


def _serve(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["serve", *arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        ("--host", "0.0.0.0"),
        ("--host", "192.0.2.7"),
        ("--host", "::"),
        ("--host", "desk.example"),
        ("--proxy", "127.0.0.1"),
        ("--host-name", "desk.example"),
        ("--prefix", "/qawl"),
        ("--secure",),
    ],
)
def test_it_does_not_let_others_in_without_accounts(db: str, arguments: tuple[str, ...]) -> None:
    answer = _serve("--db", db, *arguments)
    assert answer.exit_code == 2
    assert "everybody may do everything without accounts" in answer.output


def test_who_opens_it_to_all_says_under_which_name(db: str) -> None:
    answer = _serve("--db", db, "--host", "0.0.0.0", "--open-to-all")
    assert answer.exit_code == 2
    assert "--host-name" in answer.output


def test_a_record_of_an_older_qawl_is_brought_up_to_date_only_when_asked(db: str, tmp_path: Path) -> None:
    engine = open_record(db)
    with engine.begin() as connection:
        for index in ("statements_confidence_id", "compared_day", "entities_first", "links_likeness"):
            connection.execute(text(f"DROP INDEX ix_{index}"))
        for column in ("act", "form", "outlet_id"):
            connection.execute(text(f"ALTER TABLE statement_index DROP COLUMN {column}"))
        for table in ("sessions", "api_tokens", "accounts", "told", "alerts"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE record_version SET version_num = '0004'"))
    engine.dispose()
    answer = _serve("--db", db, "--port", "0")
    assert answer.exit_code == 1
    assert "qawl db upgrade" in answer.output
    with process("serve", "--db", db, "--port", "0", "--upgrade", log=tmp_path / "log") as (_, url):
        assert httpx.get(url + "/ready").text == "ready\n"


def test_answers_are_sent_at_once() -> None:
    """Without the option, an answer in two parts waits 40 ms for the other side to say that it has the first."""

    async def option() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def asked(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = listen("127.0.0.1", 0)
        async with await asyncio.start_server(asked, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            writer.close()
            return await found

    assert in_a_loop(option)


def test_a_port_that_is_taken_is_told_in_one_line(db: str, standing: Running) -> None:
    answer = _serve("--db", db, "--port", standing.url.rpartition(":")[2])
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: cannot listen at 127.0.0.1:")


def test_passwords_come_from_standard_input(db: str) -> None:
    def accounts_(*arguments: str, given: str = "") -> Result:
        return CliRunner().invoke(main, ["accounts", *arguments, "--db", db], input=given)

    assert accounts_("add", "ليلى", "--role", "admin", given=f"{PASSWORD}\n").exit_code == 0
    assert "a password has 10" in accounts_("add", "x", given="short\n").output
    assert accounts_("add", "ليلى", given=f"{PASSWORD}\n").exit_code == 1
    assert accounts_("add", "سامر", given=f"{PASSWORD}\n").exit_code == 0
    assert accounts_("role", "سامر", "editor").exit_code == 0
    assert accounts_("password", "سامر", given="another password\n").exit_code == 0
    assert accounts_("close", "سامر").exit_code == 0
    listed = [json.loads(line) for line in accounts_("list", "--json").output.splitlines()]
    assert [(one["name"], one["role"], one["closed_at"] is None) for one in listed] == [
        ("ليلى", "admin", True),
        ("سامر", "editor", False),
    ]
    engine = open_record(db)
    assert accounts.check(engine, "ليلى", PASSWORD)
    assert accounts.check(engine, "سامر", "another password") is None
    engine.dispose()


def test_health_and_metrics(desk: Running) -> None:
    for path, told in (("/health", "alive\n"), ("/ready", "ready\n")):
        assert httpx.get(desk.url + path, headers={"Host": "10.1.2.3"}).text == told
    httpx.get(desk.url + "/search?q=x")
    httpx.get(desk.url + "/api/v1/search?q=x")
    httpx.head(desk.url + "/search?q=x")
    httpx.get(desk.url + "/statements/x/y/z")
    found = httpx.get(desk.url + "/metrics").text
    assert 'qawl_requests_total{method="GET",route="/search",status="200"} 1.0' in found
    assert 'qawl_requests_total{method="GET",route="/api/v1/search",status="200"} 1.0' in found
    assert 'qawl_requests_total{method="HEAD",route="/search",status="200"} 1.0' in found
    assert 'qawl_requests_total{method="GET",route="other",status="404"} 1.0' in found
    assert re.search(r'qawl_request_seconds_bucket\{le="0.08",route="/search"\} \d', found)
    assert "qawl_articles 15.0" in found
    assert "process_resident_memory_bytes" in found


def test_metrics_of_a_desk_with_accounts_need_a_token(desk: Running) -> None:
    accounts.add(desk.engine, "prometheus", "reader", PASSWORD, who="test")
    token = tokens.make(desk.engine, accounts.accounts(desk.engine)[0].id, "x", "reader", who="test")
    with serving(desk.engine, accounts=True) as running:
        assert httpx.get(running.url + "/metrics").status_code == 303
        assert httpx.get(running.url + "/metrics", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_database_that_is_gone_is_told_and_upkeep_goes_on(
    desk: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE record_version SET version_num = '0001'"))
    assert httpx.get(desk.url + "/ready").status_code == 503
    with desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE unresolved RENAME TO elsewhere"))
    monkeypatch.setattr("qawl.desk.upkeep._TROUBLE", 0.2)
    told: list[bool] = []
    upkeep = Upkeep(desk.engine, lambda seconds, well: told.append(well))
    upkeep.start()
    while not told:
        time.sleep(0.05)
    assert told == [False]
    assert "upkeep failed" in caplog.text
    with desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO unresolved"))
    assert upkeep.wait()
    assert told[-1] is True
    upkeep.stop()


def test_more_than_an_article_is_not_taken(desk: Running) -> None:
    def endless() -> Iterator[bytes]:
        yield b"csrf="
        for _ in range(LARGEST // 2**20 + 1):
            yield b"x" * 2**20

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(desk.url + "/undo", content=endless(), headers=headers, timeout=60)
    assert answer.status_code == 413


def test_the_application_starts_soon(filled: Path) -> None:
    engine = open_record(str(filled))
    began = time.process_time()
    application(engine, Settings(db=""))
    assert time.process_time() - began < 1
    engine.dispose()
