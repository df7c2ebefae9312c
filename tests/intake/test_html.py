"""Saved pages: headline, paragraphs, provenance, encodings."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qawl.intake.errors import InputError
from qawl.intake.html import article_from_html, decode_html, looks_like_html

PAGE = """<!doctype html><html><head><title>السد يمتلئ | الضفة</title>{meta}
<meta property="og:site_name" content="صحيفة الضفة"><link rel="canonical" href="https://example.org/1">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body>
<nav><p>الرئيسية</p></nav>
<article><h1>السد
   يمتلئ</h1><p>قال <b>سالم</b> إن<br>العمل &laquo;مستمر&raquo;.</p><div>شارك</div>
<p><a href="/2">اقرأ أيضا: خبر آخر</a></p><script>قال()</script><p>وأضاف &lt;نعم&gt;.</p></article>
<aside><p>إعلان</p></aside><p>حقوق النشر</p></body></html>"""

_PARTS = "<p> </p> <h1> <a> <br> <nav> <article> </article> <!-- قال &lt; \x00 <script> </script>".split(" ")
TEXT = "السد يمتلئ\n\nقال سالم إن\n\nالعمل «مستمر».\n\nوأضاف <نعم>."


def test_headline_and_paragraphs() -> None:
    article = article_from_html(PAGE.replace("{meta}", "").encode(), "x")
    assert article.text == TEXT
    assert article.headline == (0, 10)
    assert (article.outlet, article.url) == ("صحيفة الضفة", "https://example.org/1")
    assert article.published == datetime(2024, 3, 5, 10, tzinfo=UTC)


def test_a_given_date_wins() -> None:
    assert article_from_html(PAGE.encode(), "x", published=date(2020, 1, 1)).published == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="windows-1256">', "cp1256"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-6">', "iso8859_6"),
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "cp1256"),  # detected
        ('<meta charset="utf-8">', "cp1256"),  # declared wrongly, so detected
        ('<meta charset="no-such-thing">', "utf-8"),
    ],
)
def test_encodings(meta: str, encoding: str) -> None:
    page = PAGE.replace("{meta}", meta).replace("&laquo;", "(").replace("&raquo;", ")")
    assert article_from_html(page.encode(encoding), "x").text == TEXT.replace("«", "(").replace("»", ")")


def test_without_article_or_paragraphs() -> None:
    assert article_from_html("<body><div>سطر<span> واحد</span></div>آخر</body>".encode(), "x").text == "سطر واحد\n\nآخر"
    page = "<title>عنوان</title><body><p>أول</p><p>ثان</p></body>"
    assert article_from_html(page.encode(), "x").text == "عنوان\n\nأول\n\nثان"


@pytest.mark.parametrize("page", [b"", b"<html><body></body></html>", b"<html><script>x</script></html>"])
def test_pages_without_text(page: bytes) -> None:
    with pytest.raises(InputError):
        article_from_html(page, "x")


def test_a_page_is_known_by_its_beginning() -> None:
    assert looks_like_html(b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>")
    assert looks_like_html(b'<?xml version="1.0"?>\n<html>')
    assert not looks_like_html("قال <html>".encode())
    assert not looks_like_html(b"<?xml version='1.0'?><rss>")


def test_depth_costs_no_stack() -> None:
    page = "<div>" * 5000 + "قال" + "</div>" * 5000
    assert article_from_html(page.encode(), "x").text == "قال"


@settings(max_examples=150, deadline=None)
@example(b"\x1c")
@example(b"<title>\x1c</title>")
@given(st.binary(max_size=200) | st.lists(st.sampled_from(_PARTS)).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_give_an_article_or_say_why(data: bytes) -> None:
    try:
        article = article_from_html(data, "x")
    except InputError:
        return
    assert article.text.strip()
    if article.headline:
        assert article.text[slice(*article.headline)] == article.text.split("\n")[0]
    assert isinstance(decode_html(data), str)
