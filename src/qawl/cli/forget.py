"""`qawl forget`: take texts out of the record for good."""

from __future__ import annotations

from datetime import datetime

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.listing import counted, plain
from qawl.cli.record_options import db_option, opened, who_option


@click.command()
@click.argument("what", required=False, metavar="[ARTICLE | OUTLET]")
@db_option
@who_option
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="What was published before that day.")
@click.option("--keep-statements", is_flag=True, help="Leave the statements: their words, and nothing of the rest.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(what: str | None, db: str, who: str, before: datetime | None, keep_statements: bool, yes: bool) -> None:
    """Take texts out of the record for good, with a line in the log.

    ARTICLE is its number, its address or the id that the input gave it, and means all its versions; OUTLET is a name.
    With --before too, only what of them was published before that day. Articles without a date are never meant by it.
    """
    if what is None and before is None:
        raise click.UsageError("Say what: an article, an outlet, or --before DATE.")
    with opened(db) as engine:
        from qawl.record import forgetting
        from qawl.record.errors import RecordError

        day = before.date().isoformat() if before else None
        chosen = forgetting.Chosen(before=day)
        if what is not None:
            ids = forgetting.find_articles(engine, what)
            is_outlet = forgetting.is_outlet(engine, what)
            if ids and is_outlet:
                raise RecordError(f"{what}: an outlet as well as an article; give the article's number or address")
            if not ids and not is_outlet:
                raise RecordError(f"{what}: no such article or outlet")
            chosen = forgetting.Chosen(ids or None, what if is_outlet else None, day)
        found = forgetting.count(engine, chosen)
        if not found.articles:
            click.echo("nothing to forget")
            return
        numbers = ((found.articles, "article"), (found.statements, "statement"), (found.judgements, "judgement"))
        told = ", ".join(counted(number, noun) for number, noun in numbers)
        kept = "; the statements stay" if keep_statements else ""
        if not yes:
            click.confirm(plain(f"Forget {told}{kept}? This cannot be undone."), abort=True)
        forgetting.forget(engine, chosen, who=who, keep_statements=keep_statements, then=catch_up)
        click.echo(f"forgotten: {told}{kept}")
        if found.copies:
            click.echo(f"{counted(found.copies, 'article')} with the same or much of the same text left", err=True)
