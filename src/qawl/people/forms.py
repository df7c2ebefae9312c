"""What an appearance says of itself: its name in words, its offices, its state, and at which step it is resolved.

All of it follows from the texts of the appearance alone and is computed once for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qawl.arabic.letters import fold
from qawl.lexicon import classes as _classes
from qawl.lexicon.classes import WordClass
from qawl.people import bodies, leading, names, offices
from qawl.people.appearance import Appearance, Rank
from qawl.people.bodies import Body
from qawl.people.names import Name
from qawl.people.offices import Post

_NAMES: Final = int(WordClass.GIVEN | WordClass.SURNAME)
_NO_NAME: Final = int(WordClass.OFFICE | WordClass.PEOPLE | WordClass.BODY | WordClass.NATIONALITY | WordClass.OUTLET)
_NATION: Final = int(WordClass.NATIONALITY)
_OFFICE: Final = int(WordClass.OFFICE | WordClass.PEOPLE)
#: Kinds of human beings.
PERSONS: Final = ("person", "office")
_SHORTEST: Final = 3  # letters of a name that stands alone
_BODIES: Final = ("organization", "place", "group")


@dataclass(frozen=True, slots=True)
class Form:
    """A person's appearance as it is compared. `words` are those of the name (empty: there is none); `posts` the
    offices it is given; `state` the code of the state that it points to; `field` where such people work; `reign`
    whether it has an honorific with which a given name alone is enough."""

    rank: Rank
    name: Name
    words: tuple[str, ...]
    posts: tuple[Post, ...]
    state: str | None
    field: str
    reign: bool
    spoken: tuple[str, ...]


@lru_cache(maxsize=131072)
def of_person(name: str, aliases: tuple[str, ...], role: str | None, known: bool = False) -> Form:
    """Read a person's name, aliases and role."""
    if role is not None and not known and (apposed := _apposed(name, role)):
        name = apposed
    parsed = _parsed(name, aliases)
    described = role is not None and fold(role).startswith(fold(name)) and not known
    called = names.plausible(parsed) and (known or not _describes(parsed, described))
    sources = [name] if not called else [f"ال{title}" for title in parsed.titles if title in names.parts("reign")]
    if role and (called or not described):
        sources.append(role)
    if called:
        sources.extend(_beside(parsed, aliases))
    posts: dict[str, Post] = {}
    state: str | None = None
    field = ""
    for source in sources:
        reading = offices.read(source)
        if reading.post:
            posts.setdefault(reading.post.place, reading.post)
            field = field or reading.post.field
        state = state or reading.state
    parts = names.parts("reign")
    reign = any(title in parts for title in parsed.titles) or any(post.key in parts for post in posts.values())
    words = parsed.words if called else ()
    spoken = tuple(
        sorted(
            {short.words[0] for short in map(names.parse, aliases) if len(short.words) == 1 and short.words[0] in words}
        )
    )
    return Form(
        _rank(words, tuple(posts.values()), reign, known),
        parsed,
        words,
        tuple(posts.values()),
        state,
        field,
        reign,
        spoken,
    )


def _apposed(name: str, role: str) -> str:
    """The name that stands after the office in somebody's role (وزيرة الطرق النرويجية، سلمى نهر), where the name that
    was read is the office alone; else empty."""
    before, *after = role.split("،")
    if not after or not fold(before).startswith(fold(name)):
        return ""
    for said in after:
        parsed = names.parse(said.strip())
        full = len(parsed.words) > 1 and names.plausible(parsed) and not parsed.trimmed
        if full and names.given(parsed.words[0]) and not _describes(parsed, False):
            return said.strip()
    return ""


def _parsed(name: str, aliases: tuple[str, ...]) -> Name:
    """The name, trimmed unless what would be left out is what the article calls its bearer (نيكولا كون: كون)."""
    parsed = names.parse(name)
    for alias in aliases:
        called = names.parse(alias)
        inside = len(called.words) > 1 and parsed.words[-len(called.words) :] == called.words
        if inside and not called.trimmed and names.strange(parsed.words[: -len(called.words)]):
            return called  # حذرالرئيس فلان الفلاني, and elsewhere in the article فلان الفلاني
    if parsed.trimmed:
        whole = names.parse(name, trim=False)
        if any(names.parse(alias, trim=False).words == whole.words[-1:] for alias in aliases):
            return whole
        if any(alias.startswith(name) and alias[len(name) :].lstrip()[:1] in ("،", ",") for alias in aliases):
            return whole  # فلان الفلاني، وزير الطرق
    return parsed


