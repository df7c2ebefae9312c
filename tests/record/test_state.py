"""A value that tells whether the record is still as it was."""

from __future__ import annotations

from invented import articles
from sqlalchemy import Engine

from qawl.record import showing
from qawl.record.engine import snapshot
from qawl.record.identity import identify
from qawl.record.judgements import judge, undo
from qawl.record.state import state
from qawl.record.writing import add


def test_it_changes_with_whatever_is_done(record: Engine) -> None:
    seen = [_state(record)]
    add(record, articles(4), lambda outcome: None)
    seen.append(_state(record))
    _, found = showing.article(record, 1)
    judge(record, found[0].ref, "wrong", who="هدى")
    seen.append(_state(record))
    undo(record, who="هدى")
    seen.append(_state(record))
    assert len(set(seen)) == len(seen)
    showing.article(record, 1)
    assert _state(record) == seen[-1]


def _state(record: Engine) -> tuple[int, ...]:
    with snapshot(record) as connection:
        return state(connection)


def test_what_is_judged_wrong_is_given_when_asked_for(record: Engine) -> None:
    add(record, articles(2), lambda outcome: None)
    _, before = showing.article(record, 1)
    number = judge(record, before[0].ref, "wrong", who="هدى")
    _, without = showing.article(record, 1)
    _, whole = showing.article(record, 1, wrong=True)
    assert [one.ref for one in whole] == [one.ref for one in before]
    assert [one.number for one in without] == [one.number for one in before[1:]]
    assert (whole[0].verdict, whole[0].judgement) == ("wrong", number)
    with snapshot(record) as connection:
        ids = [one.id for one in whole]
        assert set(showing.briefs(connection, ids)) == set(ids[1:])
        assert showing.known(connection, identify(articles(2)[0])) == 1
