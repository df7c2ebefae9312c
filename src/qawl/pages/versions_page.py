"""Versions for a browser: a self-contained page, the versions of a statement side by side, what differs marked."""

from __future__ import annotations

from collections.abc import Sequence

from qawl.compare.lists import kinds, notes
from qawl.compare.wording import Collation
from qawl.pages.article_page import ACTS, FORMS, templates
from qawl.pages.side_by_side import column


def page(collations: Sequence[Collation]) -> str:
    """A whole page of one statement or more, each with its versions side by side and their differences by kind."""
    groups = [
        {"columns": [column(collation, n) for n in range(len(collation.versions))], "contrasts": collation.contrasts()}
        for collation in collations
    ]
    template = templates().get_template("versions.html")
    return template.render(groups=groups, kinds=kinds(), notes=notes(), acts=ACTS, forms=FORMS, link=_link)


def _link(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None
