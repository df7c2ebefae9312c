"""Contents: where what was expressed begins and ends.

The end is found by walking over the places where a content can end (commas, conjunctions, new reporting words, closing
marks, stops) and asking a small model at each whether it ends here: the likeliest place wins.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from qawl.arabic.letters import fold
from qawl.arabic.words import Form
from qawl.lexicon import ordinary
from qawl.lexicon.classes import WordClass
from qawl.lexicon.cues import read_rows
from qawl.reading import model
from qawl.reading.draft import Draft
from qawl.reading.text import (
    AN,
    COMMAS,
    IN,
    KANA,
    PREPOSITION,
    QAD,
    RELATIVE,
    STOPS,
    SUBORDINATOR,
    TIME,
    VERB,
    VOICE,
    Text,
    best_reading,
)

_NEGATION: Final = WordClass.NEGATION.value
_PRONOUN: Final = (WordClass.PRONOUN | WordClass.DEMONSTRATIVE).value
_PREP_PRONOUN: Final = WordClass.PREP_PRONOUN.value
_SETTING: Final = WordClass.SETTING.value
#: How many tokens a content can have: spoken (after a colon or mark), and told.
_FARTHEST_SPOKEN: Final = 400
_FARTHEST_TOLD: Final = 160


Reports = Mapping[int, float]
"""For each token that may report, the probability that it does (model `cue`)."""


#: Frames whose content the cue settles: it stands before it.
SETTLED: Final = frozenset({"head", "before", "الذي", "صفة"})


def complete(text: Text, draft: Draft, reports: Reports, weights: model.Model | None = None) -> None:
    """Give the draft's content its begin (past marks and complementizers) and its end."""
    if draft.frame in SETTLED:
        draft.content = [_trim(text, *piece) for piece in draft.content]
        return
    start = begin(text, draft)
    ends = places(text, draft, start)
    end = best_end(text, draft, start, ends, reports, weights)
    draft.content = [_trim(text, start, end)]


def begin(text: Text, draft: Draft) -> int:
    """The content's first token: what opens it is skipped (colon, opening mark, dash, a complementizer after those)."""
    k = draft.content[0][0]
    limit = _hard_end(text, draft, k)
    while k < limit and text.forms[k].kind == "punct" and text.forms[k].text not in "#(":
        if text.marks.opens(k):
            draft.quote = k
            k += 1
            break
        k += 1
    if draft.opener == "colon" and draft.quote < 0 and k + 1 < limit and text.classes[k] & IN:
        k += 1  # قال المدير: إن …
    return k


def _hard_end(text: Text, draft: Draft, start: int) -> int:
    """Beyond this no content of the draft can go: its quotation, its sentence, or (after a colon) its paragraph."""
    i = draft.cue[0] if draft.cue else start
    mark = text.marks.within[i]
    if mark >= 0:
        return text.marks.partner[mark]
    if (draft.opener in ("colon", "quote") and draft.opener_at < start) or draft.quote >= 0:
        return text.paragraph_end(i)
    return max(text.limit(i), min(start + 1, text.paragraph_end(i)))


_ENDS_CLAUSE: Final = QAD | KANA | AN
_ENDS_PHRASE: Final = SUBORDINATOR | PREPOSITION | QAD | KANA | AN | RELATIVE | TIME


