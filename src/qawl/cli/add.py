"""`qawl add`: articles into the record."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from qawl import samples
from qawl.article import Article
from qawl.cli.catching_up import catch_up
from qawl.cli.listing import counted
from qawl.cli.progress import Progress
from qawl.cli.record_options import db_option, opened, spare_record, who_option
from qawl.cli.sources_options import input_options, source_options
from qawl.intake.options import without_login
from qawl.intake.sources import Failure, Sources, size_of


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--sample", is_flag=True, help="Add the six short invented articles that come with Qawl.")
@click.option("--sample-week", is_flag=True, help="Add nine invented articles in which three outlets report the same.")
@db_option
@who_option
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes that read (default: one a core).")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what failed to this file, one JSON object a line, instead of to standard error.",
)
@source_options
def add(
    sources: tuple[str, ...],
    sample: bool,
    sample_week: bool,
    db: str,
    who: str,
    jobs: int,
    errors: Path | None,
    **options: Any,
) -> None:
    """Add articles to the record, which is made where there is none.

    A SOURCE is a text or HTML file, a folder, JSON Lines (also .gz, .zst), CSV, Parquet, a WARC archive, the address
    of a page, feed or sitemap, an OPML list, or - for standard input. What is in the record already is left as it is;
    an article that has changed becomes a new version of it.

    Exit status: 0 all was added; 1 something failed, the rest was added; 2 the command line is wrong.
    """
    own = [*(samples.load() if sample else ()), *(samples.load_week() if sample_week else ())]
    if not sources and not own:
        raise click.UsageError("Name a source, or give --sample or --sample-week.")
    if "" in sources:  # as of a shell's variable that nobody set; a path would take it for the current folder
        raise click.UsageError("An empty name of a source.")
    if errors is not None:
        spare_record(errors, db, "--errors")
    chosen = input_options(**options)
    with ExitStack() as stack:
        failures = _Failures(errors)
        stack.callback(failures.close)
        engine = stack.enter_context(opened(db, create=True))
        from qawl.record.log import note
        from qawl.record.writing import Outcome
        from qawl.record.writing import add as add_articles

        counts: Counter[str] = Counter()
        sizes = [size_of(source) for source in sources]
        progress = Progress(None if None in sizes or own else sum(filter(None, sizes)), "articles")
        passed = 0

        def pass_over(size: int) -> None:
            nonlocal passed
            passed += size

        reader = Sources(chosen, pass_over)

        def tell(outcome: Outcome) -> None:
            counts[outcome.kind] += 1
            if outcome.copy:
                counts["copies" if outcome.copy == "same" else "near-copies"] += 1
            if outcome.kind == "failed":
                failures.tell(outcome.article.url or outcome.article.id, outcome.reason, progress)
            progress.show(_done(counts), _summary(counts), passed)

        def readable() -> Iterator[Article]:
            yield from own
            for source in sources:
                for found in reader.articles(source):
                    if isinstance(found, Failure):
                        counts["failed"] += 1
                        failures.tell(found.where, found.reason, progress)
                    else:
                        yield found

        try:
            add_articles(engine, readable(), tell, jobs=jobs or os.cpu_count() or 1)
            progress.end()
            catch_up(engine)
        except KeyboardInterrupt:
            progress.end()
            click.echo(f"qawl: stopped; {_summary(counts)}; the same command goes on from here", err=True)
            sys.exit(130)
        progress.end()
        if counts["new"] or counts["changed"]:
            named = (
                ["--sample"] * sample + ["--sample-week"] * sample_week + [without_login(source) for source in sources]
            )
            note(engine, who, "add", {"sources": named, **counts})
    click.echo(_summary(counts))
    if counts["failed"]:
        sys.exit(1)


def _done(counts: Counter[str]) -> int:
    return counts["new"] + counts["changed"] + counts["known"] + counts["failed"]


def _summary(counts: Counter[str]) -> str:
    told = f"{counts['new']} new, {counts['changed']} changed, {counts['known']} known, {counts['failed']} failed"
    kinds = (("copies", "copy"), ("near-copies", "near-copy"))
    copies = [counted(counts[kind], noun) for kind, noun in kinds if counts[kind]]
    return f"{told} ({' and '.join(copies)} of others)" if copies else told


class _Failures:
    """Where it is told what failed: a file, or standard error."""

    def __init__(self, path: Path | None) -> None:
        try:
            self.file = path.open("w", encoding="utf-8", newline="\n") if path else None
        except OSError as error:
            raise click.BadParameter(f"{path}: {error.strerror}", param_hint="--errors") from None

    def tell(self, where: str, reason: str, progress: Progress) -> None:
        if self.file:
            self.file.write(json.dumps({"where": where, "reason": reason}, ensure_ascii=False) + "\n")
        else:
            progress.message(f"qawl: {where}: {reason}")

    def close(self) -> None:
        if self.file:
            self.file.close()
