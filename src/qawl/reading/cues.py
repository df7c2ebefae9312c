"""Cues: the words that report, each with the frame it stands in and the source beside it.

Candidates are found with high recall; the model `cue` decides later which of them report (`qawl.reading.reader`).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.words import MASDAR, CueReading, Form
from qawl.lexicon import ordinary, rates, wordlists
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import Lemma
from qawl.lexicon.cues import load as load_cues
from qawl.reading import model
from qawl.reading.contents import category
from qawl.reading.draft import Draft, Tokens
from qawl.reading.frames import (
    Frame,
    find_clause,
    find_phrase,
    find_speech,
    is_thing,
    phrase_wants,
    speaks_for_himself,
    withholds_name,
)
from qawl.reading.sources import (
    document_of,
    left_source,
    phrase_source,
    phrase_start,
    relayed_source,
    right_source,
    run_end,
    skip_adverbials,
    subject_of,
)
from qawl.reading.text import COMPLEMENTIZER, IN, KANA, PREPOSITION, QAD, RELATIVE, VERB, VOICE, Text, best_reading
from qawl.statement import Act

_FINITE: Final = ("past", "present", "imperative")
_LONGEST_SUBHEAD: Final = 30
_LONGEST_COVERED: Final = 120


def find(text: Text) -> list[Draft]:
    """Every candidate of a statement in the text, in the order of its cue; contents reach no end yet."""
    drafts: list[Draft] = []
    forms, telling = text.forms, text.telling
    told = 0
    for first, last in text.words.paragraphs:
        head = _colon_head(text, first, last)
        if head:
            drafts.append(head)
        begun = len(drafts)
        after = first
        until = bisect_left(telling, last, told)
        for i in telling[told:until]:
            if i < after:
                continue
            length = text.phrase_at(i)
            if length:
                draft = _source_phrase(text, i, length)
                if draft:
                    drafts.append(draft)
                after = i + length
            elif forms[i].cues:
                draft = _reporting(text, i)
                if draft:
                    drafts.append(draft)
                    inner = _relayed(text, draft) if draft.frame == "~عن" else None
                    if inner:
                        drafts.append(inner)
        told = until
        drafts[begun:] = _one_cue_each(text, drafts[begun:])
    return drafts


def _one_cue_each(text: Text, drafts: list[Draft]) -> list[Draft]:
    """Of several words that open one content (قال مهددا: …, تابع قائلا, قال في بيان إن) keep the one that reports it.

    That is the one next to the content, unless it is a mere noun (في بيان, تصريح).
    """
    chosen: dict[int, Draft] = {}
    out: list[Draft] = []
    given_up: set[int] = set()
    objects = {
        d.content[0][0] for d in drafts if d.kind == "phrase" and d.reading and d.reading.form.part not in _NOUNS
    }
    for draft in drafts:
        if draft.reading and draft.reading.form.part in _NOUNS and draft.reading.suffix and draft.at in objects:
            continue  # جدد دعوته إلى, أعرب عن أمله في: the verb reports, its noun is the content's first word
        if draft.reading is None or draft.opener not in ("complementizer", "colon", "quote") or draft.frame == "عن":
            out.append(draft)
            continue
        earlier = chosen.get(draft.opener_at)
        if earlier is None:
            chosen[draft.opener_at] = draft
            out.append(draft)
        elif draft.reading.form.part in _FINITE and not _says_where(text, draft.at):
            noun = earlier.reading is not None and earlier.reading.form.part in _NOUNS
            if draft.reading.form.lemma.doubt and not noun and _describes(text, draft.at):
                continue  # قال في بيان نشر أمس: the verb describes the noun before it
            out.append(draft)  # which of two verbs it is the model decides
        elif draft.reading.form.part in _NOUNS and not draft.reading.prefix.startswith("ب"):
            if draft.reading.suffix or (earlier.reading and earlier.reading.form.lemma.doubt):
                out.append(draft)  # ذكرت قناة نقلا عن المدير قوله، جاء بعد يوم من قول الوزير إن
        else:
            given_up.add(id(earlier))
            if draft.source is None:
                draft.source = earlier.source
            chosen[draft.opener_at] = draft
            out.append(draft)
    return [draft for draft in out if id(draft) not in given_up]


_NOUNS: Final = ("masdar", "noun")


def _says_where(text: Text, i: int) -> bool:
    """Does the verb at token i say what stands in the document before it (أصدر بيانا جاء فيه أن)?"""
    return i + 1 < len(text.forms) and text.forms[i + 1].core in ("فيه", "فيها", "فيهما")


@cache
def _stands_in(lemma: str) -> bool:
    """Does the verb say where words stand, so that the document after في is the source (جاء في التقرير أن)?"""
    return fold(lemma) in _WORDS["stands_in"]


def _describes(text: Text, i: int) -> bool:
    """Is the verb at token i a clause that describes the indefinite noun right before it (بيان نشر أمس)?"""
    before = text.forms[i - 1] if i else None
    return before is not None and before.kind == "word" and not before.article and not text.forms[i].conj


def _reporting(text: Text, i: int) -> Draft | None:
    """The candidate of the reporting word at token i, if a content opens after it."""
    reading = best_reading(text, i)
    if reading is None or _denied(text, i, reading) or withholds_name(text, i):
        return None
    if reading.form.part == "participle" and i and text.forms[i - 1].kind == "number":
        return None  # 18 متهما, 153 طالبا: those who are counted
    lemma = reading.form.lemma
    finite = reading.form.part in _FINITE
    if finite and _follows_what_it_reports(text, i):
        return _after_its_content(text, i, reading)
    if finite and (back := _takes_up(text, i, reading)):
        return _of_what_was_said(text, i, reading, back)
    clause = find_clause(text, i, lemma)
    speaks = finite or text.is_adverbial_participle(i) or reading.prefix.startswith("ب")
    if clause is None and phrase_wants(lemma) is None:
        bare = reading.form.part == "participle" or (finite and _has_subject(text, i, reading))
        clause = find_speech(text, i, lemma, bare) if speaks else None
        if clause is None:
            return _of_its_head(text, i, reading) if finite else None
    relative = finite and i > 0 and bool(text.classes[i - 1] & RELATIVE)
    left = left_source(text, i, reading.suffix) if finite else None
    if left and left.source[1] == i and _says_where(text, i) and not _stands_in(lemma.lemma):
        left = None  # أصدر المدير بيانا نفى فيه: he denies it
    has_subject = finite and _has_subject(text, i, reading)
    bare = reading.form.part == "participle" or has_subject or bool(left and left.adjacent)
    # التاجر الذي ينتقد أوروبا: what follows is the object, unless it is a person (المكان الذي أعلن المدير فتحه)
    describes = left is not None and (relative or left.source[1] == i)
    bare = bare or (describes and clause is None and not _person_follows(text, i))
    phrase, subject = find_phrase(text, i, lemma, bare, reading.suffix)
    own = clause is not None and clause.at > i + 1 and speaks_for_himself(text, i + 1)
    if (clause is None or own) and speaks and (phrase is None or phrase.alone or own):
        clause = find_speech(text, i, lemma, bare) or clause  # وأضاف أعتقد أن: what he said begins with his own verb
    frame = _choose(text, i, clause, phrase, "ه+ب" in lemma.phrase)
    if frame is None:
        return _of_its_head(text, i, reading) if finite else None
    if _is_comment(text, frame.start) and fold(lemma.lemma) in _WORDS["refuses"]:
        return None  # رفض المتحدث باسم الشركة التعليق: nothing was said
    source: Tokens | None = None
    if reading.form.part != "participle" and has_subject:
        source = left.source if left else None
    elif finite and _stands_in(lemma.lemma) and (written := document_of(text, i, frame.at)):
        source = written
    elif reading.form.part != "participle":
        # أبلغ الجانب أن: what follows may be whom it is told
        if not (left and left.adjacent and (frame is phrase or any(p.startswith("ه") for p in lemma.phrase))):
            needs_object = "ه!" in lemma.phrase and not reading.suffix
            source = right_source(text, i, frame.at, needs_object) if frame is clause else subject
            if source and left and left.adjacent and source[0] > i + 1:
                source = left.source  # أن الأمير قال خلال لقائه وفد النقابة إن
        if source is None and left:
            source = left.source
        elif source is None and not finite and reading.suffix:
            source = relayed_source(text, i)
    return Draft(
        cue=(i, i + 1),
        reading=reading,
        source=source,
        content=[(frame.start, frame.start)],
        clause=(text.start(i), text.limit(i)),
        opener=frame.opener,
        frame=frame.name,
        opener_at=frame.at,
        kind="clause" if frame is clause or frame.name == "~عن" else "phrase",
        act=lemma.act if frame is clause else _act_of_phrase(text, lemma, frame),
        relative=relative,
    )


def _has_subject(text: Text, i: int, reading: CueReading) -> bool:
    """Does the finite verb at token i hold its subject, so that none follows (قلنا, طالبوا, إنه يتوقع)?"""
    form = reading.form
    if form.person != 3 or (form.number == "p" and form.gender == "m"):
        return True
    before = text.forms[i - 1].core if i and text.classes[i - 1] & COMPLEMENTIZER else ""
    return before.endswith(("نه", "نها", "نهم", "نهما", "نهن"))


def _person_follows(text: Text, i: int) -> bool:
    """Does somebody stand after token i, times between them passed over?"""
    limit = text.limit(i)
    after = skip_adverbials(text, i + 1, limit)
    return after < limit and bool(text.classes[after] & _PERSONS)


#: What is not said when it is negated; not to deny or not to think so is a statement still.
_UNSAID: Final = frozenset({"assert", "announce", "warn", "commit", "urge", "praise", "condemn", "express"})


def _denied(text: Text, i: int, reading: CueReading) -> bool:
    """Is it said that nothing was said (لم يؤكد, لن تعلق)?"""
    if reading.form.part not in _FINITE or reading.form.lemma.act not in _UNSAID or i == 0:
        return False
    before = text.forms[i - 1]
    return before.core in ("لم", "لن") and not reading.form.lemma.doubt


def _is_comment(text: Text, k: int) -> bool:
    """Does the comment that somebody could have given stand at token k (التعليق على الخبر, not تعليق الرحلات)?"""
    return k < len(text.forms) and text.forms[k].article and text.forms[k].stem in _WORDS["comment"]


def _follows_what_it_reports(text: Text, i: int) -> bool:
    """Is this حسبما أفادت, وفق ما ذكرت, كما قال: a report that stands beside the clause it reports?"""
    before = text.forms[i - 1].core if i else ""
    if before in _WORDS["as_reported"]:
        return True
    if before in ("ما", "لما") and i > 1 and text.forms[i - 2].core in _ACCORDING:
        return True
    if before == "ما" and i > 1 and text.forms[i - 2].core == "علي":
        # على ما أعلن الجيش, not رد على ما أعلنه الجيش
        return (i > 2 and text.forms[i - 3].text in "،,") or not text.forms[i].cues[0].suffix
    if before in _WORDS["as_said"] and not text.forms[i].cues[0].form.lemma.doubt:
        lemma = text.forms[i].cues[0].form.lemma
        phrase, _ = find_phrase(text, i, lemma, False, "")
        without = phrase is None or phrase.alone
        return without and find_clause(text, i, lemma) is None and _nothing_follows(text, i)
    return False


def _nothing_follows(text: Text, i: int) -> bool:
    """Does the sentence pause after the verb at token i and its subject (كما قال المدير, not كما شهدت البلدة حفلا)?"""
    limit = text.limit(i)
    source = subject_of(text, i, limit)
    after = skip_adverbials(text, source[1] if source else i + 1, limit)
    return after >= limit or text.forms[after].kind == "punct" or text.forms[after - 1].text in "،,"


_WORDS: Final = wordlists.load("clauses")
_ACCORDING: Final = _WORDS["according"]


def _after_its_content(text: Text, i: int, reading: CueReading) -> Draft | None:
    start, limit = text.start(i), text.limit(i)
    first = i - 1
    while first > start and (
        text.forms[first - 1].core in _ACCORDING or (first == i - 1 and text.forms[first - 1].core == "علي")
    ):
        first -= 1
    if first > start and text.forms[first - 1].core == "وذلك":
        first -= 1
    source = document_of(text, i, limit) if _stands_in(reading.form.lemma.lemma) else subject_of(text, i, limit)
    content, frame = (_covered(text, start, first), first), "before"
    if _opens(text, start, first):
        after = _after_source(text, source[1] if source else i + 1, limit)
        if source is None or not any(form.kind == "word" for form in text.forms[after:limit]):
            return None
        content, frame = (after, after), "after"  # حسب ما أورده الموقع، فإن الحريق انطفأ
    elif first - start < 2 or _says_nothing(text, start):
        return None
    return Draft(
        cue=(i, i + 1),
        reading=reading,
        source=source,
        content=[content],
        clause=(start, limit),
        opener="phrase",
        frame=frame,
        opener_at=i,
        kind="clause",
        act=reading.form.lemma.act,
    )


def _takes_up(text: Text, i: int, reading: CueReading) -> int:
    """Where وهو ما or الأمر الذي begins whose verb, at token i, reports the clause before it (وهو ما نفاه المدير).

    0 where there is none.
    """
    if i < 3 or not (text.classes[i - 1] & RELATIVE or text.forms[i - 1].core == "ما"):
        return 0
    after = text.forms[i + 1].core if i + 1 < len(text.forms) else ""
    lemma = reading.form.lemma
    its = reading.suffix == "ه" or any(after == _BACK_TO[p] + "ه" for p in lemma.phrase if p in _BACK_TO)
    if not its or lemma.doubt:
        return 0
    what, it = text.forms[i - 1], text.forms[i - 2]
    if (what.core == "ما" and it.core == "هو") or (text.classes[i - 1] & RELATIVE and it.core == "الامر"):
        return i - 2 if text.forms[i - 3].text in "،," or it.conj else 0
    return 0


def _of_what_was_said(text: Text, i: int, reading: CueReading, back: int) -> Draft | None:
    """The candidate of a verb whose content is the clause before it, from its أن or its beginning on."""
    start, limit = text.start(i), text.limit(i)
    begin = _last_opener(text, _covered(text, start, back), back)
    source = subject_of(text, i, limit)
    if back - begin < 2 or source is None:
        return None
    return Draft(
        cue=(i, i + 1),
        reading=reading,
        source=source,
        content=[(begin, back)],
        clause=(start, limit),
        opener="phrase",
        frame="before",
        opener_at=i,
        kind="clause",
        act=reading.form.lemma.act,
    )


def _opens(text: Text, start: int, first: int) -> bool:
    """Does what stands in [start, first) only lead over to the clause (ومع ذلك، في المقابل،), if anything?"""
    forms = text.forms
    word = next((k for k in range(start, first) if forms[k].kind == "word" and forms[k].key not in ("و", "ف")), None)
    if word is None:
        return True
    leads = text.classes[word] & (PREPOSITION | _ADVERB) or forms[word].prep
    return bool(leads) and first - start <= _LONGEST_LEAD and forms[first - 1].text in "،,"


_LONGEST_LEAD: Final = 5  # tokens


#: How a verb's preposition is written with the pronoun that goes back to the head of its clause (دعا إليها).
_BACK_TO: Final = {"إلى": "الي", "على": "علي", "عن": "عن", "من": "من", "ب": "ب", "ل": "ل"}
_IT: Final = ("ه", "ها", "هم", "هما")


def _of_its_head(text: Text, i: int, reading: CueReading) -> Draft | None:
    """The candidate of a verb that describes the noun before it, which is its object: الخطة التي رفضها الوزير."""
    lemma = reading.form.lemma
    if not reading.suffix:
        after = text.forms[i + 1].core if i + 1 < len(text.forms) else ""
        goes_back = any(after == _BACK_TO[p] + it for p in lemma.phrase if p in _BACK_TO for it in _IT)
    else:
        goes_back = reading.suffix in _IT and "Ø" in lemma.phrase
    if not goes_back:
        return None
    relative = i > 0 and bool(text.classes[i - 1] & RELATIVE)
    end = i - 1 if relative else i
    if relative and end > 0 and text.forms[end - 1].text in "،,":
        end -= 1
    start = phrase_start(text, end, text.start(i))
    if start + 1 < end and text.forms[start].conj and text.forms[start].core in ordinary.load().verbs:
        start += 1  # وتوقف المشروع الذي طالب به الأهالي
    if start >= end or text.classes[start] & _PERSONS or (not relative and text.forms[end - 1].article):
        return None
    limit = text.limit(i)
    return Draft(
        cue=(i, i + 1),
        reading=reading,
        source=subject_of(text, i, limit),
        content=[(start, end)],
        clause=(text.start(i), limit),
        opener="object",
        frame="الذي" if relative else "صفة",
        opener_at=start,
        kind="phrase",
        act=_act_of_phrase(text, lemma, Frame("object", start, start, "Ø")),
        relative=relative,
    )


_PERSONS: Final = (
    WordClass.OFFICE | WordClass.HONORIFIC | WordClass.PEOPLE | WordClass.GIVEN | WordClass.SURNAME
).value


def _relayed(text: Text, relay: Draft) -> Draft | None:
    """In نقلت الوكالة عن مصادر أن …, with no word of saying after the source, عن itself is the inner cue."""
    start = relay.content[0][0]
    limit = text.limit(start)
    end = run_end(text, start, limit)
    k = skip_adverbials(text, end, limit)
    if k < limit and (withholds_name(text, k) or text.forms[k].core == "لم"):
        # عن مسؤول، طلب عدم ذكر اسمه، أن
        k = next((j for j in range(k, min(k + 9, limit)) if text.classes[j] & COMPLEMENTIZER), limit)
    if end == start or k >= limit or not text.classes[k] & COMPLEMENTIZER:
        return None
    return Draft(
        cue=(start - 1, start),
        reading=None,
        source=(start, end),
        content=[(k + 1, k + 1)],
        clause=relay.clause,
        opener="complementizer",
        frame="عن",
        opener_at=k,
        kind="clause",
        act="assert",
    )


def _act_of_phrase(text: Text, lemma: Lemma, frame: Frame) -> Act:
    """The act of a verb with its complement: of a light verb its noun's (وجه اتهامات: condemn), a need is urged."""
    acts = load_cues().noun_acts
    if frame.name == "+":
        for k in range(frame.start, min(frame.start + 8, len(text.forms))):
            act = _noun_act(text.forms[k], acts)
            if act:
                return act
    elif (
        lemma.phrase_act == "assert"
        and frame.start < len(text.forms)
        and _noun_act(text.forms[frame.start], acts) == "urge"
    ):
        return "urge"
    return lemma.phrase_act