def places(text: Text, draft: Draft, start: int) -> list[int]:
    """Tokens before which the content can end, in order; the last is the farthest."""
    forms, classes, marks = text.forms, text.classes, text.marks
    end = _hard_end(text, draft, start)
    if draft.quote >= 0 and marks.partner[draft.quote] > end:
        end = text.paragraph_end(start)
    out: list[int] = []
    k = start
    if draft.quote >= 0 and marks.partner[draft.quote] < end:
        k = marks.partner[draft.quote]
        out.append(k)
        k += 1
    # Inside a clause a preposition or time is hardly ever where it ends; a noun phrase does end there.
    within = _ENDS_CLAUSE if draft.kind == "clause" else _ENDS_PHRASE
    farthest = _FARTHEST_SPOKEN if draft.opener in ("colon", "quote") or draft.quote >= 0 else _FARTHEST_TOLD
    phrases = text.phrases
    stop = min(end, start + farthest)
    while k < stop:
        form = forms[k]
        if form.kind == "punct":
            if marks.opens(k) and marks.partner[k] < end:
                if k > start and forms[k].text not in "(":
                    k = marks.partner[k] + 1
                    continue
            elif form.text == "(":
                k = text.skip_brackets(k, end)
                continue
            if k > start and form.text in _PAUSES and not _in_word(text, k):
                out.append(k)
        elif k > start and (form.conj or form.cues or classes[k] & within or (k in phrases and text.phrase_at(k))):
            out.append(k)
        k += 1
    if not out or end > out[-1]:
        out.append(min(end, max(k, start + 1)))
    return out


_PAUSES: Final = COMMAS | STOPS | frozenset('-–:»"”')


def _in_word(text: Text, k: int) -> bool:
    """Is the mark at k the point of a number (48.6) or of an initial (د. كريم)?"""
    words = text.words
    start, end = words.starts[k], words.ends[k]
    whole = words.text
    if start > 0 and whole[start - 1].isdigit() and end < len(whole) and whole[end].isdigit():
        return True
    if text.forms[k].text != ".":
        return False
    before = text.forms[k - 1]
    return len(before.core) == 1 and before.kind == "word" and words.ends[k - 1] == start


def category(text: Text, k: int, limit: int) -> str:
    """What kind of token stands at k: a closed-class word by itself, anything else by its class."""
    if k >= limit:
        return "END"
    known = text.categories[k]
    if not known:
        known = text.categories[k] = _category(text, k)
    return known


#: What a word is by these classes it is though it may report too.
_BEFORE_CUES: Final = AN | IN | RELATIVE | KANA | QAD | SUBORDINATOR


def _category(text: Text, k: int) -> str:
    form = text.forms[k]
    if form.kind == "punct":
        return _category_of_mark(text, k)
    if k in text.phrases and text.phrase_at(k):
        return form.conj + "source"
    if form.cues:
        if text.is_adverbial_participle(k):
            return form.conj + "participle"
        reading = best_reading(text, k) if not form.classes & _BEFORE_CUES else None
        if reading and reading.form.part in ("past", "present"):
            return form.conj + ("cue?" if reading.form.lemma.doubt else "cue") + ("'" if reading.suffix else "")
    if not form.category:
        form.category = _category_of_form(form)
    return form.category


def _category_of_mark(text: Text, k: int) -> str:
    mark = text.forms[k].text
    if mark in COMMAS:
        return "," if mark in "،," else ";"
    if mark in STOPS:
        return "."
    if text.marks.partner[k] >= 0:
        return "«" if text.marks.opens(k) else "»"
    return mark if mark in ":-()…" else "punct"


def _category_of_form(form: Form) -> str:
    """The category of a word or number that does not report, whatever its place."""
    flags, conj = form.classes, form.conj
    if flags & (AN | IN):
        return ("و" if form.key[0] == "و" else "ف" if form.key[0] == "ف" else "") + ("أن" if flags & AN else "إن")
    if flags & RELATIVE:
        return conj + "relative"
    if flags & KANA:
        return conj + "kana"
    if flags & QAD:
        return conj + "qad"
    if flags & SUBORDINATOR:
        return conj + form.core
    if flags & _PREP_PRONOUN:
        return conj + "prep+"
    if flags & PREPOSITION:
        return conj + form.core
    if flags & _NEGATION:
        return conj + "neg"
    if flags & _PRONOUN:
        return conj + "pronoun"
    if flags & VERB:
        return conj + "verb"
    if flags & TIME:
        return conj + "time"
    if flags & VOICE:
        return conj + "voice"
    if form.kind == "number":
        return "number"
    table = ordinary.load()
    if form.core in table.verbs and form.core not in table.nouns and not form.article:
        return conj + "verb?"
    return conj + form.prep + ("ال" if form.article else "") + "noun"