def _rank(words: tuple[str, ...], posts: tuple[Post, ...], reign: bool, known: bool) -> Rank:
    if known or len(words) > 1:
        return "full"
    if len(words) == 1:
        word = words[0]
        if (names.is_ordinary(word) and not posts) or word.isascii() or len(word) < _SHORTEST:
            return "full"
        held = any(post.sole and not post.former and post.of for post in posts)
        if held and (reign or names.common(word)):
            return "office"
        return "short"
    held = any((post.sole or post.titled or post.calling) and not post.former for post in posts)
    return "office" if held else "full"


def _describes(parsed: Name, described: bool) -> bool:
    """Is this no name but a description (الرئيس الأميركي)? `described`: the reader took it for one."""
    table = _classes.load()
    if len(parsed.words) == 1 and parsed.words[0] in names.parts("join") and not parsed.shown.startswith("آ"):
        return True  # أبي (my father), not آبي
    if described and parsed.trimmed:
        return True
    first, *others = fold(parsed.shown).split()
    head, known = parsed.words[0], table.flags(parsed.words[0])
    if head in names.parts("nobody") and len(parsed.words) == 1:
        return True
    qualified = bool(others) and others[0].startswith("ال") and names.is_ordinary(names.bare(others[0]))
    if known & _OFFICE and qualified and not parsed.titles:
        return True  # قائد الجيش
    if parsed.titles and first.startswith("ال") and (names.is_ordinary(head) or known & _NATION):
        return True  # الناطق الرسمي, الرئيس المصري
    common = len(parsed.words) == 1 or known & _OFFICE or (first.startswith("ال") and not known & _NAMES)
    if known & _NO_NAME and not names.established(head) and common:
        return True  # المتحدث, رئيس الوزراء
    if len(parsed.words) > 1 and not parsed.titles and not first.startswith("ال") and names.is_ordinary(head):
        return True  # صهر فلان
    if not described:
        return False
    if parsed.titles and known & _NO_NAME:
        return True  # المدرب الشاب
    if parsed.titles and len(parsed.words) == 1 and not names.in_language(head) and not names.is_ordinary(head):
        return False  # الوزير فلان
    if len(parsed.words) > 1 and any(
        word.startswith("ال") and names.in_language(names.bare(word)) for word in (first, *others)
    ):
        return True  # المتحدث باسم البيت الأبيض
    return any(
        (table.flags(word) & _NO_NAME and not names.established(word))
        or not (table.flags(word) & _NAMES or names.counts().get(word))
        for word in parsed.words
    ) or (not parsed.titles and len(parsed.words) == 1)


def _beside(parsed: Name, aliases: tuple[str, ...]) -> list[str]:
    """What stands beside the name in the aliases that have more than it: فلان وزير الطرق, وزير الطرق فلان."""
    found: list[str] = []
    name = parsed.shown
    for alias in aliases:
        before, inside, after = alias.partition(name)
        if not inside:
            continue
        if after.strip(" ،,"):
            found.append(after.strip(" ،,"))
        elif before.strip(" ،,"):
            found.append(before.strip(" ،,"))
    return found


def of(appearance: Appearance) -> Form:
    """The form of a person's appearance."""
    return of_person(appearance.name, appearance.aliases, appearance.role, appearance.known is not None)


def is_person(appearance: Appearance) -> bool:
    """Is this a human being (or an office)? What was read as a person but bears the name of a known body is none."""
    return appearance.kind in PERSONS and (appearance.known is not None or _misread(appearance) is None)


def _misread(appearance: Appearance) -> Body | None:
    return _body_of(appearance.name, appearance.role)


@lru_cache(maxsize=131072)
def _body_of(name: str, role: str | None) -> Body | None:
    """The body of the table that somebody's name, or role and name together (سكاي نيوز + عربية), is the name of."""
    together = bodies.known(f"{role} {name}", None) if role else None
    return together or bodies.known(name, None) or (bodies.known(name[1:], None) if name[:1] == "ل" else None)


