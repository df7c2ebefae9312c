"""Words: a text as tokens, each with what is known of its written form (clitics, word classes, reporting readings).

A written form is analysed once per process and shared by all its tokens (`Form`); the tokens of a text are parallel
lists (`Words`), so that a long article costs little more than its letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final, Literal

from qawl.arabic.letters import IGNORABLE, fold, strip_marks
from qawl.arabic.nominal import look
from qawl.lexicon import classes as _classes
from qawl.lexicon import cues as _cues
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon import wordlists
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import CueForm

TokenKind = Literal["word", "number", "punct", "newline"]

_NEWLINES: Final = "\n\r\u2028\u2029\x0b\x0c\x85"
#: A word is letters and digits with the marks between and after them; line breaks with nothing visible between them are
#: one token; every other visible code point stands alone.
_TOKEN: Final = re.compile(rf"(\w[\w{IGNORABLE}]*|[{_NEWLINES}](?:[\s{IGNORABLE}]*[{_NEWLINES}])?|[^\s\w{IGNORABLE}])")
_CACHE_LIMIT: Final = 300_000
_LONGEST_CACHED: Final = 40

#: Pronouns that are written onto a noun or verb, longest first (folded).
SUFFIXES: Final = ("هما", "كما", "ها", "هم", "هن", "نا", "ني", "كم", "ه", "ك", "ي")
#: Pronouns that an object of a verb can be; a first-person possessive is no object.
_OBJECT_SUFFIXES: Final = ("هما", "ها", "هم", "هن", "نا", "ني", "كم", "ه", "ك")


@dataclass(frozen=True, slots=True)
class CueReading:
    """One way to read a form as a reporting word: the form in the table, and the letters glued before and after it."""

    form: CueForm
    prefix: str = ""
    suffix: str = ""


#: Signs of a form: a fixed phrase of reporting or a hedge can begin with it; it is that or can be read as a reporting
#: word; a clause can open, break off or end at it (punctuation and line breaks, complementizers, relatives, what is
#: telling, `CLAUSE_WORDS`); it is a finite verb; a name of several words that the tables know can begin with it.
FIXED, TELLING, NOTED, FINITE, COMPOUND = 1, 2, 4, 8, 16


class Form:
    """What is known of one written form, whatever its place in a text.

    `text` as written; `key` folded; `conj` a leading و or ف that is a conjunction; `core` the key without it; `prep` a
    glued ب ل ك; `article` whether ال follows; `stem` what is left before a pronoun `suffix` comes off; `base` the same
    without the suffix; `classes` the union of `WordClass` flags of the stem; `cues` its readings as a reporting word;
    `signs` what can begin with it (FIXED, TELLING, NOTED, FINITE, COMPOUND);
    `bits` what it can be in a noun phrase and `bare` its stem there (`qawl.arabic.nominal`); None until asked for are
    `agreement` (`qawl.arabic.names.agreement`) and `begins_name` (`qawl.reading.about`), and `category`
    (`qawl.reading.contents`), empty until then.
    """

    __slots__ = (
        "agreement",
        "article",
        "bare",
        "base",
        "begins_name",
        "bits",
        "category",
        "classes",
        "conj",
        "core",
        "cues",
        "key",
        "kind",
        "prep",
        "signs",
        "stem",
        "suffix",
        "text",
    )

    def __init__(self, text: str, key: str, kind: TokenKind) -> None:
        self.text = text
        self.key = key
        self.kind = kind
        self.conj = ""
        self.core = key
        self.prep = ""
        self.article = False
        self.stem = key
        self.suffix = ""
        self.base = key
        self.classes = 0
        self.cues: tuple[CueReading, ...] = ()
        self.signs = NOTED if kind in ("punct", "newline") else 0
        self.bits = 0
        self.bare = key
        self.agreement: tuple[Literal["m", "f"], Literal["s", "d", "p"]] | None = None
        self.begins_name: bool | None = None
        self.category = ""

    @property
    def name_key(self) -> str:
        """The word as the tables of names have it: without conjunction and preposition, with its article."""
        if self.prep:
            return "ال" + self.stem if self.article else self.stem
        return self.core

    def __repr__(self) -> str:
        return f"Form({self.text!r}, stem={self.stem!r}, classes={WordClass(self.classes)!r})"


class Words:
    """The tokens of a text: parallel lists of start offset, end offset (code points, half-open) and form.

    `paragraphs` are half-open token ranges between line breaks (the newline tokens belong to none); `points` are the
    tokens of punctuation, `noted` those with the sign NOTED.
    """

    __slots__ = ("ends", "forms", "noted", "paragraphs", "points", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.forms: list[Form] = []
        self.paragraphs: list[tuple[int, int]] = []
        self.points: list[int] = []
        self.noted: list[int] = []

    def __len__(self) -> int:
        return len(self.forms)

    def slice(self, first: int, last: int) -> str:
        """The text of the token range [first, last)."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""