def resumes_at(text: Text, k: int) -> str:
    """How an outlet takes up its own account again at token k (``reason``: وذلك، في إشارة إلى), or ''."""
    forms = text.forms
    if k >= len(forms):
        return ""
    form = forms[k]
    for first in (form.key, form.core) if form.conj else (form.core,):
        seconds = _RESUMES.get(first)
        if seconds is not None:
            second = forms[k + 1].core if k + 1 < len(forms) else ""
            for rest, group in seconds.get(second, ()):
                if [form.core for form in forms[k + 2 : k + 2 + len(rest)]] == rest:
                    return group
            if "" in seconds:
                return seconds[""][0][1]
    return ""


def _read_resumes() -> dict[str, dict[str, list[tuple[list[str], str]]]]:
    """By first and second word (empty: the first is all) the rest of the phrase and its group, the longest first."""
    found: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
    for row in read_rows("resumes"):
        for phrase in row["phrases"].split("|"):
            first, *others = fold(phrase).split()
            second = others[0] if others else ""
            found.setdefault(first, {}).setdefault(second, []).append((others[1:], row["kind"]))
    for seconds in found.values():
        for rest in seconds.values():
            rest.sort(key=lambda entry: -len(entry[0]))
    return found


_RESUMES: Final = _read_resumes()
_FINITE: Final = VERB | KANA
_WHILE: Final = ("فيما", "بينما")


def _first_verb(text: Text, start: int, end: int) -> int:
    """The first finite verb in [start, end), looked for in its first forty tokens; `end` where there is none."""
    table = ordinary.load()
    for k in range(start, min(end, start + 40)):
        form = text.forms[k]
        if form.classes & _FINITE or (form.cues and form.cues[0].form.part in ("past", "present")):
            return k
        if form.core in table.verbs and form.core not in table.nouns:
            return k
    return end


# How long a content is, or what is left of it, in steps.
_SIZES: Final = (0,) * 3 + (1,) * 3 + (2,) * 6 + (3,) * 13
_LONG: Final = len(_SIZES)
_LEFT: Final = (0,) + (1,) * 3 + (2,) * 5 + (3,) * 11
_FAR: Final = len(_LEFT)


