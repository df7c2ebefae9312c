"""The reader: from an article to its statements, step by step.

    cues → contents → nesting → speakers → features

Reading is a pure function of the article: no clock, no network, the same result every time, in time linear in the text.
"""

from __future__ import annotations

from typing import Final

from qawl.article import Article
from qawl.reading import contents, cues, model
from qawl.reading.draft import Draft, Tokens
from qawl.reading.form import form_of
from qawl.reading.nesting import nest
from qawl.reading.speakers import resolve
from qawl.reading.text import Text
from qawl.statement import Reading, Span, Speaker, Statement

#: Changes whenever the reader may read an article differently.
VERSION: Final = "1"
#: From this probability on a candidate is taken for a report (chosen by cross-validation, scripts/train.py).
_THRESHOLD: Final = 0.4


def read(article: Article | str) -> Reading:
    """Read an article (or a bare text): its statements in the order of the text, its speakers, the outlet's share."""
    if isinstance(article, str):
        article = Article(article)
    text = Text(article.text)
    drafts = find(text)
    for draft in drafts:
        if draft.source is None and draft.subject:
            draft.source = draft.subject
    who = resolve(text.words, drafts, text.marks)
    statements = tuple(
        _statement(text, draft, speaker, addressee)
        for draft, speaker, addressee in zip(drafts, who.speakers, who.addressees, strict=True)
    )
    return Reading(article.id, statements, who.cast, 1.0, f"qawl {VERSION}")


def find(text: Text) -> list[Draft]:
    """The drafts of all statements in a text: accepted cues with their contents, nested."""
    accept = model.load("cue")
    candidates = cues.find(text)
    for draft in candidates:
        draft.score = accept.probability(cues.features(text, draft))
    reports = cues.reports(candidates)
    drafts = [draft for draft in candidates if draft.score >= _THRESHOLD]
    for draft in drafts:
        contents.complete(text, draft, reports)
    nest(drafts)
    return drafts


def _span(text: Text, tokens: Tokens) -> Span:
    start, end = text.words.starts[tokens[0]], text.words.ends[tokens[1] - 1]
    return Span(start, end, text.words.text[start:end])


def _statement(text: Text, draft: Draft, speaker: Speaker | None, addressee: Speaker | None) -> Statement:
    return Statement(
        cue=_span(text, draft.cue) if draft.cue else None,
        source=_span(text, draft.source) if draft.source and draft.source != draft.subject else None,
        speaker=speaker,
        content=tuple(_span(text, c) for c in draft.content),
        form=form_of(text.words, draft.content, text.marks),
        kind=draft.kind,
        act=draft.act,
        parent=draft.parent,
        addressee=addressee,
        confidence=draft.score,
    )
