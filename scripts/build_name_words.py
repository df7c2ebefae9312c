"""Write ``people/tables/name_words.tsv``: words of Arabic names, how often they are found, and how they are romanised.

From arabic-name-romanizer (MIT; its names are those of Wikidata, CC0, and of DziriNames). A word is folded and without
the article, compounds are one word (``عبدالله``), as `qawl.people.names.parse` gives them; its romanisation is the one
that most of its bearers have. Words seen once are left out.

    python scripts/build_name_words.py
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from pathlib import Path

import arabic_name_romanizer

from qawl.arabic.letters import fold
from qawl.people.names import bare

TABLE = Path(__file__).parent.parent / "src" / "qawl" / "people" / "tables" / "name_words.tsv"
SEEN = 2
#: Offices that got into a label.
NEVER = frozenset(map(fold, ("رئيس", "رئيسة", "وزير", "وزيرة", "مدير", "لاعب", "ممثل")))
HEADING = """word\tcount\tromanised
# Words of Arabic names, folded and without article, with how often each is found in a large list of names and with its
# most frequent romanisation. Written by scripts/build_name_words.py from arabic-name-romanizer (MIT; Wikidata, CC0).
# Example: محمد, as in محمد نهر, is Mohammed
"""


def main() -> None:
    """Read the package's index and write the table."""
    index = Path(arabic_name_romanizer.__file__).parent / "resources" / "names.sqlite3"
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with sqlite3.connect(index) as names:
        for written, latin, count in names.execute("SELECT arabic_key, latin, SUM(count) FROM units GROUP BY 1, 2"):
            word = bare(fold(written).replace(" ", ""))
            if word.isalpha() and not word.isascii() and len(word) > 1:
                found[word][latin.strip().capitalize() if latin.islower() else latin.strip()] += count
    lines = []
    for word, latins in sorted(found.items()):
        if latins.total() >= SEEN and word not in NEVER:
            best = min(latins, key=lambda latin: (-latins[latin], latin))
            lines.append(f"{word}\t{latins.total()}\t{best}\n")
    TABLE.write_text(HEADING + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