def _noun_act(form: Form, acts: dict[str, Act]) -> Act | None:
    for stem in (form.stem, form.base):
        if stem in acts:
            return acts[stem]
    for suffix in ("ها", "هم", "ه", "ي", "نا"):
        if form.stem.endswith(suffix):
            base = form.stem[: -len(suffix)]
            found = acts.get(base) or acts.get(base[:-1] + "ه" if base.endswith("ت") else base)
            if found:
                return found
    return None


def _choose(text: Text, cue: int, clause: Frame | None, phrase: Frame | None, lemma_keeps: bool) -> Frame | None:
    """A clause is what a reporting word wants first; but a complement that stands before it is the content."""
    if clause is None or phrase is None:
        return clause or phrase
    if phrase.opener == "preposition" and phrase.start < clause.at:
        return phrase
    if clause.opener == "complementizer" and text.forms[clause.at - 1].text in "،,":
        return clause  # قال في حديث إذاعي، أن: nothing but the reporting word can own it
    close = text.marks.partner[clause.at]
    if clause.opener == "quote" and clause.at < phrase.at and 0 <= close - clause.at <= 5:
        if clause.at == cue + 1 and close + 1 < len(text.forms) and text.forms[close + 1].text in "،,":
            return clause  # إذ أكد "أهمية الحوار"، دعا إلى: what follows a pause is another matter
        return phrase  # a name in quotation marks inside the source
    if lemma_keeps and text.forms[clause.at].core.startswith("ب"):
        return clause  # وصفها بأنها …
    if phrase.name in ("ه+ب", "+") and clause.opener == "quote":
        return phrase
    if phrase.name == "Ø" and clause.opener == "quote" and phrase.at < clause.at and is_thing(text, phrase.at):
        return phrase  # تتوقع نشوء «مناطق آمنة»
    if (
        phrase.name == "Ø"
        and phrase.at < clause.at
        and _noun_act(text.forms[phrase.at], load_cues().noun_acts) == "urge"
    ):
        return phrase  # أكد ضرورة أن …
    if phrase.name in ("Ø", "+") and phrase.at + 1 < clause.at and not phrase.alone and is_thing(text, phrase.at):
        # An object with the article is more often a rest of the subject: أكدت المغنية البالغة من العمر … أنها.
        return clause if text.forms[phrase.at].article and clause.opener != "quote" else phrase
    return clause


