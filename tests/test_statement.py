"""Statements and readings go to JSON and back."""

import json
from datetime import date

import pytest

from qawl.statement import Mention, Reading, SaidAt, Span, Speaker, Statement

SALIM = Speaker("s1", "سالم", "person", "وزير الري", (Span(4, 8, "سالم"),))
HOST = Speaker("s2", "الإذاعة", "organization")
FULL = Statement(
    cue=Span(0, 3, "قال"),
    source=Span(4, 8, "سالم"),
    speaker=SALIM,
    content=(Span(12, 17, "السد "), Span(20, 25, "امتلأ")),
    form="mixed",
    kind="phrase",
    act="deny",
    parent=0,
    hedge=Span(30, 33, "زعم"),
    addressee=HOST,
    about=(Mention(Span(12, 16, "السد"), "place"),),
    polarity="negative",
    setting=Span(40, 45, "تغريد"),
    said_at=SaidAt(Span(50, 53, "أمس"), date(2024, 3, 4), True),
    confidence=0.625,
)
BARE = Statement(None, None, None, (Span(1, 2, "ا"),), "direct", "clause", "assert")
READING = Reading("x", (BARE, FULL), (SALIM, HOST), 0.25, "1")


def test_round_trip() -> None:
    again = Reading.from_json(json.loads(json.dumps(READING.to_json())))
    assert again == READING
    assert again.reader == "1"


def test_pieces_are_joined_visibly() -> None:
    assert FULL.text == "السد  … امتلأ"
    assert BARE.text == "ا"


def test_figures_are_rounded_for_json() -> None:
    value = Reading("x", (), (), 1 / 3).to_json()
    assert value["outlet_share"] == 0.3333


def test_an_unknown_speaker_is_an_error() -> None:
    value = READING.to_json()
    value["speakers"] = []
    with pytest.raises(KeyError):
        Reading.from_json(value)


def test_time_without_an_expression() -> None:
    assert SaidAt.from_json(SaidAt(None, None, True).to_json()) == SaidAt(None, None, True)
