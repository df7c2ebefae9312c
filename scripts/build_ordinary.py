"""Build src/qawl/lexicon/tables/ordinary.txt: words that are no proper names, by how they are built and used.

A proper name takes no pronoun suffix, seldom both an article and none, and does not follow قد or لم. So a word that
the corpus has bare, with the article and with a pronoun is an ordinary noun; a word that often follows a verbal
particle is a verb. The table holds single folded words only, in three lines: nouns (without article), verbs, and
adjectives: words that, with the article, mostly follow another word with the article.

    build_ordinary.py ../shared/corpus/news-2018.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from qawl.arabic.letters import fold

TABLE = Path(__file__).parent.parent / "src" / "qawl" / "lexicon" / "tables" / "ordinary.txt"
NAMES = TABLE.parent / "names.txt"
WORD = re.compile(r"[ء-ي]+")
PRONOUNS = ("ه", "ها", "هم", "هما", "نا", "ي", "هن")
VERBAL = frozenset({"قد", "لم", "لن", "سوف", "الذي", "التي", "الذين", "لا", "ان"})
STRICT = frozenset({"قد", "لم", "لن", "سوف"})


def main(path: str) -> None:
    words: Counter[str] = Counter()
    after_strict: Counter[str] = Counter()
    after_verbal: Counter[str] = Counter()
    folded: dict[str, str] = {}
    hamza: set[str] = set()
    after_article: Counter[str] = Counter()
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if text[:200] in seen:
                continue
            seen.add(text[:200])
            last = ""
            for raw in WORD.findall(text):
                word = folded.get(raw)
                if word is None:
                    word = folded[raw] = fold(raw)
                    if len(word) > 2 and word.startswith("ال") and raw[0] in "أإ":
                        hamza.add(word)  # ألعاب has no article
                words[word] += 1
                if last in VERBAL:
                    after_verbal[word] += 1
                    if last in STRICT:
                        after_strict[word] += 1
                if last.startswith("ال") and word.startswith("ال"):
                    after_article[word[2:]] += 1
                last = word
    for word, n in list(words.items()):  # a glued و hides a word that also stands alone
        bare = word[1:]
        if word[:1] == "و" and len(bare) > 2 and words[bare] > n:
            words[bare] += n
            del words[word]
    verbs = {
        word
        for word, n in words.items()
        if len(word) > 1
        and after_strict[word] >= 2
        and (after_strict[word] >= 0.02 * n or after_verbal[word] >= 0.08 * n)
        and (word in hamza or not word.startswith("ال"))
    }
    names = frozenset(" ".join(NAMES.read_text("utf-8").splitlines()).split())
    nouns = set()
    for word, n in words.items():
        if len(word) < 2 or n < 5 or (word.startswith("ال") and word not in hamza):
            continue
        base = word[:-1] + "ت" if word.endswith("ه") else word
        suffixed = [words[base + p] for p in PRONOUNS if p != "ي"]
        kinds = sum(count >= 2 for count in suffixed)
        owned = sum(suffixed)
        article = words["ال" + word] + words["لل" + word] + words["بال" + word] + words["وال" + word]
        inflects = kinds >= 2 and owned >= 0.004 * n and (article >= 3 or kinds >= 3)
        inflects = inflects or (kinds >= 1 and article >= 3 and owned >= 0.02 * n)
        plural = word.endswith(("ات", "ين", "ون", "يه")) and article >= 5 and article >= 0.1 * n and n >= 20
        both = not word.endswith("ي") and article >= 15 and article >= 0.2 * n and n >= 10
        if inflects or plural or (both and word not in names):
            nouns.add(word)
    adjectives = {
        word for word, n in after_article.items() if len(word) > 2 and n >= 4 and n >= 0.25 * words["ال" + word]
    }
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    with TABLE.open("w", encoding="utf-8") as out:
        out.write("# Folded ordinary words; built by scripts/build_ordinary.py: nouns, verbs, adjectives.\n")
        out.write(" ".join(sorted(nouns)) + "\n")
        out.write(" ".join(sorted(verbs)) + "\n")
        out.write(" ".join(sorted(adjectives)) + "\n")
    print(
        len(words), "words;", len(nouns), "nouns;", len(verbs), "verbs;", len(adjectives), "adjectives", file=sys.stderr
    )


if __name__ == "__main__":
    main(sys.argv[1])
