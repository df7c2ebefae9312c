"""`qawl serve` and `qawl demo`: the desk, for a team or for a first look."""

from __future__ import annotations

import socket
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qawl.cli.mail_options import mail_options, means
from qawl.cli.record_options import db_option, opened, who_option

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from qawl.desk.logs import Format

_port = click.IntRange(0, 65535)


def _prefix(ctx: click.Context, param: click.Parameter, value: str) -> str:
    prefix = value.rstrip("/")
    if prefix and (not prefix.startswith("/") or "//" in prefix or not prefix.isascii() or set(prefix) & set("?#\\ ")):
        raise click.BadParameter("write a path that begins with a slash, such as /qawl")
    return prefix


@click.command()
@db_option
@who_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", type=_port, default=8000, show_default=True, help="At which port; 0: any free one.")
@click.option("--prefix", default="", callback=_prefix, metavar="PATH", help="The path under which a proxy serves it.")
@click.option(
    "--accounts/--no-accounts",
    default=None,
    help="Everybody signs in, or nobody does.  [default: as soon as the record has accounts]",
)
@click.option(
    "--open-to-all", is_flag=True, help="Without accounts, although others reach it: everybody may do everything."
)
@click.option("--secure", is_flag=True, help="Browsers come by HTTPS alone (through a proxy): cookies are kept to it.")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="Under which name browsers ask for it.")
@click.option(
    "--proxy", "proxies", multiple=True, metavar="ADDRESS", help="A proxy (or a network) that tells truly who asks."
)
@click.option("--upgrade", is_flag=True, help="Bring a record of an older Qawl up to date first.")
@click.option(
    "--log-format", type=click.Choice(["json", "plain"]), default="json", show_default=True, help="On standard error."
)
@mail_options
def serve(
    db: str,
    who: str,
    host: str,
    port: int,
    prefix: str,
    accounts: bool | None,
    open_to_all: bool,
    secure: bool,
    names: tuple[str, ...],
    proxies: tuple[str, ...],
    upgrade: bool,
    log_format: Format,
    **values: Any,
) -> None:
    """Open the desk: web pages and an API over the record, for people who work with it all day.

    On this machine alone nobody has to sign in, and decisions are signed with --who. Others are let in with accounts
    (`qawl accounts add`). It ends at Ctrl-C or SIGTERM, when what was asked before is answered.
    """
    chosen = means(values)
    if upgrade:
        _upgrade(db, who)
    with opened(db) as engine:
        from qawl.desk.access.accounts import are_any
        from qawl.desk.access.hosts import is_loopback, known_names

        some = are_any(engine)
        accounts = some if accounts is None else accounts
        reached = not is_loopback(host) or bool(names or proxies or prefix or secure)
        if not accounts and reached and not open_to_all:
            raise click.UsageError(
                "Others would reach the desk, and everybody may do everything without accounts. Make some with "
                "`qawl accounts add NAME --role admin`, or say --open-to-all if that is meant."
            )
        if not accounts and not names and host in ("0.0.0.0", "::"):
            raise click.UsageError("Without accounts, say by --host-name under which names the desk may be asked for.")
        if not accounts and reached:
            click.echo("qawl: whoever reaches this desk may read, change and decide everything", err=True)
        if accounts and not some:
            click.echo("qawl: nobody can sign in yet: `qawl accounts add NAME --role admin` makes an account", err=True)

        from qawl.desk.logs import configure
        from qawl.desk.serving import address_of, run
        from qawl.desk.settings import Settings

        settings = Settings(
            db=engine.url.render_as_string(hide_password=True),
            prefix=prefix,
            accounts=accounts,
            who=who,
            secure=secure,
            hosts=known_names(host, names, accounts=accounts),
            means=chosen,
        )
        listening = _listen(host, port)
        configure(log_format)
        run(
            engine,
            settings,
            listening,
            proxies=proxies,
            began=lambda: click.echo(address_of(listening, prefix)),
        )


@click.command()
@click.option("--port", type=_port, help="At this port.  [default: 8765, or any that is free]")
@click.option("--no-browser", is_flag=True, help="Print the address alone.")
def demo(port: int | None, no_browser: bool) -> None:
    """Open the desk on the samples that come with Qawl: fifteen short articles with invented people.

    What is decided there is gone when it ends, at Ctrl-C.
    """
    import logging
    import webbrowser

    from qawl.desk.logs import configure
    from qawl.desk.serving import address_of, run
    from qawl.desk.settings import Settings

    configure("plain", logging.WARNING)
    listening = _listen("127.0.0.1", 8765 if port is None else port, or_any=port is None)
    with tempfile.TemporaryDirectory(prefix="qawl-demo-", ignore_cleanup_errors=True) as folder:
        db = str(Path(folder) / "demo.db")
        with opened(db, create=True) as engine:
            _fill(engine)
            address = address_of(listening)

            def began() -> None:
                click.echo(address)
                if not no_browser:
                    # Beside the server, for what opens it may wait until it is closed.
                    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

            run(engine, Settings(db=db, hosts=("localhost", "127.0.0.1", "[::1]")), listening, began=began)


def _upgrade(db: str, who: str) -> None:
    with opened(db, any_version=True) as engine:
        from qawl.record.engine import HEAD, is_missing
        from qawl.record.log import note
        from qawl.record.migrations import upgrade

        if not is_missing(engine.url) and (before := upgrade(engine)) != HEAD:
            note(engine, who, "upgrade", {"from": before, "to": HEAD})


def _listen(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    from qawl.desk.serving import listen

    try:
        return listen(host, port, or_any=or_any)
    except OSError as error:
        raise click.ClickException(f"cannot listen at {host}:{port}: {error.strerror or error}") from None


def _fill(engine: Engine) -> None:
    """The samples, with all that follows from them."""
    from qawl import samples
    from qawl.compare import updating as comparing
    from qawl.people import updating as resolving
    from qawl.record.writing import add

    add(engine, [*samples.load(), *samples.load_week()], lambda outcome: None)
    resolving.bring_up_to_date(engine)
    comparing.bring_up_to_date(engine)
