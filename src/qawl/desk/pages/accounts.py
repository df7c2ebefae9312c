"""Signing in and out; one's own account with its password, tokens and browsers; for administrators all accounts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from qawl.desk.access import accounts, passwords, sessions, tokens
from qawl.desk.access.accounts import AccountError
from qawl.desk.access.middleware import FEEDS, KEY, cookie_path, session_cookie
from qawl.desk.access.roles import ROLES, Role
from qawl.desk.asked import Number
from qawl.desk.desk import Desk, TheDesk
from qawl.desk.formats import base_of
from qawl.desk.languages import LANGUAGES
from qawl.desk.pages.asking import NAMES, values_of
from qawl.desk.preferences import language_of, own_path
from qawl.desk.rendering import address, page
from qawl.desk.visitors import Admin, NotAllowedError, Reader, RefusedError, Visitor, visitor_of
from qawl.record.search import saved

router = APIRouter(include_in_schema=False)

_log = logging.getLogger(__name__)

Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=5000)]
_LONGEST_FEED = 4000
Feed = Annotated[str, Query(max_length=_LONGEST_FEED)]


def _account_of(request: Request) -> int:
    """The account of the browser that asks. A token does not do: it could make others that may more than itself."""
    visitor = visitor_of(request)
    if visitor.account is None:
        raise RefusedError(404, "accounts-off")
    if request.state.by_token:
        raise NotAllowedError("accounts-by-browser")
    return visitor.account


#: A parameter of a route: the id of the account that this browser is signed in with.
Own = Annotated[int, Depends(_account_of)]


@contextmanager
def _refusals() -> Iterator[None]:
    """What cannot be done with an account is told in the language of the desk."""
    try:
        yield
    except AccountError as error:
        raise RefusedError(422, error.key) from None


@router.get("/sign-in")
def form(request: Request, desk: TheDesk, back: str = "/") -> Response:
    """The page to sign in; whoever is signed in goes on."""
    if not desk.settings.accounts or getattr(request.state, "visitor", None) is not None:
        return _to(desk, own_path(back))
    return _form(request, own_path(back), "", "")


@router.post("/sign-in")
def sign_in(
    request: Request,
    desk: TheDesk,
    name: Name = "",
    password: Password = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in. The wrong name and the wrong password are told alike."""
    if not desk.settings.accounts:
        return _to(desk, "/")
    address = _address(request)
    if seconds := desk.throttle.wait(name, address):
        _log.warning("signing in is throttled", extra={"client": address})
        told = _form(request, own_path(back), name, "sign-in-throttled", 429)
        told.headers["Retry-After"] = str(seconds)
        return told
    account = accounts.check(desk.engine, name, password)
    if account is None:
        _log.warning("signing in was refused", extra={"client": address})  # what was typed may be the password
        return _form(request, own_path(back), name, "sign-in-wrong", 403)
    desk.throttle.forget(name, address)
    _log.info("signed in", extra={"client": address, "account": account.name})
    old = request.cookies.get(session_cookie(desk.settings))
    if old:
        sessions.end(desk.engine, old)
    return _signed_in(desk, account.id, own_path(back))


