"""brat stand-off: for linguists, a folder with the text and the annotations of each article, and how brat shows them.

Offsets are code points of the text, as brat counts them. brat shows one line of the text at a time, so what goes over
a line end becomes an annotation in fragments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from qawl.record.export.entries import Entry
from qawl.statement import ACTS, ENTITY_TYPES, FORMS, Span

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S")

CONFIGURATION: Final = f"""\
[entities]
Content
Cue
Source
Mention
About
Hedge
Setting
SaidAt
[relations]
Cued_by	Arg1:Content, Arg2:Cue
Named_by	Arg1:Content, Arg2:Source
Said_by	Arg1:Content, Arg2:Mention
Told_to	Arg1:Content, Arg2:Mention
Hedged_by	Arg1:Content, Arg2:Hedge
Set_in	Arg1:Content, Arg2:Setting
Said_at	Arg1:Content, Arg2:SaidAt
Concerns	Arg1:Content, Arg2:About
Within	Arg1:Content, Arg2:Content
Same	Arg1:Mention, Arg2:Mention, <REL-TYPE>:symmetric-transitive
[events]
[attributes]
Act	Arg:Content, Value:{"|".join(ACTS)}
Form	Arg:Content, Value:{"|".join(FORMS)}
Negated	Arg:Content
Judged	Arg:Content, Value:right|mended
Type	Arg:Mention|About, Value:{"|".join(ENTITY_TYPES)}
"""


def write(entries: Iterable[Entry], folder: Path) -> int:
    """Write the folder (made where there is none); the number of articles. Files of the same names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(CONFIGURATION, "utf-8")
    number = 0
    for entry in entries:
        # The text byte for byte: no line end may be changed, for the offsets count them.
        (folder / f"{entry.name}.txt").write_bytes(entry.article.text.encode())
        (folder / f"{entry.name}.ann").write_bytes("".join(lines(entry)).encode())
        number += 1
    return number


def lines(entry: Entry) -> Iterator[str]:
    """The annotations of one article, each a line with its end."""
    text = entry.article.text
    writer = _Writer(text)
    first_mention: dict[str, str] = {}
    for speaker in entry.speakers:
        names = [name for mention in speaker.mentions if (name := writer.entity("Mention", (mention,)))]
        for name in names:
            writer.attribute("Type", name, speaker.type)
        if names:
            first_mention[speaker.id] = names[0]
        if len(names) > 1:
            writer.lines.append(f"*\tSame {' '.join(names)}\n")
    contents: dict[str, str] = {}
    for shown in entry.statements:
        said = shown.statement
        content = writer.entity("Content", said.content)
        if content is None:
            continue  # nothing of it can be seen
        contents[shown.ref] = content
        writer.attribute("Act", content, said.act)
        writer.attribute("Form", content, said.form)
        if said.polarity == "negative":
            writer.attribute("Negated", content)
        if shown.verdict:
            writer.attribute("Judged", content, shown.verdict)
        when = said.said_at.span if said.said_at else None
        for relation, kind, span in (
            ("Cued_by", "Cue", said.cue),
            ("Named_by", "Source", said.source),
            ("Hedged_by", "Hedge", said.hedge),
            ("Set_in", "Setting", said.setting),
            ("Said_at", "SaidAt", when),
        ):
            if span is not None and (name := writer.entity(kind, (span,))):
                writer.relation(relation, content, name)
        for relation, who in (("Said_by", said.speaker), ("Told_to", said.addressee)):
            if who is not None and who.id in first_mention:
                writer.relation(relation, content, first_mention[who.id])
        for mention in said.about:
            if name := writer.entity("About", (mention.span,)):
                writer.attribute("Type", name, mention.type)
                writer.relation("Concerns", content, name)
        writer.note(content, shown.ref)
    for shown in entry.statements:
        if shown.within in contents and shown.ref in contents:
            writer.relation("Within", contents[shown.ref], contents[shown.within])
    yield from writer.lines


class _Writer:
    """Numbers the annotations of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.numbers = {"T": 0, "R": 0, "A": 0, "#": 0}

    def _name(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{kind}{self.numbers[kind]}"

    def entity(self, kind: str, spans: Iterable[Span]) -> str | None:
        """Its name; None where there is nothing to be seen in the spans."""
        fragments = [fragment for span in spans for fragment in _fragments(self.text, span)]
        if not fragments:
            return None
        name = self._name("T")
        places = ";".join(f"{start} {end}" for start, end in fragments)
        shown = " ".join(self.text[start:end] for start, end in fragments)
        self.lines.append(f"{name}\t{kind} {places}\t{shown}\n")
        return name

    def attribute(self, kind: str, of: str, value: str = "") -> None:
        self.lines.append(f"{self._name('A')}\t{kind} {of}{' ' + value if value else ''}\n")

    def relation(self, kind: str, one: str, two: str) -> None:
        self.lines.append(f"{self._name('R')}\t{kind} Arg1:{one} Arg2:{two}\n")

    def note(self, of: str, text: str) -> None:
        self.lines.append(f"{self._name('#')}\tAnnotatorNotes {of}\t{text}\n")


def _fragments(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The parts of a span on each line, without white space around them."""
    for match in _LINE.finditer(text, span.start, span.end):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield start, match.end()
