"""The options of sources: what users write, and what comes of it."""

from datetime import date
from ipaddress import ip_network
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import CliRunner

from qawl.cli.sources_options import input_options, source_options
from qawl.intake.options import Options

GIVEN: list[Options] = []


@click.command()
@source_options
def command(**values: Any) -> None:
    GIVEN.append(input_options(**values))


def options(*arguments: str) -> Options:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    return GIVEN.pop()


def test_nothing_said_is_the_default() -> None:
    assert options() == Options()


def test_what_is_said_is_meant() -> None:
    found = options("--field", "text=body", "--field", "headline=a=b", "--outlet", "الضفة", "--published", "2024-03-05")
    assert (found.fields, found.outlet, found.published) == (
        {"text": "body", "headline": "a=b"},
        "الضفة",
        date(2024, 3, 5),
    )
    found = options("--zone", "Asia/Beirut", "--date-format", "%d/%m/%Y", "--delimiter", "\\t", "--encoding", "cp1256")
    assert (found.zone, found.date_format, found.delimiter, found.encoding) == (
        ZoneInfo("Asia/Beirut"),
        "%d/%m/%Y",
        "\t",
        "cp1256",
    )
    web = options("--allow-private", "--max-size", "64K", "--timeout", "2.5", "--max-redirects", "0", "--pace", "0").web
    assert (web.allow_private, web.size, web.seconds, web.redirects, web.pace) == (True, 65536, 2.5, 0, 0)
    web = options("--allow-network", "10.1.0.0/16", "--allow-network", "fd00::1", "--no-robots", "--max-pages", "9").web
    assert web.allow_networks == (ip_network("10.1.0.0/16"), ip_network("fd00::1"))
    assert (web.robots, web.pages) == (False, 9)


@pytest.mark.parametrize(("text", "size"), [("500", 500), ("1k", 1024), ("2M", 2 << 20), ("1GiB", 1 << 30)])
def test_sizes(text: str, size: int) -> None:
    assert options("--max-size", text).web.size == size


@pytest.mark.parametrize(
    "arguments",
    [
        ["--field", "body"], ["--field", "body=text"], ["--field", "text="], ["--zone", "Nowhere/Else"],
        ["--zone", "../x"], ["--max-size", "0"], ["--max-size", "ten"], ["--max-size", "٥"], ["--max-size", ""],
        ["--delimiter", "ab"],
        ["--allow-network", "10.1.2.3/8"], ["--allow-network", "home"], ["--encoding", "no-such"],
        ["--encoding", "ascii"], ["--published", "soon"], ["--timeout", "0"], ["--pace", "-1"],
    ],
)  # fmt: skip
def test_what_cannot_be_meant(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.output
