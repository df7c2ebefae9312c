"""Wording: the versions of one statement word by word. What they have in common, what only one has, what differs.

`align` lays two versions side by side, `collate` any number. Words are compared by what they are forms of, so that
spelling, clitics and the shift of person and tense in indirect speech make no difference. What differs in a way that
matters has a kind (`qawl.compare.lists.Kind`); other words for the same thing are shown, and have none. Nothing here
judges who is right.

Everything is a pure function of the versions; the cost is that of a bit-parallel longest common subsequence, over at
most `MOST_WORDS` words of either version.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any, Final, Literal, NamedTuple

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from qawl.arabic.letters import fold
from qawl.arabic.words import form_of, tokenize
from qawl.compare.lists import KINDS, Kind, Note
from qawl.compare.words import Marker, Version, Word
from qawl.statement import Span

#: Words of content of one version that are aligned; what comes after them stands there unaligned.
MOST_WORDS: Final = 1500
#: Versions of one statement that are all compared with each other; of more, each is compared with the fullest.
MOST_PAIRED: Final = 12
#: Words of content that a clause has at least: with so many more on one side, the other leaves something out.
_CLAUSE: Final = 3
#: … of a headline, which is short.
_HEADLINE_CLAUSE: Final = 2
#: The most words of content that are taken for another way to say what the other version says in their place.
_SUBSTITUTE: Final = 3
#: The most words of content between which names are looked for that stand for each other.
_BESIDE: Final = 6
#: The most words of content that stand beside a name, or instead of it, where the other version does not have it.
_INSTEAD: Final = 2
#: The least share of common words with which two reporting words can be taken to be about the same.
_MUCH: Final = 0.6
#: How far two pairs of words may lie apart, in words of content, to lend each other support.
_NEAR: Final = 3
#: How far from its place a negation or a mark of certainty may stand in the other version, in words of content.
_ELSEWHERE: Final = 6
#: How alike two spellings of a foreign name are at least (نتنياهو / نتانياهو), 0 to 100; and its letters.
_ALIKE: Final = 80.0
_LONG_NAME: Final = 4
#: How alike two spellings of any other word are at least (كيماوية / كيميائية), 0 to 100; and its letters.
_NEARLY: Final = 85.0
_LONG_WORD: Final = 6
#: The most names that are compared by their spelling.
_MOST_NAMES: Final = 60


Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in a way that matters between two versions; `left` and `right` are slices of their articles.

    A side is None where it has nothing in that place. A `note` says what kind of case it is; where that is something
    which one version alone has, `side` tells which.
    """

    kind: Kind
    left: Span | None
    right: Span | None
    note: Note
    side: Side | None = None

    def turned(self) -> Difference:
        """The same, seen from the other side."""
        side: Side | None = self.side and ("right" if self.side == "left" else "left")
        return Difference(self.kind, self.right, self.left, self.note, side)


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


def _key(difference: Difference) -> tuple[Kind, Note, str, str]:
    left, right = (fold(span.text) if span else "" for span in (difference.left, difference.right))
    return difference.kind, difference.note, left, right


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
        """The differences of all pairs, those of one kind together; what several pairs have is told once."""
        found: dict[tuple[Kind, Note, str, str], tuple[Difference, set[int], set[int]]] = {}
        for (m, n), alignment in self.alignments.items():
            for d in alignment.differences:
                one, other = m, n
                if d.side == "right" or (d.side is None and _key(d.turned()) in found):
                    d, one, other = d.turned(), n, m
                _, ours, theirs = found.setdefault(_key(d), (d, set(), set()))
                ours.add(one)
                theirs.add(other)
        told = [
            Contrast(d.kind, d.note, d.left, tuple(sorted(ours)), d.right, tuple(sorted(theirs)))
            for d, ours, theirs in found.values()
        ]
        return tuple(sorted(told, key=lambda contrast: KINDS.index(contrast.kind)))

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
    return _Comparison(left, right).alignment()


def _order(version: Version) -> tuple[object, ...]:
    return (version.place.ref, version.content, version.cue or Span(0, 0, ""))


