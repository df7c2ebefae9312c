"""What editors decide: that a statement is right or wrong, or mended; that two are the same or not; and undo.

Each answers a form by going back to the page where it was sent, and a script with what was kept.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from qawl.desk.desk import TheDesk
from qawl.desk.errors import wants_json
from qawl.desk.preferences import own_path
from qawl.desk.visitors import Editor, RefusedError
from qawl.people import judgements as about_people
from qawl.record import judgements as about_statements
from qawl.record import showing
from qawl.record.errors import RecordError
from qawl.record.judgements import Mend, NotInArticleError
from qawl.record.showing import StatementEntry
from qawl.statement import Act, EntityType

router = APIRouter(include_in_schema=False)

Back = Annotated[str, Form()]
Text = Annotated[str, Form(max_length=20_000)]


@router.post("/statements/{ref}/judge")
def judge(
    request: Request,
    desk: TheDesk,
    visitor: Editor,
    ref: str,
    verdict: Annotated[Literal["right", "wrong", "mended"], Form()],
    speaker: Text = "",
    nobody: Annotated[bool, Form()] = False,
    speaker_type: Annotated[EntityType | None, Form()] = None,
    act: Annotated[Act | None, Form()] = None,
    words: Text = "",
    note: Text = "",
    back: Back = "/",
) -> Response:
    """Decide about a statement. Of a mend, what is empty or as shown is left; `nobody` says that nobody is named."""
    _, entry = showing.statement(desk.engine, ref)
    if not entry.current:
        raise RefusedError(409, "judging-older")
    mend = None
    if verdict == "mended":
        mend = _mend(entry, "" if nobody else speaker.strip() or None, speaker_type, act, words)
    try:
        decision = about_statements.judge(
            desk.engine, ref, verdict, who=visitor.name, mend=mend, note=note.strip() or None
        )
    except NotInArticleError:
        raise RefusedError(422, "judging-words") from None
    return _done(request, desk, decision, verdict, back)


def _mend(entry: StatementEntry, speaker: str | None, type: EntityType | None, act: Act | None, words: str) -> Mend:
    """What of a form differs from what is shown. Raises RefusedError where nothing does."""
    shown = entry.statement
    name = " ".join(shown.speaker.name.split()) if shown.speaker else ""
    if type is not None and (type != (shown.speaker.type if shown.speaker else None)):
        speaker = name or None if speaker is None else speaker  # a type alone is of whom is shown
        if not speaker:
            raise RefusedError(422, "judging-type")
    else:
        speaker = None if speaker is not None and " ".join(speaker.split()) == name else speaker
        type = type if speaker else None
    act = None if act == shown.act else act
    said = " ".join(words.split())
    kept = {" ".join(piece.text.split()) for piece in shown.content} | {" ".join(shown.text.split())}
    if speaker is None and act is None and (not said or said in kept):
        raise RefusedError(422, "judging-unchanged")
    return Mend(speaker, type, act, None, None if not said or said in kept else words.strip())


@router.post("/people/judge")
def judge_pair(
    request: Request,
    desk: TheDesk,
    visitor: Editor,
    verdict: Annotated[Literal["same", "different"], Form()],
    one: Annotated[str, Form(max_length=200)],
    other: Annotated[str, Form(max_length=200)],
    note: Text = "",
    back: Back = "/",
) -> Response:
    """Decide that two (by IDs of people or of statements) are the same person, body or state, or that they are not."""
    try:
        decision = about_people.decide(desk.engine, verdict, one, other, who=visitor.name, note=note.strip() or None)
    except about_people.OneAlreadyError:
        raise RefusedError(409, "judging-one-already") from None
    return _done(request, desk, decision, verdict, back)


@router.post("/undo")
def undo(
    request: Request,
    desk: TheDesk,
    visitor: Editor,
    decision: Annotated[int | None, Form(ge=1, le=2**62)] = None,
    back: Back = "/",
) -> Response:
    """Take back a decision of either kind: the one of that number, else the visitor's last one that holds."""
    try:
        taken = about_people.undo(desk.engine, who=visitor.name, judgement_id=decision)
    except RecordError:
        raise RefusedError(409, "judging-no-undo") from None
    return _done(request, desk, taken, "undone", back)


def _done(request: Request, desk: TheDesk, decision: int, verdict: str, back: str) -> Response:
    desk.upkeep.soon()
    if wants_json(request):
        return JSONResponse({"decision": decision, "verdict": verdict})
    return RedirectResponse(desk.settings.prefix + own_path(back), 303)
