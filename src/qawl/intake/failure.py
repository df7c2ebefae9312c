"""What stands in the place of an article that could not be had."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """One input, or one place in it, that gave no article; the rest goes on.

    `where` names the file or address with the place in it (`news.jsonl.gz:17`), `reason` says what is wrong there.
    """

    where: str
    reason: str
