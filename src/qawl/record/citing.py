"""A reference to a statement that a journalist can paste: who said it, in whose words, where, when.

It is neutral: it says that something was said, never how (`أكد`, `زعم`), and does not pass off the outlet's wording as
the speaker's. The words are those of the article, character for character, but that line ends become spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from qawl.article import Article
from qawl.statement import Speaker, Statement

#: Months as papers of the whole Arab world write them, side by side.
MONTHS: Final = (
    "يناير/كانون الثاني",
    "فبراير/شباط",
    "مارس/آذار",
    "أبريل/نيسان",
    "مايو/أيار",
    "يونيو/حزيران",
    "يوليو/تموز",
    "أغسطس/آب",
    "سبتمبر/أيلول",
    "أكتوبر/تشرين الأول",
    "نوفمبر/تشرين الثاني",
    "ديسمبر/كانون الأول",
)
ENGLISH_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
#: So that brackets and full stops beside Arabic words in an English line stay where they belong.
_ISOLATE: Final = "\u2068"
_END: Final = "\u2069"


@dataclass(frozen=True, slots=True)
class Citation:
    """The same reference in Arabic and in English, each one line."""

    arabic: str
    english: str


def cite(article: Article, statement: Statement, ref: str) -> Citation:
    """The reference to a statement, with its public ID."""
    words = " … ".join(_one_line(piece.text) for piece in statement.content)
    direct = statement.form == "direct"
    return Citation(_arabic(article, statement, words, direct, ref), _english(article, statement, words, direct, ref))


def _arabic(article: Article, statement: Statement, words: str, direct: bool, ref: str) -> str:
    who = _named(statement.speaker, "، ") or "قائل لم يُسمَّ"
    # Without a verb, which would have to agree with a gender that nobody has said.
    said = f"{who}: «{words}»" if direct else f"نُقل عن {who}، بصياغة الناشر: «{words}»"
    said_on = statement.said_at.date if statement.said_at else None
    facts = [
        f"قيل في {_arabic_day(said_on)}" if said_on else None,
        _one_line(article.outlet) if article.outlet else "الناشر غير معروف",
        _arabic_day(article.published) if article.published else "بلا تاريخ",
        _address(article),
        f"قول {ref}",
    ]
    return "، ".join([said, *(fact for fact in facts if fact)])


def _english(article: Article, statement: Statement, words: str, direct: bool, ref: str) -> str:
    named = _named(statement.speaker, "، ")
    who = _isolated(named) if named else "An unnamed speaker"
    wording = "said" if direct else "is reported, in the publisher's words, to have said"
    said_on = statement.said_at.date if statement.said_at else None
    facts = [
        f"said on {_english_day(said_on)}" if said_on else None,
        _isolated(_one_line(article.outlet)) if article.outlet else "publisher unknown",
        _english_day(article.published) if article.published else "no date",
        _address(article),
        f"Qawl {ref}",
    ]
    return f"{who} {wording}: “{_isolated(words)}”. {', '.join(fact for fact in facts if fact)}"


def _named(speaker: Speaker | None, comma: str) -> str:
    if speaker is None:
        return ""
    role = _one_line(speaker.role) if speaker.role and speaker.role not in speaker.name else ""
    return comma.join(filter(None, (_one_line(speaker.name), role)))


def _address(article: Article) -> str | None:
    """The page's own address where it gives one, else that at which it was found; no space in it."""
    address = article.canonical_url or article.url
    return "".join(address.split()) if address else None


def _arabic_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _english_day(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{text}{_END}"
