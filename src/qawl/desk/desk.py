"""What every request to the desk has at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from qawl.desk.access.throttle import Throttle
from qawl.desk.alerts.service import Service as Alerts
from qawl.desk.keeping import Keeper
from qawl.desk.memory import Memory
from qawl.desk.settings import Settings
from qawl.desk.turns import Turns
from qawl.desk.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Desk:
    """The record, how the desk is set up, and what works in the background: what keeps the record up to date, and what
    sends the alerts; what holds back who tries too often, and what need not be worked out again;
    the turns at reading texts and at fetching pages."""

    engine: Engine
    settings: Settings
    upkeep: Upkeep
    alerts: Alerts
    throttle: Throttle = field(default_factory=Throttle)
    keeper: Keeper = field(default_factory=Keeper)
    memory: Memory = field(default_factory=Memory)
    reading: Turns = field(default_factory=lambda: Turns(2, 8))
    fetching: Turns = field(default_factory=lambda: Turns(4, 4))


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


# What takes no time is asynchronous: anything else would be handed to another thread, and back.
async def _desk(request: Request) -> Desk:
    return desk_of(request)


#: A parameter of a route: the desk.
TheDesk = Annotated[Desk, Depends(_desk)]
