"""Which appearances are one person, body or state. A pure function of the appearances and of people's decisions.

`keys` says where to look for the others; `cluster` decides among full names, `attach` among short names and offices;
`describe` says what the appearances of an entity come to (`qawl.people.appearance` tells the whole of it).

Appearances with the same name, state and field are one *unit*, so that the thousandth article about somebody costs no
comparison. Units are compared where they share a key, and are joined from the most probable pair on, as long as neither
a decision nor what is known of both groups together forbids it. All orders are by content, never by number or position.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Final, Literal

from qawl.people import bodies, forms, leading, names, states
from qawl.people.appearance import (
    Appearance,
    Attachment,
    Candidate,
    Clustering,
    Decision,
    Description,
    Doubt,
    EntityKind,
    Keys,
    Member,
    Office,
    Relation,
)
from qawl.people.comparing import DOUBTFUL, SAME, Profile, Verdict, compare
from qawl.people.offices import Post
from qawl.people.offices import read as read_office
from qawl.people.romanising import romanise

#: Changes whenever decisions change: the record then resolves anew.
VERSION: Final = "8"

#: Where more units than this share a key, they are compared only with the most frequent tenth of so many.
_LARGEST: Final = 400
#: An ambiguous short name goes to the one that has this share of what speaks for all who bear it.
_DOMINANT: Final = 0.6
#: Articles so many days away speak half as much for who a short name means …
_HALF_LIFE: Final = 60.0
#: … and for who holds an office.
_TERM: Final = 45
#: … or, of the only one whom the record ever gives it, so many.
_ONLY_TERM: Final = 150
#: How much more an office that changes hands means the one of its holders whom the article names.
_PRESENT: Final = 5.0
#: What a short name that is not the last word of a name counts beside one that is.
_OTHER_WORD: Final = 0.3
#: An office that so small a share of somebody's articles give is a slip; so is a holder named so much less often than
#: another, and in fewer than so many articles.
_SLIP: Final = 0.1
_FEW: Final = 3
#: Less than one article of these days in which somebody is named in full is too little.
_UNKNOWN: Final = 0.4
#: … but for a name that hardly two bear.
_RARE: Final = 0.1
#: What an article counts more for each of (at most two) others that it names as well, if it is of the same days.
_STORY: Final = 2.0
_DAYS: Final = 2
#: How sure it is that a body without a state is of the one that the article is about.
_CLEAR: Final = 0.6
#: An article is about a state that nearly all names in it point to, if they are so many.
_NAMED: Final = 2
#: Of bodies of one title this share belongs to one state where hardly another has one.
_ONLY: Final = 0.9
#: A short name is another spelling of a word of the full one from this likeness on.
_LIKE: Final = 0.85
#: What is said beside a short name speaks so much against a candidate that another must be meant.
_AGAINST: Final = 0.3
#: What somebody counts who is not given the office that stands beside a short name, where another is given it.
_OTHER_OFFICE: Final = 0.1
#: How much less probable a spelling makes it that somebody is meant, for each unit of unlikeness.
_UNLIKE: Final = 10.0
#: A body is of the state that this share of its articles with a state give.
_MOSTLY: Final = 0.8
#: A surname that was read with another word means only who is named so often, if that word is an ordinary one …
_KNOWN: Final = 3
#: … and so often, in these days, if it may be a name.
_FAMOUS: Final = 10

#: What a name is to the state that it points to, by its standing; any other one is a body of it.
_RELATIONS: Final[dict[bodies.Standing, Literal["state_of", "capital_of"]]] = {
    "state": "state_of",
    "capital": "capital_of",
}


def keys(appearance: Appearance) -> Keys:
    """Where to look for those that may be the same as this one."""
    if not forms.is_person(appearance):
        if wanted := forms.wanted_body(appearance):
            return Keys("short", (), wanted, ())
        return Keys("full", forms.body_keys(appearance), None, forms.offered_bodies(appearance))
    form = forms.of(appearance)
    wordings = _wordings(appearance)
    held = [post for post in _posts(appearance) if post.sole and not post.former]
    offered = {f"person:office:{post.place}" for post in held}
    offered.update(f"person:title:{post.key}" for post in held if post.of)
    offered.update(f"person:calling:{post.place}" for post in _posts(appearance) if post.calling and form.words)
    if form.rank == "office":
        post = next((post for post in form.posts if post.sole and not post.former), None)
        if post:
            return Keys("office", (), f"person:office:{post.place}", ())
        title = next((post.key for post in form.posts if post.titled and not post.former), None)
        if title:
            return Keys("office", (), f"person:title:{title}", ())
        calling = next(post.place for post in form.posts if post.calling and not post.former)
        return Keys("office", (), f"person:calling:{calling}", ())
    if form.rank == "short":
        word = form.words[0]
        wanted = f"person:reign:{word}" if form.reign and names.established(word) else f"person:short:{names.key(word)}"
        return Keys("short", (), wanted, tuple(sorted(offered)))
    full: set[str] = set()
    for words in wordings:
        if len(words) > 1:
            full.update(forms.full_keys(words))
            full.update(forms.office_keys(words, form.posts))
            full.update(forms.lone_keys(words))
            offered.add(f"person:short:{names.key(words[-1])}")
            if not names.established(words[0]):
                offered.add(f"person:short:{names.key(words[0])}")
            if form.reign:
                offered.add(f"person:reign:{words[0]}")
        elif appearance.known is not None:
            offered.add(f"person:short:{names.key(words[0])}")
    offered.update(f"person:short:{names.key(word)}" for word in form.spoken if len(form.words) > 1)
    return Keys("full", tuple(sorted(full)), None, tuple(sorted(offered)) if form.words else ())


def _wordings(appearance: Appearance) -> list[tuple[str, ...]]:
    """The words of the name; of an entry of imported data, of all its names."""
    if appearance.known is None:
        words = forms.of(appearance).words
        return [words] if words else []
    parsed = (names.parse(text).words for text in (appearance.name, *appearance.aliases))
    return list(dict.fromkeys(words for words in parsed if words))


def _posts(appearance: Appearance) -> tuple[Post, ...]:
    form = forms.of(appearance)
    given: list[Post] = list(form.posts)
    for term in appearance.terms:
        if post := read_office(f"{term.title} {states.label(term.of)}" if term.of else term.title).post:
            given.append(post)
    return tuple(given)


_Pair = tuple[float, int, int, tuple[str, ...]]  # score, two units, reasons


@dataclass(slots=True)
class _Unit:
    """Appearances that are one before anything is compared."""

    wordings: list[tuple[str, ...]]
    profile: Profile
    appearances: list[Appearance]
    rank: tuple[object, ...]
    known: int | None = None


@dataclass(slots=True)
class _Groups:
    """Units that are joined step by step (union-find), with what may not be joined."""

    units: list[_Unit]
    parent: list[int] = field(default_factory=list)
    profiles: dict[int, Profile] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for n, unit in enumerate(self.units):
            self.parent.append(n)
            profile = Profile()
            profile.add(unit.profile)
            self.profiles[n] = profile
            self.members[n] = [n]
            self.apart[n] = set()
            if unit.known is not None:
                self.known[n] = unit.known

    def find(self, unit: int) -> int:
        while self.parent[unit] != unit:
            self.parent[unit] = self.parent[self.parent[unit]]
            unit = self.parent[unit]
        return unit

    def forbidden(self, one: int, other: int) -> bool:
        """May the groups of two units not be joined?"""
        one, other = self.find(one), self.find(other)
        if other in {self.find(unit) for unit in self.apart[one]}:
            return True
        return one in self.known and other in self.known and self.known[one] != self.known[other]

    def part(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        self.apart[one].add(other)
        self.apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        if one == other:
            return
        if len(self.members[one]) < len(self.members[other]):
            one, other = other, one
        self.parent[other] = one
        self.profiles[one].add(self.profiles.pop(other))
        self.members[one].extend(self.members.pop(other))
        self.apart[one] |= self.apart.pop(other)
        if other in self.known:
            self.known[one] = self.known.pop(other)


def cluster(appearances: Sequence[Appearance], decisions: Sequence[Decision] = ()) -> Clustering:
    """Cluster appearances of rank full: all those that hang together by `Keys.full`, or by `same` decisions.

    Independent of the order of the appearances; of two decisions that cannot both hold, the later one does.
    """
    anchored = {number for decision in decisions for number in (decision.one, decision.other)}
    units = _units(appearances, anchored)
    groups = _Groups(units)
    unit_of = {appearance.id: n for n, unit in enumerate(units) for appearance in unit.appearances}
    _decide(groups, unit_of, decisions)
    sureness = [1.0] * len(units)
    doubts: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}
    _join_bodies(groups)
    pairs = sorted(_scored(units), key=lambda pair: _first(units, *pair[:3]))
    shorter: list[_Pair] = []
    for score, one, other, reasons, relation in pairs:
        if relation == "shorter":
            shorter.append((score, one, other, reasons))
            continue
        if score < SAME or not _try(groups, one, other, sureness, score):
            doubts.setdefault((one, other), (score, reasons))
    _join_shorter(groups, shorter, sureness, doubts)
    _join_lone(groups, sureness)
    return _clustering(groups, sureness, doubts)


@dataclass(frozen=True, slots=True)
class _Look:
    """What appearances that look alike have in common: most look like others, so it is worked out once for these.

    `name` tells whose it is, where the name does (None: each is its own), with what else tells units apart (`more`).
    """

    person: bool
    name: tuple[str, ...] | str | None
    more: tuple[str | None, ...]
    wordings: list[tuple[str, ...]]
    profile: Profile


def _look(appearance: Appearance) -> _Look:
    profile = Profile(count=1)
    if not forms.is_person(appearance):
        return _Look(False, forms.body_key(appearance) or None, (), [], profile)
    form = forms.of(appearance)
    posts = [post for post in _posts(appearance) if post.of or post.body or post.single]
    profile.offices.update(post.place for post in posts)
    state = appearance.country or form.state or next((post.of for post in posts if post.of), None)
    profile.states.update([state] if state else [])
    profile.fields.update([form.field] if form.field else [])
    return _Look(True, form.words or None, (state, form.field), _wordings(appearance), profile)


def _units(appearances: Iterable[Appearance], anchored: set[int]) -> list[_Unit]:
    found: dict[tuple[object, ...], _Unit] = {}
    looks: dict[tuple[object, ...], _Look] = {}
    counted: dict[tuple[int, int], tuple[_Unit, _Look, int]] = {}
    for one in sorted(appearances, key=_order):
        like = (one.kind, one.name, one.aliases, one.role, one.known, one.country, one.terms)
        look = looks.get(like)
        if look is None:
            look = looks[like] = _look(one)
        name = one.id if look.name is None else look.name
        alone = one.id if one.known is not None or one.id in anchored else None
        unit = found.get((look.person, name, *look.more, alone))
        if unit is None:
            rank = (_text(("person" if look.person else "body", name, *look.more)), *_order(one))
            unit = found[look.person, name, *look.more, alone] = _Unit(look.wordings, Profile(), [], rank, one.known)
        unit.appearances.append(one)
        _, _, times = counted.get((id(unit), id(look)), (unit, look, 0))
        counted[id(unit), id(look)] = unit, look, times + 1
    for unit, look, times in counted.values():
        unit.profile.add(look.profile, times)
    return list(found.values())


def _text(same: tuple[object, ...]) -> str:
    return " ".join("" if part is None else str(part) for part in same[:1] + same[2:])


def _order(appearance: Appearance) -> tuple[object, ...]:
    """An order of appearances by content; the number decides only between those that are alike in everything."""
    return (appearance.day or "", appearance.name, appearance.role or "", appearance.outlet or "", appearance.id)


def _decide(groups: _Groups, unit_of: dict[int, int], decisions: Sequence[Decision]) -> None:
    """Lay the decisions down, the last one first, so that of two that cannot both hold the later one does."""
    for decision in reversed(decisions):
        one, other = unit_of.get(decision.one), unit_of.get(decision.other)
        if one is None or other is None or one == other:
            continue
        together = groups.find(one) == groups.find(other)
        if decision.verdict == "same" and not together and not groups.forbidden(one, other):
            groups.join(one, other)
        elif decision.verdict == "different" and not together:
            groups.part(one, other)


def _join_bodies(groups: _Groups) -> None:
    """Bodies of one normal form are one, but for what decisions say."""
    first: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(groups.units):
        key = "" if unit.wordings else forms.body_key(unit.appearances[0])
        if key:
            first[key].append(n)
    for same in first.values():
        same.sort(key=lambda n: (-groups.units[n].profile.count, groups.units[n].rank))
        for n in same[1:]:
            for other in same:
                if other != n and not groups.forbidden(n, other):
                    groups.join(n, other)
                    break
    outlets: dict[str, list[int]] = defaultdict(list)
    for same in first.values():
        if outlet := forms.outlet(groups.units[same[0]].appearances[0]):
            outlets[outlet.key.split("|")[0]].append(same[0])
    for named in outlets.values():
        stateless = [n for n in named if forms.body_key(groups.units[n].appearances[0])[-1] == "|"]
        stated = sorted((n for n in named if n not in stateless), key=lambda n: -groups.units[n].profile.count)
        most = sum(groups.units[n].profile.count for n in stated) * _MOSTLY
        # صحيفة نهر is صحيفة نهر النرويجية, unless another state has one of that name
        sole = len(stateless) == 1 and stated and groups.units[stated[0]].profile.count >= most
        if sole and not groups.forbidden(stateless[0], stated[0]):
            groups.join(stateless[0], stated[0])


def _scored(units: list[_Unit]) -> Iterable[tuple[float, int, int, tuple[str, ...], names.Relation]]:
    """All pairs of units that share a key and may be one, each once, with score and reasons."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        posts = forms.of(unit.appearances[0]).posts if unit.wordings else ()
        own = {key for words in unit.wordings for key in forms.full_keys(words)}
        own.update(key for words in unit.wordings for key in forms.office_keys(words, posts))
        for key in own:
            sharing[key].append(n)
    seen: set[tuple[int, int]] = set()
    for block in sharing.values():
        if len(block) > _LARGEST:
            block = sorted(block, key=lambda n: (-units[n].profile.count, units[n].rank))
            pairs: Iterable[tuple[int, int]] = (
                (one, other) for one in block[: _LARGEST // 10] for other in block if one != other
            )
        else:
            pairs = combinations(block, 2)
        for one, other in pairs:
            if units[one].rank > units[other].rank:
                one, other = other, one
            if (one, other) in seen:
                continue
            seen.add((one, other))
            verdict = _verdict(units[one], units[other], units[one].profile, units[other].profile)
            if verdict.score >= DOUBTFUL:
                yield verdict.score, one, other, verdict.reasons, verdict.relation


def _verdict(one: _Unit, other: _Unit, mine: Profile, theirs: Profile) -> Verdict:
    """The comparison of two units by those of their names that are most alike, given what is known of both."""
    verdicts = [compare(words, others, mine, theirs) for words in one.wordings for others in other.wordings]
    return max(verdicts, key=lambda verdict: (verdict.score, verdict.reasons))


def _first(units: list[_Unit], score: float, one: int, other: int) -> tuple[object, ...]:
    """The order in which pairs are joined: the most probable first, then those of whom more is known."""
    return -score, -units[one].profile.count - units[other].profile.count, units[one].rank, units[other].rank


def _try(groups: _Groups, one: int, other: int, sureness: list[float], score: float) -> bool:
    """Join the groups of two units, unless a decision or what is known of both groups forbids it."""
    first, second = groups.find(one), groups.find(other)
    if first == second:
        return True
    if groups.forbidden(one, other):
        return False
    whole = _verdict(groups.units[one], groups.units[other], groups.profiles[first], groups.profiles[second])
    if whole.score < SAME and score - whole.score > 0.01:
        return False
    smaller = min(first, second, key=lambda n: (groups.profiles[n].count, groups.units[n].rank))
    for n in groups.members[smaller]:
        sureness[n] = min(sureness[n], score)
    groups.join(one, other)
    return True


def _join_shorter(
    groups: _Groups,
    shorter: list[_Pair],
    sureness: list[float],
    doubts: dict[tuple[int, int], tuple[float, tuple[str, ...]]],
) -> None:
    """Of two names of which one has more words the less frequent goes to the group of the other, if that is the only
    group it may go to."""
    options: dict[int, list[tuple[float, int, tuple[str, ...]]]] = defaultdict(list)
    for score, one, other, reasons in shorter:
        weights = [(groups.profiles[groups.find(n)].count, groups.units[n].rank, n) for n in (one, other)]
        (_, _, less), (_, _, more) = sorted(weights)
        options[less].append((score, more, reasons))
    for less in sorted(options, key=lambda n: groups.units[n].rank):
        best: dict[int, tuple[float, int, tuple[str, ...]]] = {}
        for score, more, reasons in options[less]:
            group = groups.find(more)
            if group != groups.find(less) and (group not in best or best[group][0] < score):
                best[group] = (score, more, reasons)
        ordered = sorted(best.values(), key=lambda found: (-found[0], groups.units[found[1]].rank))
        rivals = sum(score >= SAME for score, *_ in ordered)
        for score, more, reasons in ordered:
            if score < SAME or rivals > 1 or not _try(groups, less, more, sureness, score):
                rivalled = (*reasons, "others may be meant") if rivals > 1 else reasons
                doubts.setdefault((less, more), (score, rivalled))


@dataclass(frozen=True, slots=True)
class _Surnamed:
    """A group, the last words of its names, and how often it is named on which days."""

    group: int
    lasts: frozenset[str]
    days: Counter[int]


def _join_lone(groups: _Groups, sureness: list[float]) -> None:
    """What the record has no more than once or twice, and what may be a surname and a word that was read with it, goes
    to the one who is known by that surname in those days."""
    bearing: dict[str, list[_Surnamed]] = defaultdict(list)
    suspects: list[tuple[int, str]] = []
    for group, members in groups.members.items():
        units = [groups.units[n] for n in members]
        count = groups.profiles[group].count
        if count < _FEW and len(units) == len(units[0].wordings) == 1 and (lone := names.lone(units[0].wordings[0])):
            suspects.append((group, lone))
        if count < _KNOWN:
            continue
        lasts: Counter[str] = Counter()
        for unit in units:
            lasts.update({words[-1]: unit.profile.count for words in unit.wordings if len(words) > 1})
        found = [appearance.day for unit in units for appearance in unit.appearances]
        days = Counter(_ordinal(day) for day in found if day)
        own = frozenset(last for last, times in lasts.items() if times >= _SLIP * count)
        for key in sorted({names.key(last) for last in own}):
            bearing[key].append(_Surnamed(group, own, days))
    chosen = [(group, _by_surname(groups, group, lone, bearing[names.key(lone)])) for group, lone in suspects]
    for group, meant in sorted(chosen, key=lambda one: groups.units[one[0]].rank):
        if meant and not groups.forbidden(group, meant[0]):
            sureness[group] = min(sureness[group], meant[1])
            groups.join(group, meant[0])


def _by_surname(groups: _Groups, suspect: int, lone: str, bearing: Sequence[_Surnamed]) -> tuple[int, float] | None:
    """The group that a surname with a word beside it means, and how sure that is, or None."""
    unit = groups.units[suspect]
    other = next((word for word in unit.wordings[0] if word != lone), "")
    plain = names.no_name(other)
    told = any(one.role and read_office(one.role).post for one in unit.appearances)
    days = [_ordinal(one.day) for one in unit.appearances if one.day]
    weights: list[tuple[float, int]] = []
    for bearer in bearing:
        if all(names.word_likeness(lone, last) < (_LIKE if plain else 1.0) for last in bearer.lasts):
            continue
        whole = groups.profiles[bearer.group]
        fits = unit.profile.states.keys() & whole.states.keys() or unit.profile.offices.keys() & whole.offices.keys()
        if told and not plain and not fits:
            continue  # وزير الطرق ميلر سالم: so he is called
        strange = unit.profile.states and whole.states and not fits
        near = ((min((abs(when - day) for day in days), default=0), count) for when, count in bearer.days.items())
        weight = sum(count * 0.5 ** (away / _HALF_LIFE) for away, count in near)
        weights.append((weight * (_OTHER_OFFICE if strange else 1.0), bearer.group))
    total = sum(weight for weight, _ in weights)
    weight, best = max(weights, key=lambda one: (one[0], groups.units[one[1]].rank), default=(0.0, -1))
    # A word that may be a given name begins somebody else's full name, unless everybody is speaking of the other.
    needed = _KNOWN if plain and not names.given(lone) else _FAMOUS if plain or not names.given(lone) else 6 * _FAMOUS
    if not total or weight < needed or weight / total < _DOMINANT:
        return None
    return best, weight / total * weight / (weight + 1.0)


def _clustering(
    groups: _Groups, sureness: list[float], doubts: dict[tuple[int, int], tuple[float, tuple[str, ...]]]
) -> Clustering:
    found = []
    for members in groups.members.values():
        found.append(
            tuple(
                sorted(
                    (
                        Member(appearance.id, round(sureness[n], 3))
                        for n in members
                        for appearance in groups.units[n].appearances
                    ),
                    key=lambda member: member.id,
                )
            )
        )
    listed: dict[tuple[int, int], Doubt] = {}
    for (one, other), (score, reasons) in sorted(
        doubts.items(), key=lambda doubt: (-doubt[1][0], groups.units[doubt[0][0]].rank, groups.units[doubt[0][1]].rank)
    ):
        first, second = sorted((groups.find(one), groups.find(other)))
        if first != second and not groups.forbidden(one, other):
            listed.setdefault(
                (first, second),
                Doubt(
                    groups.units[one].appearances[0].id, groups.units[other].appearances[0].id, round(score, 3), reasons
                ),
            )
    return Clustering(tuple(sorted(found, key=lambda group: group[0].id)), tuple(listed.values()))


@dataclass(slots=True)
class _Bearer:
    """A candidate as short names and offices see it."""

    number: int
    days: Counter[int]
    undated: int
    profile: Profile
    ids: set[int]
    rank: tuple[object, ...]
    wordings: tuple[tuple[str, ...], ...]
    stories: dict[int, set[str]]  # day → whom else its articles of that day name
    spoken: frozenset[str]  # what articles that name it in full call it besides
    share: float  # of the entity's appearances, those that offer the key
    bodies: frozenset[str] = frozenset()  # the keys of a body
    called: dict[tuple[str, bool, bool], tuple[float, bool]] = field(default_factory=dict)  # what `_called` found


def attach(
    appearances: Sequence[Appearance], candidates: Sequence[Candidate], decisions: Sequence[Decision] = ()
) -> Attachment:
    """Send appearances that want one key to the candidate that each means, if there is one such candidate.

    Each appearance is decided by itself, by its day, office, state and who else is in the article. What goes nowhere is
    grouped. Independent of the order of both.
    """
    bearers = [_bearer(candidate) for candidate in candidates]
    ordered = sorted(appearances, key=_order)
    must, never = _decided(ordered, bearers, decisions)
    attached: list[tuple[int, Member]] = []
    left: list[Appearance] = []
    for appearance in ordered:
        if appearance.id in must:
            attached.append((must[appearance.id], Member(appearance.id, 1.0)))
            continue
        allowed = [bearer for bearer in bearers if (appearance.id, bearer.number) not in never]
        chosen = _chosen(appearance, allowed)
        if chosen is None:
            left.append(appearance)
        else:
            attached.append((chosen[0], Member(appearance.id, round(chosen[1], 3))))
    return Attachment(tuple(attached), _alone(left, bool(bearers), decisions))


def _chosen(appearance: Appearance, bearers: Sequence[_Bearer]) -> tuple[int, float] | None:
    """The candidate that an appearance means, and how sure that is, or None."""
    if not forms.is_person(appearance):
        return _of_state(appearance, bearers)
    form = forms.of(appearance)
    if form.rank != "office":
        return _meant(appearance, form, bearers)
    if any(post.sole and not post.former for post in form.posts):
        return _holder(appearance, bearers)
    titles = {post.key for post in form.posts if post.titled}
    if not titles:
        return _present(appearance, bearers)
    state = _state_of_article(appearance)
    places = {f"{title}|{state}" for title in titles}
    return _holder(appearance, [one for one in bearers if places & one.profile.offices.keys()]) if state else None


def _state_of_article(appearance: Appearance) -> str | None:
    """The state that an article is about: what its text tells, else as far as the names in it do (the only one, or one
    much before others)."""
    if appearance.setting:
        return appearance.setting
    found = Counter(of for other in appearance.others if (of := bodies.read(other).of))
    found.update(of for alias in appearance.aliases if (of := bodies.read(alias).of))
    state = _most(found)
    clear = state is not None and found[state] >= _MOSTLY * found.total() and found[state] >= _NAMED
    return state if clear else None


def _of_state(appearance: Appearance, bearers: Sequence[_Bearer]) -> tuple[int, float] | None:
    """The body that the article names, for a short name; that of the state that the article is about, for a name that
    does not tell the state, or where no state is clear, the one to which nearly all belong who are of a state."""
    if bodies.short(appearance.name):
        named = {bodies.read(other).key for other in (*appearance.others, *appearance.aliases)}
        meant = [bearer for bearer in bearers if bearer.bodies & named]
        return (meant[0].number, _CLEAR) if len(meant) == 1 else None
    state = None if leading.leader(appearance.name) else _state_of_article(appearance)
    if state:
        fitting = [bearer for bearer in bearers if state in bearer.profile.states]
        most = max(fitting, key=lambda bearer: (bearer.profile.count, bearer.rank), default=None)
        enough = most and most.profile.count >= _DOMINANT * sum(bearer.profile.count for bearer in fitting)
        return (most.number, _CLEAR) if most and enough else None
    total = sum(bearer.profile.count for bearer in bearers)
    best = max(bearers, key=lambda bearer: (bearer.profile.count, bearer.rank), default=None)
    if best is None or best.profile.count < max(_FEW, total * _ONLY):
        return None
    return best.number, _CLEAR


def _bearer(candidate: Candidate) -> _Bearer:
    days: Counter[int] = Counter()
    stories: dict[int, set[str]] = defaultdict(set)
    profile = Profile()
    own: set[str] = set()
    undated = 0
    for appearance in candidate.appearances:
        profile.count += 1
        if appearance.day:
            days[_ordinal(appearance.day)] += 1
            stories[_ordinal(appearance.day)].update(appearance.others)
        else:
            undated += 1
        if not forms.is_person(appearance):
            profile.states.update([of] if (of := forms.body(appearance).of) else [])
            own.update([key] if (key := forms.body_key(appearance)) else [])
            continue
        posts = _posts(appearance)
        form = forms.of(appearance)
        profile.offices.update(post.place for post in posts if not post.former)
        state = appearance.country or form.state or next((post.of for post in posts if post.of), None)
        profile.states.update([state] if state else [])
        profile.fields.update([form.field] if form.field else [])
    first = min(map(_order, candidate.appearances), default=())
    ids = {appearance.id for appearance in candidate.appearances}
    persons = [appearance for appearance in candidate.appearances if forms.is_person(appearance)]
    spoken = frozenset(word for appearance in persons for word in forms.of(appearance).spoken)
    share = len(candidate.appearances) / max(candidate.size, len(candidate.appearances))
    called = {words for appearance in persons for words in _wordings(appearance)}
    if share < _SLIP:  # the word beside a surname calls nobody
        called = {(lone,) if (lone := names.lone(words)) else words for words in called}
    wordings = tuple(sorted(called))
    return _Bearer(
        candidate.number, days, undated, profile, ids, first, wordings, stories, spoken, share, frozenset(own)
    )


@lru_cache(maxsize=65536)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def _decided(
    appearances: Sequence[Appearance], bearers: Sequence[_Bearer], decisions: Sequence[Decision]
) -> tuple[dict[int, int], set[tuple[int, int]]]:
    """What decisions say of these appearances: where they go, and where they do not (the later one holds)."""
    wanted = {appearance.id for appearance in appearances}
    at = {number: bearer.number for bearer in bearers for number in bearer.ids}
    must: dict[int, int] = {}
    never: set[tuple[int, int]] = set()
    for decision in decisions:
        for mine, theirs in ((decision.one, decision.other), (decision.other, decision.one)):
            if mine in wanted and theirs in at:
                if decision.verdict == "same":
                    must[mine] = at[theirs]
                    never.discard((mine, at[theirs]))
                else:
                    never.add((mine, at[theirs]))
                    if must.get(mine) == at[theirs]:
                        del must[mine]
    return must, never


def _meant(appearance: Appearance, form: forms.Form, bearers: Sequence[_Bearer]) -> tuple[int, float] | None:
    """Whom a short name means: the candidate and how sure that is, or None."""
    day = _ordinal(appearance.day) if appearance.day else None
    offices = {post.place for post in form.posts if post.of or post.body}
    weights: list[tuple[float, _Bearer]] = []
    most = max((bearer.profile.count for bearer in bearers if _called(form, bearer)[1]), default=0)
    held = any(offices & bearer.profile.offices.keys() for bearer in bearers)
    common = names.common(form.words[0]) and not form.reign  # محمد alone: only if everybody speaks of one
    told = {post.key for post in form.posts} if common else set()
    for bearer in bearers:
        if bearer.profile.count < min(most * _SLIP, _FEW):
            continue
        if told and not told & {place.partition("|")[0] for place in bearer.profile.offices}:
            continue
        weight = float(bearer.undated)
        for when, count in bearer.days.items():
            weight += count * (1.0 if day is None else 0.5 ** (abs(when - day) / _HALF_LIFE))
        weight *= _same_story(appearance, day, bearer)
        weight *= _likely(form, offices, bearer)
        if held and not offices & bearer.profile.offices.keys():
            weight *= _OTHER_OFFICE
        weights.append((weight, bearer))
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    weight, best = max(weights, key=lambda found: (found[0], found[1].rank))
    share = weight / total
    # Little known of anybody of that name in that time: then it may be somebody who is never named in full.
    sure = share * weight / (weight + _UNKNOWN)
    enough = share >= _MOSTLY and weight >= _FAMOUS if common else share >= _DOMINANT and weight >= _UNKNOWN
    if names.rare(form.words[0]) and sum(weight > 0 for weight, _ in weights) == 1:
        enough = weight > _RARE  # hardly two bear it
    return (best.number, sure) if enough else None


def _same_story(appearance: Appearance, day: int | None, bearer: _Bearer) -> float:
    """How much more probable those whom an article names besides make a candidate: do articles of these days that name
    the candidate in full name them, too?"""
    if day is None:
        return 1.0
    named = {other for near in range(day - _DAYS, day + _DAYS + 1) for other in bearer.stories.get(near, ())}
    shared = len(named & set(appearance.others))
    return _STORY ** min(shared, 2)


def _likely(form: forms.Form, offices: set[str], bearer: _Bearer) -> float:
    """How probable the name and what is said beside it make a candidate, as a factor (1: no more than any other).

    A word that is not the last of a name, and by which no article calls its bearer, needs something that speaks for it.
    """
    like, usual = _called(form, bearer)
    if not like:
        return 0.0
    fits = _fits(offices, form, bearer) * math.exp(-_UNLIKE * (1 - like))
    if fits < _AGAINST:
        return 0.0
    return fits if usual else fits * _OTHER_WORD if fits > 1.0 else 0.0


def _called(form: forms.Form, bearer: _Bearer) -> tuple[float, bool]:
    """How like the word of a short name is to one of the candidate's names (0: no word of it), and whether that is a
    usual short name: a last word, a ruler's first, or what articles call the candidate."""
    word, trimmed = form.words[0], form.name.trimmed
    if (found := bearer.called.get((word, form.reign, trimmed))) is not None:
        return found
    best = (0.0, False)
    for words in bearer.wordings:
        for n, other in enumerate(words):
            if (like := names.word_likeness(word, other)) >= _LIKE:
                usual = n == len(words) - 1 or (n == 0 and form.reign)
                usual = usual or (other in bearer.spoken and not trimmed)
                best = max(best, (like, usual), key=lambda found: (found[1], found[0]))
    bearer.called[word, form.reign, trimmed] = best
    return best


def _fits(offices: set[str], form: forms.Form, bearer: _Bearer) -> float:
    """How much more (or less) probable what is said beside a short name makes this candidate."""
    profile = bearer.profile
    if offices & profile.offices.keys():
        return 60.0
    factor = 1.0
    if form.reign:
        held = sum(count for place, count in profile.offices.items() if place.split("|")[0] in form.name.titles)
        factor *= 4.0 if held > profile.count / 5 else 0.2
    if form.state and profile.states:
        share = profile.states[form.state] / sum(profile.states.values())
        factor *= 4.0 if share > 0.2 else 1.0 if share > 0.02 else 0.1
    if form.field and profile.fields:
        share = profile.fields[form.field] / sum(profile.fields.values())
        factor *= 2.0 if share > 0.2 else 0.25
    return factor


def _present(appearance: Appearance, bearers: Sequence[_Bearer]) -> tuple[int, float] | None:
    """The only candidate whom the article names besides: نجم المنتخب, where فلان is one."""
    here = _here(appearance)
    named = [bearer for bearer in bearers if _named_here(bearer, here)]
    return (named[0].number, _CLEAR) if len(named) == 1 else None


def _here(appearance: Appearance) -> frozenset[tuple[str, ...]]:
    """The names of persons that an article has, in words."""
    return frozenset(words for other in appearance.others if (words := names.parse(other).words))


def _named_here(bearer: _Bearer, here: frozenset[tuple[str, ...]]) -> bool:
    """Is a candidate among these names, in full or by the last word?"""
    return any(words in here or (words[-1:] in here and not names.common(words[-1])) for words in bearer.wordings)


def _holder(appearance: Appearance, bearers: Sequence[_Bearer]) -> tuple[int, float] | None:
    """Who held the office on the day of an appearance: the candidate and how sure that is, or None."""
    if not appearance.day:
        return None
    day = _ordinal(appearance.day)
    weights: list[tuple[float, _Bearer]] = []
    form = forms.of(appearance)
    most = max((bearer.profile.count for bearer in bearers), default=0)
    held = [bearer for bearer in bearers if bearer.share >= _SLIP]
    # An office that is called in many ways is a small share of all that is said of its holder.
    held = held or [bearer for bearer in bearers if bearer.profile.count >= _FAMOUS]
    for bearer in held:
        slip = bearer.profile.count < min(most * _SLIP, _FEW)
        if slip or (form.words and not _called(form, bearer)[0]):
            continue
        near = [(abs(when - day), count) for when, count in bearer.days.items() if abs(when - day) <= _TERM]
        weights.append((sum(count * 0.5 ** (away / 7) for away, count in near), bearer))
    here = _here(appearance)
    named = [bearer for weight, bearer in weights if weight and _named_here(bearer, here)]
    if len(named) == 1:  # in the weeks in which one follows another
        weights = [(weight * _PRESENT if bearer is named[0] else weight, bearer) for weight, bearer in weights]
    if len(weights) == 1 and weights[0][1].profile.count >= _FEW:
        weight, bearer = weights[0]
        alone = any(abs(when - day) <= _ONLY_TERM for when in bearer.days)
        weights = [(max(weight, 0.05 if alone else 0.0), bearer)]
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    weight, best = max(weights, key=lambda found: (found[0], found[1].rank))
    share = weight / total
    return (best.number, share * weight / (weight + 0.05)) if share >= _DOMINANT else None


def _alone(left: Sequence[Appearance], borne: bool, decisions: Sequence[Decision]) -> Clustering:
    """Group what goes to no candidate: a word that nobody bears in full may be all of a name (a mononym); an office
    stays with what is said of it near in time."""
    groups: list[list[Appearance]] = []
    if left and not forms.is_person(left[0]) and not bodies.short(left[0].name):
        stated: dict[object, list[Appearance]] = defaultdict(list)
        for appearance in left:
            # all that are called by one leader are one
            stated[leading.leader(appearance.name) or _state_of_article(appearance) or appearance.id].append(appearance)
        groups = list(stated.values())
    elif not left or not forms.is_person(left[0]) or _untold(left[0]) or _common(left[0]):
        groups = [[appearance] for appearance in left]
    elif forms.of(left[0]).rank == "office":
        named = [appearance for appearance in left if forms.of(appearance).words]
        for appearance in [*named, *(one for one in left if not forms.of(one).words)]:
            for group in reversed(groups):
                if any(_one_holder(other, appearance) for other in group):
                    group.append(appearance)
                    break
            else:
                groups.append([appearance])
    else:
        groups = _mononyms(left, borne)
    return _with_decisions(groups, decisions)


def _common(appearance: Appearance) -> bool:
    """Is this a short name that so many bear that alone it names nobody?"""
    form = forms.of(appearance)
    return form.rank == "short" and names.common(form.words[0])


def _untold(appearance: Appearance) -> bool:
    """Is this an office of which nobody tells the state?"""
    form = forms.of(appearance)
    return form.rank == "office" and not any(post.sole and not post.former for post in form.posts)


def _one_holder(one: Appearance, other: Appearance) -> bool:
    """May two appearances of an office whose holder the record does not know be of one holder: by the same name, or
    near in time and not both named?"""
    mine, theirs = forms.of(one).words, forms.of(other).words
    if mine and theirs:
        return names.consonants(mine[0]) == names.consonants(theirs[0])
    return bool(one.day and other.day) and abs(_ordinal(one.day or "") - _ordinal(other.day or "")) <= _TERM


def _mononyms(left: Sequence[Appearance], borne: bool) -> list[list[Appearance]]:
    """Single words by word, state and field. One of which nothing is said goes to the one group of which something is,
    unless somebody bears the word in full; else it stays alone: it may be no name at all."""
    said: dict[tuple[object, ...], list[Appearance]] = defaultdict(list)
    silent: list[Appearance] = []
    for appearance in left:
        form = forms.of(appearance)
        if form.state or form.field:
            said[(form.words, form.state, form.field)].append(appearance)
        elif names.rare(form.words[0]):
            said[(form.words, None, "")].append(appearance)  # hardly two bear it
        else:
            silent.append(appearance)
    groups = _agreeing(said)
    for appearance in silent:
        words = forms.of(appearance).words
        fitting = [group for group in groups if forms.of(group[0]).words == words]
        if len(fitting) == 1 and not borne and (len(fitting[0]) > 1 or names.rare(words[0])):
            fitting[0].append(appearance)
        else:
            groups.append([appearance])
    return groups


def _agreeing(said: dict[tuple[object, ...], list[Appearance]]) -> list[list[Appearance]]:
    """Join the groups of one word whose state and field do not differ where both are given, the largest first."""
    groups: list[tuple[object, object, object, list[Appearance]]] = []
    for (words, state, fields), members in sorted(said.items(), key=lambda item: (-len(item[1]), _order(item[1][0]))):
        for n, (other, its_state, its_field, found) in enumerate(groups):
            agrees = (state == its_state or not state or not its_state) and (
                fields == its_field or not fields or not its_field
            )
            if other == words and agrees:
                found.extend(members)
                groups[n] = (other, its_state or state, its_field or fields, found)
                break
        else:
            groups.append((words, state, fields, list(members)))
    return [members for *_, members in groups]


def _with_decisions(groups: list[list[Appearance]], decisions: Sequence[Decision]) -> Clustering:
    """Groups as they are, but for what decisions say: each appearance that one is about is a unit of its own."""
    anchored = {number for decision in decisions for number in (decision.one, decision.other)}
    units: list[_Unit] = []
    home: list[int] = []
    for n, group in enumerate(groups):
        rest = [appearance for appearance in group if appearance.id not in anchored]
        for part in ([rest] if rest else []) + [[a] for a in group if a.id in anchored]:
            units.append(_Unit([], Profile(count=len(part)), part, _order(part[0])))
            home.append(n)
    joined = _Groups(units)
    unit_of = {appearance.id: n for n, unit in enumerate(units) for appearance in unit.appearances}
    _decide(joined, unit_of, decisions)
    first: dict[int, list[int]] = defaultdict(list)
    for n, group_number in enumerate(home):
        other = next((m for m in first[group_number] if not joined.forbidden(n, m)), None)
        if other is not None:
            joined.join(other, n)
        first[group_number].append(n)
    return _clustering(joined, [1.0] * len(units), {})


def describe(appearances: Sequence[Appearance]) -> Description:
    """What all appearances of an entity say about it together."""
    ordered = sorted(appearances, key=_order)
    persons = [one for one in ordered if forms.is_person(one)]
    if len(persons) * 2 > len(ordered):
        return _describe_person(persons)
    kinds = Counter(one.kind for one in ordered if one.kind not in forms.PERSONS) or Counter({"organization": 1})
    kind: EntityKind = min(kinds, key=lambda kind: (-kinds[kind], kind))
    return _describe_body(kind, [one for one in ordered if one not in persons])


def _describe_person(appearances: list[Appearance]) -> Description:
    shown: Counter[str] = Counter()
    for appearance in appearances:
        form = forms.of(appearance)
        if form.words:
            shown[form.name.shown] += 1 if appearance.known is None else len(appearances)
    full = {text: count for text, count in shown.items() if len(names.parse(text).words) > 1}
    usual = full or shown
    counted: dict[str, list[tuple[Post, str | None]]] = defaultdict(list)
    countries: Counter[str] = Counter()
    for appearance in appearances:
        form = forms.of(appearance)
        state = appearance.country or form.state
        if state:
            countries[state[:2]] += 1 if appearance.country is None else len(appearances)
        for post in form.posts:
            if not post.former and (post.of or post.body or post.sole):
                counted[post.place].append((post, appearance.day))
    offices = [_office(held) for held in counted.values()]
    for appearance in appearances:
        offices.extend(Office(term.title, term.of, term.first, term.last, 0) for term in appearance.terms)
    offices.sort(key=lambda office: (-office.count, office.first or "", office.title, office.of or ""))
    country = _most(countries)
    if country and countries[country] < len(appearances) * _SLIP:
        country = None
    relations: list[Relation] = []
    if usual:
        name = min(usual, key=lambda text: (-usual[text], -len(text), text))
        kind: EntityKind = "person"
        if country:
            relations.append(Relation("national_of", country))
    else:
        described = Counter(appearance.name for appearance in appearances)
        name = min(described, key=lambda text: (-described[text], text))
        sole = any(forms.of(appearance).rank == "office" for appearance in appearances)
        kind = "office" if sole else "person"
        if sole and offices and offices[0].of:
            relations.append(Relation("office_of", offices[0].of))
    romanised = romanise(name) if kind == "person" and usual else None
    return Description(kind, name, romanised, country, tuple(offices), tuple(relations))


def _office(held: list[tuple[Post, str | None]]) -> Office:
    days = sorted(day for _, day in held if day)
    titles = Counter(post.title for post, _ in held)
    title = min(titles, key=lambda text: (-titles[text], text))
    return Office(title, held[0][0].of, days[0] if days else None, days[-1] if days else None, len(held))


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None


def _describe_body(kind: EntityKind, appearances: list[Appearance]) -> Description:
    if kind == "document":
        return Description(kind, appearances[0].name)
    readings = [bodies.read(appearance.name) for appearance in appearances]
    titles = Counter(reading.title for reading in readings)
    name = min(titles, key=lambda text: (-titles[text], text))
    of = _most(Counter(reading.of for reading in readings if reading.of))
    standings = Counter(reading.standing for reading in readings)
    standing = min(standings, key=lambda text: (-standings[text], text))
    relations = (Relation(_RELATIONS.get(standing, "body_of"), of),) if of else ()
    return Description(kind, name, None, of[:2] if of else None, (), relations)
