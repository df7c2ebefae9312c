"""What follows from articles and judgements is brought up to date at the end of each command that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.cli.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from qawl.people.updating import Stage


def catch_up(engine: Engine) -> None:
    """Work out who is who, as far as it is not done yet. Where it is cut off, the next command goes on."""
    from qawl.people.updating import bring_up_to_date

    progress = Progress(None, "names resolved")
    done = 0
    left: tuple[Stage, int] | None = None

    def tell(stage: Stage, number: int) -> None:
        nonlocal done, left
        if left is not None and left[0] == stage:
            done += max(0, left[1] - number)
        left = stage, number
        progress.show(done, f"{number} left to {stage}")

    try:
        bring_up_to_date(engine, tell)
    finally:
        progress.end()
