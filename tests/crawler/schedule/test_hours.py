"""Crawls begin in a profile's hours, over midnight too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import LOCAL_ZONE
from crawler.schedule.hours import next_opening
from spiders.times import day_hours


def local(day: int, time: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02}T{time}").replace(tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("hours", "at", "then"),
    [
        ("", (2, "12:00"), (2, "12:00")),
        ("01:00-05:00", (2, "00:59:59"), (2, "01:00")),
        ("01:00-05:00", (2, "01:00"), (2, "01:00")),
        ("01:00-05:00", (2, "04:59:59"), (2, "04:59:59")),
        ("01:00-05:00", (2, "05:00"), (3, "01:00")),
        ("01:00-05:00", (2, "23:30"), (3, "01:00")),
        ("22:00-05:00", (2, "21:59"), (2, "22:00")),
        ("22:00-05:00", (2, "23:59:59"), (2, "23:59:59")),
        ("22:00-05:00", (3, "00:00"), (3, "00:00")),
        ("22:00-05:00", (3, "04:59"), (3, "04:59")),
        ("22:00-05:00", (3, "05:00"), (3, "22:00")),
        ("18:00-24:00", (2, "23:59:59"), (2, "23:59:59")),
        ("18:00-24:00", (3, "00:00"), (3, "18:00")),
        ("22:00-00:00", (3, "00:00"), (3, "22:00")),
        ("00:00-24:00", (2, "12:34"), (2, "12:34")),
        ("12:00-13:00 20:00-21:00", (2, "13:00"), (2, "20:00")),
        ("20:00-21:00 12:00-13:00", (2, "21:00"), (3, "12:00")),
        ("01:00-05:00", (31, "06:00"), (32, "01:00")),
    ],
)
def test_time_moves_to_the_next_opening(hours: str, at: tuple[int, str], then: tuple[int, str]) -> None:
    expected = local(*then) if then[0] <= 31 else local(1, then[1]).replace(month=4)
    assert next_opening(tuple(map(day_hours, hours.split())), local(*at)) == expected


def test_moments_of_other_zones_are_read_in_the_local_one() -> None:
    assert next_opening((day_hours("01:00-05:00"),), datetime(2026, 3, 2, 17, 30, tzinfo=UTC)) == local(3, "01:00")


times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@given(
    st.lists(st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]).map("-".join), min_size=1, max_size=3),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_opening_lies_in_the_hours_within_a_day_and_is_its_own_opening(written: list[str], moment: datetime) -> None:
    hours = tuple(map(day_hours, written))
    found = next_opening(hours, moment)
    at = found.astimezone(LOCAL_ZONE)
    assert any(one.holds(at.hour * 60 + at.minute) for one in hours)
    assert 0 <= (found - moment).total_seconds() < 24 * 3600
    assert next_opening(hours, found) == found
