"""`qawl judge`, `qawl undo`, `qawl judgements`: what people decide about statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import click

from qawl.cli.catching_up import catch_up
from qawl.cli.listing import json_option, plain, print_json
from qawl.cli.record_options import db_option, opened, who_option
from qawl.statement import ACTS, ENTITY_TYPES

if TYPE_CHECKING:
    from qawl.record.identity_judgements import Judgement
    from qawl.record.overlay import Decision

_VERDICTS: dict[str, Literal["right", "wrong", "mended"]] = {"right": "right", "wrong": "wrong", "mend": "mended"}
_SPAN = re.compile(r"(\d{1,9}):(\d{1,9})")


def _spans(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[int, int], ...] | None:
    found = []
    for value in values:
        match = _SPAN.fullmatch(value)
        if match is None:
            raise click.BadParameter(f"{value!r}: write START:END")
        found.append((int(match[1]), int(match[2])))
    return tuple(found) or None


@click.command()
@click.argument("id")
@click.argument("verdict", type=click.Choice(list(_VERDICTS)))
@db_option
@who_option
@click.option("--speaker", metavar="NAME", help="mend: who said it.")
@click.option("--nobody", is_flag=True, help="mend: nobody is named as its speaker.")
@click.option("--type", "type_", type=click.Choice(ENTITY_TYPES), help="mend: what the speaker is.")
@click.option("--act", type=click.Choice(ACTS), help="mend: what was done by saying it.")
@click.option("--words", metavar="TEXT", help="mend: what was said, in words of the article.")
@click.option(
    "--span",
    "spans",
    multiple=True,
    callback=_spans,
    metavar="START:END",
    help="mend: what was said, by the characters of the article's text; once for each piece.",
)
@click.option("--note", metavar="TEXT", help="Why.")
def judge(
    id: str,
    verdict: str,
    db: str,
    who: str,
    speaker: str | None,
    nobody: bool,
    type_: str | None,
    act: str | None,
    words: str | None,
    spans: tuple[tuple[int, int], ...] | None,
    note: str | None,
) -> None:
    """Decide about the statement ID: it is right, it is wrong (no statement, not shown any more), or mend it.

    What you decide is kept whatever a later reader makes of the article, and `qawl undo` takes it back.
    """
    from qawl.record.judgements import Mend
    from qawl.record.judgements import judge as decide

    if nobody and speaker is not None:
        raise click.UsageError("Give --speaker or --nobody: only one of them.")
    if speaker is not None and not speaker.strip():
        raise click.UsageError("An empty name; --nobody says that nobody is named.")
    if words is not None and spans is not None:
        raise click.UsageError("Give --words or --span: only one of them.")
    given = [nobody, *(value is not None for value in (speaker, type_, act, words, spans))]
    if verdict != "mend" and any(given):
        raise click.UsageError(f"{verdict} takes no other value; use mend to give one.")
    if verdict == "mend" and not any(given):
        raise click.UsageError("Say what is to hold instead: --speaker, --nobody, --type, --act, --words or --span.")
    mend = Mend("" if nobody else speaker, type_, act, spans, words) if verdict == "mend" else None
    with opened(db) as engine:
        number = decide(engine, id, _VERDICTS[verdict], who=who, mend=mend, note=note)
        catch_up(engine)
    click.echo(f"judgement {number}")


@click.command()
@click.argument("judgement", type=click.IntRange(1, 2**62), required=False)
@db_option
@who_option
def undo(judgement: int | None, db: str, who: str) -> None:
    """Take back a judgement by its number; without one, the last of yours that holds."""
    with opened(db) as engine:
        from qawl.people.judgements import undo as take_back

        number = take_back(engine, who=who, judgement_id=judgement)
        catch_up(engine)
    click.echo(f"judgement {number} is taken back")


@click.command()
@click.argument("id", required=False)
@db_option
@click.option("--unmatched", is_flag=True, help="Those that hold, and fit no statement of the current reading.")
@json_option
def judgements(id: str | None, db: str, unmatched: bool, as_json: bool) -> None:
    """What people decided: all of it, or about ID, a statement or (as `qawl people` gives it) somebody."""
    from qawl.people.anchors import from_ref

    found = False
    with opened(db) as engine:
        if id is None or from_ref(id) is None:
            from qawl.record.judgements import judgements as decisions

            for decision, holds, over in decisions(engine, ref=id, unmatched=unmatched):
                found = True
                if as_json:
                    print_json([{**decision._asdict(), "holds": holds, "laid_over": over}])
                    continue
                if decision.undoes is not None:
                    what = f"takes back {decision.undoes}"
                else:
                    what = decision.verdict
                    if what == "mended":  # what `right` holds on to is what is shown
                        what += f": {_told(decision.change)}"
                lost = holds and not over and not decision.undoes
                states = ["taken back"] * (not holds) + ["fits no statement of the current reading"] * lost
                _print(decision, f"{decision.ref}  {what}", states)
        if id is None or from_ref(id) is not None:
            from qawl.people.judgements import judged

            for judgement, holds, fits, overruled in judged(engine, about=id, unmatched=unmatched):
                found = True
                if as_json:
                    sides = {"one": judgement.one._asdict(), "other": judgement.other._asdict()}
                    more = {"holds": holds, "fits": fits, "overruled": overruled}
                    print_json([{**judgement._asdict(), **sides, **more}])
                    continue
                what = judgement.verdict if judgement.undoes is None else f"takes back {judgement.undoes}"
                lost = holds and not fits and judgement.undoes is None
                states = ["taken back"] * (not holds) + ["one of them is not there"] * lost
                states += ["a later one says otherwise"] * overruled
                _print(judgement, f"{what}: {judgement.one.name} / {judgement.other.name}", states)
    if not found:
        click.echo("no judgements", err=True)


def _print(decision: Decision | Judgement, what: str, states: list[str]) -> None:
    note = f"  {decision.note}" if decision.note else ""
    told = "".join(f"  ({state})" for state in states)
    click.echo(plain(f"{decision.id}  {decision.made_at}  {decision.who}  {what}{note}{told}"))


def _told(change: Mapping[str, Any]) -> str:
    """What holds instead of the reading, in the words of the options of `qawl judge`."""
    told = []
    if "speaker" in change:
        told.append(f"speaker {change['speaker']}" if change["speaker"] else "nobody")
    if "speaker_type" in change:
        told.append(f"type {change['speaker_type']}")
    if "act" in change:
        told.append(f"act {change['act']}")
    if "content" in change:
        told += [f"span {start}:{end}" for start, end in change["content"]]
    return ", ".join(told)
