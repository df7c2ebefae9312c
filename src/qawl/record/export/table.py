"""Statements as rows of a table, one a statement: what CSV and Parquet have in common."""

from __future__ import annotations

from typing import NamedTuple

from qawl.record.export.entries import Entry, Shown


class Row(NamedTuple):
    """One statement. Offsets count code points of the article's text and are half-open; dates are ISO 8601.

    `text` is what was said, its pieces joined by `` … ``; `starts` and `ends` are where its pieces stand. `within` is
    the id of the statement within which this one stands. `article` names the article in every export of it.
    """

    id: str
    speaker: str | None
    speaker_type: str | None
    role: str | None
    text: str
    act: str
    form: str
    kind: str
    polarity: str
    cue: str | None
    source: str | None
    addressee: str | None
    about: tuple[str, ...]
    setting: str | None
    hedge: str | None
    said: str | None
    said_on: str | None
    said_earlier: bool | None
    confidence: float
    verdict: str | None
    within: str | None
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    article: str
    article_id: str
    version: int
    headline: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    url: str | None
    canonical_url: str | None
    reader: str


def row(entry: Entry, shown: Shown) -> Row:
    """The row of one statement."""
    said, article = shown.statement, entry.article
    when = said.said_at
    return Row(
        id=shown.ref,
        speaker=said.speaker.name if said.speaker else None,
        speaker_type=said.speaker.type if said.speaker else None,
        role=said.speaker.role if said.speaker else None,
        text=said.text,
        act=said.act,
        form=said.form,
        kind=said.kind,
        polarity=said.polarity,
        cue=said.cue.text if said.cue else None,
        source=said.source.text if said.source else None,
        addressee=said.addressee.name if said.addressee else None,
        about=tuple(mention.span.text for mention in said.about),
        setting=said.setting.text if said.setting else None,
        hedge=said.hedge.text if said.hedge else None,
        said=when.span.text if when and when.span else None,
        said_on=when.date.isoformat() if when and when.date else None,
        said_earlier=when.earlier if when else None,
        confidence=said.confidence,
        verdict=shown.verdict,
        within=shown.within,
        starts=tuple(piece.start for piece in said.content),
        ends=tuple(piece.end for piece in said.content),
        article=entry.name,
        article_id=article.id,
        version=entry.version,
        headline=article.text[slice(*article.headline)] if article.headline else None,
        outlet=article.outlet,
        authors=article.authors,
        published=article.published.isoformat() if article.published else None,
        url=article.url,
        canonical_url=article.canonical_url,
        reader=entry.reader,
    )
