"""Precision of the reporting lemmas in raw news that nobody annotated and nothing was tuned on.

    python bench/lemma_precision.py --draw      # draw 40 lemmas and ten hits each: bench/lemma_hits.json
    python bench/lemma_precision.py --show 0    # print the first ten lemmas' hits, to be read and judged (1 to 3: more)
    python bench/lemma_precision.py --sample    # draw 100 statements at random from other articles (shown by --show 4)
    python bench/lemma_precision.py --report    # the table, from the judgements in bench/lemma_judgements.json

The corpus is ../shared/corpus/news-2018.jsonl.gz (or --corpus). Its articles are put in a random order and the first
15,000 are read with the reader as it is; a lemma of the tables takes part if it is the cue of at least ten statements
there, each in another article. Forty are drawn, and of each its first ten hits in that order. A second draw takes
statements alike, whatever their cue, from the articles from the 21,000th to the 23,000th (those between were looked
through to mend the tables), with the reader of a later day. The files hold identifiers and offsets (code points,
half-open), no text.

A judgement is [article, offset of the cue, report, content, speaker]: is it a report at all, and not one that the
reader gives a second time beside the right cue (مضى يقول); does the content share at least 0.8 of its words with the
right one; is the speaker the right one, or rightly nobody (whether the name is the fullest is not asked). Where there
is no report the other two are null. `--report` reads the articles again: it counts the hits that the reader of today no
longer gives, and those whose content or speaker is another than the one that was judged.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import multiprocessing
import os
import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import qawl
from qawl.article import Article
from qawl.reading.text import Text, best_reading
from qawl.statement import Reading, Statement

SEED = 20181122
LEMMAS = 40
HITS = 10
SAMPLE = 100
_READ = 15_000
_OTHERS = slice(21_000, 23_000)
_AROUND = 150
_BATCH = 250

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("QAWL_SHARED") or HERE.parent.parent / "shared") / "corpus" / "news-2018.jsonl.gz"
FOUND = HERE / "lemma_hits.json"
JUDGED = HERE / "lemma_judgements.json"

Offsets = tuple[int, int]


class Hit(NamedTuple):
    """A statement by its cue's lemma: where its cue and content stand, and where its speaker is named first."""

    article: str
    cue: Offsets
    content: tuple[Offsets, ...]
    speaker: Offsets | None


class Judgement(NamedTuple):
    """What a reader of the hit said; `content` and `speaker` are None where there is no report."""

    article: str
    at: int
    report: bool
    content: bool | None
    speaker: bool | None


def articles(corpus: Path) -> Iterator[Article]:
    """The corpus, an article at a time: headline, blank line, body. A text that stands twice comes once."""
    seen: set[bytes] = set()
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            digest = hashlib.sha1(row["text"].encode()).digest()
            if digest not in seen:
                seen.add(digest)
                text = f"{row['title']}\n\n{row['text']}"
                yield Article.from_json({**row, "text": text, "headline": [0, len(row["title"])]})


def lemma_of(text: Text, at: int) -> str | None:
    """The table's lemma (or the fixed phrase) of the cue that begins at offset `at`."""
    token = bisect_right(text.words.starts, at) - 1
    if token < 0 or at >= text.words.ends[token]:
        return None
    if text.phrase_at(token):
        return text.phrases[token][1].lemma.lemma
    reading = best_reading(text, token)
    return reading.form.lemma.lemma if reading else None


def hit_of(id: str, statement: Statement) -> Hit:
    """A statement by its offsets; the speaker by the first place that gives its fullest name."""
    assert statement.cue is not None
    speaker = None
    if statement.speaker and statement.speaker.mentions:
        full = [m for m in statement.speaker.mentions if m.text == statement.speaker.name]
        first = (full or statement.speaker.mentions)[0]
        speaker = (first.start, first.end)
    content = tuple((piece.start, piece.end) for piece in statement.content)
    return Hit(id, (statement.cue.start, statement.cue.end), content, speaker)


def hits_in(batch: Iterable[Article]) -> list[tuple[str, Hit]]:
    """Every statement whose cue is a word of the tables, with its lemma."""
    found = []
    for article in batch:
        reading = qawl.read(article)
        text = Text(article.text)
        for statement in reading.statements:
            lemma = lemma_of(text, statement.cue.start) if statement.cue else None
            if lemma:
                found.append((lemma, hit_of(article.id, statement)))
    return found


def in_random_order(corpus: Path) -> list[Article]:
    """The articles of the corpus, shuffled; the same order every time."""
    everything = sorted(articles(corpus), key=lambda article: article.id)
    random.Random(SEED).shuffle(everything)
    return everything


