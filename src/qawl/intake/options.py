"""What a user may say about inputs: their encoding, their fields, and how far to go on the web."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from ipaddress import IPv4Network, IPv6Network

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_LOGIN = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#]*@")
_MIB = 1 << 20

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How far one request may go. Sizes are bytes, times are seconds."""

    size: int = 10 * _MIB  #: of a body, counted after decompression
    seconds: float = 30.0  #: for one request with its body, counted anew after each redirect
    redirects: int = 5
    pace: float = 1.0  #: between the beginnings of two requests to one host
    allow_private: bool = False  #: addresses that are not public: private, loopback and so on, but for link-local ones
    allow_networks: tuple[Network, ...] = ()  #: these alone, where the others stay closed
    robots: bool = True  #: ask robots.txt before each page that the user did not name himself
    pages: int = 50_000  #: taken from one feed, list of feeds or sitemap


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are to be read. `fields` maps our names (`qawl.intake.rows.NAMES`) to the names of the input's."""

    encoding: str = "utf-8"  #: of text, JSON Lines and CSV; other inputs say their own
    outlet: str | None = None  #: for articles whose input names none
    published: date | None = None  #: for all articles, whatever their input says
    zone: tzinfo | None = None  #: of times whose input names none
    date_format: str | None = None  #: as of `datetime.strptime`, for rows whose dates are written in another way
    fields: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None  #: of CSV; None: seen from its first line
    size: int = 32 * _MIB  #: bytes of one text file, line, cell or record, beyond which it is no article
    web: WebLimits = WebLimits()


def is_address(source: str) -> bool:
    """Is this an address (of the web or not), and no name of a file?"""
    return _ADDRESS.match(source) is not None


def without_login(source: str) -> str:
    """A source as it may be shown and kept: an address without the user's name and the password in it."""
    return _LOGIN.sub(r"\1", source)


def localised(value: datetime | date | None, zone: tzinfo | None) -> datetime | date | None:
    """A time without a zone as a time of `zone`, where one is given; everything else as it is."""
    if zone is not None and isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=zone)
    return value