_Governing = Literal["negation", "certainty"]


class _Block(NamedTuple):
    """Words of content on both sides between two pairs, and these pairs; None where the version begins or ends."""

    words: tuple[list[int], list[int]]
    before: tuple[int, int] | None
    after: tuple[int, int] | None


class _Comparison:
    """Two versions, while they are compared. Words are given by their index in the version."""

    def __init__(self, left: Version, right: Version) -> None:
        self.left, self.right = left, right
        self.sides = (left, right)
        self.content = tuple(
            [n for n, word in enumerate(version.words) if word.role == "content"][:MOST_WORDS] for version in self.sides
        )
        self.rank = tuple({n: at for at, n in enumerate(content)} for content in self.content)
        self.classes: tuple[list[int], list[int]] = ([], [])  # of the words of content: the same number, the same word
        self.straight: list[tuple[int, int]] = []  # rising on both sides
        self.moved: list[tuple[int, int]] = []
        self.differences: list[Difference] = []

    def alignment(self) -> Alignment:
        self._align()
        self.supported = self._with_support()
        self.surroundings = frozenset(self.supported)
        blocks = self._blocks()
        self._negation(blocks)
        self._numbers(blocks)
        self._names(blocks)
        self._certainty(blocks)
        self._verb()
        self._quotation(blocks)
        self._extent(blocks)
        order = {kind: n for n, kind in enumerate(KINDS)}
        found = dict.fromkeys(self.differences)
        return Alignment(
            self.left,
            self.right,
            tuple(sorted(self.straight + self.moved)),
            tuple(Gap(self._block(0, block.words[0]), self._block(1, block.words[1])) for block in blocks),
            tuple(sorted(found, key=lambda d: (order[d.kind], *(s.start if s else -1 for s in (d.left, d.right))))),
            self._common(),
        )

    def _common(self) -> float:
        fewer = min(map(len, self.content))
        return (len(self.straight) + len(self.moved)) / fewer if fewer else 0.0

    # Alignment

    def _align(self) -> None:
        """Pair the words: the longest common subsequence, what stands elsewhere, and then other forms of one root."""
        mine, theirs = self.classes = self._classified()
        for step in LCSseq.opcodes(mine, theirs):
            if step.tag == "equal":
                length = step.src_end - step.src_start
                self.straight += [
                    (self.content[0][step.src_start + k], self.content[1][step.dest_start + k]) for k in range(length)
                ]
        self._pair_moved(mine, theirs)
        for block in self._blocks():
            self._pair_roots(*block.words)
        self._pair_moved_roots()
        self.straight.sort()

    def _classified(self) -> tuple[list[int], list[int]]:
        """A number for each word of content: the same for those that are the same word."""
        parent: dict[str, str] = {}

        def find(key: str) -> str:
            while parent.setdefault(key, key) != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key

        names: list[dict[str, None]] = [{}, {}]
        first: list[list[str]] = [[], []]
        for side, version in enumerate(self.sides):
            for n in self.content[side]:
                word = version.words[n]
                keys = [f"#{word.number}"] if word.number is not None else sorted(word.keys)
                for key in keys[1:]:
                    parent[find(key)] = find(keys[0])
                first[side].append(keys[0])
                if word.name and word.number is None:
                    names[side][_stem(word)] = None
                    parent[find(_stem(word))] = find(keys[0])
        known = tuple({find(key) for key in keys} for keys in first)
        mine, theirs = ([name for name in names[k] if find(name) not in known[1 - k]][:_MOST_NAMES] for k in (0, 1))
        for one, other in product(mine, theirs):
            if _one_name(one, other):
                parent[find(one)] = find(other)
        numbers: dict[str, int] = {}
        left, right = ([numbers.setdefault(find(key), len(numbers)) for key in keys] for keys in first)
        return left, right

    def _pair_moved(self, mine: Sequence[int], theirs: Sequence[int]) -> None:
        taken = ({i for i, _ in self.straight}, {j for _, j in self.straight})
        free: dict[int, list[int]] = defaultdict(list)
        for n, number in zip(reversed(self.content[1]), reversed(theirs), strict=True):
            if n not in taken[1]:
                free[number].append(n)
        for n, number in zip(self.content[0], mine, strict=True):
            if n not in taken[0] and free[number]:
                self.moved.append((n, free[number].pop()))

    def _pair_roots(self, one: Sequence[int], other: Sequence[int]) -> None:
        """Pair what is left in one place where it has the letters of one root: يدخل / دخول."""
        free: dict[str, list[int]] = defaultdict(list)
        for n in reversed(other):
            if root := _root(self.right.words[n]):
                free[root].append(n)
        last = -1
        for n in one:
            found = free.get(_root(self.left.words[n]), [])
            while found and found[-1] <= last:
                found.pop()
            if not found and len(one) <= _BESIDE and len(other) <= _BESIDE:
                found = [k for k in reversed(other) if k > last and self._one_word(n, k)]
            if found:
                last = found.pop()
                self.straight.append((n, last))

    def _pair_moved_roots(self) -> None:
        """Pair what is left of one root anywhere, where only one word on either side has it."""
        taken = tuple({pair[side] for pair in (*self.straight, *self.moved)} for side in (0, 1))
        roots: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
        for side, version in enumerate(self.sides):
            for n in self.content[side]:
                if n not in taken[side] and (root := _root(version.words[n])):
                    roots[side][root].append(n)
        for root, one in roots[0].items():
            other = roots[1].get(root, [])
            if len(one) == len(other) == 1:
                self.moved.append((one[0], other[0]))

    def _one_word(self, i: int, j: int) -> bool:
        left, right = self.left.words[i], self.right.words[j]
        return left.number is None and right.number is None and _one_spelling(left.span.text, right.span.text)

    def _blocks(self) -> list[_Block]:
        """The words of content between two pairs that rise on both sides, without those that are paired elsewhere;
        places where there are none on either side are left out."""
        taken = ({i for i, _ in self.moved}, {j for _, j in self.moved})
        found = []
        before: tuple[int, int] | None = None
        at = [0, 0]
        for pair in [*sorted(self.straight), None]:
            words: list[list[int]] = []
            for side in (0, 1):
                end = len(self.content[side]) if pair is None else self.rank[side][pair[side]]
                words.append([n for n in self.content[side][at[side] : end] if n not in taken[side]])
                at[side] = end + 1
            if words[0] or words[1]:
                found.append(_Block((words[0], words[1]), before, pair))
            before = pair
        return found

    def _with_support(self) -> list[tuple[int, int]]:
        """The pairs that have another pair near on both sides: the same words in the same surroundings. In versions of
        few words all pairs have."""
        pairs = sorted(self.straight)
        if min(map(len, self.content)) <= _NEAR:
            return sorted(pairs + self.moved)
        ranks = [(self.rank[0][i], self.rank[1][j]) for i, j in pairs]
        found = []
        for pair in sorted(pairs + self.moved):
            a, b = self.rank[0][pair[0]], self.rank[1][pair[1]]
            at = bisect_right(ranks, (a, b))
            near = ranks[max(0, at - _NEAR - 1) : at + _NEAR]
            if any((x, y) != (a, b) and abs(x - a) <= _NEAR and abs(y - b) <= _NEAR for x, y in near):
                found.append(pair)
        return found

    def _in_place(self, block: _Block) -> bool:
        """Does the block stand in the same surroundings on both sides: beside a pair that has support?"""
        return bool({block.before, block.after} & self.surroundings)

    def _same_place(self, blocks: Sequence[_Block]) -> Iterator[tuple[list[int], list[int]]]:
        """Words that stand for each other: each pair with support, and few words in the place of few others."""
        for i, j in self.supported:
            yield [i], [j]
        for block in blocks:
            if all(0 < len(words) <= _SUBSTITUTE for words in block.words) and self._in_place(block):
                yield block.words

    # Kinds of difference

    def _negation(self, blocks: Sequence[_Block]) -> None:
        denied = tuple(version.act == "deny" for version in self.sides)
        for mine, i, theirs, j in self._governed("negation", blocks):
            if (mine is None or theirs is None) and denied[0] != denied[1]:
                continue  # نفى بيع الميناء, and قال إنه لن يبيعه
            self._add_governed("negation", mine, i, theirs, j)
        if denied[0] != denied[1] and self._common() >= _MUCH and not any(map(_denies, self.sides)):
            side = denied.index(True)
            self._add_from(side, "negation", self.sides[side].cue, self.sides[1 - side].cue, "denial")

    def _certainty(self, blocks: Sequence[_Block]) -> None:
        for mine, i, theirs, j in self._governed("certainty", blocks):
            says = {marker.says if marker is not None else "future" for marker in (mine, theirs)}
            if len(says) == 1:
                continue  # the future and no mark at all are one: headlines and indirect speech shift the tense
            if (mine is None and self._told_by_cue(1, theirs)) or (theirs is None and self._told_by_cue(0, mine)):
                continue
            self._add_governed("certainty", mine, i, theirs, j)
        if (self.left.hedge is None) != (self.right.hedge is None):
            side = 0 if self.left.hedge else 1
            hedge = self.sides[side].hedge
            if hedge is not None and fold(hedge.text) not in fold(self.sides[1 - side].text):
                self._add_from(side, "certainty", hedge, None, "hedge")

    def _told_by_cue(self, side: int, marker: Marker | None) -> bool:
        """Is what says how certain it is here the reporting word there (قال: أعتقد أن, أعتقد أن)?"""
        if marker is None:
            return False
        return _has_lemma(self.sides[side].words[marker.first : marker.last], self.sides[1 - side].cue)

    def _governed(
        self, what: _Governing, blocks: Sequence[_Block]
    ) -> list[tuple[Marker | None, int, Marker | None, int]]:
        """Places where what governs the words of the two sides does not agree: each side's marker, and its word.

        A marker that the other side has too, but at a word near by, is none: ليس الميناء للبيع, الميناء ليس للبيع.
        """
        settled: set[tuple[int, int]] = set()
        open_: list[tuple[Marker | None, int, Marker | None, int]] = []
        for one, other in self._same_place(blocks):
            mine, i = _governing(self.left, one, what)
            theirs, j = _governing(self.right, other, what)
            if mine is not None and theirs is not None and _agree(mine, theirs):
                settled |= {(0, i), (1, j)}
            elif (mine is not None or theirs is not None) and self._alike(i, j):
                open_.append((mine, i, theirs, j))
        loose: list[list[tuple[int, Marker]]] = [[], []]
        for side, version in enumerate(self.sides):
            for at, n in enumerate(self.content[side]):
                marker = _governing(version, [n], what)[0]
                if marker is not None and (side, n) not in settled:
                    loose[side].append((at, marker))
        found = []
        for mine, i, theirs, j in open_:
            if mine is not None and theirs is None:
                elsewhere = _has_near(loose[1], self.rank[1][j], what, mine)
            elif theirs is not None and mine is None:
                elsewhere = _has_near(loose[0], self.rank[0][i], what, theirs)
            else:
                elsewhere = False
            if not elsewhere:
                found.append((mine, i, theirs, j))
        return found

    def _alike(self, i: int, j: int) -> bool:
        """Are these one word, or can both be verbs, or neither?"""
        return (i, j) in self.surroundings or self.left.words[i].verb == self.right.words[j].verb

    def _numbers(self, blocks: Sequence[_Block]) -> None:
        """Numbers that one side alone has, beside the number that stands in their place, if one does."""
        free: tuple[list[tuple[int, int]], ...] = tuple(
            [
                (n, at)
                for at, block in enumerate(blocks)
                for n in block.words[side]
                if version.words[n].number is not None
            ]
            for side, version in enumerate(self.sides)
        )
        across = dict(self.supported)
        counted = {self._counted(1, j): j for j, _ in free[1]}
        couples = [(i, counted[j]) for i, _ in free[0] if (j := across.get(self._counted(0, i), -2)) in counted]
        told = ({i for i, _ in couples}, {j for _, j in couples})
        for i, at in free[0]:
            for j, other in free[1]:
                apart = i in told[0] or j in told[1] or self._is_year(0, i) != self._is_year(1, j)
                if at == other and not apart and self._in_place(blocks[at]):
                    couples.append((i, j))
                    told[0].add(i)
                    told[1].add(j)
        for i, j in sorted(couples):
            self._add("number", self._word(0, i), self._word(1, j), "other")
        pairs = (across, {j: i for i, j in across.items()})
        for side in (0, 1):
            for n, at in free[side]:
                thing = self._counted(side, n)
                if n not in told[side] and (thing in pairs[side] or not self._says_more(blocks[at], side)):
                    there = self._word(1 - side, pairs[side][thing]) if thing in pairs[side] else None
                    self._add_from(side, "number", self._word(side, n), there, "absent")

    def _is_year(self, side: int, n: int) -> bool:
        value = self.sides[side].words[n].number or ""
        return len(value) == 4 and value[:2] in ("19", "20")

    def _counted(self, side: int, n: int) -> int:
        """The word of content beside number n: what is counted after it, else what it belongs to before it (عام 2018);
        -1 where particles stand on both sides."""
        words = self.sides[side].words
        for k in (n + words[n].length, n - 1):
            if 0 <= k < len(words) and words[k].role == "content" and words[k].number is None:
                return k
        return -1

    def _names(self, blocks: Sequence[_Block]) -> None:
        known = tuple(set(classes) for classes in self.classes)
        for block in blocks:
            if max(map(len, block.words)) > _BESIDE or not self._in_place(block):
                continue
            runs = tuple(list(self._name_runs(side, block.words[side], known[1 - side])) for side in (0, 1))
            if not any(self._says_more(block, side) for side in (0, 1)):
                for mine, theirs in zip(*runs, strict=False):
                    left, right = self._span(0, *mine), self._span(1, *theirs)
                    if not _one_spelling(left.text, right.text):
                        self._add("name", left, right, "other")
            for side in (0, 1):
                own, across = block.words[side], block.words[1 - side]
                if len(runs[side]) == 1 and not runs[1 - side] and len(across) <= _INSTEAD:
                    first, last = runs[side][0]
                    if sum(not first <= n < last for n in own) <= _INSTEAD:
                        name, instead = self._span(side, first, last), self._block(1 - side, across)
                        if instead is None or not _one_spelling(name.text, instead.text):
                            self._add_from(side, "name", name, instead, "absent")

    def _name_runs(self, side: int, block: Sequence[int], known: set[int]) -> Iterator[tuple[int, int]]:
        """Half-open ranges of words: the names in a block that the other version does not have, nor another part of
        the same name (دونالد ترامب, ترامب)."""
        words = self.sides[side].words
        paired = {pair[side] for pair in (*self.straight, *self.moved)}
        run: list[int] = []
        for n in [*block, -1]:
            named = n >= 0 and words[n].name and self.classes[side][self.rank[side][n]] not in known
            if run and (not named or n != run[-1] + words[run[-1]].length):
                beside = [k for k in (run[0] - 1, run[-1] + 1) if 0 <= k < len(words)]
                if not any(k in paired and words[k].name for k in beside):
                    yield run[0], run[-1] + 1
                run = []
            if named:
                run.append(n)

    def _verb(self) -> None:
        if not self.left.force.differs(self.right.force) or any(d.note == "denial" for d in self.differences):
            return
        if _has_lemma(self.left.words, self.right.cue) or _has_lemma(self.right.words, self.left.cue):
            return
        note: Note = "force" if self.left.force.stance == self.right.force.stance else "stance"
        self._add("verb", self.left.cue, self.right.cue, note)

    def _quotation(self, blocks: Sequence[_Block]) -> None:
        straight = set(self.straight)
        run: list[tuple[int, int]] = []
        before: tuple[bool, bool] | None = None
        for i, j in [*(pair for pair in self.supported if pair in straight), (-1, -1)]:
            marks = (self.left.words[i].quoted, self.right.words[j].quoted) if i >= 0 else None
            if run and marks != before:
                ends = [(min(side), max(side) + 1) for side in zip(*run, strict=True)]
                spans = [self._span(k, self._opening(k, first), last) for k, (first, last) in enumerate(ends)]
                side = 0 if before and before[0] else 1
                self._add_from(side, "quotation", spans[side], spans[1 - side], "unquoted")
                run = []
            before = marks
            if marks is not None and marks[0] != marks[1]:
                run.append((i, j))
        if not any(difference.kind == "quotation" for difference in self.differences):
            self._all_quoted()
        for block in blocks:
            quoted = [[self.sides[side].words[n].quoted for n in block.words[side]] for side in (0, 1)]
            if all(quoted[0]) and all(quoted[1]) and quoted[0] and quoted[1] and self._in_place(block):
                self._add("quotation", self._block(0, block.words[0]), self._block(1, block.words[1]), "inside")

    def _opening(self, side: int, n: int) -> int:
        """Where the words that begin with word n begin, with what governs it (لن تبيع), between the same marks."""
        words = self.sides[side].words
        while n and words[n - 1].role in ("negation", "certainty") and words[n - 1].quoted == words[n].quoted:
            n -= 1
        return n

    def _all_quoted(self) -> None:
        """Quotation marks in one version alone, around words that the other one does not have."""
        quoted = tuple([n for n, word in enumerate(version.words) if word.quoted] for version in self.sides)
        for side in (0, 1):
            if quoted[side] and not quoted[1 - side]:
                own = self._span(side, quoted[side][0], quoted[side][-1] + 1)
                self._add_from(side, "quotation", own, None, "unquoted")

    def _extent(self, blocks: Sequence[_Block]) -> None:
        for block in blocks:
            for side in (0, 1):
                if self._says_more(block, side):
                    own, across = (self._block(k, block.words[k]) for k in (side, 1 - side))
                    self._add_from(side, "extent", own, across, "headline" if self._is_headline(side) else "clause")

    def _says_more(self, block: _Block, side: int) -> bool:
        """Does this side say something here that the other leaves out, and does not just say it in other words?"""
        own, across = (sum(map(self._tells(k), block.words[k])) for k in (side, 1 - side))
        least = _HEADLINE_CLAUSE if self._is_headline(side) else _CLAUSE
        return own - across >= least and across * 2 <= own

    def _tells(self, side: int) -> Callable[[int], bool]:
        """Does a word say more than who somebody is? Titles, and names that go on beside a common one, do not."""
        words = self.sides[side].words
        paired = {pair[side] for pair in (*self.straight, *self.moved)}

        def tells(n: int) -> bool:
            beside = any(0 <= k < len(words) and words[k].name and k in paired for k in (n - 1, n + 1))
            return not words[n].title and not (words[n].name and beside)

        return tells

    def _is_headline(self, side: int) -> bool:
        """Is this side a headline and the other not?"""
        return self.sides[side].headline and not self.sides[1 - side].headline

    # Spans

    def _add(self, kind: Kind, left: Span | None, right: Span | None, note: Note, side: Side | None = None) -> None:
        if left is not None or right is not None:
            self.differences.append(Difference(kind, left, right, note, side))

    def _add_from(self, side: int, kind: Kind, own: Span | None, across: Span | None, note: Note) -> None:
        """Add what one side has and the side across has not."""
        if side == 0:
            self._add(kind, own, across, note, "left")
        else:
            self._add(kind, across, own, note, "right")

    def _add_governed(self, kind: Kind, mine: Marker | None, i: int, theirs: Marker | None, j: int) -> None:
        side: Side | None = "right" if mine is None else "left" if theirs is None else None
        left, right = self._marked(0, mine, i), self._marked(1, theirs, j)
        self._add(kind, left, right, "absent" if side else "other", side)

    def _marked(self, side: int, marker: Marker | None, n: int) -> Span:
        """A word with what governs it."""
        if marker is None:
            return self._span(side, n, n + 1)
        return self._span(side, min(marker.first, n), max(marker.last, n + 1))

    def _word(self, side: int, n: int) -> Span:
        return self._span(side, n, n + 1)

    def _block(self, side: int, block: Sequence[int]) -> Span | None:
        return self._span(side, block[0], block[-1] + 1) if block else None

    def _span(self, side: int, first: int, last: int) -> Span:
        """The slice from word `first` to before word `last` (or with all words of a number or place that has several),
        as far as it lies in the piece of the first."""
        version = self.sides[side]
        last += version.words[last - 1].length - 1
        words = [word for word in version.words[first:last] if word.piece == version.words[first].piece]
        piece = version.content[words[0].piece]
        start, end = words[0].span.start, words[-1].span.end
        return Span(start, end, piece.text[start - piece.start : end - piece.start])


