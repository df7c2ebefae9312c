"""`qawl corpus`: whole archives, on one machine or a cluster."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.listing import json_option, plain
from qawl.cli.progress import Progress
from qawl.cli.record_options import db_option, opened, who_option
from qawl.cli.sources_options import input_only_options, input_options
from qawl.cli.versions import Format, format_option, write_versions

_LONG = 80  # characters of a statement in a list


@click.group()
def corpus() -> None:
    """Whole archives: any number of articles, on this machine or a cluster of them."""


@corpus.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, metavar="DIR", help="The data set: a folder, or an address (s3://…, gs://…).")
@click.option("--engine", type=click.Choice(["native", "ray"]), default="native", show_default=True)
@click.option("--address", metavar="ADDRESS", help="Of a Ray cluster (default: one is started on this machine).")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Workers (default: one a core).")
@click.option(
    "--page-seconds", type=click.FloatRange(min=0.1), default=60, show_default=True, help="What one page may take."
)
@click.option(
    "--page-memory", type=click.IntRange(min=64), default=1024, show_default=True, help="What one page may take, MiB."
)
@click.option("--part-size", type=click.IntRange(min=1), default=4096, show_default=True, help="Of a part, KiB.")
@input_only_options
def read(
    inputs: tuple[str, ...],
    out: str,
    engine: str,
    address: str | None,
    jobs: int,
    page_seconds: float,
    page_memory: int,
    part_size: int,
    **options: Any,
) -> None:
    """Read archives into a data set of Parquet files.

    An INPUT is JSON Lines (also .gz, .zst), Parquet, CSV, WARC, a folder of these and of text and HTML files, or the
    address of one in an object store. Stopped at any moment, the same command goes on.

    Exit status: 0 all was read; 1 some pages could not be (see the table errors); 2 the command line is wrong.
    """
    progress = Progress(1.0, "articles")
    with _told():
        from qawl.corpus.engine import Engine
        from qawl.corpus.limits import Limits
        from qawl.corpus.plan import Tally, read_archive

        def tell(tally: Tally) -> None:
            progress.show(tally.articles, part=tally.bytes / tally.total if tally.total else 1.0)

        def lost() -> None:
            progress.message("qawl: a machine of the cluster is gone; beginning again with the others")
            # What is finished stays; of the engine, which waits for that machine, nothing is left in a new program.
            sys.stdout.flush()
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])

        try:
            tally = read_archive(
                inputs,
                out,
                options=input_options(**options),
                engine=Engine("ray" if engine == "ray" else "native", address, jobs),
                limits=Limits(page_seconds, page_memory << 20),
                chunk=part_size << 10,
                tell=tell,
                lost=lost,
            )
        except KeyboardInterrupt:
            click.echo("qawl: stopped; the same command goes on from here", err=True)
            sys.exit(130)
        finally:
            progress.end()
    click.echo(_summary(tally))
    sys.exit(1 if tally.failed else 0)


def _summary(tally: Any) -> str:
    left_out = ", ".join(f"{count} {language}" for language, count in tally.left_out.most_common(5))
    told = f"{tally.articles} articles, {tally.words} words, {tally.statements} statements, {tally.failed} failed"
    return told + (f", {tally.left_out.total()} in other languages ({left_out})" if left_out else "")


@corpus.command()
@click.argument("place", metavar="DIR")
@click.option("--engine", type=click.Choice(["native", "ray"]), default="native", show_default=True)
@click.option("--address", metavar="ADDRESS", help="Of a Ray cluster (default: one is started on this machine).")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Workers (default: one a core).")
def compare(place: str, engine: str, address: str | None, jobs: int) -> None:
    """Work out who is who in a data set, and which statements report the same.

    It makes the tables people and groups anew, of all that is in the data set.
    """
    progress = Progress(1.0, "%")
    with _told():
        from qawl.corpus.commit import Dataset
        from qawl.corpus.comparing import compare as compare_dataset
        from qawl.corpus.engine import Engine

        def tell(stage: str, share: float) -> None:
            progress.show(round(100 * share), stage, share)

        try:
            found = compare_dataset(Dataset(place), Engine("ray" if engine == "ray" else "native", address, jobs), tell)
        except KeyboardInterrupt:
            click.echo("qawl: stopped; the tables are as they were", err=True)
            sys.exit(130)
        finally:
            progress.end()
    click.echo(f"{found.people} people, bodies and states; {found.statements} statements in {found.groups} groups")


@corpus.command()
@click.argument("place", metavar="DIR")
@click.argument("id")
@format_option
@json_option
def versions(place: str, id: str, format_: Format, as_json: bool) -> None:
    """Show who else reported the statement ID of a data set, and how the versions differ, as `qawl versions` does.

    Exit status: 0 there are several versions, 1 there is one alone, 2 the command line is wrong.
    """
    with _told():
        from qawl.compare.wording import collate
        from qawl.corpus.commit import Dataset
        from qawl.corpus.versions import versions_of

        found = versions_of(Dataset(place), id)
        if not found:
            raise click.UsageError(f"{id}: nothing of what was said is there")
        collation = collate(found)
    write_versions(collation, format_, as_json, "no other version in the data set")


@corpus.command()
@click.argument("place", metavar="DIR")
@click.option("--format", "-f", "format_", type=click.Choice(["pretty", "json"]), default="pretty", show_default=True)
@click.option("--speakers", type=click.IntRange(min=0), default=20, show_default=True, help="How many speakers.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with pictures to this file."
)
def stats(place: str, format_: str, speakers: int, html: Path | None) -> None:
    """Count what is in a data set: by outlet, month, act, form, speaker."""
    with _told():
        from qawl.corpus.commit import Dataset
        from qawl.corpus.stats import count

        dataset = Dataset(place)
        found = count(dataset, speakers)
    if html is not None:
        from qawl.corpus.report import render

        html.write_text(render(found, Path(place).name), "utf-8")
    if format_ == "json":
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
        return
    share = f" ({found.named / found.statements:.0%} by somebody named)" if found.statements else ""
    click.echo(f"{found.articles} articles, {found.words} words, {found.statements} statements{share}")
    _table("outlets", [(row.statements, row.outlet or "(no outlet)") for row in found.outlets])
    _table("months", [(row.statements, row.month or "(no date)") for row in found.months])
    _table("acts", [(row.statements, row.name or "") for row in found.acts])
    _table("forms", [(row.statements, row.name or "") for row in found.forms])
    _table("speakers", [(row.statements, f"{row.name}  ({row.type})") for row in found.speakers])
    _table("people", [(row.statements, f"{row.person}  {row.name}  ({row.type})") for row in found.people])
    _table("reported by the most outlets", [(row.outlets, _carried(row)) for row in found.carried])
    _table("copies", [(count, kind) for kind, count in found.copies.items()])
    _table("left out, by language", [(count, language) for language, count in found.left_out.items()])
    _table("errors", [(row.statements, row.name or "") for row in found.errors])


def _carried(row: Any) -> str:
    words = " ".join(row.text.split())
    said = words if len(words) <= _LONG else words[:_LONG].rpartition(" ")[0] + " …"
    return f"{row.statement}  {row.speaker or '?'}: {said}"


def _table(title: str, rows: list[tuple[int, str]]) -> None:
    if rows:
        click.echo(f"\n{title}")
        for count, name in rows:
            click.echo(f"{count:>9}  {plain(name)}")


@corpus.command()
@click.argument("place", metavar="DIR")
@db_option
@who_option
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only of this outlet (may be given again).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Published on this day or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Published on this day or earlier.")
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="NAME",
    help="Only articles in which somebody of this name speaks (may be given again).",
)
def load(
    place: str,
    db: str,
    who: str,
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    speakers: tuple[str, ...],
) -> None:
    """Bring a data set, or a part of it, into a record, without reading it again.

    What is in the record already is left as it is, so that the same command goes on where it was stopped.
    """
    with _told(), opened(db, create=True) as engine:
        from qawl.corpus.commit import Dataset
        from qawl.corpus.loading import Choice
        from qawl.corpus.loading import load as load_dataset
        from qawl.corpus.plan import tally_of
        from qawl.record.log import note
        from qawl.record.writing import Outcome

        dataset = Dataset(place)
        counts: Counter[str] = Counter()
        chosen = outlets or since or until or speakers
        progress = Progress(None if chosen else tally_of(dataset).articles, "articles")

        def tell(outcome: Outcome) -> None:
            counts[outcome.kind] += 1
            if outcome.kind == "failed":
                progress.message(f"qawl: {outcome.article.url or outcome.article.id}: {outcome.reason}")
            progress.show(counts.total())

        choice = Choice(outlets, since.date() if since else None, until.date() if until else None, speakers)
        try:
            load_dataset(engine, dataset, choice, tell)
            progress.end()
            catch_up(engine)
        except KeyboardInterrupt:
            progress.end()
            click.echo("qawl: stopped; the same command goes on from here", err=True)
            sys.exit(130)
        if counts["new"] or counts["changed"]:
            note(engine, who, "load", {"data set": dataset.place, **counts})
    click.echo(f"{counts['new']} new, {counts['changed']} changed, {counts['known']} known, {counts['failed']} failed")
    if counts["failed"]:
        sys.exit(1)


@contextmanager
def _told() -> Iterator[None]:
    """Errors in one line, and a word on what has to be installed."""
    from qawl.corpus.errors import CorpusError
    from qawl.intake.errors import InputError
    from qawl.record.errors import RecordError

    try:
        yield
    except (CorpusError, InputError, RecordError) as error:
        click.echo(f"qawl: {error}", err=True)
        sys.exit(2)
    except ModuleNotFoundError as error:
        if error.name not in ("daft", "duckdb", "py3langid", "ray"):
            raise
        click.echo(f"qawl: {error.name} is not installed: pip install 'qawl[corpus]'", err=True)
        sys.exit(2)
