"""Who asks: what a page or an answer of the API may be shown to, and who is meant by "I" in a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from qawl.desk.access.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """`name` is what decisions are signed with; `account` is null on a desk without accounts."""

    name: str
    role: Role
    account: int | None

    def may(self, role: Role) -> bool:
        """Is what this role may do allowed?"""
        return ROLES.index(self.role) >= ROLES.index(role)


class NotSignedInError(Exception):
    """The desk has accounts, and this browser or program is not signed in."""


class NotAllowedError(Exception):
    """Somebody is known, but may not do this. Its text is the name of the message that says why."""


class RefusedError(Exception):
    """A request that is not done, with the status of the answer and the name of the message that says why."""

    def __init__(self, status: int, key: str, *, after: int | None = None) -> None:
        """`after`: seconds after which it may be tried again."""
        super().__init__(key)
        self.status, self.key, self.after = status, key, after


def visitor_of(request: Request) -> Visitor:
    """Who asks, as the middleware of `qawl.desk.access` found out. Raises NotSignedInError."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is None:
        raise NotSignedInError
    return visitor


def _at_least(role: Role) -> object:
    async def check(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if not visitor.may(role):
            raise NotAllowedError(f"refused-role-{role}")
        return visitor

    return Depends(check)


#: Parameters of a route: whoever asks must be at least that.
Reader = Annotated[Visitor, _at_least("reader")]
Editor = Annotated[Visitor, _at_least("editor")]
Admin = Annotated[Visitor, _at_least("admin")]
