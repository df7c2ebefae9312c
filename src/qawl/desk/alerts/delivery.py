"""How a message leaves: as a signed POST to a webhook, or as an e-mail."""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final, Literal, get_args
from urllib.parse import urlsplit, urlunsplit

import httpcore

from qawl.intake.addresses import CheckedBackend
from qawl.intake.errors import InputError
from qawl.intake.options import WebLimits
from qawl.intake.web import user_agent

#: Headers of a POST: the signature of the body, and what the message is called, the same when it is sent again.
SIGNATURE: Final = "Qawl-Signature"
DELIVERY: Final = "Qawl-Delivery"

Security = Literal["starttls", "ssl", "none"]
SECURITIES: Final[tuple[Security, ...]] = get_args(Security)

_SECONDS: Final = 15.0  # for all of a POST with its answer, and for each step of an e-mail


class DeliveryError(Exception):
    """A message that was not taken. Its text is shown to editors: it has no address and nothing secret in it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The server that takes our e-mail, and who we are to it. Without `user` nobody signs in."""

    host: str
    sender: str
    port: int = 587
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def signature(secret: str, body: bytes) -> str:
    """What `Qawl-Signature` has to be for this body: `sha256=` and its HMAC-SHA256 under the alert's secret."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(url: str, secret: str, body: bytes, delivery: str, *, seconds: float = _SECONDS) -> None:
    """Send a body of JSON to a webhook, at most so many seconds long. Redirects are not followed: they could lead what
    was meant for one server to another. Raises DeliveryError for every answer but one of status 200 to 299."""
    # A newsroom's own server may well have a private address; nothing of its answer is shown to anybody.
    backend = CheckedBackend(WebLimits(seconds=seconds, allow_private=True))
    parts = urlsplit(url)
    target = httpcore.URL(
        scheme=parts.scheme.encode(),
        host=(parts.hostname or "").encode(),
        port=parts.port,
        target=urlunsplit(("", "", parts.path, parts.query, "")).encode(),
    )
    headers = {
        "Host": parts.netloc,
        "User-Agent": user_agent(),
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
        DELIVERY: delivery,
        SIGNATURE: signature(secret, body),
    }
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, max_keepalive_connections=0) as pool,
            pool.stream("POST", target, headers=list(headers.items()), content=body) as response,
        ):
            status = response.status
    except InputError:
        raise DeliveryError("no address for the host") from None
    except httpcore.TimeoutException:
        raise DeliveryError(f"no answer within {seconds:g} seconds") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise DeliveryError(f"no connection ({type(error).__name__})") from None
    if 300 <= status < 400:
        raise DeliveryError(f"the server answered {status}; redirects are not followed")
    if not 200 <= status < 300:
        raise DeliveryError(f"the server answered {status}")


def send_mail(mail: Mail, to: str, subject: str, text: str, delivery: str) -> None:
    """Send an e-mail. Raises DeliveryError."""
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{delivery}@{mail.sender.rpartition('@')[2].rstrip('>')}>"
    # Programs that answer by themselves (I am on holiday) leave such messages alone.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _connected(mail) as server:
            if mail.user is not None:
                server.login(mail.user, mail.password or "")
            server.send_message(message)
    except smtplib.SMTPAuthenticationError:
        raise DeliveryError("the mail server does not let us sign in") from None
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(f"the mail server answered {error.smtp_code}") from None
    except smtplib.SMTPRecipientsRefused:
        raise DeliveryError("the mail server does not take mail for this address") from None
    except ssl.SSLError as error:
        raise DeliveryError(f"the mail server's certificate or TLS is not in order ({error.reason})") from None
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"no connection to the mail server ({type(error).__name__})") from None


def _connected(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "ssl":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server
