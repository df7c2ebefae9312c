"""Intake: from files to articles. Plain text and simple HTML; `files` finds and loads them."""

from qawl.intake.errors import InputError
from qawl.intake.files import Loaded, article_from_bytes, find_files, load

__all__ = ["InputError", "Loaded", "article_from_bytes", "find_files", "load"]
