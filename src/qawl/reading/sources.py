"""Sources: the noun phrase beside the reporting word that names who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qawl.arabic.names import agreement, noun_phrase, styled
from qawl.arabic.nominal import ADJECTIVE, NAME, QUALITY
from qawl.lexicon import ordinary, wordlists
from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Tokens
from qawl.reading.text import (
    COMPLEMENTIZER,
    KANA,
    PREPOSITION,
    QAD,
    RELATIVE,
    SUBORDINATOR,
    TIME,
    VERB,
    VOICE,
    Text,
    best_reading,
)

_WORDS: Final = wordlists.load("clauses")
_NATIONALITY: Final = WordClass.NATIONALITY.value
_ADVERB: Final = WordClass.ADVERB.value
_SETTING: Final = WordClass.SETTING.value
_NUMBER: Final = WordClass.NUMBER.value
_PREP_PRONOUN: Final = WordClass.PREP_PRONOUN.value
_NO_SUBJECT: Final = (
    WordClass.ADVERB | WordClass.PREP_PRONOUN | WordClass.PRONOUN | WordClass.NEGATION | WordClass.SETTING
).value | TIME
_ADJECTIVES: Final = _WORDS["setting_adjective"]
_THIS: Final = _WORDS["this"]
_NO_NAME: Final = (COMPLEMENTIZER | PREPOSITION | RELATIVE | SUBORDINATOR | TIME | KANA | QAD) | (
    WordClass.ADVERB | WordClass.PREP_PRONOUN | WordClass.PRONOUN | WordClass.NEGATION
).value
_DEMONSTRATIVES: Final = frozenset({"هذا", "هذه", "ذلك", "تلك", "هولاء"})
_MANNER: Final = _WORDS["manner"]
#: رحب دائما بأي معلومة: no بـ with a pronoun, but the object.
_GLUED_DETERMINERS: Final = frozenset(p + w for p in "بل" for w in _WORDS["determiner"])
_IN_A_WAY: Final = _WORDS["in_a_way"]
_WHEN_AND_WHERE: Final = _WORDS["when_where"]
_NEGATION: Final = WordClass.NEGATION.value
_OPENS_CLAUSE: Final = COMPLEMENTIZER | SUBORDINATOR
_SPEAKS: Final = VOICE | _NATIONALITY
#: A word of these classes, though a verb too, is none.
_NO_VERB: Final = _SPEAKS | PREPOSITION | TIME
_BREAK: Final = COMPLEMENTIZER | RELATIVE | SUBORDINATOR | VERB | KANA | QAD
_NO_HEAD: Final = _BREAK | PREPOSITION
_NO_PART: Final = _NO_HEAD | _ADVERB
_WHEN: Final = TIME | _ADVERB
_NO_TIME: Final = VOICE | COMPLEMENTIZER | PREPOSITION


def run_end(text: Text, k: int, limit: int) -> int:
    """One past the last token of the noun phrase that begins at k (k itself where none does)."""
    if k >= limit:
        return k
    phrase = noun_phrase(text.words, k, limit)
    if phrase is None:
        return k
    if phrase.end > k + 1 and styled(text.forms[k]):
        return k + 1  # حث معاليه | الطلاب
    for this in range(k + 1, phrase.end - 1):
        if text.forms[this].core in _DEMONSTRATIVES and not text.forms[this - 1].article:
            return this  # رفض ناشطون | هذه المزاعم
    for comma in range(phrase.end - 2, k, -1):
        if text.forms[comma].text in "،,":
            # قدم رئيس النادي، سامر الطويل، اعتذاره: what has a pronoun on it is no apposition.
            return comma if _has_pronoun(text, comma + 1) else phrase.end
    return phrase.end


def _has_pronoun(text: Text, k: int) -> bool:
    form, nouns = text.forms[k], ordinary.load().nouns
    if text.classes[k] & _SPEAKS:
        return False
    if form.suffix or any(reading.suffix for reading in form.cues):
        return True
    for suffix in ("ها", "هم", "ه"):
        base = form.stem[: -len(suffix)]
        if (
            form.stem.endswith(suffix)
            and len(base) > 2
            and (base in nouns or (base[-1] in "تي" and base[:-1] in nouns))
        ):
            return not form.text.endswith("ة")
    return False


def is_quantity(text: Text, k: int) -> bool:
    """Is token k a word for so many of somebody: عدد من التجار, عشرات المحتجين?"""
    form = text.forms[k]
    if form.stem not in _QUANTITIES or form.prep or k + 1 >= len(text.forms):
        return False
    after = k + 2 if text.forms[k + 1].core == "من" else k + 1
    return after < len(text.forms) and bool(text.classes[after] & (VOICE | _NATIONALITY) or text.forms[after].article)


_QUANTITIES: Final = _WORDS["quantity"]


def is_same(text: Text, k: int) -> bool:
    """Does token k say that the one after it, who can speak, is the same as before: ذات المصدر، نفس المسؤول?"""
    if text.forms[k].core not in _SAME or k + 1 >= len(text.forms):
        return False
    return text.forms[k + 1].article and bool(text.classes[k + 1] & VOICE)


_SAME: Final = _WORDS["same"]


def _accusative(text: Text, k: int) -> bool:
    """Is this no subject: a dual or plural of persons in ين (ودعت الطرفين إلى), an accusative (تعتبره تنظيما)?"""
    form, flags = text.forms[k], text.classes[k]
    if is_indefinite_object(text, k):
        return True
    return (
        form.article
        and form.stem.endswith("ين")
        and len(form.stem) > 4
        and not (k > 1 and text.forms[k - 2].core in EACH)
        and bool(flags & _PERSONS)
        and not flags & _NAME_OR_BODY
    )


def is_indefinite_object(text: Text, k: int) -> bool:
    """Is token k an ordinary noun with the ending of the indefinite accusative (بيانا، تنظيما)?"""
    form = text.forms[k]
    if not form.stem.endswith("ا") or form.article or form.prep or form.conj or text.classes[k]:
        return False
    nouns = ordinary.load().nouns
    return len(form.stem) > 3 and form.stem[:-1] in nouns


_PERSONS: Final = (WordClass.PEOPLE | WordClass.OFFICE | WordClass.NATIONALITY).value
_PLACE: Final = WordClass.PLACE.value
_NAME: Final = (WordClass.GIVEN | WordClass.SURNAME | WordClass.PLACE).value
_NAME_OR_BODY: Final = _NAME | WordClass.BODY.value


def can_speak(text: Text, k: int) -> bool:
    """Can the noun phrase that begins at k be somebody who speaks? Its head is a voice, a name, or no ordinary word."""
    form, flags = text.forms[k], text.classes[k]
    if form.kind == "punct":
        return text.marks.opens(k) or form.text == "#"
    if _accusative(text, k):
        return False
    if flags & _SPEAKS or is_quantity(text, k) or is_same(text, k):
        return True
    if flags & _NUMBER and k + 1 < len(text.forms) and not text.classes[k + 1] & _NUMBER:
        return can_speak(text, k + 1)
    if flags & _NO_SUBJECT:
        return False
    nouns = ordinary.load().nouns
    if form.kind == "word" and form.stem not in nouns and form.base not in nouns and not form.suffix:
        return True
    phrase = noun_phrase(text.words, k, min(len(text.words), k + 4))
    return phrase is not None and phrase.type == "place"


def skip_adverbials(text: Text, k: int, limit: int) -> int:
    """Over what tells when and where between the parts of a clause: commas, times, في بيان, خلال مؤتمر صحفي."""
    forms, classes = text.forms, text.classes
    last = min(limit, k + _LONGEST_ADVERBIALS)
    while k < last:
        form, flags = forms[k], classes[k]
        if form.text in "،,":
            k += 1
        elif form.text == "(":
            k = text.skip_brackets(k, limit)
        elif (
            (flags & _WHEN and not flags & _NO_TIME)
            or (form.kind == "number" and k + 1 < limit and classes[k + 1] & TIME)
            or form.core in _MANNER
            or (form.core in _THIS and k + 1 < limit and classes[k + 1] & TIME and not classes[k + 1] & VOICE)
            or (flags & _PREP_PRONOUN and not flags & PREPOSITION and form.core not in _GLUED_DETERMINERS)
        ):
            k += 1
        elif k and classes[k - 1] & TIME and _dates_on(text, k, limit):
            k += 1  # 20 تشرين | الثاني/نوفمبر
        elif form.core in _IN_A_WAY and k + 1 < limit:
            k += 2
        elif form.core == "من" and k + 1 < limit and classes[k + 1] & _PREP_PRONOUN:
            k += 2  # من خلالها
        elif form.core in EACH and _is_each_of(text, k, limit):
            k += 2  # قال كل من المدير والمهندس إن: they are who speaks
        elif (
            flags & PREPOSITION
            and form.core in _WHEN_AND_WHERE
            and k + 1 < limit
            and classes[k + 1] & (TIME | _SETTING | _NUMBER)
        ):
            k += 2
            while (
                k < limit
                and not forms[k].conj
                and (
                    classes[k] & TIME
                    or forms[k].stem in _ADJECTIVES
                    or (classes[k - 1] & TIME and _dates_on(text, k, limit))
                    or (
                        forms[k].core == "من"
                        and k + 1 < limit
                        and (classes[k + 1] & TIME or forms[k + 1].core in _THIS)
                    )
                    or (forms[k].core in _THIS and k + 1 < limit and classes[k + 1] & TIME)
                )
            ):
                k += 1
        else:
            break
    return k


#: Tokens. A text without end (بينهم بينهم بينهم …) is not walked over anew from each of its words.
_LONGEST_ADVERBIALS: Final = 64


def _dates_on(text: Text, k: int, limit: int) -> bool:
    """Does a date go on at token k: the second word of a month (تشرين الثاني), a stroke before its other name?"""
    form = text.forms[k]
    return form.core in _SECOND_OF_MONTH or (form.text == "/" and k + 1 < limit and bool(text.classes[k + 1] & TIME))


_SECOND_OF_MONTH: Final = _WORDS["second_of_month"]
#: Before من and those who are meant one by one.
EACH: Final = _WORDS["each"]


def _is_each_of(text: Text, k: int, limit: int) -> bool:
    """Do those who are meant one by one follow token k: كل من المدير والمهندس, not كل من شارك?"""
    if k + 2 >= limit or text.forms[k + 1].core != "من":
        return False
    return text.forms[k + 2].article or bool(text.classes[k + 2] & VOICE)


def subject_end(text: Text, k: int, limit: int) -> int:
    """One past the subject that begins at token k (times and the like may precede it); k where there is none."""
    first = skip_adverbials(text, k, limit)
    if first >= limit:
        return k
    form, flags = text.forms[first], text.classes[first]
    if form.prep or form.conj or flags & _NO_HEAD or not can_speak(text, first):
        return k
    end = run_end(text, first, limit)
    return end if end > first else k


def with_apposition(text: Text, first: int, end: int, limit: int) -> int:
    """Extend a noun phrase over what stands between commas after it and names the same one (…، سامر الطويل،)."""
    for _ in range(2):
        if end + 1 >= limit or text.forms[end].text not in "،,":
            break
        k = end + 1
        form, flags = text.forms[k], text.classes[k]
        if form.conj or form.prep or not (flags & VOICE or (form.kind == "word" and not flags)):
            break
        if not flags and form.stem in ordinary.load().nouns and not form.article:
            break  # an object: أكدت الوزيرة ليلى الحداد، مواصلة العمل
        after = run_end(text, k, limit)
        paused = after == limit or text.forms[after].text in "،,:" or text.marks.opens(after)
        if after <= k or not (paused or text.classes[after] & (PREPOSITION | TIME | QAD)):
            break
        end = after
    return end


def can_begin_phrase(text: Text, k: int) -> bool:
    """Can a noun phrase begin at token k, with no preposition before it?"""
    form, flags = text.forms[k], text.classes[k]
    if form.kind == "punct":
        return text.marks.opens(k) or form.text == "#"
    return not (form.prep or form.conj or flags & (_BREAK | PREPOSITION | _PREP_PRONOUN))


def right_source(text: Text, cue: int, opener: int, needs_object: bool = False) -> Tokens | None:
    """The source in the gap between a reporting word and its opener (verb first, subject after).

    `needs_object`: the verb has an object always, so that of one noun phrase alone it is the object.
    """
    source = _in_gap(text, cue + 1, opener)
    if source is None:
        return _hidden_name(text, cue + 1, opener)
    if not needs_object:
        return source
    if _is_adjective(text, source[1], opener) and (cut := _before_its_object(text, *source)):
        return cut  # وصف سالم القرار الأخير بأنه: it describes the object
    return source if _object_follows(text, source[1], opener) else _before_its_object(text, *source)


def _is_adjective(text: Text, k: int, limit: int) -> bool:
    return k < limit and text.forms[k].article and bool(text.forms[k].bits & (ADJECTIVE | QUALITY))


def _object_follows(text: Text, k: int, opener: int) -> bool:
    """Does the object of the verb stand between token k, one past another noun phrase, and the opener?"""
    if _in_gap(text, k, opener) is not None:
        return True
    after = skip_adverbials(text, k, opener)
    if after >= opener or text.forms[after].kind != "word" or not can_begin_phrase(text, after):
        return False
    return text.forms[after].stem in ordinary.load().nouns  # وصف الوزير اتهامات الصحيفة بأنها: what cannot speak


def _before_its_object(text: Text, start: int, end: int) -> Tokens | None:
    """The subject in what looks like one phrase and must hold the object too; None where it is the object alone.

    وصف المدير، سامر الطويل، الحادث بأنه: the object stands after the comma.
    وصفت الشرطة زيدان بأنه: it is a name after a body.
    وصف سالم القرار بأنه: it is an ordinary noun after a name.
    """
    for comma in range(end - 2, start, -1):
        if text.forms[comma].text in "،,":
            return start, comma
    if end == start + 2 and text.forms[start].article and text.classes[start] & _BODIES:
        return None if text.forms[start + 1].article else (start, start + 1)
    nouns = ordinary.load().nouns
    for k in range(start + 1, end):
        form = text.forms[k]
        named = text.forms[k - 1].bits & NAME and not text.classes[k] & _NO_OBJECT
        if named and form.article and form.stem in nouns and not _is_adjective(text, k, end):
            return start, k
    return None


_BODIES: Final = (WordClass.BODY | WordClass.OUTLET).value
_NO_OBJECT: Final = _NAME | _PERSONS


def _hidden_name(text: Text, k: int, opener: int) -> Tokens | None:
    """A name whose first letter was taken for a preposition or conjunction (قالت بلدوين إن, قال علي نداريا)."""
    if k >= opener:
        return None
    form, flags = text.forms[k], text.classes[k]
    if form.article or form.kind != "word" or form.text[0] == "و":
        return None
    named = form.key == "علي" and "ى" not in form.text and k + 1 < opener and not text.forms[k + 1].article
    if not named and (not (form.prep or form.conj) or flags & (VOICE | _NATIONALITY | PREPOSITION | TIME | _SETTING)):
        return None
    end = k + 1
    while end < opener and end - k < 4 and text.forms[end].kind == "word" and not text.classes[end] & _NO_NAME:
        if text.forms[end].article or text.forms[end].prep or text.forms[end].conj:
            break
        end += 1
    return k, end


def subject_of(text: Text, cue: int, limit: int) -> Tokens | None:
    """The noun phrase right after a verb that has its object already (حسب ما ذكرته خدمة الطوارئ)."""
    first = skip_adverbials(text, cue + 1, limit)
    if first + 1 < limit and text.forms[first].cues and not text.classes[first] & VOICE:
        reading = best_reading(text, first)
        if reading is not None and reading.form.part in ("past", "present"):
            first += 1  # a verb written twice (ما ذكرته ذكرت الوكالة): no name begins with one
    if first >= limit or not can_begin_phrase(text, first):
        return _hidden_name(text, first, limit)
    end = run_end(text, first, limit)
    return (first, with_apposition(text, first, end, limit)) if end > first else None


def document_of(text: Text, cue: int, limit: int) -> Tokens | None:
    """The document or outlet in which the words stand, after في: جاء في تقرير اللجنة أن، ورد في صحيفة «الفجر».

    None for a mere بيان or بيان صحفي: that is the words of whoever spoke before.
    """
    k = cue + 1
    if k + 1 >= limit or text.forms[k].core != "في" or not text.classes[k + 1] & _WRITTEN:
        return None
    end = run_end(text, k + 1, limit)
    head = text.forms[k + 1]
    if not head.article and all(text.forms[j].stem in _ADJECTIVES for j in range(k + 2, end)):
        return None
    return (k + 1, end) if end > k + 1 else None


_WRITTEN: Final = (WordClass.DOCUMENT | WordClass.OUTLET).value
_NO_SOURCE: Final = _BREAK | (WordClass.PREP_PRONOUN | WordClass.ADVERB | WordClass.PRONOUN).value


def _in_gap(text: Text, k: int, opener: int) -> Tokens | None:
    forms, classes = text.forms, text.classes
    while k < opener:
        form, flags = forms[k], classes[k]
        if form.kind == "punct" and not text.marks.opens(k):
            if form.text == "(":
                k = text.skip_brackets(k, opener)
            else:
                k += 1
        elif (after := skip_adverbials(text, k, opener)) > k:
            if after < opener and _describes_setting(text, after):
                return None
            k = after + 1 if after < opener and tells_of_document(text, after) else after
        elif flags & PREPOSITION:
            k += 2  # its object is no subject: قال خلال عشاء مع وفد النقابة إن
            while k < opener and not (
                forms[k].text in "،," or (classes[k] & (PREPOSITION | TIME | _VOICE_HEAD) and not forms[k].prep)
            ):
                k += 1
        elif form.prep or form.conj:
            k += 1
            while k < opener and not (forms[k].text in "،," or classes[k] & (PREPOSITION | TIME)):
                k += 1
        elif flags & _NO_SOURCE or (flags & TIME and not flags & VOICE):
            k += 1
        else:
            end = run_end(text, k, opener)
            if end <= k or not _may_be_source(text, k, end):
                k = max(end, k + 1)
                continue
            return k, with_apposition(text, k, end, opener)
    return None


def _describes_setting(text: Text, k: int) -> bool:
    """Does a verb stand here that tells of the setting before it (في تصريحات نقلها موقع, خلال مؤتمر صحفي عقده أمس)?"""
    form = text.forms[k]
    if form.kind != "word" or form.article or form.conj or form.prep or text.forms[k - 1].kind != "word":
        return False
    pronoun = form.core.endswith(("ه", "ها", "هم")) and not form.text.endswith("ة")
    return pronoun and len(form.core) > 3 and not text.classes[k] & (VOICE | PREPOSITION | COMPLEMENTIZER)


#: Words for words: بيان، تقرير، تصريح.
_WORDS_THEMSELVES: Final = (WordClass.DOCUMENT | WordClass.SETTING).value


def tells_of_document(text: Text, k: int) -> bool:
    """Does a verb stand here that tells of the document before it: أعلن في بيان صدر أمس أن?"""
    before, form = text.forms[k - 1], text.forms[k]
    if not text.classes[k - 1] & _WORDS_THEMSELVES or before.article or before.kind != "word":
        return False
    if form.article or form.conj or form.prep or form.text.endswith("ة"):
        return False
    return form.core in ordinary.load().verbs or any(r.form.part == "past" for r in form.cues)


def _may_be_source(text: Text, k: int, end: int) -> bool:
    """Can the noun phrase at k between a verb and its clause be the subject? Not قراره, not مهددا, not a verb.

    One indefinite word alone is a name, though the word be ordinary (وأكد درويش أن).
    """
    form, flags = text.forms[k], text.classes[k]
    if text.is_adverbial_participle(k):
        return False  # وتابع قائلا
    if can_speak(text, k):
        words = ordinary.load()
        return bool(flags & _SPEAKS) or form.core not in words.verbs or form.core in words.nouns
    if form.suffix:
        return False
    phrase = noun_phrase(text.words, k, end)
    return end == k + 1 or bool(flags & _NUMBER) or (phrase is not None and phrase.definite)


_VOICE_HEAD: Final = (WordClass.OFFICE | WordClass.HONORIFIC | WordClass.GIVEN | WordClass.PEOPLE).value


@dataclass(frozen=True, slots=True)
class Left:
    """A noun phrase before a finite verb that can be its subject; `adjacent` where nothing but قد stands between."""

    source: Tokens
    adjacent: bool


def left_source(text: Text, cue: int, suffix: str) -> Left | None:
    """The subject before a finite verb: الحداد يعلن, وكان الوزير قد أكد, or the noun before الذي.

    With an object `suffix` on the verb the noun before الذي is the object (الوثيقة التي وصفها): none.
    """
    forms, classes = text.forms, text.classes
    if cue > 0 and classes[cue - 1] & RELATIVE:
        end = cue - 2 if cue > 1 and forms[cue - 2].text in "،," else cue - 1
        start = _described(text, phrase_start(text, end, text.start(cue)), end)
        return Left((start, end), adjacent=False) if start < end and not suffix else None
    if cue == 0 or (forms[cue].conj and not (forms[cue].conj == "ف" and forms[text.start(cue)].core == "اما")):
        return None
    subject = _before_verb(text, cue)
    if subject is not None and subject.adjacent:
        return subject
    described = _indefinite_before(text, cue)
    return described if described and _agrees(text, described.source[0], cue) else subject


def _described(text: Text, start: int, end: int) -> int:
    """Where the noun phrase begins that الذي describes: what can speak, up to its end (المعرض | الرسام كريم)."""
    for k in range(start, end):
        phrase = noun_phrase(text.words, k, end) if can_speak(text, k) else None
        if phrase is not None and phrase.end == end:
            return k
    return start


def _indefinite_before(text: Text, cue: int) -> Left | None:
    """The indefinite noun that a clause without الذي describes: معلومات أفادت بأن, رجلا هدد بقتل."""
    end = cue - 1 if text.classes[cue - 1] & QAD else cue
    for start in range(phrase_start(text, end, max(text.start(cue), cue - 12)), end):
        head, flags = text.forms[start], text.classes[start]
        if head.article or head.suffix or not flags & VOICE or flags & _PLACE:
            continue  # شهدت المدينة | تظاهرات طالبت
        phrase = noun_phrase(text.words, start, end)
        if phrase is not None and phrase.end == end:
            return Left((start, end), adjacent=False)
    return None


def _agrees(text: Text, noun: int, verb: int) -> bool:
    """Does the third person verb agree with the noun before it: تظاهرات طالبت, not زيارة أكد?"""
    gender, number = agreement(text.forms[noun])
    if number == "d":
        return False
    if text.forms[verb].core.endswith("نا") and text.classes[noun] & _NAME:
        return True  # كريم البرغوتي أبلغنا: he told us
    wanted = "f" if number == "p" else gender
    return any(
        reading.form.person == 3 and reading.form.number in ("", "s") and reading.form.gender == wanted
        for reading in text.forms[verb].cues
    )


def _before_verb(text: Text, cue: int) -> Left | None:
    forms, classes = text.forms, text.classes
    floor = max(text.start(cue), cue - 40)
    first = floor
    aside = _aside(text, cue, floor)
    for k in range(aside - 1, floor - 1, -1):
        if _bounds(text, k):
            first = k + 1
            break
    while first < cue and (
        (forms[first].kind == "punct" and not text.marks.opens(first) and forms[first].text != "#")
        or classes[first] & (KANA | QAD)
        or forms[first].key in _BUT
    ):
        first += 1
    if first >= cue:
        return None
    form, flags = forms[first], classes[first]
    if form.prep or flags & (PREPOSITION | TIME) or not can_speak(text, first) or (form.cues and not flags & VOICE):
        return None
    end = run_end(text, first, aside)
    if end <= first or (form.kind == "punct" and form.text != "#" and forms[end].text in "،,"):
        return None  # إذ أكد "أهمية الحوار"، دعا إلى: a quotation and a pause
    between = [k for k in range(end, aside) if not (classes[k] & (QAD | _NEGATION) or forms[k].text in '،,"»”')]
    return Left((first, end), adjacent=not between)


def _aside(text: Text, cue: int, floor: int) -> int:
    """The comma before the relative clause that a comma right before the verb ends; else the verb itself.

    لكن المهندسة ليلى الحداد، التي زارت سلمى، قالت إن: it is not سلمى who says so.
    """
    forms = text.forms
    if cue - floor < 4 or forms[cue - 1].text not in "،,":
        return cue
    for k in range(cue - 2, floor, -1):
        if forms[k].text in "،,":
            return cue
        if text.classes[k] & RELATIVE and not forms[k].conj:
            return k - 1 if forms[k - 1].text in "،," else cue
    return cue


def phrase_start(text: Text, end: int, floor: int) -> int:
    """Where the noun phrase that ends before token `end` (a relative pronoun) begins."""
    k = end
    while k > floor:
        form, flags = text.forms[k - 1], text.classes[k - 1]
        if form.kind != "word" or (flags & _NO_PART and not flags & _SPEAKS):
            break
        reading = best_reading(text, k - 1) if form.cues and not flags & VOICE else None
        if reading is not None and reading.form.part in ("past", "present"):
            break
        k -= 1
        if form.conj or form.prep:
            break
    return k


def _bounds(text: Text, k: int) -> bool:
    """Does a subject that stands before its verb begin after token k at the earliest?"""
    form, flags = text.forms[k], text.classes[k]
    if form.text in "؛;:" or form.key in _BUT:
        return True
    if flags & _OPENS_CLAUSE:
        return True
    return bool(flags & VERB) and not flags & _NO_VERB


def relayed_source(text: Text, cue: int) -> Tokens | None:
    """Who is quoted in نقلت الوكالة عن الوزير قوله: the noun phrase between عن and the noun of saying."""
    start = phrase_start(text, cue, max(text.start(cue), cue - 25))
    for k in range(cue - 1, max(text.start(cue), cue - 25) - 1, -1):
        if text.forms[k].core == "عن":
            phrase = noun_phrase(text.words, k + 1, cue)
            if phrase and phrase.end == cue:
                return k + 1, cue
            return (start, cue) if k < start < cue else None
    return None


_BUT: Final = _WORDS["opens_clause"]


#: وفقا لتصريحات الوزير: the source is the minister.
_WORDS_OF: Final = _WORDS["words_of"]


def phrase_source(text: Text, first: int, length: int) -> Tokens | None:
    """The noun phrase after a fixed source phrase (بحسب …, وفقا لـ…) that begins at token `first`."""
    start, limit = first + length, text.limit(first)
    while start < limit and text.forms[start].stem in _WORDS_OF:
        start += 1
    for k in range(start, min(limit, start + _LONGEST_SOURCE)):
        if text.classes[k] & COMPLEMENTIZER:
            limit = k
            break
    if start >= limit:
        return None
    end = run_end(text, start, limit)
    return (start, with_apposition(text, start, end, limit)) if end > start else None


_LONGEST_SOURCE: Final = 120  # tokens, with its appositions
