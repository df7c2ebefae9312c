"""What an alert says: JSON for a webhook, a plain text for an e-mail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from qawl.desk.alerts.kept import Alert
from qawl.desk.languages import Catalogue
from qawl.record.search.find import Found
from qawl.record.times import now


def delivery_of(alert: Alert, found: Sequence[Found]) -> str:
    """What a message is called: it follows from the alert and the statements."""
    parts = (str(alert.id), alert.made_at, *(one.ref for one in found))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def as_json(alert: Alert, found: Sequence[Found], delivery: str, base: str) -> bytes:
    """`alert`, `of`, `asked`, `delivery`, `sent_at`, and `statements` as `qawl search --json` has them, each with its
    `address` on the desk at `base` (null where that is not known)."""
    value = {
        "alert": alert.name,
        "of": alert.of,
        "asked": alert.asked,
        "delivery": delivery,
        "sent_at": now(),
        "statements": [one.to_json() | {"address": _address(base, one)} for one in found],
    }
    return json.dumps(value, ensure_ascii=False).encode()


def subject(alert: Alert, found: Sequence[Found], words: Catalogue) -> str:
    """The subject of an e-mail."""
    count = words.say("count-statements", count=len(found))
    return words.say("alerts-mail-subject", name=alert.name, count=count)


def as_text(alert: Alert, found: Sequence[Found], words: Catalogue, base: str) -> str:
    """The text of an e-mail: a paragraph a statement."""
    paragraphs = [words.say("alerts-mail-intro", asked=alert.asked)]
    for one in found:
        facts = (one.outlet, words.day(one.published), one.headline and " ".join(one.headline.split()))
        lines = [
            f"{one.speaker or words.say('speaker-unknown')} ({words.say(f'act-{one.act}')})",
            f"«{' '.join(one.text.split())}»",
            " · ".join(fact for fact in facts if fact),
            _address(base, one) or one.url or "",
        ]
        paragraphs.append("\n".join(line for line in lines if line))
    return "\n\n".join([*paragraphs, words.say("reported")]) + "\n"


def _address(base: str, found: Found) -> str | None:
    return f"{base}/statements/{found.ref}" if base else None
