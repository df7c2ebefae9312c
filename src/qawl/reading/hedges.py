"""Hedges: the words by which the outlet keeps its distance (``بحسب تعبيره``, ``ما وصفه بـ``, ``زعم``)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon.cues import Lemma
from qawl.reading.draft import Draft, Tokens
from qawl.reading.text import Text

#: Reporting words that themselves say that the outlet does not vouch for it.
_DISTANT: Final = frozenset(map(fold, ("زعم", "ادعى", "حجة", "دعوى", "ذريعة")))
#: How far after a content its hedge may stand, in tokens (``…، على حد قوله``).
_TAIL: Final = 6
#: No content is looked at that began more tokens before a hedge than this (few are half as long).
_WIDEST: Final = 600


def find_all(text: Text, drafts: Sequence[Draft]) -> list[Tokens | None]:
    """The hedge of each draft, or None. A hedge belongs to the innermost statement that it stands in. Linear."""
    found: list[Tokens | None] = [draft.cue if _is_distant(draft) else None for draft in drafts]
    spans = _spans(text)
    if not spans:
        return found
    cue_tokens = {k for draft in drafts if draft.cue for k in range(*draft.cue)}
    sizes = [sum(last - first for first, last in draft.content) for draft in drafts]
    reach = sorted((first, last, i) for i, draft in enumerate(drafts) for first, last in _reach(text, draft))
    starts = [first for first, _, _ in reach]
    for start, end in spans:
        if any(k in cue_tokens for k in range(start, end)):
            continue
        best = -1
        for first, last, i in reach[bisect_left(starts, start - _WIDEST) : bisect_right(starts, start)]:
            if first <= start < last and found[i] is None and (best < 0 or sizes[i] < sizes[best]):
                best = i
        if best >= 0:
            found[best] = (start, end)
    return found


def _spans(text: Text) -> list[Tokens]:
    """All places of the text where a hedge of the table stands."""
    return [(start, start + hit[0]) for start, hit in text.hedges.items()]


def _reach(text: Text, draft: Draft) -> list[Tokens]:
    """Where a hedge of this draft can stand: its content, what stands between cue and content, and a little after."""
    ranges = list(draft.content)
    last = draft.content[-1][1]
    if draft.cue and draft.cue[1] < draft.content[0][0]:
        ranges.append((draft.cue[1], draft.content[0][0]))
    number = text.marks.sentence_of[last - 1]
    if number >= 0:
        ranges.append((last, min(last + _TAIL, text.sentences[number][1])))
    return ranges


def _is_distant(draft: Draft) -> bool:
    if draft.reading is None or not _keeps_distance(draft.reading.form.lemma):
        return False
    # ادعاء and دعوى are things that somebody has; بدعوى, بحجة are the outlet's.
    return draft.reading.form.part not in ("masdar", "noun") or draft.reading.prefix == "ب"


@cache
def _keeps_distance(lemma: Lemma) -> bool:
    return fold(lemma.lemma) in _DISTANT
