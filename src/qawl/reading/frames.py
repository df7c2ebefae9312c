"""Frames: what opens the content after a reporting word.

A clause is opened by a complementizer (أن، إن، بأن, after a preposition that the lemma wants: إلى أن), a colon or a
quotation mark; a phrase is the complement that the lemma wants (دعا إلى …, رحب بـ…, أدان …). Between the reporting word
and the opener stand the source, whom it is told, when and where: the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from qawl.arabic.letters import fold
from qawl.lexicon import ordinary, wordlists
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import Lemma
from qawl.reading.draft import Opener, Tokens
from qawl.reading.sources import (
    can_begin_phrase,
    is_indefinite_object,
    is_quantity,
    is_same,
    run_end,
    skip_adverbials,
    subject_end,
    tells_of_document,
    with_apposition,
)
from qawl.reading.text import (
    AN,
    COMPLEMENTIZER,
    KANA,
    PREPOSITION,
    RELATIVE,
    STOPS,
    VERB,
    VOICE,
    Text,
    best_reading,
)

#: How far from its cue a content can open, in tokens. Longer gaps exist (long titles) but are mostly something else.
_REACH: Final = 60
_WORDS: Final = wordlists.load("clauses")
_OWN_AN: Final = _WORDS["owns_that"]
_TURN: Final = _WORDS["turns"]
_OTHER_CLAUSE: Final = _WORDS["other_clause"]
_IN_A_WAY: Final = _WORDS["in_a_way"]


class Frame(NamedTuple):
    """Where a content opens: the opener's token, the content's first token, and which frame of the lemma it is.

    `alone`: the object is the only noun phrase after the verb and could be its subject too.
    """

    opener: Opener
    at: int
    start: int
    name: str
    alone: bool = False


@cache
def _before_an(lemma: Lemma) -> frozenset[str]:
    """The prepositions that a lemma takes before أن (إلى of أشار إلى أن), folded."""
    return frozenset(fold(c.split("_")[0]) for c in lemma.clause if "_" in c)


def find_clause(text: Text, cue: int, lemma: Lemma, first: int | None = None) -> Frame | None:
    """The clause or quotation that the reporting word at token `cue` opens, or None."""
    wanted = _before_an(lemma)
    forms, classes, marks = text.forms, text.classes, text.marks
    limit = min(text.limit(cue), (first or cue) + 1 + _REACH)
    after = (first if first is not None else cue) + 1  # what stands before it is passed over
    relative = False
    owed = 0  # complementizers that belong to reporting words inside a relative clause
    for k in text.noted(after, limit):
        if k < after:
            continue
        form = forms[k]
        flags = classes[k]
        if form.kind == "punct":
            mark = form.text
            if mark == ":" and not _is_time(text, k):
                return Frame("colon", k, k + 1, ":")
            if marks.opens(k):
                frame = _quotation(text, k, limit, cue)
                if frame:
                    return frame
                after = text.skip_quotation(k, limit)
                continue
            if mark == "(":
                after = text.skip_brackets(k, limit)
                continue
            if mark in STOPS or mark in "؛;":
                return None
            relative = relative and mark != "،"
        elif flags & COMPLEMENTIZER and owed and form.key[0] not in "وف" and forms[k - 1].text not in "،,":
            owed -= 1
        elif flags & COMPLEMENTIZER and form.key[0] not in "وف":
            if k + 1 < limit and forms[k + 1].core == "شاء":
                continue  # إن شاء الله
            before = forms[k - 1]
            if before.core in _TURN and k - 1 > cue:
                return None
            free = classes[k - 1] & PREPOSITION and k - 1 > cue
            if free and before.core in wanted:
                return Frame("complementizer", k, k + 1, before.core + "_ان")
            if free and before.core in _FREE and k - cue <= 9:
                return Frame("complementizer", k, k + 1, before.core + "_ان")
            if not (free or (before.core in _OWN_AN and k - 1 > cue)) and not (
                flags & AN
                and k - 1 > cue
                and (classes[k - 1] & (VERB | KANA))
                and not form.text.startswith("إ")
                and not (classes[k - 2] & PREPOSITION and k - 2 > cue)  # خلال جلسته أن: no verb
            ):
                return Frame("complementizer", k, k + 1, "ان")
        elif form.core == "عما" and k + 1 < limit and forms[k + 1].core == "اذا":
            return Frame("complementizer", k, k + 1, "عما")  # سأله عما إذا كان قد فهم
        elif form.key == "الا" and form.text.startswith("أ") and not flags & RELATIVE and k - cue <= 9:
            return Frame("complementizer", k, k, "ان")  # ألا: the negation belongs to the content
        elif (
            k > cue + 1
            and not relative
            and (form.core in _OTHER_CLAUSE or (form.core == "حين" and forms[k - 1].core == "في"))
        ):
            return None
        elif flags & RELATIVE:
            relative = True
            comma = _closing_comma(text, k, limit) if forms[k - 1].text in "،," else 0
            if comma:
                after = comma  # الرئيس، الذي وصف نفسه بأنه …، إلى: what stands between the commas is passed over
        elif relative and form.cues and _finite(text, k) and not withholds_name(text, k):
            owed = int(any(reading.form.lemma.clause for reading in form.cues))  # not after الوزارة التي انتقدت الهيئة
        elif k > cue + 1 and form.cues and not relative and _opens_another(text, k):
            return None
    return None


def find_speech(text: Text, cue: int, lemma: Lemma, bare: bool) -> Frame | None:
    """Speech that nothing opens, its marks being lost, after a word that takes one: قال المدير لن نغلق الباب.

    It begins with what no noun phrase goes on with: a negation, a pronoun, هل, لقد, سوف, a verb in the first person.
    `bare` as in `find_phrase`.
    """
    if ":" not in lemma.clause or (lemma.doubt and "إن" not in lemma.clause):
        return None
    limit = text.limit(cue)
    k = cue + 1
    verbs = not lemma.phrase
    if not _speech_at(text, k, limit, verbs):
        k = skip_adverbials(text, k, limit)
        end = k if bare or k >= limit or _begins_speech(text, k, verbs) else subject_end(text, k, limit)
        if end > k:
            k = with_apposition(text, k, end, limit)
        if k < limit and text.forms[k].prep == "ل" and text.classes[k] & VOICE:
            k = run_end(text, k, limit)  # قال المدير للصحفيين
        if not _speech_at(text, k, limit, verbs):
            k = skip_adverbials(text, k, limit)
    return Frame("quote", k, k, ":") if _speech_at(text, k, limit, verbs) else None


def _speech_at(text: Text, k: int, limit: int, verbs: bool) -> bool:
    return k + _SHORTEST_SPEECH <= limit and _begins_speech(text, k, verbs)


_SHORTEST_SPEECH: Final = 3  # tokens
_SPEECH: Final = (WordClass.PRONOUN | WordClass.NEGATION | WordClass.QAD | WordClass.INTERROGATIVE).value


def _begins_speech(text: Text, k: int, verbs: bool) -> bool:
    """Can only a clause begin at token k? `verbs`: a verb does so too (after what takes no object, قال المدير يبدو)."""
    form, flags = text.forms[k], text.classes[k]
    if form.kind != "word" or form.conj:
        return False
    if flags & _SPEECH and not flags & (COMPLEMENTIZER | RELATIVE | PREPOSITION):
        return True
    if form.core in _SPEECH_WORDS or (form.core.startswith(_WE_SHALL) and len(form.core) > 4 and not flags):
        return True
    if speaks_for_himself(text, k):
        return True
    return verbs and bool(flags & VERB) and not flags & _NO_VERB and not form.suffix


def speaks_for_himself(text: Text, k: int) -> bool:
    """Does a reporting verb in the first person stand at token k (أعتقد، ندعو)?"""
    if k >= len(text.forms) or text.classes[k] & VOICE:
        return False
    return any(reading.form.person == 1 and not reading.form.lemma.doubt for reading in text.forms[k].cues)


_SPEECH_WORDS: Final = _WORDS["speech"]
_WE_SHALL: Final = ("سن", "سا")


def _closing_comma(text: Text, k: int, limit: int) -> int:
    """The comma that ends the relative clause at token k, in the next thirty tokens; 0 where there is none."""
    for j in range(k + 1, min(k + 30, limit)):
        if text.forms[j].text in "،,":
            return j
    return 0


def _is_time(text: Text, k: int) -> bool:
    return 0 < k < len(text.forms) - 1 and text.forms[k - 1].kind == "number" and text.forms[k + 1].kind == "number"


def _opens_another(text: Text, k: int) -> bool:
    """Does token k begin another report, so that the first one found no clause?"""
    if text.is_adverbial_participle(k):
        return True
    if withholds_name(text, k):
        return False
    reading = best_reading(text, k)
    if reading and reading.suffix and text.forms[k - 1].kind == "word" and not text.forms[k - 1].article:
        return False  # a relative clause of an indefinite noun: تقرير أعدته شركة
    return reading is not None and reading.form.part in ("past", "present") and not reading.form.lemma.doubt


def withholds_name(text: Text, k: int) -> bool:
    """Does the verb at token k say that a source is not named (طلب عدم ذكر اسمه، رفضت الكشف عن هويتها)?"""
    forms = text.forms
    if forms[k].core not in _WITHHOLDS:
        return False
    for noun in range(k + 1, min(k + 4, len(forms))):
        if forms[noun].stem in _NAMING:
            return any(form.stem.startswith(_IDENTITY) for form in forms[noun + 1 : noun + 4])
    return False


_WITHHOLDS: Final = _WORDS["withholds"]
_NAMING: Final = _WORDS["naming"]
_IDENTITY: Final = tuple(_WORDS["identity"])


def _finite(text: Text, k: int) -> bool:
    reading = best_reading(text, k)
    if reading is None or reading.form.part not in ("past", "present"):
        return False
    return bool(reading.form.lemma.clause) and not reading.suffix


#: What a name in quotation marks follows: صحيفة "الفجر".
_NAMED: Final = (WordClass.OUTLET | WordClass.BODY | WordClass.DOCUMENT | WordClass.SETTING | WordClass.PEOPLE).value


def _quotation(text: Text, k: int, limit: int, cue: int) -> Frame | None:
    """Is the quotation that opens at k what was said, and not a name in quotation marks inside the source?"""
    forms, classes, marks = text.forms, text.classes, text.marks
    close = marks.partner[k]
    length = close - k - 1
    before = classes[k - 1]
    named = before & _NAMED and k - 1 > cue
    if length <= 6 and close < limit:
        for j in range(close + 1, min(close + 14, limit)):
            if classes[j] & COMPLEMENTIZER or forms[j].text == ":" or marks.opens(j):
                return None
    if named and length <= 4:
        return None
    if forms[k].prep or length < 1:
        return None
    if length <= 2 and not (close + 1 >= limit or forms[close + 1].text in "،.,"):
        return None
    return Frame("quote", k, k + 1, ":")


def find_phrase(text: Text, cue: int, lemma: Lemma, bare: bool, suffix: str) -> tuple[Frame | None, Tokens | None]:
    """The complement that is itself the content, and the noun phrase of the subject if one stands before it.

    `bare`: no subject is to be looked for after the cue (participles; the subject stands before; a relative clause).
    """
    wants = phrase_wants(lemma)
    if wants is None:
        return None, None
    limit = min(text.limit(cue), cue + 1 + _REACH)
    first = cue + 1
    subject: Tokens | None = None
    if not bare:
        end = subject_end(text, first, limit)
        if end > first:
            begin = skip_adverbials(text, first, limit)
            if wants.bare_object and text.forms[begin].suffix and text.classes[begin] & _MERE_WORDS:
                return Frame("object", begin, begin, "Ø"), None  # أعلن قراره إلغاء اللقاء: what he said, not who
            end = with_apposition(text, begin, end, limit)
            said = _quoted_object(text, begin, end, limit) if wants.bare_object and not suffix else 0
            if said:
                return Frame("object", said, said, "Ø"), (begin, said)  # استنكرت النقابة "صمت الوزارة الطويل"
            subject = (begin, end)
            after = skip_adverbials(text, end, limit)
            if wants.kept and not suffix and after < limit and _glued_at(text, after) == "ب":
                # اتهمت الصحافة بالقفز: what stands alone before ب is the one accused, the subject is left out.
                return Frame("object", subject[0], subject[0], "ه+ب"), None
            alone = after < limit and not (can_begin_phrase(text, after) or is_what(text, after))
            if wants.needs_object and not suffix and alone:
                first, subject = subject[0], None  # حث المستخدمين على: those who are urged; the subject is left out
            else:
                first = end
    first = skip_adverbials(text, first, limit)
    if first < limit and text.forms[first].prep == "ل" and text.classes[first] & VOICE and wants.bare_object:
        first = skip_adverbials(text, run_end(text, first, limit), limit)  # أكدت للسفير حقها
    if "ل" not in wants.glued and first + 1 < limit and text.forms[first].core == "ل" and text.marks.opens(first + 1):
        first = skip_adverbials(text, text.skip_quotation(first + 1, limit), limit)  # نفى المدير لـ"الضفة" ما قيل
    if first >= limit:
        if subject and wants.bare_object and not suffix:
            return Frame("object", subject[0], subject[0], "Ø", alone=True), None
        return None, subject
    if subject and wants.bare_object and not suffix and is_what(text, first):
        return Frame("object", first, first, "Ø"), subject
    if suffix and wants.two_objects and not text.classes[first] & (PREPOSITION | RELATIVE):
        return Frame("object", first, first, "ه+ه"), subject
    if subject is None and not bare and wants.free and wants.bare_object:
        # أعلنت منظومة العمل، الأحد، عن إطلاق: a subject that cannot speak by itself, and what is announced.
        end = run_end(text, first, limit)
        after = skip_adverbials(text, end, limit)
        if first < end < after < limit and text.forms[after].core in wants.free:
            return Frame("preposition", after, after + 1, text.forms[after].core), (first, end)
    if tells_of_document(text, first):
        first = _after_setting(text, first, limit)
        if first >= limit:
            return None, subject
    frame = _complement(text, first, limit, wants, suffix)
    if (
        frame
        and frame.name == "+"
        and subject
        and wants.needs_object
        and not suffix
        and _has_noun(text, first, wants.nouns)
    ):
        return Frame("object", subject[0], subject[0], "+"), None  # حمل الحكومة مسؤولية: whom he holds to account
    if frame is not None and frame.opener == "preposition" and subject and wants.bare_object and not suffix:
        # أكد الوزير خلال لقائه السفير، حرص بلاده على التعاون
        frame = _object_after_comma(text, first, frame.at) or frame
    if frame is None and subject and wants.bare_object and not suffix:
        frame = _object_after_comma(text, first, limit)
    if frame is None and subject and wants.bare_object and not suffix:
        # ومنظمات تنتقد القانون: what stands alone after the verb is its object.
        return Frame("object", subject[0], subject[0], "Ø", alone=True), None
    return frame, subject


def _quoted_object(text: Text, begin: int, end: int, limit: int) -> int:
    """The mark of the quotation that ends a noun phrase [begin, end) and is no name in it, being too long; else 0."""
    if text.forms[end - 1].kind != "punct" or (end < limit and text.forms[end].kind != "punct"):
        return 0
    mark = text.marks.partner[end - 1]
    return mark if begin < mark < end - _LONGEST_QUOTED_NAME else 0


_LONGEST_QUOTED_NAME: Final = 3  # tokens, its closing mark with it


def _after_setting(text: Text, verb: int, limit: int) -> int:
    """Where the complement can begin after a document between commas of which the verb tells; else the limit.

    نددت الجمعية، في بيان نشرته أمس، بالاعتداء
    """
    if not any(text.forms[k].text in "،," for k in range(max(verb - 5, 0), verb)):
        return limit
    comma = _closing_comma(text, verb, limit)
    return skip_adverbials(text, comma, limit) if comma else limit


def _object_after_comma(text: Text, first: int, limit: int) -> Frame | None:
    """The object after a long subject that a comma ends: أعلنت قوات الشرعية بمساندة التحالف، تحرير المدينة."""
    for k in text.noted(first, limit - 1):
        if text.forms[k].text in "،,":
            after = skip_adverbials(text, k, limit)
            if after < limit and is_thing(text, after) and not text.forms[after].article:
                return Frame("object", after, after, "Ø")
        elif text.classes[k] & COMPLEMENTIZER or (text.forms[k].cues and _opens_another(text, k)):
            return None
    return None


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The phrase frames of a lemma, sorted by how they are looked for (all folded)."""

    free: frozenset[str]
    glued: frozenset[str]
    told_free: frozenset[str]
    told_glued: frozenset[str]
    asked: frozenset[str]
    nouns: frozenset[str]
    relay: bool
    kept: bool
    kept_free: frozenset[str]
    two_objects: bool
    bare_object: bool
    needs_object: bool
    #: The words of their own that any of these frames opens with.
    words: frozenset[str]


