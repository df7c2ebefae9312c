"""What stands beside a statement in a list: who says it, and in how many versions, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from qawl import samples
from qawl.compare import updating as comparing
from qawl.compare.beside import Beside, beside
from qawl.compare.subjects import named
from qawl.compare.versions import group_of
from qawl.people import updating as resolving
from qawl.record import tables
from qawl.record.engine import snapshot
from qawl.record.writing import add


@pytest.fixture
def filled(record: Engine) -> Engine:
    add(record, samples.load_week(), lambda outcome: None)
    return record


def test_who_says_it_and_how_many_report_it(filled: Engine) -> None:
    s = tables.statements.c
    with snapshot(filled) as connection:
        ids = list(connection.scalars(select(s.id)))
        # Before anything is worked out about it, nobody is known to say it but here.
        assert beside(connection, ids) == dict.fromkeys(ids, Beside())
    resolving.bring_up_to_date(filled, lambda stage, number: None)
    comparing.bring_up_to_date(filled, lambda stage, number: None)
    with snapshot(filled) as connection:
        found = beside(connection, ids)
        group = group_of(connection, "3bj5ddaa9r")
        speaker = named(connection, "سلمى العطار").ref
        counted = connection.execute(select(tables.statement_groups.c.outlets, tables.statement_groups.c.ref)).all()
    assert {found[id] for id in group} == {Beside(speaker, len(group), 3)}
    assert len(group) == 4
    assert {row.outlets for row in counted} >= {3}
    alone = [one for id, one in found.items() if one.versions == 1]
    assert alone
    assert {one.outlets for one in alone} == {1}
