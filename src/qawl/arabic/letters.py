"""Letters: folding Arabic spelling to one form, with the way back to the original offsets.

Folding takes away what outlets write differently: short vowels and tatweel, the seats of the hamza, ى/ي and ة/ه,
Persian letters, presentation forms, invisible marks, Arabic and Persian digits. Two spellings of one word have one
fold.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Code points that fold to nothing: vowels and other marks, tatweel, zero-width marks, bidi controls, soft hyphen, BOM.
IGNORABLE = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\ufeff\u00ad\u034f\ufe00-\ufe0f"
)

_SAME = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ٲ": "ا",
        "ٳ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "گ": "ك",
        "پ": "ب",
        "چ": "ج",
        "ڤ": "ف",
        "ژ": "ز",
        **{chr(0x0660 + d): str(d) for d in range(10)},
        **{chr(0x06F0 + d): str(d) for d in range(10)},
    }
)
#: Those that outlets write all the time are replaced one by one, which is faster than by a table; the others are rare.
_OFTEN = tuple((letter, _SAME[ord(letter)]) for letter in "أإآىئؤة")
_SELDOM = re.compile(f"[{''.join(map(chr, _SAME)).translate({ord(letter): None for letter, _ in _OFTEN})}]")
_IGNORE = re.compile(f"[{IGNORABLE}]+")
#: Letters that fold to themselves, of which most words are made.
_SETTLED = re.compile(r"[\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]*")
#: Code points that may have a fold of their own still; the others, after _SAME, are their own fold.
_OTHER = re.compile(r"[^\u0621-\u063a\u0641-\u064a0-9 \t\n\r.,:«»\"()!،؛؟-]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its code points, the offset in the original that it came from.

    `offsets` has one more entry than `text`: the length of the original, so that ``span`` works at the end.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that the half-open span [start, end) of the fold came from.

        Ignorable marks that follow the last letter belong to it.
        """
        return self.offsets[start], self.offsets[end]


def fold(text: str) -> str:
    """The fold of a text: same letters for all its spellings. Lower-cases Latin. Idempotent."""
    if _SETTLED.fullmatch(text):
        return text
    folded = _IGNORE.sub("", text)
    for letter, same in _OFTEN:
        folded = folded.replace(letter, same)
    folded = _SELDOM.sub(lambda found: _SAME[ord(found[0])], folded)
    return _OTHER.sub(lambda found: _fold_char(found[0]), folded)


def strip_marks(text: str) -> str:
    """The text without vowels, tatweel and invisible marks, its letters as written."""
    return _IGNORE.sub("", text)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    wide = unicodedata.normalize("NFKC", char)
    return _IGNORE.sub("", wide).translate(_SAME).lower().translate(_SAME) if char != "\u0130" else "i"


def fold_with_offsets(text: str) -> Folded:
    """Fold a text and keep for every folded code point where it stood."""
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        for folded in fold(char):
            out.append(folded)
            offsets.append(at)
    offsets.append(len(text))
    return Folded("".join(out), tuple(offsets))


def is_arabic(char: str) -> bool:
    """Is this code point a letter of the Arabic script (base block, supplements, presentation forms)?"""
    return (
        ("\u0620" <= char <= "\u064a")
        or ("\u066e" <= char <= "\u06d3")
        or ("\ufb50" <= char <= "\ufdfc")
        or ("\ufe70" <= char <= "\ufefc")
    )
