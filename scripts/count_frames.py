"""Count in a raw corpus how often each reporting word stands in a frame: ``tables/rates.tsv``.

    python scripts/count_frames.py [--every 8]

Reads ../shared/corpus/news-2018.jsonl.gz; only counts are kept, no text. The model of cues uses the rates, so that a
word which reports seldom (أعاد) is told from one that does nearly always (أوضح) though no annotated article has it.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from qawl.lexicon.cues import load
from qawl.reading import cues
from qawl.reading.text import Text

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared/corpus/news-2018.jsonl.gz"
TABLE = ROOT / "src/qawl/lexicon/tables/rates.tsv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=8, help="read every n-th article")
    every = parser.parse_args().every
    seen: Counter[tuple[int, str]] = Counter()
    clause: Counter[tuple[int, str]] = Counter()
    phrase: Counter[tuple[int, str]] = Counter()
    source: Counter[tuple[int, str]] = Counter()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            if n % every:
                continue
            value = json.loads(line)
            text = Text(f"{value.get('title') or ''}\n\n{value['text']}")
            for form in text.forms:
                seen.update({(c.form.lemma.number, c.form.part) for c in form.cues})
            for draft in cues.find(text):
                if draft.reading:
                    key: tuple[int, str] = (draft.reading.form.lemma.number, draft.reading.form.part)
                    (clause if draft.kind == "clause" else phrase)[key] += 1
                    source[key] += draft.source is not None
    lemmas = load().lemmas
    with TABLE.open("w", encoding="utf-8", newline="\n") as out:
        out.write("lemma\tpart\tseen\tclause\tphrase\tsource\n")
        out.write(
            f"# Counts in every {every}th article of a news corpus; made by scripts/count_frames.py, not for editing.\n"
        )
        for number, part in sorted(seen):
            key = (number, part)
            out.write(f"{lemmas[number].lemma}\t{part}\t{seen[key]}\t{clause[key]}\t{phrase[key]}\t{source[key]}\n")


if __name__ == "__main__":
    main()
