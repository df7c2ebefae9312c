"""The articles of the raw corpus that were annotated for this project: bench/annotations.json, as gold articles.

The file holds identifiers and offsets only; the texts stay in `../shared`. Learned from, never scored on.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus" / "news-2018.jsonl.gz"
ANNOTATIONS = ROOT / "bench" / "annotations.json"
sys.path.insert(0, str(SHARED / "score"))

from gold import Article, Statement  # noqa: E402
from score import name_tokens  # noqa: E402


def articles(with_speakers: bool = False) -> list[Article]:
    """Every annotated article, in the order of the identifiers; or only the statements whose speaker was annotated."""
    wanted = {a["id"]: a["statements"] for a in json.loads(ANNOTATIONS.read_text(encoding="utf-8"))["articles"]}
    out = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line)
            found = wanted.pop(value["id"], None)
            if found is not None:
                if with_speakers:
                    found = [statement for statement in found if "speaker" in statement]
                out.append(article_of(value["id"], f"{value.get('title') or ''}\n\n{value['text']}", found))
    return sorted(out, key=lambda article: article.id)


def article_of(name: str, text: str, statements: list[dict[str, Any]]) -> Article:
    """One article; the entities are the speakers, told apart by the words of their names."""
    entities: dict[str, dict[str, Any]] = {}
    made = []
    for value in statements:
        speaker = None
        if value.get("speaker"):
            mention = text[slice(*value["speaker"])]
            speaker = " ".join(name_tokens(mention))
            entities.setdefault(speaker, {"name": mention})
        made.append(statement_of(value, speaker))
    return Article(name, text, entities, made)


def statement_of(value: dict[str, Any], speaker: str | None) -> Statement:
    """A statement of the file in the form of the gold's."""
    cue = tuple(value["cue"]) if value["cue"] else None
    source = tuple(value["source"]) if value.get("source") else None
    content = [(first, last) for first, last in value["content"]]
    return Statement(cue, source, speaker, content, "indirect", value["kind"], value["act"], None, None, None)
