"""`qawl people`, `qawl person`, `qawl doubts`: who is who in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from qawl.cli.listing import filter_options, json_option, plain, print_json, print_table
from qawl.cli.record_options import db_option, opened
from qawl.people.kinds import KINDS

if TYPE_CHECKING:
    from qawl.people.profiles import Counted, Doubtful, Person, Profile


@click.command()
@click.argument("name", required=False, default="")
@db_option
@filter_options
@click.option("--kind", type=click.Choice(KINDS), help="What they are.")
@click.option("--country", metavar="CODE", help="Of this state: two letters (ISO 3166), such as EG.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Results on a page.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page.")
@json_option
def people(
    name: str,
    db: str,
    outlet: str | None,
    first: date | None,
    last: date | None,
    kind: str | None,
    country: str | None,
    limit: int,
    page: int,
    as_json: bool,
) -> None:
    """People, bodies, states and groups across articles, those who say most first; with NAME, only those who have all
    its words in one of their names, however it is spelled, those whose name it is first.

    Exit status: 0 something was found, 1 nothing was, 2 the command line is wrong.
    """
    with opened(db) as engine:
        from qawl.people import profiles
        from qawl.record.showing import Filter

        found = profiles.people(
            engine,
            Filter(outlet, first, last),
            named=name,
            kind=kind,
            country=country,
            limit=limit + 1,
            offset=(page - 1) * limit,
        )
        if as_json:
            print_json(map(asdict, found[:limit]))
        elif found:
            head = ("id", "statements", "articles", "first", "last", "kind", "of", "name")
            print_table(head, [_line(person) for person in found[:limit]])
    _end_of_page(len(found), limit, page)


def _line(person: Person) -> tuple[object, ...]:
    name = f"{person.name}، {person.office}" if person.office else person.name
    days = (person.first, person.last)
    return (person.ref, person.statements, person.articles, *days, person.kind, person.country, name)


def _end_of_page(found: int, limit: int, page: int) -> None:
    if found > limit:
        click.echo(f"more with --page {page + 1}", err=True)
    if not found:
        click.echo("nobody found" if page == 1 else "nobody on this page", err=True)
        click.get_current_context().exit(1)


@click.command()
@click.argument("name")
@db_option
@click.option("--most", type=click.IntRange(1, 1000), default=10, show_default=True, help="Lines of each kind.")
@json_option
def person(name: str, db: str, most: int, as_json: bool) -> None:
    """All about one person, body or state: names, offices over time, outlets, acts, subjects, latest statements.

    NAME is a name that means one alone, the ID that `qawl people` gives, or the ID of a statement, whose speaker is
    meant.
    """
    with opened(db) as engine:
        from qawl.people.profiles import profile

        found = profile(engine, name, most=most)
    if as_json:
        print_json([asdict(found)])
    else:
        _print(found)


def _print(profile: Profile) -> None:
    who = profile.person
    facts = [who.kind, who.country, who.romanised, *(f"{source} {id}" for source, id in profile.identifiers.items())]
    click.echo(f"{click.style(who.ref, fg='yellow')}  {plain(who.name)}  ({plain(', '.join(filter(None, facts)))})")
    days = f", {who.first} to {who.last}" if who.first else ""
    click.echo(f"{who.statements} statements, {who.articles} articles{days}")
    _counts("names", profile.names)
    if profile.offices:
        click.echo("\noffices, as articles give them")
        rows = [(o.articles, o.first, o.last, o.of, o.title) for o in profile.offices]
        print_table(("articles", "first", "last", "of", "office"), rows)
    _counts("outlets", profile.outlets)
    _counts("acts", profile.acts)
    _counts("speaks about", profile.about)
    _counts("is spoken of by", profile.spoken_of_by)
    if profile.related:
        click.echo("\nrelated")
        lines = [(r.ref, r.relation.replace("_", " "), r.of, r.kind, r.name) for r in profile.related]
        print_table(("id", "is", "state", "kind", "name"), lines)
    if profile.latest:
        click.echo("\nlatest statements")
    for said in profile.latest:
        facts = [said.ref, said.day, said.act, said.outlet]
        click.echo(plain("  ".join(filter(None, facts))))
        click.echo(f"      {plain(said.text)}")


def _counts(title: str, counts: Sequence[Counted]) -> None:
    if counts:
        click.echo(f"\n{title}")
        print_table(("number", "name"), [(one.number, one.name) for one in counts])


@click.command()
@db_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Pairs on a page.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page.")
@json_option
def doubts(db: str, limit: int, page: int, as_json: bool) -> None:
    """The pairs that may be one and may be two, the likeliest first: decide with `qawl same` or `qawl different`.

    Exit status: 0 there are some, 1 there are none.
    """
    with opened(db) as engine:
        from qawl.people import profiles

        found = profiles.doubts(engine, limit=limit + 1, offset=(page - 1) * limit)
    if as_json:
        print_json(map(asdict, found[:limit]))
    else:
        for doubt in found[:limit]:
            _print_doubt(doubt)
    _end_of_page(len(found), limit, page)


def _print_doubt(doubt: Doubtful) -> None:
    click.echo(f"{doubt.score:.2f}  {plain('; '.join(doubt.reasons))}")
    print_table(
        ("", "articles", "first", "last", "kind", "of", "name"), [_doubted(p) for p in (doubt.one, doubt.other)]
    )
    click.echo()


def _doubted(person: Person) -> tuple[object, ...]:
    return tuple(value for n, value in enumerate(_line(person)) if n != 1)