def _source_phrase(text: Text, i: int, length: int) -> Draft | None:
    """The candidate of a fixed source phrase (بحسب, وفقا لـ) at token i: its source, and the clause it covers."""
    verb = i + length + 1
    if verb < len(text.forms) and text.forms[verb - 1].core == "ما" and best_reading(text, verb):
        return None  # حسب ما ذكرته: the verb is the cue
    source = phrase_source(text, i, length)
    if source is None:
        return None
    start, limit = text.start(i), text.limit(i)
    opening = all(text.forms[k].kind == "punct" or text.forms[k].key in ("و", "ف") for k in range(start, i))
    if opening:
        k = _after_source(text, source[1], limit)
        content = (k, k)
        frame = "after"
    else:
        if _says_nothing(text, start):
            return None
        content = (_covered(text, start, i), i)
        frame = "before"
    return Draft(
        cue=(i, i + length),
        reading=None,
        source=source,
        content=[content] if opening else _around(text, content, source[1], limit),
        clause=(start, limit),
        opener="phrase",
        frame=frame,
        opener_at=i,
        kind="clause",
        act=text.phrases[i][1].lemma.act,
    )


def _around(text: Text, covered: Tokens, after: int, limit: int) -> list[Tokens]:
    """The pieces of the clause in which a source phrase stands, from where the phrase begins to where its source ends.

    There are two where the clause goes on after it: ترث المرأة، وفقا للقانون، نصف النصيب.
    """
    begin, end = covered
    limit = min(limit, after + _LONGEST_COVERED)
    if after + 1 >= limit:
        return [covered]
    mark, next_mark = text.forms[end - 1].text, text.forms[after].text
    form, flags = text.forms[after], text.classes[after]
    if mark in _DASHES and next_mark in _DASHES:
        stop = next((k for k in range(after + 1, limit) if text.forms[k].text in "،,"), limit)
        return [(_last_opener(text, begin, end), end - 1), (after + 1, stop)]
    if mark in "،," and next_mark in "،,":
        opener = _last_opener(text, begin, end)
        if opener > begin and not _has_verb(text, opener, end):
            return [(opener, end - 1), (after + 1, limit)]
    elif form.kind == text.forms[end - 1].kind == "word" and not (form.conj or form.cues or flags & _NO_MORE):
        return [covered, (after, limit)]
    return [covered]


