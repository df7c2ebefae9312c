"""What the results of a search are: every count is that of the search which it leads to, on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select, text, update

from qawl import samples
from qawl.people import updating
from qawl.people.anchors import to_ref
from qawl.people.searching import meant
from qawl.record import tables
from qawl.record.checking import check
from qawl.record.engine import snapshot, write
from qawl.record.judgements import Mend, judge
from qawl.record.search.facets import VALUES, Facets, Value, facets, stretches
from qawl.record.search.find import Filters, Found, newest, search
from qawl.record.search.query import parse
from qawl.record.writing import add


@pytest.fixture
def filled(record: Engine) -> Engine:
    add(record, [*samples.load(), *samples.load_week()], lambda outcome: None)
    updating.bring_up_to_date(record, lambda stage, number: None)
    return record


def _facets(engine: Engine, query: str, filters: Filters | None = None, **how: int) -> Facets:
    with snapshot(engine) as connection:
        return facets(connection, parse(query), filters, **how)


def _found(engine: Engine, query: str, filters: Filters) -> Sequence[Found]:
    with snapshot(engine) as connection:
        return search(connection, parse(query), meant(connection, filters), limit=1000).results


def _counts(values: Sequence[Value]) -> dict[str | int, int]:
    return {value.key: value.count for value in values}


@pytest.mark.parametrize("query", ["قال", "السد", "سد الغدير", "مش*", ""])
def test_each_count_is_that_of_the_search_it_leads_to(filled: Engine, query: str) -> None:
    everything = Filters(first=None if query else date(2024, 1, 1))
    found = _found(filled, query, everything)
    counted = _facets(filled, query, everything)
    assert (counted.total, counted.more, counted.counted) == (len(found), False, len(found))
    assert len(found) > 3
    days = Counter(date.fromisoformat(one.published[:10]) for one in found if one.published)
    assert dict(counted.days) == days
    assert list(counted.days) == sorted(counted.days)
    assert counted.undated == len(found) - days.total()
    assert _counts(counted.acts) == dict(Counter(one.act for one in found))
    assert _counts(counted.forms) == dict(Counter(one.form for one in found))
    first = everything.first
    for value in counted.outlets:
        assert len(_found(filled, query, Filters(outlet=value.name, first=first))) == value.count
    for value in counted.acts:
        assert len(_found(filled, query, Filters(act=str(value.key), first=first))) == value.count
    assert counted.speakers
    for value in counted.speakers:
        assert len(_found(filled, query, Filters(speaker=to_ref(int(value.key)), first=first))) == value.count
    for value in counted.abouts:
        assert len(_found(filled, query, Filters(about=to_ref(int(value.key)), first=first))) == value.count
    for values in (counted.speakers, counted.outlets, counted.acts, counted.forms, counted.abouts):
        assert list(values) == sorted(values, key=lambda value: (-value.count, value.name, value.key))
        assert len(values) <= VALUES


def test_filters_hold_for_what_is_counted(filled: Engine) -> None:
    with snapshot(filled) as connection:
        filters = meant(connection, Filters(speaker="سلمى العطار", act="deny", first=date(2024, 11, 3)))
    counted = _facets(filled, "", filters)
    assert {value.key for value in counted.acts} == {"deny"}
    assert {value.name for value in counted.speakers} == {"سلمى العطار"}


def test_an_entity_is_found_under_all_its_names(filled: Engine) -> None:
    e = tables.entities.c
    with snapshot(filled) as connection:
        anchor = connection.execute(select(e.anchor).where(e.name == "يان فيلدمان")).scalar_one()
        asked = meant(connection, Filters(speaker=to_ref(anchor)))
        page = search(connection, parse(""), asked)
        both = search(connection, parse(page.results[0].text.split()[-1]), asked)
    assert {one.speaker for one in page.results} >= {"يان فيلدمان", "يان فلدمان"}
    assert 0 < len(both.results) < len(page.results)


def test_counting_stops_at_its_bounds(filled: Engine) -> None:
    everything = Filters(first=date(2024, 1, 1))
    counted = _facets(filled, "", everything, most=20, looked_at=5)
    assert (counted.total, counted.more, counted.counted) == (20, True, 5)
    assert sum(count for _, count in counted.days) == 20
    assert sum(_counts(counted.acts).values()) == 5
    # The newest are looked at.
    latest = newest_days(filled, 20)
    assert dict(counted.days) == latest


def newest_days(engine: Engine, limit: int) -> dict[date, int]:
    with snapshot(engine) as connection:
        found = newest(connection, parse(""), Filters(first=date(2024, 1, 1)), limit=limit)
    assert [one.published for one in found] == sorted((one.published or "" for one in found), reverse=True)
    return dict(Counter(date.fromisoformat((one.published or "")[:10]) for one in found))


def test_the_newest_come_first_wherever_the_words_stand(filled: Engine) -> None:
    with snapshot(filled) as connection:
        ranked = search(connection, parse("السد"), limit=1000).results
        latest = newest(connection, parse("السد"), limit=1000)
    assert {one.ref for one in latest} == {one.ref for one in ranked}
    assert {one.ref: one.where for one in latest} == {one.ref: one.where for one in ranked}
    days = [(one.published or "")[:10] for one in latest]
    assert days == sorted(days, reverse=True)
    assert len({one.where for one in latest}) > 1


def test_what_people_mended_counts_as_they_mended_it(filled: Engine) -> None:
    before = _facets(filled, "القطار")
    with snapshot(filled) as connection:
        one = search(connection, parse("القطار")).results[0]
    assert one.act == "assert"
    judge(filled, one.ref, "mended", who="هدى", mend=Mend(act="commit"))
    assert _counts(_facets(filled, "القطار").acts)["commit"] == _counts(before.acts).get("commit", 0) + 1
    judge(filled, one.ref, "wrong", who="هدى")
    assert _facets(filled, "القطار").total == before.total - 1
    assert list(check(filled)) == []


def test_nothing_found_counts_nothing(filled: Engine) -> None:
    assert _facets(filled, "قطعا-لا-وجود-له") == Facets(0, False, 0, (), 0, (), (), (), (), ())


def test_an_index_made_before_is_filled_by_the_upgrade(filled: Engine) -> None:
    """What the migration writes is what indexing writes, with what people mended."""
    with snapshot(filled) as connection:
        ref = search(connection, parse("القطار")).results[0].ref
    judge(filled, ref, "mended", who="هدى", mend=Mend(act="commit", words="خط الساحل"))
    asked = select(tables.statement_index).order_by(tables.statement_index.c.place)
    with snapshot(filled) as connection:
        made = connection.execute(asked).all()
    assert {"both", "machine", "shown"} <= {row.view for row in made}
    fill = import_module("qawl.record.migrations.versions.0005_desk")._FILL

    def again(connection: Connection) -> None:
        connection.execute(update(tables.statement_index).values(act="", form="", outlet_id=None))
        connection.execute(text(fill))

    write(filled, again)
    with snapshot(filled) as connection:
        assert connection.execute(asked).all() == made


@given(
    st.dictionaries(st.dates(date(1900, 1, 1), date(2154, 1, 1)), st.integers(1, 9), max_size=30), st.integers(26, 60)
)
def test_stretches_hold_all_days_without_gaps(days: dict[date, int], most: int) -> None:
    found = stretches(days.items(), most)
    assert len(found) <= most
    assert sum(one.count for one in found) == sum(days.values())
    for before, after in pairwise(found):
        assert before.last + timedelta(1) == after.first
    if found:
        assert found[0].first <= min(days) <= found[0].last
        assert found[-1].first <= max(days) <= found[-1].last
        for one in found:
            assert one.count == sum(count for day, count in days.items() if one.first <= day <= one.last)


@pytest.mark.parametrize(
    ("first", "last", "bars", "days"),
    [
        ((2024, 3, 5), (2024, 3, 5), 1, 1),
        ((2024, 3, 1), (2024, 3, 30), 30, 1),
        ((2024, 3, 1), (2024, 6, 30), 18, 7),
        ((2024, 1, 15), (2025, 12, 2), 24, 31),
        ((2019, 2, 1), (2024, 3, 1), 21, 90),
    ],
)
def test_stretches_are_as_short_as_there_is_room(
    first: tuple[int, int, int], last: tuple[int, int, int], bars: int, days: int
) -> None:
    found = stretches([(date(*first), 1), (date(*last), 1)], 30)
    assert len(found) == bars
    assert (found[0].last - found[0].first).days + 1 == days
    if days == 7:
        assert found[0].first.weekday() == 0
