"""`qawl versions`, `qawl drift`: one statement in several outlets, and where the outlets differ most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import click

from qawl.cli.listing import counted, json_option, plain, print_json, wrapped
from qawl.cli.record_options import db_option, opened

if TYPE_CHECKING:
    from datetime import datetime

    from qawl.compare.wording import Collation
    from qawl.compare.words import Version
    from qawl.statement import Span

_INDENT = " " * 6
#: Statements that `qawl drift` compares word by word if nobody asks for all: a few seconds on the whole corpus.
_COMPARED = 1000
_DAY = click.DateTime(["%Y-%m-%d"])
Format = Literal["pretty", "html"]


format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["pretty", "html"]),
    default="pretty",
    show_default=True,
    help="For the eyes at a terminal, or a page that needs nothing but itself.",
)


@click.command()
@click.argument("id")
@db_option
@format_option
@json_option
def versions(id: str, db: str, format_: Format, as_json: bool) -> None:
    """Show the statement ID in all outlets that report it, and how the versions differ.

    The fullest version comes first. Each difference has a kind: negation, number, name, certainty, verb, quotation or
    extent. Versions of the very same words are one.

    Exit status: 0 there are several versions, 1 there is one alone, 2 the command line is wrong.
    """
    with opened(db) as engine:
        from qawl.compare.versions import group_of, load_versions
        from qawl.compare.wording import collate
        from qawl.record.engine import snapshot
        from qawl.record.errors import RecordError

        with snapshot(engine) as connection:
            found = list(load_versions(connection, group_of(connection, id)).values())
        if not found:
            raise RecordError(f"{id}: people judged it wrong, or nothing of what was said is there")
        collation = collate(found)
    write_versions(collation, format_, as_json, "no other version in the record")


@click.command()
@db_option
@click.option("--since", type=_DAY, metavar="DATE", help="Said or published on that day or later.")
@click.option("--until", type=_DAY, metavar="DATE", help="Said or published on that day or earlier.")
@click.option("--outlet", metavar="NAME", help="With a version of this outlet.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many.")
@click.option("--all", "every", is_flag=True, help="Compare the versions of every statement, however many there are.")
@format_option
@json_option
def drift(
    db: str,
    since: datetime | None,
    until: datetime | None,
    outlet: str | None,
    limit: int,
    every: bool,
    format_: Format,
    as_json: bool,
) -> None:
    """List the statements whose versions differ most, by the kinds in which two of them differ.

    Of more than 1,000 statements only those that most outlets carry are compared, unless --all is given.

    Exit status: 0 something was found, 1 nothing was, 2 the command line is wrong.
    """
    with opened(db) as engine:
        from qawl.compare.drifting import drifting
        from qawl.compare.versions import Wanted, groups
        from qawl.record.engine import snapshot

        wanted = Wanted(since.date() if since else None, until.date() if until else None, outlet)
        with snapshot(engine) as connection:
            most = groups(connection, wanted) if every else max(_COMPARED, limit)
            result = drifting(connection, wanted, limit, most=most)
    found = result.drifts
    if result.left:
        click.echo(f"compared {result.compared:,} statements that most outlets carry; {result.left:,} not", err=True)
    if as_json:
        print_json(drifted.to_json() for drifted in found)
    else:
        _write([drifted.collation for drifted in found], format_, as_json=False)
    if not found:
        click.echo("no versions that differ", err=True)
        click.get_current_context().exit(1)


def write_versions(collation: Collation, format_: Format, as_json: bool, alone: str) -> None:
    """Write the versions of one statement. Where there is one alone the exit status is 1, and `alone` is told."""
    _write([collation], format_, as_json)
    if len(collation.versions) == 1:
        click.echo("all in the same words" if collation.versions[0].also else alone, err=True)
        click.get_current_context().exit(1)


def _write(collations: list[Collation], format_: Format, as_json: bool) -> None:
    if as_json:
        print_json(collation.to_json() for collation in collations)
    elif format_ == "html":
        from qawl.pages import versions_page

        click.echo(versions_page.page(collations), nl=False)
    else:
        for number, collation in enumerate(collations):
            if number:
                click.echo()
            _print(collation)


def _print(collation: Collation) -> None:
    from qawl.compare.lists import notes

    first = collation.versions[0]
    outlets = {place.outlet for version in collation.versions for place in version.places}
    name = click.style(plain(first.place.speaker or "?"), fg="cyan", bold=True)
    click.echo(f"{name} · {counted(len(collation.versions), 'version')}, {counted(len(outlets), 'outlet')}")
    for number, version in enumerate(collation.versions, 1):
        click.echo(f"{number:>4}  {click.style(version.place.ref, fg='yellow')}  {_facts(version)}")
        cue = version.cue.text if version.cue else ":"
        text = version.text if cue == ":" else f"{cue}: {version.text}"  # a colon is that after a name in a headline
        click.echo("\n".join(wrapped(text, _INDENT)))
    for contrast in collation.contrasts():
        kind = click.style(contrast.kind, fg="green", bold=True)
        click.echo(f"{_INDENT}{kind}: {notes()[contrast.note].english}")
        click.echo(f"{_INDENT}  {_side(contrast.ours, contrast.left)}")
        click.echo(f"{_INDENT}  {_side(contrast.theirs, contrast.right)}")


def _facts(version: Version) -> str:
    labels: list[str] = [version.act, version.form]
    labels += ["headline"] * version.headline + ["negated"] * (version.polarity == "negative")
    places = " · ".join(" ".join(filter(None, (place.outlet, place.day))) or "?" for place in version.places)
    return plain(f"{places}  ({', '.join(labels)})")


def _side(numbers: Iterable[int], span: Span | None) -> str:
    who = ", ".join(str(number + 1) for number in numbers)
    return f"{who}: {' '.join(plain(span.text).split()) if span else '–'}"
