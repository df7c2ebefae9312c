"""Versions of a statement for tests, out of a few words."""

from __future__ import annotations

from qawl.compare.words import Place, Version, version
from qawl.reading.form import form_of_slices
from qawl.statement import Act, Mention, Span, Statement


def span(text: str, words: str) -> Span:
    """Where these words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def rendering(
    words: str,
    cue: str = "قال",
    act: Act = "assert",
    *,
    ref: str = "a",
    outlet: str | None = None,
    day: str | None = None,
    names: tuple[str, ...] = (),
    hedge: str | None = None,
    headline: bool = False,
) -> Version:
    """The version in which `cue` reports these words. `names` stand in them, `hedge` in or after them."""
    text = f"{cue} العمدة إن {words}"
    if hedge and hedge not in text:
        text = f"{text} {hedge}"
    content = span(text, words)
    statement = Statement(
        cue=span(text, cue),
        source=None,
        speaker=None,
        content=(content,),
        form=form_of_slices(text, [(content.start, content.end)]),
        kind="clause",
        act=act,
        hedge=span(text, hedge) if hedge else None,
        about=tuple(Mention(span(text, name), "person") for name in names),
    )
    place = Place(ref, outlet=outlet, day=day)
    return version(text, statement, place, (0, len(text)) if headline else None)
