"""How a desk is set up: what `qawl serve` and `qawl demo` decide before it starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`db` is the place of the record. `prefix` is the path under which a proxy serves the desk: empty, or begins with
    a slash and does not end with one. With `accounts` everybody has to sign in; without, whoever reaches the desk may
    do everything, under the name `who`. With `secure` cookies go over HTTPS only. `hosts` are the names under which
    the desk may be asked for; empty: any."""

    db: str
    prefix: str = ""
    accounts: bool = False
    who: str = "desk"
    secure: bool = False
    hosts: tuple[str, ...] = ()
    #: Requests a minute that one account, token or address may send to the API.
    rate: int = 600