def _governing(version: Version, block: Sequence[int], what: _Governing) -> tuple[Marker | None, int]:
    """What negates these words or says how certain they are, with the word that it governs (else the first)."""
    for n in block:
        word = version.words[n]
        marker = word.negation if what == "negation" else word.certainty
        if marker is not None:
            return marker, n
    return None, block[0]


def _agree(one: Marker, other: Marker) -> bool:
    return one.says == other.says or "any" in (one.says, other.says)


def _has_near(markers: Sequence[tuple[int, Marker]], at: int, what: _Governing, wanted: Marker) -> bool:
    """Is there a negation near, of whatever time, or a mark of the same certainty?"""
    return any(abs(place - at) <= _ELSEWHERE and (what == "negation" or _agree(m, wanted)) for place, m in markers)


def _denies(version: Version) -> bool:
    """Does the content itself negate or deny anything?"""
    if any(word.negation for word in version.words):
        return True
    forms = (form_of(word.span.text) for word in version.words)
    return any(reading.form.lemma.act == "deny" for form in forms for reading in form.cues)


def _has_lemma(words: Sequence[Word], cue: Span | None) -> bool:
    """Is a reporting word among these words (قال: نحذر من البيع, حذر من البيع)?"""
    if cue is None:
        return False
    lemmas = {id(reading.form.lemma) for form in tokenize(cue.text).forms for reading in form.cues}
    forms = (form_of(word.span.text) for word in words)
    return any(id(reading.form.lemma) in lemmas for form in forms for reading in form.cues)


