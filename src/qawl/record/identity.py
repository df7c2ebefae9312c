"""What makes two articles the same one, two versions of one, or copies of each other; and the names of statements.

An article is known by its canonical address or, without one, by its folded text. The same address with other words is
a new version; the same words at another address are a copy; much of the same words are a near-copy.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from rensa import RMinHash
from w3lib.url import canonicalize_url, url_query_cleaner

from qawl.arabic.letters import fold
from qawl.article import Article
from qawl.record.errors import RecordError
from qawl.statement import Statement

#: From this likeness on (shared sequences of four words among all of both) two articles are near-copies.
NEAR: Final = 0.5

_SHINGLE = 4  # words
# 25 bands of 5 rows find, among the 31,494 articles of the corpus, 97 % of all pairs of a likeness of .5 and more, all
# but 3 of 1,797 from .6 and all from .7, with 2,200 pairs to compare (bench/near_copies.py). 32 bands of 4 rows find
# 99 %, with a third more pairs to compare and rows to store.
_BANDS = 25
_ROWS = 5
_SEED = 1
_VALUES = struct.Struct(f"<{_BANDS * _ROWS}I")
_NUMBERS = [struct.pack("<I", n) for n in range(_BANDS)]
_FOUND = struct.Struct(f"<{_BANDS}q")

_WORD = re.compile(r"\w+")
_LONGEST_KEY = 1000  # characters; PostgreSQL indexes no more than 2,700 bytes
_PORT = {"http": ":80", "https": ":443"}
#: Parameters that say how a reader came to a page, not which page it is.
_TRACKING = [
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_name", "utm_reader"),
    *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid"),
    *("igsh", "mc_cid", "mc_eid", "_ga", "_gl", "mkt_tok", "ocid", "cmpid", "ncid", "ito", "at_medium", "at_campaign"),
]
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's 32: none that looks like another
_MISREAD = str.maketrans("oil", "011")
_REF = re.compile(f"[{_DIGITS}]{{10}}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an article is known by: its key, and the hash of its folded text (32 hexadecimal digits)."""

    key: str
    text_hash: str


def identify(article: Article) -> Identity:
    """The identity of an article.

    Two texts whose folds differ in white space alone have the same hash: they have the same words.
    """
    text_hash = blake2b(" ".join(_folded(article.text).split()).encode(), digest_size=16).hexdigest()
    key = canonical_address(article) or f"text:{text_hash}"
    if len(key) > _LONGEST_KEY:
        key = f"address:{blake2b(key.encode(), digest_size=16).hexdigest()}"
    return Identity(key, text_hash)


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    """The fold of a text: whoever identifies an article asks for its shingles next."""
    return fold(text)


def canonical_address(article: Article) -> str | None:
    """The address that the page gives itself, else the one where it was found, in one spelling; None without one.

    A page that names its outlet's front page for its own address is taken at the address where it was found.
    """
    found = _address(article.url)
    own = _address(article.canonical_url)
    if own and found and _is_front_page(own) and not _is_front_page(found):
        return found
    return own or found


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path == "/" and not parts.query


def _address(url: str | None) -> str | None:
    """An http(s) address in one spelling: host in lower case, no user, default port, fragment or tracking."""
    if not url:
        return None
    try:
        scheme, host, path, query, _ = urlsplit(canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True)))
    except ValueError:
        return None
    host = host.rpartition("@")[2]
    if scheme not in _PORT or not host:
        return None
    return urlunsplit((scheme, host.removesuffix(_PORT[scheme]), path or "/", query, ""))


def shingles(text: str) -> set[str]:
    """The sequences of four words of a text, folded and without marks; of a shorter text the whole; of none, none."""
    return set(sequences(text))


def sequences(text: str) -> list[str]:
    """The `shingles` of a text in its order, each as often as it is there: what its `bands` need, at less cost."""
    words = _WORD.findall(_folded(text))
    if len(words) < _SHINGLE:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(*(words[n:] for n in range(_SHINGLE)), strict=False)))


def bands(found: Iterable[str]) -> tuple[int, ...]:
    """The bands of a text by its `shingles` or `sequences`: 25 numbers of 64 bits (none without shingles).

    Two texts of likeness s share one or more with a probability of 1 - (1 - s⁵)²⁵.
    """
    given = list(found)
    if not given:
        return ()
    signature = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    signature.update(given)  # in any order: of each permutation the least counts
    values = _VALUES.pack(*signature.digest())
    width = len(values) // _BANDS
    digests = (
        blake2b(number + values[n * width : (n + 1) * width], digest_size=8).digest()
        for n, number in enumerate(_NUMBERS)
    )
    return _FOUND.unpack(b"".join(digests))


def likeness(one: set[str], other: set[str]) -> float:
    """The shared share of two sets of shingles, 0 to 1 (Jaccard)."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def refs(identity: Identity, statements: Iterable[Statement]) -> list[str]:
    """The public IDs of an article's statements: ten letters and digits each.

    They follow from the article's identity and from where cue and content stand, so that every reader that finds a
    statement gives it the same ID, in every record.
    """
    taken: set[str] = set()
    found: list[str] = []
    for statement in statements:
        cue = (statement.cue.start, statement.cue.end) if statement.cue else None
        content = [(piece.start, piece.end) for piece in statement.content]
        what = f"{identity.key}\n{identity.text_hash}\n{cue}\n{content}"
        again = 0
        while (ref := _ref(f"{what}\n{again}")) in taken:  # the same spans twice, or two that hash alike
            again += 1
        taken.add(ref)
        found.append(ref)
    return found


def _ref(what: str) -> str:
    number = int.from_bytes(blake2b(what.encode(), digest_size=8).digest(), "big")
    return "".join(_DIGITS[number >> 5 * place & 31] for place in range(10))


def clean_ref(written: str) -> str:
    """A public ID as it may be written by hand: in capitals, with o for 0 and i or l for 1."""
    return written.strip().lower().translate(_MISREAD)


def is_ref(written: str) -> bool:
    """Is this, as somebody wrote it, of the form of a statement's public ID?"""
    return _REF.fullmatch(clean_ref(written)) is not None


def unknown_ref(written: str) -> RecordError:
    """What to say of a public ID, as somebody wrote it, that no statement has."""
    if is_ref(written):
        return RecordError(f"{written}: no such statement")
    return RecordError(f"{written}: not the ID of a statement, which is ten letters and digits")
