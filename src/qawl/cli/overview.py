"""`qawl speakers`, `qawl outlets`, `qawl stats`, `qawl log`: what is in the record, in numbers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from itertools import islice

import click

from qawl.cli.listing import filter_options, json_option, machine_option, plain, print_json, print_table
from qawl.cli.record_options import db_option, opened


@click.command()
@click.argument("name", required=False, default="")
@db_option
@filter_options
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="So many at most.")
@machine_option
@json_option
def speakers(
    name: str,
    db: str,
    outlet: str | None,
    first: date | None,
    last: date | None,
    limit: int,
    machine: bool,
    as_json: bool,
) -> None:
    """Who speaks, those who say most first; with NAME, only names that have it in them, however it is spelled."""
    with opened(db) as engine:
        from qawl.record import showing

        found = showing.speakers(engine, showing.Filter(outlet, first, last), named=name, machine=machine)
        if as_json:
            print_json(map(asdict, islice(found, limit)))
        else:
            rows = [(s.statements, s.articles, s.type, s.name) for s in found[:limit]]
            print_table(("statements", "articles", "type", "name"), rows)


@click.command()
@db_option
@filter_options
@machine_option
@json_option
def outlets(db: str, outlet: str | None, first: date | None, last: date | None, machine: bool, as_json: bool) -> None:
    """The outlets, with the number of their articles and statements."""
    with opened(db) as engine:
        from qawl.record import showing

        found = showing.outlets(engine, showing.Filter(outlet, first, last), machine=machine)
        if as_json:
            print_json(map(asdict, found))
        else:
            rows = [(p.articles, p.copies, p.statements, p.first, p.last, p.name or "(no outlet)") for p in found]
            print_table(("articles", "copies", "statements", "first", "last", "name"), rows)


@click.command()
@db_option
@filter_options
@machine_option
@json_option
def stats(db: str, outlet: str | None, first: date | None, last: date | None, machine: bool, as_json: bool) -> None:
    """How much is in the record: statements a day, acts, forms, speakers left unsaid, by outlet."""
    with opened(db) as engine:
        from qawl.record import showing
        from qawl.record import stats as counting

        found = counting.stats(engine, showing.Filter(outlet, first, last), machine=machine)
        if as_json:
            print_json([asdict(found)])
            return
        click.echo(f"{found.articles} articles ({found.versions} with earlier versions), {found.words} words")
        click.echo(f"{found.copies} copies, {found.near_copies} near-copies, {found.judgements} judgements")
        days = len(found.days.keys() - {""})
        a_day = f", {found.all.statements / days:.1f} a day over {days} days" if days else ""
        click.echo(f"{found.all.statements} statements{a_day}")
        acts, forms = list(found.all.acts), list(found.all.forms)
        lines = [("all", found.all), *((name or "(no outlet)", counts) for name, counts in found.outlets.items())]
        rows = [
            [
                c.statements,
                f"{c.implicit:.0%}",
                *(c.forms.get(f, 0) for f in forms),
                *(c.acts.get(a, 0) for a in acts),
                n,
            ]
            for n, c in lines
        ]
        head = ["statements", "implicit", *forms, *acts, "outlet"]
        click.echo()
        print_table(head, rows)
        click.echo()
        print_table(("statements", "day"), [(number, day or "(no date)") for day, number in found.days.items()])


@click.command()
@db_option
@click.option("--last", type=click.IntRange(1, 2**31), metavar="N", help="The newest N lines alone.")
@json_option
def log(db: str, last: int | None, as_json: bool) -> None:
    """What was done to the record as a whole, by whom and when."""
    with opened(db) as engine:
        from qawl.record.log import entries

        for entry in entries(engine, last):
            if as_json:
                print_json([entry._asdict()])
            else:
                detail = ", ".join(f"{key} {_told(value)}" for key, value in entry.detail.items())
                click.echo(plain(f"{entry.at}  {entry.who}  {entry.action}  {detail}"))


def _told(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
