"""Which articles are one, and what statements are called."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import text

from qawl.article import Article
from qawl.reading.reader import read
from qawl.record.identity import Identity, bands, canonical_address, clean_ref, identify, likeness, refs, shingles
from qawl.statement import Span


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://news.example/a/1", "https://news.example/a/1"),
        ("HTTPS://News.Example/a/1", "https://news.example/a/1"),
        ("https://news.example:443/a/1#top", "https://news.example/a/1"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a?utm_source=x&id=2&fbclid=3", "https://news.example/a?id=2"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://user:word@news.example/a", "https://news.example/a"),
        ("https://news.example/خبر", "https://news.example/%D8%AE%D8%A8%D8%B1"),
        ("https://news.example/%D8%AE%D8%A8%D8%B1", "https://news.example/%D8%AE%D8%A8%D8%B1"),
        (" https://news.example/a\n", "https://news.example/a"),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
        ("a.txt", None),
        ("", None),
    ],
)
def test_addresses(written: str, address: str | None) -> None:
    assert canonical_address(Article("قال", url=written)) == address


@given(st.text())
def test_any_address_is_taken(written: str) -> None:
    address = canonical_address(Article("قال", url=written))
    assert address is None or canonical_address(Article("قال", url=address)) == address
    assert len(identify(Article("قال", url="https://news.example/" + written * 100)).key) <= 1000


def test_the_address_that_the_page_gives_itself() -> None:
    article = Article("قال", url="https://news.example/a?ref=home", canonical_url="https://news.example/a")
    assert canonical_address(article) == "https://news.example/a"
    assert (
        canonical_address(replace(article, canonical_url="https://news.example/")) == "https://news.example/a?ref=home"
    )
    numbered = replace(article, url="https://news.example/?p=123", canonical_url="https://news.example/")
    assert canonical_address(numbered) == "https://news.example/?p=123"
    assert canonical_address(replace(article, canonical_url="nonsense")) == "https://news.example/a?ref=home"


def test_texts_that_differ_in_spelling_and_space_alone_are_one() -> None:
    one = identify(Article("أكّد الوزيرُ أنّ السدّ امتلأ."))
    assert one == identify(Article("اكد  الوزير\nان السد امتلا."))
    assert one != identify(Article("أكد الوزير أن السد لم يمتلئ."))
    assert one.key == f"text:{one.text_hash}"


def test_bands_stay_what_they_are() -> None:
    # They are stored: another version of the library must give the same.
    pinned = (-6885161129083550252, 2210952467779877015)
    assert bands(shingles("قال وزير الري سالم الغامري إن السد امتلأ"))[:2] == pinned
    assert bands(shingles("")) == bands(shingles("…")) == ()


def test_near_copies_share_bands() -> None:
    random = Random(5)
    for _ in range(30):
        body = text(random)
        near = body.replace("\n\n", "\n\n(وكالات) ", 1).rsplit(".", 2)[0] + "."
        mine, theirs = shingles(body), shingles(near)
        assert likeness(mine, theirs) == likeness(theirs, mine) > 0.6
        assert set(bands(mine)) & set(bands(theirs))


def test_other_texts_share_none() -> None:
    random = Random(6)
    texts = [text(random) for _ in range(40)]
    for one, other in pairwise(texts):
        mine, theirs = shingles(one), shingles(other)
        assert likeness(mine, theirs) < 0.5
    assert likeness(set(), set()) == 0.0


def test_refs() -> None:
    article = Article(text(Random(7)), url="https://news.example/7")
    reading = read(article)
    identity = identify(article)
    found = refs(identity, reading.statements)
    assert len(set(found)) == len(reading.statements) > 3
    assert all(len(ref) == 10 and ref == clean_ref(ref.upper()) for ref in found)
    assert found == refs(identity, [replace(s, act="deny", speaker=None) for s in reading.statements])
    moved = [replace(s, content=(Span(0, 1, "x"), *s.content)) for s in reading.statements]
    assert not set(found) & set(refs(identity, moved))
    assert not set(found) & set(refs(Identity("https://other.example/", identity.text_hash), reading.statements))
    twice = refs(identity, [reading.statements[0]] * 3)
    assert len(set(twice)) == 3
    assert twice[0] == found[0]


def test_a_ref_written_by_hand() -> None:
    assert clean_ref(" 7KN1WRGNXO ") == "7kn1wrgnx0"
    assert clean_ref("il00000000") == "1100000000"
