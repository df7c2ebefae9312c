"""`qawl alerts`: who is told of what is new, for programs that run by the clock where no desk runs."""

from __future__ import annotations

from typing import Any

import click

from qawl.cli.listing import json_option, plain, print_json, print_table
from qawl.cli.mail_options import mail_options, means
from qawl.cli.record_options import db_option, opened


@click.group()
def alerts() -> None:
    """Alerts tell of new statements in a saved search or a watchlist. They are made on the desk."""


@alerts.command("list")
@db_option
@json_option
def list_alerts(db: str, as_json: bool) -> None:
    """The alerts that there are."""
    with opened(db) as engine:
        from qawl.desk.alerts.kept import alerts

        found = alerts(engine)
        if as_json:
            print_json(alert.to_json() for alert in found)
        else:
            rows = [(a.made_at, a.who, a.by, a.of, a.asked, a.sent_at, a.failures, a.name) for a in found]
            print_table(("made", "by", "sent by", "of", "asked", "last sent", "failures", "name"), rows)


@alerts.command("send")
@db_option
@mail_options
def send(db: str, **values: Any) -> None:
    """Send what is new, once; `qawl serve` does so by itself.

    What is new is told at least once: where this is cut off between a message and the note that it was sent, it is sent
    again. An alert that fails is left alone for 5 minutes, then for twice that and so on, and after 10 failures until
    somebody takes it up again on the desk.

    Exit status: 0 all was sent, 1 something could not be.
    """
    chosen = means(values)
    with opened(db) as engine:
        from qawl.desk.alerts.sending import send_due

        outcomes = send_due(engine, chosen)
    for outcome in outcomes:
        said = f"{outcome.alert}: {outcome.told} told" + (f"; {outcome.error}" if outcome.error else "")
        click.echo(plain(said), err=outcome.error is not None)
    if any(outcome.error for outcome in outcomes):
        click.get_current_context().exit(1)
