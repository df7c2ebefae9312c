"""`qawl export` and `qawl import`: statements for other programs, and what another record exported."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.listing import machine_option
from qawl.cli.progress import Progress
from qawl.cli.record_options import db_option, opened, spare_record, who_option
from qawl.cli.search_options import filters, search_options

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qawl.people.importing import Taken as Known
    from qawl.record.export.entries import Selection
    from qawl.record.importing import Taken

FORMATS = ("jsonl", "csv", "parquet", "jsonld", "annotation", "brat", "ftm", "wikidata")
_LONGEST_LINE = 256 << 20  # bytes


@click.command("export")
@click.argument("query", default="")
@click.option("--format", "-f", "format_", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="The file; of brat the folder. Default: standard output."
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a line of jsonl instead.")
@db_option
@search_options
@machine_option
def export(query: str, format_: str, output: Path | None, schema: bool, db: str, machine: bool, **values: Any) -> None:
    """Write the statements that a search for QUERY and the filters would find; without either, all.

    \b
    jsonl       the record itself, an article a line with nothing left out; `qawl import` reads it
    csv         for spreadsheets, a statement a row
    parquet     for data frames, the same columns
    jsonld      in the words of schema.org: Quotation, Claim, Person, NewsArticle
    annotation  W3C Web Annotation: other tools find the passage again
    brat        stand-off files in a folder, for linguists
    ftm         the people and bodies who make them: entities of FollowTheMoney, one a line
    wikidata    the same as Wikidata writes its entities

    Of jsonl, QUERY and filters choose articles, which come whole.
    """
    if schema:
        from qawl.record.export.jsonl import schema_text

        click.echo(schema_text(), nl=False)
        return
    if format_ == "brat" and output is None:
        raise click.UsageError("brat is a folder of files: name it with --output.")
    if format_ == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("parquet is not for the eyes: give --output or a pipe.")
    if output is not None:
        spare_record(output, db, "--output")
    wanted = filters(values)
    with opened(db) as engine:
        from qawl.people.searching import meant
        from qawl.record.engine import snapshot
        from qawl.record.export.entries import Selection
        from qawl.record.search.query import QueryError, parse

        try:
            with snapshot(engine) as connection:
                selection = Selection(parse(query), meant(connection, wanted), machine)
                selection.statement_ids(connection)  # a question without an answer fails before a file is touched
                _write(connection, selection, format_, output)
        except QueryError as error:
            raise click.UsageError(str(error)) from None


def _write(connection: Connection, selection: Selection, format_: str, output: Path | None) -> None:
    from qawl.record.export.entries import entries

    try:
        if format_ == "brat":
            from qawl.record.export import brat

            assert output is not None
            brat.write(entries(connection, selection), output)
            return
        with _opened(output) as file:
            if format_ == "parquet":
                from qawl.record.export import parquet

                parquet.write(entries(connection, selection), file)
                return
            for part in _parts(connection, selection, format_):
                # A surrogate, which no text of a record has, would still be no reason to stop.
                file.write(part.encode("utf-8", "replace"))
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has what it wanted. Python flushes what is left at exit: give it a sink.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise click.ClickException(f"cannot write {output or 'the output'}: {error.strerror or error}") from None


def _parts(connection: Connection, selection: Selection, format_: str) -> Iterable[str]:
    from qawl.record.export import annotation, csv, jsonl, jsonld
    from qawl.record.export.entries import entries

    if format_ == "jsonl":
        return jsonl.lines(connection, selection)
    if format_ in ("ftm", "wikidata"):
        from qawl.people.exporting import lines

        return lines(connection, "ftm" if format_ == "ftm" else "wikidata", selection.statement_ids(connection))
    parts = {"csv": csv.lines, "jsonld": jsonld.parts, "annotation": annotation.parts}[format_]
    return parts(entries(connection, selection))


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if output.exists() and not output.is_file():  # a device, say
        with output.open("wb") as file:
            yield file
        return
    # What was there before stays until all is written.
    unfinished = output.with_name(f"{output.name}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@db_option
@who_option
@click.option(
    "--people", is_flag=True, help="Known people and bodies: entities of Wikidata or FollowTheMoney, one a line."
)
def import_(files: tuple[str, ...], db: str, who: str, people: bool) -> None:
    """Take in what `qawl export --format jsonl` wrote, on whichever engine. FILE may end in .gz or .zst, or be -.

    What is in this record stays; what it lacks is added: articles, versions, readings, judgements. The same file twice
    changes nothing.

    With --people, FILE holds known people and bodies, as Wikidata (its JSON) or FollowTheMoney (JSON lines) has them:
    their Arabic names, offices and identifiers help to tell who is who. What has no Arabic name is passed over.

    Exit status: 0 all was taken in; 1 something failed, the rest was taken in; 2 the command line is wrong.
    """
    counts: Counter[str] = Counter()
    progress = Progress(None, "people" if people else "articles")
    kinds = (
        ("new", "changed", "known", "passed", "failed") if people else ("new", "changed", "merged", "known", "failed")
    )
    with opened(db, create=True) as engine:
        from qawl.people.importing import take_in as take_in_people
        from qawl.record.importing import take_in
        from qawl.record.log import note

        for name in files:

            def tell(taken: Taken | Known, name: str = name) -> None:
                counts[taken.kind] += 1
                if taken.kind == "failed":
                    progress.message(f"qawl: {name}:{taken.number}: {taken.reason}")
                progress.show(counts.total(), f"{counts['failed']} failed")

            try:
                with _lines(name) as lines:
                    (take_in_people if people else take_in)(engine, lines, tell)
            except _ReadError as error:
                counts["failed"] += 1
                progress.message(f"qawl: {name}: {error}")
        progress.end()
        catch_up(engine)
        if counts["new"] or counts["changed"] or counts["merged"]:
            note(engine, who, "import", {"files": list(files), **({"people": True} if people else {}), **counts})
    click.echo(", ".join(f"{counts[kind]} {kind}" for kind in kinds))
    if counts["failed"]:
        sys.exit(1)


class _ReadError(Exception):
    """A file that could not be read, or not to its end."""


@contextmanager
def _lines(name: str) -> Iterator[Iterator[tuple[int, bytes | None]]]:
    from qawl.intake.errors import InputError
    from qawl.intake.streams import STREAM_ERRORS, lines, opened, reason

    def read(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
        try:
            yield from lines(stream, _LONGEST_LINE)
        except STREAM_ERRORS as error:
            raise _ReadError(reason(error)) from None

    if name == "-":
        yield read(sys.stdin.buffer)
        return
    try:
        with opened(Path(name)) as stream:
            yield read(stream)
    except InputError as error:
        raise _ReadError(str(error)) from None
