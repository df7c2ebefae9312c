"""`qawl db`: bring a record up to date, check it, make anew what follows from the rest."""

from __future__ import annotations

import sys
from itertools import chain

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.listing import plain
from qawl.cli.record_options import db_option, opened, who_option


@click.group()
def db() -> None:
    """Keep a record in order."""


@db.command()
@db_option
@who_option
def upgrade(db: str, who: str) -> None:
    """Bring a record of an older Qawl up to date, or make an empty one."""
    with opened(db, any_version=True) as engine:
        from qawl.record.engine import HEAD
        from qawl.record.log import note
        from qawl.record.migrations import upgrade as bring_up

        before = bring_up(engine)
        if before == HEAD:
            click.echo(f"{HEAD}: up to date already")
            return
        note(engine, who, "upgrade", {"from": before, "to": HEAD})
        click.echo(f"{before or 'nothing'} → {HEAD}")


@db.command()
@db_option
def check(db: str) -> None:
    """Say what is wrong in a record. Exit status 1 if anything is."""
    with opened(db) as engine:
        from qawl.compare.checking import check as group_faults
        from qawl.people.checking import check as people_faults
        from qawl.record.checking import check as faults

        number = 0
        for fault in chain(faults(engine), people_faults(engine), group_faults(engine)):
            number += 1
            click.echo(plain(fault))
    if number:
        click.echo(f"{number} {'fault' if number == 1 else 'faults'}", err=True)
        sys.exit(1)
    click.echo("the record is in order", err=True)


@db.command()
@db_option
@who_option
def rebuild(db: str, who: str) -> None:
    """Make anew what follows from the rest: what people's decisions come to, the index of the search, who is who, and
    which statements report one utterance."""
    with opened(db) as engine:
        from qawl.compare.updating import start_over as ungroup
        from qawl.people.updating import start_over
        from qawl.record.engine import write
        from qawl.record.judgements import rebuild as lay_all
        from qawl.record.log import note
        from qawl.record.search.index import rebuild as index_all

        number = lay_all(engine)
        write(engine, index_all)
        start_over(engine)
        ungroup(engine)
        catch_up(engine)
        note(engine, who, "rebuild", {"judged": number})
    click.echo(f"made anew; {number} statements are shown as people decided")
