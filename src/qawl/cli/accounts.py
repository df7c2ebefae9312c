"""`qawl accounts`: who may use the desk."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from qawl.cli.listing import json_option, print_json, print_table
from qawl.cli.record_options import db_option, opened, who_option
from qawl.desk.access.roles import ROLES

if TYPE_CHECKING:
    from qawl.desk.access.roles import Role

_role = click.Choice(ROLES)


@click.group()
def accounts() -> None:
    """Who may use the desk: readers look, editors decide and mend, administrators keep the accounts as well.

    Passwords are asked for, or read from standard input (one line) where that is no terminal: what stands on a command
    line, others can see.
    """


@accounts.command()
@click.argument("name")
@click.option("--role", type=_role, default="reader", show_default=True, help="What they may do.")
@db_option
@who_option
def add(name: str, role: Role, db: str, who: str) -> None:
    """Make an account."""
    with opened(db) as engine:
        from qawl.desk.access import accounts as kept

        kept.add(engine, name, role, _password(), who=who)
    click.echo(f"{name}: {role}")


@accounts.command("list")
@db_option
@json_option
def list_(db: str, as_json: bool) -> None:
    """All accounts."""
    with opened(db) as engine:
        from qawl.desk.access import accounts as kept

        found = kept.accounts(engine)
    if as_json:
        print_json(map(asdict, found))
    else:
        rows = [(one.role, one.made_at, one.closed_at, one.name) for one in found]
        print_table(("role", "made", "closed", "name"), rows)


@accounts.command()
@click.argument("name")
@click.argument("role", type=_role)
@db_option
@who_option
def role(name: str, role: Role, db: str, who: str) -> None:
    """Give an account another role."""
    with opened(db) as engine:
        from qawl.desk.access import accounts as kept

        kept.set_role(engine, name, role, who=who)
    click.echo(f"{name}: {role}")


@accounts.command()
@click.argument("name")
@click.option("--close-tokens", is_flag=True, help="Close its tokens as well, and its addresses of feeds.")
@db_option
@who_option
def password(name: str, close_tokens: bool, db: str, who: str) -> None:
    """Give an account another password; it is signed out everywhere, and with --close-tokens its tokens are closed."""
    with opened(db) as engine:
        from qawl.desk.access import accounts as kept

        kept.set_password(engine, name, _password(), who=who, close_tokens=close_tokens)
    click.echo(f"{name}: another password")


@accounts.command()
@click.argument("name")
@db_option
@who_option
def close(name: str, db: str, who: str) -> None:
    """Let an account in no longer. What was decided under its name stays."""
    with opened(db) as engine:
        from qawl.desk.access import accounts as kept

        kept.close(engine, name, who=who)
    click.echo(f"{name}: closed")


@accounts.command("open")
@click.argument("name")
@db_option
@who_option
def open_(name: str, db: str, who: str) -> None:
    """Let a closed account in again."""
    with opened(db) as engine:
        from qawl.desk.access import accounts as kept

        kept.reopen(engine, name, who=who)
    click.echo(f"{name}: open")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
