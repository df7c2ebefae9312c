"""Files, folders and rows to articles; what cannot be read is named with its place, and the rest goes on."""

import gzip
import io
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.article import Article
from qawl.intake.jsonl import articles_from_lines
from qawl.intake.options import Options
from qawl.intake.sources import Failure, Sources, articles, size_of
from qawl.intake.streams import zstd

ROW = {
    "id": "7",
    "url": "https://example.org/7",
    "outlet": "الضفة",
    "published": "2024-03-05T10:00:00+03:00",
    "title": "السد يمتلئ",
    "text": "قال سالم الغامري إن السد امتلأ.\n\nوأضاف أن الماء يكفي.",
}


def split(found: Iterable[Article | Failure]) -> tuple[list[Article], list[Failure]]:
    everything = list(found)
    return (
        [item for item in everything if isinstance(item, Article)],
        [item for item in everything if isinstance(item, Failure)],
    )


def read(path: Path, options: Options | None = None) -> tuple[list[Article], list[Failure]]:
    return split(articles(str(path), options))


def test_a_row_is_headline_blank_line_body(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(ROW) + "\n", "utf-8")
    (article,), failures = read(path)
    assert not failures
    assert article.text == "السد يمتلئ\n\nقال سالم الغامري إن السد امتلأ.\n\nوأضاف أن الماء يكفي."
    assert article.headline is not None
    assert article.text[slice(*article.headline)] == "السد يمتلئ"
    assert (article.id, article.outlet, article.url) == ("7", "الضفة", "https://example.org/7")
    assert article.published == datetime(2024, 3, 5, 7, tzinfo=UTC)
    assert article.published.isoformat().endswith("+03:00")


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_each_bad_line_is_one_failure(tmp_path: Path, ending: str) -> None:
    lines = [
        b"\xef\xbb\xbf" + json.dumps(ROW, ensure_ascii=False).encode(),
        b"{not json",
        b"[1]",
        b"",
        b'{"title": "only"}',
        b'{"text": 7}',
        b'{"text": "  "}',
        b'{"text": "\xff"}',
        b'{"text": "x", "published": "the day before"}',
        b"[" * 100_000,
        b'{"n": ' + b"9" * 5000 + b"}",
        json.dumps({"text": "x" * 3000}).encode(),
        json.dumps(ROW | {"id": "last"}).encode(),
    ]
    data = b"\n".join(lines)
    if ending == ".gz":
        data = gzip.compress(data[:400]) + gzip.compress(data[400:])
    elif ending == ".zst":
        data = zstd.compress(data[:400]) + zstd.compress(data[400:])
    path = tmp_path / f"news.jsonl{ending}"
    path.write_bytes(data)
    found, failures = read(path, Options(size=200_000))
    assert [article.id for article in found] == ["7", "", "last"]
    assert [int(failure.where.rpartition(":")[2]) for failure in failures] == [2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert all(failure.where.startswith(f"{path}:") for failure in failures)
    reasons = " / ".join(failure.reason for failure in failures)
    for part in ("no JSON", "object expected", "no field text", "text expected, not int", "byte 10", "not a date"):
        assert part in reasons


def test_a_line_too_long_is_passed_over() -> None:
    data = io.BytesIO(b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "y"}\n')
    found, failures = split(articles_from_lines(data, "n", Options(size=100)))
    assert [article.text for article in found] == ["y"]
    assert failures == [Failure("n:1", "a line of more than 100 bytes")]


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, "gz"), (zstd.compress, "zst")])
def test_a_compressed_file_that_ends_early(tmp_path: Path, pack: type, ending: str) -> None:
    rows = "".join(json.dumps(ROW | {"id": str(n), "text": f"{n} {os.urandom(40).hex()}"}) + "\n" for n in range(2000))
    path = tmp_path / f"a.jsonl.{ending}"
    path.write_bytes(pack(rows.encode())[:-9])
    found, failures = read(path)
    assert len(found) > 100
    assert "ends too early" in failures[-1].reason
    path.write_bytes(pack(b"x")[:4] + b"\x07" * 40)
    found, (failure,) = read(path)
    assert not found
    assert "damaged" in failure.reason


def test_fields_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = {"h": "عنوان", "article": {"body": "نص"}, "by": ["سالم", {"name": "هدى"}], "when": "5/3/2024", "title": "no"}
    path.write_text(json.dumps(row), "utf-8")
    fields = {"text": "article.body", "headline": "h", "authors": "by", "published": "when"}
    (article,), _ = read(path, Options(fields=fields, date_format="%d/%m/%Y", outlet="الضفة"))
    assert article == Article(
        "عنوان\n\nنص", outlet="الضفة", published=date(2024, 3, 5), headline=(0, 5), authors=("سالم", "هدى")
    )


def test_articles_of_ours_come_back(tmp_path: Path) -> None:
    article = Article("عنوان\n\nنص", "7", "الضفة", "https://e.org", date(2024, 3, 5), (0, 5), ("س",), "https://e.org/c")
    path = tmp_path / "a.json"
    path.write_text(json.dumps([article.to_json(), article.to_json() | {"headline": [4, 99]}, 3]), "utf-8")
    found, failures = read(path)
    assert found == [article]
    assert [failure.where for failure in failures] == [f"{path}: item 2", f"{path}: item 3"]


