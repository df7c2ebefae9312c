"""What all answers of the API have in common: entity tags, limits of rate, and how a refusal looks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Depends, Request, Response
from fastapi.exceptions import HTTPException
from fastapi.routing import APIRoute
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from pydantic import BaseModel, Field

from qawl.desk.desk import desk_of


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="a kind of problem; about:blank: what the status says", examples=["about:blank"])
    title: str = Field(description="the status in words", examples=["Not Found"])
    status: int = Field(description="the status", examples=[404])
    detail: str = Field(description="what exactly is wrong", examples=["a1ygt2r83r: no such statement"])


def _refusal(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "model": Problem, "content": {"application/problem+json": {"schema": schema}}}


#: Refusals that any part of the API may answer with.
REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    400: _refusal("The request is not one of HTTP and JSON that can be read"),
    401: _refusal("Nobody is signed in, and there is no token that is known"),
    403: _refusal("Whoever asks may not do this"),
    404: _refusal("There is no such thing in the record"),
    422: _refusal("Something in the request is wrong"),
    429: _refusal("Too many requests; the header Retry-After says when to ask again"),
}

#: Of what is done for a few at a time.
BUSY: Final[dict[int | str, dict[str, Any]]] = {
    503: _refusal("Too many ask for this at the moment; the header Retry-After says when to ask again"),
}


class Answer(APIRoute):
    """A route whose answers carry an entity tag, so that who has the same answer already is not sent it again."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            answer = await handle(request)
            if request.method != "GET" or answer.status_code != 200 or not hasattr(answer, "body"):
                return answer
            # A weak tag: on its way the body may be compressed.
            tag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:24]}"'
            known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
            if tag in known or "*" in known:
                return Response(status_code=304, headers={"ETag": tag})
            answer.headers["ETag"] = tag
            return answer

        return tagged


def _limit(request: Request, answer: Response) -> None:
    """Count a request against what its account, token or address may send in a minute. Raises HTTPException 429."""
    settings = desk_of(request).settings
    state = request.app.state
    if not hasattr(state, "limiter"):
        state.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
    visitor = getattr(request.state, "visitor", None)
    address = request.client.host if request.client else ""
    who = f"account {visitor.account}" if visitor is not None and visitor.account is not None else address
    item = RateLimitItemPerMinute(settings.rate)
    allowed = state.limiter.hit(item, who)
    window = state.limiter.get_window_stats(item, who)
    told = {"RateLimit-Limit": str(settings.rate), "RateLimit-Remaining": str(max(0, window.remaining))}
    if not allowed:
        detail = f"more than {settings.rate} requests a minute"
        raise HTTPException(429, detail, headers={**told, "Retry-After": "5"})
    answer.headers.update(told)


#: A dependency of all routes of the API.
limited = Depends(_limit)
