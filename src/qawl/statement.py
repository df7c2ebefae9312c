"""What was read in an article: statements, who made them, and the outlet's own share.

All values are immutable and convert to and from JSON; the form is fixed in `schema.json` beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

Form = Literal["direct", "mixed", "indirect"]
Kind = Literal["clause", "phrase"]
Act = Literal["assert", "deny", "announce", "assess", "urge", "warn", "commit", "praise", "condemn", "express", "ask"]
EntityType = Literal["person", "organization", "group", "place", "document", "unnamed"]
Polarity = Literal["positive", "negative"]

FORMS: tuple[Form, ...] = get_args(Form)
KINDS: tuple[Kind, ...] = get_args(Kind)
ACTS: tuple[Act, ...] = get_args(Act)
ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A slice of the article's text: ``article.text[start:end] == text``; offsets are code points, half-open."""

    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Span:
        return cls(value["start"], value["end"], value["text"])


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names a person, body, group, state, place or document."""

    span: Span
    type: EntityType

    def to_json(self) -> dict[str, Any]:
        return {**self.span.to_json(), "type": self.type}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Mention:
        return cls(Span.from_json(value), value["type"])


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks (or is told something) in one article.

    `id` is unique within the article. `name` is the fullest proper name that the article gives or, without one, the
    fullest description; `role` is the office or title as the article gives it; `mentions` are all places that name
    this speaker, in the order of the text.
    """

    id: str
    name: str
    type: EntityType
    role: str | None = None
    mentions: tuple[Span, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "role": self.role,
            "mentions": [m.to_json() for m in self.mentions],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Speaker:
        mentions = tuple(Span.from_json(m) for m in value.get("mentions", ()))
        return cls(value["id"], value["name"], value["type"], value.get("role"), mentions)


@dataclass(frozen=True, slots=True)
class SaidAt:
    """When it was said: the expression of time that belongs to the saying, and the date it comes to.

    `date` is None where the expression cannot be resolved without a date of publication. `earlier` is true where the
    grammar puts the saying before the rest of the report (``وكان الوزير قد قال``); then `span` may be None.
    """

    span: Span | None
    date: date | None = None
    earlier: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "span": self.span.to_json() if self.span else None,
            "date": self.date.isoformat() if self.date else None,
            "earlier": self.earlier,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> SaidAt:
        return cls(
            Span.from_json(value["span"]) if value.get("span") else None,
            date.fromisoformat(value["date"]) if value.get("date") else None,
            bool(value.get("earlier")),
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """Some source is reported to have expressed some content. The fields are those of docs/statement.md."""

    cue: Span | None
    source: Span | None
    speaker: Speaker | None
    content: tuple[Span, ...]
    form: Form
    kind: Kind
    act: Act
    parent: int | None = None
    hedge: Span | None = None
    addressee: Speaker | None = None
    about: tuple[Mention, ...] = ()
    polarity: Polarity = "positive"
    setting: Span | None = None
    said_at: SaidAt | None = None
    confidence: float = 1.0

    @property
    def text(self) -> str:
        """What was said, character for character; the pieces of an interrupted content are joined by `` … ``."""
        return " … ".join(piece.text for piece in self.content)

    def to_json(self) -> dict[str, Any]:
        """The form of one statement in `schema.json`; speakers are given by id and name."""
        return {
            "cue": self.cue.to_json() if self.cue else None,
            "source": self.source.to_json() if self.source else None,
            "speaker": {"id": self.speaker.id, "name": self.speaker.name} if self.speaker else None,
            "content": [piece.to_json() for piece in self.content],
            "form": self.form,
            "kind": self.kind,
            "act": self.act,
            "parent": self.parent,
            "hedge": self.hedge.to_json() if self.hedge else None,
            "addressee": {"id": self.addressee.id, "name": self.addressee.name} if self.addressee else None,
            "about": [m.to_json() for m in self.about],
            "polarity": self.polarity,
            "setting": self.setting.to_json() if self.setting else None,
            "said_at": self.said_at.to_json() if self.said_at else None,
            "confidence": round(self.confidence, 3),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], speakers: Mapping[str, Speaker]) -> Statement:
        """Read what `to_json` wrote; `speakers` are those of the same reading, by id."""

        def span(key: str) -> Span | None:
            return Span.from_json(value[key]) if value.get(key) else None

        def who(key: str) -> Speaker | None:
            return speakers[value[key]["id"]] if value.get(key) else None

        return cls(
            cue=span("cue"),
            source=span("source"),
            speaker=who("speaker"),
            content=tuple(Span.from_json(c) for c in value["content"]),
            form=value["form"],
            kind=value["kind"],
            act=value["act"],
            parent=value.get("parent"),
            hedge=span("hedge"),
            addressee=who("addressee"),
            about=tuple(Mention.from_json(m) for m in value.get("about", ())),
            polarity=value.get("polarity", "positive"),
            setting=span("setting"),
            said_at=SaidAt.from_json(value["said_at"]) if value.get("said_at") else None,
            confidence=value.get("confidence", 1.0),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article: its statements in the order of the text, and the speakers behind them.

    `outlet_share` is the share (0 to 1) of the article's words that lie in nobody's statement: the outlet's own voice.
    """

    id: str
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    outlet_share: float = 1.0
    reader: str = field(default="", compare=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "reader": self.reader,
            "outlet_share": round(self.outlet_share, 4),
            "speakers": [s.to_json() for s in self.speakers],
            "statements": [s.to_json() for s in self.statements],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reading:
        speakers = {s["id"]: Speaker.from_json(s) for s in value.get("speakers", ())}
        return cls(
            id=value["id"],
            statements=tuple(Statement.from_json(s, speakers) for s in value["statements"]),
            speakers=tuple(speakers.values()),
            outlet_share=value.get("outlet_share", 1.0),
            reader=value.get("reader", ""),
        )
