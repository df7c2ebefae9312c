"""Statements: one in its sentence, its citation, its versions in other outlets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from qawl.compare.versions import group_of, load_versions
from qawl.compare.wording import collate
from qawl.desk.api.forms import ArticleWithStatements, Citation, Versions
from qawl.desk.api.routing import Answer
from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Reader
from qawl.record import showing
from qawl.record.citing import cite
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError

router = APIRouter(tags=["statements"], route_class=Answer)

Ref = Annotated[str, Path(max_length=40, description="a statement's public ID", examples=["a1ygt2r83r"])]


@router.get("/statements/{ref}", summary="One statement")
def statement(ref: Ref, visitor: Reader, desk: TheDesk) -> ArticleWithStatements:
    """A statement with the article that holds it."""
    entry, found = showing.statement(desk.engine, ref)
    return ArticleWithStatements.model_validate(showing.to_json(entry, [found]))


@router.get("/statements/{ref}/cite", summary="Cite a statement")
def citation(ref: Ref, visitor: Reader, desk: TheDesk) -> Citation:
    """A reference in Arabic and in English: the exact words, who, where and when."""
    entry, found = showing.statement(desk.engine, ref)
    if found.verdict == "wrong":
        raise RecordError(f"{ref}: people judged it wrong")
    cited = cite(entry.article, found.statement, found.ref)
    return Citation(id=found.ref, arabic=cited.arabic, english=cited.english)


@router.get("/statements/{ref}/versions", summary="A statement in all outlets")
def versions(ref: Ref, visitor: Reader, desk: TheDesk) -> Versions:
    """The versions of a statement in all outlets, the fullest first, and where each two differ."""
    with snapshot(desk.engine) as connection:
        found = list(load_versions(connection, group_of(connection, ref)).values())
    if not found:
        raise RecordError(f"{ref}: people judged it wrong, or nothing of what was said is there")
    return Versions.model_validate(collate(found).to_json())
