"""What follows from articles and judgements is brought up to date at the end of each command that changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qawl.cli.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy import Engine


def catch_up(engine: Engine) -> None:
    """Work out who is who and which statements report one utterance, as far as it is not done yet. Where it is cut
    off, the next command goes on."""
    from qawl.compare import updating as comparing
    from qawl.people import updating as resolving

    _show(engine, resolving.bring_up_to_date, "names resolved")
    _show(engine, comparing.bring_up_to_date, "statements compared")


def _show(engine: Engine, work: Callable[[Engine, Callable[[str, int], None]], None], what: str) -> None:
    """Do the work, and show how far it is."""
    progress = Progress(None, what)
    done = 0
    left: tuple[str, int] | None = None

    def tell(stage: str, number: int) -> None:
        nonlocal done, left
        if left is not None and left[0] == stage:
            done += max(0, left[1] - number)
        left = stage, number
        progress.show(done, f"{number} left to {stage}")

    try:
        work(engine, tell)
    finally:
        progress.end()
