"""Judgements: what people decided; deciding, and taking a decision back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from qawl.desk.api.forms import Decided, Judgement
from qawl.desk.api.paging import Cursor, Limit, Page, cursor, start
from qawl.desk.api.routing import Answer
from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Editor, Reader
from qawl.people import judgements as identity
from qawl.record import judgements as about_statements
from qawl.record import showing
from qawl.record.errors import RecordError
from qawl.record.judgements import Mend
from qawl.statement import Act, EntityType

router = APIRouter(tags=["judgements"], route_class=Answer)

Note = Annotated[str | None, Field(max_length=2000, description="why")]
Name = Annotated[str, Field(min_length=1, max_length=300)]


class Change(BaseModel):
    """What is to hold instead of the reading; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    speaker: Annotated[str, Field(max_length=300, description="a name; empty: nobody is named")] | None = None
    speaker_type: EntityType | None = None
    act: Act | None = None
    words: Annotated[str, Field(max_length=20_000, description="what was said, as it stands there")] | None = None


class OfStatement(BaseModel):
    """Of a statement."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"statement": "a1ygt2r83r", "verdict": "mended", "change": {"speaker": "رائد الخزامي"}}]
        },
    )

    statement: Annotated[str, Field(max_length=40, description="its public ID")]
    verdict: Literal["right", "wrong", "mended"]
    change: Change | None = Field(None, description="with `mended`: what holds instead")
    note: Note = None


class OfPeople(BaseModel):
    """Of two that are one, or are not."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"verdict": "different", "one": "e-3bd9nv67ta", "other": "e-5m2k8d0q1z"}]},
    )

    verdict: Literal["same", "different"]
    one: Name
    other: Name
    note: Note = None


@router.get("/judgements", summary="What people decided")
def judgements(
    request: Request,
    visitor: Reader,
    desk: TheDesk,
    statement: Annotated[str | None, Query(max_length=40, description="only about this statement")] = None,
    person: Annotated[str | None, Query(max_length=200, description="only about this person")] = None,
    limit: Limit = 20,
    after: Annotated[Cursor, Query(alias="cursor")] = None,
) -> Page[Judgement]:
    """All decisions in the order in which they were made; those that were taken back hold no longer."""
    above = start(request, after)
    found: list[Judgement] = []
    if person is None:
        found += _of_statements(desk, statement, above, limit + 1)
    if statement is None:
        found += _of_people(desk, person, above, limit + 1)
    found.sort(key=lambda one: one.id)
    on = cursor(request, found[limit - 1].id) if len(found) > limit else None
    return Page(items=found[:limit], next=on)


def _of_statements(desk: TheDesk, ref: str | None, after: int, most: int) -> Iterator[Judgement]:
    for decision, holds, over in about_statements.judgements(desk.engine, ref=ref, after=after, most=most):
        yield Judgement.model_validate({**decision._asdict(), "holds": holds, "laid_over": over})


def _of_people(desk: TheDesk, who: str | None, after: int, most: int) -> Iterator[Judgement]:
    for judgement, holds, fits, overruled in identity.judged(desk.engine, about=who, after=after, most=most):
        sides = {"one": judgement.one._asdict(), "other": judgement.other._asdict()}
        told = {**judgement._asdict(), **sides, "holds": holds, "fits": fits, "overruled": overruled}
        yield Judgement.model_validate(told)


@router.post("/judgements", status_code=201, summary="Decide")
def decide(asked: OfStatement | OfPeople, visitor: Editor, desk: TheDesk) -> Decided:
    """A decision about a statement or about who is who, kept whatever a later reading makes of the article."""
    if isinstance(asked, OfPeople):
        number = identity.decide(desk.engine, asked.verdict, asked.one, asked.other, who=visitor.name, note=asked.note)
        desk.upkeep.soon()
        return Decided(decision=number)
    showing.statement(desk.engine, asked.statement)  # what is not there is not found, what cannot be done is wrong
    mend = Mend(**asked.change.model_dump()) if asked.change is not None else None
    if (asked.verdict == "mended") != (mend is not None and mend != Mend()):
        raise HTTPException(422, "change: is given with `mended`, and only with it")
    try:
        number = about_statements.judge(
            desk.engine, asked.statement, asked.verdict, who=visitor.name, mend=mend, note=asked.note
        )
    except RecordError as error:
        raise HTTPException(422, str(error)) from None
    desk.upkeep.soon()
    return Decided(decision=number)


@router.delete("/judgements/{number}", summary="Take a decision back")
def undo(
    number: Annotated[int, Path(ge=1, lt=2**62)],
    visitor: Editor,
    desk: TheDesk,
) -> Decided:
    """What was decided holds no longer. It stays on record, and so does who took it back."""
    taken = identity.undo(desk.engine, who=visitor.name, judgement_id=number)
    desk.upkeep.soon()
    return Decided(decision=taken)
