"""Near-copies in a corpus: what looking for them costs, and how many of them are found.

    python bench/near_copies.py                # all articles of the corpus
    python bench/near_copies.py --limit 3000

The corpus is ../shared/corpus/news-2018.jsonl.gz (or --corpus). What there is to be found is what far denser bands find
(42 of 3 rows share one for 99.6 % of all pairs of a likeness of .5), each pair then compared in full.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from rensa import RMinHash

import qawl
from qawl.article import Article
from qawl.intake.sources import articles
from qawl.record.identity import NEAR, bands, likeness, shingles

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared") / "corpus" / "news-2018.jsonl.gz"
_DENSE = (42, 3)
_READ = 300  # articles that are read, to compare the cost with


def corpus(path: Path) -> Iterator[Article]:
    for found in articles(str(path)):
        if not isinstance(found, Article):
            raise SystemExit(f"{found.where}: {found.reason}")
        yield found


def pairs(banded: Iterable[Sequence[object]]) -> set[tuple[int, int]]:
    """The pairs of articles (by their places) that share a band."""
    holders: dict[object, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for at, own in enumerate(banded):
        for band in own:
            found.update((other, at) for other in holders[band])
            holders[band].append(at)
    return found


def dense(sequences: set[str]) -> list[object]:
    """Bands of three rows each, 42 of them."""
    number, rows = _DENSE
    signature = RMinHash(num_perm=number * rows, seed=2)
    signature.update(sorted(sequences))
    values = signature.digest()
    return [(n, *values[n * rows : (n + 1) * rows]) for n in range(number)] if sequences else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    texts = [(a.outlet, a.url, a.text) for a in islice(corpus(given.corpus), given.limit)]

    begun = time.process_time()
    sequences = [shingles(text) for _, _, text in texts]
    cut = time.process_time()
    banded = [bands(own) for own in sequences]
    done = time.process_time()
    for _, _, text in texts[:_READ]:
        qawl.read(text)
    read = (time.process_time() - done) / len(texts[:_READ])
    each = (done - begun) / len(texts)
    print(
        f"{len(texts)} articles: {1000 * (cut - begun) / len(texts):.2f} ms for the sequences of an article,", end=" "
    )
    print(f"{1000 * (done - cut) / len(texts):.2f} ms for its bands: {each / read:.2f} times its reading")

    found = pairs(banded)
    everything = found | pairs(map(dense, sequences))
    alike = {pair: likeness(sequences[pair[0]], sequences[pair[1]]) for pair in everything}
    print(f"{len(found)} pairs to compare")
    for low, high in ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        there = [pair for pair, how in alike.items() if low <= how < high]
        seen = sum(pair in found for pair in there)
        print(f"    likeness {low:.1f} to {min(high, 1):.1f}: {seen} of {len(there)} found")
    near = [pair for pair in found if alike[pair] >= NEAR]
    kinds = Counter(
        "versions of one address"
        if texts[a][1] == texts[b][1]
        else "in one outlet"
        if texts[a][0] == texts[b][0]
        else "in two outlets"
        for a, b in near
    )
    print(f"{len(near)} pairs of likeness {NEAR} and more: {dict(kinds)}")


if __name__ == "__main__":
    main()
