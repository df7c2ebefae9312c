"""What a written form can be in a noun phrase, as far as the tables know: bits, told once a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon.classes import WordClass

if TYPE_CHECKING:
    from qawl.arabic.words import Form

STOP: Final = 1  # function words, adverbs: no noun phrase goes over them
VERB: Final = 2  # a finite verb, as far as the tables know
DEF: Final = 4  # with the article
OFFICE: Final = 8
HONORIFIC: Final = 16
BODY: Final = 32
OUTLET: Final = 64
DOCUMENT: Final = 128
PEOPLE: Final = 256
PLACE: Final = 512
NATION: Final = 1024  # adjective of a nation, city or region
NOUN: Final = 2048  # an ordinary noun or adjective
NAME: Final = 4096  # may be (part of) a proper name
GIVEN: Final = 8192
GLUE: Final = 16384  # joins parts of a proper name: بن، آل، أبو، دي
OWNED: Final = 32768  # carries a pronoun: حكومته
TIME: Final = 65536
SETTING: Final = 131072
QUALITY: Final = 524288  # an adjective
FOR: Final = 1048576  # with a glued ل
BY: Final = 2097152  # with a glued ب or ك
PROPER: Final = 16777216  # a body known by a name of its own: حماس
BARE: Final = 8388608  # ends in the nun that no idafa follows: مراقبون
THIS: Final = 4194304  # a demonstrative
ACCUSATIVE: Final = 262144  # an indefinite noun or participle written with the alif of the accusative: مؤكدا
HEAD: Final = OFFICE | HONORIFIC | BODY | OUTLET | DOCUMENT | PEOPLE
# What is often asked together, told once: to put bits together costs as much as to look at them.
HEAD_OR_PLACE: Final = HEAD | PLACE
INSTITUTION: Final = BODY | OUTLET
TITLE: Final = OFFICE | HONORIFIC
ADJECTIVE: Final = QUALITY | NATION
PART_OF_NAME: Final = NAME | GLUE
PREPOSED: Final = FOR | BY
CLOSING: Final = DEF | OWNED | PROPER  # no idafa goes on after these
ROLE: Final = OFFICE | PEOPLE
PERSON: Final = OFFICE | HONORIFIC | PEOPLE
IMPERSONAL: Final = BODY | OUTLET | DOCUMENT
OCCASION: Final = TIME | SETTING

#: Words that join the parts of a proper name.
JOINING: Final = frozenset(
    "بن ابن بنت ال ابو ابي ابا ام عبد بو ولد دي دا دو دل لا لو فان فون ديل ذو الله زو اوف".split()
)
_ADJECTIVES: Final = frozenset({"عام", "عامه", "عليا", "كبري", "اعلي"})
OF_PLACES: Final = frozenset(
    "شماليه جنوبيه شرقيه غربيه متحده عربيه سعوديه اسلاميه هاشميه ديمقراطيه وسطي شمالي جنوبي شرقي غربي كبري".split()
)
LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
#: Movements whose bare names are ordinary nouns as well (enthusiasm, opening); the tables have no mark for that yet.
_OWN_NAME: Final = frozenset({"حماس", "فتح"})

_FUNCTION: Final = int(
    WordClass.AN
    | WordClass.IN
    | WordClass.PREPOSITION
    | WordClass.PREP_PRONOUN
    | WordClass.CONJUNCTION
    | WordClass.SUBORDINATOR
    | WordClass.RELATIVE
    | WordClass.NEGATION
    | WordClass.PRONOUN
    | WordClass.AUXILIARY
    | WordClass.QAD
    | WordClass.KANA
    | WordClass.INTERROGATIVE
)
_PAIRS: Final = tuple(
    (int(flag), bit)
    for flag, bit in (
        (WordClass.OFFICE, OFFICE),
        (WordClass.HONORIFIC, HONORIFIC),
        (WordClass.BODY, BODY),
        (WordClass.OUTLET, OUTLET),
        (WordClass.DOCUMENT, DOCUMENT),
        (WordClass.PEOPLE, PEOPLE),
        (WordClass.PLACE, PLACE),
        (WordClass.NATIONALITY, NATION),
        (WordClass.TIME | WordClass.WEEKDAY | WordClass.MONTH, TIME),
        (WordClass.SETTING, SETTING),
    )
)
_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)
# Plain ints: an operation on members of an enum costs more than the whole test around it.
_GIVEN: Final = int(WordClass.GIVEN)
_SURNAME: Final = int(WordClass.SURNAME)
_VERB: Final = int(WordClass.VERB)
_DEMONSTRATIVE: Final = int(WordClass.DEMONSTRATIVE)
_WEEKDAY: Final = int(WordClass.WEEKDAY)
_CALENDAR: Final = int(WordClass.WEEKDAY | WordClass.MONTH)
_PERSONS: Final = int(WordClass.PEOPLE | WordClass.OFFICE)
_NO_NOUN: Final = _FUNCTION | int(WordClass.ADVERB)
_LISTED_NOUN: Final = int(WordClass.WHOLE | WordClass.COMMON)
_FINITE: Final = frozenset({"past", "present", "imperative"})
_POSSESSIVES: Final = ("هما", "ها", "هم", "نا", "ه")

#: Equal bits of many forms are one object: what is looked at often stays near.
_shared: dict[int, int] = {}


def look(form: Form) -> None:
    """Give a form its `bits` and its `bare` stem."""
    form.bare = _bare(form)
    bits = _bits(form)
    form.bits = _shared.setdefault(bits, bits)


def _bare(form: Form) -> str:
    """The stem of a form, without the article also where the tables know the word only with it (السعودية)."""
    stem = form.stem
    if form.article and form.text[len(form.conj) :].startswith(("إل", "أل")):
        return "ال" + stem  # إلقاء، ألتون have no article
    if not form.article and len(stem) > 4 and stem.startswith("ال") and form.text[len(form.conj) :].startswith("ال"):
        return stem[2:]
    return stem


def _bits(form: Form) -> int:
    if form.kind != "word":
        return 0
    flags = form.classes
    table = _ordinary.load()
    nouns, adjectives = table.nouns, table.adjectives
    stem = form.bare
    # A word that begins with إ or أ and ل (إلقاء) has no article.
    article = form.article and not form.text[len(form.conj) :].startswith(("إل", "أل"))
    if stem is not form.stem and not form.article:
        more = _classes.load().words.get(stem, 0)
        if not flags & _FUNCTION:
            article = True
            flags |= more & ~_FUNCTION
    finished = form.text.endswith(("ة", "ةً", "ةٌ", "ةٍ"))  # nothing is written onto a ta marbuta
    suffix = "" if finished else form.suffix
    if suffix and flags & _NAMES:
        flags &= ~_NAMES
    bits = 0
    if flags:
        for flag, bit in _PAIRS:
            if flags & flag:
                bits |= bit
    if bits & PLACE and not article and stem in adjectives:
        bits &= ~PLACE  # حديثة is a town too
    if article and bits & HEAD and stem[-1:] == "ي" and _construct_plural(stem, flags):
        bits &= ~HEAD  # معلمي is a plural before its complement and has no article: المعلمي is a name
    if article:
        bits |= DEF
    if form.prep == "ل":
        bits |= FOR
    elif form.prep == "ك" and not article and stem not in nouns:
        if not flags & ~_NAMES:
            flags |= _SURNAME  # كيري: the preposition is rare, and rarer before an unknown word
    elif form.prep:
        bits |= BY
    elif not flags and not form.cues and stem not in nouns and form.core[:1] in ("ل", "ب") and len(stem) > 3:
        inner = form.core[1:]
        if inner in nouns or inner in adjectives or inner[0] in LATIN or _owned(inner, nouns):
            bits |= (FOR if form.core[0] == "ل" else BY) | NOUN
    if suffix and suffix != "ي":  # مستخدمي is a plural before its complement, far oftener than "my user"
        bits |= OWNED
    elif bits & HEAD and not article and not finished and stem not in nouns and _owned(stem, nouns):
        bits |= OWNED  # the tables list حكومته as a word
    elif bits & (BODY | OUTLET) and not article and (stem not in nouns or stem in _OWN_NAME):
        if _classes.load().agreement.get(stem, ("", ""))[1] != "d" and stem[-1:] not in ("ا", "ي"):
            bits |= PROPER
    elif not article and not flags and stem not in nouns and not finished and _owned(stem, nouns):
        bits |= OWNED | NOUN
    if flags & _NO_NOUN and not bits & PLACE and not article and not form.text.startswith(("إمام", "آ")):
        bits = (bits | STOP) & ~HEAD
        # علي is a name, على is none; some outlets write the preposition so too.
        flags = flags & ~_NAMES if form.text[-2:] != "لي" else flags | _GIVEN
    if flags & _DEMONSTRATIVE:
        bits |= THIS
    noun = stem in nouns or form.base in nouns or (not article and stem not in table.verbs and form.key in nouns)
    construct = not article and stem[-1:] == "و" and len(stem) > 3 and stem[:-1] in nouns
    noun = noun or construct or bool(flags & _LISTED_NOUN and not flags & _NAMES)
    written = form.text.rstrip("ًٌٍ")[-1:]
    accusative = not article and len(stem) > 3 and written == "ا" and stem[:-1] in nouns and not flags & _NAMES
    adjective = stem in adjectives or stem in _ADJECTIVES or stem in OF_PLACES
    if adjective and not flags & _CALENDAR:
        bits |= QUALITY
    if not article and not finished and _finite(form, flags, noun, table.verbs):
        bits |= VERB
    nominal = bool(form.cues) and any(r.form.part not in _FINITE for r in form.cues)
    if noun or accusative or adjective or nominal or bits & (HEAD | NATION):
        bits |= NOUN
    participle = bool(form.cues) and not article and any(reading.form.part == "participle" for reading in form.cues)
    if accusative or (participle and stem[-1:] in ("ا", "ه")):
        bits |= ACCUSATIVE
    if not article and stem[-2:] in ("ون", "ين") and len(stem) > 4:
        person = flags & _PERSONS
        if person or (flags == 0 and (noun or adjective)):
            bits |= BARE
    unheard = len(stem) > 2 and stem not in nouns and stem not in adjectives and not flags & ~_NAMES
    if unheard and form.prep == "ب" and form.article and not form.cues:
        bits = (bits | NAME) & ~(BY | DEF | GIVEN)  # بالادينو
    if stem in JOINING or form.key in JOINING:
        bits |= GLUE
    if flags & _WEEKDAY:
        flags &= ~_NAMES
        bits |= STOP
    if flags & _NAMES and form.prep and not finished and form.prep != "ك":
        bits |= PROPER if bits & FOR and not bits & (NOUN | DEF | STOP) else 0  # لفلان closes a phrase as a name does
    elif flags & _NAMES:
        bits |= NAME
        if flags & _GIVEN:
            bits |= GIVEN
        if (
            not form.prep
            and form.core[0] in "بل"
            and not finished
            and form.core[1:-1] in nouns
            and form.core[-1] == "ه"
        ):
            bits = (bits | BY | OWNED) & ~(NAME | GIVEN)  # بيده
    elif not article and not bits & (
        STOP | VERB | FOR | BY | NOUN | TIME | SETTING | PLACE | ACCUSATIVE | OWNED | THIS
    ):
        bits |= NAME
    return bits


def _construct_plural(stem: str, flags: int) -> bool:
    """Is this word, as far as the tables know, the plural of another that stands before its complement (معلمي)?"""
    table = _classes.load()
    return bool(table.words.get(stem[:-1], 0) & flags) and table.agreement.get(stem, ("", ""))[1] != "s"


def _finite(form: Form, flags: int, noun: bool, verbs: frozenset[str]) -> bool:
    """Is this a finite verb as far as the tables know?"""
    if flags & _VERB or (form.core in verbs and not noun):
        return True
    if form.core[0] == "س" and form.core[1:2] in ("ي", "ت", "ن") and form.core[1:] in verbs and not flags:
        return True
    if not form.cues:
        return False
    # Women in the plural and سـ with the first person are far rarer in the news than names that look so (فيرجين، سامر).
    return any(
        r.form.part in _FINITE
        and (r.form.gender, r.form.number) != ("f", "p")
        and not (r.form.person == 1 and (r.prefix == "س" or (r.form.part == "past" and r.form.number != "s")))
        for r in form.cues
    )


def _owned(stem: str, nouns: frozenset[str]) -> bool:
    """Is this an ordinary noun with a pronoun on it?"""
    if not stem.endswith(_POSSESSIVES):
        return False
    for suffix in _POSSESSIVES:
        if stem.endswith(suffix) and len(stem) > len(suffix) + 2:
            base = stem[: -len(suffix)]
            if base in nouns or (base[-1] == "ت" and base[:-1] + "ه" in nouns):
                return True
    return False
