"""`qawl reread`: read the articles of the record again."""

from __future__ import annotations

import os
import sys
from collections import Counter

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.progress import Progress
from qawl.cli.record_options import db_option, opened, who_option


@click.command()
@db_option
@who_option
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes that read (default: one a core).")
@click.option("--all", "everything", is_flag=True, help="Also what this reader has read already.")
def reread(db: str, who: str, jobs: int, everything: bool) -> None:
    """Read the articles again that were read by an older reader. What people decided is laid over the new readings.

    Exit status: 0 all was read; 1 something failed and keeps its older reading.
    """
    with opened(db) as engine:
        from qawl.record.log import note
        from qawl.record.rereading import Reread, reader, to_be_read
        from qawl.record.rereading import reread as read_again

        counts: Counter[str] = Counter()
        progress = Progress(to_be_read(engine, everything=everything), "articles")

        def tell(done: Reread) -> None:
            counts["failed" if done.reason else "read"] += 1
            if done.reason:
                progress.message(f"qawl: article {done.article_id}: {done.reason}")
            progress.show(counts.total(), f"{counts['failed']} failed" if counts["failed"] else "")

        read_again(engine, tell, jobs=jobs or os.cpu_count() or 1, everything=everything)
        progress.end()
        catch_up(engine)
        if counts["read"]:
            note(engine, who, "reread", {"reader": reader(), **counts})
    click.echo(f"{counts['read']} read again, {counts['failed']} failed")
    if counts["failed"]:
        sys.exit(1)
