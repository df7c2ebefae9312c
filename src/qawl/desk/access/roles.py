"""What somebody may do at the desk."""

from __future__ import annotations

from typing import Final, Literal, get_args

#: `reader` looks, `editor` decides, `admin` keeps the accounts.
Role = Literal["reader", "editor", "admin"]
#: From the one that may least to the one that may most.
ROLES: Final[tuple[Role, ...]] = get_args(Role)


def least(one: Role, other: Role) -> Role:
    """Of two roles the one that may less."""
    return min(one, other, key=ROLES.index)