_DASHES: Final = ("-", "–", "—")
_NO_MORE: Final = RELATIVE | PREPOSITION | WordClass.TIME.value | WordClass.SUBORDINATOR.value


def _last_opener(text: Text, begin: int, end: int) -> int:
    """One past the last أن or الذي in [begin, end); `begin` where there is none."""
    return next((k + 1 for k in range(end - 1, begin - 1, -1) if text.classes[k] & (COMPLEMENTIZER | RELATIVE)), begin)


def _has_verb(text: Text, begin: int, end: int) -> bool:
    return any(
        text.classes[k] & (VERB | KANA) or any(reading.form.part in _FINITE for reading in text.forms[k].cues)
        for k in range(begin, end)
    )


def _after_source(text: Text, k: int, limit: int) -> int:
    """Where the clause begins after بحسب X: after فإن, else after the comma (a relative clause of X is passed over)."""
    comma = -1
    for j in range(k, min(k + 40, limit)):
        flags = text.classes[j]
        if flags & IN and text.forms[j].key[0] == "ف":
            return j + 1
        if text.forms[j].text in "،," and comma < 0:
            comma = j + 1
    if comma < 0 or not text.classes[k] & RELATIVE:
        comma = k
    while comma < limit and (text.forms[comma].text in "،," or text.classes[comma] & COMPLEMENTIZER):
        comma += 1
    return comma


