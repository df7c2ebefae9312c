"""`qawl read`: articles in, statements out."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from qawl.arabic.letters import is_arabic
from qawl.article import Article
from qawl.batch import run_in_order
from qawl.cli.progress import Progress
from qawl.intake import InputError, article_from_bytes, find_files, load
from qawl.statement import Reading

_WIDEST = 100  # columns of the pretty output on a wide terminal


@dataclass(frozen=True, slots=True)
class _Input:
    """One article to read: a file, or an article that is already here, or what is wrong with it.

    `with_text`: the user has no file that the offsets of this article count, so its JSON carries the text.
    """

    name: str
    path: Path | None = None
    article: Article | None = None
    with_text: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class _Options:
    format: str
    colour: bool
    width: int
    encoding: str
    published: date | None
    with_text: bool


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of an input: its output, or why there is none; and a word to its owner where one is due."""

    name: str
    output: str | None = None
    error: str | None = None
    note: str | None = None


@click.command()
@click.argument("inputs", nargs=-1, metavar="[FILE | FOLDER | -]...")
@click.option("--text", help="Read this text instead of files.")
@click.option("--sample", is_flag=True, help="Read the six short invented articles that come with Qawl.")
@click.option("--sample-week", is_flag=True, help="Read nine more, in which three outlets report the same.")
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(["pretty", "jsonl", "html"]),
    help="pretty for eyes (default on a terminal), jsonl for programs (default otherwise), html for a browser.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option(
    "--jobs", "-j", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0: one a core."
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Date of publication, YYYY-MM-DD.")
@click.option("--encoding", default="utf-8", metavar="NAME", help="Of text files (default utf-8); HTML shows its own.")
@click.option("--with-text", is_flag=True, help="jsonl: give each article's text with its reading.")
def read(
    inputs: tuple[str, ...],
    text: str | None,
    sample: bool,
    sample_week: bool,
    format_: str | None,
    output: Path | None,
    jobs: int,
    published: datetime | None,
    encoding: str,
    with_text: bool,
) -> None:
    """Read articles and print every statement in them.

    Inputs are UTF-8 text files, simple HTML files, folders of these (searched for .txt, .html, .htm, .xhtml), or - for
    standard input. With no input, standard input is read; where that is a terminal, the samples are.

    Exit status: 0 all was read; 1 some inputs could not be read, the others were; 2 the command line is wrong.
    """
    _check_encoding(encoding)
    if (text is not None) + (sample or sample_week) + bool(inputs) > 1:
        raise click.UsageError("Give files, --text or --sample: only one of them.")
    if text is not None and not _is_utf8(text):
        raise click.BadParameter("not valid text in this terminal's encoding", param_hint="--text")
    format_ = format_ or ("pretty" if output is None and sys.stdout.isatty() else "jsonl")
    options = _Options(
        format=format_,
        colour=output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
        width=min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST),
        encoding=encoding,
        published=published.date() if published else None,
        with_text=with_text,
    )
    if not (sample or sample_week) and text is None and not inputs and sys.stdin.isatty():
        click.echo("qawl: no input given; reading the samples that come with Qawl (see qawl read --help)", err=True)
        sample = True
    tasks = list(_samples(sample, sample_week) if sample or sample_week else _tasks(inputs, text, options, output))
    for task in tasks:
        if output and task.path and _same_file(task.path, output):
            raise click.UsageError(f"The output {output} is one of the inputs.")
    failed = 0
    with _writer(output) as write:
        failed = _run(tasks, options, jobs or os.cpu_count() or 1, write)
    if failed:
        click.get_current_context().exit(1)


def _samples(first: bool, week: bool) -> Iterator[_Input]:
    from qawl import samples

    for article in (*(samples.load() if first else ()), *(samples.load_week() if week else ())):
        yield _Input(article.id, article=article, with_text=True)


def _tasks(inputs: tuple[str, ...], text: str | None, options: _Options, output: Path | None) -> Iterator[_Input]:
    if text is not None:
        yield _Input("--text", article=Article(text, id="text", published=options.published))
        return
    for name in inputs or ("-",):
        path = Path(name)
        if name == "-":
            yield _stdin(options)
        elif path.is_dir():
            yield from _folder(path, output)
        else:
            yield _Input(name, path=path)


def _stdin(options: _Options) -> _Input:
    try:
        data = sys.stdin.buffer.read()
        loaded = article_from_bytes(data, "stdin", encoding=options.encoding, published=options.published)
    except InputError as error:
        return _Input("standard input", error=str(error).replace("empty file", "empty"))
    return _Input("standard input", article=loaded.article, with_text=loaded.extracted)


