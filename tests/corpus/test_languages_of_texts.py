"""Arabic is kept, however it is spelt; other languages are named, those of the same script too."""

from __future__ import annotations

import pytest

pytest.importorskip("py3langid", reason="the extra qawl[corpus] is not installed")

from invented import articles

from qawl.corpus.languages import other_language, other_language_of_page
from qawl.samples import load, load_week


def test_arabic() -> None:
    for article in (*articles(60), *load(), *load_week()):
        assert other_language(article.text) is None
        # As some outlets write it, on keyboards of another language.
        assert other_language(article.text.replace("ي", "ی").replace("ك", "ک")) is None
    assert other_language("افتتاح معرض الكتاب في مرسى الزين") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister of irrigation said on Monday that the dam had been full since the rains of last spring.", "en"),
        (
            "Le ministre de l'irrigation a déclaré lundi que le barrage était plein depuis les pluies du printemps.",
            "fr",
        ),
        ("وزیر نیرو روز دوشنبه گفت که این سد از زمان باران‌های بهار گذشته پر شده است و آب کافی وجود دارد.", "fa"),
        ("وزیر آبپاشی نے پیر کے روز کہا ہے کہ گزشتہ بہار کی بارشوں کے بعد سے ڈیم بھرا ہوا ہے۔", "ur"),
        ("12345 ---", "und"),
    ],
)
def test_others(text: str, language: str) -> None:
    assert other_language(text) == language


def test_pages_are_known_by_their_bytes() -> None:
    latin = b'<html lang="fr"><title>Le barrage</title><p>' + b"Le barrage est plein. " * 40
    assert other_language_of_page(latin, "utf-8") == "fr"
    assert other_language_of_page(latin.replace(b' lang="fr"', b""), None) == "und"
    assert other_language_of_page(latin + "é".encode()[:1], "utf-8") == "fr"  # it did not arrive whole
    arabic = "<p>" + "قال الوزير إن السد امتلأ. " * 10
    for charset in ("utf-8", "cp1256", "iso8859-6", "utf-16"):
        assert other_language_of_page(arabic.encode(charset), None) is None
    entities = "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in arabic).encode()
    assert other_language_of_page(entities, None) is None
