"""Keep who is who up to date: every current reading has its appearances, and every appearance its entity.

What is left to do stands in the record itself (readings without a row in `resolved`, and the table `unresolved`), and
is done in transactions of bounded size: whenever the process ends, the next call goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Literal

from sqlalchemy import Connection, Engine, delete, func, select

from qawl.people import clustering
from qawl.people.entities import describe_some
from qawl.people.looks import write_forms
from qawl.people.gathering import gather
from qawl.people.known import gather_known
from qawl.people.loading import Loader
from qawl.people.resolving import resolve_some
from qawl.record import tables
from qawl.record.engine import write
from qawl.record.unresolving import Step

#: What is being done: finding who appears, joining full names, placing short names and offices, describing.
Stage = Literal["gather", "cluster", "attach", "describe"]
Tell = Callable[[Stage, int], None]

_READINGS: Final = 200  # that are gathered in one transaction
_VERSION: Final = "1"  # of what this package does besides `clustering`
_STAGES: Final[dict[Step, Stage]] = {
    Step.FULL: "cluster",
    Step.SHORT: "attach",
    Step.OFFICE: "attach",
    Step.ENTITY: "describe",
}
