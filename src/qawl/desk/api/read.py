"""`POST /read`: who says what in a text, without keeping anything."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

import qawl
from qawl.article import Article
from qawl.desk.api.forms import Reading
from qawl.desk.api.routing import BUSY, Answer
from qawl.desk.desk import TheDesk
from qawl.desk.visitors import Reader

router = APIRouter(tags=["read"], route_class=Answer)

#: Code points of a text that is read at once; longer ones are for `qawl read`.
LONGEST: Final = 1_000_000


class Text(BaseModel):
    """A text to be read."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "قال وزير الري سالم الغامري إن السد امتلأ.", "published": "2024-03-05"}]
        },
    )

    text: Annotated[str, Field(max_length=LONGEST, description="headline, blank line, body; or any Arabic text")]
    published: date | None = Field(None, description="from which `أمس` counts")
    outlet: Annotated[str, Field(max_length=200)] | None = None


@router.post("/read", summary="Read a text", responses=BUSY)
def read(asked: Text, visitor: Reader, desk: TheDesk) -> Reading:
    """Every statement in the text, and who makes it. Offsets count code points of the text as it was sent."""
    with desk.reading.one():
        reading = qawl.read(Article(asked.text, outlet=asked.outlet, published=asked.published))
    return Reading.model_validate(reading.to_json())
