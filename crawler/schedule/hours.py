"""The hours of the day in which crawls may begin, in the local zone, which knows no summer time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from archive.records import LOCAL_ZONE
from spiders.times import DayHours


def next_opening(hours: Sequence[DayHours], moment: datetime) -> datetime:
    """The moment itself where it lies in one of the hours, or where there are none; else the next opening after it."""
    local = moment.astimezone(LOCAL_ZONE)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    minute = (local - midnight) / timedelta(minutes=1)
    if not hours or any(one.holds(minute) for one in hours):
        return moment
    openings = (midnight + timedelta(minutes=one.opens, days=one.opens < minute) for one in hours)
    return min(openings).astimezone(UTC)
