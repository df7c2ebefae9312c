"""Wording: the versions of one statement word by word. What they have in common, what only one has, what differs.

`align` lays two versions side by side, `collate` any number. Words are compared by what they are forms of, so that
spelling, clitics and the shift of person and tense in indirect speech make no difference. What differs in a way that
matters has a kind (`qawl.compare.lists.Kind`); other words for the same thing are shown, and have none. Nothing here
judges who is right.

Which words are the same is the business of `qawl.compare.pairing`, how the rest differs that of
`qawl.compare.differences`. Everything is a pure function of the versions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from qawl.arabic.letters import fold
from qawl.compare.differences import Difference, differences
from qawl.compare.lists import KINDS, Kind, Note
from qawl.compare.pairing import Pairing
from qawl.compare.words import Version
from qawl.statement import Span

#: Versions of one statement that are all compared with each other; of more, each is compared with the fullest.
MOST_PAIRED: Final = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the versions have other words, or one has words and the other (None) has none: slices of their articles."""

    left: Span | None
    right: Span | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two versions side by side.

    `pairs` are the words (by their index) that are the same in both, in the order of the left version; mostly they rise
    on the right as well, but for what stands in another order there. `gaps` lie between them. `common` is the share of
    the shorter version's words of content that the other has too, 0 to 1.
    """

    left: Version
    right: Version
    pairs: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]
    differences: tuple[Difference, ...]
    common: float

    def turned(self) -> Alignment:
        """The same, seen from the other side."""
        return Alignment(
            self.right,
            self.left,
            tuple(sorted((j, i) for i, j in self.pairs)),
            tuple(Gap(gap.right, gap.left) for gap in self.gaps),
            tuple(d.turned() for d in self.differences),
            self.common,
        )


@dataclass(frozen=True, slots=True)
class Contrast:
    """A difference, and which versions (by their position) have either side of it. What one side alone has stands on
    the left."""

    kind: Kind
    note: Note
    left: Span | None
    ours: tuple[int, ...]
    right: Span | None
    theirs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Collation:
    """All versions of one statement. The first is the fullest: the reference.

    `core` are its words (by index) that every other version has too. `alignments` are those of all pairs, by the
    positions of the two versions, the smaller first; of more than `MOST_PAIRED` versions, those with the reference.
    """

    versions: tuple[Version, ...]
    core: tuple[int, ...]
    alignments: dict[tuple[int, int], Alignment]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of difference that occur, in their order."""
        found = {d.kind for alignment in self.alignments.values() for d in alignment.differences}
        return tuple(kind for kind in KINDS if kind in found)

    def contrasts(self) -> tuple[Contrast, ...]:
        """The differences from the reference, those of one kind together, and what differs between other versions and
        is not told by then, but for what they leave out or quote; what several pairs have is told once."""
        found: dict[tuple[Kind, Note, str, str], tuple[Difference, set[int], set[int]]] = {}
        for (m, n), alignment in self.alignments.items():
            told = {(key[0], words) for key in found for words in key[2:]}
            for d in alignment.differences:
                one, other = m, n
                if d.side == "right" or (d.side is None and _key(d.turned()) in found):
                    d, one, other = d.turned(), n, m
                key = _key(d)
                of_extent = d.kind in ("extent", "quotation")
                if m and key not in found and (of_extent or told & {(d.kind, words) for words in key[2:] if words}):
                    continue
                _, ours, theirs = found.setdefault(key, (d, set(), set()))
                ours.add(one)
                theirs.add(other)
        listed = [
            Contrast(d.kind, d.note, d.left, tuple(sorted(ours)), d.right, tuple(sorted(theirs)))
            for d, ours, theirs in found.values()
        ]
        return tuple(sorted(listed, key=lambda contrast: KINDS.index(contrast.kind)))

    def to_json(self) -> dict[str, Any]:
        """The versions, the fullest first; the words of it that all have; and the differences of each pair."""
        return {
            "versions": [version.to_json() for version in self.versions],
            "common": [self.versions[0].words[n].span.to_json() for n in self.core],
            "differences": [
                {
                    "kind": d.kind,
                    "note": d.note,
                    "side": d.side,
                    "between": [self.versions[m].place.ref, self.versions[n].place.ref],
                    "left": d.left.to_json() if d.left else None,
                    "right": d.right.to_json() if d.right else None,
                }
                for (m, n), alignment in self.alignments.items()
                for d in alignment.differences
            ],
        }


def collate(versions: Iterable[Version]) -> Collation:
    """The versions of one statement, those of the very same words as one, the fullest first."""
    kept = sorted(_merged(versions), key=lambda v: (-v.weight, v.headline, v.place.day or "~", v.place.ref))
    pairs = list(combinations(range(len(kept)), 2))
    if len(kept) > MOST_PAIRED:
        pairs = [(0, n) for n in range(1, len(kept))]
    alignments = {(m, n): align(kept[m], kept[n]) for m, n in pairs}
    core = set(range(len(kept[0].words))) if len(kept) > 1 else set()
    for n in range(1, len(kept)):
        core &= {i for i, _ in alignments[0, n].pairs}
    return Collation(tuple(kept), tuple(sorted(core)), alignments)


def _merged(versions: Iterable[Version]) -> Iterator[Version]:
    """The versions, each wording once, with the first place that has it before the others."""
    by_words: dict[tuple[object, ...], list[Version]] = defaultdict(list)
    for version in versions:
        by_words[version.wording()].append(version)
    for same in by_words.values():
        same.sort(key=lambda v: (v.place.day or "~", v.place.ref))
        yield replace(same[0], also=tuple(v.place for v in same[1:]))


def align(left: Version, right: Version) -> Alignment:
    """Two versions side by side, and how they differ. Total; the other way round it comes to the same, turned."""
    if _order(right) < _order(left):
        return align(right, left).turned()
    pairing = Pairing(left, right)
    gaps = (Gap(_slice(left, block.words[0]), _slice(right, block.words[1])) for block in pairing.blocks)
    return Alignment(left, right, pairing.pairs, tuple(gaps), differences(pairing), pairing.common)


def _order(version: Version) -> tuple[object, ...]:
    return (version.place.ref, version.content, version.cue or Span(0, 0, ""))


def _slice(version: Version, block: Sequence[int]) -> Span | None:
    return version.slice(block[0], block[-1] + 1) if block else None


def _key(difference: Difference) -> tuple[Kind, Note, str, str]:
    left, right = (fold(span.text) if span else "" for span in (difference.left, difference.right))
    return difference.kind, difference.note, left, right
