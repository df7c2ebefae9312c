"""The reader: from an article to its statements, step by step.

    cues → contents → nesting → addressees → speakers → features

Reading is a pure function of the article: no clock, no network, the same result every time, in time linear in the text.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from qawl.arabic.letters import strip_marks
from qawl.article import Article
from qawl.reading import about, addressees, circumstances, confidence, contents, cues, hedges, model
from qawl.reading.circumstances import Circumstances
from qawl.reading.draft import Draft, Tokens
from qawl.reading.form import form_of
from qawl.reading.nesting import nest
from qawl.reading.polarity import polarity_of
from qawl.reading.speakers import Resolution, resolve
from qawl.reading.text import Text
from qawl.reading.version import VERSION
from qawl.statement import Reading, SaidAt, Span, Speaker, Statement

#: From this probability on a candidate is taken for a report (chosen by cross-validation, scripts/train.py).
_THRESHOLD: Final = 0.46


#: Below this probability of being right as a whole a statement is left out (chosen likewise).
_LEAST_CONFIDENCE: Final = 0.28

#: The models of cues and of ends.
Models = tuple[model.Model, model.Model]


def read(article: Article | str) -> Reading:
    """Read an article (or a bare text): its statements in the order of the text, its speakers, the outlet's share."""
    return read_with(Article(article) if isinstance(article, str) else article)


def read_with(article: Article, models: Models | None = None, trust: model.Model | None = None) -> Reading:
    """Read with other models than the package's (for cross-validation)."""
    text = Text(article.text)
    drafts, who = attribute(text, find(text, models), trust)
    for draft, hedge in zip(drafts, hedges.find_all(text, drafts), strict=True):
        draft.hedge = hedge
    names = about.name_words([speaker.name for speaker in who.cast if speaker.type == "person"])
    published = _day(article.published)
    statements = tuple(
        _statement(text, draft, speaker, addressee, when, names, published)
        for draft, speaker, addressee, when in zip(
            drafts, who.speakers, who.addressees, circumstances.find_all(text, drafts), strict=True
        )
    )
    return Reading(article.id, statements, who.cast, _outlet_share(text, drafts), f"qawl {VERSION}")


def find(text: Text, models: Models | None = None) -> list[Draft]:
    """The drafts of all statements in a text: accepted cues with their contents, nested."""
    accept, end = models or (model.load("cue"), model.load("end"))
    candidates = cues.find(text)
    for draft in candidates:
        draft.score = accept.probability(cues.features(text, draft))
    reports = cues.reports(candidates)
    drafts = [draft for draft in candidates if draft.score >= _THRESHOLD]
    for draft in drafts:
        contents.complete(text, draft, reports, end)
    drafts = _once([draft for draft in drafts if _says_something(text, draft)])
    nest(drafts)
    return drafts


def attribute(text: Text, drafts: list[Draft], trust: model.Model | None = None) -> tuple[list[Draft], Resolution]:
    """Whom is told, who speaks, and how sure all that is. What is more probably wrong than of use is left out."""
    for draft in drafts:
        draft.addressee = addressees.find(text, draft)
    who = resolve(text.words, drafts, text.marks)
    judge = trust or model.load("confidence")
    for draft, speaker in zip(drafts, who.speakers, strict=True):
        parent = drafts[draft.parent] if draft.parent is not None else None
        draft.confidence = judge.probability(confidence.features(text, draft, speaker, parent))
    kept = [n for n, draft in enumerate(drafts) if draft.confidence >= _LEAST_CONFIDENCE]
    if len(kept) < len(drafts):
        drafts, who = _keep(drafts, who, kept)
    return drafts, who


def _keep(drafts: list[Draft], who: Resolution, kept: list[int]) -> tuple[list[Draft], Resolution]:
    """The drafts that are kept, nested anew, with their speakers and the cast that still speaks or is told."""
    left = [drafts[n] for n in kept]
    for draft in left:
        draft.parent = None
    nest(left)
    speakers = tuple(who.speakers[n] for n in kept)
    told = tuple(who.addressees[n] for n in kept)
    present = {speaker.id for speaker in (*speakers, *told) if speaker}
    return left, Resolution(speakers, told, tuple(s for s in who.cast if s.id in present))


