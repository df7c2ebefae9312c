"""Kinds of difference between the versions of a statement: how many that people noted are found, and the reverse.

    python bench/wording.py                             # bench/versions/development.json
    python bench/wording.py --show number               # what is found and noted otherwise, to be read
    python bench/wording.py --time                      # what an alignment costs

The set notes kinds for some pairs of statements that report one utterance, and pairs that do not differ; what it does
not name is left out. Articles are those of ../shared/corpus, read anew; a statement is the one of the reading with the
cue of the set.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import qawl
from qawl.article import Article
from qawl.compare.lists import KINDS
from qawl.compare.wording import Alignment, align
from qawl.compare.words import Place, Version, version
from qawl.intake.sources import articles
from qawl.statement import Reading, Statement

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared") / "corpus" / "news-2018.jsonl.gz"


def corpus(wanted: set[str]) -> dict[str, Article]:
    """The articles of these ids."""
    found = {}
    for article in articles(str(CORPUS)):
        if not isinstance(article, Article):
            raise SystemExit(f"{article.where}: {article.reason}")
        if article.id in wanted:
            found[article.id] = article
    return found


def statement(reading: Reading, item: dict[str, Any]) -> Statement | None:
    """The statement of a reading that an item of the set is: the same cue, most of the same content."""
    wanted = {at for start, end in item["content"] for at in range(start, end)}
    best, most = None, 0
    for said in reading.statements:
        cue = [said.cue.start, said.cue.end] if said.cue else None
        shared = len(wanted & {at for piece in said.content for at in range(piece.start, piece.end)})
        if cue == item["cue"] and shared > most:
            best, most = said, shared
    return best


def pairs(path: Path) -> Iterator[tuple[Alignment, set[str]]]:
    """The pairs of which the set says how they differ, or that they do not."""
    pools = json.loads(path.read_text("utf-8"))["pools"]
    texts = corpus(
        {item["article"] for pool in pools if pool["differences"] + pool["alike"] for item in pool["statements"]}
    )
    readings = {id: qawl.read(article) for id, article in texts.items()}
    for pool in pools:
        noted: dict[tuple[int, int], set[str]] = defaultdict(set)
        for i, j, kind in pool["differences"]:
            noted[i, j].add(kind)
        noted.update({(i, j): set() for i, j in pool["alike"]})
        for (i, j), kinds in noted.items():
            both = [_version(texts, readings, pool["statements"][n], n) for n in (i, j)]
            if both[0] is not None and both[1] is not None:
                yield align(both[0], both[1]), kinds


def _version(
    texts: dict[str, Article], readings: dict[str, Reading], item: dict[str, Any], number: int
) -> Version | None:
    article = texts[item["article"]]
    said = statement(readings[article.id], item)
    if said is None:
        return None
    return version(article.text, said, Place(f"{article.id} {number}", outlet=article.outlet), article.headline)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, default=ROOT / "bench" / "versions" / "development.json")
    parser.add_argument("--show", choices=KINDS)
    parser.add_argument("--time", action="store_true")
    options = parser.parse_args()
    found = list(pairs(options.set))
    right: Counter[str] = Counter()
    own: Counter[str] = Counter()
    noted: Counter[str] = Counter()
    for alignment, kinds in found:
        mine = {difference.kind for difference in alignment.differences}
        own.update(mine)
        noted.update(kinds)
        right.update(mine & kinds)
        if options.show and (options.show in mine) != (options.show in kinds):
            _print(alignment, kinds)
    print(f"{len(found)} pairs")
    print(f"{'kind':>10}  noted  found  right  precision  recall")
    for kind in KINDS:
        precision = right[kind] / own[kind] if own[kind] else 0.0
        recall = right[kind] / noted[kind] if noted[kind] else 0.0
        print(f"{kind:>10}  {noted[kind]:5}  {own[kind]:5}  {right[kind]:5}  {precision:9.2f}  {recall:6.2f}")
    if options.time:
        start = time.perf_counter()
        for alignment, _ in found:
            align(alignment.left, alignment.right)
        print(f"{(time.perf_counter() - start) / len(found) * 1000:.2f} ms an alignment")


def _print(alignment: Alignment, kinds: set[str]) -> None:
    print(f"\nnoted: {' '.join(sorted(kinds))} · {alignment.common:.0%} in common")
    for side in (alignment.left, alignment.right):
        where = "headline" if side.headline else side.form
        said = " … ".join(piece.text for piece in side.content)
        print(f"   {side.place.outlet} · {side.cue.text if side.cue else ''} ({side.act}, {where}): {said}")
    for d in alignment.differences:
        print(f"     {d.kind} ({d.note}): {d.left.text if d.left else '-'} | {d.right.text if d.right else '-'}")


if __name__ == "__main__":
    main()
