"""What every command over the record shares: which record it is, who works on it, and errors told in one line."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

F = TypeVar("F", bound=Callable[..., Any])

_METAVAR = "URL"
_HELP = "The record: a file, sqlite:///FILE or postgresql://…  [env: QAWL_DB; default: qawl.db]"


def main_db_option(function: F) -> F:
    """The option --db of `qawl` itself, before the name of a command."""
    return click.option("--db", metavar=_METAVAR, envvar="QAWL_DB", help=_HELP)(function)


def db_option(function: F) -> F:
    """The option --db of a command; without it the one before the command holds. The command takes it as `db`."""
    return click.option("--db", metavar=_METAVAR, envvar="QAWL_DB", callback=_else_main, help=_HELP)(function)


def _else_main(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    # What was written before the command wins over the environment, which both options look into.
    written = ctx.get_parameter_source("db") == click.core.ParameterSource.COMMANDLINE
    main: str | None = ctx.find_root().params.get("db")
    return (value if written else main or value) or "qawl.db"


def who_option(function: F) -> F:
    """The option --who: who decides or does this, for the record. The command takes it as `who`."""
    return click.option(
        "--who",
        envvar="QAWL_WHO",
        default=_user,
        metavar="NAME",
        help="Your name  [env: QAWL_WHO; default: the user's]",
    )(function)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "somebody"


@contextmanager
def opened(db: str, *, create: bool = False, any_version: bool = False) -> Iterator[Engine]:
    """The record at that place, made where there is none with `create`, up to date unless `any_version`. What is wrong
    with it, or with what was asked of it, ends the command in one line."""
    from sqlalchemy.exc import DBAPIError

    from qawl.record.engine import first_line, open_record, reach
    from qawl.record.errors import RecordError

    try:
        engine = reach(db) if any_version else open_record(db, create=create)
        try:
            yield engine
        finally:
            engine.dispose()
    except RecordError as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:
        raise click.ClickException(f"the database says: {first_line(error)}") from error
    except UnicodeEncodeError as error:  # an argument of bytes that are no text
        raise click.ClickException(f"not valid text: {error.object!r}") from None


def spare_record(path: Path, db: str, option: str) -> None:
    """Refuse to write to the file in which the record itself is. Raises click.BadParameter."""
    from qawl.record.engine import record_url
    from qawl.record.errors import RecordError

    try:
        url = record_url(db)
    except RecordError:
        return  # whoever opens it will say so
    database = url.database if url.get_backend_name() == "sqlite" else None
    if database and path.resolve() in {Path(f"{database}{end}").resolve() for end in ("", "-wal", "-shm")}:
        raise click.BadParameter(f"{path} is the record itself", param_hint=option)
