"""Nesting: which statement lies inside the content of which."""

from __future__ import annotations

from typing import Final

from qawl.reading.draft import Draft

#: How many statements that are still open are looked at for the parent of one.
_DEEPEST: Final = 40


def nest(drafts: list[Draft]) -> None:
    """Set every draft's parent: the innermost other draft whose content holds its anchor and its content.

    Linear in practice: drafts come in the order of the text and only those still open are compared.
    """
    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].content[0][0], -drafts[n].content[-1][1]))
    open_: list[int] = []
    for n in order:
        draft = drafts[n]
        first, last = draft.content[0][0], draft.content[-1][1]
        while open_ and drafts[open_[-1]].content[-1][1] <= first:
            open_.pop()
        for m in reversed(open_[-_DEEPEST:]):
            outer = drafts[m]
            a, b = outer.content[0][0], outer.content[-1][1]
            # The عن of a relay stands before the outer content, which begins with the inner source.
            anchor = first if draft.frame == "عن" else draft.at
            if a <= anchor < b and a <= first and last <= b and (a, b) != (first, last):
                draft.parent = m
                break
        open_.append(n)
