"""The command `qawl`: a group that loads each of its commands only when it is asked for, so that all start fast."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
from keyword import iskeyword
from typing import Any

import click

from qawl.cli.record_options import main_db_option

_COMMANDS = {
    "read": ("qawl.cli.read", "Read articles and print every statement in them."),
    "add": ("qawl.cli.add", "Add articles to the record."),
    "watch": ("qawl.cli.watch", "Follow feeds, and add what is new in them."),
    "search": ("qawl.cli.search", "Find statements by their words, speaker, outlet, date."),
    "show": ("qawl.cli.show", "Show a statement in its sentence, or an article."),
    "speakers": ("qawl.cli.overview", "Who speaks in the record."),
    "people": ("qawl.cli.people", "Who is who across articles."),
    "person": ("qawl.cli.people", "All about one person, body or state."),
    "doubts": ("qawl.cli.people", "Pairs that may be one person, to be decided."),
    "outlets": ("qawl.cli.overview", "The outlets of the record."),
    "stats": ("qawl.cli.overview", "How much is in the record."),
    "versions": ("qawl.cli.versions", "One statement in several outlets, word by word."),
    "drift": ("qawl.cli.versions", "The statements whose versions differ most."),
    "judge": ("qawl.cli.judge", "Decide that a statement is right or wrong, or mend it."),
    "same": ("qawl.cli.same", "Decide that two are the same person, body or state."),
    "different": ("qawl.cli.same", "Decide that two are not the same."),
    "undo": ("qawl.cli.judge", "Take back a judgement."),
    "judgements": ("qawl.cli.judge", "What people decided."),
    "cite": ("qawl.cli.cite", "Give a reference to a statement, to be pasted."),
    "line": ("qawl.cli.line", "What a person says on a subject over time, and where it turns."),
    "watchlist": ("qawl.cli.line", "A person and a subject, kept to be asked again."),
    "voices": ("qawl.cli.voices", "Who speaks about whom, counted."),
    "silence": ("qawl.cli.voices", "Who gave no comment."),
    "saved": ("qawl.cli.search", "The searches that are kept by name."),
    "alerts": ("qawl.cli.alerts", "Tell of what is new in saved searches and watchlists."),
    "export": ("qawl.cli.exchange", "Write statements for other programs."),
    "import": ("qawl.cli.exchange", "Take in what another record exported."),
    "reread": ("qawl.cli.reread", "Read the articles of the record again."),
    "forget": ("qawl.cli.forget", "Take texts out of the record for good."),
    "log": ("qawl.cli.overview", "What was done to the record."),
    "serve": ("qawl.cli.serve", "Open the desk to a team: web pages and an API over the record."),
    "demo": ("qawl.cli.serve", "Open the desk on the samples, with nothing to set up."),
    "accounts": ("qawl.cli.accounts", "Who may use the desk."),
    "db": ("qawl.cli.db", "Bring a record up to date, check it, rebuild it."),
    "corpus": ("qawl.cli.corpus", "Whole archives, on one machine or a cluster."),
    "mcp": ("qawl.cli.mcp", "Give assistants the record by the Model Context Protocol."),
    "schema": ("qawl.cli.schema", "Print the JSON Schema of a reading."),
    "lexicon": ("qawl.cli.lexicon", "Look into and check the tables of words."),
}


class _LazyGroup(click.Group):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except SystemExit as end:
            # Threads of the engine of `qawl corpus` may be at work yet. Where the interpreter is taken down around
            # them, the program, done with all that it had to do, is killed now and then.
            if "daft" in sys.modules and (end.code is None or isinstance(end.code, int)):
                atexit._run_exitfuncs()
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(end.code or 0)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(importlib.import_module(_COMMANDS[cmd_name][0]), name)
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