def _says_nothing(text: Text, start: int) -> bool:
    """Does the clause only say that something was said (جاء ذلك في بيان)?"""
    forms = text.forms
    return forms[start].core in ("جاء", "جاءت") and start + 1 < len(forms) and forms[start + 1].core == "ذلك"


def _covered(text: Text, start: int, end: int) -> int:
    """Where the clause begins that a source phrase at its end covers: after a dateline and the like."""
    start = max(start, end - _LONGEST_COVERED)
    for k in range(start, min(start + 14, end)):
        if text.forms[k].text == ")" and k + 1 < end and text.forms[k + 1].text in "-–—:":
            return k + 2
    return start


def _colon_head(text: Text, first: int, last: int) -> Draft | None:
    """A headline or sub-head whose colon gives the right side to the name on its left (الحداد: لا بيع للميناء)."""
    if last - first > _LONGEST_SUBHEAD or text.forms[last - 1].text in ".□،":
        return None
    colon = next((k for k in range(first, min(first + 9, last - 2)) if text.forms[k].text == ":"), first)
    if colon == first or text.forms[first].prep:
        return None  # بالصور: …
    name = _name_before(text, first, last)
    for k in range(first, colon):
        form, flags = text.forms[k], text.classes[k]
        if form.kind == "number":
            return None
        if name and k >= name and not flags & COMPLEMENTIZER:
            continue
        if form.cues and best_reading(text, k) and flags & VOICE == 0:
            return None
        if flags & (PREPOSITION | COMPLEMENTIZER | KANA | QAD | WordClass.INTERROGATIVE.value):
            return None
    if not name and run_end(text, first, colon) != colon and not text.classes[first] & VOICE:
        return None
    return Draft(
        cue=(colon, colon + 1),
        reading=None,
        source=(first, name or colon),
        content=[(colon + 1, last)],
        clause=(first, last),
        opener="colon",
        frame="head",
        opener_at=colon,
        kind="clause",
        act="assert",
    )


