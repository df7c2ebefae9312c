"""Dates of publication as inputs write them: ISO 8601, RFC 822, seconds since 1970, or as the user says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_SLASHES = re.compile(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=[T ])")
_ZONE = re.compile(r"\s+(?=(?:[+-]\d{2}:?\d{2}|Z|UTC|GMT)$)")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?$|\d{12,13}$")
_LONGEST = 64  # characters: no date is longer
#: Digits of Arabic and of Persian, which some outlets write in their metadata.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def parse_date(value: object, form: str | None = None) -> datetime | date | None:
    """The date or time that `value` gives, with its zone where it has one; None for None and the empty string.

    `form` is a format of `datetime.strptime` that is tried first. Raises ValueError for what is no date.
    """
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"not a date: {_shown(value)}")
    text = str(value).strip().translate(_DIGITS)
    if not text:
        return None
    if len(text) > _LONGEST:
        raise ValueError(f"not a date: {_shown(text)}")
    if form is not None:
        try:
            return _formed(text, form)
        except ValueError:
            pass
    found = _iso(text) or _rfc822(text) or _epoch(text)
    if found is None:
        raise ValueError(f"not a date: {_shown(value)}")
    return found


def _formed(text: str, form: str) -> datetime | date:
    found = datetime.strptime(text, form)
    has_time = any(mark in form for mark in ("%H", "%I", "%X", "%c", "%s"))
    return found if has_time else found.date()


def _iso(text: str) -> datetime | date | None:
    try:
        if day := _DATE.match(text):
            return date(int(day[1]), int(day[2]), int(day[3]))
        text = _SLASHES.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", text)
        text = _ZONE.sub("", text)
        if text.endswith(("UTC", "GMT")):
            text = text[:-3] + "Z"
        # Digits alone would be taken for a date of ISO's basic form; eight of them are one, more are seconds.
        if text.isdigit() and len(text) != 8:
            return None
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.date() if len(text) == 8 else found


def _rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _epoch(text: str) -> datetime | None:
    if not _SECONDS.match(text):
        return None
    seconds = float(text) / (1000 if len(text.partition(".")[0]) >= 12 else 1)
    return datetime.fromtimestamp(seconds, UTC)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 50 else text[:49] + "…"
