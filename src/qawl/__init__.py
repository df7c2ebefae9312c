"""Qawl: who said what in Arabic news."""

from typing import TYPE_CHECKING, Any

from qawl.article import Article
from qawl.statement import Reading, Span, Speaker, Statement

if TYPE_CHECKING:
    from qawl.reading.reader import read

__all__ = ["Article", "Reading", "Span", "Speaker", "Statement", "read"]


def __getattr__(name: str) -> Any:
    # The reader takes a while to load, and commands over the record do without it.
    if name == "read":
        from qawl.reading.reader import read

        globals()[name] = read
        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
