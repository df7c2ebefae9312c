"""Write ``tables/names.txt``: given names and surnames in Arabic letters, folded.

Names come from arabic-name-romanizer (MIT; its names from Wikidata, CC0, and DziriNames) and from our own list of given
names of the world as Arabic papers write them (``tables/world_names.tsv``). The first has noise: words that got into a
label (رئيس، على). A word is left out when another table claims it as a particle, an office, a body and so on, and when
it is an ordinary word of news: one that takes the article too often for a name. ``--counts`` gives a file of folded
words with their counts in a large body of news (word, tab, number).

    python scripts/build_names.py --counts counts.tsv
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path

import arabic_name_romanizer

from qawl.arabic.letters import fold
from qawl.lexicon import ordinary
from qawl.lexicon.classes import WordClass, load

TABLES = Path(__file__).parent.parent / "src" / "qawl" / "lexicon" / "tables"
#: A name attested this often stays although it is an ordinary word too (خالد، كريم، نور).
FIRM = 25
#: What a fold makes of some names is a commoner word (آلان is الآن, آنا is أنا).
NEVER = frozenset(fold("الآن أنا بأن كان فان باسم أكبر أفضل سيما حتى هذا").split())
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


def is_ordinary(name: str, hits: int, counts: Counter[str], nouns: frozenset[str], verbs: frozenset[str]) -> bool:
    """Is this rather a word of the language than a name?"""
    if hits >= FIRM:
        return False
    if name.startswith("ال"):
        stem = name[2:]
        return stem in nouns or counts[name] > 400 * hits or counts[stem] > 60 * hits
    definite = counts["ال" + name]
    if name in nouns or name in verbs or definite > max(3.0, 0.5 * counts[name]):
        return True
    if counts[name] > 150 * hits:
        return True
    # A conjunction or preposition glued to a word that is much commoner without it.
    return name[0] in "وفبلك" and hits <= 2 and counts[name[1:]] > 20 * (counts[name] + 1)


def main() -> None:
    """Write the table of names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=Path, required=True)
    counts: Counter[str] = Counter()
    for line in parser.parse_args().counts.read_text("utf-8").splitlines():
        word, _, number = line.partition("\t")
        counts[word] = int(number)
    names = WordClass.GIVEN | WordClass.SURNAME
    may_be_names = names | WordClass.NATIONALITY | WordClass.PLACE | WordClass.HONORIFIC | WordClass.MONTH
    claimed = load().words
    words = ordinary.load()
    given: set[str] = set()
    surnames: set[str] = set()
    for name, roles in attested().items():
        hits = sum(roles.values())
        flags = claimed.get(name, 0) | claimed.get(name.removeprefix("ال"), 0)
        if flags & WordClass.COMMON or name in NEVER:
            continue
        if flags & ~may_be_names and (hits < 4 * FIRM or flags & ~(may_be_names | WordClass.VERB | WordClass.PEOPLE)):
            continue
        if flags & WordClass.NATIONALITY and hits < FIRM:
            continue
        if is_ordinary(name, hits, counts, words.nouns, words.verbs):
            continue
        if name.startswith("ال"):
            surnames.add(name)
            continue
        if roles["given"] + roles["unknown"] >= ROLE_SHARE * hits:
            given.add(name)
        if roles["surname"] + roles["unknown"] >= ROLE_SHARE * hits:
            surnames.add(name)
    for line in (TABLES / "world_names.tsv").read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            listed, role = line.split("\t")[:2]
            kept = {name for name in fold(listed).split() if not claimed.get(name, 0) & ~may_be_names}
            (given if role == "given" else surnames).update(kept - NEVER)
    both = given & surnames
    lines = (given - both, surnames - both, both)
    (TABLES / "names.txt").write_text("".join(" ".join(sorted(line)) + "\n" for line in lines), "utf-8")
    print(*(len(line) for line in lines))


if __name__ == "__main__":
    main()
