"""`qawl voices`: who speaks about whom. `qawl silence`: who gave no comment."""

from __future__ import annotations

import csv
import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from qawl.cli.listing import filter_options, json_option, plain, print_json, print_table
from qawl.cli.record_options import db_option, opened

if TYPE_CHECKING:
    from qawl.compare.voices import Period

_PERIODS = ("all", "year", "month", "day")


@click.command()
@click.option("--speaker", metavar="WHO", help="Only what this one says: a name, a ref, or a statement's ID.")
@click.option("--about", metavar="WHO", help="Only what is said about this one.")
@db_option
@filter_options
@click.option("--by", type=click.Choice(_PERIODS), default="all", show_default=True, help="Count by this period.")
@click.option(
    "--limit", type=click.IntRange(min=1), help="So many lines at most (default: 50; of --csv and --json all)."
)
@click.option("--csv", "as_csv", is_flag=True, help="For tables: CSV with a line of headings.")
@json_option
def voices(
    speaker: str | None,
    about: str | None,
    db: str,
    outlet: str | None,
    first: date | None,
    last: date | None,
    by: Period,
    limit: int | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Who speaks about whom: how many statements of each act a speaker makes in which an entity is named."""
    with opened(db) as engine:
        from qawl.compare.subjects import named
        from qawl.compare.voices import Question
        from qawl.compare.voices import voices as count
        from qawl.record.engine import snapshot

        with snapshot(engine) as connection:
            who = named(connection, speaker).id if speaker is not None else None
            whom = named(connection, about).id if about is not None else None
            question = Question(who, whom, outlet, first, last, by)
            found = count(connection, question, limit=limit or (None if as_csv or as_json else 50))
    if as_json:
        print_json(one.to_json() for one in found)
        return
    rows = [(c.period, c.statements, c.act, c.speaker.ref, c.about.ref, c.speaker.name, c.about.name) for c in found]
    head = ("period", "statements", "act", "speaker_ref", "about_ref", "speaker", "about")
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    else:
        print_table(head, rows)


@click.command()
@click.option("--entity", metavar="WHO", help="Only this one: a name, a ref, or a statement's ID.")
@db_option
@filter_options
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="So many at most.")
@json_option
def silence(
    entity: str | None,
    db: str,
    outlet: str | None,
    first: date | None,
    last: date | None,
    limit: int,
    as_json: bool,
) -> None:
    """Who gave no comment, where articles say so, the newest first: declined to, made none, could not be reached."""
    with opened(db) as engine:
        from qawl.compare.silent import silent
        from qawl.compare.subjects import named
        from qawl.record.engine import snapshot
        from qawl.record.showing import Filter

        with snapshot(engine) as connection:
            wanted = named(connection, entity).id if entity is not None else None
            for one in silent(connection, Filter(outlet, first, last), entity=wanted)[:limit]:
                if as_json:
                    print_json([one.to_json()])
                    continue
                said = one.silence.who.text if one.silence.who else "(not named beside it)"
                known = f" = {one.entity.name} ({one.entity.ref})" if one.entity else ""
                head = f"{one.day or 'no date'}  {one.silence.kind:<9}  {said}{known}  |  {one.outlet or '?'}"
                click.echo(plain(head))
                click.echo("      " + " ".join(plain(one.sentence).split()))
