"""Pools of statements for annotating which of them report the same utterance.

    cd bench
    python -m versions.draw show --record R.db --part gold --from 1 --to 12
    python -m versions.draw keep --record R.db --part gold --partition P.txt --out versions/gold.json
    python -m versions.draw show --record R.db --part development --seed 20261123 \\
        --without versions/gold.json --besides versions/development.json --from 1 --to 12

A pool holds up to 14 statements of nearly one speaker from two articles or more. No likeness of contents decides what
comes into it, so that hard cases are neither sought nor avoided. The pools come in turn from two places:

- events: the groups of articles about one event in ../shared/corpus/same-event-2018.tsv, in random order; of each, a
  speaker at random, and what speakers of that name or role say in the group's articles;
- speaker-days: a person or body that speaks in any article, at random, so that much quoted ones come up more often; and
  the statements by speakers of that name or role in other articles of at most two days before or after, other outlets
  first.

The two parts share no article and no event, and hardly a thing said: time is cut into blocks of eight days, which
belong to `gold` and to `development` in turn, and no pool reaches over the edge of its block. With another seed
more pools can be had of a part (`fresh.json`, `third.json`): those of speaker-days without the articles of the sets
drawn before, those of events, of which few are left, of other speakers in articles of the same part.

A partition is one line per pool, `12: 1 3 5 | 2 4? | - 6 7`: the groups of pool 12 by the numbers that `show` prints;
`?` is for one of which the annotator is not sure, `-` opens those whose reading is worthless. A statement that is not
named is a group of its own. Pools without a line are not kept; a line `12:` keeps a pool of singletons.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import os
import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from qawl.arabic.letters import fold
from versions.scoring import Marked, load

ROOT = Path(__file__).resolve().parents[2]
EVENTS = Path(os.environ.get("QAWL_SHARED") or ROOT.parent / "shared") / "corpus" / "same-event-2018.tsv"

SEED = 20261122
PARTS = ("gold", "development")
BLOCK = 8  # days
WINDOW = 2  # days before and after
LARGEST = 14  # statements in a pool
MOST_ARTICLES = 5
_SHOWN = 300  # characters of a content
_SEEDS = frozenset({"person", "organization", "place"})  # not documents and groups: `reports`, `the journalists`

#: Words that many names have in common: sharing one of them is no sign of being the same.
_COMMON = frozenset(
    map(fold, "محمد أحمد علي عبد الله أبو بن رئيس الرئيس وزير وزارة المتحدث متحدث باسم وكالة صحيفة قناة".split())
)
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker in one article: `article` and `id` are rows of the record, `words` those of the folded name."""

    id: int
    article: int
    type: str
    words: frozenset[str]
    role: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A statement of a pool, by rows of the record; the spans are half-open code points of the article's text."""

    statement: int
    article: int
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """The statements of one pool, by article and place in it; `event` is the cluster's number in the list of events."""

    event: str | None
    items: tuple[Item, ...]


class Record:
    """What the drawing needs of a record (SQLite, opened for reading only)."""

    def __init__(self, path: Path) -> None:
        self.rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.days = {
            article: datetime.date.fromisoformat(day).toordinal()
            for article, day in self.rows.execute("SELECT id, day FROM articles WHERE latest AND day IS NOT NULL")
        }
        self.outlets = dict(self.rows.execute("SELECT id, outlet_id FROM articles"))
        self.articles = {source: article for article, source in self.rows.execute("SELECT id, source_id FROM articles")}
        self.voices = [
            Voice(row, article, kind, _name_words(name), fold(role) if role else None)
            for row, article, kind, name, role in self.rows.execute(
                "SELECT s.id, r.article_id, s.type, s.name, s.role FROM speakers s"
                " JOIN readings r ON r.id = s.reading_id"
                " WHERE r.current AND EXISTS (SELECT 1 FROM statements t WHERE t.speaker_id = s.id) ORDER BY s.id"
            )
            if article in self.days
        ]
        self.of_article: dict[int, list[Voice]] = defaultdict(list)
        self.of_day: dict[int, list[Voice]] = defaultdict(list)
        for voice in self.voices:
            self.of_article[voice.article].append(voice)
            self.of_day[self.days[voice.article]].append(voice)

    def statements(self, voice: Voice) -> list[Item]:
        """What a speaker says in its article, in the order of the text."""
        found = []
        for row, start, end in self.rows.execute(
            "SELECT id, cue_start, cue_end FROM statements WHERE speaker_id = ? ORDER BY number", (voice.id,)
        ):
            pieces = self.rows.execute(
                'SELECT start, "end" FROM contents WHERE statement_id = ? ORDER BY piece', (row,)
            )
            found.append(Item(row, voice.article, None if start is None else (start, end), tuple(pieces)))
        return found


