"""Alerts, from the saved search to the message that a real server takes, with all that can go wrong on the way."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from click.testing import CliRunner
from desks import Running, csrf, fill, serving
from sqlalchemy import Engine, func, select

from qawl.article import Article
from qawl.cli.main import main
from qawl.compare import watchlists
from qawl.desk.alerts import delivery, sending
from qawl.desk.alerts.delivery import DeliveryError, Mail
from qawl.desk.alerts.kept import MOST_FAILURES, AlertError, add, alerts, hanging_on, remove, take_up
from qawl.desk.alerts.sending import PAUSE, Means, Outcome, due_at, send_due
from qawl.people import updating
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.rereading import reread
from qawl.record.search import saved
from qawl.record.search.find import Filters
from qawl.record.writing import add as add_articles

BASE = "https://desk.example/qawl"


@dataclass
class Received:
    """What a webhook received, and what it answers: statuses one after the other, the last one from then on."""

    url: str = ""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=lambda: [204])
    wait: float = 0.0
    came: threading.Event = field(default_factory=threading.Event)

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.requests]

    def refs(self) -> list[str]:
        return [one["id"] for body in self.bodies() for one in body["statements"]]


@contextmanager
def listening() -> Iterator[Received]:
    """A real HTTP server on a port of its own."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.requests.append((dict(self.headers), body))
            time.sleep(received.wait)
            status = received.statuses.pop(0) if len(received.statuses) > 1 else received.statuses[0]
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"{received.url}/other")
            self.send_header("Content-Length", "0")
            self.end_headers()
            received.came.set()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.url = f"http://127.0.0.1:{server.server_port}/hook?room=%D8%B3"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hook() -> Iterator[Received]:
    with listening() as received:
        yield received


@pytest.fixture
def either(record: Engine) -> Engine:
    """The samples, with a saved search, on either engine."""
    fill(record)
    saved.save(record, "السد", "السد", Filters(), who="هدى")
    return record


@pytest.fixture
def engine(filled: Path, tmp_path: Path) -> Iterator[Engine]:
    """The same, in SQLite."""
    path = tmp_path / "alerts.db"
    shutil.copy(filled, path)
    found = open_record(str(path))
    saved.save(found, "السد", "السد", Filters(), who="هدى")
    yield found
    found.dispose()


def _new(number: int, words: str = "السد") -> Article:
    text = f"خبر {number}\n\nقالت سلمى العطار وزيرة الري إن {words} رقم {number} يحتاج إلى صيانة عاجلة."
    return Article(text, id=f"new-{number}", outlet="صحيفة الضفة", url=f"https://x.example/{number}", headline=(0, 5))


def _add(engine: Engine, *articles: Article) -> None:
    outcomes: list[Any] = []
    add_articles(engine, articles, outcomes.append)
    assert {outcome.kind for outcome in outcomes} == {"new"}


def _told(engine: Engine) -> int:
    with snapshot(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(tables.told)).scalar_one())


