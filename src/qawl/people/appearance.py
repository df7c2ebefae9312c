"""The values that identity is decided on, and those it comes to. All of it is plain: no database here.

An *appearance* is somebody's presence in one article. The appearances of one person, body or state come to one
*entity*. Three steps lead there, and each looks only at the appearances that share a key with a new one:

1. appearances with a full name (`Keys.full`) are clustered among those that share a key with them, directly or through
   others (`qawl.people.clustering.cluster`);
2. a short name (`فيلدمان`) goes to the one among the entities of step 1 that it can be short for, if there is one;
3. an office without a name (`وزير الخارجية الأميركي`) goes to the one who held it on that day, among the entities of
   steps 1 and 2 (both: `qawl.people.clustering.attach`).

What goes nowhere in steps 2 and 3 makes entities of its own. In the end each entity is described by all appearances
that it has (`qawl.people.clustering.describe`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["person", "organization", "group", "place", "document", "office"]

#: The step at which an appearance is resolved.
Rank = Literal["full", "short", "office"]


@dataclass(frozen=True, slots=True)
class Term:
    """An office as somebody else's data give it: its name, of which state (ISO 3166 alpha-2) or body, from when to when
    (ISO 8601 days, both ends included; None: not given)."""

    title: str
    of: str | None = None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody in one article.

    `name` is the fullest that the article has; `aliases` are the other spellings and parts of it there; `role` the
    office or title as written; `outlet` the outlet's name; `day` the day of publication (ISO 8601); `others` the folded
    names of all that appear in the article (this one, too): the tuple is shared by the appearances of an article.
    `setting` is the code of the state that the article tells of (`qawl.people.setting`), if that is clear.

    An entry of imported data is one as well: then `known` is its number, `aliases` are its names, `country` and `terms`
    are given, `day`, `outlet` and `others` are empty. Two with different `known` are never one.
    """

    id: int
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    outlet: str | None = None
    day: str | None = None
    others: tuple[str, ...] = ()
    known: int | None = None
    country: str | None = None
    terms: tuple[Term, ...] = ()
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Where to look for the others; all of it follows from kind, name, aliases, role, country and terms alone.

    `full`: two appearances of rank full that may be one share one of these (few enough that what hangs together stays
    small). `wanted`: of rank short and office, the one key under which those are found whom it may mean. `offered`: the
    keys under which this one is found by such (of full: its short names and offices; of short: its office).
    Keys begin with the kind that they are about, so that no person is found under a place's key.
    """

    rank: Rank
    full: tuple[str, ...] = ()
    wanted: str | None = None
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two appearances (by id): they are the same, or different. It always wins; of two that
    cannot both hold the later one (by position in the sequence) does."""

    verdict: Literal["same", "different"]
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Member:
    """An appearance (by id) of an entity, and how sure it is that it belongs there, 0 to 1."""

    id: int
    sureness: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two appearances (by id; one for each of two entities) that may be one, or may not: a score from 0 to 1 and what
    speaks for and against, in plain English words."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clustering:
    """Which appearances are one: each is in exactly one of the groups."""

    groups: tuple[tuple[Member, ...], ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity of an earlier step, by a number, with those of its appearances of the earlier steps that offer the key
    in question. (A person's decision can make one a candidate that does not: then it is all of them.) `size`: how many
    the entity has of the earlier steps, whether they offer it or not (0: as many as are given)."""

    number: int
    appearances: tuple[Appearance, ...]
    size: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """Appearances that go to candidates (by the candidate's number), and those that go to none, in groups."""

    attached: tuple[tuple[int, Member], ...]
    apart: Clustering


@dataclass(frozen=True, slots=True)
class Office:
    """An office in its normal form, of a state (ISO 3166 alpha-2) or body; the first and last day on which an article
    gives it, and how many do."""

    title: str
    of: str | None
    first: str | None
    last: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Relation:
    """What an entity is to a state: `state_of` (it is the state itself), `capital_of`, `body_of`, `office_of`,
    `national_of`. `of` is the state's ISO 3166 alpha-2 code."""

    kind: Literal["state_of", "capital_of", "body_of", "office_of", "national_of"]
    of: str


@dataclass(frozen=True, slots=True)
class Description:
    """What the appearances of an entity say about it together. `country` is the state (ISO 3166 alpha-2) that most of
    them point to."""

    kind: EntityKind
    name: str
    romanised: str | None = None
    country: str | None = None
    offices: tuple[Office, ...] = ()
    relations: tuple[Relation, ...] = ()