def _name_words(name: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(fold(name).replace("امريك", "اميرك")))
    return words - _COMMON or words


def part_of(day: int) -> str:
    """The part that a day (its ordinal) belongs to."""
    return PARTS[day // BLOCK % 2]


def alike(one: Voice, other: Voice) -> bool:
    """May these two speakers be one: words of the shorter name in the other, or the same role?

    Half of the words do for persons, of whom outlets spell and shorten the names as they like; two thirds for others.
    """
    shared = len(one.words & other.words) / max(min(len(one.words), len(other.words)), 1)
    enough = 1 / 2 if one.type == other.type == "person" else 2 / 3
    return shared >= enough or (one.role is not None and one.role == other.role)


def draw(
    record: Record, part: str, seed: int = SEED, without: Iterable[str] = (), besides: Iterable[Marked] = ()
) -> Iterator[Pool]:
    """The pools of a part, from events and from speaker-days in turn until both are exhausted.

    No pool has an article of `without` (their `source_id`). Of the articles of `besides` the pools of events have what
    other speakers say than those of these statements; the speaker-days have none of them.
    """
    used = {record.articles[source] for source in without}
    known: dict[int, set[tuple[tuple[int, int], ...]]] = defaultdict(set)
    for one in besides:
        known[record.articles[one.article]].add(one.content)
    spoken = {
        voice.id
        for article, contents in known.items()
        for voice in record.of_article[article]
        if any(item.content in contents for item in record.statements(voice))
    }
    events = _from_events(record, part, seed, used, spoken)
    days = _from_days(record, part, seed, used, known.keys())
    for pair in zip_longest(events, days):
        yield from (pool for pool in pair if pool is not None)


def _from_events(record: Record, part: str, seed: int, used: set[int], spoken: Collection[int]) -> Iterator[Pool]:
    chance = random.Random(f"{seed} {part} events")
    clusters: dict[str, list[int]] = defaultdict(list)
    with EVENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            article = record.articles.get(row["id"], 0)
            if article in record.days:
                clusters[row["cluster"]].append(article)
    order = sorted(clusters, key=int)
    chance.shuffle(order)
    for cluster in order:
        articles = clusters[cluster]
        days = [record.days[article] for article in articles]
        if len({record.outlets[article] for article in articles}) < 2 or len({day // BLOCK for day in days}) > 1:
            continue
        if part_of(days[0]) != part:
            continue
        voices = [voice for article in articles for voice in record.of_article[article] if voice.id not in spoken]
        chance.shuffle(voices)
        for first in voices:
            chosen = [voice for voice in voices if alike(first, voice)]
            if first.type in _SEEDS and len({record.outlets[voice.article] for voice in chosen}) > 1:
                pool = _pool(record, cluster, chosen, used)
                if pool is not None:
                    yield pool
                    break


def _from_days(record: Record, part: str, seed: int, used: set[int], without: Collection[int]) -> Iterator[Pool]:
    chance = random.Random(f"{seed} {part} days")
    seeds = [
        voice
        for voice in record.voices
        if voice.type in _SEEDS and part_of(record.days[voice.article]) == part and voice.article not in without
    ]
    chance.shuffle(seeds)
    for first in seeds:
        day = record.days[first.article]
        near = [
            voice
            for other in range(day - WINDOW, day + WINDOW + 1)
            if other // BLOCK == day // BLOCK
            for voice in record.of_day[other]
            if alike(first, voice)
        ]
        articles = sorted({voice.article for voice in near}.difference(without, {first.article}))
        chance.shuffle(articles)
        chosen = [first.article]
        for fresh in (True, False):  # one article of each other outlet before a second one of any
            for article in articles:
                new = record.outlets[article] not in {record.outlets[one] for one in chosen}
                if article not in chosen and (new or not fresh) and len(chosen) < MOST_ARTICLES:
                    chosen.append(article)
        if len({record.outlets[article] for article in chosen}) < 2 or used & set(chosen):
            continue
        pool = _pool(record, None, [voice for voice in near if voice.article in chosen], used)
        if pool is not None:
            yield pool


def _pool(record: Record, event: str | None, voices: Sequence[Voice], used: set[int]) -> Pool | None:
    """The first statements of each article in the order of the text, as many of each as there is room for."""
    if used & {voice.article for voice in voices}:
        return None
    said: dict[int, list[Item]] = defaultdict(list)
    for voice in voices:
        said[voice.article] += record.statements(voice)
    for items in said.values():
        items.sort(key=lambda item: item.statement)
    room = max(LARGEST // len(said), 2)
    # What the others leave of the room goes to those who have more to say.
    while sum(min(len(items), room + 1) for items in said.values()) <= LARGEST and room < LARGEST:
        room += 1
    used |= set(said)
    return Pool(event, tuple(item for article in sorted(said) for item in said[article][:room]))


def show(record: Record, number: int, pool: Pool) -> None:
    """Print a pool for reading."""
    print(f"\n## {number}")
    before = None
    for at, item in enumerate(pool.items, 1):
        outlet, day, text, start, end = record.rows.execute(
            "SELECT o.name, a.day, a.text, a.headline_start, a.headline_end FROM articles a"
            " LEFT JOIN outlets o ON o.id = a.outlet_id WHERE a.id = ?",
            (item.article,),
        ).fetchone()
        (name,) = record.rows.execute(
            "SELECT p.name FROM statements s JOIN speakers p ON p.id = s.speaker_id WHERE s.id = ?", (item.statement,)
        ).fetchone()
        if item.article != before:
            headline = text[start:end] if start is not None else text[:90]
            print(f"[{outlet} {day}] {' '.join(headline.split())}")
            before = item.article
        cue = text[slice(*item.cue)] if item.cue else "–"
        content = " … ".join(" ".join(text[slice(*piece)].split()) for piece in item.content)
        print(f"  {at}. {name} | {cue} | {content[:_SHOWN]}{'…' if len(content) > _SHOWN else ''}")


def partition(line: str, size: int) -> tuple[int, list[tuple[int | None, bool]]]:
    """Read a line of a partition for a pool of `size` statements: the pool's number; group and sureness of each.

    Groups are numbered from 0 in the order of the statements. Raises ValueError for a number that is named twice or is
    not of the pool.
    """
    number, _, rest = line.partition(":")
    named: dict[int, tuple[int | None, bool]] = {}
    for at, group in enumerate(rest.split("|")):
        words = group.split()
        worthless = words[:1] == ["-"]
        for word in words[worthless:]:
            member = int(word.rstrip("?"))
            if member in named or not 1 <= member <= size:
                raise ValueError(f"{line!r}: {member} is named twice or is not of the pool ({size} statements)")
            named[member] = (None if worthless else at, not word.endswith("?"))
    fresh: dict[int, int] = {}
    found: list[tuple[int | None, bool]] = []
    for member in range(1, size + 1):
        own, sure = named.get(member, (-member, True))
        found.append((None if own is None else fresh.setdefault(own, len(fresh)), sure))
    return int(number), found


def keep(
    record: Record, part: str, pools: Sequence[Pool], lines: Sequence[str], annotator: str, seed: int
) -> dict[str, object]:
    """The annotated set as it is kept: identifiers and offsets, no words of the articles."""
    sources = {article: source for source, article in record.articles.items()}
    kept: list[dict[str, object]] = []
    for line in lines:
        number, groups = partition(line, len(pools[int(line.partition(":")[0]) - 1].items))
        pool = pools[number - 1]
        kept.append(
            {
                "pool": number,
                "event": pool.event,
                "statements": [
                    {
                        "article": sources[item.article],
                        "cue": item.cue,
                        "content": item.content,
                        "group": group,
                        "sure": sure,
                    }
                    for item, (group, sure) in zip(pool.items, groups, strict=True)
                ],
            }
        )
    return {
        "about_this_file": f"Statements partitioned by what was said, part `{part}`, drawn by bench/versions/draw.py: "
        "within a pool, statements of one `group` report the same utterance; `group` null: the reading is worthless; "
        "`sure` false: doubtful, its pairs are not scored. Identifiers and code-point offsets (half-open) into the "
        "article's text, no words.",
        "part": part,
        "seed": seed,
        "date": datetime.date.today().isoformat(),
        "annotator": annotator,
        "counts": _counts(record, pools, kept),
        "pools": kept,
    }


def _counts(record: Record, pools: Sequence[Pool], kept: Sequence[dict[str, object]]) -> dict[str, int]:
    statements = several = singles = worthless = unsure = 0
    seen: set[int] = set()
    for entry in kept:
        number = entry["pool"]
        own = entry["statements"]
        assert isinstance(number, int)
        assert isinstance(own, list)
        seen |= {item.article for item in pools[number - 1].items}
        sizes = Counter(one["group"] for one in own if one["group"] is not None)
        several += sum(size > 1 for size in sizes.values())
        singles += sum(size == 1 for size in sizes.values())
        worthless += sum(one["group"] is None for one in own)
        unsure += sum(not one["sure"] for one in own)
        statements += len(own)
    return {
        "pools": len(kept),
        "statements": statements,
        "articles": len(seen),
        "outlets": len({record.outlets[article] for article in seen}),
        "groups_of_two_or_more": several,
        "groups_of_one": singles,
        "worthless": worthless,
        "unsure": unsure,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Pools of statements: print them, keep their partition")
    parser.add_argument("what", choices=["show", "keep"])
    parser.add_argument("--record", type=Path, required=True, help="a record in SQLite that holds the corpus")
    parser.add_argument("--part", choices=PARTS, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="sets whose articles are not drawn again")
    parser.add_argument("--besides", type=Path, nargs="*", default=[], help="sets whose speakers are not drawn again")
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--to", type=int, default=240, dest="last")
    parser.add_argument("--partition", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--annotator", default="a language model, in one reading")
    given = parser.parse_args()
    record = Record(given.record)
    pools = []
    without, besides = (
        [one for path in paths for pool in load(path) for one in pool] for paths in (given.without, given.besides)
    )
    for pool in draw(record, given.part, given.seed, {one.article for one in without}, besides):
        pools.append(pool)
        if len(pools) == given.last:
            break
    if given.what == "show":
        for number, pool in enumerate(pools, 1):
            if number >= given.first:
                show(record, number, pool)
        return
    lines = [line for line in given.partition.read_text(encoding="utf-8").splitlines() if line.strip()]
    kept = keep(record, given.part, pools, lines, given.annotator, given.seed)
    given.out.write_text(_compact(kept), encoding="utf-8")
    print(json.dumps(kept["counts"]))


def _compact(kept: dict[str, object]) -> str:
    """JSON with one line for each pool."""
    pools = kept["pools"]
    assert isinstance(pools, list)
    head = json.dumps({key: value for key, value in kept.items() if key != "pools"}, indent=1)
    lines = ",\n".join("  " + json.dumps(pool, separators=(",", ":")) for pool in pools)
    return f'{head[:-2]},\n "pools": [\n{lines}\n ]\n}}\n'


if __name__ == "__main__":
    main()
