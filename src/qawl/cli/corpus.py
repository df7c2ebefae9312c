"""`qawl corpus`: whole archives, on one machine or a cluster."""

from __future__ import annotations

import sys
from typing import Any

import click

from qawl.cli.progress import Progress
from qawl.cli.sources_options import input_only_options, input_options


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
@click.option("--part-size", type=click.IntRange(min=1), default=8192, show_default=True, help="Of a part, KiB.")
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
    from qawl.corpus.engine import Engine
    from qawl.corpus.errors import CorpusError
    from qawl.corpus.limits import Limits
    from qawl.corpus.plan import Tally, read_archive
    from qawl.intake.errors import InputError

    progress = Progress(1.0, "articles")

    def tell(tally: Tally) -> None:
        progress.show(tally.articles, part=tally.bytes / tally.total if tally.total else 1.0)

    try:
        tally = read_archive(
            inputs,
            out,
            options=input_options(**options),
            engine=Engine("ray" if engine == "ray" else "native", address, jobs),
            limits=Limits(page_seconds, page_memory << 20),
            chunk=part_size << 10,
            tell=tell,
        )
    except (CorpusError, InputError) as error:
        progress.end()
        click.echo(f"qawl: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        progress.end()
        click.echo("qawl: stopped; the same command goes on from here", err=True)
        sys.exit(130)
    progress.end()
    click.echo(_summary(tally))
    sys.exit(1 if tally.failed else 0)


def _summary(tally: Any) -> str:
    left_out = ", ".join(f"{count} {language}" for language, count in tally.left_out.most_common(5))
    told = f"{tally.articles} articles, {tally.words} words, {tally.statements} statements, {tally.failed} failed"
    return told + (f", {tally.left_out.total()} in other languages ({left_out})" if left_out else "")
