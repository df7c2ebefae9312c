"""Who asks: what a page or an answer of the API may be shown to, and who is meant by "I" in a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal, get_args

from fastapi import Depends, Request

Role = Literal["reader", "editor", "admin"]
#: From the one that may least to the one that may most.
ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Visitor:
    """`name` is what decisions are signed with; `account` is null on a desk without accounts; `csrf` is what the forms
    of a page have to send back."""

    name: str
    role: Role
    account: int | None
    csrf: str

    def may(self, role: Role) -> bool:
        """Is what this role may do allowed?"""
        return ROLES.index(self.role) >= ROLES.index(role)


class NotSignedInError(Exception):
    """The desk has accounts, and this browser or program is not signed in."""


class NotAllowedError(Exception):
    """Somebody is known, but may not do this. Its text is the name of the message that says why."""


def visitor_of(request: Request) -> Visitor:
    """Who asks, as the middleware of `qawl.desk.access` found out. Raises NotSignedInError."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is None:
        raise NotSignedInError
    return visitor


def _at_least(role: Role) -> object:
    def check(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if not visitor.may(role):
            raise NotAllowedError(f"refused-role-{role}")
        return visitor

    return Depends(check)


#: Parameters of a route: whoever asks must be at least that.
Reader = Annotated[Visitor, _at_least("reader")]
Editor = Annotated[Visitor, _at_least("editor")]
Admin = Annotated[Visitor, _at_least("admin")]