def _once(drafts: list[Draft]) -> list[Draft]:
    """Of drafts with one and the same content the likeliest (قال النادي، عبر حسابه، إن: not عبر too).

    What stands before its cue is a statement of its own, though somebody said the same (قال إن …، وهو ما نفاه المدير).
    """
    best: dict[tuple[bool, tuple[tuple[int, int], ...]], Draft] = {}
    for draft in drafts:
        key = draft.frame == "before", tuple(draft.content)
        if key not in best or draft.score > best[key].score:
            best[key] = draft
    kept = {id(draft) for draft in best.values()}
    return [draft for draft in drafts if id(draft) in kept]


def _says_something(text: Text, draft: Draft) -> bool:
    for first, last in draft.content:
        for form in text.forms[first:last]:
            if form.kind in ("word", "number"):
                return True
    return False


def _day(published: datetime | date | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _outlet_share(text: Text, drafts: list[Draft]) -> float:
    """The share of the words that lie in no statement's content."""
    words = bytearray(len(text.forms))  # 1: a word that lies in none
    for first, last in text.words.paragraphs:
        words[first:last] = b"\1" * (last - first)
    for i in text.words.points:
        words[i] = 0
    total = words.count(1)
    for draft in drafts:
        for first, last in draft.content:
            words[first:last] = bytes(last - first)
    return words.count(1) / total if total else 1.0


def _span(text: Text, tokens: Tokens, letters: int = 0, glued: str = "") -> Span:
    """The slice of the tokens, less the first `letters` letters; with a preposition written onto the next word."""
    start, end = text.words.starts[tokens[0]], text.words.ends[tokens[1] - 1]
    whole = text.words.text
    while letters and start + 1 < end:
        start += 1
        while start + 1 < end and not strip_marks(whole[start]):
            start += 1
        letters -= 1
    if glued and tokens[1] < len(text.forms):
        end = text.words.starts[tokens[1]] + 1
    return Span(start, end, whole[start:end])


def _cue_span(text: Text, draft: Draft) -> Span | None:
    if draft.cue is None:
        return None
    form = text.forms[draft.cue[0]]
    hit = text.phrases.get(draft.cue[0]) if draft.reading is None and draft.opener == "phrase" else None
    return _span(text, draft.cue, len(form.conj), hit[1].glued if hit else "")


def _free_span(text: Text, tokens: Tokens | None) -> Span | None:
    """The slice of the tokens without a conjunction written onto the first."""
    return _span(text, tokens, len(text.forms[tokens[0]].conj)) if tokens else None


def _source_span(text: Text, source: Tokens | None) -> Span | None:
    if source is None:
        return None
    form = text.forms[source[0]]
    return _span(text, source, len(form.conj) + (0 if form.article else len(form.prep)))


def _statement(
    text: Text,
    draft: Draft,
    speaker: Speaker | None,
    addressee: Speaker | None,
    when: Circumstances,
    names: frozenset[str],
    published: date | None,
) -> Statement:
    said_at = None
    if when.time or when.earlier:
        time = when.time
        span = _free_span(text, (time.start, time.end)) if time else None
        said_at = SaidAt(span, time.resolve(published) if time else None, when.earlier)
    return Statement(
        cue=_cue_span(text, draft),
        source=_source_span(text, draft.source),
        speaker=speaker,
        content=tuple(_span(text, c) for c in draft.content),
        form=form_of(text.words, draft.content, text.marks),
        kind=draft.kind,
        act=draft.act,
        parent=draft.parent,
        hedge=_free_span(text, draft.hedge),
        addressee=addressee,
        about=about.find(text, draft.content, names),
        polarity=polarity_of(text, draft.content, draft.kind),
        setting=_free_span(text, when.setting),
        said_at=said_at,
        confidence=draft.confidence,
    )
