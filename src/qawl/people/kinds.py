"""What those can be who appear in the record."""

from __future__ import annotations

from typing import Final

KINDS: Final = ("person", "organization", "group", "place", "document", "office")