@cache
def phrase_wants(lemma: Lemma) -> _Phrase | None:
    wants = lemma.phrase
    if not wants:
        return None
    told = {fold(w[2:]) for w in wants if w.startswith("ه>")}
    free = frozenset(fold(w) for w in wants) & _FREE
    told_free = frozenset(told) & _FREE
    asked = frozenset(fold(w.removesuffix(">Ø")) for w in wants if w.endswith(">Ø"))
    relay = "~عن" in wants
    kept_free = frozenset(fold(w[2:]) for w in wants if w.startswith("ه+")) & _FREE
    return _Phrase(
        free=free,
        glued=frozenset(wants) & _GLUED,
        told_free=told_free,
        told_glued=frozenset(told) & _GLUED,
        asked=asked,
        nouns=frozenset(n for w in wants if w.startswith("+") for n in w[1:].split("|")),
        relay=relay,
        kept="ه+ب" in wants,
        kept_free=kept_free,
        two_objects="ه+ه" in wants,
        bare_object="Ø" in wants,
        needs_object="ه!" in wants,
        words=free | told_free | asked | kept_free | ({"عن"} if relay else set()),
    )


_NATIONALITY: Final = WordClass.NATIONALITY.value
#: أصدر بيانا, نشر تقريرا: that something was said, not what.
_MERE_WORDS: Final = (WordClass.DOCUMENT | WordClass.SETTING).value
_DETERMINERS: Final = _WORDS["determiner"]
_PARTICLE: Final = (
    WordClass.PREP_PRONOUN
    | WordClass.PRONOUN
    | WordClass.ADVERB
    | WordClass.NEGATION
    | WordClass.QAD
    | WordClass.SUBORDINATOR
    | WordClass.INTERROGATIVE
).value
_NO_OBJECT: Final = (PREPOSITION | COMPLEMENTIZER | RELATIVE | KANA) | _PARTICLE
_CIRCUMSTANCE: Final = (WordClass.TIME | WordClass.SETTING).value
_NO_THING: Final = _NO_OBJECT | _CIRCUMSTANCE
_NO_VERB: Final = VOICE | PREPOSITION | _PARTICLE | _CIRCUMSTANCE
_KNOWN: Final = VOICE | _NATIONALITY
_FREE: Final = frozenset(map(fold, "على إلى عن من في مع ضد حول بشأن إزاء حيال".split()))
_GLUED: Final = frozenset("بل")
#: Particles with ب or ل written onto them, as they open a complement: رحب بما جاء، أشاد بهذه الخطوة.
_GLUED_WORDS: Final = frozenset(p + w for p in "بل" for w in _WORDS["particle"])


