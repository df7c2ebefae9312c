"""Write ``tables/names.txt``: given names and surnames in Arabic letters, folded.

Names come from arabic-name-romanizer (MIT; its names from Wikidata, CC0, and DziriNames) and from our own list of given
names of the world as Arabic papers write them (``tables/world_names.tsv``). The first has noise: words that got into a
label (رئيس، على). A word is left out when another table claims it as a particle, an office, a body and so on, and when
it is an ordinary word of news: one that takes the article too often for a name, or stands too seldom beside a given
name. ``--counts`` gives the file that count_words.py writes.

    python scripts/build_names.py --counts counts.tsv
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import arabic_name_romanizer

from qawl.arabic.letters import fold
from qawl.lexicon import ordinary
from qawl.lexicon.classes import WordClass, load

TABLES = Path(__file__).parent.parent / "src" / "qawl" / "lexicon" / "tables"
#: A name attested this often stays although it is an ordinary word too (خالد، كريم، نور).
FIRM = 25
#: What a fold makes of some names is a commoner word (آلان is الآن, آنا is أنا).
#: So is what a noun makes with a preposition written onto it (بولاية، برؤية).
NEVER = frozenset(
    fold(
        "الآن أنا بأن كان فان باسم أكبر أفضل سيما حتى هذا"
        " باسمه بأسره برؤية بولاية بزاوية برحيل بجاري بسلالة بزمان بكرات"
    ).split()
)
#: Words seen this often in news are judged by the share of their hits that stand beside a given name.
SEEN = 15
BESIDE = 0.06
FIRM_BESIDE = 0.02
ORDINARY_BESIDE = 0.25
NOUN_SHARE = 0.3
#: A role counts when it makes up this share of a name's hits.
ROLE_SHARE = 0.1


def attested() -> dict[str, Counter[str]]:
    """Folded one-word names with how often they are a given name, a surname, or unknown."""
    resources = Path(arabic_name_romanizer.__file__).parent / "resources"
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with sqlite3.connect(resources / "names.sqlite3") as index:
        for key, role, count in index.execute("SELECT arabic_key, role, SUM(count) FROM units GROUP BY 1, 2"):
            name = fold(key)
            if " " not in name and name.isalpha() and len(name) > 2:
                found[name][role] += count
    return found


def world_names(role: str) -> set[str]:
    """Our own list of names of the world, folded."""
    names: set[str] = set()
    for line in (TABLES / "world_names.tsv").read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            listed, listed_role = line.split("\t")[:2]
            if listed_role == role:
                names.update(fold(listed).split())
    return names


@dataclass(frozen=True, slots=True)
class Usage:
    """How news uses words: how often, how often beside a given name; and which are words of the language."""

    counts: Counter[str]
    beside: Counter[str]
    ordinary: frozenset[str]

    def is_ordinary(self, name: str, hits: int) -> bool:
        """Is this rather a word of the language than a name that was attested so many times?"""
        count = self.counts[name]
        beside = self.beside[name] / count if count >= SEEN else 0.0
        # Taking the article is the mark of a noun.
        noun = not name.startswith("ال") and self.counts["ال" + name] > max(3.0, NOUN_SHARE * count)
        if hits >= FIRM:
            return beside < FIRM_BESIDE and (count > 30 * hits or (noun and count > hits))
        if name.removeprefix("ال") in self.ordinary:
            return beside < ORDINARY_BESIDE
        if beside >= BESIDE:
            return False
        if noun or count > 100 * hits:
            return True
        # A conjunction or preposition glued to a word that is much commoner without it.
        return name[0] in "وفبلك" and hits <= 2 and self.counts[name[1:]] > 20 * (count + 1)


def read_usage(path: Path) -> Usage:
    """The counts that count_words.py wrote."""
    counts: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        word, count, near = line.split("\t")
        counts[word], beside[word] = int(count), int(near)
    words = ordinary.load()
    return Usage(counts, beside, words.nouns | words.verbs | words.adjectives)


def main() -> None:
    """Write the table of names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=Path, required=True)
    usage = read_usage(parser.parse_args().counts)
    names = WordClass.GIVEN | WordClass.SURNAME
    # A name may be a nationality, a place or a month too; anything else that a table claims is no name.
    shared = names | WordClass.NATIONALITY | WordClass.PLACE | WordClass.HONORIFIC | WordClass.MONTH | WordClass.WHOLE
    claimed = load().words
    found: dict[str, set[str]] = {"given": set(), "surname": set()}
    for name, roles in attested().items():
        hits = sum(roles.values())
        flags = claimed.get(name, 0) | claimed.get(name.removeprefix("ال"), 0)
        if name in NEVER or flags & ~(shared | WordClass.PEOPLE | WordClass.VERB):
            continue
        if flags & ~(names | WordClass.MONTH) and hits < FIRM:
            continue
        if flags & (WordClass.PEOPLE | WordClass.VERB) and hits < 4 * FIRM:
            continue
        if usage.is_ordinary(name, hits):
            continue
        for role, into in found.items():
            is_surname = name.startswith("ال")
            if (role == "surname") if is_surname else roles[role] + roles["unknown"] >= ROLE_SHARE * hits:
                into.add(name)
    for role, into in found.items():
        into.update(
            name
            for name in world_names(role) - NEVER
            if not claimed.get(name, 0) & ~(names | WordClass.WHOLE | WordClass.MONTH | WordClass.HONORIFIC)
        )
    given, surnames = found["given"], found["surname"]
    both = given & surnames
    lines = (given - both, surnames - both, both)
    (TABLES / "names.txt").write_text("".join(" ".join(sorted(line)) + "\n" for line in lines), "utf-8")
    print(*(len(line) for line in lines))


if __name__ == "__main__":
    main()
