"""Count the folded words of a body of news, for the scripts that build tables.

Writes a line a word: the word, how often it occurs, and how often it stands beside a common given name (that tells a
name from an ordinary word). The news is JSON Lines with ``title`` and ``text``, gzipped. Only the counts are kept.

    python scripts/count_words.py news.jsonl.gz counts.tsv
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from build_names import attested, world_names

from qawl.arabic.letters import fold
from qawl.lexicon.classes import WordClass, load

WORD = re.compile(r"[\u0621-\u064a]+|[^\s\u0621-\u064a]")
#: A given name attested this often, or listed by us, and claimed by no other table, is a sure sign of a name beside it.
ANCHOR = 60


def main() -> None:
    """Write the counts."""
    source, target = map(Path, sys.argv[1:3])
    claimed = load().words
    names = {name for name, roles in attested().items() if roles["given"] >= ANCHOR} | world_names("given")
    other_classes = ~int(WordClass.GIVEN | WordClass.SURNAME)
    anchors = {name for name in names if not claimed.get(name, 0) & other_classes}
    counts: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            words = WORD.findall(fold(article["title"] + "\n" + article["text"]))
            counts.update(words)
            for before, word in pairwise(words):
                if before in anchors:
                    beside[word] += 1
                if word in anchors:
                    beside[before] += 1
    rows = (f"{word}\t{count}\t{beside[word]}\n" for word, count in counts.most_common() if count > 1)
    target.write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    main()
