"""The API as a program meets it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from desks import Running, serving

from qawl.desk.api import ROOT

TEXT = "قال وزير الري سالم الغامري إن السد امتلأ."


def get(desk: Running, path: str, **query: Any) -> httpx.Response:
    return httpx.get(desk.url + ROOT + path, params=query)


def test_a_text_is_read_and_not_kept(standing: Running) -> None:
    before = get(standing, "/articles").json()
    answer = httpx.post(standing.url + ROOT + "/read", json={"text": TEXT, "published": "2024-03-05"})
    statement = answer.json()["statements"][0]
    assert statement["speaker"]["name"] == "سالم الغامري"
    (piece,) = statement["content"]
    assert TEXT[piece["start"] : piece["end"]] == piece["text"] == "السد امتلأ"
    assert get(standing, "/articles").json() == before


def test_a_cursor_leads_through_all_articles_once(standing: Running) -> None:
    seen: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = get(standing, "/articles", limit=4, **({"cursor": cursor} if cursor else {})).json()
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [article["day"] for article in seen] == sorted((article["day"] for article in seen), reverse=True)
    assert len(seen) == len({article["id"] for article in seen}) == 15


def test_a_cursor_is_of_its_question_alone(standing: Running) -> None:
    cursor = get(standing, "/search", q="السد", limit=1).json()["next"]
    assert get(standing, "/search", q="السد", limit=1, cursor=cursor).status_code == 200
    for path, question in (("/search", {"q": "الخط"}), ("/people", {})):
        answer = get(standing, path, cursor=cursor, **question)
        assert (answer.status_code, answer.json()["detail"]) == (422, "cursor: of another question")
    assert get(standing, "/people", cursor="x").json()["detail"] == "cursor: not one that was given"


def test_from_a_search_to_the_article(standing: Running) -> None:
    found = get(standing, "/search", q="سعر التذكرة", speaker="الخزامي").json()["items"][0]
    whole = get(standing, f"/statements/{found['id']}").json()
    (statement,) = whole["statements"]
    text = whole["article"]["text"]
    assert all(text[piece["start"] : piece["end"]] == piece["text"] for piece in statement["content"])
    assert statement["speaker"]["name"] == "رائد الخزامي"
    cited = get(standing, f"/statements/{found['id']}/cite").json()
    assert statement["content"][0]["text"] in cited["arabic"]
    article = get(standing, f"/articles/{whole['article']['id']}").json()
    assert statement["id"] in [one["id"] for one in article["statements"]]


def test_a_person_their_line_and_the_versions(standing: Running) -> None:
    person = get(standing, "/people", q="سلمى العطار").json()["items"][0]
    profile = get(standing, f"/people/{person['ref']}").json()
    assert profile["person"] == person
    line = get(standing, f"/people/{person['ref']}/line", about="سد الغدير").json()
    (turn,) = [entry for entry in line["entries"] if entry["differs_from"]]
    versions = get(standing, f"/statements/{turn['differs_from']['id']}/versions").json()
    assert {difference["kind"] for difference in versions["differences"]} >= {"negation", "verb"}


def test_who_has_the_answer_is_not_sent_it_again(standing: Running) -> None:
    first = get(standing, "/people")
    url = standing.url + ROOT + "/people"
    assert httpx.get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert httpx.get(url, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    assert get(standing, "/people", limit=1).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/999", 404),
        ("/articles/x", 422),
        ("/statements/zzzzzzzzzz", 404),
        ("/people/nobody", 404),
        ("/search", 422),
        ("/search?q=-x", 422),
        ("/search?q=x&from=2024-02-30", 422),
        ("/people?limit=1000", 422),
        ("/nothing", 404),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(standing: Running, path: str, status: int) -> None:
    answer = httpx.get(standing.url + ROOT + path)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["detail"]


def test_a_program_that_sends_no_json_is_told_what_to_send(standing: Running) -> None:
    answer = httpx.post(standing.url + ROOT + "/read", content="قال", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 403
    assert "Content-Type: application/json" in answer.json()["detail"]


def test_more_than_its_share_is_refused(standing: Running) -> None:
    with serving(standing.engine, rate=3) as running:
        answers = [get(running, "/articles", limit=1) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers[:3]] == ["2", "1", "0"]
    assert answers[3].headers["retry-after"] == "5"
    assert answers[3].json()["title"] == "Too Many Requests"


def test_a_decision_and_taking_it_back(desk: Running) -> None:
    ref = get(desk, "/search", q="سعر التذكرة").json()["items"][0]["id"]
    url = desk.url + ROOT + "/judgements"
    decided = httpx.post(url, json={"statement": ref, "verdict": "mended", "change": {"act": "deny"}, "note": "نفي"})
    assert decided.status_code == 201
    number = decided.json()["decision"]
    assert get(desk, f"/statements/{ref}").json()["statements"][0]["act"] == "deny"
    (judgement,) = get(desk, "/judgements", statement=ref).json()["items"]
    assert (judgement["id"], judgement["verdict"], judgement["note"]) == (number, "mended", "نفي")

    assert httpx.delete(f"{url}/{number}").json() == {"decision": number}
    assert get(desk, f"/statements/{ref}").json()["statements"][0]["verdict"] is None
    first, second = get(desk, "/judgements").json()["items"]
    assert (first["holds"], second["undoes"]) == (False, number)


def test_decisions_of_both_kinds_page_by_page_in_their_order(desk: Running) -> None:
    url = desk.url + ROOT + "/judgements"
    refs = [found["id"] for found in get(desk, "/search", form="direct", limit=3).json()["items"]]
    one, other = (who["ref"] for who in get(desk, "/people", limit=2).json()["items"])
    about_people = {"verdict": "different", "one": one, "other": other}
    asked = [
        {"statement": refs[2], "verdict": "right"},
        about_people,
        *({"statement": r, "verdict": "wrong"} for r in refs),
    ]
    numbers = [httpx.post(url, json=one).json()["decision"] for one in asked]
    httpx.delete(f"{url}/{numbers[1]}")
    every = get(desk, "/judgements", limit=100).json()["items"]
    assert [one["id"] for one in every] == sorted(one["id"] for one in every)
    assert {*numbers} < {one["id"] for one in every}
    for size in (1, 2):
        paged, cursor = [], ""
        while cursor is not None:
            page = get(desk, "/judgements", limit=size, **({"cursor": cursor} if cursor else {})).json()
            paged += page["items"]
            cursor = page["next"]
        assert paged == every
    (first, second) = get(desk, "/judgements", statement=refs[2], limit=2).json()["items"]
    assert [first["id"], second["id"]] == [numbers[0], numbers[4]]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"statement": "zzzzzzzzzz", "verdict": "right"}, 404),
        ({"verdict": "same", "one": "nobody", "other": "somebody"}, 404),
        ({"verdict": "right"}, 422),
        ({}, 422),
    ],
)
def test_a_decision_about_nothing_is_refused(standing: Running, asked: dict[str, Any], status: int) -> None:
    assert httpx.post(standing.url + ROOT + "/judgements", json=asked).status_code == status


def test_a_mended_statement_says_what_holds_instead(standing: Running) -> None:
    ref = get(standing, "/search", q="سعر التذكرة").json()["items"][0]["id"]
    url = standing.url + ROOT + "/judgements"
    for asked in (
        {"verdict": "mended"},
        {"verdict": "mended", "change": {}},
        {"verdict": "right", "change": {"act": "deny"}},
        {"verdict": "mended", "change": {"words": "ما لم يقله أحد"}},
    ):
        assert httpx.post(url, json={"statement": ref, **asked}).status_code == 422
    assert get(standing, "/judgements", statement=ref).json()["items"] == []


def test_a_search_takes_the_id_of_who_speaks_and_of_whom_is_spoken(standing: Running) -> None:
    who = get(standing, "/people", limit=1).json()["items"][0]
    profile = get(standing, f"/people/{who['ref']}").json()
    found = get(standing, "/search", speaker=who["ref"], limit=100).json()["items"]
    assert len(found) == who["statements"]
    assert {one["id"] for one in found} >= {one["ref"] for one in profile["latest"]}
    whom = profile["about"][0]
    assert len(get(standing, "/search", speaker=who["ref"], about=whom["ref"]).json()["items"]) == whom["number"]
    assert get(standing, "/search", speaker="e-zzzzzzzzzz").status_code == 404