def tokenize(text: str) -> Words:
    """Split a text into tokens. Total and linear; every token is a slice of the text."""
    words = Words(text)
    pieces = _TOKEN.split(text)  # what stands before the first token, that token, what stands before the next, …
    ends = list(accumulate(map(len, pieces)))
    words.starts, words.ends = ends[:-1:2], ends[1::2]
    forms = words.forms = list(map(_forms.__getitem__, pieces[1::2]))
    words.noted = [i for i, form in enumerate(forms) if form.signs & NOTED]
    first = 0
    for i in words.noted:
        kind = forms[i].kind
        if kind == "punct":
            words.points.append(i)
        elif kind == "newline":
            if i > first:
                words.paragraphs.append((first, i))
            first = i + 1
    if len(words) > first:
        words.paragraphs.append((first, len(words)))
    return words


#: A word of these classes is no reporting word with clitics: لندن, أنه, سالم.
_NO_INFLECTED_CUE: Final = (
    WordClass.AN
    | WordClass.IN
    | WordClass.PLACE
    | WordClass.GIVEN
    | WordClass.SURNAME
    | WordClass.OFFICE
    | WordClass.PREPOSITION
    | WordClass.SUBORDINATOR
    | WordClass.RELATIVE
    | WordClass.NATIONALITY
    | WordClass.ADVERB
).value

#: Shapes of verbal nouns (folded): إفعال، تفعيل، مفاعلة، انفعال، افتعال، استفعال, and what ends in ية.
MASDAR: Final = re.compile(r"ا\w\wا\w|ت\w\wي\w|م\wا\w\wه|ان\w\wا\w|ا\wت\wا\w|است\w{1,2}ا\wه?|ا\wا\wه|\w{4,6}يه")

#: A name, verb or ordinary noun in و may as well be و and a word that is known: وأكد.
_MAY_BE_TWO: Final = (WordClass.GIVEN | WordClass.SURNAME | WordClass.VERB | WordClass.COMMON).value

_VERB: Final = WordClass.VERB.value

#: Words beside complementizers, relatives and what tells of reports at which a clause can open or break off.
CLAUSE_WORDS: Final = wordlists.load("clauses")["other_clause"] | {"عما", "الا", "حين"}
_CLAUSAL: Final = (WordClass.AN | WordClass.IN | WordClass.RELATIVE).value


class _Forms(dict[str, Form]):
    """Forms by the text of the token; one that is new here is analysed, and kept unless it is very long."""

    def __missing__(self, token: str) -> Form:
        form = _analyse(token)
        if len(token) <= _LONGEST_CACHED:
            if len(self) >= _CACHE_LIMIT:
                self.clear()
            self[token] = form
        return form


_forms: Final = _Forms()
#: Equal flags of many forms are one object: what is looked at often stays near.
_shared: dict[int, int] = {}


def form_of(text: str) -> Form:
    """The form of one token's text (cached)."""
    return _forms[text]


@cache
def _tables() -> tuple[dict[str, int], dict[str, tuple[CueForm, ...]]]:
    return _classes.load().words, _cues.load().forms


def _analyse(token: str) -> Form:
    if token[0] in _NEWLINES:
        return Form(token, "\n", "newline")
    if not (token[0].isalnum() or token[0] == "_"):
        return Form(token, token, "punct")
    key = fold(token[:200])
    if not key:
        return Form(token, token, "punct")
    if key[0].isdigit():
        form = Form(token, key, "number")
        form.classes = WordClass.NUMBER.value
        return form
    form = Form(token, key, "word")
    words, cues = _tables()
    _split(form, words, cues)
    _classify(form, words)
    form.cues = _cue_readings(form, cues)
    look(form)
    if _cues.load().begins_phrase(form.core):
        form.signs = FIXED | TELLING | NOTED
    elif form.cues:
        form.signs = TELLING | NOTED
    elif form.classes & _CLAUSAL or form.core in CLAUSE_WORDS:
        form.signs = NOTED
    if _is_finite(form):
        form.signs |= FINITE
    if _begins_compound(form):
        form.signs |= COMPOUND
    return form


def _begins_compound(form: Form) -> bool:
    known = _classes.load().multiword
    core, name = form.core, form.name_key
    return core in known or core[1:] in known or (name is not core and (name in known or name[1:] in known))


