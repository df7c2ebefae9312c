"""How well speakers are told when statements are given: gold cues, sources and contents in, speakers out, scored.

    eval_speakers.py ../shared [dev train] [--errors N] [--phrases]

`--phrases` scores `noun_phrase` alone: the end that it finds for every gold source, given where the source starts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from qawl.arabic.marks import find_marks
from qawl.arabic.names import noun_phrase
from qawl.arabic.words import CueReading, Words, tokenize
from qawl.reading.draft import Draft
from qawl.reading.speakers import resolve


def token_range(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The tokens that a span of code points touches."""
    hit = [
        i
        for i in range(len(words))
        if words.starts[i] < end and start < words.ends[i] and words.forms[i].kind != "newline"
    ]
    return (hit[0], hit[-1] + 1) if hit else None


def reading_of(words: Words, cue: tuple[int, int]) -> CueReading | None:
    """A reading of the cue: finite verbs first, then participles."""
    order = {"past": 0, "present": 1, "participle": 2, "masdar": 3}
    found: list[CueReading] = []
    for at in range(*cue):
        found.extend(words.forms[at].cues)
    found.sort(key=lambda r: (r.form.passive, r.form.number == "d", order.get(r.form.part, 4)))
    return found[0] if found else None


def drafts_of(article: Any, words: Words) -> tuple[list[Draft], list[int]]:
    """Drafts from gold statements, in the order of the text, and for each the index of the gold statement."""
    marks = find_marks(words)
    drafts: list[Draft] = []
    for s in article.statements:
        cue = token_range(words, *s.cue) if s.cue else None
        source = token_range(words, *s.source) if s.source else None
        content = [c for c in (token_range(words, *c) for c in s.content) if c]
        at = cue[0] if cue else content[0][0]
        number = marks.sentence_of[at]
        clause = marks.sentences[number] if number >= 0 else (at, at + 1)
        addressee = None
        if s.addressee:
            entity = article.entities[s.addressee]
            low, high = words.starts[clause[0]], words.ends[clause[1] - 1]
            for form in sorted({entity["name"], *entity.get("mentions", [])}, key=len, reverse=True):
                found = article.text.find(form, low, high)
                if found >= 0:
                    addressee = token_range(words, found, found + len(form))
                    break
        reading = reading_of(words, cue) if cue else None
        drafts.append(
            Draft(cue, reading, source, content, clause, "none", s.kind, s.act, s.parent, addressee=addressee)
        )
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].at)
    new = {old: i for i, old in enumerate(order)}
    for draft in drafts:
        if draft.parent is not None:
            draft.parent = new[draft.parent]
    return [drafts[i] for i in order], order


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("shared", type=Path)
    ap.add_argument("folders", nargs="*", default=["dev", "train"])
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--names", action="store_true", help="list wrong full names too")
    ap.add_argument("--phrases", action="store_true")
    args = ap.parse_args()
    sys.path.insert(0, str(args.shared / "score"))
    import gold
    import score

    for folder in args.folders:
        total: Counter[str] = Counter()
        shown = 0
        spent = 0.0
        tokens = 0
        phrase_ok = phrase_all = 0
        for article in gold.load_all(args.shared / "gold" / folder):
            words = tokenize(article.text)
            drafts, order = drafts_of(article, words)
            if args.phrases:
                for i, draft in enumerate(drafts):
                    if draft.source is None:
                        continue
                    number = find_marks(words).sentence_of[draft.source[0]]
                    limit = find_marks(words).sentences[number][1] if number >= 0 else draft.source[1]
                    if draft.cue and draft.cue[0] >= draft.source[1]:
                        limit = draft.cue[0]
                    found = noun_phrase(words, draft.source[0], limit)
                    phrase_all += 1
                    if found and found.end == draft.source[1]:
                        phrase_ok += 1
                    elif shown < args.errors:
                        shown += 1
                        got = words.slice(found.start, found.end) if found else None
                        print(f"  {article.id} {i} want «{words.slice(*draft.source)}» got «{got}»")
                continue
            marks = find_marks(words)
            began = time.perf_counter()
            result = resolve(words, drafts, marks)
            spent += time.perf_counter() - began
            tokens += len(words)
            predicted: list[dict[str, Any]] = []
            for i, old in enumerate(order):
                s = article.statements[old]

                def span(x: tuple[int, int] | None, text: str = article.text) -> dict[str, Any] | None:
                    return {"start": x[0], "end": x[1], "text": text[x[0] : x[1]]} if x else None

                speaker, told = result.speakers[i], result.addressees[i]
                parent = drafts[i].parent
                predicted.append(
                    {
                        "cue": span(s.cue),
                        "source": span(s.source),
                        "content": [span(c) for c in s.content],
                        "speaker": {"id": speaker.id, "name": speaker.name} if speaker else None,
                        "addressee": {"id": told.id, "name": told.name} if told else None,
                        "form": s.form, "kind": s.kind, "act": s.act, "parent": parent,
                    }
                )  # fmt: skip
            total += score.tally(article, predicted)
            forms = score.forms_of(article)
            for i, old in enumerate(order):
                s, name = article.statements[old], (predicted[i]["speaker"] or {}).get("name")
                right = score.same_speaker(forms, s.speaker, name)
                want = article.entities[s.speaker]["name"] if s.speaker else None
                full = want is None or score.name_tokens(name or "") == score.name_tokens(want)
                if (not right or (args.names and not full)) and shown < args.errors:
                    shown += 1
                    cue = article.text[slice(*s.cue)] if s.cue else "-"
                    source = article.text[slice(*s.source)] if s.source else None
                    print(
                        f"  {'' if right else 'WRONG '}{article.id} #{old} [{cue}] "
                        f"source «{source}» want «{want}» got «{name}»"
                    )
        if args.phrases:
            print(
                f"{folder}: {phrase_ok} of {phrase_all} phrases end where the gold's do: "
                f"{phrase_ok / max(phrase_all, 1):.3f}"
            )
            continue
        metrics = score.report(total)
        keys = ("speaker_accuracy", "speaker_accuracy_implicit", "speaker_b3", "speaker_full_name", "addressee_f1")
        print(
            folder,
            json.dumps({k: round(metrics[k], 4) for k in keys}),
            f"{spent / max(tokens, 1) * 1e6:.1f} µs a token",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
