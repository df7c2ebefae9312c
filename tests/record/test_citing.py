"""References to be pasted: exact words, neutral, in two languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import qawl
from qawl.article import Article
from qawl.record.citing import cite
from qawl.statement import SaidAt

ARTICLE = Article(
    "قال وزير الري سالم الغامري: «لن نبيع  السد لأحد». وأكد الغامري أن السد امتلأ.",
    outlet="صحيفة المنار الأزرق",
    url="https://manar.example/dam",
    published=datetime.fromisoformat("2024-03-05T08:30:00+03:00"),
)


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_what_is_quoted() -> None:
    reading = qawl.read(ARTICLE)
    citation = cite(ARTICLE, reading.statements[0], "0123456789")
    assert citation.arabic == (
        "سالم الغامري، وزير الري: «لن نبيع السد لأحد»، صحيفة المنار الأزرق، 5 مارس/آذار 2024، "
        "https://manar.example/dam، قول 0123456789"
    )
    assert plain(citation.english) == (
        "سالم الغامري، وزير الري said: “لن نبيع السد لأحد”. صحيفة المنار الأزرق, 5 March 2024, "
        "https://manar.example/dam, Qawl 0123456789"
    )
    assert citation.english.count("\u2068") == citation.english.count("\u2069") == 3


def test_what_is_retold_is_not_passed_off_as_the_speakers_words() -> None:
    reading = qawl.read(ARTICLE)
    citation = cite(ARTICLE, reading.statements[1], "0123456789")
    assert citation.arabic.startswith("نُقل عن سالم الغامري، وزير الري، بصياغة الناشر: «السد امتلأ»")
    assert "is reported, in the publisher's words, to have said: “السد امتلأ”" in plain(citation.english)
    assert "أكد" not in citation.arabic


def test_what_is_not_known_is_said() -> None:
    article = Article("وأضاف أن السد امتلأ.")
    statement = replace(qawl.read(ARTICLE).statements[1], speaker=None)
    citation = cite(article, statement, "0123456789")
    assert "قائل لم يُسمَّ" in citation.arabic
    assert "الناشر غير معروف، بلا تاريخ" in citation.arabic
    assert plain(citation.english).startswith("An unnamed speaker is reported")
    assert "publisher unknown, no date, Qawl 0123456789" in citation.english


def test_the_day_on_which_it_was_said_and_the_pages_own_address() -> None:
    article = replace(ARTICLE, canonical_url="https://manar.example/the dam\n")
    statement = replace(qawl.read(ARTICLE).statements[1], said_at=SaidAt(None, date(2024, 2, 29)))
    citation = cite(article, statement, "0123456789")
    assert "قيل في 29 فبراير/شباط 2024" in citation.arabic
    assert "said on 29 February 2024" in citation.english
    assert "https://manar.example/thedam" in citation.arabic
    assert "\n" not in citation.arabic + citation.english