@cache
def _outlet_beginnings() -> frozenset[str]:
    """First words of outlets of several words (بي بي سي), so that لبي is لـ and the outlet."""
    table = _classes.load()
    return frozenset(phrase[0] for phrase, flags in table.phrases.items() if flags & WordClass.OUTLET)


def _known(core: str, words: dict[str, int], cues: dict[str, tuple[CueForm, ...]]) -> bool:
    return core in words or core in cues


def _split(form: Form, words: dict[str, int], cues: dict[str, tuple[CueForm, ...]]) -> None:
    """Take conjunction, preposition and article off the form, never a first letter that belongs to the word."""
    key = form.key
    if len(key) >= 3 and key[0] in "وف" and "_" not in key and not _whole(key, words, cues):
        rest = key[1:]
        if key[0] == "و":
            # An unknown word after و is taken for a conjunction and a word: whole words in و are listed in the tables.
            if len(rest) > 2 or _known(rest, words, cues):
                form.conj, form.core = "و", rest
        elif key[0] == "ف" and (_known(rest, words, cues) or rest.startswith("ال") or _inflected(rest, words, cues)):
            form.conj, form.core = "ف", rest
    core = form.core
    form.stem = core
    if core in words or any(c.part in ("past", "present") and c.person == 3 for c in cues.get(core, ())):
        return
    if core.startswith("ال") and len(core) > 3:
        form.article, form.stem = True, core[2:]
    elif core.startswith("لل") and core[1:] in words:
        form.prep, form.stem = "ل", core[1:]  # للجنة: لـ and لجنة
    elif core.startswith("لل") and len(core) > 4:
        form.prep, form.article, form.stem = "ل", True, core[2:]
    elif core[:3] in ("بال", "كال") and len(core) > 5:
        form.prep, form.article, form.stem = core[0], True, core[3:]
    elif core[0] in "بلك" and len(core) > 3 and core not in cues:
        rest = core[1:]
        nouns = _ordinary.load().nouns
        if (
            rest in words
            or rest in cues
            or _base(rest, words)[1]
            or (core[0] != "ك" and len(rest) > 2 and (rest in nouns or _possessed(rest, nouns)))
            or (core not in nouns and rest in _outlet_beginnings())
            or (core[0] == "ب" and core not in nouns and (rest in nouns or MASDAR.fullmatch(rest)))
        ):
            form.prep, form.stem = core[0], rest
    elif core in ("ب", "ل", "ك"):
        form.prep, form.stem = core, ""


def _whole(key: str, words: dict[str, int], cues: dict[str, tuple[CueForm, ...]]) -> bool:
    """Is the first letter, و or ف, the word's own (وزير, وصفها) and no conjunction?"""
    flags = words.get(key, 0)
    if flags & ~_MAY_BE_TWO or (flags and not _known(key[1:], words, cues)):
        return True
    ordinary = _ordinary.load()
    if (
        key in ordinary.nouns
        and key[1:] not in ordinary.nouns
        and key[1:] not in ordinary.verbs
        and key[1:] not in cues
    ):
        return True
    found = cues.get(key)
    if found:
        # وُوفقا is a passive that nobody writes, ووفقا is everywhere.
        rare = all(c.passive or c.part == "imperative" or c.person == 2 for c in found)
        return not (rare and (key[1:] in cues or key[1:] in words or key[1] == "و"))
    for suffix in _OBJECT_SUFFIXES:
        if key.endswith(suffix) and len(key) > len(suffix) + 1:
            for spelling in _spellings(key[: -len(suffix)]):
                if any(c.part != "imperative" and not c.passive for c in cues.get(spelling, ())):
                    return True
    return False


def _possessed(rest: str, nouns: frozenset[str]) -> bool:
    """Is this an ordinary noun with a pronoun on it (دعمه, حاجتها)?"""
    for suffix in ("ها", "هم", "هما", "ه", "نا"):
        if rest.endswith(suffix) and len(rest) > len(suffix) + 2:
            base = rest[: -len(suffix)]
            if base in nouns or (base[-1] == "ت" and base[:-1] + "ه" in nouns):
                return True
    return False


def _inflected(rest: str, words: dict[str, int], cues: dict[str, tuple[CueForm, ...]]) -> bool:
    """Is this a known word with a clitic of its own (سيعلن, وصفه, حكومته)?"""
    if rest[0] == "س" and rest[1:] in cues:
        return True
    return any(rest.endswith(s) and _known(rest[: -len(s)], words, cues) for s in _OBJECT_SUFFIXES)


