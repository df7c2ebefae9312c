"""`qawl versions` and `qawl drift` as a user gives them, on both engines, and the page that they make."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from desk import add_articles, make_group
from hypothesis import given, settings
from hypothesis import strategies as st
from renderings import rendering
from sqlalchemy import Engine
from test_article_page import Shown

from qawl.cli.main import main
from qawl.compare.wording import collate
from qawl.pages import versions_page

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "comparison.md").read_text("utf-8")

SEED = Path(os.environ.get("QAWL_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "seed" / "article.txt"

Qawl = Callable[..., Result]


@pytest.fixture
def qawl(location: str) -> Qawl:
    def run(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(main, arguments, env={"QAWL_DB": location}, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.fixture
def refs(record: Engine) -> list[str]:
    add_articles(record)
    return make_group(record, (0, 1, 2))


def test_versions(qawl: Qawl, refs: list[str]) -> None:
    for ref in refs:
        lines = qawl("versions", ref).stdout
        assert "سالم الغامري · 3 versions, 3 outlets" in lines
        assert "صحيفة الضفة 2024-03-06  (assert, indirect, negated)" in lines
        assert "negation: another one\n" in lines
        assert "1, 3: لن تبيع\n" in lines or "1, 2: لن تبيع\n" in lines
        assert "verb: of another stance" in lines
        assert "certainty: the outlet of one keeps its distance" in lines
        assert "quotation: quoted in one of them only" in lines


def test_the_guide_shows_what_is_printed(qawl: Qawl, refs: list[str]) -> None:
    assert f"qawl versions {refs[1]}\n```\n```\n{qawl('versions', refs[1]).stdout}```\n" in GUIDE


def test_versions_for_programs(qawl: Qawl, refs: list[str]) -> None:
    (line,) = qawl("versions", refs[0], "--json").stdout.splitlines()
    value = json.loads(line)
    assert {version["id"] for version in value["versions"]} == set(refs)
    kinds = {difference["kind"] for difference in value["differences"]}
    assert {"negation", "verb", "certainty", "quotation"} <= kinds
    texts = {version["id"]: version for version in value["versions"]}
    for difference in value["differences"]:
        assert set(difference["between"]) <= set(texts)
        assert difference["left"] or difference["right"]
    assert " ".join(word["text"] for word in value["common"]) == "البلدية تبيع الميناء القديم"


def _negations(qawl: Qawl, *added: str) -> list[set[str]]:
    """Add articles, and look at all versions: the first words of either side of each negation in which two differ."""
    qawl("add", *added, "--jobs", "1")
    found = [json.loads(line) for line in qawl("drift", "--json").stdout.splitlines()]
    shown = [json.loads(qawl("versions", drifted["versions"][0]["id"], "--json").stdout) for drifted in found]
    differences = [d for collation in shown for d in collation["differences"] if d["kind"] == "negation"]
    return [{d[side]["text"].split()[0] for side in ("left", "right")} for d in differences]


@pytest.mark.skipif(not SEED.exists(), reason="the shared texts are not here")
def test_the_two_renderings_of_the_seed(qawl: Qawl, tmp_path: Path) -> None:
    """From the article to the difference: read, added, resolved, grouped, aligned."""
    article = tmp_path / "seed.txt"
    article.write_text(SEED.read_text("utf-8"), "utf-8")
    assert {"لن", "لا"} in _negations(qawl, str(article))


def test_one_article_that_quotes_twice(qawl: Qawl, tmp_path: Path) -> None:
    text = (
        "العمدة سالم الغامري: «البلدية لا تبيع الميناء القديم لأحد»\n\n"
        "قال العمدة سالم الغامري إن «البلدية لن تبيع الميناء القديم لأحد»، وأضاف أن السوق مفتوحة."
    )
    article = tmp_path / "news.txt"
    article.write_text(text, "utf-8")
    assert {"لن", "لا"} in _negations(qawl, str(article))


def test_one_version_alone(qawl: Qawl, record: Engine) -> None:
    add_articles(record)
    one = make_group(record, (0,))[0]
    result = qawl("versions", one, status=1)
    assert "1 version, 1 outlet" in result.stdout
    assert "no other version in the record" in result.stderr
    assert "no such statement" in qawl("versions", "aaaaaaaaaa", status=1).stderr
    assert "not the ID of a statement" in qawl("versions", "سالم", status=1).stderr


def test_drift(qawl: Qawl, refs: list[str]) -> None:
    assert "سالم الغامري · 3 versions" in qawl("drift", "--since", "2024-03-01").stdout
    (line,) = qawl("drift", "--json").stdout.splitlines()
    value = json.loads(line)
    assert value["score"] > 5
    assert value["kinds"][0] == "negation"
    assert qawl("drift", "--outlet", "مرصد الساحل", "--limit", "1").stdout
    assert qawl("drift", "--all", "--json").stdout.splitlines() == [line]
    for nothing in (("--since", "2024-03-21"), ("--until", "2024-03-04"), ("--outlet", "لا أحد")):
        assert "no versions that differ" in qawl("drift", *nothing, status=1).stderr
    assert "does not match the format" in qawl("drift", "--since", "soon", status=2).stderr


def test_the_page(qawl: Qawl, refs: list[str]) -> None:
    page = qawl("versions", refs[0], "--format", "html").stdout
    shown = Shown(page)
    assert not {"script", "link", "img"} & shown.names
    assert 'dir="rtl"' in page
    assert 'href="https://news.example/1"' in page
    assert '<span class="mark k-negation" title="نفي">لا تبيع</span>' in page
    assert "تحفّظ من إحدى الوسيلتين" in page
    assert qawl("drift", "--format", "html").stdout.count("<article") == 3


def test_the_page_shows_every_version_whole() -> None:
    versions = [
        rendering("البلدية لن تبيع «الميناء القديم» هذا العام", ref="a"),
        rendering("البلدية قد تبيع الميناء <b>القديم</b> & الجسر", "زعم", ref="b"),
        rendering("بيع 20 مركبا", "هدد", "warn", ref="c"),
    ]
    shown = Words(versions_page.page([collate(versions)]))
    assert sorted(shown.words) == sorted(version.text for version in versions)
    assert not {"b"} & shown.within_words


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_any_versions_make_a_page(texts: list[str]) -> None:
    Shown(versions_page.page([collate(rendering(text, ref=str(n)) for n, text in enumerate(texts))]))


class Words(Shown):
    """The texts of the versions that a page shows."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.within_words: set[str] = set()
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") == "words":
            self.words.append("")
        elif any(kind == "words" for _, kind in self.stack):
            self.within_words.add(tag)
        super().handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if any(kind == "words" for _, kind in self.stack):
            self.words[-1] += data
