"""The reader's version, apart from the reader, which takes a while to load."""

from __future__ import annotations

from typing import Final

#: Changes whenever the reader may read an article differently.
VERSION: Final = "3"
