"""JSON Lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from qawl.article import Article
from qawl.intake.errors import InputError
from qawl.intake.failure import Failure
from qawl.intake.options import Options
from qawl.intake.rows import article_from_row
from qawl.intake.streams import STREAM_ERRORS, lines, reason
from qawl.intake.text import decode_text


def articles_from_lines(stream: IO[bytes], name: str, options: Options) -> Iterator[Article | Failure]:
    """The articles of a stream of JSON Lines, one at a time. Empty lines are passed over."""
    number = 0
    try:
        for number, line in lines(stream, options.size):
            where = f"{name}:{number}"
            if line is None:
                yield Failure(where, f"a line of more than {options.size} bytes")
            elif line.strip(b" \t\xef\xbb\xbf"):
                try:
                    yield article_from_line(line, options)
                except InputError as error:
                    yield Failure(where, str(error))
    except STREAM_ERRORS as error:
        yield Failure(f"{name}:{number + 1}", reason(error))


def articles_from_json(data: bytes, name: str, options: Options) -> Iterator[Article | Failure]:
    """The articles of a JSON file that holds one object or a list of objects."""
    try:
        value = _loaded(decode_text(data, options.encoding))
    except InputError as error:
        yield Failure(name, str(error))
        return
    for number, row in enumerate(value if isinstance(value, list) else [value], 1):
        where = f"{name}: item {number}" if isinstance(value, list) else name
        try:
            yield article_from_row(_object(row), options)
        except InputError as error:
            yield Failure(where, str(error))


def article_from_line(line: bytes, options: Options) -> Article:
    """The article in one line. Raises InputError where there is none."""
    value = _loaded(decode_text(line, options.encoding).removeprefix("\ufeff"))
    return article_from_row(_object(value), options)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"no JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise InputError("no JSON that can be read: nested too deep") from None
    except ValueError as error:  # a number of too many digits
        raise InputError(f"no JSON that can be read: {error}") from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"a JSON object expected, not {type(value).__name__}")
    return value
