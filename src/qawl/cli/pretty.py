"""A reading for the eyes at a terminal: the statements of an article, grouped by speaker, in reading order."""

from __future__ import annotations

from textwrap import TextWrapper

import click

from qawl.article import Article
from qawl.cli.listing import plain
from qawl.pages.marking import by_speaker
from qawl.statement import Reading, Speaker, Statement

_INDENT = " " * 6


def render(article: Article, reading: Reading, *, colour: bool = False, width: int = 100) -> str:
    """The statements as lines of at most `width` columns (longer only where one word is), with a blank line at the end.

    Control characters of the article are shown as spaces: a text must not drive the terminal.
    """

    def style(text: str, **how: bool | str) -> str:
        return click.style(text, **how) if colour else text  # type: ignore[arg-type]

    lines = [style(plain(title(article)), bold=True)]
    facts = [article.id, article.outlet, article.published.isoformat()[:10] if article.published else None]
    facts.append(f"{_count(len(reading.statements), 'statement')}, {_count(len(reading.speakers), 'speaker')}")
    facts.append(f"{reading.outlet_share:.0%} in the outlet's own voice")
    lines.append(style(" · ".join(plain(fact) for fact in facts if fact), dim=True))
    for speaker, numbered in by_speaker(reading):
        lines.append("")
        lines.append(_speaker_line(speaker, style(plain(speaker.name), fg="cyan", bold=True) if speaker else "?"))
        for number, statement in numbered:
            cue = plain(statement.cue.text) if statement.cue else "…"
            labels = style(", ".join(_labels(statement)), dim=True)
            lines.append(f"{number:>4}  {style(cue, fg='yellow')}  {labels}")
            lines.extend(_wrap(_content(statement), width))
    return "\n".join(lines) + "\n\n"


def title(article: Article) -> str:
    """The headline or, where the article gives none, its first line with a letter; cut to some 100 characters."""
    if article.headline is not None:
        found = article.text[slice(*article.headline)]
    else:
        found = next((line for line in article.text.split("\n", 50) if any(map(str.isalpha, line))), "")
    found = " ".join(found.split())
    return found if len(found) <= 100 else found[:100].rsplit(" ", 1)[0] + " …"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _speaker_line(speaker: Speaker | None, name: str) -> str:
    if speaker is None:
        return f"{name}  (speaker not given)"
    role = f", {plain(speaker.role)}" if speaker.role and speaker.role not in speaker.name else ""
    return f"{name}  ({speaker.type}{role})"


def _labels(statement: Statement) -> list[str]:
    labels: list[str] = [statement.act, statement.form]
    if statement.polarity == "negative":
        labels.append("negated")
    if statement.parent is not None:
        labels.append(f"within {statement.parent + 1}")
    if statement.addressee:
        labels.append(f"to {plain(statement.addressee.name)}")
    if statement.setting:
        labels.append(plain(statement.setting.text))
    if statement.said_at:
        when = [statement.said_at.span.text] if statement.said_at.span else []
        when += [statement.said_at.date.isoformat()] if statement.said_at.date else []
        when += ["earlier"] if statement.said_at.earlier else []
        labels.append(plain(" = ".join(when)))
    if statement.hedge:
        labels.append(plain(statement.hedge.text))
    labels.append(f"{statement.confidence:.0%} sure")
    return labels


def _content(statement: Statement) -> str:
    return " ".join(plain(statement.text).split())


def _wrap(text: str, width: int) -> list[str]:
    wrapper = TextWrapper(max(width, 40), _INDENT, _INDENT, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)
