"""The options of every command that takes sources: how their fields are called, and how far to go on the web."""

from __future__ import annotations

import ipaddress
import zoneinfo
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import click

from qawl.intake.options import Network, Options, WebLimits
from qawl.intake.rows import NAMES

F = TypeVar("F", bound=Callable[..., Any])

_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def _size(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A number of bytes: 500000, 64K, 10M, 1G."""
    text = value.strip().lower().removesuffix("b").removesuffix("i")
    unit = _UNITS.get(text[-1:], 1)
    digits = text[:-1] if unit > 1 else text
    if not digits.isascii() or not digits.isdigit() or int(digits) == 0:
        raise click.BadParameter(f"{value!r} is no size; write 500000, 64K, 10M or 1G")
    return int(digits) * unit


def _networks(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[Network, ...]:
    """Addresses, or networks of them: 10.1.2.3, 10.1.0.0/16, fd00::/8."""
    try:
        return tuple(map(ipaddress.ip_network, values))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _mapping(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for value in values:
        ours, equals, theirs = value.partition("=")
        if not equals or not theirs or ours not in NAMES:
            raise click.BadParameter(f"{value!r}: write OURS=THEIRS, where OURS is one of {', '.join(NAMES)}")
        fields[ours] = theirs
    return fields


def _zone(ctx: click.Context, param: click.Parameter, value: str | None) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(value) if value else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"{value!r} is no time zone; write one as Asia/Beirut") from None


def _encoding(ctx: click.Context, param: click.Parameter, value: str) -> str:
    try:
        "قال".encode(value)
    except LookupError:
        raise click.BadParameter(f"no such encoding: {value}") from None
    except UnicodeEncodeError:
        raise click.BadParameter(f"{value} has no Arabic letters") from None
    return value


_WEB = (
    click.option("--allow-private", is_flag=True, help="Allow addresses of your own network (default: public only)."),
    click.option(
        "--allow-network", callback=_networks, multiple=True, metavar="NETWORK", help="Allow these: 10.1.0.0/16."
    ),
    click.option("--no-robots", is_flag=True, help="Do not ask robots.txt (pages that you name are never asked for)."),
    click.option("--max-size", callback=_size, default="10M", show_default=True, help="Of one page, decompressed."),
    click.option(
        "--timeout", type=click.FloatRange(min=0.1), default=30, show_default=True, help="Seconds for one page."
    ),
    click.option("--max-redirects", type=click.IntRange(min=0, max=20), default=5, show_default=True),
    click.option(
        "--pace", type=click.FloatRange(min=0), default=1, show_default=True, help="Seconds between requests to a host."
    ),
    click.option(
        "--max-pages", type=click.IntRange(min=1), default=50_000, show_default=True, help="Of one feed or sitemap."
    ),
)
_INPUT = (
    click.option(
        "--field",
        "fields",
        multiple=True,
        callback=_mapping,
        metavar="OURS=THEIRS",
        help=f"What a field is called in JSON, CSV or Parquet: text=body. Ours are {', '.join(NAMES)}.",
    ),
    click.option("--outlet", metavar="NAME", help="The outlet of articles that name none."),
    click.option(
        "--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Publication date of them all."
    ),
    click.option("--zone", callback=_zone, metavar="ZONE", help="Time zone of times without one: Asia/Beirut."),
    click.option("--date-format", metavar="FORM", help="How rows write dates, as of strptime: %d/%m/%Y."),
    click.option("--delimiter", metavar="CHARACTER", help="Of CSV (default: seen from its first line)."),
    click.option("--encoding", default="utf-8", show_default=True, callback=_encoding, help="Of text, JSON and CSV."),
)


def _decorated(function: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        function = option(function)
    return function


def web_options(function: F) -> F:
    """The options of fetching; `web_limits(**values)` turns their values into WebLimits."""
    return _decorated(function, _WEB)


def source_options(function: F) -> F:
    """The options of reading inputs, and those of fetching; `input_options(**values)` turns their values into
    Options. The command takes them as `**values` beside its own."""
    return _decorated(web_options(function), _INPUT)


def input_only_options(function: F) -> F:
    """The options of reading inputs that are no addresses of pages; `input_options(**values)` takes their values."""
    return _decorated(function, _INPUT)


def web_limits(
    *,
    allow_private: bool,
    allow_network: tuple[Network, ...],
    no_robots: bool,
    max_size: int,
    timeout: float,
    max_redirects: int,
    pace: float,
    max_pages: int,
) -> WebLimits:
    """WebLimits of the values of `web_options`."""
    return WebLimits(
        size=max_size,
        seconds=timeout,
        redirects=max_redirects,
        pace=pace,
        allow_private=allow_private,
        allow_networks=allow_network,
        robots=not no_robots,
        pages=max_pages,
    )


def input_options(
    *,
    fields: dict[str, str],
    outlet: str | None,
    published: datetime | None,
    zone: zoneinfo.ZoneInfo | None,
    date_format: str | None,
    delimiter: str | None,
    encoding: str,
    **web: Any,
) -> Options:
    """Options of the values of `source_options`."""
    if delimiter is not None:
        delimiter = "\t" if delimiter == "\\t" else delimiter
        if len(delimiter) != 1:
            raise click.BadParameter("one character, please", param_hint="--delimiter")
    return replace(
        Options(),
        fields=fields,
        outlet=outlet,
        published=published.date() if published else None,
        zone=zone,
        date_format=date_format,
        delimiter=delimiter,
        encoding=encoding,
        web=web_limits(**web) if web else WebLimits(),
    )
