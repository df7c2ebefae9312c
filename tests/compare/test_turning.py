"""What was said in a span of days, out of a record of either engine: turns, what outlets carry, where they differ."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from qawl import samples
from qawl.compare import updating as comparing
from qawl.compare.drifting import drifting
from qawl.compare.turning import turning
from qawl.compare.versions import Wanted, carried, most_carried, speaking
from qawl.people import updating as resolving
from qawl.people.finding import speakers_of
from qawl.people.profiles import newcomers
from qawl.record.engine import snapshot
from qawl.record.listing import last_day
from qawl.record.showing import Filter, briefs, volume
from qawl.record.writing import add

FIRST, LAST = date(2024, 11, 1), date(2024, 11, 30)


@pytest.fixture
def week(record: Engine) -> Engine:
    """A record of the week of samples, up to date."""
    add(record, samples.load_week(), lambda outcome: None)
    resolving.bring_up_to_date(record)
    comparing.bring_up_to_date(record)
    return record


def test_days_of_a_record(week: Engine) -> None:
    with snapshot(week) as connection:
        assert last_day(connection, date(2030, 1, 1)) == date(2024, 11, 12)
        assert last_day(connection, date(2024, 11, 8)) == date(2024, 11, 5)
        assert last_day(connection, date(2024, 1, 1)) is None
        all = volume(connection, Filter(first=FIRST, last=LAST))
        assert (all.articles, all.outlets) == (9, 3)
        last = volume(connection, Filter(first=date(2024, 11, 12)))
        assert last.articles == 2
        assert 0 < last.statements < all.statements

        turns = turning(connection, FIRST, LAST, 5)
        assert [(turn.person.name, turn.kind, turn.days) for turn in turns] == [
            ("حازم الديب", "polarity", ("2024-11-04", "2024-11-09")),
            # Too many days apart for the comparison to have taken one for the other.
            ("سلمى العطار", "polarity", ("2024-11-03", "2024-11-12")),
        ]
        assert turns[0].earlier.polarity != turns[0].later.polarity
        assert turning(connection, FIRST, date(2024, 11, 5), 5) == []

        most = most_carried(connection, Wanted(FIRST, LAST), 10, outlets=2)
        assert [one.outlets for one in most] == sorted((one.outlets for one in most), reverse=True)
        assert most[0].outlets == 3
        stands = speaking(connection, most)
        assert set(stands) == {one.id for one in most}
        assert carried(connection, stands.values()) == {stands[one.id]: one for one in most}
        short = briefs(connection, list(stands.values()))
        assert {one.ref for one in most} == {one.ref for one in short.values()}
        people = speakers_of(connection, stands.values())
        assert people[stands[most[0].id]].name == short[stands[most[0].id]].speaker

        new = newcomers(connection, date(2024, 11, 4), LAST, 10)
        assert [person.name for person in new] == ["وائل القرمزي", "نقيب المزارعين"]

        found = drifting(connection, Wanted(FIRST, LAST), 3)
        assert found.left == 0
        first = drifting(connection, Wanted(FIRST, LAST), 1, most=1)
        assert (first.compared, first.left) == (1, found.compared - 1)
        assert [one.score for one in found.drifts] == sorted((one.score for one in found.drifts), reverse=True)
        for one in found.drifts:
            assert one.farthest in one.collation.alignments
