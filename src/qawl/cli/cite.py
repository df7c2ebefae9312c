"""`qawl cite`: a reference to a statement, to be pasted."""

from __future__ import annotations

import click

from qawl.cli.listing import json_option, machine_option, plain, print_json
from qawl.cli.record_options import db_option, opened


@click.command()
@click.argument("id")
@db_option
@machine_option
@json_option
def cite(id: str, db: str, machine: bool, as_json: bool) -> None:
    """Give a reference to the statement ID in Arabic and English: its exact words, who, where and when."""
    with opened(db) as engine:
        from qawl.record import showing
        from qawl.record.citing import cite as reference
        from qawl.record.errors import RecordError

        entry, found = showing.statement(engine, id, machine=machine)
        if found.verdict == "wrong":
            raise RecordError(f"{id}: people judged it wrong (--machine cites it as the reader had it)")
        citation = reference(entry.article, found.statement, found.ref)
    if as_json:
        print_json([{"id": found.ref, "arabic": citation.arabic, "english": citation.english}])
    else:
        click.echo(plain(citation.arabic))
        click.echo()
        click.echo(plain(citation.english))
