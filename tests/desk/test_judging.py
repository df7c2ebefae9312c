"""What editors decide by the forms of the desk, and that nobody decides in their name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from desks import Running, csrf, fill, in_forms, serving
from sqlalchemy import Engine

from qawl.people.profiles import profile
from qawl.record import showing
from qawl.record.judgements import judgements

REF = "a1ygt2r83r"


@pytest.fixture
def client(desk: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk.url) as found:
        yield found


def _judge(client: httpx.Client, **fields: str) -> httpx.Response:
    return client.post(f"/statements/{REF}/judge", data={"csrf": csrf(client), **fields})


def test_a_form_leads_back_and_is_kept(desk: Running, client: httpx.Client) -> None:
    answer = _judge(client, verdict="wrong", note=" a slogan ", back=f"/articles/1#s-{REF}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/articles/1#s-{REF}")
    (judged,) = judgements(desk.engine, ref=REF)
    assert (judged.decision.verdict, judged.decision.who, judged.decision.note) == ("wrong", "desk", "a slogan")


def test_a_script_is_told_what_was_kept(desk: Running, client: httpx.Client) -> None:
    headers = {"Accept": "application/json", "X-CSRF-Token": csrf(client)}
    answer = client.post(f"/statements/{REF}/judge", data={"verdict": "right"}, headers=headers)
    assert answer.json() == {"decision": 1, "verdict": "right"}
    taken = client.post("/undo", headers=headers)
    assert taken.json() == {"decision": 1, "verdict": "undone"}
    refused = client.post("/undo", headers=headers)
    assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
    assert [judged.holds for judged in judgements(desk.engine)] == [False, True]


def test_a_mend_keeps_only_what_was_changed(desk: Running, client: httpx.Client) -> None:
    shown = showing.statement(desk.engine, REF)[1].statement
    assert shown.speaker
    same = {"speaker": shown.speaker.name, "speaker_type": shown.speaker.type, "words": shown.text}
    assert _judge(client, verdict="mended", act=shown.act, **same).status_code == 422
    assert _judge(client, verdict="mended", act="assert" if shown.act != "assert" else "deny", **same).is_redirect
    (judged,) = judgements(desk.engine, ref=REF)
    assert set(judged.decision.change) == {"act"}
    assert _judge(client, verdict="mended", nobody="on").is_redirect
    assert showing.statement(desk.engine, REF)[1].statement.speaker is None


def test_words_that_are_not_in_the_article_are_refused(client: httpx.Client) -> None:
    answer = _judge(client, verdict="mended", words="كلمات لم يقلها أحد هنا")
    assert answer.status_code == 422
    assert "هذه الكلمات ليست في المقال" in answer.text


def test_what_is_no_verdict_and_what_is_no_statement(client: httpx.Client) -> None:
    assert _judge(client, verdict="undone").status_code == 422
    answer = client.post("/statements/zzzzzzzzzz/judge", data={"csrf": csrf(client), "verdict": "right"})
    assert answer.status_code == 404


def test_a_change_of_speaker_reaches_who_is_who_by_itself(record: Engine) -> None:
    """On either engine: the desk brings up to date what follows from a decision."""
    fill(record)
    with serving(record) as running, httpx.Client(base_url=running.url) as client:
        assert _judge(client, verdict="mended", speaker="وسيم الدالي").is_redirect
        assert running.upkeep.wait()
    assert [said.ref for said in profile(record, "وسيم الدالي").latest] == [REF]


def test_pairs_of_people(desk: Running, client: httpx.Client) -> None:
    from qawl.people.finding import entity_of
    from qawl.people.judgements import judged
    from qawl.record.engine import snapshot

    fields = {"csrf": csrf(client), "one": "سلمى العطار", "other": "هدى الصيرفي", "back": "/review/pairs"}
    answer = client.post("/people/judge", data={**fields, "verdict": "same"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/pairs")
    assert desk.upkeep.wait()
    with snapshot(desk.engine) as connection:
        assert entity_of(connection, "سلمى العطار") == entity_of(connection, "هدى الصيرفي")
    assert client.post("/people/judge", data={**fields, "verdict": "different"}).status_code in (303, 409)
    assert client.post("/undo", data={**fields, "decision": "1"}).is_redirect
    assert not next(judged(desk.engine)).holds


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_decides_nothing(desk: Running, client: httpx.Client, headers: dict[str, str]) -> None:
    data = {"csrf": csrf(client), "verdict": "wrong"}
    assert client.post(f"/statements/{REF}/judge", data=data, headers=headers).status_code == 403
    assert list(judgements(desk.engine)) == []


def test_a_form_without_its_token_decides_nothing(desk: Running, client: httpx.Client) -> None:
    own = csrf(client)
    with httpx.Client(base_url=desk.url) as other:
        foreign = csrf(other)
    for wrong in ("", "x", own[:-1], own[1:], foreign):
        answer = client.post(f"/statements/{REF}/judge", data={"csrf": wrong, "verdict": "wrong"})
        assert answer.status_code == 403
        assert "انتهت صلاحية هذه الصفحة" in answer.text
    cookies: dict[str, Any] = {"data": {"csrf": own, "verdict": "wrong"}}
    assert httpx.post(f"{desk.url}/statements/{REF}/judge", **cookies).status_code == 403  # without the cookie
    assert list(judgements(desk.engine)) == []
    assert own != csrf(client)  # another one on every page
    (in_form,) = in_forms(client, "/review")
    answer = client.post(f"/statements/{REF}/judge", data={"csrf": in_form, "verdict": "wrong"})
    assert answer.status_code == 303
