"""How well the features of statements are told when the statements are given.

    eval_features.py ../shared [--errors]

Gold cues, sources and contents in; form, hedge and addressee are compared with the gold (dev, train); polarity, about,
setting and time with our own annotation (bench/features_gold.json, docs/features.md): 150 statements of dev, on which
the rules were mended, and 50 of train that were annotated after the rules and before they were run on them.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from qawl.arabic.words import Words
from qawl.reading import about, addressees, circumstances, hedges
from qawl.reading.draft import Draft, Tokens
from qawl.reading.form import form_of
from qawl.reading.polarity import polarity_of
from qawl.reading.speakers import resolve
from qawl.reading.text import Text, best_reading

ANNOTATION = Path(__file__).parent.parent / "bench" / "features_gold.json"


def tokens(words: Words, start: int, end: int) -> Tokens:
    """The tokens that a span of code points touches."""
    return bisect_right(words.ends, start), bisect_left(words.starts, end)


def drafts_of(article: Any, text: Text) -> list[Draft]:
    """A draft for each gold statement, in their order."""
    drafts = []
    for s in article.statements:
        cue = tokens(text.words, *s.cue) if s.cue else None
        source = tokens(text.words, *s.source) if s.source else None
        content = [tokens(text.words, *piece) for piece in s.content]
        reading = None
        for k in range(*cue) if cue else ():
            reading = reading or best_reading(text, k)
        at = cue[0] if cue else content[0][0]
        clause = text.sentences[text.marks.sentence_of[at]]
        drafts.append(Draft(cue, reading, source, content, clause, "none", s.kind, s.act, s.parent))
    return drafts


def f1(n: Counter[str], key: str) -> str:
    right, found, wanted = n[key], n[key + " found"], n[key + " wanted"]
    score = 2 * right / (found + wanted) if found + wanted else 0.0
    return f"F1 {score:.3f}  (right {right}, found {found}, wanted {wanted})"


def same(words: Words, a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Do two spans share half of their words or more (intersection over union)?"""
    one, other = set(range(*tokens(words, *a))), set(range(*tokens(words, *b)))
    return len(one & other) >= 0.5 * len(one | other)


