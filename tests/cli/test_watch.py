"""`qawl watch` and `qawl add` with addresses: a real server, a real record, a real process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from servers import Server, answer, pages
from sqlalchemy import select
from test_fetching import page
from test_watch_loop import feed, heads

from qawl.cli.main import main
from qawl.record import tables
from qawl.record.engine import open_record

_MAIN = "from qawl.cli.main import main; main()"
HERE = ["--allow-private", "--pace", "0"]


def headlines(location: str) -> list[str]:
    engine = open_record(location)
    with engine.connect() as connection:
        texts = connection.execute(select(tables.articles.c.text).order_by(tables.articles.c.id)).scalars().all()
    engine.dispose()
    return [text.split("\n")[0] for text in texts]


def test_watch_once_and_again(location: str, tmp_path: Path) -> None:
    contents = {"/feed": answer(feed(2, 1)), **{f"/{n}": page(f"الخبر رقم {n} اليوم") for n in (1, 2, 3)}}
    with pages(contents) as server:
        listed = tmp_path / "feeds.txt"
        listed.write_text(f"# ours\n{server.url('/feed')}  # the front page\n{server.url('/gone')}\n")
        command = ["--db", location, "watch", str(listed), "--once", "--every", "1", *HERE]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        assert "2 new, 0 changed, 0 known, 1 failed" in result.stdout
        assert f"{server.url('/gone')}: the server answered 404" in result.stderr
        assert headlines(location) == heads(1, 2)
        # Nothing is due: nobody is asked.
        asked = len(server.asked)
        result = CliRunner().invoke(main, command)
        assert (result.exit_code, len(server.asked)) == (0, asked)
        log = CliRunner().invoke(main, ["--db", location, "log"])
        assert "watch" in log.stdout


def test_watch_goes_on_until_it_is_ended(tmp_path: Path) -> None:
    contents = {"/feed": answer(feed(1)), "/1": page("الخبر رقم 1 اليوم")}
    path = tmp_path / "qawl.db"
    with pages(contents) as server:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _MAIN,
                "watch",
                server.url("/feed"),
                "--db",
                str(path),
                *HERE,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        try:
            assert process.stdout is not None
            assert "1 fetched, 0 failed" in process.stdout.readline()
            time.sleep(0.5)
            assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
        assert process.returncode == 0
        assert "1 new, 0 changed" in out
        assert "goes on from here" in err
        assert server.asked.count("/feed") == 1
    assert headlines(str(path)) == heads(1)


def test_a_watch_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    numbers = range(20)
    contents = {"/feed": answer(feed(*numbers)), **{f"/{n}": page(f"الخبر رقم {n} اليوم") for n in numbers}}
    path = tmp_path / "qawl.db"
    with pages(contents) as server:
        command = ["watch", server.url("/feed"), "--db", str(path), "--allow-private"]
        process = subprocess.Popen([sys.executable, "-c", _MAIN, *command, "--pace", "0.05"], stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 30
            while len(server.asked) < 10 and time.monotonic() < end:
                time.sleep(0.02)
        finally:
            process.kill()
            process.wait()
        assert 10 <= len(server.asked) <= len(numbers)
        result = CliRunner().invoke(main, [*command, "--pace", "0", "--once"])
        assert result.exit_code == 0, result.output
    assert sorted(headlines(str(path))) == sorted(heads(*numbers))


@pytest.mark.parametrize(
    ("text", "message"), [("", "no address"), ("# none\n", "no address"), ("feed\n", "no address of a feed: feed")]
)
def test_lists_without_feeds(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "feeds.txt"
    path.write_text(text)
    for source in (path, tmp_path / "gone"):
        result = CliRunner().invoke(main, ["watch", str(source), "--db", str(tmp_path / "qawl.db"), "--once"])
        assert result.exit_code == 2
        assert (message if source == path and text else "e") in result.stderr


def test_add_takes_addresses(tmp_path: Path) -> None:
    seen: list[str] = []

    def handle(connection: socket.socket, path: str, request: str) -> None:
        seen.append(path)
        body = {"/1": page("الخبر رقم 1 اليوم"), "/feed": answer(feed(1, 2)), "/2": page("الخبر رقم 2 اليوم")}
        connection.sendall(body.get(path) or answer(status="404 Not Found"))

    path = str(tmp_path / "qawl.db")
    with Server(handle) as server:
        command = ["--db", path, "add", "--jobs", "1", server.url("/1"), server.url("/feed"), server.url("/3")]
        result = CliRunner().invoke(main, [*command, *HERE])
        assert "2 new, 0 changed, 1 known, 1 failed" in result.stdout
        assert result.exit_code == 1
        assert f"{server.url('/3')}: the server answered 404" in result.stderr
        asked = len(seen)
        result = CliRunner().invoke(main, command)
        assert "4 failed" in result.stdout or "3 failed" in result.stdout
        assert "--allow-private" in result.stderr
        assert len(seen) == asked
    assert headlines(path) == heads(1, 2)


def test_what_a_feed_says_does_not_drive_the_terminal(location: str) -> None:
    with pages({}) as server:
        listed = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "{server.url()}\\u001b[2J"}}]}}'
        with pages({"/feed": answer(listed.encode())}) as feeds:
            result = CliRunner().invoke(main, ["--db", location, "watch", feeds.url("/feed"), "--once", *HERE])
    assert "the server answered 404" in result.stderr
    assert "\x1b" not in result.stderr
