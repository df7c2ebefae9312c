"""Files and folders: which of them are articles, and loading one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qawl.article import Article
from qawl.intake.errors import InputError
from qawl.intake.text import decode_text

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
#: Endings of the files that a folder is searched for; a file that is named itself may end in anything.
SUFFIXES = HTML_SUFFIXES | {".txt"}


class Loaded(NamedTuple):
    """An article from a file, and whether its text is not the file's own but was extracted from it (HTML)."""

    article: Article
    extracted: bool


def _is_text_or_html(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def find_files(folder: Path, wanted: Callable[[Path], bool] = _is_text_or_html) -> Iterator[Path]:
    """All wanted files below `folder` (text and HTML), in the order of their names; hidden ones are left out.

    Raises InputError where a folder cannot be listed.
    """
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            raise InputError(f"{here}: {error.strerror or error}") from None
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(Path(entry.path))
            elif wanted(Path(entry.path)):
                yield Path(entry.path)
        pending.extend(reversed(below))


def load(path: Path, *, encoding: str = "utf-8", published: date | None = None) -> Loaded:
    """Read one file; its stem is the article's id. `encoding` is that of text files: HTML says or shows its own.

    Raises InputError where it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file") from None
    except OSError as error:
        raise InputError(error.strerror or str(error)) from None
    is_html = path.suffix.lower() in HTML_SUFFIXES
    # A file's name need not be text; what of it is not cannot be written out.
    name = os.fsencode(path.stem).decode("utf-8", "replace")
    return article_from_bytes(data, name, encoding=encoding, published=published, is_html=is_html)


def article_from_bytes(
    data: bytes, id: str, *, encoding: str = "utf-8", published: date | None = None, is_html: bool = False
) -> Loaded:
    """The article in the bytes of a text or HTML file. `published` wins over a date in the page.

    Raises InputError where there is none.
    """
    from qawl.intake.html import article_from_html, looks_like_html  # takes a while to load

    if is_html or looks_like_html(data):
        return Loaded(article_from_html(data, id, published=published), extracted=True)
    return Loaded(Article(decode_text(data, encoding), id=id, published=published), extracted=False)