def sample(corpus: Path) -> list[Hit]:
    """A hundred statements with a cue of the tables, drawn alike."""
    found = hits_in(in_random_order(corpus)[_OTHERS])
    return [hit for _, hit in random.Random(SEED).sample(found, SAMPLE)]


def draw(corpus: Path) -> dict[str, Any]:
    """Forty lemmas with ten hits each, and how many statements each is the cue of in all that was read."""
    everything = in_random_order(corpus)[:_READ]
    batches = [everything[i : i + _BATCH] for i in range(0, len(everything), _BATCH)]
    counts: dict[str, int] = defaultdict(int)
    first: dict[str, dict[str, Hit]] = defaultdict(dict)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        for found in pool.map(hits_in, batches):
            for lemma, hit in found:
                counts[lemma] += 1
                if len(first[lemma]) < HITS:
                    first[lemma].setdefault(hit.article, hit)
    able = sorted(lemma for lemma, hits in first.items() if len(hits) == HITS)
    drawn = random.Random(SEED).sample(able, LEMMAS)
    return {
        "seed": SEED,
        "articles_read": len(everything),
        "statements": sum(counts.values()),
        "lemmas_found": len(counts),
        "lemmas_to_draw_from": len(able),
        "lemmas": [{"lemma": x, "statements": counts[x], "hits": list(first[x].values())} for x in drawn],
    }


def write_hits(drawn: Mapping[str, Any]) -> None:
    """Keep what was drawn, a lemma a line."""
    head = {key: value for key, value in drawn.items() if not isinstance(value, list)}
    body = json.dumps(head, ensure_ascii=False)[:-1]
    for key in ("lemmas", "sample"):
        lines = [json.dumps(entry, ensure_ascii=False) for entry in drawn.get(key, ())]
        body += f', "{key}": [\n' + ",\n".join(lines) + "\n]"
    FOUND.write_text(body + "}\n", encoding="utf-8")


def load_hits() -> dict[str, Any]:
    """What `--draw` wrote."""
    value: dict[str, Any] = json.loads(FOUND.read_text(encoding="utf-8"))
    for entry in value["lemmas"]:
        entry["hits"] = [_hit(row) for row in entry["hits"]]
    value["sample"] = [_hit(row) for row in value.get("sample", ())]
    return value


def _hit(row: list[Any]) -> Hit:
    id, cue, content, speaker = row
    return Hit(id, tuple(cue), tuple(tuple(piece) for piece in content), tuple(speaker) if speaker else None)


def load_judgements() -> dict[tuple[str, int], Judgement]:
    """The stored judgements by article and offset of the cue."""
    rows = json.loads(JUDGED.read_text(encoding="utf-8"))
    return {(row[0], row[1]): Judgement(*row) for row in rows}


def texts(corpus: Path, ids: set[str]) -> dict[str, Article]:
    """The articles with these identifiers."""
    return {article.id: article for article in articles(corpus) if article.id in ids}


def show(corpus: Path, number: int) -> None:
    """Print ten lemmas' hits (or those of the sample) with their surroundings: ⟦cue⟧, {content}, and the speaker."""
    drawn = load_hits()
    drawn["lemmas"].append({"lemma": "sample", "statements": SAMPLE, "hits": drawn["sample"]})
    entries = drawn["lemmas"][number * 10 : number * 10 + 10]
    found = texts(corpus, {hit.article for entry in entries for hit in entry["hits"]})
    for n, entry in enumerate(entries, number * 10):
        print(f"\n######## {n} {entry['lemma']} ({entry['statements']})")
        for k, hit in enumerate(entry["hits"]):
            text = found[hit.article].text
            speaker = text[slice(*hit.speaker)] if hit.speaker else "-"
            print(f"--- {n}.{k} {hit.article} @{hit.cue[0]} speaker: {speaker}\n    {_marked(text, hit)}")


def _marked(text: str, hit: Hit) -> str:
    spots = [(hit.cue[0], "⟦"), (hit.cue[1], "⟧")]
    for first, last in hit.content:
        spots += [(first, "{"), (last, "}")]
    low = max(0, min(at for at, _ in spots) - _AROUND)
    high = min(len(text), max(at for at, _ in spots) + _AROUND)
    pieces, at = [], low
    for spot, mark in sorted(spots):
        pieces += [text[at:spot], mark]
        at = spot
    return "".join([*pieces, text[at:high]]).replace("\n\n", " ¶ ").replace("\n", " ↵ ")


