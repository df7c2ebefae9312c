"""The JSON Schema of a reading, as it stands in `schema.json` beside this file."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema_text() -> str:
    """The schema as text, with its line ends."""
    return files("qawl").joinpath("schema.json").read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The schema as a dictionary."""
    value = json.loads(schema_text())
    assert isinstance(value, dict)
    return value