def _name_before(text: Text, first: int, last: int) -> int:
    """One past the name that begins a head where whom, on what or when follows it (الحداد للصحفيين: …); else 0."""
    end = run_end(text, first, min(first + 9, last))
    if not first < end < last or not text.classes[first] & _PERSONS & ~WordClass.PEOPLE.value:
        return 0
    form, flags = text.forms[end], text.classes[end]
    follows = flags & (PREPOSITION | _ADVERB) or form.prep == "ل" or form.core == "ل"
    return end if follows and form.kind == "word" else 0


_ADVERB: Final = WordClass.ADVERB.value


def reports(drafts: list[Draft]) -> dict[int, float]:
    """For each token that may report the probability that it does, as scored."""
    return {draft.cue[0]: draft.score for draft in drafts if draft.cue}


def _head_class(text: Text, source: Tokens | None) -> str:
    """What the head of a source can be, as one word."""
    if source is None:
        return "none"
    flags = text.classes[source[0]]
    if not flags:
        return "quoted" if text.forms[source[0]].kind == "punct" else "unknown"
    return _class_name(flags)


@cache
def _class_name(flags: int) -> str:
    for name, mask in _HEADS:
        if flags & mask:
            return name
    return "other"


_HEADS: Final = tuple(
    (c.name or "", c.value)
    for c in (
        WordClass.OFFICE,
        WordClass.HONORIFIC,
        WordClass.OUTLET,
        WordClass.BODY,
        WordClass.PEOPLE,
        WordClass.DOCUMENT,
        WordClass.PLACE,
        WordClass.GIVEN,
        WordClass.SURNAME,
        WordClass.NATIONALITY,
    )
)


