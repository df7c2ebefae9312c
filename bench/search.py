"""The search over a whole corpus: does one form find the others, what is found wrongly, and how long it takes.

    python bench/search.py families RECORD    # recall and wrong results of the 60 families, on either engine
    python bench/search.py held-out RECORD    # the same of thirty more
    python bench/search.py speed RECORD...    # the 200 queries, each in every record: p50, p95, the slowest

RECORD is a SQLite file or a postgresql:// address with the corpus in it (`qawl add
../shared/corpus/news-2018.jsonl.gz`).

A family (`word_families.tsv`) is what one search has to find. Its members are all spellings of its forms with particles
and pronouns glued to them, made here without the analysis that is measured. Recall of a form: of all indexed
statements with a member in what was said or around it in the sentence, the share that a search for this form finds.
Wrong: of 20 results drawn from a search for the first form, those whose marked words are no members.

The table of words was mended by the sixty. The thirty were drawn up afterwards; what they showed (docs/search.md) was
mended by rules for all words, and none for one of theirs.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from qawl.arabic.letters import fold
from qawl.record.engine import open_record, snapshot
from qawl.record.search import index
from qawl.record.search.analysis import words
from qawl.record.search.find import Filters, matching, search
from qawl.record.search.query import Query, parse
from qawl.record.tables import articles, contents, readings, statements

HERE = Path(__file__).resolve().parent
SEED = 20181122
SAMPLE = 20
#: Without ي, which makes another word of a noun (قانوني).
_PRONOUNS = "(?:هما|كما|ها|هم|هن|نا|كم|ني|ه|ك)"


@dataclass(frozen=True, slots=True)
class Family:
    """One word: its name, its bare forms, the folded spellings that are its members, and those that are as good."""

    name: str
    forms: tuple[str, ...]
    members: re.Pattern[str]
    good: re.Pattern[str]


def families(name: str) -> list[Family]:
    """Those of a file beside this one."""
    found = []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind, forms, *nouns = line.split("\t")
            asked = tuple(form.rstrip(".") for form in forms.split() if not form.endswith("-"))
            members = _spelled(kind, forms)
            good = f"{members}|{_spelled('noun', nouns[0])}" if nouns else members
            found.append(Family(name, asked, re.compile(members), re.compile(good)))
    return found


def _spelled(kind: str, forms: str) -> str:
    """A pattern of the folded spellings of some bare forms."""
    bare_forms: list[str] = []
    with_pronoun: list[str] = []
    for form in fold(forms).split():
        bare = form.rstrip("-.")
        if not form.endswith("-"):
            bare_forms.append(bare)
        if not form.endswith("."):
            # Before a pronoun hamza has a seat, a final ى is ا, and the ا after a plural's و is not written.
            changed = {"اء": "ا[ءوي]", "وا": "وا?"}.get(bare[-2:], bare[-2:])
            with_pronoun.append(bare[:-2] + (bare[-2] + "[اي]" if bare.endswith("ي") else changed))
    if kind == "verb":
        return f"[وف]?[سل]?(?:{'|'.join(bare_forms)}|(?:{'|'.join(with_pronoun)}){_PRONOUNS})"
    # A noun has an article or a pronoun, never both.
    own, article = f"[وف]?[بلك]?(?:{'|'.join(with_pronoun)}){_PRONOUNS}", "[وف]?(?:[بلك]?(?:ال)?|لل)"
    return f"{article}(?:{'|'.join(bare_forms)})|{own}" if with_pronoun else f"{article}(?:{'|'.join(bare_forms)})"


def truth(connection: Connection, wanted: list[Family]) -> list[set[int]]:
    """For each family the statements in which a member stands, in what was said or around it."""
    found: list[set[int]] = [set() for _ in wanted]
    of: dict[str, list[int]] = {}
    last = 0
    while ids := connection.scalars(
        select(articles.c.id).where(articles.c.latest, articles.c.id > last).order_by(articles.c.id).limit(500)
    ).all():
        last = ids[-1]
        pieces: dict[int, list[tuple[int, int]]] = defaultdict(list)
        current = (
            select(statements)
            .join(readings, readings.c.id == statements.c.reading_id)
            .where(readings.c.article_id.in_(ids), readings.c.current)
        )
        rows = connection.execute(current).all()
        for row in connection.execute(select(contents).where(contents.c.statement_id.in_([r.id for r in rows]))):
            pieces[row.statement_id].append((row.start, row.end))
        texts = dict(connection.execute(select(articles.c.id, articles.c.text).where(articles.c.id.in_(ids))).all())
        for row in rows:
            spans = [*pieces[row.id]]
            spans += [(s, e) for s, e in ((row.cue_start, row.cue_end), (row.source_start, row.source_end)) if e]
            text = texts[row.article_id]
            start, end = index.sentence(text, spans)
            start, end = min(start, spans[0][0]), max(end, spans[0][1])
            for token in set(re.findall(r"[^\W_]+", fold(text[start:end]))):
                if token not in of:
                    of[token] = [n for n, family in enumerate(wanted) if family.members.fullmatch(token)]
                for n in of[token]:
                    found[n].add(row.id)
    return found


def measure_families(location: str, file: str) -> bool:
    """Print recall and wrong results of every family; are all within the limits?"""
    wanted = families(file)
    good = True
    draw = random.Random(SEED)
    recalls: list[float] = []
    wrongs: list[int] = []
    with snapshot(open_record(location)) as connection:
        right = truth(connection, wanted)
        for family, there in zip(wanted, right, strict=True):
            lowest, worst = 1.0, ""
            for form in family.forms:
                got = set(matching(connection, parse(form)))
                share = len(got & there) / len(there)
                if share < lowest:
                    lowest, worst = share, form
            wrong = _wrong(connection, family, draw)
            recalls.append(lowest)
            wrongs.append(len(wrong))
            fine = lowest >= 0.95 and len(wrong) <= 1
            good &= fine
            note = "" if fine else f"   {worst} {' '.join(wrong)}"
            print(
                f"{family.name:12} {len(there):7,} statements  recall {lowest:.3f}  wrong {len(wrong)}{note}",
                flush=True,
            )
    print(f"{len(wanted)} families: recall of the worst form {min(recalls):.3f}, mean {statistics.mean(recalls):.3f};")
    print(f"wrong results of {SAMPLE}: at most {max(wrongs)}, mean {statistics.mean(wrongs):.2f}")
    return good


def _wrong(connection: Connection, family: Family, draw: random.Random) -> list[str]:
    """What the marked words are of the results, of 20 drawn, that hold no member."""
    query = parse(family.forms[0])
    results = [r for at in range(0, 3000, 1000) for r in search(connection, query, limit=1000, offset=at).results]
    wrong = []
    for result in draw.sample(results, min(SAMPLE, len(results))):
        marked = [result.sentence[start:end] for start, end in result.marks]
        if not any(family.good.fullmatch(fold(word)) for word in marked):
            wrong.append("+".join(marked))
    return wrong


def queries() -> Iterator[tuple[str, Query, Filters]]:
    """Those of search_queries.tsv."""
    for line in (HERE / "search_queries.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            asked, *others = line.split("\t")
            given = dict(other.split("=") for other in others)
            first, last = (given.pop(name, None) for name in ("from", "to"))
            filters = replace(
                Filters(**given),  # type: ignore[arg-type]  # those that are left are texts
                first=date.fromisoformat(first) if first else None,
                last=date.fromisoformat(last) if last else None,
            )
            yield line.replace("\t", " "), parse(asked), filters


def measure_speed(locations: list[str]) -> None:
    """Print how long the queries take in each record; they take turns, so that all feel the same load."""
    list(words("قال"))  # the table of words is loaded once a process
    asked = list(queries())
    engines = [open_record(location) for location in locations]
    times: list[list[float]] = [[] for _ in engines]
    firsts: list[list[float]] = [[] for _ in engines]
    answers: list[list[list[str]]] = [[] for _ in engines]
    for round_ in range(4):
        for _, query, filters in asked:
            for n, engine in enumerate(engines):
                started = time.perf_counter()
                with snapshot(engine) as connection:
                    page = search(connection, query, filters)
                (times if round_ else firsts)[n].append(time.perf_counter() - started)
                if not round_:
                    answers[n].append([found.ref for found in page.results])
    for n, engine in enumerate(engines):
        got, first = times[n], firsts[n]
        slow = sorted(range(len(asked)), key=lambda i: -statistics.median(got[i :: len(asked)]))[:5]
        print(f"{engine.dialect.name}: {len(asked)} queries, 20 results each")
        for name, some in (("first time", first), ("three times more", got)):
            cut = statistics.quantiles(some, n=20)
            print(f"  {name}: p50 {1000 * statistics.median(some):.1f} ms, p95 {1000 * cut[18]:.1f} ms")
        named = (f"{asked[i][0]} ({1000 * statistics.median(got[i :: len(asked)]):.0f} ms)" for i in slow)
        print(f"  slowest: {', '.join(named)}")
        print(f"  no result: {sum(not refs for refs in answers[n])}")
    if len(engines) > 1:
        same = sum(all(other[i] == answers[0][i] for other in answers) for i in range(len(asked)))
        print(f"same results in the same order: {same} of {len(asked)}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["families", "held-out", "speed"])
    parser.add_argument("record", nargs="+")
    options = parser.parse_args()
    if options.what == "speed":
        measure_speed(options.record)
        return
    file = "word_families.tsv" if options.what == "families" else "word_families_held_out.tsv"
    if not measure_families(options.record[0], file):
        sys.exit(1)


if __name__ == "__main__":
    main()
