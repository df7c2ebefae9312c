"""What every request to the desk has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from qawl.desk.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """The record, and how the desk is set up."""

    engine: Engine
    settings: Settings


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


#: A parameter of a route: the desk.
TheDesk = Annotated[Desk, Depends(desk_of)]