def test_a_saved_search_tells_of_what_is_new(either: Engine, hook: Received) -> None:
    alert = add(either, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    assert alert.secret
    there = _told(either)
    assert there > 5
    # What was there does not count as new.
    assert send_due(either, Means()) == [Outcome("تنبيه", 0)]
    assert hook.requests == []
    _add(either, _new(1), _new(2, "القطار"))
    assert send_due(either, Means(base=BASE)) == [Outcome("تنبيه", 1)]
    ((headers, body),) = hook.requests
    signed = hmac.new(alert.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["Qawl-Signature"] == f"sha256={signed}"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    value = json.loads(body)
    assert (value["alert"], value["of"], value["asked"]) == ("تنبيه", "search", "السد")
    assert value["delivery"] == headers["Qawl-Delivery"]
    (one,) = value["statements"]
    assert one["text"] == "السد رقم 1 يحتاج إلى صيانة عاجلة"
    assert one["speaker"]["name"] == "سلمى العطار"
    assert [one["sentence"][start:end] for start, end in one["marks"]] == ["السد"]
    assert one["address"] == f"{BASE}/statements/{one['id']}"
    # It is told once.
    assert send_due(either, Means()) == [Outcome("تنبيه", 0)]
    assert len(hook.requests) == 1
    (kept,) = alerts(either)
    assert kept.sent_at is not None
    assert (kept.failures, kept.last_error, kept.taken_until) == (0, None, None)


def test_a_watchlist_tells_of_what_is_new(either: Engine, hook: Received) -> None:
    watchlists.add(either, "العطار", "سلمى العطار", "السد", who="هدى")
    add(either, "تنبيه", "watchlist", "العطار", "webhook", hook.url, who="هدى")
    _add(either, _new(1), _new(2, "القطار"))
    updating.bring_up_to_date(either, lambda stage, number: None)
    assert send_due(either, Means()) == [Outcome("تنبيه", 1)]
    assert [one["text"] for body in hook.bodies() for one in body["statements"]] == ["السد رقم 1 يحتاج إلى صيانة عاجلة"]
    assert hook.bodies()[0]["statements"][0]["address"] is None  # nobody said where the desk is


def test_what_is_much_comes_in_several_messages(
    engine: Engine, hook: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TOGETHER", 2)
    monkeypatch.setattr(sending, "MESSAGES", 2)
    add(engine, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    _add(engine, *map(_new, range(5)))
    assert [outcome.told for outcome in send_due(engine, Means())] == [4]
    assert [len(body["statements"]) for body in hook.bodies()] == [2, 2]
    assert [outcome.told for outcome in send_due(engine, Means())] == [1]
    assert len(hook.refs()) == len(set(hook.refs())) == 5


def test_reading_again_tells_nothing_twice(either: Engine, hook: Received) -> None:
    """A statement keeps its ID in every reading, so it stays told."""
    add(either, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    with snapshot(either) as connection:
        before = connection.execute(select(func.max(tables.statements.c.id))).scalar_one()
    reread(either, lambda outcome: None, everything=True)
    with snapshot(either) as connection:
        assert connection.execute(select(func.max(tables.statements.c.id))).scalar_one() > before
    assert send_due(either, Means()) == [Outcome("تنبيه", 0)]
    assert hook.requests == []


class Clock:
    """Time that passes when we say so."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.at


def test_one_that_fails_does_not_stop_the_others_and_is_left_alone_ever_longer(engine: Engine, hook: Received) -> None:
    clock = Clock()
    hook.statuses = [500]
    with listening() as well:
        add(engine, "أ", "search", "السد", "webhook", hook.url, who="هدى")
        add(engine, "ب", "search", "السد", "webhook", well.url, who="هدى")
        _add(engine, _new(1))
        first = send_due(engine, Means(), clock=clock)
    assert first == [Outcome("أ", 0, "the server answered 500"), Outcome("ب", 1)]
    pauses = []
    for failures in range(1, MOST_FAILURES):
        assert alerts(engine)[0].failures == failures
        due = due_at(alerts(engine)[0])
        assert due is not None
        pauses.append(due - clock.at)
        asked = len(hook.requests)
        clock.at = due - timedelta(seconds=1)
        send_due(engine, Means(), clock=clock)
        assert len(hook.requests) == asked
        clock.at = due
        send_due(engine, Means(), clock=clock)
        assert len(hook.requests) == asked + 1
    assert pauses[:3] == [PAUSE, 2 * PAUSE, 4 * PAUSE]
    assert pauses[-1] == PAUSE * 2 ** (MOST_FAILURES - 2)
    failing = alerts(engine)[0]
    assert failing.failing
    assert failing.last_error == "the server answered 500"
    # From now on it is left alone, until somebody takes it up again; nothing is lost by then.
    clock.at += timedelta(days=30)
    asked = len(hook.requests)
    send_due(engine, Means(), clock=clock)
    assert len(hook.requests) == asked
    hook.statuses = [200]
    take_up(engine, failing.id)
    _add(engine, _new(2))
    (outcome, _) = send_due(engine, Means(), clock=clock)
    assert outcome == Outcome("أ", 2)
    assert (alerts(engine)[0].failures, alerts(engine)[0].last_error) == (0, None)
    # The messages that failed had one name: the same statement was in them.
    assert len({body["delivery"] for body in hook.bodies()[:-1]}) == 1


def test_cut_off_after_a_message_was_taken_it_is_sent_again(
    either: Engine, hook: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least once: between the other side's answer and our note of it there is a moment."""
    clock = Clock()

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    add(either, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    _add(either, _new(1))
    with monkeypatch.context() as patched:
        patched.setattr(sending, "mark", killed)
        with pytest.raises(KilledError):
            send_due(either, Means(), clock=clock)
    assert len(hook.requests) == 1
    # It may be that somebody else still sends it: not at once.
    assert send_due(either, Means(), clock=clock) == []
    clock.at += timedelta(minutes=3)
    assert send_due(either, Means(), clock=clock) == [Outcome("تنبيه", 1)]
    one, other = hook.bodies()
    assert one["delivery"] == other["delivery"]
    assert send_due(either, Means(), clock=clock) == [Outcome("تنبيه", 0)]


def test_cut_off_before_a_message_left_nothing_is_lost(
    engine: Engine, hook: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    add(engine, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    _add(engine, _new(1))
    with monkeypatch.context() as patched:
        patched.setattr(sending, "post", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send_due(engine, Means(), clock=clock)
    clock.at += timedelta(minutes=3)
    assert send_due(engine, Means(), clock=clock) == [Outcome("تنبيه", 1)]
    assert len(hook.refs()) == 1


def test_two_that_send_at_once_send_one_message(either: Engine, hook: Received) -> None:
    hook.wait = 0.5
    add(either, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    _add(either, _new(1))
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=lambda: outcomes.extend(send_due(either, Means()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome.told for outcome in outcomes) == 1
    assert len(hook.requests) == 1


def test_redirects_are_not_followed(hook: Received) -> None:
    hook.statuses = [302, 200]
    with pytest.raises(DeliveryError, match="302; redirects are not followed"):
        delivery.post(hook.url, "s", b"{}", "d")
    assert len(hook.requests) == 1


def test_a_server_that_never_answers_is_not_waited_for(hook: Received) -> None:
    hook.wait = 3.0
    began = time.monotonic()
    with pytest.raises(DeliveryError, match=r"no answer within 0\.5 seconds"):
        delivery.post(hook.url, "s", b"{}", "d", seconds=0.5)
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://nowhere.invalid/x"])
def test_a_server_that_is_not_there(url: str) -> None:
    with pytest.raises(DeliveryError, match=r"no connection|no address"):
        delivery.post(url, "s", b"{}", "d", seconds=5)


def test_an_alert_of_what_is_gone_says_so(engine: Engine, hook: Received) -> None:
    add(engine, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    saved.remove(engine, "السد")
    (outcome,) = send_due(engine, Means())
    assert outcome.error is not None
    assert "no such saved search" in outcome.error


def test_a_removed_alert_leaves_nothing(engine: Engine, hook: Received) -> None:
    alert = add(engine, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    assert hanging_on(engine, "search", "السد")
    remove(engine, alert.id)
    assert _told(engine) == 0
    assert not hanging_on(engine, "search", "السد")


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": " "}, "name"),
        ({"name": "هناك"}, "taken"),
        ({"asked": "نسي"}, "asked"),
        ({"of": "watchlist"}, "asked"),
        ({"target": "ftp://x.example/"}, "webhook"),
        ({"target": "https://user:password@x.example/"}, "webhook"),
        ({"by": "email", "target": "nobody"}, "email"),
        ({"by": "email", "target": "a@b.example\nBcc: c@d.example"}, "email"),
        ({"by": "email", "target": "a@b.example, c@d.example"}, "email"),
    ],
)
def test_what_cannot_be_an_alert(engine: Engine, changes: dict[str, Any], key: str) -> None:
    given: dict[str, Any] = {
        "name": "x",
        "of": "search",
        "asked": "السد",
        "by": "webhook",
        "target": "https://x.example/hook",
    }
    add(engine, **given | {"name": "هناك"}, who="هدى")
    with pytest.raises(AlertError) as caught:
        add(engine, **given | changes, who="هدى")
    assert caught.value.key == key
    assert len(alerts(engine)) == 1


# E-mail.


class Box:
    """Takes every message, and knows who signed in."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.signed_in: list[tuple[str, str]] = []
        self.tls: list[bool] = []
        self.refuse = ""

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients += envelope.rcpt_tos
        self.tls.append(session.ssl is not None)
        return "250 taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        self.signed_in.append(given)
        return AuthResult(success=given == ("desk", "p%s:'ss"), handled=False)


@pytest.fixture
def box() -> Box:
    return Box()


@contextmanager
def mail_server(box: Box, folder: Path, security: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A real mail server, with a certificate that we trust; who does not sign in is turned away."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ca.issue_cert("localhost").configure_cert(context)
    how: dict[str, Any] = {"authenticator": box.authenticate, "auth_required": True}
    if security == "starttls":
        how |= {"tls_context": context, "require_starttls": True}
    elif security == "none":
        how = {}
    else:
        how |= {"auth_require_tls": False}  # it does not know that all of its connection is TLS
    controller = Controller(
        box, hostname="localhost", port=_free(), ssl_context=context if security == "ssl" else None, **how
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.mark.parametrize("security", ["starttls", "ssl", "none"])
def test_by_email(engine: Engine, box: Box, tmp_path: Path, security: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    add(engine, "السد: جديد", "search", "السد", "email", "editor@paper.example", who="هدى")
    _add(engine, _new(1))
    signs_in = security != "none"
    with mail_server(box, tmp_path, security, monkeypatch) as port:
        user, password = ("desk", "p%s:'ss") if signs_in else (None, None)
        mail = Mail("localhost", "Qawl <desk@paper.example>", port, security, user, password)
        assert send_due(engine, Means(mail, BASE)) == [Outcome("السد: جديد", 1)]
    (message,) = box.messages
    assert box.recipients == ["editor@paper.example"]
    assert box.tls == [security == "starttls"] or security == "ssl"
    assert box.signed_in == ([("desk", "p%s:'ss")] if signs_in else [])
    assert message["Subject"].replace("\u2068", "").replace("\u2069", "") == "السد: جديد: قول واحد"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_content()
    assert "سلمى العطار (إخبار)" in text
    assert "«السد رقم 1 يحتاج إلى صيانة عاجلة»" in text
    assert re.search(rf"{re.escape(BASE)}/statements/\w{{10}}\r?\n", text)
    assert "p%s" not in repr(mail)


def test_email_that_is_not_taken_is_tried_again(
    engine: Engine, box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    add(engine, "تنبيه", "search", "السد", "email", "editor@paper.example", who="هدى")
    _add(engine, _new(1))
    assert send_due(engine, Means(), clock=clock)[0].error == "this desk knows no mail server"
    wrong: list[tuple[Mail, str]] = []
    with mail_server(box, tmp_path, "starttls", monkeypatch) as port:
        mail = Mail("localhost", "desk@paper.example", port, "starttls", "desk", "p%s:'ss")
        wrong.append((Mail("localhost", "desk@paper.example", port, "starttls", "desk", "wrong"), "let us sign in"))
        wrong.append((Mail("localhost", "desk@paper.example", port, "none"), "answered 530"))
        wrong.append((Mail("127.0.0.1", "desk@paper.example", port, "starttls", "desk", "p%s:'ss"), "certificate"))
        for how, said in wrong:
            clock.at += timedelta(days=2)
            error = send_due(engine, Means(how), clock=clock)[0].error
            assert error is not None
            assert said in error
        box.refuse = "451 later"
        clock.at += timedelta(days=2)
        assert send_due(engine, Means(mail), clock=clock)[0].error == "the mail server answered 451"
        box.refuse = ""
        clock.at += timedelta(days=2)
        assert send_due(engine, Means(mail), clock=clock) == [Outcome("تنبيه", 1)]
    assert "p%s" not in caplog.text
    assert "wrong" not in caplog.text


# The desk, and the command.


def _post(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    return client.post(path, data={"csrf": csrf(client), **fields})


def test_from_the_search_to_the_message(desk: Running, hook: Received) -> None:
    """A search is saved, an alert made of it, an article added; the server that was named hears of it."""
    with httpx.Client(base_url=desk.url, follow_redirects=True) as client:
        _post(client, "/saved", name="السد", q="السد")
        form = client.get("/alerts?of=search&asked=السد").text
        assert '<option value="search السد" selected>' in form
        answer = _post(client, "/alerts", name="تنبيه", what="search السد", by="webhook", target=hook.url)
        shown = re.search(r'<code class="secret" dir="ltr">([\w-]{43})</code>', answer.text)
        assert shown
        assert shown[1] not in client.get("/alerts").text  # shown once
        assert _post(client, "/saved/remove", name="السد").status_code == 409
        _add(desk.engine, _new(1))
        desk.upkeep.soon()
        assert hook.came.wait(30)
        ((headers, body),) = hook.requests
        assert headers["Qawl-Signature"] == delivery.signature(shown[1], body)
        (alert,) = alerts(desk.engine)
        listed = client.get("/alerts?format=json").json()
        assert listed[0]["name"] == "تنبيه"
        assert alert.target not in json.dumps(listed)
        assert _post(client, f"/alerts/{alert.id}/remove").status_code == 200
        assert alerts(desk.engine) == []
        assert _post(client, f"/alerts/{alert.id}/remove").status_code == 404
        assert _post(client, f"/alerts/{alert.id}/again").status_code == 404


def test_what_fails_is_shown_and_taken_up_again(desk: Running, hook: Received) -> None:
    saved.save(desk.engine, "السد", "السد", Filters(), who="هدى")
    hook.statuses = [503]
    with httpx.Client(base_url=desk.url, follow_redirects=True) as client:
        _post(client, "/alerts", name="تنبيه", what="search السد", by="webhook", target=hook.url)
        _add(desk.engine, _new(1))
        send_due(desk.engine, Means())
        page = client.get("/alerts").text
        assert "تعذر الإرسال مرة" in page
        assert "the server answered 503" in page
        hook.statuses = [200]
        hook.came.clear()
        _post(client, f"/alerts/{alerts(desk.engine)[0].id}/again")
        assert hook.came.wait(30)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "x", "what": "search نسي", "by": "webhook", "target": "https://x.example/"}, "يتعذر الآن إجراء"),
        ({"name": "x", "what": "nothing", "by": "webhook", "target": "https://x.example/"}, "يتعذر الآن إجراء"),
        ({"name": "x", "what": "search السد", "by": "webhook", "target": "x"}, "يلزم عنوان"),
        ({"name": "x", "what": "search السد", "by": "email", "target": "a@b.example"}, "لا خادم بريد"),
        ({"name": "", "what": "search السد", "by": "webhook", "target": "https://x.example/"}, "يلزم اسم"),
    ],
)
def test_what_cannot_be_is_told(desk: Running, fields: dict[str, str], said: str) -> None:
    saved.save(desk.engine, "السد", "السد", Filters(), who="هدى")
    with httpx.Client(base_url=desk.url) as client:
        answer = _post(client, "/alerts", **fields)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert alerts(desk.engine) == []


def test_with_a_mail_server_the_desk_offers_it(desk: Running) -> None:
    saved.save(desk.engine, "السد", "السد", Filters(), who="هدى")
    means = Means(Mail("localhost", "desk@paper.example", 1, "none"))
    with serving(desk.engine, means=means) as running, httpx.Client(base_url=running.url) as client:
        assert '<option value="email"' in client.get("/alerts").text
        fields = {"name": "x", "what": "search السد", "by": "email", "target": "a@b.example"}
        assert _post(client, "/alerts", **fields).status_code == 303
    assert [alert.by for alert in alerts(desk.engine)] == ["email"]


def test_the_command_sends_once(location: str, hook: Received) -> None:
    engine = open_record(location, create=True)
    fill(engine)
    saved.save(engine, "السد", "السد", Filters(), who="هدى")
    add(engine, "تنبيه", "search", "السد", "webhook", hook.url, who="هدى")
    _add(engine, _new(1))

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(main, ["alerts", *arguments, "--db", location], catch_exceptions=False)

    sent = run("send", "--base", BASE)
    assert (sent.exit_code, sent.stdout) == (0, "تنبيه: 1 told\n")
    assert hook.bodies()[0]["statements"][0]["address"].startswith(BASE)
    assert run("send").stdout == "تنبيه: 0 told\n"
    hook.statuses = [410]
    _add(engine, _new(2))
    failed = run("send")
    assert (failed.exit_code, failed.stderr) == (1, "تنبيه: 0 told; the server answered 410\n")
    listed = json.loads(run("list", "--json").stdout)
    assert (listed["name"], listed["failures"]) == ("تنبيه", 1)
    assert hook.url not in run("list").stdout
    engine.dispose()


def test_the_password_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qawl.cli.mail_options import means

    given: dict[str, Any] = {f"smtp_{name}": None for name in ("host", "port", "user", "password_file")}
    given |= {"smtp_security": "starttls", "mail_from": "desk@paper.example", "base": None, "mail_language": "ar"}
    given |= {"smtp_host": "mail.example", "smtp_user": "desk"}
    file = tmp_path / "password"
    file.write_text("secret\n")
    mail = means(given | {"smtp_password_file": file}).mail
    assert mail is not None
    assert (mail.password, mail.port) == ("secret", 587)
    monkeypatch.setenv("QAWL_SMTP_PASSWORD", "other")
    mail = means(given | {"smtp_security": "ssl"}).mail
    assert mail is not None
    assert (mail.password, mail.port) == ("other", 465)
    monkeypatch.delenv("QAWL_SMTP_PASSWORD")
    for wrong in ({}, {"mail_from": None}, {"smtp_security": "none", "smtp_password_file": file}):
        result = CliRunner().invoke(
            main, ["alerts", "send", "--db", str(tmp_path / "none.db"), *_arguments(given | wrong)]
        )
        assert result.exit_code == 2
    assert means(given | {"smtp_host": None}).mail is None


def _arguments(values: dict[str, Any]) -> list[str]:
    options = {name: f"--{name.replace('_', '-')}" for name in values}
    return [word for name, value in values.items() if value is not None for word in (options[name], str(value))]
