"""The command `qawl`: a group that loads each of its commands only when it is asked for, so that all start fast."""

from __future__ import annotations

import importlib

import click

from qawl.cli.record_options import main_db_option

_COMMANDS = {
    "read": ("qawl.cli.read", "Read articles and print every statement in them."),
    "add": ("qawl.cli.add", "Add articles to the record."),
    "schema": ("qawl.cli.schema", "Print the JSON Schema of a reading."),
    "lexicon": ("qawl.cli.lexicon", "Look into and check the tables of words."),
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(importlib.import_module(_COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group("qawl", cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "-V", "--version", package_name="qawl", prog_name="qawl", message="%(prog)s %(version)s")
@main_db_option
def main(db: str | None) -> None:
    """Who said what in Arabic news."""
