"""A line on standard error that counts along, with rate and time left, where there is somebody to see it."""

from __future__ import annotations

import sys
import time

import click

from qawl.cli.listing import plain

_EVERY = 0.2  # seconds between two looks
_WIDTH = 24  # of the bar


class Progress:
    """How far a long work is. `total` counts the same as `done` of `show`; None where nobody knows it."""

    def __init__(self, total: float | None, unit: str) -> None:
        self.total = total
        self.unit = unit
        self.shown = sys.stderr.isatty()
        self.begun = time.monotonic()
        self.last = 0.0

    def show(self, done: int, more: str = "", part: float | None = None) -> None:
        """Show that `done` units are done, and `more` behind it; `part` is how much of `total` that is, where `total`
        counts something else."""
        now = time.monotonic()
        if not self.shown or now - self.last < _EVERY:
            return
        self.last = now
        seconds = now - self.begun
        text = f"{done} {self.unit}, {done / seconds if seconds else 0:.0f} a second"
        reached = done if part is None else part
        if self.total:
            share = min(reached / self.total, 1.0)
            bar = "█" * round(share * _WIDTH)
            left = f", {_duration(seconds / share - seconds)} left" if share else ""
            text = f"{bar:░<{_WIDTH}} {share:4.0%}  {text}{left}"
        click.echo(f"\r\x1b[K{text}{', ' if more else ''}{more} ", nl=False, err=True)

    def message(self, text: str) -> None:
        """Write a line of its own, clear of the counter. Inputs may stand in it, so control characters are left out."""
        click.echo(("\r\x1b[K" if self.shown else "") + plain(text), err=True)

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