def body_key(appearance: Appearance) -> str:
    """The key of an organization, place or group; empty where its name is nobody's own."""
    if appearance.kind in PERSONS:
        misread = _misread(appearance)
        return misread.key if misread else ""
    if appearance.kind not in _BODIES:
        return ""
    return bodies.group_key(appearance.name) if appearance.kind == "group" else body(appearance).key


def body(appearance: Appearance) -> Body:
    """The reading of the name of an organization or place."""
    return bodies.read(bodies.called(appearance.name, appearance.aliases))


def body_keys(appearance: Appearance) -> tuple[str, ...]:
    """The keys of an organization, place or group: its normal form; of an outlet also its name without the state."""
    key = body_key(appearance)
    named = outlet(appearance)
    return tuple(
        f"body:{part}" for part in ((key, f"outlet {named.key.split('|')[0]}") if named else (key,) if key else ())
    )


def wanted_body(appearance: Appearance) -> str:
    """The key under which those are found whom a body's name may mean that does not tell whose it is: one that says a
    kind of which every state has one (وزارة الطرق), a short name, or that of who leads it (إدارة ميلر); else empty."""
    if appearance.kind != "organization":
        return ""
    if short := bodies.short(appearance.name):
        return f"body:short:{short}"
    read = body(appearance)
    if read.of is None and read.standing == "body" and (leader := leading.leader(appearance.name)):
        return f"body:led:{leader}"
    title = bodies.title(appearance.name) if read.standing == "vague" and read.of is None else ""
    return f"body:title:{title}" if title else ""


def offered_bodies(appearance: Appearance) -> tuple[str, ...]:
    """The keys under which a body of a state is found by its kind alone, and any by its short names."""
    if appearance.kind not in _BODIES:
        return ()
    read = body(appearance)
    title = bodies.title(appearance.name) if read.of and read.standing == "body" and "|" in read.key else ""
    offered = [f"body:short:{short}" for short in bodies.shortened(read.key)]
    if read.of:
        offered += sorted({f"body:led:{leader}" for alias in appearance.aliases if (leader := leading.leader(alias))})
    return tuple([f"body:title:{title}", *offered] if title else offered)


def outlet(appearance: Appearance) -> Body | None:
    """The reading of a name that says that it is an outlet or company (صحيفة) or has a word that is none of the
    language (لوموند); None for others."""
    if appearance.kind != "organization":
        return None
    read = body(appearance)
    own = read.outlet or (
        read.standing == "body" and bodies.proper(appearance.name) and bodies.known(appearance.name, read.of) is None
    )
    return read if own and "|" in read.key else None


def full_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys under which other spellings of a full name are found, and names with a word more or less."""
    heard = [names.key(word) for word in words]
    if len(heard) < 2:
        return ()
    pairs = {(heard[0], heard[-1])}
    if len(heard) > 2:
        pairs.add((heard[1], heard[-1]))
        pairs.add((heard[0], heard[1]))
    return tuple(sorted(f"person:{one} {other}" for one, other in pairs))


def lone_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys under which a surname is found that was read with a word beside it (`names.lone`): those of all names
    that end in it, and of such a reading itself."""
    if len(words) < 2:
        return ()
    found = {word for word in (words[-1], names.lone(words)) if word and not names.established(word)}
    return tuple(sorted(f"person:lone {names.key(word)}" for word in found))


def office_keys(words: tuple[str, ...], posts: tuple[Post, ...]) -> tuple[str, ...]:
    """The keys under which full names are found that share the first or the last word and the name of an office that
    one at a time holds: there the other words may be misspelt; and those that share both initials and the office."""
    if len(words) < 2:
        return ()
    ends = {names.key(words[0]), names.key(words[-1])}
    offices = {post.key for post in posts if post.single and not post.former}
    found = {f"person:{end} @{office}" for end in ends for office in offices}
    initials = f"{names.sound(words[0])[0]}.{names.sound(words[-1])[0]}"
    found.update(f"person:{initials} @{post.place}" for post in posts if post.sole and not post.former)
    return tuple(sorted(found))
