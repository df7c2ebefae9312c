"""The pages of one statement in all outlets, and of where outlets differ."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from desks import Running, sound
from sqlalchemy import select

from qawl.article import Article
from qawl.compare import updating as comparing
from qawl.people import updating as resolving
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.writing import add

REF = "3bj5ddaa9r"


def test_the_fullest_first_with_what_differs_marked(standing: Running) -> None:
    page = httpx.get(f"{standing.url}/versions/{REF}?lang=en").text
    assert page.count('class="version sheet') == 4
    assert page.index("fullest") < page.index('id="v-2"')
    assert "mark k-negation" in page
    assert "another one" in page
    assert f"#s-{REF}" in page
    (found,) = httpx.get(f"{standing.url}/versions/{REF}?format=json").json()
    assert len(found["versions"]) == 4


def test_a_statement_alone_says_so(standing: Running) -> None:
    with snapshot(standing.engine) as connection:
        c, s = tables.compared.c, tables.statements.c
        alone = select(s.ref).join(tables.compared, c.statement_id == s.id).where(c.group_id.is_(None))
        ref = connection.scalars(alone).first()
    assert "no other version" in httpx.get(f"{standing.url}/versions/{ref}?lang=en").text
    assert httpx.get(f"{standing.url}/versions/zzzzzzzzzz").status_code == 404


def test_many_versions_are_folded(desk: Running, tab: Any) -> None:
    days = "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت".split()
    said = [
        f"سالم الغامري {verb} إن ملء خزان سد الوادي الكبير سيبدأ يوم {day} بحضور {n} مهندسا"
        for n, (verb, day) in enumerate((v, d) for v in ("قال", "زعم") for d in days)
    ]
    articles = [
        Article(f"وزير الري {one}.", url=f"https://n{n}.example/", outlet=f"صحيفة {n}", published=None)
        for n, one in enumerate([*said, said[0]])
    ]
    add(desk.engine, articles, lambda outcome: None)
    resolving.bring_up_to_date(desk.engine)
    comparing.bring_up_to_date(desk.engine)
    with snapshot(desk.engine) as connection:
        g = tables.statement_groups.c
        ref = connection.scalars(select(g.ref).order_by(g.statements.desc())).first()
    page = httpx.get(f"{desk.url}/versions/{ref}?lang=en").text
    whole = httpx.get(f"{desk.url}/versions/{ref}?lang=en&all=1").text
    assert "more versions" in page
    assert "more differences" in page
    assert "more versions" not in whole
    assert whole.count("<tr>") > page.count("<tr>")
    tab.goto(f"{desk.url}/versions/{ref}?lang=en")
    tab.get_by_text("more versions").click()
    sound(tab)


def test_where_outlets_differ(standing: Running, tab: Any) -> None:
    answer = httpx.get(standing.url + "/drift?lang=en&from=2024-11-01&to=2024-11-30")
    assert f"/versions/{REF}" in answer.text
    listed = httpx.get(standing.url + "/drift?from=2024-11-01&to=2024-11-30&format=json").json()
    assert listed[0]["score"] >= listed[-1]["score"] > 0
    nothing = httpx.get(standing.url + "/drift?lang=en&from=2020-01-01&to=2020-01-02").text
    assert "no statement in this span" in nothing


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", [f"/versions/{REF}", "/drift"])
def test_nothing_keeps_anybody_out(standing: Running, tab: Any, path: str, language: str) -> None:
    tab.goto(f"{standing.url}{path}?lang={language}")
    sound(tab)
    tab.set_viewport_size({"width": 360, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
