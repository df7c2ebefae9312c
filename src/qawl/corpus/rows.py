"""An article and its reading as rows of the tables of a data set, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from qawl.article import Article
from qawl.record.identity import Identity, refs
from qawl.statement import Mention, Reading, SaidAt, Span, Speaker, Statement

Row = dict[str, Any]
#: Rows by the name of their table.
Rows = dict[str, list[Row]]


def article_id(identity: Identity) -> str:
    """What an article is known by in every data set: 20 hexadecimal digits of its address and its folded text."""
    return blake2b(f"{identity.key}\n{identity.text_hash}".encode(), digest_size=10).hexdigest()


def to_rows(article: Article, identity: Identity, reading: Reading, words: int, found: str) -> Rows:
    """The rows of one article of so many words that was `found` there (a file with the place in it)."""
    id = article_id(identity)
    day = article.published and date(article.published.year, article.published.month, article.published.day)
    spoken = Counter(said.speaker.id for said in reading.statements if said.speaker)
    named = refs(identity, reading.statements)
    said = zip(named, reading.statements, strict=True)
    return {
        "articles": [_article_row(article, identity, reading, id, day, words, found)],
        "statements": [_statement_row(id, article.outlet, day, n, ref, s) for n, (ref, s) in enumerate(said)],
        "speakers": [
            {
                "article": id,
                "speaker": who.id,
                "position": n,
                "name": who.name,
                "type": who.type,
                "role": who.role,
                "statements": spoken[who.id],
            }
            for n, who in enumerate(reading.speakers)
        ],
        "mentions": [
            {"article": id, "speaker": who.id, "position": n, "start": at.start, "end": at.end, "text": at.text}
            for who in reading.speakers
            for n, at in enumerate(who.mentions)
        ],
    }


def _article_row(
    article: Article, identity: Identity, reading: Reading, id: str, day: date | None, words: int, found: str
) -> Row:
    start, end = article.headline or (None, None)
    return {
        "article": id,
        "key": identity.key,
        "text_hash": identity.text_hash,
        "outlet": article.outlet,
        "day": day,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "source_id": article.id,
        "authors": list(article.authors),
        "headline_start": start,
        "headline_end": end,
        "text": article.text,
        "words": words,
        "statements": len(reading.statements),
        "outlet_share": reading.outlet_share,
        "reader": reading.reader,
        "found": found,
    }


def _statement_row(id: str, outlet: str | None, day: date | None, number: int, ref: str, s: Statement) -> Row:
    at = s.said_at
    row: Row = {
        "statement": ref,
        "article": id,
        "number": number,
        "outlet": outlet,
        "day": day,
        "speaker": s.speaker.id if s.speaker else None,
        "speaker_name": s.speaker.name if s.speaker else None,
        "speaker_type": s.speaker.type if s.speaker else None,
        "addressee": s.addressee.id if s.addressee else None,
        "act": s.act,
        "form": s.form,
        "kind": s.kind,
        "polarity": s.polarity,
        "parent": s.parent,
        "text": s.text,
        "cue": s.cue.text if s.cue else None,
        "content": [{"start": piece.start, "end": piece.end} for piece in s.content],
        "said_on": at.date if at else None,
        "said_earlier": at.earlier if at else None,
        "about": [{"start": m.span.start, "end": m.span.end, "text": m.span.text, "type": m.type} for m in s.about],
        "confidence": s.confidence,
    }
    spans = (("cue", s.cue), ("source", s.source), ("hedge", s.hedge), ("setting", s.setting))
    for name, span in (*spans, ("said", at.span if at else None)):
        row[f"{name}_start"] = span.start if span else None
        row[f"{name}_end"] = span.end if span else None
    return row


def article_of(row: Mapping[str, Any]) -> Article:
    """The article in a row of `articles`."""
    published = row["published"]
    if published is not None:
        published = date.fromisoformat(published) if len(published) == 10 else datetime.fromisoformat(published)
    start, end = row["headline_start"], row["headline_end"]
    return Article(
        text=row["text"],
        id=row["source_id"],
        outlet=row["outlet"],
        url=row["url"],
        published=published,
        headline=None if start is None else (start, end),
        authors=tuple(row["authors"]),
        canonical_url=row["canonical_url"],
    )


def reading_of(
    row: Mapping[str, Any],
    statements: Sequence[Mapping[str, Any]],
    speakers: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
) -> Reading:
    """The reading in a row of `articles` and the rows of the other tables that are of the same article, in order."""
    text = row["text"]
    places: dict[str, list[Span]] = {}
    for at in mentions:
        places.setdefault(at["speaker"], []).append(_slice(text, at["start"], at["end"]))
    cast = {
        who["speaker"]: Speaker(
            who["speaker"], who["name"], who["type"], who["role"], tuple(places.get(who["speaker"], ()))
        )
        for who in speakers
    }
    said = tuple(_statement(text, one, cast) for one in statements)
    return Reading(row["source_id"], said, tuple(cast.values()), row["outlet_share"], row["reader"])


def _slice(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


def _statement(text: str, row: Mapping[str, Any], cast: Mapping[str, Speaker]) -> Statement:
    def span(name: str) -> Span | None:
        start = row[f"{name}_start"]
        return None if start is None else _slice(text, start, row[f"{name}_end"])

    said_at = None
    if row["said_earlier"] is not None:
        said_at = SaidAt(span("said"), row["said_on"], row["said_earlier"])
    return Statement(
        cue=span("cue"),
        source=span("source"),
        speaker=cast[row["speaker"]] if row["speaker"] is not None else None,
        content=tuple(_slice(text, piece["start"], piece["end"]) for piece in row["content"]),
        form=row["form"],
        kind=row["kind"],
        act=row["act"],
        parent=row["parent"],
        hedge=span("hedge"),
        addressee=cast[row["addressee"]] if row["addressee"] is not None else None,
        about=tuple(Mention(_slice(text, m["start"], m["end"]), m["type"]) for m in row["about"]),
        polarity=row["polarity"],
        setting=span("setting"),
        said_at=said_at,
        confidence=row["confidence"],
    )
