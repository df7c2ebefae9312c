"""The one error of intake: an input that cannot become an article, and why, in words for its owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class InputError(Exception):
    """An input that cannot be read. The message says what is wrong and where, without the name of the input."""


class ForbiddenError(InputError):
    """An address of the web to which intake may not connect."""


class UnreachableError(InputError):
    """A host that there is not."""


class ListError(InputError):
    """A list of articles where one article was wanted."""


@contextmanager
def faults_as_input_errors() -> Iterator[None]:
    """Makes an InputError of any other error within: a fault of ours at one input must not cost those after it."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"internal error, please report it: {type(error).__name__}: {error}") from error
