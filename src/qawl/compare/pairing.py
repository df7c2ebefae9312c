"""Pairing: which words of two versions are the same.

First the longest common subsequence of their words of content, compared by what they are forms of (spelling, clitics,
inflection make no difference); then what stands elsewhere in the other version; then other forms of one root. What is
left between the pairs are blocks: other words in one place, or words that one version alone has.

The cost is that of a bit-parallel longest common subsequence, over at most `MOST_WORDS` words of either version.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import product
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from qawl.arabic.letters import fold
from qawl.arabic.words import form_of
from qawl.compare.words import Version, Word

#: Words of content of one version that are paired; what comes after them stands there unpaired.
MOST_WORDS: Final = 1500
#: How far two pairs of words may lie apart, in words of content, to lend each other support.
_NEAR: Final = 3
#: The most words of content in a block whose words are compared letter by letter.
_FEW: Final = 6
#: How alike two spellings of a foreign name are at least (فيلدمان / فلدمان), 0 to 100; and its letters.
_ALIKE: Final = 80.0
_LONG_NAME: Final = 4
#: How alike two spellings of any other word are at least (كيماوية / كيميائية), 0 to 100; and its letters.
_NEARLY: Final = 85.0
_LONG_WORD: Final = 6
#: The most names that are compared by their spelling.
_MOST_NAMES: Final = 60
_WEAK: Final = frozenset("اويءه")

Pair = tuple[int, int]


class Block(NamedTuple):
    """Words of content on both sides between two pairs, and these pairs; None where the version begins or ends."""

    words: tuple[list[int], list[int]]
    before: Pair | None
    after: Pair | None


class Pairing:
    """Two versions with their words paired; words are given by their index in the version.

    `content` are the words of content of either side, `rank` their places among these. `straight` are the pairs that
    rise on both sides, `moved` the others. Sides are 0 (left) and 1 (right).
    """

    def __init__(self, left: Version, right: Version) -> None:
        self.sides: Final = (left, right)
        self.content: Final = tuple(
            [n for n, word in enumerate(version.words) if word.role == "content"][:MOST_WORDS] for version in self.sides
        )
        self.rank: Final = tuple({n: at for at, n in enumerate(content)} for content in self.content)
        self.straight: list[Pair] = []
        self.moved: list[Pair] = []
        #: For each word of content a number: the same for those that are the same word.
        self.classes: Final = self._classified()
        self._pair_in_order()
        self._pair_moved()
        for block in self._between():
            self._pair_roots(*block.words)
        self._pair_moved_roots()
        self.straight.sort()

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs, in the order of the left version."""
        return tuple(sorted(self.straight + self.moved))

    @cached_property
    def paired(self) -> tuple[frozenset[int], frozenset[int]]:
        """The words of either side that are paired."""
        return frozenset(i for i, _ in self.pairs), frozenset(j for _, j in self.pairs)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The words of content between two pairs that rise on both sides, without those that are paired elsewhere;
        places where there are none on either side are left out."""
        return tuple(self._between())

    @cached_property
    def common(self) -> float:
        """The share of the shorter version's words of content that the other has too, 0 to 1."""
        fewer = min(map(len, self.content))
        return len(self.pairs) / fewer if fewer else 0.0

    @cached_property
    def supported(self) -> tuple[Pair, ...]:
        """The pairs that have another pair near on both sides: the same words in the same surroundings. In versions of
        few words all pairs have."""
        if min(map(len, self.content)) <= _NEAR:
            return self.pairs
        ranks = [(self.rank[0][i], self.rank[1][j]) for i, j in self.straight]
        found = []
        for pair in self.pairs:
            a, b = self.rank[0][pair[0]], self.rank[1][pair[1]]
            at = bisect_right(ranks, (a, b))
            near = ranks[max(0, at - _NEAR - 1) : at + _NEAR]
            if any((x, y) != (a, b) and abs(x - a) <= _NEAR and abs(y - b) <= _NEAR for x, y in near):
                found.append(pair)
        return tuple(found)

    @cached_property
    def support(self) -> frozenset[Pair | None]:
        """The same pairs, to be looked up."""
        return frozenset(self.supported)

    def in_place(self, block: Block) -> bool:
        """Does the block stand in the same surroundings on both sides: beside a pair that has support?"""
        return block.before in self.support or block.after in self.support

    def has(self, side: int, n: int) -> bool:
        """Does the other version have this word too, anywhere?"""
        return self.classes[side][self.rank[side][n]] in self._known[1 - side]

    @cached_property
    def _known(self) -> tuple[frozenset[int], frozenset[int]]:
        return frozenset(self.classes[0]), frozenset(self.classes[1])

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

    def _pair_in_order(self) -> None:
        for step in LCSseq.opcodes(*self.classes):
            if step.tag == "equal":
                for k in range(step.src_end - step.src_start):
                    self.straight.append((self.content[0][step.src_start + k], self.content[1][step.dest_start + k]))

    def _pair_moved(self) -> None:
        """Pair the words that stand elsewhere in the other version: القطار سيدخل, سيدخل القطار."""
        taken = self._taken()
        free: dict[int, list[int]] = defaultdict(list)
        for n, number in zip(reversed(self.content[1]), reversed(self.classes[1]), strict=True):
            if n not in taken[1]:
                free[number].append(n)
        for n, number in zip(self.content[0], self.classes[0], strict=True):
            if n not in taken[0] and free[number]:
                self.moved.append((n, free[number].pop()))

    def _pair_roots(self, one: Sequence[int], other: Sequence[int]) -> None:
        """Pair what is left in one place where it has the letters of one root: يدخل / دخول."""
        free: dict[str, list[int]] = defaultdict(list)
        for n in reversed(other):
            if root := root_of(self.sides[1].words[n]):
                free[root].append(n)
        last = -1
        for n in one:
            found = free.get(root_of(self.sides[0].words[n]), [])
            while found and found[-1] <= last:
                found.pop()
            if not found and max(len(one), len(other)) <= _FEW:
                found = [k for k in reversed(other) if k > last and self._one_word(n, k)]
            if found:
                last = found.pop()
                self.straight.append((n, last))

    def _pair_moved_roots(self) -> None:
        """Pair what is left of one root anywhere, where only one word on either side has it."""
        taken = self._taken()
        roots: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
        for side, version in enumerate(self.sides):
            for n in self.content[side]:
                if n not in taken[side] and (root := root_of(version.words[n])):
                    roots[side][root].append(n)
        for root, one in roots[0].items():
            other = roots[1].get(root, [])
            if len(one) == len(other) == 1:
                self.moved.append((one[0], other[0]))

    def _one_word(self, i: int, j: int) -> bool:
        left, right = self.sides[0].words[i], self.sides[1].words[j]
        return left.number is None and right.number is None and one_spelling(left.span.text, right.span.text)

    def _taken(self) -> tuple[set[int], set[int]]:
        """The words of either side that are paired so far."""
        pairs = [*self.straight, *self.moved]
        return {i for i, _ in pairs}, {j for _, j in pairs}

    def _between(self) -> list[Block]:
        """The blocks, as far as words are paired by now."""
        taken = ({i for i, _ in self.moved}, {j for _, j in self.moved})
        found = []
        before: Pair | None = None
        at = [0, 0]
        for pair in [*sorted(self.straight), None]:
            words: list[list[int]] = []
            for side in (0, 1):
                end = len(self.content[side]) if pair is None else self.rank[side][pair[side]]
                words.append([n for n in self.content[side][at[side] : end] if n not in taken[side]])
                at[side] = end + 1
            if words[0] or words[1]:
                found.append(Block((words[0], words[1]), before, pair))
            before = pair
        return found


def one_spelling(one: str, other: str) -> bool:
    """Are these the same letters, but for spaces and one or the other letter (بيونغ يانغ, بيونغيانغ)?"""
    left, right = (form_of(fold(text).replace(" ", "")).core for text in (one, other))
    return len(left) >= _LONG_WORD and len(right) >= _LONG_WORD and ratio(left, right) >= _NEARLY


def _stem(word: Word) -> str:
    return form_of(word.span.text).stem or word.span.text


def _one_name(one: str, other: str) -> bool:
    """Are these two spellings of one foreign name?"""
    shorter = min(len(one), len(other))
    return shorter >= _LONG_NAME and one[0] == other[0] and ratio(one, other) >= _ALIKE


def root_of(word: Word) -> str:
    """The firm letters of a word, without what inflection puts before and behind them; empty where too few are left."""
    return "" if word.number is not None or word.name else _firm_letters(word.span.text)


@lru_cache(maxsize=20_000)
def _firm_letters(token: str) -> str:
    form = form_of(token)
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