def _base(stem: str, words: dict[str, int]) -> tuple[str, str]:
    """(base, suffix) of a known word with a pronoun on it: حكومته → حكومه, ه. ('', '') where it is none."""
    if not stem.endswith(SUFFIXES):
        return "", ""
    for suffix in SUFFIXES:
        if stem.endswith(suffix) and len(stem) > len(suffix) + 1:
            base = stem[: -len(suffix)]
            if base in words:
                return base, suffix
            if base[-1] == "ت" and base[:-1] + "ه" in words:
                return base[:-1] + "ه", suffix
            if base[-1] == "ا" and base[:-1] + "ي" in words:
                return base[:-1] + "ي", suffix
    return "", ""


def _classify(form: Form, words: dict[str, int]) -> None:
    stem = form.stem
    form.base = stem
    flags = words.get(form.core, 0) | words.get(stem, 0)
    if form.article:
        flags |= words.get("ال" + stem, 0)
    if not flags and not form.article:
        base, suffix = _base(stem, words)
        if suffix:
            form.base, form.suffix = base, suffix
            flags = words[base]
    if not flags and form.core[0] == "س" and words.get(form.core[1:], 0) & _VERB:
        flags = _VERB
    form.classes = _shared.setdefault(flags, flags)


def _cue_readings(form: Form, cues: dict[str, tuple[CueForm, ...]]) -> tuple[CueReading, ...]:
    core = form.core
    found = cues.get(core)
    spellings = _cues.load().exact.get(core)
    if spellings and _bare_spelling(form.text, form.conj) not in spellings:
        return ()  # هنا is no هنأ: some forms report only in their exact spelling
    if found:
        return tuple(CueReading(c) for c in found)
    if form.classes & _NO_INFLECTED_CUE:
        return ()
    readings = _with_suffix(core, "", cues, ("past", "present", "masdar", "noun", "participle", "imperative"))
    if readings:
        return readings
    if core[0] in "سل" and len(core) > 3:
        rest = core[1:]
        for c in cues.get(rest, ()):
            if c.part == "present" and (c.person == 3 or (c.person == 1 and core[0] == "س")):
                readings += (CueReading(c, core[0]),)
        readings += _with_suffix(rest, core[0], cues, ("present",))
        if readings:
            return readings
    if form.prep or form.article:
        prefix = core[: len(core) - len(form.stem)]
        nominal = ("masdar", "noun", "participle", "passive_participle")
        readings = tuple(CueReading(c, prefix) for c in cues.get(form.stem, ()) if c.part in nominal)
        if not readings and not form.article:
            readings = _with_suffix(form.stem, prefix, cues, ("masdar", "noun"))
    elif core[0] in "بلك" and len(core) > 3:
        rest = core[1:]
        readings = tuple(CueReading(c, core[0]) for c in cues.get(rest, ()) if c.part in ("masdar", "noun"))
        readings = readings or _with_suffix(rest, core[0], cues, ("masdar", "noun"))
    return readings


def _is_finite(form: Form) -> bool:
    """Is the word a finite verb, as far as the tables of cues, common verbs and ordinary nouns know, and no noun?"""
    if form.article or form.prep:
        return False
    ordinary = _ordinary.load()
    if form.core in ordinary.nouns and form.core[0] not in "يت":
        return False
    if any(reading.form.part in ("past", "present") and not reading.form.passive for reading in form.cues):
        return True
    return bool(form.classes & _VERB) or form.core in ordinary.verbs


def _bare_spelling(text: str, conj: str) -> str:
    """The word as spelled, without vowels and a leading conjunction."""
    bare = strip_marks(text)
    return bare[1:] if conj and bare.startswith(conj) else bare


def _with_suffix(
    core: str, prefix: str, cues: dict[str, tuple[CueForm, ...]], parts: tuple[str, ...]
) -> tuple[CueReading, ...]:
    if not core.endswith(SUFFIXES):
        return ()
    for suffix in SUFFIXES:
        if not core.endswith(suffix) or len(core) < len(suffix) + 2:
            continue
        base = core[: -len(suffix)]
        for spelling in _spellings(base):
            listed = cues.get(spelling)
            if listed is None:
                continue
            found = tuple(
                CueReading(c, prefix, suffix)
                for c in listed
                if c.part in parts and (suffix in _OBJECT_SUFFIXES or c.part in ("masdar", "noun"))
            )
            if found:
                return found
    return ()


def _spellings(base: str) -> tuple[str, ...]:
    """How a form with a pronoun on it is spelled without: دعوت(ه) → دعوه, نفا(ه) → نفي, قالو(ه) → قالوا."""
    if base[-1] == "ت":
        return base, base[:-1] + "ه"
    if base[-1] == "ا":
        return base, base[:-1] + "ي"
    if base[-1] == "و":
        return base, base + "ا"
    return (base,)
