"""Items of an archive to rows of the tables: parsed, their language seen, identified, read. A pure function of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

import pyarrow as pa

from qawl.article import Article
from qawl.corpus.inputs import Item
from qawl.corpus.languages import other_language, other_language_of_page
from qawl.corpus.protocol import Done, error_row
from qawl.corpus.rows import Row, Rows, article_id, to_rows
from qawl.corpus.schema import TABLES
from qawl.intake.errors import InputError
from qawl.intake.jsonl import article_from_line
from qawl.intake.options import Options
from qawl.intake.sources import article_in, storable
from qawl.intake.warc import ArchivedPage, article_from_archived
from qawl.reading.reader import read
from qawl.record.identity import Identity, bands, identify, sequences
from qawl.record.times import moment

_LAST: Final = "~"  # sorts after all times


class Pile:
    """Some items and their rows. An article that comes again in it is there once.

    They are gone through twice, each time all of them: what is done many times over stays near the processor.
    """

    def __init__(self, items: Sequence[Item], options: Options, beat: Callable[[int], None]) -> None:
        """Read the items; `beat` hears the number of each before something is done with it. Never raises, but for want
        of memory."""
        self.done: list[Done] = [Done()] * len(items)
        self.rows: Rows = {table: [] for table in TABLES}
        seen: set[str] = set()
        found: list[tuple[int, Article, Identity, Row]] = []
        for n, item in enumerate(items):
            beat(n)
            try:
                article = _arabic(item, options)
                if isinstance(article, Done):
                    self.done[n] = article
                    continue
                identity = identify(article)
                id = article_id(identity)
                self.done[n] = Done(id)
                if id not in seen:
                    seen.add(id)
                    found.append((n, article, identity, _bands_row(id, article, identity)))
            except Exception as error:
                self._fail(n, item, error)
        for n, article, identity, banded in found:
            beat(n)
            try:
                reading = read(article)
                words = len(article.text.split())
                for table, rows in to_rows(article, identity, reading, words, items[n].where).items():
                    self.rows[table] += rows
                self.rows["_bands"].append(banded)
                self.done[n] = Done(banded["article"], words, len(reading.statements))
            except Exception as error:
                self._fail(n, items[n], error)

    def tables(self) -> dict[str, pa.Table]:
        """The rows as tables."""
        return {table: pa.Table.from_pylist(self.rows[table], schema) for table, schema in TABLES.items()}

    def _fail(self, n: int, item: Item, error: Exception) -> None:
        if isinstance(error, MemoryError):
            raise error
        reason = str(error)
        if not isinstance(error, InputError):  # a fault of ours at one article must not cost the others
            reason = f"internal error, please report it: {type(error).__name__}: {error}"
        self.done[n] = Done(reason=reason)
        self.rows["errors"].append(error_row(item, reason))


def _arabic(item: Item, options: Options) -> Article | Done:
    """The article of an item, or the language for which it is left out. Raises InputError where there is none."""
    if item.kind == "failure":
        raise InputError(item.data.decode())
    if item.kind == "page" and (language := other_language_of_page(item.data, item.charset)):
        return Done(language=language)
    article = storable(_article(item, options))
    if not article.text.strip():
        raise InputError("no text")
    if language := other_language(article.text):
        return Done(language=language)
    return article


def _bands_row(id: str, article: Article, identity: Identity) -> Row:
    return {
        "article": id,
        "key": identity.key,
        "text_hash": identity.text_hash,
        "place": moment(article.published) if article.published else _LAST,
        "bands": bands(sequences(article.text)),
    }


def _article(item: Item, options: Options) -> Article:
    if item.kind == "line":
        return article_from_line(item.data, options)
    if item.kind == "article":
        value: Any = json.loads(item.data.decode(errors="surrogatepass"))
        return Article.from_json(value)
    if item.kind == "page":
        return article_from_archived(ArchivedPage(item.where, item.url, item.data, item.charset), options)
    return article_in(item.data, item.where, options)