def test_a_zone_is_given_only_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    times = ["2024-03-05T10:00:00", "2024-03-05T10:00:00Z", "2024-03-05"]
    path.write_text("\n".join(json.dumps({"text": "نص", "published": time}) for time in times))
    found, _ = read(path, Options(zone=ZoneInfo("Asia/Riyadh")))
    assert [article.published for article in found] == [
        datetime(2024, 3, 5, 7, tzinfo=UTC),
        datetime(2024, 3, 5, 10, tzinfo=UTC),
        date(2024, 3, 5),
    ]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "\ufeffid;title;body;published\r\n"
        '1;عنوان;"سطر; أول\r\nسطر ثان";2024-03-05\r\n'
        "2;عنوان\r\n"
        "\r\n"
        "3;;آخر;soon\r\n".encode()
        + b"4;\xff;x;\r\n"
        + "5;;نص;\r\n".encode()
    )
    found, failures = read(path)
    assert [(article.id, article.text) for article in found] == [("1", "عنوان\n\nسطر; أول\r\nسطر ثان"), ("5", "نص")]
    assert [failure.where for failure in failures] == [f"{path}:4", f"{path}:6", f"{path}:7"]
    assert [failure.reason[:16] for failure in failures] == ["2 cells, where t", "published: not a", "column title: no"]


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.csv", ","), ("a.csv", "|")])
def test_delimiters_are_seen(tmp_path: Path, name: str, mark: str) -> None:
    path = tmp_path / name
    path.write_text(f"id{mark}text\n1{mark}نص\n", "utf-8")
    assert [article.text for article in read(path)[0]] == ["نص"]


def test_csv_without_text_or_with_a_huge_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n3,4\n", "utf-8")
    found, (failure,) = read(path)
    assert (found, failure.where) == ([], f"{path}:1")
    assert "its columns are: a, b" in failure.reason
    path.write_text("id,text\n1," + "x" * 3000 + "\n2,نص\n", "utf-8")
    found, failures = read(path, Options(size=1000))
    assert failures == [Failure(f"{path}:2", "no row of CSV: a line of 1000 characters or more")]
    assert [article.id for article in found] == ["2"]


def test_a_folder_goes_on_after_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\xfd")
    (tmp_path / "c.html").write_text("<h1>عنوان</h1><p>نص", "utf-8")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(json.dumps(ROW).encode()))
    (tmp_path / "e.txt").write_text("", "utf-8")
    (tmp_path / "f.pdf").write_text("", "utf-8")
    (tmp_path / "g.txt").symlink_to(tmp_path / "gone")
    found, failures = read(tmp_path)
    assert [article.id for article in found] == ["a", "c", "7"]
    assert [Path(failure.where).name for failure in failures] == ["b.txt", "e.txt", "g.txt"]


def test_how_far_a_source_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال", "utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((json.dumps(ROW) + "\n").encode() * 5000))
    (tmp_path / "c.pdf").write_text("x", "utf-8")
    total = sum((tmp_path / name).stat().st_size for name in ("a.txt", "b.jsonl.gz"))
    passed: list[int] = []
    count = sum(1 for _ in Sources(None, passed.append).articles(str(tmp_path)))
    assert count == 5001
    assert sum(passed) == total == size_of(str(tmp_path))
    assert size_of(str(tmp_path / "a.txt")) == 6
    for unknown in ("-", "https://a.example/", str(tmp_path / "gone"), "a\0b"):
        assert size_of(unknown) is None


def test_what_is_no_source(tmp_path: Path) -> None:
    for source in (str(tmp_path / "gone"), str(tmp_path), "a\0b", "x" * 5000):
        found, (failure,) = split(articles(source))
        assert not found
        assert failure.where == source
        assert "internal" not in failure.reason


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    os.mkdir(folder)
    with open(folder + b"/\xfe.txt", "wb") as file:
        file.write(b"\xff")
    for source in (folder, folder + b"/\xfe.txt", folder + b"/gone", folder + b"/\xfe"):
        (failure,) = articles(os.fsdecode(source))
        assert isinstance(failure, Failure)
        assert "\ufffd" in failure.where
        f"{failure.where} {failure.reason}".encode()


def test_a_file_too_large_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 101)
    assert read(tmp_path / "a.txt", Options(size=100))[1][0].reason == "more than 100 bytes"


def test_what_no_database_keeps_is_replaced_one_for_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a\\u0000b\\ud800c", "id": "\\u0000", "title": "x", "authors": ["\\udc00"]}')
    (article,), _ = read(path)
    assert (article.text, article.id, article.authors) == ("x\n\na\ufffdb\ufffdc", "\ufffd", ("\ufffd",))


@pytest.mark.parametrize(
    ("data", "text"), [(json.dumps({"text": "نص"}), "نص"), ("<!doctype html><p>قال", "قال"), ("قال", "قال")]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data.encode())), "utf-8"))
    (article,), failures = split(articles("-"))
    assert (article.text, failures) == (text, [])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.jsonl", "a.json", "a.csv", "a.jsonl.gz", "a.html"]))
def test_any_bytes_give_articles_or_failures(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    found, failures = read(path)
    for article in found:
        assert article.text.strip()
        article.text.encode("utf-8")
    assert all(failure.where.startswith(str(path)) and "internal" not in failure.reason for failure in failures)


_SHARED = os.environ.get("QAWL_SHARED") or Path(__file__).resolve().parents[2].parent / "shared"
CORPUS = Path(_SHARED) / "corpus" / "news-2018.jsonl.gz"


@pytest.mark.skipif(not CORPUS.exists(), reason="needs the corpus beside the repository")
def test_the_corpus_works_as_it_is() -> None:
    found = articles(str(CORPUS))
    for _, article in zip(range(50), found, strict=False):
        assert isinstance(article, Article)
        assert article.outlet
        assert article.url
        assert isinstance(article.published, datetime)
        assert article.published.tzinfo
        assert article.headline