def _glued_at(text: Text, k: int) -> str:
    """The preposition written onto token k; an unknown word in ب is taken for one with it."""
    form = text.forms[k]
    if form.prep:
        return form.prep
    if form.core[0] not in "بل":
        return ""
    if form.core in _GLUED_WORDS or form.core in ("ب", "بال", "ل"):
        return form.core[0]
    if form.core[0] == "ب" and form.core[1:] in ordinary.load().nouns and not text.classes[k]:
        return "ب"
    if form.core[0] == "ب" and len(form.core) > 4 and not text.classes[k] and not form.cues and not form.article:
        return "ب" if form.core not in ordinary.load().nouns else ""
    return ""


_PRONOUNS: Final = ("ها", "هم", "ه", "ي", "نا")


def _has_noun(text: Text, k: int, nouns: frozenset[str]) -> bool:
    form = text.forms[k]
    if form.stem in nouns or form.base in nouns:
        return True
    if not form.stem.endswith(_PRONOUNS):
        return False
    for suffix in _PRONOUNS:
        if form.stem.endswith(suffix):
            base = form.stem[: -len(suffix)]
            if base in nouns or (base.endswith("ت") and base[:-1] + "ه" in nouns):
                return True
    return False


def _bases(stem: str) -> tuple[str, ...]:
    return (stem, stem[:-1] + "ه") if stem.endswith("ت") else (stem,)


