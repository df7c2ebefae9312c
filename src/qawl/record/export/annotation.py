"""W3C Web Annotation: each statement as an annotation of the page on which it stands, to be found there again.

Every piece of what was said is a target with two selectors: where it stands in the text as the record has it
(TextPositionSelector; code points), and the words themselves with some before and after (TextQuoteSelector), which
other tools find in the page even where it has changed a little.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from qawl.record.export.entries import Entry, Shown
from qawl.statement import Span

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32  # code points before and after the words


def parts(entries: Iterable[Entry]) -> Iterator[str]:
    """An AnnotationPage in parts, so that any number of articles needs the memory of one."""
    yield f'{{"@context": {json.dumps(CONTEXT)}, "id": "urn:qawl:export", "type": "AnnotationPage", "items": ['
    first = True
    for entry in entries:
        for shown in entry.statements:
            yield ("\n" if first else ",\n") + json.dumps(annotation(entry, shown), ensure_ascii=False)
            first = False
    yield "\n]}\n"


def annotation(entry: Entry, shown: Shown) -> dict[str, Any]:
    """One statement: what it is as bodies, where it stands as targets."""
    said = shown.statement
    targets = [_target(entry, piece) for piece in said.content]
    bodies = [_tag("tagging", f"{name}:{value}") for name, value in (("act", said.act), ("form", said.form))]
    if said.polarity == "negative":
        bodies.append(_tag("tagging", "negated"))
    if shown.verdict:
        bodies.append(_tag("assessing", f"judged {shown.verdict}"))
    if said.speaker:
        bodies.append({**_tag("identifying", said.speaker.name), "language": "ar"})
    return {
        "id": f"urn:qawl:statement:{shown.ref}",
        "type": "Annotation",
        "motivation": "identifying",
        "created": entry.read_at,
        "generator": {"id": "urn:qawl:reader", "type": "Software", "name": entry.reader},
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _tag(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _target(entry: Entry, piece: Span) -> dict[str, Any]:
    text = entry.article.text
    return {
        "source": entry.article.url or f"urn:qawl:article:{entry.name}",
        "selector": [
            {"type": "TextPositionSelector", "start": piece.start, "end": piece.end},
            {
                "type": "TextQuoteSelector",
                "exact": piece.text,
                "prefix": text[max(0, piece.start - _AROUND) : piece.start],
                "suffix": text[piece.end : piece.end + _AROUND],
            },
        ],
    }
