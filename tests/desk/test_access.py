"""Who is let in, as what, and for how long."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from desks import Running, csrf, fill, serving, sound
from sqlalchemy import Engine, select, update

from qawl.desk.access import accounts, passwords, sessions, tokens
from qawl.desk.access.accounts import AccountError
from qawl.desk.access.hosts import known_names
from qawl.desk.access.throttle import Throttle
from qawl.people import audit
from qawl.record import showing, tables
from qawl.record.engine import snapshot, write
from qawl.record.judgements import judgements
from qawl.record.times import moment

PASSWORD = "correct horse battery"
REF = "a1ygt2r83r"


@pytest.fixture(autouse=True, scope="module")
def _quick_passwords() -> Iterator[None]:
    """Argon2 with little effort: what it is worth is tested elsewhere."""
    usual = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # type: ignore[misc]
    passwords._nobodys.cache_clear()
    yield
    passwords._hasher = usual  # type: ignore[misc]
    passwords._nobodys.cache_clear()


@pytest.fixture
def guarded(desk: Running) -> Iterator[Running]:
    """A desk with accounts: ليلى is an administrator, سامر an editor, نور a reader."""
    for name, role in (("ليلى", "admin"), ("سامر", "editor"), ("نور", "reader")):
        accounts.add(desk.engine, name, role, PASSWORD, who="test")  # type: ignore[arg-type]
    with serving(desk.engine, accounts=True) as running:
        yield running


@contextmanager
def signed_in(url: str, name: str, password: str = PASSWORD) -> Iterator[httpx.Client]:
    """A client whose browser is signed in."""
    with httpx.Client(base_url=url) as client:
        answer = sign_in(client, name, password)
        assert answer.status_code == 303, answer.text
        yield client


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/sign-in", data={"csrf": csrf(client, "/sign-in"), "name": name, "password": password, **more})


def post(client: httpx.Client, path: str, **data: str) -> httpx.Response:
    return client.post(path, data={"csrf": csrf(client, "/account"), **data})


def test_nobody_is_let_in_without_signing_in(guarded: Running) -> None:
    answer = httpx.get(guarded.url + "/search?q=x&day=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?back=%2Fsearch%3Fq%3Dx%26day%3D1")
    answer = httpx.get(guarded.url + "/search", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="Qawl"')
    assert httpx.get(guarded.url + "/static/base.css").status_code == 200


def test_signing_in_leads_to_where_one_was_going_and_out_ends_it(guarded: Running) -> None:
    with httpx.Client(base_url=guarded.url) as client:
        answer = sign_in(client, "سامر", back="/search?q=x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=x")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert client.get("/search").status_code == 200
        key = client.cookies["qawl"]
        assert post(client, "/sign-out").headers["location"] == "/sign-in"
        assert httpx.get(guarded.url + "/search", cookies={"qawl": key}).status_code == 303


def test_over_https_the_cookies_are_kept_to_this_host(guarded: Running) -> None:
    with serving(guarded.engine, accounts=True, secure=True) as running:
        page = httpx.get(running.url + "/sign-in")
        guest = page.headers["set-cookie"]
        assert guest.startswith("__Host-qawl-guest=")
        assert "; Secure" in guest
        assert "Path=/;" in guest
        found = re.search(r'name="csrf" content="(\w+)"', page.text)
        assert found
        answer = httpx.post(
            running.url + "/sign-in",
            data={"csrf": found[1], "name": "نور", "password": PASSWORD},
            headers={"Cookie": guest.partition(";")[0]},
        )
        assert answer.headers["set-cookie"].startswith("__Host-qawl=")
        assert answer.headers["strict-transport-security"]


def test_the_wrong_name_and_the_wrong_password_are_told_alike(guarded: Running) -> None:
    told = set()
    with httpx.Client(base_url=guarded.url) as client:
        for name in ("ليلى", "غريب"):
            answer = sign_in(client, name, "wrong password")
            assert answer.status_code == 403
            told.add(re.sub(r'content="\w+"|value="[^"]*"', "", answer.text))
    assert len(told) == 1


def test_an_unknown_name_costs_as_much_work(guarded: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    fits = PasswordHasher.verify

    def verify(hasher: PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return fits(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    for name in ("ليلى", "غريب"):
        assert accounts.check(guarded.engine, name, "wrong password") is None
    assert len(checked) == 2


def test_who_tries_often_has_to_wait(guarded: Running) -> None:
    with httpx.Client(base_url=guarded.url) as client:
        statuses = [sign_in(client, "ليلى", f"wrong {n}").status_code for n in range(11)]
        assert statuses == [403] * 10 + [429]
        answer = sign_in(client, "ليلى")  # the right password does not help any more
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 300
        assert sign_in(client, "سامر").status_code == 303


def test_who_tries_many_names_from_one_address_has_to_wait() -> None:
    throttle = Throttle()
    waits = [throttle.wait(f"name {n}", "2001:db8::1" if n % 2 else "2001:db8::2") for n in range(51)]
    assert waits[:50] == [0] * 50
    assert waits[50] > 0
    assert throttle.wait("name", "2001:db9::1") == 0


def test_roles(guarded: Running) -> None:
    judge = {"verdict": "right"}
    with signed_in(guarded.url, "نور") as reader:
        assert post(reader, f"/statements/{REF}/judge", **judge).status_code == 403
        assert reader.get("/accounts").status_code == 403
    with signed_in(guarded.url, "سامر") as editor:
        assert post(editor, f"/statements/{REF}/judge", **judge).status_code == 303
        assert post(editor, "/accounts", name="x", password=PASSWORD, role="admin").status_code == 403
    with signed_in(guarded.url, "ليلى") as admin:
        assert admin.get("/accounts").status_code == 200
        assert post(admin, "/accounts", name="رنا", password=PASSWORD, role="editor").status_code == 303
    (judged,) = judgements(guarded.engine, ref=REF)
    assert judged.decision.who == "سامر"
    assert {(one.name, one.role) for one in accounts.accounts(guarded.engine)} >= {("رنا", "editor")}


def test_a_form_of_another_session_decides_nothing(guarded: Running) -> None:
    with signed_in(guarded.url, "سامر") as one, signed_in(guarded.url, "ليلى") as other:
        stolen = csrf(other, "/account")
        answer = one.post(f"/statements/{REF}/judge", data={"csrf": stolen, "verdict": "wrong"})
        assert answer.status_code == 403
    assert list(judgements(guarded.engine)) == []


def test_another_password_signs_out_all_other_browsers(guarded: Running) -> None:
    with signed_in(guarded.url, "نور") as one, signed_in(guarded.url, "نور") as other:
        assert post(one, "/account/password", old="wrong wrong", new="another password").status_code == 403
        assert post(one, "/account/password", old=PASSWORD, new="short").status_code == 422
        assert post(one, "/account/password", old=PASSWORD, new="another password").status_code == 303
        assert one.get("/search").status_code == 200
        assert other.get("/search").status_code == 303
    with httpx.Client(base_url=guarded.url) as client:
        assert sign_in(client, "نور").status_code == 403
        assert sign_in(client, "نور", "another password").status_code == 303


def test_a_closed_account_is_out_at_once_with_its_tokens(guarded: Running) -> None:
    token = tokens.make(guarded.engine, _id(guarded.engine, "سامر"), "x", "editor", who="test")
    bearer = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    with signed_in(guarded.url, "سامر") as editor, signed_in(guarded.url, "ليلى") as admin:
        assert httpx.get(guarded.url + "/search", headers=bearer).status_code == 200
        assert post(admin, "/accounts/close", name="سامر").status_code == 303
        assert editor.get("/search").status_code == 303
        assert httpx.get(guarded.url + "/search", headers=bearer).status_code == 401
        assert sign_in(editor, "سامر").status_code == 403
        assert post(admin, "/accounts/open", name="سامر").status_code == 303
        assert httpx.get(guarded.url + "/search", headers=bearer).status_code == 401  # closed with it
        assert sign_in(editor, "سامر").status_code == 303


def test_another_role_holds_at_once(guarded: Running) -> None:
    with signed_in(guarded.url, "سامر") as editor:
        accounts.set_role(guarded.engine, "سامر", "reader", who="test")
        assert post(editor, f"/statements/{REF}/judge", verdict="right").status_code == 403


def test_the_last_administrator_stays(guarded: Running) -> None:
    with pytest.raises(AccountError, match="last administrator"):
        accounts.close(guarded.engine, "ليلى", who="test")
    with pytest.raises(AccountError, match="last administrator"):
        accounts.set_role(guarded.engine, "ليلى", "editor", who="test")


def test_a_session_ends_by_itself(guarded: Running) -> None:
    with signed_in(guarded.url, "نور") as client:
        past = moment(datetime.now(UTC) - timedelta(seconds=1))
        write(guarded.engine, lambda connection: connection.execute(update(tables.sessions).values(ends_at=past)))
        assert client.get("/search").status_code == 303
    sessions.begin(guarded.engine, _id(guarded.engine, "نور"))
    with snapshot(guarded.engine) as connection:
        assert len(connection.execute(select(tables.sessions)).all()) == 1  # what is over is gone


def test_tokens_are_shown_once_and_may_not_more_than_their_role(guarded: Running) -> None:
    with signed_in(guarded.url, "سامر") as editor:
        assert post(editor, "/account/tokens", name="كشاف", role="admin").status_code == 403
        shown = post(editor, "/account/tokens", name="كشاف", role="reader")
        found = re.search(r"qawl_[\w-]{43}", shown.text)
        assert found
        assert shown.headers["cache-control"] == "no-store"
        assert "qawl_" not in editor.get("/account").text
        bearer = {"Authorization": f"Bearer {found[0]}", "Accept": "application/json"}
        assert httpx.get(guarded.url + "/search", headers=bearer).status_code == 200
        refused = httpx.post(f"{guarded.url}/statements/{REF}/judge", data={"verdict": "right"}, headers=bearer)
        assert refused.status_code == 403
        # A token makes no others, whatever its role.
        assert httpx.get(guarded.url + "/account", headers=bearer).status_code == 403
        (kept,) = tokens.tokens(guarded.engine, _id(guarded.engine, "سامر"))
        assert kept.used_at is not None
        assert post(editor, f"/account/tokens/{kept.id}/close").status_code == 303
        assert httpx.get(guarded.url + "/search", headers=bearer).status_code == 401
    with snapshot(guarded.engine) as connection:
        assert found[0] not in str(connection.execute(select(tables.api_tokens)).all())


def test_a_program_with_a_token_needs_no_form(guarded: Running) -> None:
    token = tokens.make(guarded.engine, _id(guarded.engine, "سامر"), "x", "editor", who="test")
    bearer = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    answer = httpx.post(f"{guarded.url}/statements/{REF}/judge", data={"verdict": "right"}, headers=bearer)
    assert answer.json() == {"decision": 1, "verdict": "right"}
    with signed_in(guarded.url, "سامر") as editor:
        # A bad token is not made good by a session.
        assert editor.get("/search", headers={"Authorization": "Bearer qawl_no"}).status_code == 303


def test_a_token_of_somebody_who_may_less_now_may_less(guarded: Running) -> None:
    token = tokens.make(guarded.engine, _id(guarded.engine, "سامر"), "x", "editor", who="test")
    accounts.set_role(guarded.engine, "سامر", "reader", who="test")
    found = tokens.shown(guarded.engine, token)
    assert found
    assert found.signed_in.role == "reader"


def test_passwords_are_hashed_anew_when_more_effort_is_usual(guarded: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept() -> Any:
        with snapshot(guarded.engine) as connection:
            return connection.scalar(select(tables.accounts.c.password).where(tables.accounts.c.name == "نور"))

    before = kept()
    assert before.startswith("$argon2id$")
    assert accounts.check(guarded.engine, "نور", PASSWORD)
    assert kept() == before
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    assert accounts.check(guarded.engine, "نور", PASSWORD)
    assert "t=2" in kept()


def test_two_editors_decide_at_once_and_both_are_kept(record: Engine) -> None:
    """On either engine; the later decision is shown, and both are in the audit."""
    fill(record)
    for name in ("سامر", "رنا"):
        accounts.add(record, name, "editor", PASSWORD, who="test")
    with (
        serving(record, accounts=True) as running,
        signed_in(running.url, "سامر") as one,
        signed_in(running.url, "رنا") as other,
    ):
        ready = threading.Barrier(2)
        answers: dict[str, int] = {}

        def decide(client: httpx.Client, act: str) -> None:
            data = {"csrf": csrf(client), "verdict": "mended", "act": act}
            headers = {"Accept": "application/json"}
            ready.wait()
            answer = client.post(f"/statements/{REF}/judge", data=data, headers=headers)
            answers[act] = answer.json()["decision"]

        threads = [threading.Thread(target=decide, args=both) for both in ((one, "warn"), (other, "praise"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        page = one.get("/audit").text
    later = max(answers, key=lambda act: answers[act])
    assert showing.statement(record, REF)[1].statement.act == later
    found = [entry for entry in audit.entries(record, limit=10) if entry.kind == "statement"]
    assert [(entry.id, entry.holds) for entry in found] == [(2, True), (1, True)]
    assert {(entry.who, entry.detail["act"]) for entry in found} == {("سامر", "warn"), ("رنا", "praise")}
    assert page.count(f"/statements/{REF}") == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_of_accounts_keep_nobody_out(guarded: Running, tab: Any, language: str) -> None:
    tab.goto(f"{guarded.url}/account?lang={language}")
    sound(tab)
    tab.fill("#name", "ليلى")
    tab.fill("#password", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/account?lang=*")
    tab.fill("#token-name", "كشاف")
    tab.press("#token-name", "Enter")
    tab.wait_for_selector("code.token")
    for path in ("/account", "/accounts"):
        tab.goto(f"{guarded.url}{path}?lang={language}")
        sound(tab)
        tab.set_viewport_size({"width": 360, "height": 740})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_was_decided_as_a_list_in_pages_and_files(guarded: Running) -> None:
    for number in range(60):
        accounts.add(guarded.engine, f"account {number}", "reader", PASSWORD, who="سامر")
    with signed_in(guarded.url, "سامر") as editor:
        assert post(editor, f"/statements/{REF}/judge", verdict="wrong", note="=cmd()").status_code == 303
        first = editor.get("/audit?format=json&who=سامر").json()
        second = editor.get(f"/audit?format=json&who=سامر&after={first['next']}").json()
        assert second["next"] is None
        found = [(one["kind"], one["id"]) for one in first["entries"] + second["entries"]]
        assert len(found) == len(set(found)) == 61
        assert found[0][0] == "statement"
        assert "account 0" in editor.get(f"/audit?who=سامر&after={first['next']}").text
        lines = editor.get("/audit?format=csv&kind=statement").text.splitlines()
        assert lines[0].startswith("\ufeffat,who,kind,id")
        assert f"سامر,statement,1,wrong,{REF}" in lines[1]
        assert "'=cmd()" in lines[1]
        assert editor.get("/audit?after=nonsense").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_the_desk_is_not_there_under_another_name(desk: Running, host: str) -> None:
    with serving(desk.engine, hosts=("localhost", "127.0.0.1", "[::1]", "desk.example")) as running:
        assert httpx.get(running.url + "/search", headers={"Host": host}).status_code == 421
        for known in ("localhost:8000", "[::1]:8000", "desk.example", "Desk.Example:443"):
            assert httpx.get(running.url + "/search", headers={"Host": known}).status_code == 200


def _id(engine: Engine, name: str) -> int:
    return next(one.id for one in accounts.accounts(engine) if one.name == name)


def test_under_a_prefix_one_signs_in_and_stays_there(guarded: Running) -> None:
    with serving(guarded.engine, accounts=True, prefix="/qawl") as running:
        base = running.url.removesuffix("/qawl")
        with httpx.Client(base_url=base) as client:
            answer = client.get("/qawl/search?q=x")
            assert answer.headers["location"] == "/qawl/sign-in?back=%2Fsearch%3Fq%3Dx"
            data = {"csrf": csrf(client, "/qawl/sign-in"), "name": "نور", "password": PASSWORD, "back": "/search?q=x"}
            answer = client.post("/qawl/sign-in", data=data)
            assert answer.headers["location"] == "/qawl/search?q=x"
            assert "Path=/qawl;" in answer.headers["set-cookie"]
            assert client.get("/qawl/search").status_code == 200


@pytest.mark.parametrize(
    ("address", "names", "with_accounts", "known"),
    [
        ("127.0.0.1", [], False, ("localhost", "127.0.0.1", "[::1]")),
        ("::1", ["Desk.example"], True, ("localhost", "127.0.0.1", "[::1]", "desk.example")),
        ("0.0.0.0", [], True, ()),
        ("0.0.0.0", ["desk.example"], True, ("localhost", "127.0.0.1", "[::1]", "desk.example")),
        ("192.0.2.7", [], False, ("localhost", "127.0.0.1", "[::1]", "192.0.2.7")),
        ("2001:db8::7", [], False, ("localhost", "127.0.0.1", "[::1]", "[2001:db8::7]")),
    ],
)
def test_names_under_which_a_desk_is_known(
    address: str, names: list[str], with_accounts: bool, known: tuple[str, ...]
) -> None:
    assert known_names(address, names, accounts=with_accounts) == known


def test_nothing_is_taken_from_who_is_not_signed_in(guarded: Running) -> None:
    with socket.create_connection(("127.0.0.1", int(guarded.url.rpartition(":")[2])), timeout=20) as there:
        there.sendall(b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000000\r\n\r\n")
        assert there.recv(100).startswith(b"HTTP/1.1 303 ")  # before the first letter of it was sent
    assert httpx.post(f"{guarded.url}/api/v1/read", json={"text": "x"}).status_code == 401


def test_a_stranger_locks_nobody_out_who_sits_elsewhere() -> None:
    throttle = Throttle()
    for _ in range(20):
        throttle.wait("ليلى", "192.0.2.1")
    assert throttle.wait("ليلى", "192.0.2.1") > 0
    assert throttle.wait("ليلى", "192.0.2.2") == 0
    # What the stranger's tries were refused does not fill the count of all.
    assert sum(throttle.wait("ليلى", "192.0.2.1") == 0 for _ in range(500)) == 0
    assert throttle.wait("ليلى", "192.0.2.3") == 0


def test_many_strangers_have_to_wait_but_not_who_signed_in_before() -> None:
    throttle = Throttle()
    throttle.forget("ليلى", "192.0.2.1")
    waits = [throttle.wait("ليلى", f"198.51.{n // 9}.1") for n in range(300)]
    assert waits[:200] == [0] * 200
    assert all(wait > 60 for wait in waits[200:])
    assert throttle.wait("سامر", "198.51.0.2") == 0
    assert throttle.wait("ليلى", "192.0.2.1") == 0


def test_over_the_proxy_a_colleague_signs_in_while_a_stranger_tries(desk: Running) -> None:
    accounts.add(desk.engine, "ليلى", "admin", PASSWORD, who="test")
    with serving(desk.engine, accounts=True) as running:
        with httpx.Client(base_url=running.url) as stranger:
            statuses = [sign_in(stranger, "ليلى", f"wrong {n}").status_code for n in range(12)]
            assert statuses[-2:] == [429, 429]
        # Another address of this machine: to the server, somebody else.
        with httpx.Client(base_url=running.url, transport=httpx.HTTPTransport(local_address="127.0.0.2")) as colleague:
            assert sign_in(colleague, "ليلى").status_code == 303


@pytest.mark.parametrize("closed", [False, True])
def test_with_another_password_tokens_are_closed_where_that_is_asked_for(guarded: Running, closed: bool) -> None:
    with signed_in(guarded.url, "نور") as client:
        token = _token(post(client, "/account/tokens", name="script", role="reader").text)
        asked = {"close_tokens": "true"} if closed else {}
        answer = post(client, "/account/password", old=PASSWORD, new="another long password", **asked)
        assert answer.status_code == 303
        assert ("tokens" in answer.headers["location"]) == closed
    answer = httpx.get(guarded.url + "/api/v1/articles", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == (401 if closed else 200)
    with signed_in(guarded.url, "ليلى") as admin:
        actions = [entry["what"] for entry in admin.get("/audit?format=json").json()["entries"]]
        assert ("tokens-close" in actions) == closed
        assert admin.get("/audit").status_code == 200


def test_an_administrator_closes_tokens_with_a_password(guarded: Running) -> None:
    with signed_in(guarded.url, "نور") as client:
        token = _token(post(client, "/account/tokens", name="script", role="reader").text)
    with signed_in(guarded.url, "ليلى") as admin:
        post(admin, "/accounts/password", name="نور", password="another long password", close_tokens="true")
    answer = httpx.get(guarded.url + "/api/v1/articles", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def _token(text: str) -> str:
    found = re.search(r"qawl_[\w-]{43}", text)
    assert found
    return found[0]