def _stem(word: Word) -> str:
    return form_of(word.span.text).stem or word.span.text


def _one_name(one: str, other: str) -> bool:
    """Are these two spellings of one foreign name?"""
    shorter = min(len(one), len(other))
    return shorter >= _LONG_NAME and one[0] == other[0] and ratio(one, other) >= _ALIKE


def _one_spelling(one: str, other: str) -> bool:
    """Are these the same letters, but for spaces and one or the other letter (بيونغ يانغ, بيونغيانغ)?"""
    left, right = (form_of(fold(text).replace(" ", "")).core for text in (one, other))
    return len(left) >= _LONG_WORD and len(right) >= _LONG_WORD and ratio(left, right) >= _NEARLY


_WEAK: Final = frozenset("اويءه")


def _root(word: Word) -> str:
    """The firm letters of a word, without what inflection puts before and behind them; empty where too few are left."""
    if word.number is not None or word.name:
        return ""
    form = form_of(word.span.text)
    letters = form.stem.removesuffix(form.suffix) if form.suffix else form.stem
    for ending in ("ات", "ون", "ين", "ان", "تها", "ته", "ها", "هم", "نا", "ه", "ت"):
        if letters.endswith(ending) and len(letters) - len(ending) >= 3:
            letters = letters[: -len(ending)]
            break
    for beginning in ("است", "سي", "ست", "سن", "مت", "يت", "تت", "نت", "ان", "ي", "ت", "ن", "م", "س", "ا"):
        if letters.startswith(beginning) and sum(c not in _WEAK for c in letters[len(beginning) :]) >= 3:
            letters = letters[len(beginning) :]
            break
    firm = "".join(c for c in letters if c not in _WEAK)
    return firm if len(firm) >= 3 else ""