_OTHER_WORD: Final = (
    WordClass.PREPOSITION
    | WordClass.VERB
    | WordClass.COMMON
    | WordClass.TIME
    | WordClass.BODY
    | WordClass.OFFICE
    | WordClass.PEOPLE
    | WordClass.GIVEN
    | WordClass.SURNAME
    | WordClass.DOCUMENT
    | WordClass.SETTING
).value


def _object_shape(text: Text, k: int) -> str:
    """What the content begins with: its article, a pronoun on it, a verbal noun, a name."""
    if k >= len(text.forms):
        return "none"
    form, flags = text.forms[k], text.classes[k]
    if form.kind != "word":
        return form.kind
    shape = "the" if form.article else "its" if form.suffix else ""
    if form.cues and any(reading.form.part == "masdar" for reading in form.cues):
        return shape + "report"
    if flags & VOICE:
        return shape + "voice"
    if MASDAR.fullmatch(form.stem) or (form.suffix and MASDAR.fullmatch(form.base)):
        return shape + "masdar"
    return shape + ("thing" if form.stem in ordinary.load().nouns or form.base in ordinary.load().nouns else "other")


_NEGATION: Final = WordClass.NEGATION.value


def _negated(text: Text, at: int) -> bool:
    classes = text.classes
    return bool((at > 0 and classes[at - 1] & _NEGATION) or (at > 1 and classes[at - 2] & _NEGATION))


def _listed(draft: Draft, lemma: Lemma) -> str:
    """Is what opens the clause among what the tables say of the lemma?"""
    if not lemma.clause:
        return "empty"
    if draft.kind == "phrase":
        return ""
    wanted = ":" in lemma.clause if draft.frame == ":" else _takes_that(lemma)
    return "yes" if wanted else "no"


@cache
def _takes_that(lemma: Lemma) -> bool:
    """Does a clause with أن or إن, after a preposition or without, stand after this lemma?"""
    return any(fold(opener.split("_")[-1]) == "ان" for opener in lemma.clause)


def features(text: Text, draft: Draft) -> list[model.Fact]:
    """What the model `cue` looks at (does this candidate report?): facts; the functions below make features of them."""
    at = draft.at
    limit = text.paragraph_end(at)
    start = draft.content[0][0]
    gap = draft.opener_at - at - 1
    reach = 0 if gap <= 0 else 1 if gap < 3 else 2 if gap < 7 else 3 if gap < 15 else 4
    head = _head_class(text, draft.source)
    side = "-" if draft.source is None else "r" if draft.source[0] > at else "l"
    before = category(text, at - 1, limit) if at > draft.clause[0] else "START"
    two_before = category(text, at - 2, limit) if at - 1 > draft.clause[0] else "START"
    quoted = text.marks.within[at] >= 0
    frame, opener, kind = draft.frame, draft.opener, draft.kind
    out: list[model.Fact] = [
        (_opening, frame, opener, category(text, start, limit), reach, side),
        (_source, head, side, opener, frame),
        (_place, before, two_before, category(text, at + 1, limit), opener),
        (_setting, opener, quoted, at < text.headline_end),
    ]
    reading = draft.reading
    if reading is None:
        out.append((_fixed_phrase, frame, side, before))
        return out
    form, lemma = reading.form, reading.form.lemma
    part, act, doubt = form.part, lemma.act, lemma.doubt
    word, flags = text.forms[at], text.classes[at]
    rate = rates.load().get((lemma.lemma, part), rates.UNKNOWN)
    shape = _object_shape(text, start)
    person = f"{part}{form.person}"
    other = flags & _OTHER_WORD != 0
    suffix = bool(reading.suffix)
    conj, relative = word.conj, draft.relative
    out += (
        (_object, shape, frame, rate.phrase, kind, act),
        (_act_and_part, act, part, head, side, kind, before),
        (_doubt_and_frame, act, doubt, opener, part, frame, side, reach, person),
        (_rates_and_class, rate.clause, rate.source, rate.phrase, frame, side, kind, opener, other, conj, relative),
        (_letters, conj, reading.prefix, suffix, min(len(word.cues), 4), min(len(word.core), 5), part, opener),
        (_clause, person, form.passive, part, opener, quoted, _listed(draft, lemma), kind, _negated(text, at)),
        (_lemma, lemma.kind, frame, suffix, side, at - draft.clause[0] <= 1, part),
    )
    return out


