"""`qawl lexicon`: check the tables of reporting words, build their forms, look a word up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_TABLES = click.option(
    "--tables",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the tables, instead of the package's own.",
)


@click.group()
def lexicon() -> None:
    """Look into and check the tables of reporting words."""


@lexicon.command()
@_TABLES
def check(tables: Path | None) -> None:
    """Say what is wrong in the tables: file, line, column and fault. Exit code 1 if anything is."""
    from qawl.lexicon import check as checking

    faults = checking.check(tables)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}", err=True)
        sys.exit(1)
    click.echo("the tables are in order", err=True)


@lexicon.command()
@_TABLES
def build(tables: Path | None) -> None:
    """Conjugate the verbs of verbs.tsv into forms.tsv. Needs the extra `lexicon` (pip install "qawl[lexicon]")."""
    from qawl.lexicon import conjugate

    try:
        lines = conjugate.write(tables)
    except ModuleNotFoundError as error:
        if error.name != "mazini":
            raise
        raise click.ClickException('building needs mazini: pip install "qawl[lexicon]"') from error
    except FileNotFoundError as error:
        raise click.ClickException(f"{error.filename}: no such file") from error
    except conjugate.VerbError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"forms.tsv: {lines} lines", err=True)


@lexicon.command()
@click.argument("word")
@_TABLES
def show(word: str, tables: Path | None) -> None:
    """What the tables know of WORD (a form without و, ف, ال and pronouns): its lemmas, frames and acts."""
    from qawl.arabic.letters import fold
    from qawl.lexicon import cues

    found = cues.read(tables).forms.get(fold(word), ())
    if not found:
        click.echo(f"{word}: no reporting word in the tables", err=True)
        sys.exit(1)
    for form in found:
        lemma = form.lemma
        agreement = f"{form.person or ''}{form.gender}{form.number}"
        cells = (
            lemma.lemma,
            " ".join(filter(None, (form.part, agreement, "passive" if form.passive else ""))),
            f"{lemma.act}/{lemma.phrase_act}",
            f"clause: {' '.join(sorted(lemma.clause)) or '-'}",
            f"phrase: {' '.join(sorted(lemma.phrase)) or '-'}",
        )
        click.echo("\t".join(cells))
