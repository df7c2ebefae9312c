"""Differences: what differs in a way that matters between two versions whose words are paired, each with its kind.

Every kind is looked for by itself. What is said of a place holds as far as the pairs around it do: `Pairing.supported`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from qawl.arabic.letters import fold
from qawl.arabic.words import form_of, tokenize
from qawl.compare.lists import KINDS, Kind, Note
from qawl.compare.pairing import Block, Pair, Pairing, one_spelling
from qawl.compare.words import Marker, Version, Word
from qawl.statement import Span

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
#: How far from its place a negation or a mark of certainty may stand in the other version, in words of content.
_ELSEWHERE: Final = 6

Side = Literal["left", "right"]
_Governing = Literal["negation", "certainty"]


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


def differences(pairing: Pairing) -> tuple[Difference, ...]:
    """How two versions differ, in the order of the kinds and then of the text; each difference once."""
    found = dict.fromkeys(_Finder(pairing).find())
    return tuple(sorted(found, key=lambda d: (KINDS.index(d.kind), *(s.start if s else -1 for s in (d.left, d.right)))))


class _Governed(NamedTuple):
    """A place where what governs the words of the two sides does not agree: each side's marker, and its word."""

    mine: Marker | None
    i: int
    theirs: Marker | None
    j: int


class _Finder:
    """Looks for the differences of two versions, kind by kind. Words are given by their index in the version."""

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.sides = self.left, self.right = pairing.sides
        self.found: list[Difference] = []

    def find(self) -> list[Difference]:
        self._negation()
        self._numbers()
        self._names()
        self._certainty()
        self._verb()
        self._quotation()
        self._extent()
        return self.found

    # Negation and certainty

    def _negation(self) -> None:
        denied = tuple(version.act == "deny" for version in self.sides)
        for mine, i, theirs, j in self._governed("negation"):
            if (mine is None or theirs is None) and denied[0] != denied[1]:
                continue  # نفى بيع الميناء, and قال إنه لن يبيعه
            if (mine is None and self._before_cue(1, theirs, j)) or (theirs is None and self._before_cue(0, mine, i)):
                continue
            self._add_governed("negation", mine, i, theirs, j)
        if denied[0] != denied[1] and self.pairing.common >= _MUCH and not any(map(_denies, self.sides)):
            side = denied.index(True)
            self._add_from(side, "negation", self.sides[side].cue, self.sides[1 - side].cue, "denial")

    def _certainty(self) -> None:
        for mine, i, theirs, j in self._governed("certainty"):
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

    def _before_cue(self, side: int, marker: Marker | None, n: int) -> bool:
        """Does the negation stand before what is the reporting word there (قال: لا أظن أنه, أظن أنه)?"""
        if marker is None:
            return False
        return _has_lemma(self.sides[side].words[marker.last : n], self.sides[1 - side].cue)

    def _told_by_cue(self, side: int, marker: Marker | None) -> bool:
        """Is what says how certain it is here the reporting word there (قال: أعتقد أن, أعتقد أن)?"""
        if marker is None:
            return False
        return _has_lemma(self.sides[side].words[marker.first : marker.last], self.sides[1 - side].cue)

    def _governed(self, what: _Governing) -> list[_Governed]:
        """Places where what governs the words of the two sides does not agree.

        A marker that the other side has too, but at a word near by, is none: ليس الميناء للبيع, الميناء ليس للبيع.
        """
        settled: set[tuple[int, int]] = set()
        apart: list[_Governed] = []
        for one, other in self._same_place():
            mine, i = _governing(self.left, one, what)
            theirs, j = _governing(self.right, other, what)
            if mine is not None and theirs is not None and _agree(mine, theirs):
                settled |= {(0, i), (1, j)}
            elif (mine is not None and theirs is not None) or ((mine or theirs) and self._alike(i, j)):
                apart.append(_Governed(mine, i, theirs, j))
        loose = tuple(
            [n for n in content if (side, n) not in settled and _governing(version, [n], what)[0] is not None]
            for side, (version, content) in enumerate(zip(self.sides, self.pairing.content, strict=True))
        )
        return [place for mine, i, theirs, j in apart if (place := self._elsewhere(what, mine, i, theirs, j, loose))]

    def _elsewhere(
        self,
        what: _Governing,
        mine: Marker | None,
        i: int,
        theirs: Marker | None,
        j: int,
        loose: tuple[list[int], ...],
    ) -> _Governed | None:
        """The place, with what governs a word near by where the word itself has nothing. None where that agrees."""
        if mine is not None and theirs is not None:
            return _Governed(mine, i, theirs, j)
        side, at = (0, i) if mine is None else (1, j)
        wanted = mine or theirs
        rank = self.pairing.rank[side]
        for n in sorted(loose[side], key=lambda n: abs(rank[n] - rank[at])):
            marker = _governing(self.sides[side], [n], what)[0]
            if abs(rank[n] - rank[at]) > _ELSEWHERE or marker is None or wanted is None:
                break
            if _agree(marker, wanted):
                return None
            if what == "negation":
                return _Governed(marker, n, theirs, j) if mine is None else _Governed(mine, i, marker, n)
        return _Governed(mine, i, theirs, j)

    def _same_place(self) -> Iterator[tuple[list[int], list[int]]]:
        """Words that stand for each other: each pair with support, and few words in the place of few others."""
        for i, j in self.pairing.supported:
            yield [i], [j]
        for block in self.pairing.blocks:
            if all(0 < len(words) <= _SUBSTITUTE for words in block.words) and self.pairing.in_place(block):
                yield block.words

    def _alike(self, i: int, j: int) -> bool:
        """Are these one word, or can both be verbs (لن تبيع الميناء, ستؤجر الميناء)?"""
        return (i, j) in self.pairing.support or (self.left.words[i].verb and self.right.words[j].verb)

    # Numbers

    def _numbers(self) -> None:
        """Numbers and others in their place, and what says how exact one is. A number that has nothing in its place is
        left out on the other side."""
        told: set[tuple[int, int]] = set()
        for i, j in (*self._of_one_thing(), *self._in_one_block()):
            if not told & {(0, i), (1, j)}:
                told |= {(0, i), (1, j)}
                self._add("number", self._word(0, i), self._word(1, j), "other")
        for i, j in self.pairing.pairs:
            mine, theirs = self.left.words[i].exactness, self.right.words[j].exactness
            if (mine and mine.says) != (theirs and theirs.says):
                self._add_governed("number", mine, i, theirs, j)
        for block in self.pairing.blocks:
            for side in (0, 1):
                for n in self._numbers_of(block, side):
                    if (side, n) not in told and not self._says_more(block, side):
                        self._add_from(side, "extent", self._word(side, n), None, "clause")

    def _of_one_thing(self) -> Iterator[Pair]:
        """Numbers that count the same thing: عشرون مركبا, ثلاثون مركبا."""
        counts = {self._counted(1, j): j for block in self.pairing.blocks for j in self._numbers_of(block, 1)}
        things = {self._counted(0, i): i for block in self.pairing.blocks for i in self._numbers_of(block, 0)}
        for thing, same in self.pairing.supported:
            if thing in things and same in counts:
                yield things[thing], counts[same]

    def _in_one_block(self) -> Iterator[Pair]:
        """Numbers in the place of others, but for a year and what is none."""
        for block in self.pairing.blocks:
            if self.pairing.in_place(block):
                for year in (False, True):
                    numbers = ([n for n in self._numbers_of(block, k) if self._is_year(k, n) == year] for k in (0, 1))
                    yield from zip(*numbers, strict=False)

    def _numbers_of(self, block: Block, side: int) -> list[int]:
        return [n for n in block.words[side] if self.sides[side].words[n].number is not None]

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

    # Names

    def _names(self) -> None:
        for block in self.pairing.blocks:
            if max(map(len, block.words)) > _BESIDE or not self.pairing.in_place(block):
                continue
            runs = tuple(list(self._name_runs(side, block.words[side])) for side in (0, 1))
            if not any(self._says_more(block, side) for side in (0, 1)):
                for mine, theirs in zip(*runs, strict=False):
                    left, right = self.sides[0].slice(*mine), self.sides[1].slice(*theirs)
                    if not one_spelling(left.text, right.text):
                        self._add("name", left, right, "other")
            for side in (0, 1):
                own, across = block.words[side], block.words[1 - side]
                if len(runs[side]) == 1 and not runs[1 - side] and len(across) <= _INSTEAD:
                    first, last = runs[side][0]
                    if sum(not first <= n < last for n in own) <= _INSTEAD:
                        name, instead = self.sides[side].slice(first, last), self._block(1 - side, across)
                        if instead is None and not self._says_more(block, side):
                            self._add_from(side, "extent", name, None, "clause")
                        elif instead is not None and not one_spelling(name.text, instead.text):
                            self._add_from(side, "name", name, instead, "absent")

    def _name_runs(self, side: int, block: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Half-open ranges of words: the names in a block that the other version does not have, nor another part of
        the same name (يان فيلدمان, فيلدمان)."""
        words = self.sides[side].words
        paired = self.pairing.paired[side]
        run: list[int] = []
        for n in [*block, -1]:
            named = n >= 0 and words[n].name and not self.pairing.has(side, n)
            if run and (not named or n != run[-1] + words[run[-1]].length):
                beside = [k for k in (run[0] - 1, run[-1] + words[run[-1]].length) if 0 <= k < len(words)]
                if not any(k in paired and words[k].name for k in beside):
                    yield run[0], run[-1] + 1
                run = []
            if named:
                run.append(n)

    # The reporting word, quotation marks, what is left out

    def _verb(self) -> None:
        if not self.left.force.differs(self.right.force) or any(d.note == "denial" for d in self.found):
            return
        if _has_lemma(self.left.words, self.right.cue) or _has_lemma(self.right.words, self.left.cue):
            return
        note: Note = "force" if self.left.force.stance == self.right.force.stance else "stance"
        self._add("verb", self.left.cue, self.right.cue, note)

    def _quotation(self) -> None:
        run: list[tuple[int, int]] = []
        before: tuple[bool, bool] | None = None
        for i, j in [*(pair for pair in self.pairing.straight if pair in self.pairing.support), (-1, -1)]:
            marks = (self.left.words[i].quoted, self.right.words[j].quoted) if i >= 0 else None
            if run and marks != before:
                ends = [(min(side), max(side) + 1) for side in zip(*run, strict=True)]
                spans = [self.sides[k].slice(self._opening(k, first), last) for k, (first, last) in enumerate(ends)]
                side = 0 if before and before[0] else 1
                self._add_from(side, "quotation", spans[side], spans[1 - side], "unquoted")
                run = []
            before = marks
            if marks is not None and marks[0] != marks[1]:
                run.append((i, j))
        if not any(difference.kind == "quotation" for difference in self.found):
            self._all_quoted()
        for block in self.pairing.blocks:
            quoted = [[self.sides[side].words[n].quoted for n in block.words[side]] for side in (0, 1)]
            if all(quoted[0]) and all(quoted[1]) and quoted[0] and quoted[1] and self.pairing.in_place(block):
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
                own = self.sides[side].slice(quoted[side][0], quoted[side][-1] + 1)
                self._add_from(side, "quotation", own, None, "unquoted")

    def _extent(self) -> None:
        for block in self.pairing.blocks:
            for side in (0, 1):
                if self._says_more(block, side):
                    own, across = (self._block(k, block.words[k]) for k in (side, 1 - side))
                    self._add_from(side, "extent", own, across, "headline" if self._is_headline(side) else "clause")

    def _says_more(self, block: Block, side: int) -> bool:
        """Does this side say something here that the other leaves out, and does not just say it in other words?"""
        own, across = (sum(self._tells(k, n) for n in block.words[k]) for k in (side, 1 - side))
        least = _HEADLINE_CLAUSE if self._is_headline(side) else _CLAUSE
        return own - across >= least and across * 2 <= own

    def _tells(self, side: int, n: int) -> bool:
        """Does this word say more than who somebody is? Titles, and names that go on beside a common one, do not."""
        words, paired = self.sides[side].words, self.pairing.paired[side]
        beside = any(0 <= k < len(words) and words[k].name and k in paired for k in (n - 1, n + 1))
        return not words[n].title and not (words[n].name and beside)

    def _is_headline(self, side: int) -> bool:
        """Is this side a headline and the other not?"""
        return self.sides[side].headline and not self.sides[1 - side].headline

    # Telling

    def _add(self, kind: Kind, left: Span | None, right: Span | None, note: Note, side: Side | None = None) -> None:
        if left is not None or right is not None:
            self.found.append(Difference(kind, left, right, note, side))

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
            return self.sides[side].slice(n, n + 1)
        return self.sides[side].slice(min(marker.first, n), max(marker.last, n + 1))

    def _word(self, side: int, n: int) -> Span:
        return self.sides[side].slice(n, n + 1)

    def _block(self, side: int, block: Sequence[int]) -> Span | None:
        return self.sides[side].slice(block[0], block[-1] + 1) if block else None


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
