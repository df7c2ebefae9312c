"""Confidence: how probable it is that a statement is right as a whole (found, its content, its speaker).

A small model (`confidence`) weighs what the steps before it were unsure of; its probabilities are calibrated by
cross-validation over articles (docs/accuracy.md).
"""

from __future__ import annotations

from typing import Final

from qawl.lexicon.classes import WordClass
from qawl.reading.draft import Draft
from qawl.reading.text import VOICE, Text
from qawl.statement import Speaker

_CUE_STEPS: Final = (0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 0.97)
_END_STEPS: Final = (-1.4, -0.9, -0.6, -0.4, -0.25, -0.12, -0.05)
_NAME: Final = (WordClass.GIVEN | WordClass.SURNAME).value


def features(text: Text, draft: Draft, speaker: Speaker | None, parent: Draft | None) -> list[str]:
    """The features of the model `confidence` for one statement whose content and speaker are known."""
    cue = _step(draft.score, _CUE_STEPS)
    end = _step(draft.end_log, _END_STEPS)
    part = draft.reading.form.part if draft.reading else "none"
    source = "named" if draft.source else "carried"
    who = speaker.type if speaker else "nobody"
    quoted = "quoted" if draft.quote >= 0 else "told"
    length = min(sum(last - first for first, last in draft.content) // 6, 5)
    out = [
        f"cue={cue}",
        f"end={end}",
        f"cue|end={cue}|{end}",
        f"kind={draft.kind}|{draft.opener}",
        f"frame={draft.frame}",
        f"part={part}|{source}",
        f"source={source}|{who}",
        f"source|kind={source}|{draft.kind}",
        f"quoted={quoted}|{draft.opener}|{end}",
        f"length={length}|{draft.kind}",
        f"cue|kind={cue}|{draft.kind}",
        f"end|kind={end}|{draft.kind}",
        f"nested={parent is not None}|{source}",
        f"headline={draft.at < text.headline_end}",
        f"act={draft.act}|{draft.kind}",
    ]
    if draft.source:
        first, last = draft.source
        head = text.classes[first]
        kind = "voice" if head & VOICE else "known" if head else "unknown"
        out += [
            f"head={kind}|{min(last - first, 5)}",
            f"named={any(text.classes[k] & _NAME for k in range(first, last))}|{kind}",
        ]
    elif speaker is not None:
        gap = draft.at - max((m for m in _before(text, speaker, draft)), default=draft.at)
        out.append(f"gap={min(gap // 15, 6)}|{part}")
    return out


def _before(text: Text, speaker: Speaker, draft: Draft) -> list[int]:
    """Token positions (roughly) of the speaker's mentions before the cue."""
    at = text.words.starts[draft.at]
    share = len(text.words) / max(len(text.words.text), 1)
    return [int(m.start * share) for m in speaker.mentions if m.start < at]


def _step(value: float, steps: tuple[float, ...]) -> int:
    return sum(value >= step for step in steps)