def _complement(text: Text, first: int, limit: int, wants: _Phrase, suffix: str) -> Frame | None:
    forms, classes = text.forms, text.classes
    k = first
    if "ه" in wants.asked and not suffix and _is_noun(text, first) and not is_thing(text, first):
        told = run_end(text, first, limit)
        after = skip_adverbials(text, told, limit)
        if told > first and after < limit and is_thing(text, after, voice=True):
            return Frame("object", after, after, "ه>Ø")  # ناشدت الجمعية المحسنين التبرع بالدم
    if wants.bare_object and not suffix and is_thing(text, first):
        return Frame("object", first, first, "Ø")
    kept = not suffix and (_is_noun(text, first) or is_what(text, first))  # the object belongs to the content
    described = False  # inside a relative clause of the object
    bridged = True  # no preposition stands between the object and what follows it
    glues = wants.glued or wants.told_glued or wants.kept
    words = wants.words
    while k < limit:
        form = forms[k]
        far = k > first or suffix != ""
        glued = _glued_at(text, k) if glues and form.kind == "word" else ""
        if form.kind == "punct":
            if form.text in STOPS or form.text in "؛;:":
                break
            if text.marks.opens(k):
                if k + 1 < limit and (wants.glued or (wants.kept and far)) and _glued_at(text, k + 1) == "ب":
                    if wants.kept and k > first and kept:
                        return Frame("object", first, first, "ه+ب")  # وصف السفير الكلمة "بالمهزلة"
                    return Frame("preposition", k, k, "ب")
                k = text.skip_quotation(k, limit)
                continue
            if form.text == "(":
                k = text.skip_brackets(k, limit)
                continue
        elif wants.nouns and _has_noun(text, k, wants.nouns) and not classes[k] & _MERE_WORDS:
            start = first if bridged and _is_noun(text, first) else k
            return Frame("object", start, start, "+")
        elif not (form.core in words or glued or form.cues or form.conj):
            pass  # as most words
        elif glued and form.core in _IN_A_WAY:
            k += 2  # اتهم باللغة الفرنسية جاره بالغش
            continue
        elif wants.relay and form.core == "عن" and k + 1 < limit:
            return Frame("preposition", k, k + 1, "~عن")
        elif wants.asked and form.core in wants.asked and k + 1 < limit:
            end = run_end(text, k + 1, limit)
            end = skip_adverbials(text, end, limit)
            if end < limit and (_is_noun(text, end) or forms[end].prep == "ب"):
                return Frame("object", end, end, "من>Ø")
        elif wants.kept_free and form.core in wants.kept_free and k > first and kept:
            return Frame("object", first, first, "ه+" + form.core)
        elif form.core in wants.free or (form.core in wants.kept_free and suffix):
            return Frame("preposition", k, k + 1, form.core)
        elif wants.told_free and form.core in wants.told_free and far:
            return Frame("preposition", k, k + 1, "ه>" + form.core)
        elif glued == "ب" and wants.kept and k > first and kept:
            return Frame("object", first, first, "ه+ب")
        elif glued and glued in wants.glued:
            return Frame("preposition", k, k, glued)
        elif glued and glued in wants.told_glued and far:
            return Frame("preposition", k, k, "ه>" + glued)
        elif glued == "ب" and wants.kept and far:
            return Frame("object", k if suffix else first, k if suffix else first, "ه+ب")
        elif (k > first and form.cues and _opens_another(text, k)) or (
            form.conj and k > first + 1 and classes[k] & (VERB | RELATIVE)
        ):
            break
        flags = classes[k]
        if flags & RELATIVE:
            described = True
            if forms[k - 1].text in "،,":
                k = _closing_comma(text, k, limit) or k
        elif form.text in "،,":
            described = False
        elif flags & PREPOSITION and not described:
            bridged = False
        k += 1
    if not suffix and _is_noun(text, first):
        if wants.two_objects:
            return Frame("object", first, first, "ه+ه")
        if wants.bare_object:
            return Frame("object", first, first, "Ø")
    return None


