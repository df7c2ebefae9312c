"""Word classes: what a word may be (office, body, place, name, particle …), and how it agrees.

Everything here is read from tables in ``tables/`` that a linguist edits. A word is looked up by its fold
(`qawl.arabic.letters.fold`), without the article: ``words["وزير"]``, not ``words["الوزير"]``; what only exists with
the article (الذي, السعودية) keeps it. One word may have several classes: the flags say what a word *can* be, the
grammar decides.

Tables of words have the columns ``word, forms, classes, gender, number, example``. ``forms`` are further inflected
forms separated by spaces, with ``_`` for a space inside a phrase. ``:fs`` after a form says that it agrees as feminine
singular where that differs from the word itself (a plural of things is ``:fs``: that is how verbs agree with it).
``+ون`` is the word (less a final ة) with that ending; ``~`` stands for the endings of a regular noun for persons,
``~m`` for the masculine ones alone, where the feminine is rather a thing (مساعدة، مفاوضات).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from qawl.arabic.letters import fold


class WordClass(enum.IntFlag):
    """What a word can be. Tables name the classes as here; the flags in `Classes.words` are plain ints."""

    AN = enum.auto()  #: أن and its kin: أنه، بأن
    IN = enum.auto()  #: إن and its kin: إنه، فإن
    PREPOSITION = enum.auto()
    PREP_PRONOUN = enum.auto()  #: a preposition with its pronoun: فيه، عليها
    CONJUNCTION = enum.auto()
    SUBORDINATOR = enum.auto()  #: لأن، بينما، عندما، مما
    RELATIVE = enum.auto()
    NEGATION = enum.auto()
    PRONOUN = enum.auto()
    DEMONSTRATIVE = enum.auto()
    AUXILIARY = enum.auto()  #: كان and its sisters, قد، سوف، ليس
    QAD = enum.auto()
    KANA = enum.auto()  #: forms of كان
    INTERROGATIVE = enum.auto()
    ADVERB = enum.auto()
    VERB = enum.auto()  #: a finite verb of the news that is no cue of reporting
    TIME = enum.auto()
    WEEKDAY = enum.auto()
    MONTH = enum.auto()
    NUMBER = enum.auto()
    OFFICE = enum.auto()  #: the head noun of a person's office or calling: رئيس، ناطقة
    HONORIFIC = enum.auto()
    BODY = enum.auto()  #: the head noun of an organisation: وزارة، حزب
    OUTLET = enum.auto()
    DOCUMENT = enum.auto()
    PEOPLE = enum.auto()  #: unnamed human sources: مصدر، شهود، سكان
    PLACE = enum.auto()
    NATIONALITY = enum.auto()
    GIVEN = enum.auto()
    SURNAME = enum.auto()
    SETTING = enum.auto()  #: where something is said: تصريح، مؤتمر، تغريدة
    UNIT = enum.auto()
    WHOLE = enum.auto()  #: begins with a letter of و ف ب ل ك س that is no clitic
    COMMON = enum.auto()  #: an ordinary noun or adjective of the news that a name list might claim


#: The tables of words, in reading order. A word's flags add up over the tables.
WORD_TABLES = (
    "particles",
    "times",
    "offices",
    "bodies",
    "documents",
    "people",
    "settings",
    "common",
    "whole",
)

_MASCULINE = "+ا:ms +ون:mp +ين:mp +و:mp +ي:mp +ان:md"
_FEMININE = "+ة:fs +ات:fp +تان:fd +تين:fd"

Agreement = tuple[str, str]
"""Gender (``m`` or ``f``) and number (``s``, ``d`` or ``p``), as a verb that follows would agree."""


@dataclass(slots=True)
class Classes:
    """All word classes, as plain dictionaries over folded words (fast, shared, not to be changed by callers)."""

    #: word → flags
    words: dict[str, int] = field(default_factory=dict)
    #: word → how it agrees, for offices, bodies, people, documents, places
    agreement: dict[str, Agreement] = field(default_factory=dict)
    #: first word → the phrases that begin with it, longest first; every phrase a tuple of folded words
    multiword: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    #: phrase → flags
    phrases: dict[tuple[str, ...], int] = field(default_factory=dict)
    #: state, capital or nationality (several words joined by a space) → the state it stands for
    capitals: dict[str, str] = field(default_factory=dict)
    #: names of states
    countries: set[str] = field(default_factory=set)
    #: capitals and seats of power that stand for a state
    seats: set[str] = field(default_factory=set)
    #: other place or its people (several words joined by a space) → the state it lies in
    located: dict[str, str] = field(default_factory=dict)

    def flags(self, word: str) -> int:
        """What a folded word, without clitics other than the article, can be: its own flags and its stem's."""
        found = self.words.get(word, 0)
        if word.startswith("ال") and len(word) > 3:
            found |= self.words.get(word[2:], 0)
        return found

    def state(self, name: str) -> str | None:
        """The state that a folded place, capital, demonym or nationality stands for, with or without the article."""
        found = self.capitals.get(name)
        if found is None and name.startswith("ال"):
            return self.capitals.get(name[2:])
        return found


@cache
def load() -> Classes:
    """All tables, read once."""
    classes = Classes()
    phrases: dict[str, list[tuple[str, ...]]] = {}
    _add_names(classes)
    _add_verbs(classes)
    for name in WORD_TABLES:
        _add_words(classes, phrases, _rows(name, 6))
    _add_countries(classes, phrases, _rows("countries", 6))
    _add_places(classes, phrases, _rows("places", 5))
    for first, found in phrases.items():
        classes.multiword[first] = tuple(sorted(set(found), key=lambda phrase: (-len(phrase), phrase)))
    return classes