class Ends:
    """What the model `end` looks at in the places where a draft's content, which begins at `start`, can end.

    `last` is the farthest place, where it ends at the latest.
    """

    def __init__(self, text: Text, draft: Draft, start: int, last: int, reports: Reports) -> None:
        at = draft.at
        speech = draft.reading.form.part if draft.reading else "-"
        opener = str(draft.opener if draft.opener != "preposition" else "object")
        self.text = text
        self.draft = draft
        self.start = start
        self.last = last
        self.reports = reports
        self.limit = text.paragraph_end(start)
        self.clause_end = text.limit(start)
        self.closing = text.marks.partner[draft.quote] if draft.quote >= 0 else -1
        self.opener = opener + "q" if text.marks.within[at] >= 0 else opener
        self.part = "p" if speech == "participle" else "n" if speech in ("masdar", "noun") else "v"
        self.verb_at = _first_verb(text, start, last)
        self.led = category(text, at - 1, self.limit) if at > draft.clause[0] else "START"
        self.fronted = "same" if at - draft.clause[0] <= 1 else category(text, draft.clause[0], self.limit)
        self.side = "none" if not draft.source else "right" if draft.source[0] > at else "left"

    def features(self, place: int, nth: int) -> list[model.Fact]:
        """Facts of one place, of which the functions below make the features; `nth` counts the places before it."""
        text, draft, limit = self.text, self.draft, self.limit
        forms = text.forms
        kind, part, opener = draft.kind, self.part, self.opener
        known = text.categories
        a = (place < limit and known[place]) or category(text, place, limit)
        x = place + 1 if a in _SKIPPED else place
        b = (x < limit and known[x]) or category(text, x, limit)
        c = (x + 1 < limit and known[x + 1]) or category(text, x + 1, limit)
        length = place - self.start
        size = _SIZES[length] if length < _LONG else 4
        rest = self.last - place
        left = _LEFT[rest] if rest < _FAR else 4
        quote = "none"
        if self.closing >= 0:
            quote = "open" if self.closing >= limit else "at" if place == self.closing else "past"
        stops = place >= self.clause_end or a == "."
        stop = ("SF" if rest == 0 else "S") if stops else "F" if rest == 0 else ""
        out: list[model.Fact] = [
            (_three, a, b, c),
            (_pair, a, b, kind, part, size, self.verb_at < place, opener, quote, stop),
            (_mark, a, draft.act, category(text, place - 1, limit), draft.relative, self.side, part),
            (_reach, a, kind, left, size, nth if nth < 6 else 6, stop),
            (_led, a, self.led, self.fronted, kind, stops),
        ]
        resumed = resumes_at(text, x)
        if resumed:
            out.append((_resumed, resumed, a, kind, opener, quote, size))
        report = self._report(x, a, b, quote)
        if report is not None:
            out.append(report)
        if quote == "at":
            out.append((_marked, min(length, 8), b, c))
        if forms[place - 1].kind == "punct" and text.marks.partner[place - 1] >= 0:
            out.append((_after_quote, a, kind))
        if x < limit and forms[x].cues:
            reading = best_reading(text, x)
            if reading is not None:
                form = reading.form
                mine = draft.reading.form if draft.reading else None
                agrees = mine.gender == form.gender if mine is not None and mine.gender and form.gender else None
                out.append((_next_cue, form.part, form.lemma.doubt, agrees, a))
        return out

    def _report(self, x: int, a: str, b: str, quote: str) -> model.Fact | None:
        """Whether another word that may report stands within three tokens; None where punctuation comes before it."""
        forms, limit = self.text.forms, self.limit
        for k in range(x, x + 3 if x + 3 < limit else limit):
            p = self.reports.get(k)
            if p is not None:
                sure = "2" if p >= 0.7 else "1" if p >= 0.4 else "0"
                return _report, k - x, sure, a, b, self.draft.kind, self.opener, quote
            if forms[k].kind == "punct":
                return None
        return _no_report, a, b


_SKIPPED: Final = frozenset({",", ";", "»", ".", "-"})

# The features by what they are made of. `a` is the category at the place, `b` and `c` those of the words after it.


def _three(a: str, b: str, c: str) -> list[str]:
    return [f"a={a}", f"ab={a} {b}", f"abc={a} {b} {c}", f"b={b}"]


def _pair(a: str, b: str, kind: str, part: str, size: int, verb: bool, opener: str, quote: str, stop: str) -> list[str]:
    state = f"{opener}/{quote}{stop}"
    return [
        f"ab|k={a} {b}|{kind}",
        f"ab|n={a} {b}|{size}",
        f"a|p={a}|{part}",
        f"ab|p={a} {b}|{part}",
        f"verb={verb}|{kind}|{a}",
        f"verb={verb}|{kind}|{a} {b}",
        f"a|o={a}|{opener}/{quote}",
        f"ab|o={a} {b}|{opener}/{quote}",
        f"q={state}",
        f"q|a={state}|{a}",
        f"verb={verb}|{quote}|{opener}",
    ]


def _mark(a: str, act: str, before: str, relative: bool, side: str, part: str) -> list[str]:
    return [f"act={act}|{a}", f"before={before}|{a}", f"relative={relative}|{a}", f"source={side}|{a}|{part}"]


