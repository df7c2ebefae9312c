"""Sentences of the scheme that the reader does not read rightly yet: expected failures, by the names of their cases.

A case that is read rightly again fails as XPASS; take it out then.
"""

import pytest

#: The learned models refuse these or end their contents elsewhere.
OPEN = {
    "quotation of several sentences without a stop after the mark",
    "نرفض",
    "light verb: جدد",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the open cases."""
    for item in items:
        wanted = getattr(getattr(item, "callspec", None), "params", {}).get("wanted")
        if getattr(wanted, "what", None) in OPEN:
            item.add_marker(pytest.mark.xfail(reason="not read rightly yet (docs/accuracy.md)", strict=True))
