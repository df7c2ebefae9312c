"""`qawl search`: find statements by their words, and by who said them, where and when."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from qawl.cli.listing import json_option, machine_option, plain, print_json, print_table, wrapped
from qawl.cli.record_options import db_option, opened, who_option
from qawl.cli.search_options import filters, search_options

if TYPE_CHECKING:
    from qawl.record.search.find import Found

_INDENT = " " * 6
_COLOURS = {"⟦": "green", "⟧": "green", "[": "yellow", "]": "yellow"}
_WHERE = {"said": "", "partly": "partly in the words around it", "around": "in the words around it"}


@click.command()
@click.argument("query", default="")
@db_option
@search_options
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Results on a page.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page.")
@click.option("--ids", is_flag=True, help="Only the IDs of the statements, one a line.")
@click.option("--save", metavar="NAME", help="Keep the search under this name, for `@NAME`.")
@who_option
@machine_option
@json_option
def search(
    query: str,
    db: str,
    limit: int,
    page: int,
    ids: bool,
    save: str | None,
    who: str,
    machine: bool,
    as_json: bool,
    **values: Any,
) -> None:
    """Find the statements with the words of QUERY, whatever their spelling and inflection.

    "words between quotation marks" must follow each other, -word must not be there, and begin* stands for every word
    that begins so. Statements in whose own words the query was found come first, and of these the newest. @NAME alone
    asks a saved search again, with its filters; those that are given besides take the place of its own.

    Exit status: 0 something was found, 1 nothing was, 2 the command line is wrong.
    """
    wanted = filters(values)
    with opened(db) as engine:
        from qawl.people.searching import meant
        from qawl.record.engine import snapshot
        from qawl.record.search.find import search as find
        from qawl.record.search.query import QueryError, parse
        from qawl.record.search.saved import SAVED
        from qawl.record.search.saved import save as keep
        from qawl.record.search.saved import search as saved_search

        try:
            with snapshot(engine) as connection:
                if query.startswith(SAVED):
                    kept = saved_search(connection, query.removeprefix(SAVED))
                    given = {name: value for name, value in asdict(wanted).items() if value is not None}
                    query, wanted = kept.query, replace(kept.filters, **given)
                asked = parse(query)
                named = meant(connection, wanted)
                found = find(connection, asked, named, machine=machine, limit=limit, offset=(page - 1) * limit)
        except QueryError as error:
            raise click.UsageError(str(error)) from None
        if save is not None:
            keep(engine, save, query, wanted, who=who)
    if ids:
        for result in found.results:
            click.echo(result.ref)
    elif as_json:
        print_json(result.to_json() for result in found.results)
    else:
        for number, result in enumerate(found.results, (page - 1) * limit + 1):
            _print(number, result)
    if found.more:
        click.echo(f"more with --page {page + 1}", err=True)
    if not found.results:
        click.echo("nothing found" if page == 1 else "nothing on this page", err=True)
        click.get_current_context().exit(1)


@click.command()
@click.option("--remove", metavar="NAME", help="Take this one out.")
@db_option
@json_option
def saved(remove: str | None, db: str, as_json: bool) -> None:
    """The saved searches: `qawl search … --save NAME` keeps one, `qawl search @NAME` asks it again."""
    with opened(db) as engine:
        from qawl.record.search import saved as kept

        if remove is not None:
            kept.remove(engine, remove)
            return
        found = kept.searches(engine)
        if as_json:
            print_json(one.to_json() for one in found)
        else:
            rows = []
            for one in found:
                value = one.to_json()
                asked = " ".join(f"{name}={given}" for name, given in value["filters"].items())
                rows.append((one.made_at, one.who, one.name, asked, one.query))
            print_table(("made", "by", "name", "filters", "query"), rows)


def _print(number: int, found: Found) -> None:
    labels = [found.act, found.form]
    if found.polarity == "negative":
        labels.append("negated")
    if _WHERE[found.where]:
        labels.append(_WHERE[found.where])
    if found.verdict:
        labels.append({"right": "judged right", "mended": "mended"}[found.verdict])
    head = f"{number:>4}  {click.style(found.ref, fg='yellow')}  {plain(found.speaker or '?')}"
    click.echo(f"{head}  ({', '.join(labels)})")
    for line in wrapped(_highlighted(found), _INDENT):
        click.echo(_styled(line))
    facts = (found.outlet, found.published[:16].replace("T", " ") if found.published else None, found.headline)
    click.echo(_INDENT + click.style(plain(" · ".join(" ".join(fact.split()) for fact in facts if fact)), dim=True))
    click.echo()


def _highlighted(found: Found) -> str:
    """The sentence with what was said between ⟦ ⟧ and the words of the query between [ ]."""
    signs: list[tuple[int, int, str]] = []  # where; what comes first of signs at one place; the sign
    for start, end in found.said:
        signs += [(start, 2, "⟦"), (end, 1, "⟧")]
    for start, end in found.marks:
        signs += [(start, 3, "["), (end, 0, "]")]
    out, at = [], 0
    for place, _, sign in sorted(signs):
        out += [found.sentence[at:place], sign]
        at = place
    return "".join([*out, found.sentence[at:]])


def _styled(line: str) -> str:
    """Colours for the signs, where the terminal has them; click takes them out where it has not."""
    return "".join(click.style(char, fg=_COLOURS[char], bold=True) if char in _COLOURS else char for char in line)