class Evaluation:
    def __init__(self, shared: Path, errors: bool) -> None:
        sys.path.insert(0, str(shared / "score"))
        import gold
        import score

        self.gold: Any = gold
        self.score: Any = score
        self.shared = shared
        self.errors = errors

    def note(self, *what: object) -> None:
        if self.errors:
            print("   ", *what)

    def pair(self, n: Counter[str], key: str, want: Any, got: Any, right: bool, where: str) -> None:
        n[key + " wanted"] += bool(want)
        n[key + " found"] += bool(got)
        n[key] += right
        if bool(want) != bool(got) or (want and not right):
            self.note(where, key, "want", want, "got", got)

    def of_gold(self, part: str) -> None:
        """Form, hedge, addressee."""
        n: Counter[str] = Counter()
        words_of = self.score.WORD.findall
        fold = self.score.fold
        for article in self.gold.load_all(self.shared / "gold" / part):
            text = Text(article.text)
            drafts = drafts_of(article, text)
            for draft in drafts:
                draft.addressee = addressees.find(text, draft)
            told = resolve(text.words, drafts, text.marks).addressees
            forms = self.score.forms_of(article)
            for i, (s, draft, hedge, who) in enumerate(
                zip(article.statements, drafts, hedges.find_all(text, drafts), told, strict=True)
            ):
                where = f"{article.id} {i}"
                n["statements"] += 1
                n["form"] += form_of(text.words, draft.content, text.marks) == s.form
                words = None
                if hedge:
                    words = text.words.slice(*hedge)[len(text.forms[hedge[0]].conj) :]
                right = bool(s.hedge and words and set(words_of(fold(s.hedge))) & set(words_of(fold(words))))
                self.pair(n, "hedge", s.hedge, words, right, where)
                name = who.name if who else None
                right = bool(s.addressee and name and self.score.same_speaker(forms, s.addressee, name))
                self.pair(n, "addressee", s.addressee and article.entities[s.addressee]["name"], name, right, where)
        print(f"{part}: form accuracy {n['form'] / n['statements']:.3f} of {n['statements']}")
        print(f"{part}: hedge {f1(n, 'hedge')}")
        print(f"{part}: addressee {f1(n, 'addressee')}")

    def of_annotation(self, part: str, which: str) -> None:
        """Polarity, about, setting, time."""
        annotation = json.loads(ANNOTATION.read_text("utf-8"))
        articles = {a.id: a for a in self.gold.load_all(self.shared / "gold" / part)}
        n: Counter[str] = Counter()
        print(f"{len(annotation[which])} annotated statements of {part}")
        for key, records in _by_article(annotation[which]).items():
            article = articles[key]
            text = Text(article.text)
            drafts = drafts_of(article, text)
            cast = resolve(text.words, drafts, text.marks).cast
            names = about.name_words([who.name for who in cast if who.type == "person"])
            when = circumstances.find_all(text, drafts)
            day = annotation["published"].get(key)
            published = date.fromisoformat(day) if day else None
            for record in records:
                i = record["statement"]
                where = f"{key} {i}"
                self.polarity(n, record, polarity_of(text, drafts[i].content, drafts[i].kind), where)
                self.about(n, record, about.find(text, drafts[i].content, names), text.words, where)
                self.circumstances(n, record, when[i], text.words, published, where)
        total = len(annotation[which])
        print(f"polarity accuracy {n['polarity'] / total:.3f} of {total}; negative {f1(n, 'negative')}")
        print(f"about {f1(n, 'about')}")
        print(f"about: of those right, same span {n['span'] / n['about']:.3f}, same type {n['type'] / n['about']:.3f}")
        print(f"setting {f1(n, 'setting')}")
        print(f"time {f1(n, 'time')}; date {f1(n, 'date')}; earlier accuracy {n['earlier'] / total:.3f}")

    def polarity(self, n: Counter[str], record: Any, got: str, where: str) -> None:
        want = record["polarity"]
        n["polarity"] += want == got
        both = want == got == "negative"
        self.pair(n, "negative", want == "negative", got == "negative", both, where)

    def about(self, n: Counter[str], record: Any, got: Any, words: Words, where: str) -> None:
        left = list(got)
        n["about wanted"] += len(record["about"])
        n["about found"] += len(left)
        for start, end, kind in record["about"]:
            hit = next((m for m in left if same(words, (m.span.start, m.span.end), (start, end))), None)
            if hit is None:
                self.note(where, "about missed", words.text[start:end])
                continue
            left.remove(hit)
            n["about"] += 1
            n["span"] += (hit.span.start, hit.span.end) == (start, end)
            n["type"] += hit.type == kind
        for mention in left:
            self.note(where, "about spurious", mention.span.text)

    def circumstances(
        self, n: Counter[str], record: Any, got: Any, words: Words, published: date | None, where: str
    ) -> None:
        def chars(first: int, last: int) -> tuple[int, int]:
            return words.starts[first], words.ends[last - 1]

        want, found = record["setting"], chars(*got.setting) if got.setting else None
        self.pair(n, "setting", want, found, bool(want and found and same(words, want, found)), where)
        said = record["said_at"] or {"span": None, "date": None, "earlier": False}
        want, found = said["span"], chars(got.time.start, got.time.end) if got.time else None
        self.pair(n, "time", want, found, bool(want and found and same(words, want, found)), where)
        day = got.time.resolve(published) if got.time else None
        self.pair(n, "date", said["date"], day, bool(day and day.isoformat() == said["date"]), where)
        n["earlier"] += said["earlier"] == got.earlier


def _by_article(records: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in records:
        found.setdefault(record["article"], []).append(record)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    arguments = parser.parse_args()
    evaluation = Evaluation(arguments.shared, arguments.errors)
    evaluation.of_gold("dev")
    evaluation.of_gold("train")
    evaluation.of_annotation("dev", "statements")
    evaluation.of_annotation("train", "held_out")


if __name__ == "__main__":
    main()