def _folder(folder: Path, output: Path | None) -> Iterator[_Input]:
    found = 0
    try:
        for path in find_files(folder):
            found += 1
            # Yesterday's output in the same folder is no article.
            if not (output and _same_file(path, output)):
                yield _Input(str(path), path=path)
    except InputError as error:
        yield _Input(str(folder), error=str(error))
        return
    if not found:
        yield _Input(str(folder), error="no .txt, .html, .htm or .xhtml file in this folder")


def _run(tasks: list[_Input], options: _Options, jobs: int, write: Callable[[str], None]) -> int:
    """Read all tasks, write what comes out, say on standard error what did not; returns the number that failed."""
    failed = 0
    progress = Progress(len(tasks), "articles")
    if options.format == "html":
        from qawl.pages import article_page as page

        write(page.head(len(tasks)))
    outcomes = run_in_order(tasks, partial(_process, options=options), min(jobs, len(tasks)), _died)
    for done, outcome in enumerate(outcomes, 1):
        if outcome.output is not None:
            write(outcome.output)
        if outcome.error is not None:
            failed += 1
            progress.message(f"qawl: {outcome.name}: {outcome.error}")
        elif outcome.note is not None:
            progress.message(f"qawl: {outcome.name}: {outcome.note}")
        progress.show(done, f"{failed} failed" if failed else "")
    progress.end()
    if options.format == "html":
        write(page.foot())
    if failed and len(tasks) > 1:
        click.echo(f"qawl: {failed} of {len(tasks)} inputs could not be read", err=True)
    return failed


def _process(task: _Input, options: _Options) -> _Outcome:
    """Read one input and render it. Runs in any process and never raises."""
    if task.error is not None:
        return _Outcome(task.name, error=task.error)
    try:
        if task.article is not None:
            article, with_text = task.article, task.with_text
        else:
            assert task.path is not None
            article, with_text = load(task.path, encoding=options.encoding, published=options.published)
        note = None if any(map(is_arabic, article.text)) else "no Arabic text in it, so no statements"
        from qawl.reading.reader import read as read_article

        output = _render(article, read_article(article), options, with_text or options.with_text)
        return _Outcome(task.name, output, note=note)
    except InputError as error:
        return _Outcome(task.name, error=str(error))
    except Exception as error:  # a fault of ours at one article must not cost the others
        return _Outcome(task.name, error=f"internal error, please report it: {type(error).__name__}: {error}")


def _died(task: _Input) -> _Outcome:
    return _Outcome(task.name, error="the process that read it was killed (out of memory?)")


def _render(article: Article, reading: Reading, options: _Options, with_text: bool) -> str:
    if options.format == "pretty":
        from qawl.cli.pretty import render

        return render(article, reading, colour=options.colour, width=options.width)
    if options.format == "html":
        from qawl.pages import article_page as page

        return page.article(article, reading)
    value = reading.to_json()
    if with_text:
        value |= article.to_json()
    line = json.dumps(value, ensure_ascii=False)
    # JSON allows these line ends inside a string, but many readers of lines stop at them.
    for mark in "\u0085\u2028\u2029":
        line = line.replace(mark, f"\\u{ord(mark):04x}")
    return line + "\n"


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_encoding(name: str) -> None:
    try:
        "قال".encode(name)
    except LookupError:
        raise click.BadParameter(f"no such encoding: {name}", param_hint="--encoding") from None
    except UnicodeEncodeError:
        raise click.BadParameter(f"{name} has no Arabic letters", param_hint="--encoding") from None


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


@contextmanager
def _writer(output: Path | None) -> Iterator[Callable[[str], None]]:
    """A function that writes text as UTF-8 to the file, or to standard output, whose early close is no error."""
    if output is None:
        with _standard_output() as write:
            yield write
        return
    try:
        file = output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.BadParameter(f"{output}: {error.strerror}", param_hint="--output") from None
    try:
        with file:
            yield partial(_write, file)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror}") from None


@contextmanager
def _standard_output() -> Iterator[Callable[[str], None]]:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        yield partial(_write, sys.stdout)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes what is left once more at exit: give it a sink.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:  # the reader of a pipe (`| head`) may have what it wanted
            raise click.ClickException(f"cannot write the output: {error.strerror}") from None


def _write(file: TextIO, text: str) -> None:
    file.write(text)
