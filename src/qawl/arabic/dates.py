"""Dates as news writes them: ``الاثنين 6 يوليو 2026``, ``مساء أمس``, ``السابع من نيسان/أبريل``, ``قبل ثلاثة أيام``.

A small grammar over the tokens of `qawl.arabic.words`; the words themselves stand in ``tables/dates.tsv``. An
expression says what was written; the day that it comes to depends on when it was published
(`DateExpression.resolve`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.words import Form, Words

_FROM: Final = frozenset({"من"})
_YEAR: Final = frozenset({"عام", "سنه", "العام", "السنه"})
_SINCE: Final = {"قبل": -1, "منذ": -1, "قبيل": -1, "بعد": 1}
_MONTH_INTRODUCED: Final = frozenset(
    ["في", "منذ", "خلال", "من", "حتي", "الي", "قبل", "بعد", "مطلع", "نهايه", "بدايه", "منتصف", "اواخر", "اوايل"]
)
_HIJRI_MARK: Final = frozenset({"ه", "هجري", "هجريه", "للهجره"})
_COMMON_ERA: Final = frozenset({"م", "ميلادي", "ميلاديه"})
_COMMAS: Final = frozenset({"،", ","})
_HIJRI_YEARS: Final = range(1300, 1501)
_YEARS: Final = range(1800, 2201)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """An expression of time of the tokens [start, end) and what it says.

    `day`, `month`, `year` are as written (of the Hijri calendar where `hijri`); `weekday` counts from Monday (0);
    `offset` is a number of days from the day of publication (أمس: -1); `turn` is -1 for الماضي, 1 for المقبل, 0 for
    الجاري, None where nothing of the kind is said. `coarse`: no single day is meant (العام الماضي، وقت سابق).
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    offset: int | None = None
    turn: int | None = None
    hijri: bool = False
    coarse: bool = False

    def resolve(self, published: date | None = None) -> date | None:
        """The day that is meant, or None where it cannot be told (no single day, no date of publication, no such day).

        What leaves the year or week open is the last such day on or before the date of publication, unless it says
        that it is to come (المقبل).
        """
        if self.coarse:
            return None
        if self.day is not None and self.month is not None:
            find = _hijri_day if self.hijri else _month_day
            return find(self, self.month, self.day, published)
        if published is None:
            return None
        if self.weekday is not None:
            return self._nearest_weekday(published)
        return _shift(published, self.offset) if self.offset is not None else None

    def _nearest_weekday(self, published: date) -> date | None:
        assert self.weekday is not None
        if self.turn == 1 or (self.offset or 0) > 0:
            return _shift(published, (self.weekday - published.weekday() - 1) % 7 + 1)
        if self.turn == -1:
            return _shift(published, -((published.weekday() - self.weekday - 1) % 7 + 1))
        return _shift(published, -((published.weekday() - self.weekday) % 7))


def _shift(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_day(said: DateExpression, month: int, day: int, published: date | None) -> date | None:
    if said.year is not None:
        return _day(said.year, month, day)
    if published is None:
        return None
    years = (published.year, published.year - 1)
    if said.turn == 1:
        years = (published.year, published.year + 1)
    elif said.turn == 0:
        years = (published.year, published.year)
    for year in years:
        found = _day(year, month, day)
        if found and (said.turn == 0 or (found > published if said.turn == 1 else found <= published)):
            return found
    return None


def _hijri_day(said: DateExpression, month: int, day: int, published: date | None) -> date | None:
    # The converter is imported only where a Hijri date really stands: most articles have none.
    from hijridate import Gregorian, Hijri

    years: tuple[int, ...]
    if said.year is not None:
        years = (said.year,)
    else:
        if published is None:
            return None
        try:
            now = Gregorian(published.year, published.month, published.day).to_hijri().year
        except (OverflowError, ValueError):
            return None
        years = (now, now + 1) if said.turn == 1 else (now, now - 1)
    for year in years:
        try:
            gregorian = Hijri(year, month, day).to_gregorian()
        except (OverflowError, ValueError):
            continue
        found = date(gregorian.year, gregorian.month, gregorian.day)
        if said.year is not None or published is None:
            return found
        if said.turn == 0 or (found > published if said.turn == 1 else found <= published):
            return found
    return None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """kind → word → value, and kind → first word → longer phrases that begin with it (longest first)."""

    words: dict[str, dict[str, int]]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]]
    starts: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table = files("qawl.lexicon").joinpath("tables", "dates.tsv").read_text(encoding="utf-8")
    words: dict[str, dict[str, int]] = {}
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
    for line in table.splitlines()[1:]:
        if not line or line.startswith("#"):
            continue
        kind, value, listed, *_ = line.split("\t")
        for entry in listed.split(";"):
            parts = tuple(fold(entry).split())
            if len(parts) == 1:
                words.setdefault(kind, {})[parts[0]] = int(value)
            else:
                phrases.setdefault(kind, {}).setdefault(parts[0], []).append((parts, int(value)))
    for firsts in phrases.values():
        for found in firsts.values():
            found.sort(key=lambda entry: -len(entry[0]))
    starts = set(_SINCE) | _YEAR | {"يوم", "شهر", "هذا", "هذه"}
    for kind in ("weekday", "month", "hijri", "day", "part", "ordinal", "unit", "vague"):
        starts.update(words.get(kind, ()))
        starts.update(phrases.get(kind, ()))
    return _Lexicon(words, phrases, frozenset(starts))


