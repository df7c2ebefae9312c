"""Draw appearances of speakers from a loaded record, to be annotated with who they are.

    python bench/people/draw.py --record qawl.db --seed 2018 --groups 110 --without development.json --out drawn.json

An *appearance* is one row of `speakers` of a current reading (SQLite), in the newest version of an article that is no
copy of another; `unnamed` and `document` take no part, and of the groups only those that are called by no ordinary word
(rebels under a name, not "the journalists"). *Seeds* are drawn from these rows at random, 70 % persons (or another
share), the others from the rest: whoever speaks often is drawn often. To each seed belongs a pool: the rows of other
articles that share a word of the name with it, or have one that is spelt nearly so (the same consonants, or one letter
more, less or other), or that are named by nothing but the seed's office. Of the pool up to six are taken: two of the
same name, three of other names (the likelier, the more of the two names is alike; a given name alone counts little),
one of the office alone, each from the outlet and month that are least there. So there are pairs of one name that are
two men and pairs of two names that are one, and what is drawn depends on no idea of who is who. No article gives two
appearances.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from qawl.arabic.letters import fold
from qawl.lexicon import ordinary

PERSONS: Final = 0.7


class Row(NamedTuple):
    """A speaker of the record; `name` folded, `start` and `end` its fullest mention (code points, half-open)."""

    id: int
    article: str
    outlet: str
    day: str
    type: str
    name: str
    role: str
    start: int
    end: int


def even(text: str) -> str:
    """`text` folded, without quotation marks and hashes, America with and without its second ya made one."""
    return re.sub(r"[\W_]+", " ", fold(text).replace("امريك", "اميرك")).strip()


def words(name: str) -> list[str]:
    """The words of an evened name that can make two names alike: three letters or more, without the article."""
    return [word for word in (word.removeprefix("ال") for word in name.split()) if len(word) > 2]


_ALIKE: Final = str.maketrans("ثطجكقزصشذ", "تتغغغسسسد")  # letters that stand for one foreign sound


def spellings(word: str) -> Iterator[str]:
    """Keys that `word` shares with what is spelt nearly so."""
    bones = re.sub("[اويءه]", "", word).translate(_ALIKE)
    if len(bones) > 2:
        yield f"={bones}"
    if len(word) > 4:
        yield from {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def rows(record: sqlite3.Connection) -> Iterator[Row]:
    """The appearances of the record, in the order of their rows."""
    plain = ordinary.load()
    common = plain.nouns | plain.adjectives
    query = """
        SELECT s.id, a.source_id, o.name, a.day, s.type, s.name, coalesce(s.role, ''), a.text, m.start, m."end"
        FROM speakers s JOIN readings r ON r.id = s.reading_id JOIN articles a ON a.id = r.article_id
        JOIN outlets o ON o.id = a.outlet_id JOIN mentions m ON m.speaker_id = s.id
        WHERE r.current AND a.latest AND a.copy_of IS NULL AND a.day IS NOT NULL
          AND s.type NOT IN ('unnamed', 'document') ORDER BY s.id, m.position"""
    last = None
    for id_, article, outlet, day, type_, name, role, text, start, end in record.execute(query):
        own = even(name)
        fullest = own in even(text[start:end])
        if last is not None and last[0].id == id_:
            if fullest and not last[1]:
                last = last[0]._replace(start=start, end=end), True
            continue
        if last is not None:
            yield last[0]
            last = None
        if type_ == "group":
            head = (own.split() or [""])[0].removeprefix("ال")
            if {head, head[:-2], head[:-2] + "ي", head[:-2] + "ه"} & common or " و" in own:
                continue
        if own:
            last = Row(id_, article, outlet, day, type_, own, even(role), start, end), fullest
    if last is not None:
        yield last[0]


class Pools:
    """What shares a name word, a spelling or an office with what, over all rows of a record."""

    def __init__(self, every: Sequence[Row]) -> None:
        self.of_name: dict[str, list[Row]] = defaultdict(list)
        for row in every:
            self.of_name[row.name].append(row)
        self.names_with: dict[str, set[str]] = defaultdict(set)  # a word → the names
        for name in self.of_name:
            for word in words(name):
                self.names_with[word].add(name)
        self.words_with: dict[str, set[str]] = defaultdict(set)  # a spelling key → the words
        for word in self.names_with:
            for key in spellings(word):
                self.words_with[key].add(word)

    def other_names(self, row: Row) -> dict[str, float]:
        """Names that share a word with `row`, or nearly do; the more of both is alike, the greater the weight."""
        shared: dict[str, float] = defaultdict(float)
        own = words(row.name)
        for at, word in enumerate(own):
            given = row.type == "person" and at == 0 and len(own) > 1
            near = {word, *(other for key in spellings(word) for other in self.words_with[key])}
            for name in {name for other in near for name in self.names_with[other]} - {row.name}:
                shared[name] += 0.3 if given else 1
        persons = row.type == "person"
        return {
            name: (alike / max(len(own), len(words(name)))) ** 2 * len(self.of_name[name]) ** 0.5
            for name, alike in sorted(shared.items())
            if any((other.type == "person") == persons for other in self.of_name[name])
        }

    def office_alone(self, row: Row) -> list[Row]:
        """Rows that are called by nothing but the office of `row`, if it is more than one word."""
        alone = row.type == "person" and " " in row.role and row.role != row.name
        return self.of_name.get(row.role, []) if alone else []


def _next(chance: random.Random, among: Iterable[Row], taken: Sequence[Row], articles: set[str]) -> Row | None:
    """One of `among` at random: of an outlet, then of a month, that are the least taken so far."""
    outlets = Counter(row.outlet for row in taken)
    months = Counter(row.day[:7] for row in taken)
    left = [row for row in among if row.article not in articles]
    return min(left, key=lambda row: (outlets[row.outlet], months[row.day[:7]], chance.random()), default=None)


def pool(chance: random.Random, pools: Pools, first: Row, articles: set[str]) -> list[Row]:
    """`first` and up to six of its pool; their articles are added to `articles`."""
    taken = [first]
    articles.add(first.article)
    others = pools.other_names(first)

    def same() -> Row | None:
        return _next(chance, pools.of_name[first.name], taken, articles)

    def other() -> Row | None:
        while others:
            name = chance.choices(list(others), list(others.values()))[0]
            del others[name]
            if (row := _next(chance, pools.of_name[name], taken, articles)) is not None:
                return row
        return None

    def office() -> Row | None:
        return _next(chance, pools.office_alone(first), taken, articles)

    for way in (other, same, office, other, same, other):
        if (row := way()) is not None:
            taken.append(row)
            articles.add(row.article)
    return taken


def draw(
    every: Sequence[Row], seed: int, groups: int, without: Iterable[str] = (), share: float = PERSONS
) -> list[list[Row]]:
    """`groups` seeds with their pools, none from the articles `without`; the same for the same rows and seed. `share`
    (0 to 1) of the seeds are persons."""
    chance = random.Random(seed)
    articles = set(without)
    pools = Pools(every)
    persons = [row for row in every if row.type == "person"]
    others = [row for row in every if row.type != "person"]
    found: list[list[Row]] = []
    while len(found) < groups:
        first = chance.choice(persons if chance.random() < share else others)
        if first.article not in articles:
            found.append(pool(chance, pools, first, articles))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--record", required=True, type=Path)
    parser.add_argument("--seed", required=True, type=int)
    parser.add_argument("--groups", required=True, type=int)
    parser.add_argument("--persons", type=float, default=PERSONS, help="share of persons among the seeds, 0 to 1")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="items whose articles take no part")
    parser.add_argument("--out", required=True, type=Path)
    given = parser.parse_args()
    before = [item for path in given.without for item in json.loads(path.read_text("utf-8"))["items"]]
    record = sqlite3.connect(f"file:{given.record}?mode=ro", uri=True)
    groups = draw(list(rows(record)), given.seed, given.groups, [item["article"] for item in before], given.persons)
    found = [
        {"group": number, "speaker": row.id, "article": row.article, "start": row.start, "end": row.end}
        for number, group in enumerate(groups)
        for row in group
    ]
    given.out.write_text(json.dumps({"seed": given.seed, "items": found}), "utf-8")
    print(f"{len(found)} appearances in {len(groups)} groups")


if __name__ == "__main__":
    main()
