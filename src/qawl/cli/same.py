"""`qawl same` and `qawl different`: what people decide about who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.record_options import db_option, opened, who_option

if TYPE_CHECKING:
    from qawl.people.judgements import Verdict


@click.command()
@click.argument("one")
@click.argument("other")
@db_option
@who_option
@click.option("--note", metavar="TEXT", help="Why.")
def same(one: str, other: str, db: str, who: str, note: str | None) -> None:
    """Decide that ONE and OTHER are the same person, body or state.

    Each is the ID that `qawl people` gives, a name that means one alone, or the ID of a statement, whose speaker is
    meant. What you decide holds against all that the program finds, and `qawl undo` takes it back.
    """
    _decide("same", one, other, db, who, note)


@click.command()
@click.argument("one")
@click.argument("other")
@db_option
@who_option
@click.option("--note", metavar="TEXT", help="Why.")
def different(one: str, other: str, db: str, who: str, note: str | None) -> None:
    """Decide that ONE and OTHER are not the same. They are named as for `qawl same`.

    To part what the program took for one, give the IDs of two statements, one of either.
    """
    _decide("different", one, other, db, who, note)


def _decide(verdict: Verdict, one: str, other: str, db: str, who: str, note: str | None) -> None:
    with opened(db) as engine:
        from qawl.people.judgements import decide, judged

        number = decide(engine, verdict, one, other, who=who, note=note)
        catch_up(engine)
        overruled = [told.judgement.id for told in judged(engine) if told.overruled]
    click.echo(f"judgement {number}")
    for other_number in overruled:
        click.echo(f"judgement {other_number} says otherwise and holds no longer beside a later one", err=True)
