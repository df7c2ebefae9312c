"""Confidence: how probable it is that a statement is right as a whole (found, its content, its speaker).

A small model (`confidence`) weighs what the steps before it were unsure of; its probabilities are calibrated by
cross-validation over articles (docs/accuracy.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Draft
from qawl.reading.model import Fact
from qawl.reading.text import VOICE, Text
from qawl.statement import Speaker

_CUE_STEPS: Final = (0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 0.97)
_END_STEPS: Final = (-1.4, -0.9, -0.6, -0.4, -0.25, -0.12, -0.05)
_NAME: Final = (WordClass.GIVEN | WordClass.SURNAME).value


def features(text: Text, draft: Draft, speaker: Speaker | None, parent: Draft | None) -> list[Fact]:
    """What the model `confidence` looks at in a statement whose content and speaker are known."""
    cue = _step(draft.score, _CUE_STEPS)
    end = _step(draft.end_log, _END_STEPS)
    part = draft.reading.form.part if draft.reading else "none"
    source = "named" if draft.source else "carried"
    who = speaker.type if speaker else "nobody"
    quoted = "quoted" if draft.quote >= 0 else "told"
    length = min(sum(last - first for first, last in draft.content) // 6, 5)
    out: list[Fact] = [
        (_sureness, cue, end, draft.kind),
        (_content, draft.kind, draft.opener, draft.frame, length, draft.act),
        (_speech, part, source, who, draft.kind),
        (_setting, quoted, draft.opener, end, parent is not None, source, draft.at < text.headline_end),
    ]
    if draft.source:
        first, last = draft.source
        head = text.classes[first]
        kind = "voice" if head & VOICE else "known" if head else "unknown"
        named = False
        for flags in text.classes[first:last]:
            named = named or flags & _NAME != 0
        out.append((_named, kind, min(last - first, 5), named))
    elif speaker is not None:
        gap = draft.at - _named_before(text, speaker, draft)
        out.append((_carried, min(gap // 15, 6), part))
    return out


# The features by what they are made of.


def _sureness(cue: int, end: int, kind: str) -> list[str]:
    return [f"cue={cue}", f"end={end}", f"cue|end={cue}|{end}", f"cue|kind={cue}|{kind}", f"end|kind={end}|{kind}"]


def _content(kind: str, opener: str, frame: str, length: int, act: str) -> list[str]:
    return [f"kind={kind}|{opener}", f"frame={frame}", f"length={length}|{kind}", f"act={act}|{kind}"]


def _speech(part: str, source: str, who: str, kind: str) -> list[str]:
    return [f"part={part}|{source}", f"source={source}|{who}", f"source|kind={source}|{kind}"]


def _setting(quoted: str, opener: str, end: int, nested: bool, source: str, headline: bool) -> list[str]:
    return [f"quoted={quoted}|{opener}|{end}", f"nested={nested}|{source}", f"headline={headline}"]


def _named(kind: str, length: int, named: bool) -> list[str]:
    return [f"head={kind}|{length}", f"named={named}|{kind}"]


def _carried(gap: int, part: str) -> list[str]:
    return [f"gap={gap}|{part}"]


def _named_before(text: Text, speaker: Speaker, draft: Draft) -> int:
    """The token (roughly) of the speaker's last mention before the cue; the cue where there is none."""
    at = text.words.starts[draft.at]
    before = bisect_left(speaker.mentions, at, key=lambda mention: mention.start)
    if not before:
        return draft.at
    return int(speaker.mentions[before - 1].start * (len(text.words) / max(len(text.words.text), 1)))


def _step(value: float, steps: tuple[float, ...]) -> int:
    return bisect_right(steps, value)