@router.post("/sign-out")
def sign_out(request: Request, desk: TheDesk) -> Response:
    """End the session of this browser."""
    if key := request.cookies.get(session_cookie(desk.settings)):
        sessions.end(desk.engine, key)
    answer = _to(desk, "/sign-in" if desk.settings.accounts else "/")
    answer.delete_cookie(
        session_cookie(desk.settings),
        path=cookie_path(desk.settings),
        secure=desk.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.get("/account")
def account(request: Request, desk: TheDesk, visitor: Reader, own: Own, done: str = "", feed: Feed = "") -> Response:
    """One's own account. `feed`: the search for which an address of a feed is wanted."""
    done = done if done in ("password", "password-tokens", "sessions", "closed") else ""
    return _own_page(request, desk, visitor, own, done=done, wanted=_asked_of(feed))


@router.post("/account/password")
def change_password(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    own: Own,
    old: Password = "",
    new: Password = "",
    close_tokens: Annotated[bool, Form()] = False,
) -> Response:
    """Another password; all other browsers are signed out and, where that is asked for, all tokens closed."""
    if seconds := desk.throttle.wait(visitor.name, _address(request)):
        raise RefusedError(429, "sign-in-throttled", after=seconds)
    if accounts.check(desk.engine, visitor.name, old) is None:
        raise RefusedError(403, "account-wrong-password")
    desk.throttle.forget(visitor.name, _address(request))
    with _refusals():
        accounts.set_password(desk.engine, visitor.name, new, who=visitor.name, close_tokens=close_tokens)
    return _signed_in(desk, own, "/account?done=password" + ("-tokens" if close_tokens else ""))


@router.post("/account/sessions/end")
def end_sessions(desk: TheDesk, own: Own) -> Response:
    """Sign out all browsers but this one."""
    sessions.end_all(desk.engine, own)
    return _signed_in(desk, own, "/account?done=sessions")


@router.post("/account/tokens")
def make_token(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    own: Own,
    name: Name = "",
    role: Annotated[Role, Form()] = "reader",
) -> Response:
    """Make a token, and show it this once."""
    if not visitor.may(role):
        raise NotAllowedError("account-token-role")
    with _refusals():
        token = tokens.make(desk.engine, own, name, role, who=visitor.name)
    return _own_page(request, desk, visitor, own, token=token)


@router.post("/account/feeds")
def make_feed(
    request: Request,
    desk: TheDesk,
    visitor: Reader,
    own: Own,
    name: Name = "",
    feed: Annotated[str, Form(max_length=_LONGEST_FEED)] = "",
) -> Response:
    """Make the address of a feed that opens without signing in, and show it this once."""
    asked = _asked_of(feed)
    if not asked:
        raise RefusedError(422, "account-feed-wrong")
    with _refusals():
        key = tokens.make(desk.engine, own, name, tokens.FEED, who=visitor.name)
    language = language_of(request)
    more = {"lang": language} if language != LANGUAGES[0] else {}
    where = address(desk.settings.prefix, FEEDS[0], **asked, **more, format="atom", **{KEY: key})
    return _own_page(request, desk, visitor, own, feed=base_of(request) + where)


@router.post("/account/tokens/{id}/close")
def close_token(desk: TheDesk, visitor: Reader, own: Own, id: Number) -> Response:
    """Let a token in no longer."""
    with _refusals():
        tokens.close(desk.engine, own, id, who=visitor.name)
    return _to(desk, "/account?done=closed")


@router.get("/accounts")
def all_accounts(request: Request, desk: TheDesk, visitor: Admin, own: Own, done: str = "") -> Response:
    """All accounts."""
    return page(
        request,
        "accounts.html",
        accounts_=accounts.accounts(desk.engine),
        roles=ROLES,
        done=done in ("1", "yes"),
        shortest=passwords.SHORTEST,
    )


@router.post("/accounts")
def add_account(
    desk: TheDesk,
    visitor: Admin,
    own: Own,
    name: Name = "",
    password: Password = "",
    role: Annotated[Role, Form()] = "reader",
) -> Response:
    """Make an account."""
    with _refusals():
        accounts.add(desk.engine, name, role, password, who=visitor.name)
    return _to(desk, "/accounts?done=1")


@router.post("/accounts/role")
def change_role(desk: TheDesk, visitor: Admin, own: Own, name: Name, role: Annotated[Role, Form()]) -> Response:
    """Give an account another role."""
    with _refusals():
        accounts.set_role(desk.engine, name, role, who=visitor.name)
    return _to(desk, "/accounts?done=1")


@router.post("/accounts/password")
def reset_password(
    desk: TheDesk,
    visitor: Admin,
    own: Own,
    name: Name,
    password: Password = "",
    close_tokens: Annotated[bool, Form()] = False,
) -> Response:
    """Give an account another password, for somebody who forgot it or whose password others know."""
    with _refusals():
        accounts.set_password(desk.engine, name, password, who=visitor.name, close_tokens=close_tokens)
    return _to(desk, "/accounts?done=1")


@router.post("/accounts/close")
def close_account(desk: TheDesk, visitor: Admin, own: Own, name: Name) -> Response:
    """Let an account in no longer."""
    with _refusals():
        accounts.close(desk.engine, name, who=visitor.name)
    return _to(desk, "/accounts?done=1")


@router.post("/accounts/open")
def open_account(desk: TheDesk, visitor: Admin, own: Own, name: Name) -> Response:
    """Let a closed account in again."""
    with _refusals():
        accounts.reopen(desk.engine, name, who=visitor.name)
    return _to(desk, "/accounts?done=1")


def _form(request: Request, back: str, name: str, wrong: str, status: int = 200) -> Response:
    return page(request, "sign_in.html", status, back=back, name=name, wrong=wrong)


def _asked_of(feed: str) -> dict[str, list[str]]:
    """What the address of a search asks, but for what belongs to its page; nothing for another address."""
    split = urlsplit(own_path(feed))
    if split.path not in FEEDS:
        return {}
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(split.query):
        if name in ("q", *NAMES):
            found.setdefault(name, []).append(value)
    return found


def _own_page(
    request: Request,
    desk: Desk,
    visitor: Visitor,
    own: int,
    *,
    done: str = "",
    token: str = "",
    feed: str = "",
    wanted: Mapping[str, list[str]] | None = None,
) -> Response:
    """`token` and `feed` were made just now and are shown this once; of a search `wanted` a feed may be made."""
    key = request.cookies.get(session_cookie(desk.settings), "")
    values: dict[str, Any] = {
        "tokens": tokens.tokens(desk.engine, own),
        "sessions": sessions.sessions(desk.engine, own, key),
        "roles": [role for role in ROLES if visitor.may(role)],
        "shortest": passwords.SHORTEST,
        "done": done,
        "token": token,
        "feed": feed,
        "wanted": address("", FEEDS[0], **wanted) if wanted else "",
        "searches": {
            one.name: address("", FEEDS[0], q=one.query, **values_of(one.filters))
            for one in saved.searches(desk.engine)
        },
    }
    answer = page(request, "account.html", **values)
    if token or feed:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _signed_in(desk: Desk, account: int, path: str) -> Response:
    settings = desk.settings
    answer = _to(desk, path)
    answer.set_cookie(
        session_cookie(settings),
        sessions.begin(desk.engine, account),
        int(sessions.LASTS.total_seconds()),
        path=cookie_path(settings),
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def _to(desk: Desk, path: str) -> RedirectResponse:
    return RedirectResponse(desk.settings.prefix + path, 303)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
