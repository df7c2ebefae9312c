"""Intake: from anything outside to articles.

`sources` reads whatever a user can name and is what most callers want; `files` finds and loads text and HTML files.
"""

from qawl.intake.errors import InputError
from qawl.intake.files import Loaded, article_from_bytes, find_files, load

__all__ = ["InputError", "Loaded", "article_from_bytes", "find_files", "load"]