def _reach(a: str, kind: str, left: int, size: int, nth: int, stop: str) -> list[str]:
    return [f"n={size}|{kind}", f"nth={nth}|{kind}", f"rest={left}|{a}|{kind}", f"S={stop}|{kind}"]


def _led(a: str, led: str, fronted: str, kind: str, stops: bool) -> list[str]:
    return [f"led={led}|{a}", f"led={led}|{kind}|{'S' if stops else ''}", f"fronted={fronted}|{a}"]


def _resumed(group: str, a: str, kind: str, opener: str, quote: str, size: int) -> list[str]:
    return [
        f"resumes={group}|{a}",
        f"resumes={group}|{a}|{kind}",
        f"resumes={group}|{opener}/{quote}",
        f"resumes={group}|{size}|{kind}",
    ]


def _report(ahead: int, sure: str, a: str, b: str, kind: str, opener: str, quote: str) -> list[str]:
    return [f"report={ahead}{sure}|{a}|{b}", f"report={sure}|{a}|{kind}", f"report={ahead}{sure}|{opener}/{quote}"]


def _no_report(a: str, b: str) -> list[str]:
    return [f"noreport|{a}|{b}"]


def _marked(inside: int, b: str, c: str) -> list[str]:
    return [f"marked={inside}|{b}", f"marked={'short' if inside <= 4 else 'long'}|{b}|{c}"]


def _after_quote(a: str, kind: str) -> list[str]:
    return [f"afterquote|{a}|{kind}"]


def _next_cue(part: str, doubt: bool, agrees: bool | None, a: str) -> list[str]:
    out = [f"next={part}|{doubt}|{a}"]
    return out if agrees is None else [*out, f"agree={agrees}|{part}|{a}"]


def _floor(text: Text, draft: Draft, start: int, place: int, reports: Reports) -> float:
    """The least probability of an end that the scheme demands: after a comma the outlet takes up its own account."""
    if place + 2 >= len(text.forms) or place - start < 2:
        return 0.0
    if draft.quote >= 0 and place == text.marks.partner[draft.quote]:
        return 0.9 if resumes_at(text, place + 1) == "setting" else 0.0  # قال "…" خلال حفل
    if text.marks.within[place] >= 0:
        return 0.0
    if text.forms[place].text not in "،,":
        return 0.0
    group = resumes_at(text, place + 1)
    if group == "ends" or (text.forms[place + 1].core in _WHILE and reports.get(place + 2, 0.0) >= 0.5):
        return 0.9  # وذلك …, فيما نفت النائبة ذلك
    return 0.6 if group == "setting" and text.forms[place + 1].core in ("في", "خلال") else 0.0


def best_end(
    text: Text, draft: Draft, start: int, ends: list[int], reports: Reports, weights: model.Model | None = None
) -> int:
    """The likeliest of the places: P(ends here and at no place before); the last one takes what is left."""
    if len(ends) == 1:
        return ends[0]
    weights = weights or model.load("end")
    best, best_odds, going = ends[-1], -1.0, 1.0
    last = ends[-1]
    facts = Ends(text, draft, start, last, reports)
    for nth, place in enumerate(ends):
        p = weights.probability(facts.features(place, nth)) if place != last else 1.0
        floor = _floor(text, draft, start, place, reports)
        if floor > p:
            p = floor
        if going * p > best_odds:
            best, best_odds = place, going * p
        going *= 1.0 - p
        if going < best_odds:
            break
    draft.end_log = math.log(max(best_odds, 1e-9))
    return best


def _trim(text: Text, start: int, end: int) -> tuple[int, int]:
    """Marks and punctuation at the edges belong to nobody (a bracket that opens inside stays)."""
    forms = text.forms
    if start >= end:
        return start, start
    while end > start + 1 and forms[end - 1].kind in ("punct", "newline") and forms[end - 1].text not in ")%":
        end -= 1
    while start < end - 1 and forms[start].kind in ("punct", "newline") and forms[start].text not in "(#":
        start += 1
    return start, end
