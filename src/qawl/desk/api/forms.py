"""The forms of what the API gives. They are those of `qawl read --format jsonl` and of the commands' --json."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from qawl.statement import Act, EntityType, Form, Kind, Polarity

_REF = "a1ygt2r83r"


class Span(BaseModel):
    """A slice of the article's text: offsets count code points, half-open."""

    start: int = Field(ge=0, examples=[5])
    end: int = Field(ge=0, examples=[22])
    text: str = Field(examples=["إن الخط سيفتح غدا"])


class Mention(Span):
    """A place in the text that names somebody or something."""

    type: EntityType


class Named(BaseModel):
    """Somebody within one article."""

    id: str = Field(description="within the article", examples=["s1"])
    name: str = Field(description="the fullest that the article gives", examples=["رائد الخزامي"])


class Speaker(Named):
    """A speaker of one article."""

    type: EntityType
    role: str | None = Field(description="the office or title, as written", examples=["وزير النقل"])
    mentions: list[Span]


class SaidAt(BaseModel):
    """When it was said, as far as the article tells."""

    span: Span | None
    date: str | None = Field(examples=["2024-03-05"])
    earlier: bool = Field(description="before the rest of what is reported")


class Said(BaseModel):
    """A statement as it was read."""

    cue: Span | None = Field(description="the word by which the outlet reports it")
    source: Span | None = Field(description="the words beside it that name who speaks")
    speaker: Named | None
    content: list[Span] = Field(description="what was said, in one piece or more")
    form: Form
    kind: Kind
    act: Act
    parent: int | None = Field(description="the number of the statement within which this one is made")
    hedge: Span | None = Field(description="words by which the outlet stands back from it")
    addressee: Named | None
    about: list[Mention]
    polarity: Polarity
    setting: Span | None
    said_at: SaidAt | None
    confidence: float = Field(ge=0, le=1)


class Reading(BaseModel):
    """All that was read in one article."""

    id: str
    reader: str = Field(examples=["qawl 3"])
    outlet_share: float = Field(description="of the words, in nobody's statement", ge=0, le=1)
    speakers: list[Speaker]
    statements: list[Said]


class Statement(Said):
    """A statement of the record, as people decided where they did."""

    id: str = Field(description="its public ID", examples=[_REF])
    speaker: Speaker | None
    verdict: Literal["right", "wrong", "mended"] | None = Field(description="what people decided")
    current: bool = Field(description="false: only an older reading has it")
    reader: str
    sentence: Span


class Copy(BaseModel):
    """Another article with the same text, or much of it."""

    id: int
    kind: Literal["same", "near"]
    likeness: float
    outlet: str | None
    url: str | None


class ArticleLine(BaseModel):
    """An article in a list."""

    id: int = Field(examples=[1])
    title: str = Field(description="the headline, else where the text begins", examples=["وزير النقل: الخط يفتح غدا"])
    outlet: str | None = Field(examples=["وكالة المرفأ للأنباء"])
    day: str | None = Field(description="of publication", examples=["2024-03-05"])
    url: str | None
    version: int
    statements: int
    copies: int = Field(description="later articles with the same text")


class Article(BaseModel):
    """An article as published."""

    model_config = ConfigDict(extra="forbid")

    id: int = Field(description="its number in the record", examples=[1])
    source_id: str = Field(description="the id that it came with")
    text: str = Field(description="never changed: all offsets count in it")
    headline: tuple[int, int] | None = Field(description="its span in the text")
    outlet: str | None
    url: str | None
    canonical_url: str | None
    published: str | None
    authors: list[str]
    version: int
    latest: bool
    added_at: str
    forgotten_at: str | None
    copies: list[Copy]


class ArticleWithStatements(BaseModel):
    """An article and the statements of its current reading."""

    article: Article
    statements: list[Statement]


class Found(BaseModel):
    """A result of a search: a statement in its sentence; `said` and `marks` are spans within that."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(examples=[_REF])


class Citation(BaseModel):
    """A reference to a statement, to be pasted."""

    id: str = Field(examples=[_REF])
    arabic: str
    english: str


class Version(BaseModel):
    """One of the versions of a statement: its words, where they stand, and its parts."""

    model_config = ConfigDict(extra="allow")


class Difference(BaseModel):
    """Where two versions differ."""

    kind: Literal["negation", "number", "name", "certainty", "verb", "quotation", "extent"]
    note: str
    side: str | None
    between: tuple[str, str] = Field(description="the public IDs of the two")
    left: Span | None
    right: Span | None


class Versions(BaseModel):
    """One statement in all outlets, the fullest version first."""

    versions: list[Version]
    common: list[Span] = Field(description="the words of the first that all have")
    differences: list[Difference]


class Person(BaseModel):
    """A person, body, state or group across articles."""

    ref: str = Field(examples=["e-3bd9nv67ta"])
    name: str = Field(examples=["سلمى العطار"])
    romanised: str | None = Field(examples=["Salma al-Attar"])
    kind: str = Field(examples=["person"])
    country: str | None = Field(description="ISO 3166")
    office: str | None
    statements: int
    articles: int
    first: str | None = Field(description="the first day of publication", examples=["2024-11-03"])
    last: str | None


class Office(BaseModel):
    """An office, with the days between which articles give it."""

    title: str
    of: str | None
    first: str | None
    last: str | None
    articles: int


class Counted(BaseModel):
    """A name and how often."""

    name: str
    number: int
    ref: str | None


class Related(BaseModel):
    """What is near: a state, its capital, its bodies."""

    ref: str
    name: str
    kind: str
    relation: str
    of: str


class SaidLately(BaseModel):
    """A statement on a person's page."""

    ref: str
    day: str | None
    act: str
    outlet: str | None
    text: str


class Profile(BaseModel):
    """All about one person, body or state."""

    person: Person
    identifiers: dict[str, str]
    names: list[Counted]
    offices: list[Office]
    outlets: list[Counted]
    acts: list[Counted]
    about: list[Counted]
    spoken_of_by: list[Counted]
    related: list[Related]
    latest: list[SaidLately]


class LineEntry(BaseModel):
    """A statement on a subject, with its outlets, and with the earlier one that it differs from, if it does."""

    model_config = ConfigDict(extra="allow")

    stretch: int = Field(description="entries of one number say the same")
    differs_from: dict[str, Any] | None


class Line(BaseModel):
    """What a person says on a subject, in the order in which it was said."""

    person: str = Field(description="the public ID", examples=["e-3bd9nv67ta"])
    about: str
    entries: list[LineEntry]


class Judgement(BaseModel):
    """A decision of a person: about a statement, or about who is who."""

    model_config = ConfigDict(extra="allow")

    id: int
    verdict: str
    who: str
    made_at: str
    note: str | None
    undoes: int | None
    holds: bool


class Decided(BaseModel):
    """A decision that was just made."""

    decision: int = Field(description="its number, with which it can be taken back")
