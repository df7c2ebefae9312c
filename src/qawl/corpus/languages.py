"""Which texts are Arabic. What is written in another language is left out before it is read, and counted."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LOOKED_AT: Final = 500  # characters from the beginning
_NAMED_BY: Final = 300  # characters that are shown to the library: of 4,000 Arabic articles it took none for another's
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_NOT_ARABIC: Final = re.compile("[^\u0621-\u063a\u0641-\u064a]+")
#: All but the letters of the Arabic script that Persian, Urdu, Kurdish, Pashto or Uighur has and Arabic has not. ی and
#: ک are not counted: a few Arabic outlets write them.
_NOT_FOREIGN: Final = re.compile("[^\u0671-\u06a8\u06aa-\u06cb\u06cd-\u06d3\u06d5]+")
_ARABIC_KEYBOARD: Final = str.maketrans("یک", "يك")
_A_LETTER: Final = re.compile("[\u0621-\u063a\u0641-\u064a]")
_FOREIGN: Final = re.compile("[\u0671-\u06a8\u06aa-\u06cb\u06cd-\u06d3\u06d5]")
_PLAIN: Final = 0.7  # of all characters, those of the Arabic block: with spaces and points, nothing else has much room
_LEAST: Final = 0.5  # of the letters, those of the Arabic script
_MOST_FOREIGN: Final = 0.01  # of those, letters that Arabic has not
#: Arabic, and its spoken kinds that the library knows by names of their own.
_OURS: Final = frozenset({"ar", "arz", "ary", "apc", "acm", "ajp", "aeb", "ars", "arb"})

_HTML_LANG: Final = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.I)
_OTHER_ENCODINGS: Final = re.compile(rb"(?:windows-?|cp-?)1256|iso-?8859-?6|utf-?16|x-mac-arabic", re.I)
_FEWEST: Final = 60  # Arabic letters that a page has to have: a headline alone has as many
_LEADS: Final = (b"\xd8", b"\xd9", b"&#1", b"&#x6")  # of Arabic letters in UTF-8, and as HTML may write them by number


def other_language(text: str) -> str | None:
    """The language of a text that is not Arabic (ISO 639, `und` where it has no letters); None of Arabic."""
    head = text[:_LOOKED_AT]
    # Most articles are plain Arabic, which this shows in a tenth of the time.
    if _in_arabic_block(head) >= _PLAIN * len(head) and not _FOREIGN.search(head) and _A_LETTER.search(head):
        return None
    head = head.translate(_ARABIC_KEYBOARD)
    letters, arabic, foreign = (len(others.sub("", head)) for others in (_NO_LETTERS, _NOT_ARABIC, _NOT_FOREIGN))
    if not letters:
        return "und"
    if arabic >= _LEAST * letters and foreign <= _MOST_FOREIGN * arabic:
        return None
    found = str(_identifier().classify(head[:_NAMED_BY])[0])
    if found in _OURS:
        # Names and numbers alone may look like anything; where hardly a letter is Arabic, the text is not.
        return None if arabic + foreign >= _LEAST * letters else "und"
    return found


def _in_arabic_block(text: str) -> int:
    """How many characters of a text stand in the Arabic block: letters, marks, digits and points."""
    return text.encode("utf-16-le", "surrogatepass")[1::2].count(0x06)


def other_language_of_page(data: bytes, charset: str | None) -> str | None:
    """The language of a page whose very bytes show that there is no Arabic in it; None where it may be Arabic.

    Where the page does not name its language it is `und`.
    """
    said = (charset or "").encode(errors="replace") + b" " + data[:4096]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _OTHER_ENCODINGS.search(said):
        return None
    if sum(map(data.count, _LEADS)) >= _FEWEST or not _is_utf8(data):
        return None
    named = _HTML_LANG.search(data[:4096])
    language = named[1].decode().lower() if named else "und"
    return "und" if language in _OURS else language


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # the last character may be cut off, as the page is
    except UnicodeDecodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
