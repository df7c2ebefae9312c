"""Noun phrases that name somebody: persons with their titles, bodies, groups, places, documents.

A small grammar, read from left to right one token at a time. A phrase is *open* until its first definite word (an
idafa chain waits for one), then *closed* (only definite adjectives, a second title, a complement with لـ / باسم / في /
لدى or a proper name may follow), and in a *name* once a word comes that is no ordinary word of the language. Gazetteers
and the table of ordinary words help to see that word; the state of the phrase decides.

All positions are token indices of a `Words`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from qawl.arabic.nominal import (
    ACCUSATIVE,
    ADJECTIVE,
    BARE,
    BODY,
    BY,
    CLOSING,
    DEF,
    DOCUMENT,
    FOR,
    GIVEN,
    GLUE,
    HEAD,
    HEAD_OR_PLACE,
    HONORIFIC,
    IMPERSONAL,
    INSTITUTION,
    JOINING,
    LATIN,
    NAME,
    NATION,
    NOUN,
    OCCASION,
    OF_PLACES,
    OFFICE,
    OUTLET,
    OWNED,
    PART_OF_NAME,
    PEOPLE,
    PERSON,
    PLACE,
    PREPOSED,
    PROPER,
    QUALITY,
    ROLE,
    SETTING,
    STOP,
    THIS,
    TIME,
    TITLE,
    VERB,
)
from qawl.arabic.words import COMPOUND, MASDAR, Form, Words
from qawl.lexicon import classes as _classes
from qawl.lexicon import ordinary as _ordinary
from qawl.lexicon import wordlists
from qawl.lexicon.classes import WordClass
from qawl.statement import EntityType

Gender = Literal["m", "f"]
Number = Literal["s", "d", "p"]

#: Honorifics that outlets keep as part of the name (royal and clerical), unlike ranks and degrees.
_KEPT: Final = frozenset({"امير", "اميره", "بابا", "ملك", "ملكه", "شيخ", "شيخه"})
_DANGLING: Final = JOINING - {"ابن", "الله"}
_FEMININE: Final = frozenset("عليا كبري عظمي اولي اخري صغري وسطي دنيا قصوي".split())
_SON: Final = frozenset({"بن", "بنت", "ابن"})
_FORMERLY: Final = frozenset({"سابقا", "حاليا"})
_MOVEMENTS: Final = frozenset({"حركه", "تنظيم", "جماعه", "منظمه"})
#: Styles before an office or a name: معالي الوزير.
STYLES: Final = frozenset("سمو معالي سعاده جلاله فخامه فضيله سماحه قداسه غبطه نيافه عطوفه".split())
#: The same with a pronoun, for whoever was named before: معاليه، سموها.
_STYLED: Final = {
    (style[:-1] + "ت" if style[-1] == "ه" else style) + pronoun: gender
    for style in [*STYLES, "سياده"]
    for pronoun, gender in (("ه", "m"), ("ها", "f"))
}
_WITHHELD: Final = frozenset("لم طلب طلبت طلبوا فضل فضلت فضلوا رفض رفضت رفضوا اشترط اشترطت اشترطوا".split())
_IDENTITY: Final = frozenset("اسمه اسمها اسمهم هويته هويتها هويتهم اسماءهم اسمايهم اسماوهم هوياتهم".split())
_FAMILY: Final = frozenset({"اسره", "عايله"})
_SELF: Final = frozenset("نفسه نفسها نفسهم ذاته ذاتها ذاتهم عينه عينها".split())
_LETTERS: Final = frozenset("بي سي ان اف اي ار ايه دي جي تي ام اس يو كيو ال ايتش".split())
_ORDINALS: Final = frozenset("الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الثانيه".split())
#: Syllables of East Asian names that are particles as well (بان كي مون).
_SYLLABLES: Final = frozenset({"كي", "لي", "مو"})
_ABBREVIATED: Final = frozenset({"د", "م", "ا"})
_TOWNS: Final = frozenset(
    "عاصمه مدينه بلده محافظه محافظات ولايه ولايات منطقه مناطق اقليم قطاع شمال جنوب شرق غرب بلاد دوله قريه جامعه".split()
)
_CLOSE_TO: Final = frozenset("مقرب مقربه مقربين مقربون قريب قريبه قريبين مكلف مكلفين صادر صادره موجه موجهه".split())
_FOR: Final = frozenset({"باسم", "بلسان"})
_LED_BY: Final = frozenset({"بقياده", "بزعامه", "برياسه"})
#: Complements of offices and of words for people.
_AT: Final = frozenset({"في", "لدي", "من", "الي", "عن", "علي", "بين"})
_BEFORE_COMPLEMENT: Final = _AT | _FOR | _LED_BY
_ENVOYS: Final = frozenset("مبعوث سفير سفيره ممثل ممثله موفد مندوب مندوبه قنصل رسول وسيط سفراء مبعوثه".split())
_FOR_OTHERS: Final = frozenset("ممثل ممثله ممثلون ممثلين ممثلو ممثلي مندوبون مندوبين نيابه".split())
_INSIDE: Final = frozenset({"داخل", "خارج", "بين", "ابناء"})
#: What somebody is an expert in: الخبير في شؤون المياه.
_FIELDS: Final = wordlists.load("title_words")["field"]
_KNOWN_AS: Final = wordlists.load("title_words")["known_as"]
_SOME_OF: Final = frozenset("عدد كثير عديد بعض مجموعه مييات الاف عشرات ملايين واحد اثنان قليل جزء".split())
_IN_CHARGE: Final = frozenset("مسوول مسووله مسوولون مسوولين صادر صادره مدافع مدافعه مدافعون مدافعين".split())
_OPENING: Final = {"«": "»", '"': '"', "“": "”", "(": ")", "[": "]", "‘": "’", "”": "“", "„": "“", "'": "'"}
_COMMAS: Final = frozenset({"،", ",", "؛"})
_QUANTIFIERS: Final = frozenset("احد احدي بعض كل جميع معظم غالبيه اغلب عده كلا كلتا كافه ساير اكثر".split())
_LONGEST: Final = 45


@dataclass(slots=True)
class NounPhrase:
    """A noun phrase of tokens [start, end); never changed once made (not frozen: that makes it five times as dear).

    `title` is the office or description as given (for a person with a name: all but the name), `name` the proper name
    of a person. `parts` are the members of a coordination (``روسيا ودمشق``), else empty.
    """

    start: int
    end: int
    head: int
    type: EntityType
    gender: Gender
    number: Number
    definite: bool
    title: tuple[int, int] | None = None
    name: tuple[int, int] | None = None
    parts: tuple[NounPhrase, ...] = ()


_PLACE: Final = int(WordClass.PLACE)
_BODY: Final = int(WordClass.BODY)
_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)
_OPENERS: Final = int(WordClass.AN | WordClass.IN)
_GIVEN: Final = int(WordClass.GIVEN)
# By the bits of a word: what it cannot be, or what it can.
_OPENS_NAME: Final = GIVEN | GLUE
_NO_LONE_NAME: Final = HEAD | PLACE | DEF | OWNED
_NO_SECOND_NAME: Final = HEAD | PLACE | SETTING | TIME | VERB | STOP | ACCUSATIVE | FOR | BY
_NO_LAST_NAME: Final = HEAD | ACCUSATIVE | DEF | OWNED
_NO_SURNAME: Final = OFFICE | HONORIFIC | PEOPLE | BODY | TIME
_NOT_IN_NAME: Final = TIME | SETTING | OWNED
_NO_COMPLEMENT: Final = STOP | TIME | SETTING | FOR | BY
_NOT_FOR: Final = TIME | SETTING | STOP | OWNED
_NO_MEMBER: Final = STOP | VERB | SETTING | TIME | FOR | BY | ACCUSATIVE
_MEMBER: Final = HEAD | PLACE | NAME | NATION | DEF
_NO_APPOSITION: Final = STOP | TIME | ACCUSATIVE | SETTING | OWNED
_DESCRIBED_ONLY: Final = BODY | OUTLET | DOCUMENT | PLACE


class _Chunk:
    """One phrase between commas, while it is being read."""

    __slots__ = ("closed", "end", "forms", "head", "head_bits", "led", "limit", "name", "start", "title")

    def __init__(self, forms: list[Form], start: int, limit: int) -> None:
        self.forms = forms
        self.start = start
        self.limit = limit
        self.end = start
        self.head = start
        self.head_bits = 0
        self.closed = False
        #: A name that follows is that of a leader (ائتلاف كذا بزعامة فلان), not of the one who is meant.
        self.led = False
        self.name: tuple[int, int] | None = None
        self.title: tuple[int, int] | None = None

    def take_name(self, at: int, end: int) -> int:
        """Note the proper name [at, end); what stands before it is the title."""
        if self.led:
            self.closed = True
            self.end = end
            return end
        if at > self.start and self.title is None:
            self.title = (self.start, at)
        self.name = (at, end)
        self.closed = True
        self.end = end
        return end


def _closing(forms: list[Form], at: int, limit: int, longest: int = 9) -> int:
    """The index after the mark that closes the one at `at`, or -1: only a few words, no clause, stand between."""
    close = _OPENING[forms[at].text]
    if at + 2 < limit and forms[at + 2].text == close and forms[at + 1].kind == "word":
        return at + 3 if not forms[at + 1].bits & ACCUSATIVE else -1
    for j in range(at + 1, min(limit, at + longest + 1)):
        form = forms[j]
        text = form.text
        if text == close:
            return j + 1 if j > at + 1 else -1
        if text in (":", "،") or form.kind == "newline" or text == forms[at].text:
            return -1
        bits = form.bits
        if (bits & VERB and not bits & (NAME | NOUN)) or (bits & (STOP | ACCUSATIVE) and j == at + 1):
            return -1
    return -1


def _ends_reporting(forms: list[Form], at: int, limit: int) -> bool:
    """Does a clause of content or a comma follow, so that what stands before it still belongs to the subject?"""
    if at >= limit:
        return False
    form = forms[at]
    if form.kind == "punct":
        return form.text in "،:," or form.text in _OPENING
    return bool(form.classes & _OPENERS)


def _read_name(forms: list[Form], at: int, limit: int, sure: bool = False) -> int:
    """The index after the proper name that begins at `at` (which is taken for granted).

    `sure`: an honorific stands before it, so that an ordinary word too is a given name.
    """
    j = at + 1
    given = bool(forms[at].bits & _OPENS_NAME)
    units = 1  # names so far: عبد الله is one
    while j < limit:
        form = forms[j]
        before = forms[j - 1]
        if form.kind == "punct":
            text = form.text
            if text in "-–" and j + 1 < limit and forms[j + 1].kind == "word" and not forms[j + 1].conj:
                j += 2
                continue
            if (text == "." and len(before.key) == 1) or text == "#":
                j += 1
                continue
            if text in "’'`" and j + 1 < limit and forms[j + 1].key[:1] in LATIN:
                j += 2
                continue
            break
        if form.kind != "word":
            break
        bits = form.bits
        given = given or bool(before.bits & GIVEN)
        if (before.bits & GLUE and not bits & STOP) or (before.kind == "punct" and before.text == "#"):
            j += 1
            continue
        if form.key in _ORDINALS and units == 1 and j == at + 1:
            j += 1
            break  # of a king or pope
        if form.text == "إن" and before.bits & NAME and _ends_reporting(forms, j + 1, limit):
            j += 1
            continue  # مون جاي إن
        if form.key[0] == "ل" and form.key[1:] in _LETTERS and j + 1 < limit and forms[j + 1].key in _LETTERS:
            break
        lone = given and units == 1 and j == at + 1 and not forms[at].bits & NOUN
        if lone and form.conj == "و" and _unknown(form) and len(form.core) > 2 and not form.article:
            j += 1
            units += 1
            continue  # a given name alone speaks as seldom as an unknown word is joined to it
        if lone and _own_letter(form):
            j += 1
            units += 1
            continue
        if form.conj and not (form.conj == "ف" and (bits & NAME or _unknown(form))):
            break
        if j + 2 < limit and forms[j + 1].text in "-–" and forms[j + 2].kind == "word":
            j += 1
            continue
        if (bits & GLUE and form.key != "لا") or (
            form.key in _SYLLABLES and j + 1 < limit and forms[j + 1].bits & NAME
        ):
            j += 1
            continue
        if bits & DEF and bits & QUALITY and form.bare[-1:] == "ه":
            break
        last_unit = bits & DEF and given and (units == 1 or not bits & ROLE or bits & NATION)
        if last_unit and not bits & (FOR | BY | BODY | HONORIFIC | TIME) and _opens_clause(forms, j + 1):
            if form.stem.endswith(("ين", "ون", "ات")):
                break
            j += 1
            continue  # one word more before the clause: no title is that short
        if bits & DEF:
            # A surname or nisba: after one name nearly anything, after more only what is no title.
            surname = bits & NAME or not bits & NOUN
            if bits & PREPOSED or (bits & _NO_SURNAME and not (surname and given)):
                break
            if (surname and (bits & NAME or units < 2)) or (
                given and (units == 1 or (bits & NATION and form.stem[-2:] not in ("ين", "ون")))
            ):
                j += 1
                units += 1
                continue
            break
        if (bits & PREPOSED and not bits & NAME) or (
            bits & STOP and not (bits & GIVEN and j + 1 < limit and _surname(forms, j + 1, limit))
        ):
            break
        if (
            (given and units == 1 and j == at + 1 and not bits & _NO_SECOND_NAME)
            and (sure or not forms[at].bits & NOUN)
            and not form.cues
            and not (bits & OWNED and bits & NOUN)
        ):
            j += 1
            units += 1
            continue  # a bare given name is no source: what follows is the surname, whatever it looks like
        if bits & _NOT_IN_NAME and not bits & (GIVEN | NAME | QUALITY):
            break
        if bits & VERB and not (bits & GIVEN and not form.cues):
            if not (bits & NAME or _ends_reporting(forms, j + 1, limit)) or form.cues or form.classes:
                break
            j += 1
            continue
        if bits & TITLE and j + 1 < limit and forms[j + 1].bits & (PLACE | DEF):
            break  # a title after the name: فلان بابا روما
        if bits & NAME and not (bits & (OFFICE | BODY | DOCUMENT | OUTLET) and not bits & GIVEN):
            j += 1
            units += 1
            continue
        if (
            bits & NOUN
            and not bits & _NO_LAST_NAME
            and (units == 1 or not bits & NATION)
            and not form.cues
            and _ends_reporting(forms, j + 1, limit)
        ):
            j += 1
            continue
        break
    while j > at + 1 and ((forms[j - 1].kind == "punct" and forms[j - 1].text != ".") or forms[j - 1].key in _DANGLING):
        j -= 1
    return j


def _opens_clause(forms: list[Form], at: int) -> bool:
    """Does a clause of content begin at this token (which may be the one that limits the phrase)?"""
    return at < len(forms) and bool(forms[at].classes & _OPENERS) and forms[at].core[0] != "ب"


def styled(form: Form) -> str:
    """The gender of the person for whom a style with a pronoun stands (معاليه: m, سموها: f); empty for other words."""
    return _STYLED.get(form.core, "")


def glued_name(form: Form) -> bool:
    """Is this an unknown word that is ل or ب and a given name (لعلي)?"""
    if form.prep or form.kind != "word" or form.core[0] not in "لب" or len(form.core) < 4:
        return False
    words = _classes.load().words
    return not words.get(form.core, 0) and bool(words.get(form.core[1:], 0) & _GIVEN)


def _initials(forms: list[Form], at: int, limit: int) -> int:
    """The index after a run of letter names (بي بي سي، سي إن إن) that begins here; `at` where there is none."""
    j = at
    while j < limit and forms[j].key in _LETTERS:
        j += 1
    return j if j - at >= 2 else at


def _own_letter(form: Form) -> bool:
    """Is this no word with ل or ب before it, as far as the tables know, but a name with that letter?"""
    unknown = form.prep in ("ل", "ب") and not form.article and form.stem not in _ordinary.load().nouns
    return unknown and not form.classes & ~_NAMES and not form.cues and len(form.stem) > 2


def _unknown(form: Form) -> bool:
    """Is nothing known of this word without its conjunction, so that ف may be its own first letter (فالدمان)?"""
    return not form.classes and not form.cues and not form.bits & (NOUN | VERB | STOP)


def _complement(chunk: _Chunk, at: int) -> int:
    """The index of the noun of a complement that begins at `at` with a preposition (glued or free), or -1."""
    forms, limit = chunk.forms, chunk.limit
    form = forms[at]
    bits = form.bits
    head = chunk.head_bits
    following = forms[at + 1] if at + 1 < limit else None
    next_bits = following.bits if following is not None else 0
    if chunk.name and chunk.name[1] < at:
        head = OFFICE  # a title after the name
    elif chunk.name:
        body = next_bits & INSTITUTION or _initials(forms, at + 1, limit) > at + 1
        if form.key == "من" and body and following is not None and not following.conj:
            return at + 1
        return -1
    if (
        form.key in _LED_BY
        and head & (BODY | OFFICE | PEOPLE)
        and next_bits & (OFFICE | HONORIFIC | GIVEN | BODY | NOUN)
    ):
        if following is None or following.kind != "word" or following.conj:
            return -1
        chunk.led = bool(head & BODY) or agreement(forms[chunk.head])[1] != "s"
        return at + 1
    if form.key in _FOR and head & ROLE and following is not None and following.kind == "word":
        return at + 1
    if bits & FOR and form.key not in _AT:
        if form.stem == "" or form.conj or (bits & _NOT_FOR and not bits & HEAD_OR_PLACE):
            return -1
        if (bits & OUTLET and not head & DOCUMENT) or (bits & PEOPLE and not bits & BODY and form.stem not in _FAMILY):
            return -1
        if form.core[1:2] and form.core[1] in LATIN:
            return -1
        if head & PLACE or (head & NAME and not head & HEAD):
            return -1
        if (
            chunk.end - chunk.start > 1
            or bits & (BODY | PLACE | OFFICE)
            or (head & HEAD and (bits & DEF or not head & DEF))
        ):
            return at
        return -1
    if bits & BY and form.key not in _AT:
        return at if head & (OFFICE | PEOPLE | BODY) and (bits & (BODY | PLACE) or form.stem in _TOWNS) else -1
    if following is None or following.kind != "word" or following.conj:
        return -1
    if form.key not in _AT:
        return -1
    key = form.key
    if next_bits & _NO_COMPLEMENT and not next_bits & (BODY | PLACE | NAME):
        inside = key == "من" and head & (PEOPLE | OFFICE) and following.key in _INSIDE and at + 2 < limit
        return at + 2 if inside and not forms[at + 2].bits & (STOP | TIME) else -1
    if key == "في":
        place = bool(following.classes & _PLACE)  # in مالي, which is an ordinary word elsewhere
        if head & ROLE and following.stem in _FIELDS:
            return at + 1
        if not head & (OFFICE | PEOPLE | BODY | DOCUMENT) and not (place and head & NOUN and chunk.closed):
            return -1
        after = forms[at + 2] if at + 2 < limit else None
        near = (
            place
            or next_bits & (BODY | PLACE | OUTLET)
            or _multiword(forms, at + 1, limit)
            or (after is not None and after.bits & PLACE and after.kind == "word")
        )
        return at + 1 if near or following.key[:1] in LATIN or following.stem in _TOWNS else -1
    if key == "لدي":
        return at + 1 if head & ROLE else -1
    if key == "من":
        some = forms[chunk.head].bare in _SOME_OF
        return (
            at + 1
            if head & PEOPLE or some or (head & DOCUMENT and next_bits & (BODY | OFFICE)) or _qualified(chunk, at)
            else -1
        )
    if key == "الي":
        return at + 1 if forms[chunk.head].bare in _ENVOYS else -1
    if (
        key in ("في", "بين", "من", "علي", "عن")
        and _participle_before(chunk, at)
        and not next_bits & (STOP | TIME | SETTING)
    ):
        return at + 1
    if key == "عن" and forms[at - 1].bare in _FOR_OTHERS:
        return at + 1
    if key in ("عن", "علي") and any(f.stem in _IN_CHARGE for f in forms[chunk.start : at]):
        return at + 1
    return -1


def _participle_before(chunk: _Chunk, at: int) -> bool:
    """Does a definite participle that takes a preposition stand before `at` (المتخصصة في، المكلفة بـ، الموقعة بين)?"""
    before = chunk.forms[at - 1]
    bits = before.bits
    return (
        bool(bits & DEF and bits & QUALITY)
        and not bits & (HEAD | TIME)
        and at - 1 > chunk.head
        and before.stem[:1] == "م"
        and len(before.stem) > 4
        # أعربت الأمم المتحدة عن قلقها: a name from the tables takes nothing
        and (f"ال{chunk.forms[at - 2].stem}", before.core) not in _classes.load().phrases
    )


def _qualified(chunk: _Chunk, at: int) -> bool:
    """Is the word before `at` an indefinite adjective that takes من (مقربة من، قريبة من، مكلفين من)?"""
    before = chunk.forms[at - 1]
    return before.stem in _CLOSE_TO and not before.article


def _starts_name(forms: list[Form], at: int, limit: int) -> bool:
    """May the word after an honorific begin a proper name?"""
    if at >= limit or forms[at].kind != "word":
        return False
    bits = forms[at].bits
    return (bool(bits & NAME) and not bits & (DEF | FOR | BY)) or bool(bits & GLUE) or bool(bits & GIVEN)


def _name_start(forms: list[Form], at: int, end: int) -> int:
    """Where the name after the honorific at `at` begins: الأمير فلان is one; a longer name does without."""
    return at if forms[at].bare in _KEPT and end == at + 2 else at + 1


def _surname(forms: list[Form], at: int, limit: int) -> bool:
    """May this token be a surname: a word with the article that is no ordinary noun, or one that can only be a name?"""
    if at >= limit or forms[at].kind != "word":
        return False
    bits = forms[at].bits
    return bool(bits & NAME) or (bool(bits & DEF) and not bits & (QUALITY | HEAD | FOR | BY | TIME))


def _fits(chunk: _Chunk, at: int) -> bool:
    """Can the definite word at `at` be an adjective or second title of the closed phrase before it?"""
    form = chunk.forms[at]
    bits = form.bits
    if bits & PERSON and chunk.head_bits & (OFFICE | HONORIFIC | PEOPLE | NATION | NAME):
        # After a title and a name the next title is another person's (the object of the verb).
        return chunk.name is None or chunk.name[0] == chunk.start
    if chunk.name is not None:
        return chunk.name[1] < at and bool(bits & ADJECTIVE)
    if chunk.head_bits & PLACE and not chunk.head_bits & HEAD:
        return form.bare in OF_PLACES and chunk.end - chunk.start <= 2
    feminine = form.stem[-1:] == "ه" or form.stem in _FEMININE
    if bits & BODY and form.stem.endswith("يه") and not chunk.head_bits & PLACE:
        return True  # السلطات الخارجية، الطيران الداخلية
    if bits & OFFICE and chunk.head_bits & INSTITUTION and form.stem[-1:] == "ي":
        return True  # المكتب الإعلامي
    if not bits & ADJECTIVE:
        last = chunk.forms[at - 1].bits
        if bits & NOUN and last & DEF and last & ADJECTIVE and not bits & (HEAD | TIME | FOR | BY):
            # الجيش الفلاني الحر أن: no object can stand between a title and a name, or right before the clause.
            if at + 1 < chunk.limit and chunk.forms[at + 1].bits & GIVEN and not chunk.forms[at + 1].bits & STOP:
                return True
            return _opens_clause(chunk.forms, at + 1)
        if bits & NOUN or len(form.stem) < 4:
            return False
    elif feminine or chunk.end - chunk.start > 1:
        return True
    plural = form.stem[-2:] in ("ين", "ون", "ات")
    for j in range(chunk.start, at):
        noun = chunk.forms[j]
        if noun.kind != "word" or (noun.bits & QUALITY and not noun.bits & HEAD and j > chunk.start):
            continue
        gender, number = agreement(noun)
        if (number == "p" and (plural or feminine)) or (feminine == (gender == "f") and not plural):
            return True
    return False


def _read_chunk(forms: list[Form], start: int, limit: int) -> _Chunk | None:
    """Read the phrase that starts at `start`, up to a comma or to a word that cannot belong to it."""
    chunk = _Chunk(forms, start, limit)
    at = start
    waiting = True  # for the noun at the beginning, or after a preposition
    while at < limit:
        form = forms[at]
        if form.kind != "word":
            if form.kind == "punct":
                after = _read_mark(chunk, at, waiting)
                if after < 0:
                    break
                if form.text in _OPENING:
                    waiting = False
                at = after
            elif form.kind == "number" and waiting:
                at += 1
            else:
                break
            continue
        bits = form.bits
        if waiting:
            if (bits & STOP and not bits & NAME) or (
                bits & VERB and at == start and not bits & (NAME | HEAD | NOUN | PLACE | GLUE)
            ):
                break
            if bits & THIS and at + 1 < limit:
                at += 1
                continue
            waiting = False
            at = _read_head(chunk, at)
            continue
        noun = _complement(chunk, at) if bits & PREPOSED or form.key in _BEFORE_COMPLEMENT else -1
        if noun > at:
            at = noun
            chunk.closed = False
            waiting = True
            continue
        after = (
            _read_noun(chunk, at)
            if noun == at
            else _read_open(chunk, at)
            if not chunk.closed
            else _read_closed(chunk, at)
        )
        if after < 0:
            break
        at = after
    if chunk.end == start:
        return None
    if chunk.title is None and chunk.name is None:
        chunk.title = (start, chunk.end)
    return chunk


def _read_mark(chunk: _Chunk, at: int, waiting: bool) -> int:
    """Go over a hashtag, a hyphen in a name, a quoted name or a bracket; -1 where the phrase ends."""
    forms, limit, start = chunk.forms, chunk.limit, chunk.start
    text = forms[at].text
    if text == "#" and at + 1 < limit:
        return at + 1
    if text == "." and len(forms[at - 1].key) == 1 and at > start:
        return at + 1
    if text == "/" and at > start and at + 1 < limit and forms[at + 1].bits & NAME and forms[at - 1].bits & NAME:
        return at + 1
    if text not in _OPENING:
        return -1
    after = _closing(forms, at, limit)
    if after < 0:
        return -1
    if text in "([":
        if at == start or waiting:
            return -1
        chunk.end = after
        return after
    if chunk.end == start:
        chunk.head = at + 1
        chunk.head_bits = forms[at + 1].bits & ~STOP
    elif chunk.closed and not waiting and (chunk.name or not chunk.head_bits & (BODY | OUTLET | PEOPLE)):
        return -1
    chunk.closed = True
    chunk.end = after
    return after


def _read_head(chunk: _Chunk, at: int) -> int:
    """The first noun of the phrase or of a complement."""
    forms, limit = chunk.forms, chunk.limit
    form = forms[at]
    bits = form.bits
    first = chunk.end == chunk.start
    if first:
        chunk.head_bits = bits
        chunk.head = at
        honorific = bits & HONORIFIC
        if form.key in _ABBREVIATED and at + 1 < limit and forms[at + 1].text == ".":
            chunk.head_bits |= HONORIFIC
            if _starts_name(forms, at + 2, limit):
                return chunk.take_name(at + 2, _read_name(forms, at + 2, limit, sure=True))
        if honorific and _starts_name(forms, at + 1, limit):
            end = _read_name(forms, at + 1, limit, sure=True)
            return chunk.take_name(_name_start(forms, at, end), end)
        if (bits & PART_OF_NAME and not bits & _NO_LONE_NAME and not (bits & NOUN and not bits & (GIVEN | GLUE))) or (
            bits & GIVEN and at + 2 < limit and forms[at + 1].key in _SON
        ):
            return chunk.take_name(at, _read_name(forms, at, limit))
    elif bits & NAME and not bits & (HEAD | DEF | PLACE):
        chunk.closed = True
        chunk.end = _read_name(forms, at, limit)
        return chunk.end
    chunk.closed = bool(bits & CLOSING) or bool(bits & PLACE and not bits & HEAD)
    chunk.end = at + 1
    return at + 1


def _read_noun(chunk: _Chunk, at: int) -> int:
    """The noun of a complement with a glued preposition."""
    form = chunk.forms[at]
    bits = form.bits
    chunk.closed = bool(bits & CLOSING) or bool(bits & PLACE and not bits & HEAD)
    chunk.end = at + 1
    return at + 1


def _read_open(chunk: _Chunk, at: int) -> int:
    """A word while the idafa chain waits for its definite noun; -1 where it cannot belong to it."""
    forms, limit = chunk.forms, chunk.limit
    form = forms[at]
    bits = form.bits
    if bits & THIS and at + 1 < limit and forms[at + 1].bits & DEF:
        return at + 1 if not forms[at - 1].bits & BARE else -1
    after = _initials(forms, at, limit)
    if after > at:
        chunk.closed = True
        chunk.end = after
        return after
    if (
        (bits & STOP and form.key not in JOINING)
        or (bits & PREPOSED and not bits & NAME)
        or (form.conj and not bits & NAME)
    ):
        return -1
    if form.conj:
        # Two heads for one complement (وزارتا الدفاع والداخلية is closed; أكبر حلفاء وداعمي النظام is open).
        return -1
    if bits & OCCASION and not bits & (NAME | HEAD | DEF | QUALITY):
        return -1
    if bits & VERB and not bits & (HEAD | PLACE | NATION | QUALITY) and (form.cues or not bits & (NAME | NOUN)):
        return -1
    if bits & ACCUSATIVE and not bits & (GIVEN | PLACE | HEAD) and not forms[chunk.head].bits & ACCUSATIVE:
        return -1
    before = forms[at - 1].bits
    if (
        at - 1 > chunk.head
        and before & ADJECTIVE
        and not before & (HEAD | DEF | NAME)
        and bits & NOUN
        and not bits & (QUALITY | NATION | HEAD | NAME | PLACE | DEF)
    ):
        return -1  # an indefinite adjective has no complement: منظمات دولية تحفظات
    if (forms[at - 1].bits & BARE and not bits & ADJECTIVE) or (forms[at - 1].bits & BARE and bits & DEF):
        return -1
    if bits & HONORIFIC and _starts_name(forms, at + 1, limit):
        return chunk.take_name(at + 1, _read_name(forms, at + 1, limit))
    if bits & CLOSING:
        chunk.closed = True
    elif bits & PLACE:
        chunk.closed = True
        if (
            chunk.head_bits & (OUTLET | BODY)
            and at + 1 < limit
            and forms[at + 1].bits & (NAME | PROPER)
            and not forms[at + 1].bits & DEF
        ):
            chunk.end = _read_name(forms, at, limit)
            return chunk.end
    elif bits & PART_OF_NAME and not bits & (HEAD | NATION) and not (bits & NOUN and not bits & GIVEN):
        end = _read_name(forms, at, limit)
        if chunk.head_bits & HONORIFIC:
            return chunk.take_name(at, end)
        chunk.closed = True
        chunk.end = end
        return end
    chunk.end = at + 1
    return at + 1


def _read_closed(chunk: _Chunk, at: int) -> int:
    """A word after the definite noun: adjective, second title, proper name; -1 where the phrase ends."""
    forms, limit = chunk.forms, chunk.limit
    form = forms[at]
    bits = form.bits
    if form.key[0] == "ل" and form.key[1:] in _LETTERS and at + 1 < limit and forms[at + 1].key in _LETTERS:
        return -1  # لبي بي سي: who was told
    if form.key in _SELF:
        chunk.end = at + 1
        return at + 1
    if form.key in _FORMERLY and chunk.head_bits & OFFICE and at + 1 < limit and forms[at + 1].bits & HONORIFIC:
        return at + 1
    if bits & STOP and form.key not in JOINING and not (bits & GIVEN and _surname(forms, at + 1, limit)):
        return -1
    if form.conj:
        # Inside a title: الخارجية والمغتربين، للتربية والعلوم. Elsewhere it is a coordination, which the caller reads.
        titled = chunk.name is None or chunk.name[1] < at
        inside = bits & DEF and titled and not bits & (PEOPLE | OFFICE | PLACE | FOR | BY)
        if not inside and bits & DEF and titled and forms[at - 1].bits & QUALITY and form.stem[-1:] == "ي":
            inside = True  # two adjectives of one noun: المنسق السياسي والإعلامي
        if inside and chunk.end - chunk.start > 1 and chunk.head_bits & (HEAD | NAME):
            chunk.end = at + 1
            return at + 1
        return -1
    if bits & PREPOSED and not bits & NAME:
        return -1
    if bits & DEF:
        if bits & HONORIFIC and _starts_name(forms, at + 1, limit) and chunk.name is None:
            end = _read_name(forms, at + 1, limit)
            return chunk.take_name(_name_start(forms, at, end), end)
        office = chunk.head_bits & DEF and chunk.head_bits & TITLE
        unheard = bits == DEF and chunk.head_bits & HONORIFIC
        alone = (bits & NAME or unheard) and not bits & (QUALITY | NATION | HEAD | TIME | FOR | BY | NOUN)
        if at == chunk.head + 1 and chunk.name is None and office and alone:
            # الرئيس الحداد: a surname alone after the title.
            return chunk.take_name(at, _read_name(forms, at, limit))
        if (bits & TIME and not bits & (QUALITY | HEAD)) or not _fits(chunk, at):
            return -1
        chunk.end = at + 1
        return at + 1
    if bits & OCCASION and not bits & (NAME | HEAD | GIVEN):
        return -1
    if bits & VERB and not bits & GIVEN and chunk.name is None and chunk.head_bits & OFFICE and at + 1 < limit:
        # A foreign name may look like a verb (ينس، سامر): a name after it and the end of the subject show it.
        following = forms[at + 1].bits
        known = bool(form.cues or form.classes)
        sure = following & NAME and not following & STOP
        if sure and (not following & DEF if not known else _ends_reporting(forms, at + 2, limit)):
            return chunk.take_name(at, _read_name(forms, at, limit))
    if (
        (bits & ACCUSATIVE and not bits & (GIVEN | PLACE))
        or (bits & VERB and not bits & GIVEN)
        or (bits & OWNED and not bits & NAME)
    ):
        return -1
    if form.key in _ABBREVIATED and at + 1 < limit and forms[at + 1].text == "." and chunk.name is None:
        if _starts_name(forms, at + 2, limit):
            return chunk.take_name(at + 2, _read_name(forms, at + 2, limit))
        return -1
    if bits & HONORIFIC and chunk.name is None and at + 1 < limit and forms[at - 1].bits & DEF:
        following = forms[at + 1].bits
        named = following & NAME or not forms[at + 1].classes
        if following & DEF and named and not following & (NOUN | HEAD | PLACE | FOR | BY | QUALITY | STOP):
            # An indefinite rank stands before no surname: رائد is a given name in المتحدث رائد فلان.
            return chunk.take_name(at, at + 2)
    if bits & HONORIFIC and _starts_name(forms, at + 1, limit) and chunk.name is None:
        return chunk.take_name(at + 1, _read_name(forms, at + 1, limit))
    if bits & OFFICE:
        # A second title without a comma: فلان رئيس اللجنة؛ مفتي البلاد رئيس الهيئة.
        if not chunk.head_bits & (OFFICE | HONORIFIC | PEOPLE | NAME | NATION) and chunk.name is None:
            return -1
        chunk.closed = False
        if chunk.name is not None and chunk.title is None:
            chunk.title = (at, at + 1)
        chunk.end = at + 1
        return at + 1
    if chunk.name is None and bits & PART_OF_NAME and not (bits & (NOUN | PLACE) and not bits & GIVEN):
        if bits & IMPERSONAL:
            return -1
        if not bits & GIVEN and forms[chunk.head].article and agreement(forms[chunk.head])[1] == "p":
            return -1  # several bear no one name: المقاتلون تبجيل
        end = _read_name(forms, at, limit)
        if chunk.head_bits & _DESCRIBED_ONLY and not chunk.head_bits & TITLE:
            # A body's own name may go on (شركة نيبون ستيل); after an adjective it is the next word of the sentence.
            if chunk.head_bits & (DOCUMENT | PLACE) or (forms[at - 1].bits & DEF and not chunk.led):
                return -1
            chunk.end = end
            return end
        return chunk.take_name(at, end)
    if (
        chunk.name is None
        and bits & NOUN
        and not bits & (HEAD | OWNED | SETTING)
        and (chunk.head_bits & TITLE or any(f.bits & HONORIFIC for f in forms[max(at - 2, chunk.start) : at]))
    ):
        # No adjective is indefinite here: what looks like one is a name (العقيد تركي فلان).
        following = forms[at + 1].bits if at + 1 < limit else 0
        family = _surname(forms, at + 1, limit) and (bits & (NATION | QUALITY) or not following & NOUN)
        if (
            _ends_reporting(forms, at + 1, limit)
            or (family and _opens_clause(forms, at + 2))
            or (bits & (NATION | QUALITY) and _surname(forms, at + 1, limit))
        ):
            return chunk.take_name(at, _read_name(forms, at, limit))
        return -1
    head = forms[chunk.head]
    if bits & PROPER and chunk.name is None and head.stem in _MOVEMENTS and not head.article and at > chunk.head + 1:
        chunk.end = at + 1  # حركة كذا الإسلامية فلان: its short name
        return at + 1
    if bits & PLACE and chunk.name is None and (forms[at - 1].stem in _TOWNS or forms[at - 1].bits & PROPER):
        chunk.end = at + 1
        return at + 1
    return -1


def _boundary(forms: list[Form], at: int, limit: int) -> bool:
    """May a parenthetic apposition end before this token?"""
    if at >= limit:
        return True
    form = forms[at]
    if form.kind != "word":
        return form.text not in _OPENING or form.text in '"«“'
    bits = form.bits
    return bool(bits & (VERB | STOP)) or bool(form.prep) or bool(bits & ACCUSATIVE)


def noun_phrase(words: Words, i: int, limit: int) -> NounPhrase | None:
    """The longest noun phrase of a person, body, group, place or document that starts at token `i`, up to `limit`."""
    forms = words.forms
    if limit > i + _LONGEST:
        limit = i + _LONGEST
    if limit > len(forms):
        limit = len(forms)
    if i >= limit:
        return None
    first = _read_chunk(forms, i, limit)
    if first is None:
        return None
    phrase = _appositions(forms, first, limit)
    end = phrase.end
    if end >= limit:
        return phrase
    anonymous = _anonymity(forms, end, limit) if phrase.name is None else end
    if anonymous > end:
        return replace(phrase, end=anonymous, title=(i, anonymous))
    if forms[end].key[0] != "و":
        return phrase
    members = [phrase]
    while end < limit:
        form = forms[end]
        if form.key == "و" and end + 1 < limit:
            at = end + 1
        elif form.conj == "و" and form.kind == "word":
            at = end
        else:
            break
        bits = forms[at].bits
        if bits & _NO_MEMBER and not bits & (HEAD | PLACE | GIVEN):
            break
        if forms[at].stem in _KNOWN_AS:
            break  # النادي الأهلي والمعروف باسم الأحمر: the same one
        if phrase.type == "document" or not (bits & _MEMBER or forms[at].stem in _SOME_OF):
            break
        if bits & DOCUMENT and not bits & (BODY | OFFICE | PEOPLE):
            break
        nxt = _read_chunk(forms, at, limit)
        if nxt is None:
            break
        member = _appositions(forms, nxt, limit)
        if (
            len(members) == 1
            and not bits & (HEAD | PLACE | NAME | NATION | GLUE)
            and phrase.name is None
            and end > i + 1
        ):
            # A second noun of the same body: منظومة العمل والتنمية.
            phrase = replace(phrase, end=member.end, title=(i, member.end))
            members, end = [phrase], member.end
            continue
        if len(members) == 1 and _second_title(forms, phrase, member):
            phrase = replace(phrase, end=member.end, title=(i, member.name[0]) if member.name else (i, member.end))
            phrase = replace(phrase, name=member.name, type="person" if member.name else phrase.type)
            members, end = [phrase], member.end
            continue
        members.append(member)
        end = member.end
    if len(members) == 1:
        return phrase
    return NounPhrase(
        i, end, phrase.head, "group", "m" if any(m.gender == "m" for m in members) else "f",
        "d" if len(members) == 2 else "p", phrase.definite, (i, end), None, tuple(members),
    )  # fmt: skip


def _anonymity(forms: list[Form], at: int, limit: int) -> int:
    """The end of لم تذكر اسمها, طلب عدم الكشف عن هويته after an unnamed source; `at` where nothing like it stands."""
    if forms[at].core not in _WITHHELD or forms[at].conj:
        return at
    for j in range(at + 1, min(at + 6, limit)):
        if forms[j].kind != "word":
            break
        if forms[j].core in _IDENTITY:
            return j + 1
    return at


def _second_title(forms: list[Form], first: NounPhrase, second: NounPhrase) -> bool:
    """Two offices of one man, the name after the second: رئيس الحكومة ووزير الدفاع فلان."""
    if first.name is not None or second.name is None or first.number != "s" or second.number != "s":
        return False
    return bool(forms[first.head].bits & OFFICE and forms[second.head].bits & OFFICE and second.name[0] > second.start)


def _appositions(forms: list[Form], first: _Chunk, limit: int) -> NounPhrase:
    """Join the first chunk with what stands in apposition to it between commas."""
    title, name = first.title, first.name
    end = first.end
    if end + 1 >= limit or forms[end].text not in _COMMAS:
        return _finish(forms, first, end, title, name)
    person = bool(name) or not first.head_bits & _DESCRIBED_ONLY
    for _ in range(2):
        if end + 1 >= limit or forms[end].text not in _COMMAS or forms[end].text == "؛":
            break
        at = end + 1
        form = forms[at]
        bits = form.bits
        if form.kind != "word" or form.conj or form.prep or bits & _NO_APPOSITION & ~(TIME if bits & GIVEN else 0):
            break
        if bits & VERB and not bits & (OFFICE | GIVEN | HONORIFIC | GLUE):
            break
        if not person:
            # A body or state is only described: روسيا، الحليف الرئيسي لـ…،
            if not bits & DEF or bits & (HONORIFIC | PLACE | TIME) or not first.head_bits & (PLACE | OUTLET):
                break
        elif name is None:
            if not bits & (NAME | HONORIFIC | OFFICE | NATION | GLUE):
                break
        elif not bits & (OFFICE | DEF | PEOPLE | NOUN | NATION) or (bits & VERB and not bits & OFFICE):
            break
        elif not bits & (OFFICE | DEF | PEOPLE | NATION) and MASDAR.fullmatch(form.stem):
            break  # أكدت الوزيرة ليلى الحداد، مواصلة العمل: an object
        nxt = _read_chunk(forms, at, limit)
        if nxt is None or not _boundary(forms, nxt.end, limit):
            break
        if not person:
            if nxt.name is not None or not _ends_reporting(forms, nxt.end, limit):
                break
        elif name is None:
            if nxt.name is None:
                break
            name = nxt.name
        else:
            if nxt.name is not None and nxt.name[0] == at:
                break
            if not bits & OFFICE and not (
                nxt.end >= limit or forms[nxt.end].kind == "punct" or forms[nxt.end].bits & STOP
            ):
                break
            title = title or nxt.title
        end = nxt.end
    return _finish(forms, first, end, title, name)


def _finish(
    forms: list[Form], chunk: _Chunk, end: int, title: tuple[int, int] | None, name: tuple[int, int] | None
) -> NounPhrase:
    head = chunk.head
    form = forms[head]
    bits = chunk.head_bits
    gender, number = form.agreement or agreement(form)
    flags = _multiword(forms, head, end) if form.signs & COMPOUND and end - head > 1 else 0
    if flags & _PLACE and not bits & HEAD:
        bits |= PLACE
        gender, number = "f", "s"
    elif flags & _BODY and not bits & HEAD:
        bits |= BODY
        gender, number = ("f" if form.bare[-1:] == "ه" or form.bare == "امم" else "m"), "s"
    style = next((f for f in forms[head + 1 : end] if f.bits & OFFICE), None) if form.stem in STYLES else None
    if style is not None and name is None:
        gender, number = agreement(style)
    kind: EntityType
    if style is not None or form.core in _STYLED:
        kind = "person"
    elif name is not None and not bits & IMPERSONAL:
        kind = "person"
        if name[0] == chunk.start:
            gender, number = _gender_of_name(forms[name[0]]), "s"
    elif bits & PLACE and not bits & OFFICE:
        kind = "place"
    elif bits & OUTLET or (bits & BODY and not bits & PEOPLE):
        kind = "group" if number == "p" else "organization"
    elif bits & DOCUMENT:
        kind = "document"
    elif bits & TITLE and number == "s":
        kind = "person" if chunk.closed and not _by_proxy(forms, chunk) else "unnamed"
    elif bits & ROLE:
        kind = "group" if chunk.closed and number != "s" else "unnamed"
    elif form.stem in _QUANTIFIERS:
        kind = "unnamed"
    elif number != "s":
        kind = "group"
    else:
        kind = "organization" if gender == "f" else "unnamed"
    return NounPhrase(chunk.start, end, head, kind, gender, number, chunk.closed, title, name)


def _multiword(forms: list[Form], at: int, end: int) -> int:
    """The word classes of the longest known phrase of several words that begins here (تل أبيب، الأمم المتحدة)."""
    table = _classes.load()
    first = forms[at].core
    for words in table.multiword.get(first, ()):
        if at + len(words) <= end and all(forms[at + k].core == words[k] for k in range(1, len(words))):
            return table.phrases.get(words, 0)
    return 0


def _by_proxy(forms: list[Form], chunk: _Chunk) -> bool:
    """An indefinite office that only its complement makes definite: متحدث باسم الوزارة، مسؤول في الحكومة."""
    head = forms[chunk.head]
    if head.article or chunk.head + 1 >= chunk.end:
        return False
    following = forms[chunk.head + 1]
    return (
        bool(following.prep)
        or bool(following.bits & STOP)
        or following.key in _FOR
        or (not following.article and not following.bits & (PLACE | OWNED) and bool(following.bits & NATION))
    )


_FEMININE_NAMES: Final = frozenset("ا ه".split())


def _gender_of_name(form: Form) -> Gender:
    known = _classes.load().agreement.get(form.stem)
    if known and known[0] in ("m", "f"):
        return "f" if known[0] == "f" else "m"
    return "f" if form.key.endswith("ه") and not form.key.endswith(("مه", "حه")) else "m"


def agreement(form: Form) -> tuple[Gender, Number]:
    """Gender and number of a noun (a verb after a plural of things is feminine singular), kept with the form."""
    found = form.agreement
    if found is None:
        found = form.agreement = _agreement(form)
    return found


def _agreement(form: Form) -> tuple[Gender, Number]:
    known = _classes.load().agreement
    for key in (form.stem, form.base):
        found = known.get(key)
        if found:
            gender, number = found
            return ("f" if gender == "f" else "m"), (number if number in ("s", "d", "p") else "s")  # type: ignore[return-value]
    stem = form.base
    if stem.endswith("ات") and len(stem) > 4:
        return "f", "p"
    if stem.endswith(("ون", "ين")) and len(stem) > 4 and form.article:
        return "m", "p"
    if stem.endswith("تان") and len(stem) > 5:
        return "f", "d"
    if stem.endswith("ان") and len(stem) > 5 and form.article:
        return "m", "d"
    if stem.endswith(("ه", "اء")) and len(stem) > 2:
        return "f", "s"
    return "m", "s"
