"""`qawl line`: what a person says on a subject over time. `qawl watchlist`: the same question, kept by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qawl.cli.listing import counted, filter_options, json_option, plain, print_json, print_table, wrapped
from qawl.cli.record_options import db_option, opened, who_option

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from qawl.compare.line import Line, Said
    from qawl.compare.turns import Turn

F = TypeVar("F", bound=Callable[..., Any])

_INDENT = " " * 6
_ABOUT = "An entity's name or ref, words as for `qawl search`, or @NAME: a saved search."


def _line_options(function: F) -> F:
    """The options of every command that prints a line; `_tell` takes them."""
    only = "Only where a statement differs from an earlier one."
    for option in (
        json_option,
        click.option("--turns", "only_turns", is_flag=True, help=only),
        click.option("--all", "unfold", is_flag=True, help="Also what says the same again."),
        filter_options,
        db_option,
    ):
        function = option(function)
    return function


@click.command()
@click.argument("person")
@click.option("--about", required=True, metavar="SUBJECT", help=_ABOUT)
@_line_options
def line(person: str, about: str, db: str, **how: Any) -> None:
    """What PERSON says on a subject, in the order in which it was said.

    PERSON is a name, an entity's ref, or a statement's ID (its speaker). Versions of one statement are one entry, with
    their outlets. What says the same again is folded. A turn is marked where a statement is near an earlier one in
    subject and differs from it in polarity or act; the score, 0 to 1, is how near and how far that is.
    --from and --to are days on which it was said, as far as the articles tell, else was published.

    Exit status: 0 something was found, 1 nothing was, 2 the command line is wrong.
    """
    with opened(db) as engine:
        _tell(engine, person, about, **how)


def _tell(
    engine: Engine,
    person: str,
    about: str,
    *,
    outlet: str | None,
    first: date | None,
    last: date | None,
    unfold: bool,
    only_turns: bool,
    as_json: bool,
) -> None:
    from qawl.compare import line as lines
    from qawl.compare.subjects import named, subject
    from qawl.record.engine import snapshot
    from qawl.record.search.query import QueryError

    try:
        with snapshot(engine) as connection:
            within = lines.Within(outlet, first, last)
            found = lines.line(connection, named(connection, person), subject(connection, about), within)
    except QueryError as error:
        raise click.UsageError(str(error)) from None
    _print(found, unfold=unfold, only_turns=only_turns, as_json=as_json)


def _print(found: Line, *, unfold: bool, only_turns: bool, as_json: bool) -> None:
    turns = {turn.later: turn for turn in found.turns}
    if as_json:
        print_json(found.to_json(only_turns=only_turns))
    else:
        outlets = {place.outlet for said in found.said for place in said.places}
        subject = found.subject.words
        counts = f"{counted(len(found.said), 'statement')}, {counted(len(outlets), 'outlet')}"
        click.echo(plain(f"{found.person.name} | {subject}: {counts}, {counted(len(turns), 'turn')}"))
        click.echo()
        for stretch in found.stretches:
            for at in range(stretch.first, stretch.last):
                shown = at in turns if only_turns else unfold or at == stretch.first or at in turns
                if shown:
                    _print_said(found.said[at])
                if shown and at in turns:
                    _print_turn(found, turns[at])
            again = [at for at in range(stretch.first + 1, stretch.last) if at not in turns]
            if again and not unfold and not only_turns:
                until = found.said[again[-1]].day or "no date"
                click.echo(f"{_INDENT}the same again {counted(len(again), 'time')}, until {until}\n")
    if not found.said or (only_turns and not turns):
        click.echo("nothing found", err=True)
        click.get_current_context().exit(1)


def _print_said(said: Said) -> None:
    version = said.version
    labels = [version.act, *(["negated"] if version.polarity == "negative" else [])]
    if version.cue:
        labels.append(version.cue.text)
    if version.hedge:
        labels.append(version.hedge.text)
    outlets = "، ".join(dict.fromkeys(place.outlet or "?" for place in said.places))
    day = (said.day or "no date") + ("" if said.dated or not said.day else " (published)")
    click.echo(plain(f"{day}  {version.place.ref}  {', '.join(labels)}  |  {outlets}"))
    click.echo("\n".join([*wrapped(said.text, _INDENT), ""]))


def _print_turn(found: Line, turn: Turn) -> None:
    earlier = found.said[turn.earlier]
    day = earlier.day or "no date"
    said = f"differs from {earlier.version.place.ref} of {day} in {turn.kind} ({turn.score:.2f}), which says:"
    click.echo(click.style(f"{_INDENT}{said}", fg="yellow"))
    click.echo("\n".join([*wrapped(earlier.text, _INDENT * 2), ""]))


@click.group()
def watchlist() -> None:
    """A person and a subject together, kept by name and asked again with one command."""


@watchlist.command("add")
@click.argument("name")
@click.argument("person")
@click.option("--about", required=True, metavar="SUBJECT", help=_ABOUT)
@db_option
@who_option
def add_watchlist(name: str, person: str, about: str, db: str, who: str) -> None:
    """Keep PERSON and a subject under NAME."""
    with opened(db) as engine:
        from qawl.compare import watchlists

        watchlists.add(engine, name, person, about, who=who)


@watchlist.command("list")
@db_option
@json_option
def list_watchlists(db: str, as_json: bool) -> None:
    """The watchlists that there are."""
    with opened(db) as engine:
        from qawl.compare import watchlists

        found = watchlists.watchlists(engine)
        if as_json:
            print_json(map(asdict, found))
        else:
            print_table(
                ("made", "by", "name", "person", "about"),
                [(w.made_at, w.who, w.name, w.person, w.about) for w in found],
            )


@watchlist.command("ask")
@click.argument("name")
@_line_options
def ask_watchlist(name: str, db: str, **how: Any) -> None:
    """The line that the watchlist NAME asks for, as `qawl line` gives it."""
    with opened(db) as engine:
        from qawl.compare import watchlists

        kept = watchlists.watchlist(engine, name)
        _tell(engine, kept.person, kept.about, **how)


@watchlist.command("remove")
@click.argument("name")
@db_option
def remove_watchlist(name: str, db: str) -> None:
    """Take the watchlist NAME out."""
    with opened(db) as engine:
        from qawl.compare import watchlists

        watchlists.remove(engine, name)