# The features by what they are made of.


def _opening(frame: str, opener: str, first: str, reach: int, side: str) -> list[str]:
    return [
        f"frame={frame}",
        f"opener={opener}",
        f"first={first}",
        f"first|frame={first}|{frame}",
        f"reach={reach}|{opener}",
        f"reach|frame={reach}|{frame}|{side}",
    ]


def _source(head: str, side: str, opener: str, frame: str) -> list[str]:
    return [f"source={head}{side}", f"source|opener={head}{side}|{opener}", f"source|frame={head}|{frame}"]


def _place(before: str, two_before: str, after: str, opener: str) -> list[str]:
    return [f"before={before}", f"before2={two_before} {before}", f"after={after}|{opener}"]


def _setting(opener: str, quoted: bool, headline: bool) -> list[str]:
    return [f"quoted={'q' if quoted else ''}|{opener}", f"headline={'h' if headline else ''}|{opener}"]


def _fixed_phrase(frame: str, side: str, before: str) -> list[str]:
    return [f"phrase={frame}|{side}|{before}"]


def _object(shape: str, frame: str, rate: int, kind: str, act: str) -> list[str]:
    return [f"object={shape}|{frame}", f"object={shape}|{rate}|{kind}", f"object={shape}|{act}|{kind}"]


def _act_and_part(act: str, part: str, head: str, side: str, kind: str, before: str) -> list[str]:
    return [
        f"act|source={act}|{head}{side}|{kind}",
        f"act|before={act}|{before}|{kind}",
        f"part|before={part}|{before}",
        f"part|source={part}|{side}|{kind}",
    ]


def _doubt_and_frame(
    act: str, doubt: bool, opener: str, part: str, frame: str, side: str, reach: int, person: str
) -> list[str]:
    kind = f"{act}{'?' if doubt else ''}"
    return [
        f"kind={kind}|{opener}",
        f"kind|part={kind}|{part}",
        f"doubt={doubt}|{opener}|{side}|{reach}",
        f"doubt|frame={doubt}|{frame}|{part}",
        f"act|frame={act}|{frame}|{side}",
        f"nobody={side}|{person}|{act}|{frame}",
    ]


def _rates_and_class(
    clause: int,
    source: int,
    phrase: int,
    frame: str,
    side: str,
    kind: str,
    opener: str,
    other: bool,
    conj: str,
    relative: bool,
) -> list[str]:
    return [
        f"rate.phrase|frame={phrase}|{frame}|{side}",
        f"rate.phrase={phrase}|{kind}",
        f"rate.clause={clause}|{kind}",
        f"rate.clause|opener={clause}|{opener}",
        f"rate.source={source}|{kind}",
        f"rate={clause}|{phrase}|{kind}",
        f"class={other}|{conj}|{opener}|{side}",
        f"relative={relative}|{kind}",
    ]


def _letters(conj: str, prefix: str, suffix: bool, readings: int, length: int, part: str, opener: str) -> list[str]:
    return [
        f"clitics={conj}|{prefix}|{'s' if suffix else ''}|{part}",
        f"readings={readings}|{part}",
        f"length={length}|{part}|{opener}",
    ]


def _clause(
    person: str, passive: bool, part: str, opener: str, quoted: bool, listed: str, kind: str, negated: bool
) -> list[str]:
    whole = f"{person}{'P' if passive else ''}"
    return [
        f"part={whole}",
        f"part|opener={whole}|{opener}",
        f"part|quoted={whole}|{'q' if quoted else ''}",
        f"listed={listed}|{kind}",
        f"negated={negated}|{opener}",
    ]


def _lemma(kind: str, frame: str, suffix: bool, side: str, begins: bool, part: str) -> list[str]:
    return [f"noun={kind}|{frame}|{suffix}|{side}", f"begins={begins}|{frame}|{part}"]
