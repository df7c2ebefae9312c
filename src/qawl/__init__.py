"""Qawl: who said what in Arabic news."""

from qawl.article import Article
from qawl.reading.reader import read
from qawl.statement import Reading, Span, Speaker, Statement

__all__ = ["Article", "Reading", "Span", "Speaker", "Statement", "read"]
