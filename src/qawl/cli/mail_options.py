"""The options of every command that sends alerts: the mail server, and where others reach the desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from qawl.desk.alerts.sending import Means

F = TypeVar("F", bound=Callable[..., Any])

_PASSWORD = "QAWL_SMTP_PASSWORD"
_OPTIONS = (
    click.option("--base", envvar="QAWL_BASE", metavar="URL", help="The desk as others reach it, for links in alerts."),
    click.option("--smtp-host", envvar="QAWL_SMTP_HOST", metavar="NAME", help="The mail server for alerts by e-mail."),
    click.option(
        "--smtp-port", envvar="QAWL_SMTP_PORT", type=click.IntRange(1, 65535), help="[default: 587, ssl: 465]"
    ),
    click.option(
        "--smtp-security",
        envvar="QAWL_SMTP_SECURITY",
        type=click.Choice(["starttls", "ssl", "none"]),
        default="starttls",
        show_default=True,
        help="How the connection is kept secret.",
    ),
    click.option("--smtp-user", envvar="QAWL_SMTP_USER", metavar="NAME", help="Who signs in there; else nobody does."),
    click.option(
        "--smtp-password-file",
        envvar="QAWL_SMTP_PASSWORD_FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"A file with the password, its first line.  [else: the environment's {_PASSWORD}]",
    ),
    click.option("--mail-from", envvar="QAWL_MAIL_FROM", metavar="ADDRESS", help="From whom the e-mail comes."),
    click.option("--mail-language", type=click.Choice(["ar", "en"]), default="ar", show_default=True),
)


def mail_options(function: F) -> F:
    """The options; `means(values)` takes their values out of a command's."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def means(values: dict[str, Any]) -> Means:
    """With what alerts are sent, by a command's values, which are taken out of them. Raises click.UsageError."""
    from qawl.desk.alerts.delivery import Mail
    from qawl.desk.alerts.sending import Means

    host, port, security = (values.pop(f"smtp_{name}") for name in ("host", "port", "security"))
    user, file, sender = values.pop("smtp_user"), values.pop("smtp_password_file"), values.pop("mail_from")
    base, language = values.pop("base"), values.pop("mail_language")
    mail = None
    if host:
        if not sender:
            raise click.UsageError("--smtp-host needs --mail-from")
        lines = file.read_text("utf-8").splitlines() if file else [os.environ.get(_PASSWORD, "")]
        password = (lines[0] if lines else "") or None
        if user and password is None:
            raise click.UsageError(f"--smtp-user needs a password: --smtp-password-file or {_PASSWORD}")
        if user and security == "none":
            raise click.UsageError("a password is not sent without --smtp-security starttls or ssl")
        mail = Mail(host, sender, port or (465 if security == "ssl" else 587), security, user, password)
    return Means(mail, (base or "").rstrip("/"), language)
