"""`qawl mcp`: the record for assistants, over standard input and output."""

from __future__ import annotations

import click

from qawl.cli.record_options import db_option, opened


@click.command()
@db_option
def mcp(db: str) -> None:
    """Give assistants search, people, versions and citations by the Model Context Protocol.

    It speaks over standard input and output, as assistants start it, and changes nothing in the record.
    """
    with opened(db) as engine:
        from qawl.desk.mcp import server

        server(engine).run("stdio")
