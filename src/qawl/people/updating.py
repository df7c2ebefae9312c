"""Keep who is who up to date: every current reading has its appearances, and every appearance its entity.

What is left to do stands in the record itself (readings without a row in `resolved`, and the table `unresolved`), and
is done in transactions of bounded size: whenever the process ends, the next call goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

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
