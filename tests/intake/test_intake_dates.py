"""Dates as inputs write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qawl.intake.dates import parse_date

BEIRUT = timezone(timedelta(hours=2))
TIME = datetime(2024, 3, 5, 10, 0, tzinfo=BEIRUT)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        (" \n", None),
        ("2024-03-05", date(2024, 3, 5)),
        ("2024/3/5", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("٢٠٢٤-٠٣-٠٥", date(2024, 3, 5)),
        ("2024-03-05T10:00:00+02:00", TIME),
        ("2024-03-05 10:00:00 +0200", TIME),
        ("2024-03-05T08:00:00.000Z", TIME),
        ("2024-03-05 08:00:00 UTC", TIME),
        ("2024-03-05T10:00", datetime(2024, 3, 5, 10)),
        ("2024/03/05 10:00:00", datetime(2024, 3, 5, 10)),
        ("Tue, 05 Mar 2024 10:00:00 +0200", TIME),
        ("Tue, 05 Mar 2024 08:00:00 GMT", TIME),
        (1709625600, TIME),
        (1709625600000, TIME),
        ("1709625600", TIME),
        (date(2024, 3, 5), date(2024, 3, 5)),
        (TIME, TIME),
    ],
)
def test_dates(value: object, expected: object) -> None:
    assert parse_date(value) == expected


def test_the_zone_is_kept() -> None:
    found = parse_date("Tue, 05 Mar 2024 10:00:00 +0200")
    assert isinstance(found, datetime)
    assert found.utcoffset() == timedelta(hours=2)
    assert parse_date(1709625600) == datetime(2024, 3, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize("value", ["soon", "5/3/2024", "2024-13-05", "1", "9" * 400, True, [], {}, "x" * 5000, 1e300])
def test_what_is_no_date(value: object) -> None:
    with pytest.raises(ValueError, match="not a date"):
        parse_date(value)


def test_a_form_of_the_users() -> None:
    assert parse_date("5/3/2024", "%d/%m/%Y") == date(2024, 3, 5)
    assert parse_date("5/3/2024 10:00 +0200", "%d/%m/%Y %H:%M %z") == TIME
    assert parse_date("2024-03-05", "%d/%m/%Y") == date(2024, 3, 5)