def interval(right: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    z, p = 1.96, right / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def _line(label: str, flags: Sequence[bool]) -> str:
    right, n = sum(flags), len(flags)
    low, high = interval(right, n)
    share = right / n if n else 0.0
    return f"| {label} | {right} of {n} | {share:.3f} | {low:.3f} to {high:.3f} |"


def _still(reading: Reading, hit: Hit) -> Hit | None:
    """The statement that the reader of today gives at the hit's cue."""
    for statement in reading.statements:
        if statement.cue and statement.cue.start == hit.cue[0]:
            return hit_of(hit.article, statement)
    return None


def report(corpus: Path) -> None:
    """Print the tables of docs/lexicon.md from the judgements."""
    drawn, judged = load_hits(), load_judgements()
    hits = [(entry, hit, judged[hit.article, hit.cue[0]]) for entry in drawn["lemmas"] for hit in entry["hits"]]
    found = texts(corpus, {hit.article for _, hit, _ in hits})
    readings: Mapping[str, Reading] = {id: qawl.read(article) for id, article in found.items()}
    reports = [j for _, _, j in hits if j.report]
    print(f"Seed {drawn['seed']}; {drawn['articles_read']:,} articles read, {drawn['statements']:,} statements with")
    print(f"a cue of the tables, {drawn['lemmas_to_draw_from']} lemmas to draw from.\n")
    print("| of the hits as drawn | right | precision | 95 % interval |\n| --- | --- | --- | --- |")
    print(_line("is a report", [j.report for _, _, j in hits]))
    print(_line("content, of the reports", [bool(j.content) for j in reports]))
    print(_line("speaker, of the reports", [bool(j.speaker) for j in reports]))
    print(_line("all three", [bool(j.report and j.content and j.speaker) for _, _, j in hits]))
    weights = [(entry["statements"], [j.report for e, _, j in hits if e is entry]) for entry in drawn["lemmas"]]
    mean = sum(w * sum(flags) / len(flags) for w, flags in weights) / sum(w for w, _ in weights)
    print(f"\nWeighted by how often each lemma is a cue: {mean:.3f} are reports.")
    print("\n| lemma | statements | report | content | speaker |\n| --- | --- | --- | --- | --- |")
    for entry in sorted(drawn["lemmas"], key=lambda e: sum(j.report for x, _, j in hits if x is e)):
        own = [j for e, _, j in hits if e is entry]
        told = [j for j in own if j.report]
        cells = (len(told), sum(bool(j.content) for j in told), sum(bool(j.speaker) for j in told))
        print(f"| {entry['lemma']} | {entry['statements']} | {cells[0]}/{len(own)} | {cells[1]} | {cells[2]} |")
    gone: dict[bool, int] = defaultdict(int)
    content: dict[bool, int] = defaultdict(int)
    speaker: dict[bool, int] = defaultdict(int)
    kept: list[bool] = []
    for _, hit, j in hits:
        today = _still(readings[hit.article], hit)
        if today is None:
            gone[j.report] += 1
            continue
        kept.append(j.report)
        if j.report:
            content[bool(j.content)] += today.content != hit.content
            speaker[bool(j.speaker)] += today.speaker != hit.speaker
    told = [judged[hit.article, hit.cue[0]] for hit in drawn["sample"]]
    print("\n| of statements drawn alike | right | precision | 95 % interval |\n| --- | --- | --- | --- |")
    print(_line("is a report", [j.report for j in told]))
    print(_line("content, of the reports", [bool(j.content) for j in told if j.report]))
    print(_line("speaker, of the reports", [bool(j.speaker) for j in told if j.report]))
    print(_line("all three", [bool(j.report and j.content and j.speaker) for j in told]))
    print("\nThe reader of today, on the hits of the lemmas:\n")
    print("| of the hits | were right | were wrong |\n| --- | --- | --- |")
    print(f"| no longer given | {gone[True]} | {gone[False]} |")
    print(f"| content is another now | {content[True]} | {content[False]} |")
    print(f"| speaker is another now | {speaker[True]} | {speaker[False]} |")
    print("\n| of the hits that are still given | right | precision | 95 % interval |\n| --- | --- | --- | --- |")
    print(_line("is a report", kept))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--draw", action="store_true", help="draw lemmas and hits with the reader of today")
    what.add_argument("--sample", action="store_true", help="draw statements with the reader of today")
    what.add_argument("--show", type=int, metavar="N", help="print the N-th ten lemmas' hits (4: the sample)")
    what.add_argument("--report", action="store_true", help="the table, from the judgements")
    args = parser.parse_args()
    if args.draw:
        write_hits({**draw(args.corpus), "sample": load_hits()["sample"] if FOUND.exists() else []})
    elif args.sample:
        write_hits({**load_hits(), "sample": sample(args.corpus)})
    elif args.report:
        report(args.corpus)
    else:
        show(args.corpus, args.show)


if __name__ == "__main__":
    main()