def parse_flags(names: str) -> int:
    """The flags of a table's ``classes`` column: names of `WordClass` in any case, separated by spaces.

    Raises KeyError for a name that is none.
    """
    flags = 0
    for name in names.split():
        flags |= _FLAGS[name.upper()]
    return flags


_FLAGS = {member.name: int(member) for member in WordClass if member.name}


def expand(word: str, forms: str) -> list[tuple[str, str]]:
    """A word's inflected forms from a table's ``forms`` column: pairs of form and agreement mark (``fs``, or empty)."""
    stem = word[:-1] if word.endswith("ة") else word
    expanded: list[tuple[str, str]] = []
    for part in forms.replace("~m", _MASCULINE).replace("~", f"{_MASCULINE} {_FEMININE}").split():
        form, _, mark = part.partition(":")
        expanded.append((stem + form[1:] if form.startswith("+") else form, mark))
    return expanded


def _read(name: str) -> str:
    return files("qawl.lexicon").joinpath("tables", name).read_text(encoding="utf-8")


def _rows(name: str, width: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in _read(f"{name}.tsv").splitlines()[1:]:
        if line and line[0] != "#":
            fields = line.split("\t")
            rows.append(fields + [""] * (width - len(fields)))
    return rows


def _add_words(classes: Classes, phrases: dict[str, list[tuple[str, ...]]], rows: list[list[str]]) -> None:
    for word, forms, names, gender, number, *_ in rows:
        flags = parse_flags(names)
        _add(classes, phrases, word, flags, gender + number)
        for form, mark in expand(word, forms):
            _add(classes, phrases, form.replace("_", " "), flags, mark or gender + number)


def _add(
    classes: Classes, phrases: dict[str, list[tuple[str, ...]]], word: str, flags: int, mark: str, state: str = ""
) -> None:
    key = fold(word)
    if state:
        classes.capitals.setdefault(key, state)
    if " " in key:
        phrase = tuple(key.split())
        phrases.setdefault(phrase[0], []).append(phrase)
        classes.phrases[phrase] = classes.phrases.get(phrase, 0) | flags
    else:
        classes.words[key] = classes.words.get(key, 0) | flags
    if len(mark) == 2:
        classes.agreement.setdefault(key, (mark[0], mark[1]))


def _add_countries(classes: Classes, phrases: dict[str, list[tuple[str, ...]]], rows: list[list[str]]) -> None:
    place, nationality = int(WordClass.PLACE), int(WordClass.NATIONALITY)
    for name, others, capitals, nisbas, gender, number, *_ in rows:
        state = fold(name)
        for other in [name, *_listed(others)]:
            _add(classes, phrases, other, place, gender + number, state)
            classes.countries.add(fold(other))
        for capital in _listed(capitals):
            _add(classes, phrases, capital, place, "fs", state)
            classes.seats.add(fold(capital))
        for nisba in _listed(nisbas):
            _add_nisba(classes, phrases, nisba, nationality, state)


def _add_nisba(classes: Classes, phrases: dict[str, list[tuple[str, ...]]], nisba: str, flags: int, state: str) -> None:
    *before, last = nisba.split()
    endings = [(last, "ms"), *expand(last, "~")]
    if not before:
        for form, mark in endings:
            # سوريا is the country, not the accusative of سوري.
            if mark != "ms" or not classes.words.get(fold(form), 0) & WordClass.PLACE:
                _add(classes, phrases, form, flags, mark, state)
        return
    # كوري جنوبي inflects in both words and takes the article on both, شرق أوسطي only in the last.
    first = before[0]
    both = len(before) == 1 and classes.words.get(fold(first), 0) & flags
    firsts = [first, *(form for form, _ in expand(first, "~"))] if both else [" ".join(before)] * len(endings)
    for opening, (form, mark) in zip(firsts, endings, strict=True):
        _add(classes, phrases, f"{opening} {form}", flags, mark, state)
        _add(classes, phrases, f"ال{opening} {'ال' if both else ''}{form}", flags, mark, state)


def _add_places(classes: Classes, phrases: dict[str, list[tuple[str, ...]]], rows: list[list[str]]) -> None:
    place, nationality = int(WordClass.PLACE), int(WordClass.NATIONALITY)
    for name, others, state, nisbas, gender, *_ in rows:
        names = [name, *_listed(others)]
        for other in names:
            _add(classes, phrases, other, place, (gender or "f") + "s")
        for nisba in _listed(nisbas):
            _add_nisba(classes, phrases, nisba, nationality, "")
            names.append(nisba)
        if state:
            classes.located.update(dict.fromkeys(map(fold, names), fold(state)))


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(";")] if names else []


def _add_names(classes: Classes) -> None:
    # Generated, folded already: three lines of words, given names, surnames, both.
    given, surname = int(WordClass.GIVEN), int(WordClass.SURNAME)
    for line, flags in zip(_read("names.txt").splitlines(), (given, surname, given | surname), strict=True):
        classes.words.update(dict.fromkeys(line.split(), flags))


def _add_verbs(classes: Classes) -> None:
    words, verb = classes.words, int(WordClass.VERB)
    for form in _read("verb_forms.txt").split():
        words[form] = words.get(form, 0) | verb
