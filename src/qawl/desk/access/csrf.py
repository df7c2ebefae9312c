"""That a form was sent from a page of this desk, and not by another site in the name of whoever looks at it.

Each page gets a token that only the secret of this browser makes: the session's, or without one that of a cookie with
nothing but chance in it. The token is another one on every page, so that compressed pages do not give it away.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from qawl.desk.prefix import of_api
from qawl.desk.visitors import RefusedError

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_NONCE: Final = 16  # hexadecimal digits
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def token(secret: str) -> str:
    """A token for a page shown to whoever has this secret."""
    nonce = secrets.token_hex(_NONCE // 2)
    return nonce + _seal(secret, nonce)


def fits(secret: str, given: str) -> bool:
    """Was this token made with this secret?"""
    nonce, seal = given[:_NONCE], given[_NONCE:]
    return hmac.compare_digest(seal.encode(), _seal(secret, nonce).encode())


def _seal(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), f"csrf {nonce}".encode(), hashlib.sha256).hexdigest()


def csrf_of(request: Request) -> str:
    """What the forms of this page have to send back."""
    secret: str = getattr(request.state, "secret", "")
    return token(secret) if secret else ""


async def guard(request: Request) -> None:
    """Before every route: a request that may change something comes from a page of this desk, or from a program.

    Programs show a token in a header that browsers do not send by themselves. Raises RefusedError.
    """
    if request.method in SAFE:
        return
    if not _from_here(request):
        raise RefusedError(403, "refused-origin")
    if getattr(request.state, "by_token", False) or _by_program(request):
        return
    secret: str = getattr(request.state, "secret", "")
    given = request.headers.get("x-csrf-token", "")
    if not given and request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORMS:
        sent = (await request.form()).get("csrf", "")
        given = sent if isinstance(sent, str) else ""
    if not given and of_api(request):
        raise RefusedError(403, "refused-program")
    if not secret or not fits(secret, given):
        raise RefusedError(403, "refused-csrf")


def _from_here(request: Request) -> bool:
    """Does the browser, if it is one, say that a page of this desk asks?"""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return True
    known = {request.headers.get("host", ""), *request.app.state.desk.settings.hosts}
    split = urlsplit(origin)
    return split.scheme in ("http", "https") and bool({split.netloc, split.hostname} & known)


def _by_program(request: Request) -> bool:
    """On a desk without accounts: is the API asked in a way in which no page of another site can ask it? A browser
    sends such a request only after it was told that it may, and is never told so."""
    if request.app.state.desk.settings.accounts or not of_api(request):
        return False
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return request.method != "POST" or kind not in (*_FORMS, "text/plain", "")
