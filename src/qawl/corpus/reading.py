"""Items of an archive to rows of the tables: parsed, their language seen, identified, read. A pure function of them."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

import pyarrow as pa

from qawl.article import Article
from qawl.corpus.inputs import Item
from qawl.corpus.languages import other_language, other_language_of_page
from qawl.corpus.rows import Row, Rows, article_id, to_rows
from qawl.corpus.schema import TABLES
from qawl.intake.errors import InputError
from qawl.intake.jsonl import article_from_line
from qawl.intake.options import Options
from qawl.intake.sources import article_in, storable
from qawl.intake.warc import ArchivedPage, article_from_archived
from qawl.reading.reader import read
from qawl.record.identity import bands, identify, shingles
from qawl.record.times import moment

_LAST: Final = "~"  # sorts after all times


class Done(NamedTuple):
    """What became of an item: an article with so many words and statements, or the language for which it was left out,
    or why there is none."""

    article: str | None = None
    words: int = 0
    statements: int = 0
    language: str | None = None
    reason: str | None = None


class Pile:
    """The rows of some items. An article that comes again in it is there once."""

    def __init__(self) -> None:
        self.done: list[Done] = []
        self.rows: Rows = {table: [] for table in TABLES}
        self._seen: set[str] = set()

    def read(self, item: Item, options: Options) -> None:
        """Read one more item. Never raises, but for want of memory."""
        try:
            self.done.append(self._read(item, options))
        except MemoryError:
            raise
        except InputError as error:
            self._fail(item, str(error))
        except Exception as error:  # a fault of ours at one article must not cost the others
            self._fail(item, f"internal error, please report it: {type(error).__name__}: {error}")

    def tables(self) -> dict[str, pa.Table]:
        """The rows as tables."""
        return {table: pa.Table.from_pylist(self.rows[table], schema) for table, schema in TABLES.items()}

    def _fail(self, item: Item, reason: str) -> None:
        self.done.append(Done(reason=reason))
        self.rows["errors"].append(error_row(item, reason))

    def _read(self, item: Item, options: Options) -> Done:
        if item.kind == "failure":
            raise InputError(item.data.decode())
        if item.kind == "page" and (language := other_language_of_page(item.data, item.charset)):
            return Done(language=language)
        article = storable(_article(item, options))
        if not article.text.strip():
            raise InputError("no text")
        if language := other_language(article.text):
            return Done(language=language)
        identity = identify(article)
        id = article_id(identity)
        if id in self._seen:
            return Done(id)
        reading = read(article)
        words = len(article.text.split())
        for table, rows in to_rows(article, identity, reading, words, item.where).items():
            self.rows[table] += rows
        self.rows["_bands"].append(
            {
                "article": id,
                "key": identity.key,
                "text_hash": identity.text_hash,
                "place": moment(article.published) if article.published else _LAST,
                "bands": bands(shingles(article.text)),
            }
        )
        self._seen.add(id)
        return Done(id, words, len(reading.statements))


def error_row(item: Item, reason: str) -> Row:
    """The row of the table `errors` for an item that gave no article."""
    return {"found": item.where, "kind": item.kind, "reason": reason}


def _article(item: Item, options: Options) -> Article:
    if item.kind == "line":
        return article_from_line(item.data, options)
    if item.kind == "article":
        value: Any = json.loads(item.data.decode(errors="surrogatepass"))
        return Article.from_json(value)
    if item.kind == "page":
        return article_from_archived(ArchivedPage(item.where, item.url, item.data, item.charset), options)
    return article_in(item.data, item.where, options)
