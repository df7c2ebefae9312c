"""`qawl schema`: the form of a reading, for programs that take it in."""

from __future__ import annotations

import click

from qawl.schema import schema_text


@click.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of one line of `qawl read --format jsonl`."""
    click.echo(schema_text(), nl=False)