def _word(form: Form) -> str:
    """The word without a conjunction or glued preposition, with its article."""
    if form.prep:
        return "ال" + form.stem if form.article else form.stem
    return form.core


class _Reader:
    """Reads one expression, left to right."""

    __slots__ = ("lexicon", "limit", "words")

    def __init__(self, words: Words, limit: int) -> None:
        self.words = words
        self.limit = limit
        self.lexicon = _lexicon()

    def word(self, i: int) -> str:
        return _word(self.words.forms[i]) if i < self.limit else ""

    def match(self, kind: str, i: int) -> tuple[int, int] | None:
        """(value, end) of the word or phrase of this kind at token i."""
        if i >= self.limit:
            return None
        word = self.word(i)
        forms = self.words.forms
        for parts, value in self.lexicon.phrases.get(kind, {}).get(word, ()):
            end = i + len(parts)
            if end <= self.limit and all(forms[i + k].key == parts[k] for k in range(1, len(parts))):
                return value, end
        value_of_word = self.lexicon.words[kind].get(word)
        return None if value_of_word is None else (value_of_word, i + 1)

    def number(self, i: int, low: int, high: int) -> int | None:
        if i >= self.limit:
            return None
        form = self.words.forms[i]
        if form.kind != "number" or not form.key.isdecimal() or len(form.key) > 4:
            return None
        value = int(form.key)
        return value if low <= value <= high else None

    def glued(self, i: int) -> bool:
        """Is token i glued to the token before it?"""
        return 0 < i < self.limit and self.words.ends[i - 1] == self.words.starts[i]

    def bracketed(self, i: int) -> int:
        """The token after an opening bracket at i, else i."""
        return i + 1 if i < self.limit and self.words.forms[i].text == "(" else i

    # ---- parts of an expression

    def year(self, i: int) -> tuple[int, int, bool] | None:
        """(year, end, hijri) of a year at i, with or without عام, a comma, a bracket, هـ or م."""
        at = i
        if at < self.limit and self.words.forms[at].text in _COMMAS:
            at += 1
        if self.word(at) in _FROM and self.word(at + 1) in _YEAR:
            at += 1
        if self.word(at) in _YEAR:
            at += 1
        if at >= self.limit:
            return None
        form = self.words.forms[at]
        # 1439هـ is one token
        key = form.key
        digits = key.rstrip("هم") if form.kind == "number" else ""
        if len(digits) != 4 or not digits.isdecimal():
            return None
        value = int(digits)
        hijri = key.endswith("ه") or (value in _HIJRI_YEARS)
        if value not in _YEARS and not (hijri and value in _HIJRI_YEARS):
            return None
        end = at + 1
        if end < self.limit and self.words.forms[end].key in (_HIJRI_MARK if hijri else _COMMON_ERA):
            end += 1
        return value, end, hijri

    def month(self, i: int) -> tuple[int, int, bool] | None:
        """(month, end, hijri) of a month name, with its other name after a stroke or in brackets."""
        at = i + 1 if self.word(i) == "شهر" else i
        hijri = False
        found = self.match("month", at)
        if found is None:
            found = self.match("hijri", at)
            hijri = True
        if found is None:
            return None
        month, end = found
        if not hijri and end < self.limit:
            mark = self.words.forms[end].text
            other = self.match("month", end + 1) if mark in ("/", "(", "-", "،") else None
            if other and other[0] == month:
                end = other[1]
                if mark == "(" and end < self.limit and self.words.forms[end].text == ")":
                    end += 1
        return month, end, hijri

    def turn(self, i: int) -> tuple[int | None, int]:
        at = i + 1 if i < self.limit and self.words.forms[i].text in _COMMAS else i
        found = self.match("turn", at)
        return (found[0], found[1]) if found and self.word(at) not in ("هذا", "هذه") else (None, i)

    def day_of_month(self, i: int) -> tuple[int, int] | None:
        """(day, end) at i: digits or an ordinal, with من after it or not; nothing is said of what follows."""
        number = self.number(i, 1, 31)
        if number is not None:
            return number, i + 1
        return self.match("ordinal", i)

    def day_and_month(self, i: int) -> DateExpression | None:
        found = self.day_of_month(i)
        if found is None:
            return None
        day, at = found
        if self.word(at) in _FROM:
            at += 1
        month = self.month(at)
        if month is None:
            return None
        value, end, hijri = month
        turn, end = self.turn(end)
        year = self.year(end)
        said_year = None
        if year and year[2] == hijri:
            said_year, end = year[0], year[1]
            if turn is None:
                turn, end = self.turn(end)
        return DateExpression(i, end, day, value, said_year, turn=turn, hijri=hijri)

    def numeric(self, i: int) -> DateExpression | None:
        """2018-05-01, 12/5/2018, 1.5.2018, 8/11/1436هـ."""
        if i + 4 >= self.limit:
            return None
        forms = self.words.forms
        mark = forms[i + 1].text
        if mark not in ("-", "/", ".", "–") or forms[i + 3].text != mark:
            return None
        if not all(self.glued(i + k) for k in range(1, 5)):
            return None
        year = self.number(i, 1000, 2999)
        if year is not None:
            month, day = self.number(i + 2, 1, 12), self.number(i + 4, 1, 31)
            end = i + 5
        else:
            day, month = self.number(i, 1, 31), self.number(i + 2, 1, 31)
            last = self.year(i + 4)
            if last is None or forms[i + 4].kind != "number":
                return None
            year, end = last[0], last[1]
            if month is not None and month > 12:
                day, month = month, day
        if day is None or month is None or not 1 <= month <= 12:
            return None
        hijri = year in _HIJRI_YEARS
        if not hijri and year not in _YEARS:
            return None
        return DateExpression(i, end, day, month, year, hijri=hijri)

    def a_date(self, i: int) -> DateExpression | None:
        return self.numeric(i) or self.day_and_month(i)

    def after_day(self, said: DateExpression) -> DateExpression:
        """What may follow a weekday or أمس: its weekday, الماضي, the date, a part of the day."""
        start, end = said.start, said.end
        weekday, offset, turn = said.weekday, said.offset, said.turn
        if weekday is None:
            at = self.bracketed(end)
            if self.word(at) == "يوم":
                at += 1
            if found := self.match("weekday", at):
                weekday, end = found
                if at > said.end and end < self.limit and self.words.forms[end].text == ")":
                    end += 1
        if turn is None:
            turn, end = self.turn(end)
        at = end
        if at < self.limit and self.words.forms[at].text in (*_COMMAS, "("):
            at += 1
        if self.word(at) in ("في", "الموافق", "الموافقه"):
            at += 1
        exact = self.a_date(at) if at < self.limit else None
        if exact:
            end = exact.end
            if end < self.limit and self.words.forms[end].text == ")" and self.words.forms[at - 1].text == "(":
                end += 1
            return DateExpression(
                start, end, exact.day, exact.month, exact.year, weekday, offset, exact.turn, exact.hijri
            )
        if part := self.match("part", end):
            end = part[1]
        return DateExpression(start, end, weekday=weekday, offset=offset, turn=turn)

    def at(self, i: int) -> DateExpression | None:
        """The longest expression that begins at token i."""
        if i >= self.limit:
            return None
        form = self.words.forms[i]
        if form.kind == "number":
            return self.a_date(i)
        if form.kind != "word" or _word(form) not in self.lexicon.starts:
            return None
        at = i
        part = self.match("part", i)
        if part:
            at = part[1]
        if self.word(at) in ("يوم", "نهار", "ليله"):
            at += 1
        found = self._from_day(i, at) or self._stretch(i, at)
        if found:
            return found
        return self._from_day(i, i) or self._stretch(i, i) if at > i else None

    def _from_day(self, start: int, at: int) -> DateExpression | None:
        """A day by its name (weekday, أمس) or by day and month."""
        if weekday := self.match("weekday", at):
            return self.after_day(DateExpression(start, weekday[1], weekday=weekday[0]))
        if (day := self.match("day", at)) and not self._ordinary_day(day[1]):
            return self.after_day(DateExpression(start, day[1], offset=day[0]))
        exact = self.a_date(at)
        if exact:
            return DateExpression(
                start, exact.end, exact.day, exact.month, exact.year, turn=exact.turn, hijri=exact.hijri
            )
        return None

    def _ordinary_day(self, i: int) -> bool:
        """Does a word follow اليوم that makes it "the … day" (اليوم التالي، اليوم الثاني)?"""
        word = self.word(i)
        return word in self.lexicon.words["turn"] or word in self.lexicon.words["ordinal"] or word in (
            "نفسه", "ذاته", "الواحد", "الوطني", "العالمي", "الدولي", "الذي", "التالي",
        )  # fmt: skip

    def _stretch(self, start: int, at: int) -> DateExpression | None:
        """Weeks, months, years; قبل ثلاثة أيام; what names no day."""
        if vague := self.match("vague", at):
            return DateExpression(start, vague[1], coarse=True)
        word = self.word(at)
        if word in _SINCE:
            return self._since(start, at, _SINCE[word])
        if word in ("هذا", "هذه"):
            unit = self.match("unit", at + 1)
            if unit and unit[0] >= 7 and self.words.forms[at + 1].article:
                return DateExpression(start, unit[1], turn=0, coarse=True)
            return None
        month = self.month(at)
        if month:
            return self._bare_month(start, at, month)
        if word in _YEAR:
            year = self.year(at)
            if year:
                return DateExpression(start, year[1], year=year[0], hijri=year[2], coarse=True)
        unit = self.match("unit", at)
        if unit and self.words.forms[at].article:
            end = unit[1]
            if counted := self.match("count", end):
                end = counted[1]
            turn, after = self.turn(end)
            if turn is not None and after > end:
                return DateExpression(start, after, turn=turn, coarse=True)
        return None

    def _bare_month(self, start: int, at: int, month: tuple[int, int, bool]) -> DateExpression | None:
        value, end, hijri = month
        turn, end = self.turn(end)
        year = self.year(end)
        said_year = None
        if year and year[2] == hijri:
            said_year, end = year[0], year[1]
        introduced = self.word(at) == "شهر" or (at > 0 and self.words.forms[at - 1].core in _MONTH_INTRODUCED)
        if turn is None and said_year is None and not introduced:
            # مارس is a verb too, محرم an adjective, صفر a number.
            return None
        return DateExpression(start, end, None, value, said_year, turn=turn, hijri=hijri, coarse=True)

    def _since(self, start: int, at: int, sign: int) -> DateExpression | None:
        """قبل ثلاثة أيام، منذ شهرين، بعد أسبوع."""
        i = at + 1
        if i < self.limit and self.words.forms[i].prep:
            return None
        count: int | None = None
        vague = False
        while counted := self.match("count", i):
            count = (count or 0) + counted[0]
            vague = vague or counted[0] == 0
            i = counted[1]
        if count is None and (digits := self.number(i, 1, 999)) is not None:
            count, i = digits, i + 1
        if self.words.forms[i].article if i < self.limit else True:
            return None
        unit = self.match("unit", i)
        if unit is None:
            return None
        if count is None:
            count = self.lexicon.words["dual"].get(self.word(i))
            if count is None and self.word(i) in ("يوم",):
                count = 1
        if unit[0] == 0 and self.word(i) in ("وقت", "فتره"):
            return None
        if count is None and self._from_day(i, unit[1]):
            return None  # منذ يوم الأربعاء: the day is the expression
        exact = unit[0] == 1 and bool(count) and not vague
        return DateExpression(start, unit[1], offset=sign * count if exact and count else None, coarse=not exact)


def date_at(words: Words, i: int, limit: int | None = None) -> DateExpression | None:
    """The expression of time that begins at token i and ends by `limit`, or None. A preposition before is no part."""
    if i >= len(words):
        return None
    form = words.forms[i]
    if form.kind == "punct" or (form.kind == "word" and _word(form) not in _lexicon().starts):
        return None
    return _Reader(words, len(words) if limit is None else min(limit, len(words))).at(i)


def find_dates(words: Words, i: int = 0, limit: int | None = None) -> list[DateExpression]:
    """The expressions of time in the tokens [i, limit), in order, none overlapping. Linear."""
    reader = _Reader(words, len(words) if limit is None else min(limit, len(words)))
    found: list[DateExpression] = []
    while i < reader.limit:
        said = reader.at(i)
        if said is None:
            i += 1
        else:
            found.append(said)
            i = said.end
    return found