def is_thing(text: Text, k: int, voice: bool = False) -> bool:
    """Does an object begin at token k: an ordinary noun that names a matter (or, with `voice`, also who can speak)?"""
    form, flags = text.forms[k], text.classes[k]
    if form.kind != "word" or form.conj or form.prep:
        return False
    if form.core in _DETERMINERS:
        return True
    if flags & _KNOWN or is_quantity(text, k) or is_same(text, k):
        return voice
    if flags & _NO_THING:
        return False
    nouns = ordinary.load().nouns
    if form.stem in nouns or form.base in nouns or form.core in nouns or is_indefinite_object(text, k):
        return True
    return any(
        form.stem.endswith(s) and len(form.stem) > len(s) + 2 and any(b in nouns for b in _bases(form.stem[: -len(s)]))
        for s in ("ها", "هم", "ه", "نا")
    )


def is_what(text: Text, k: int) -> bool:
    """Does a clause stand at token k as the object: نفى المتحدث ما نشرته الصحيفة?"""
    form = text.forms[k]
    if form.core != "ما" or form.conj or k + 1 >= len(text.forms):
        return False
    after = text.forms[k + 1]
    return after.kind == "word" and not (after.article or after.core in _NOT_WHAT)


#: After these ما is no relative: ما لم، ما زال، ما دام، ما عدا.
_NOT_WHAT: Final = _WORDS["no_relative"]


def _is_noun(text: Text, k: int) -> bool:
    form, flags = text.forms[k], text.classes[k]
    if form.kind == "punct":
        return text.marks.opens(k)
    if form.core in _DETERMINERS:
        return not form.conj
    if flags & _NO_OBJECT or form.conj or form.prep:
        return False
    return not flags & VERB or form.core in ordinary.load().nouns
