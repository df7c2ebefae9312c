"""`qawl show`: a statement in its sentence, or an article with its statements."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from qawl.cli.listing import json_option, machine_option, plain, print_json
from qawl.cli.pretty import title
from qawl.cli.record_options import db_option, opened

if TYPE_CHECKING:
    from qawl.record.showing import ArticleEntry, StatementEntry

_NUMBER = re.compile(r"[0-9]{1,9}")


@click.command()
@click.argument("id")
@db_option
@machine_option
@json_option
def show(id: str, db: str, machine: bool, as_json: bool) -> None:
    """Show the statement ID (ten letters and digits) in its sentence, or the article with that number."""
    with opened(db) as engine:
        from qawl.record import showing

        if _NUMBER.fullmatch(id):
            entry, found = showing.article(engine, int(id), machine=machine)
        else:
            entry, one = showing.statement(engine, id, machine=machine)
            found = [one]
    if as_json:
        print_json([showing.to_json(entry, found)])
    else:
        _print(entry, found)


def _print(entry: ArticleEntry, found: list[StatementEntry]) -> None:
    article = entry.article
    click.secho(plain(title(article)), bold=True)
    published = article.published.isoformat() if article.published else None
    facts = [f"article {entry.id}", article.outlet, published, ", ".join(article.authors), article.url]
    click.echo(plain(" · ".join(fact for fact in facts if fact)))
    if entry.version > 1 or not entry.latest:
        click.echo(f"version {entry.version}{'' if entry.latest else ': there is a later one'}")
    if entry.forgotten_at:
        click.echo(f"forgotten on {entry.forgotten_at[:10]}, but for the statements")
    for copy in entry.copies:
        kind = "the same text" if copy.kind == "same" else f"{copy.likeness:.0%} the same text"
        where = " · ".join(fact for fact in (f"article {copy.article_id}", copy.outlet, copy.url) if fact)
        click.echo(plain(f"{kind}: {where}"))
    for statement in found:
        click.echo()
        _print_statement(article.text, statement)


def _print_statement(text: str, entry: StatementEntry) -> None:
    said = entry.statement
    click.echo(f"{click.style(entry.ref, fg='yellow')}  {_labels(entry)}")
    speaker = said.speaker
    if speaker is None:
        click.echo("      ?  (speaker not given)")
    else:
        role = f", {speaker.role}" if speaker.role and speaker.role not in speaker.name else ""
        name = click.style(plain(speaker.name), fg="cyan", bold=True)
        click.echo(f"      {name}  {plain(f'({speaker.type}{role})')}")
        others = dict.fromkeys(" ".join(m.text.split()) for m in speaker.mentions)
        others.pop(" ".join(speaker.name.split()), None)
        if others:
            click.echo(plain(f"      also: {' · '.join(others)}"))
    click.echo(f"      {_highlighted(text, entry)}")


def _labels(entry: StatementEntry) -> str:
    said = entry.statement
    labels: list[str] = [said.act, said.form]
    if said.polarity == "negative":
        labels.append("negated")
    if said.addressee:
        labels.append(f"to {said.addressee.name}")
    if said.said_at and said.said_at.date:
        labels.append(f"said on {said.said_at.date.isoformat()}")
    labels.append(f"{said.confidence:.0%} sure")
    if entry.verdict:
        labels.append({"right": "judged right", "wrong": "judged wrong", "mended": "mended"}[entry.verdict])
    if not entry.current:
        labels.append(f"not in the current reading (read by {entry.reader})")
    return plain(", ".join(labels))


def _highlighted(text: str, entry: StatementEntry) -> str:
    """The sentence with what was said in green, or between brackets where colours do not show."""
    at, end = entry.sentence
    opening, closing = ("", "") if sys.stdout.isatty() else ("⟦", "⟧")
    parts = []
    for piece in entry.statement.content:
        parts.append(_one_line(text[at : piece.start]))
        said = opening + _one_line(text[piece.start : piece.end]) + closing
        parts.append(click.style(said, fg="green", bold=True))
        at = piece.end
    parts.append(_one_line(text[at:end]))
    return "".join(parts)


def _one_line(text: str) -> str:
    return re.sub(r"\s", " ", plain(text))
