"""Print drawn appearances to be read, and make the gold file from what was written down.

    python bench/people/annotate.py --record qawl.db --items drawn.json --from 0 --to 50      # printed, to be read
    python bench/people/annotate.py --items drawn.json --labels labels.txt --date 2026-11-22 --out gold.json

The labels are one line an appearance, in any order: its number, a kind and a key of one's own, the same key for the
same entity (see `LABEL` and README.md). The gold file holds identifiers and offsets (code points, half-open) only, and
keys that say nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

KINDS: Final = {"p": "person", "f": "office", "o": "organization", "s": "state", "l": "place", "g": "group"}
#: `12 p one`; `13 f one ?`: named by an office alone, and doubtful; `14 -`: names nobody.
LABEL: Final = re.compile(r"(\d+) (?:-|([pfoslg]) (\S+)( \?)?)")


def show(record: sqlite3.Connection, items: Sequence[Mapping[str, Any]], first: int, last: int) -> None:
    """Print items `first` to `last` (half-open) to be read: names, role, headline, and the text around."""
    for at in range(first, min(last, len(items))):
        item = items[at]
        if at == first or items[at - 1]["group"] != item["group"]:
            print(f"== {item['group']}")
        id_, day, outlet, text, head_start, head_end, name, type_, role = record.execute(
            """SELECT s.id, a.day, o.name, a.text, a.headline_start, a.headline_end, s.name, s.type, s.role
               FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN readings r ON r.article_id = a.id AND r.current
               JOIN speakers s ON s.reading_id = r.id WHERE a.source_id = ? AND s.id = ?""",
            (item["article"], item["speaker"]),
        ).fetchone()
        spans = record.execute('SELECT start, "end" FROM mentions WHERE speaker_id = ? ORDER BY position', (id_,))
        called = list(dict.fromkeys(text[start:end] for start, end in spans))[:5]
        start, end = item["start"], item["end"]
        around = f"{text[max(0, start - 90) : start]}⟦{text[start:end]}⟧{text[end : end + 90]}".replace("\n", " ")
        headline = text[head_start:head_end] if head_start is not None else ""
        print(f"{at} {name} ({type_}; {role if role != name else '='}) {outlet[:3]} {day} | {headline}")
        print(f"   {' / '.join(called)} | {around}")


def join(items: Sequence[Mapping[str, Any]], labels: str) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The gold items, in the order of their articles, and counts. The keys become numbers in that order."""
    said: dict[int, re.Match[str]] = {}
    for line in filter(None, map(str.strip, labels.splitlines())):
        found = LABEL.fullmatch(line)
        if found is None or int(found[1]) in said:
            raise SystemExit(f"no label, or a second one: {line}")
        said[int(found[1])] = found
    if set(said) != set(range(len(items))):
        raise SystemExit(f"labels and items differ: {sorted(set(said) ^ set(range(len(items))))}")
    keys: dict[str, str] = {}
    joined: list[dict[str, Any]] = []
    for at in sorted(said, key=lambda at: items[at]["article"]):
        _, kind, key, doubt = said[at].groups()
        joined.append(
            {
                **{field: items[at][field] for field in ("article", "start", "end")},
                "entity": keys.setdefault(key, f"e{len(keys) + 1:03}") if key else None,
                "kind": KINDS[kind] if kind else None,
                "sure": doubt is None,
            }
        )
    counts = Counter(
        appearances=len(joined),
        articles=len({item["article"] for item in joined}),
        outlets=len({item["article"].split("-")[0] for item in joined}),
        entities=len(keys),
        nobody=sum(item["entity"] is None for item in joined),
        doubtful=sum(not item["sure"] for item in joined),
    )
    return joined, counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--items", required=True, type=Path)
    parser.add_argument("--record", type=Path, help="show from this record")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--to", type=int, default=50, dest="last")
    parser.add_argument("--labels", type=Path, help="join these")
    parser.add_argument("--date", help="of the annotation, for the header")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    drawn = json.loads(given.items.read_text("utf-8"))
    if given.record:
        show(sqlite3.connect(f"file:{given.record}?mode=ro", uri=True), drawn["items"], given.first, given.last)
    if not given.labels:
        return
    items, counts = join(drawn["items"], given.labels.read_text("utf-8"))
    head = {
        "scheme": "bench/people/README.md",
        "seed": drawn["seed"],
        "annotated": f"by a language model that read each appearance in its article, once, {given.date}",
        "counts": counts,
    }
    lines = ",\n".join(json.dumps(item) for item in items)
    given.out.write_text(f'{json.dumps(head, indent=1)[:-2]},\n "items": [\n{lines}\n]}}\n', "utf-8")
    print(dict(counts))


if __name__ == "__main__":
    main()
