"""One item of an archive to its rows: parsed, its language seen, identified, read. A pure function of the item."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from qawl.article import Article
from qawl.corpus.inputs import Item
from qawl.corpus.languages import other_language, other_language_of_page
from qawl.corpus.rows import Rows, to_rows
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
    """What became of an item: its rows, or the language for which it was left out, or why it gave none."""

    rows: Rows | None = None
    language: str | None = None
    reason: str | None = None


def read_item(item: Item, options: Options) -> Done:
    """Read one item. Never raises, but for want of memory."""
    try:
        if item.kind == "failure":
            return Done(reason=item.data.decode())
        if item.kind == "page" and (language := other_language_of_page(item.data, item.charset)):
            return Done(language=language)
        article = storable(_article(item, options))
        if not article.text.strip():
            return Done(reason="no text")
        if language := other_language(article.text):
            return Done(language=language)
        identity = identify(article)
        rows = to_rows(article, identity, read(article), item.where)
        (row,) = rows["articles"]
        kept = {name: row[name] for name in ("article", "key", "text_hash")}
        # The worker, who knows part and row, completes the place.
        place = moment(article.published) if article.published else _LAST
        rows["_bands"] = [kept | {"place": place, "bands": bands(shingles(article.text))}]
        return Done(rows)
    except InputError as error:
        return Done(reason=str(error))
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours at one article must not cost the others
        return Done(reason=f"internal error, please report it: {type(error).__name__}: {error}")


def _article(item: Item, options: Options) -> Article:
    if item.kind == "line":
        return article_from_line(item.data, options)
    if item.kind == "article":
        value: Any = json.loads(item.data.decode(errors="surrogatepass"))
        return Article.from_json(value)
    if item.kind == "page":
        return article_from_archived(ArchivedPage(item.where, item.url, item.data, item.charset), options)
    return article_in(item.data, item.where, options)
