"""JSON-LD in the words of schema.org: articles, those who speak, and what they say.

What is quoted word for word is a `Quotation`; what is retold, wholly or partly, is a `Claim`: its text is the outlet's
wording and not the speaker's. Both are part of a `NewsArticle` (a claim appears in it), and belong to a `Person` or an
`Organization`; states that speak are organizations. A document that says something is a `CreativeWork` on which the
claim is based. What schema.org has no word for (the act, the verdict of people) is an `additionalType` or `keywords`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from qawl.record.export.entries import Entry, Shown
from qawl.statement import Speaker

CONTEXT: Final = "https://schema.org/"
_TYPES: Final = {
    "person": "Person",
    "unnamed": "Person",
    "organization": "Organization",
    "group": "Organization",
    "place": "Organization",
    "document": "CreativeWork",
}


def parts(entries: Iterable[Entry]) -> Iterator[str]:
    """The document in parts, so that any number of articles needs the memory of one."""
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": ['
    first = True
    for entry in entries:
        for node in nodes(entry):
            yield ("\n" if first else ",\n") + json.dumps(_without_nothing(node), ensure_ascii=False)
            first = False
    yield "\n]}\n"


def nodes(entry: Entry) -> Iterator[dict[str, Any]]:
    """The nodes of one article: itself, its speakers, its statements. What is unknown is None."""
    article = entry.article
    yield {
        "@id": _article(entry),
        "@type": "NewsArticle",
        "identifier": article.id or None,
        "headline": _one_line(article.text[slice(*article.headline)]) if article.headline else None,
        "inLanguage": "ar",
        "datePublished": article.published.isoformat() if article.published else None,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        "author": [{"@type": "Person", "name": author} for author in article.authors] or None,
        "url": article.canonical_url or article.url,
        "version": entry.version,
    }
    for speaker in entry.speakers:
        others = dict.fromkeys(_one_line(mention.text) for mention in speaker.mentions)
        others.pop(speaker.name, None)
        yield {
            "@id": _speaker(entry, speaker),
            "@type": _TYPES[speaker.type],
            "additionalType": f"urn:qawl:type:{speaker.type}",
            "name": speaker.name,
            "alternateName": list(others) or None,
            "jobTitle": speaker.role if _TYPES[speaker.type] == "Person" else None,
            "description": speaker.role if _TYPES[speaker.type] != "Person" else None,
        }
    for shown in entry.statements:
        yield _statement(entry, shown)


def _statement(entry: Entry, shown: Shown) -> dict[str, Any]:
    said = shown.statement
    node: dict[str, Any] = {
        "@id": f"urn:qawl:statement:{shown.ref}",
        "@type": "Quotation" if said.form == "direct" else "Claim",
        "additionalType": f"urn:qawl:act:{said.act}",
        "identifier": shown.ref,
        "text": said.text,
        "inLanguage": "ar",
        "dateCreated": said.said_at.date.isoformat() if said.said_at and said.said_at.date else None,
        "about": [
            {"@type": "Thing", "name": name} for name in dict.fromkeys(_one_line(m.span.text) for m in said.about)
        ]
        or None,
        "audience": {"@type": "Audience", "name": said.addressee.name} if said.addressee else None,
        "keywords": [said.form, said.polarity, *([f"judged {shown.verdict}"] if shown.verdict else [])],
    }
    whole = [{"@id": _article(entry)}]
    if shown.within is not None:
        # It need not be exported itself, but has the same name wherever it is.
        whole.append({"@id": f"urn:qawl:statement:{shown.within}"})
    node["isPartOf"] = whole[0] if len(whole) == 1 else whole
    if said.form != "direct":
        node["appearance"] = whole[0]
    if said.speaker is not None:
        if said.speaker.type == "document":
            link = "isBasedOn"
        else:
            link = "spokenByCharacter" if said.form == "direct" else "author"
        node[link] = {"@id": _speaker(entry, said.speaker)}
    return node


def _article(entry: Entry) -> str:
    return f"urn:qawl:article:{entry.name}"


def _speaker(entry: Entry, speaker: Speaker) -> str:
    # A speaker is one within one article; who it is in the world nobody has said.
    return f"urn:qawl:article:{entry.name}:speaker:{speaker.id}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without_nothing(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None}
