"""When a portal may be asked: the time spans and hours of the day that profiles write.

>>> cadence("6h"), str(cadence("adaptive"))
(Cadence(first=datetime.timedelta(seconds=21600), shortest=None, longest=None), 'adaptive: 1d at first, 6h to 7d')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from archive.errors import ProfileError
from spiders.profile import AdaptiveCadence
from spiders.spans import span

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
_DAY = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """How often a portal is crawled: always `first`, or beginning with it and following the portal within bounds."""

    first: timedelta
    shortest: timedelta | None = None
    longest: timedelta | None = None

    def __str__(self) -> str:
        if self.shortest is None or self.longest is None:
            return span_words(self.first)
        return f"adaptive: {span_words(self.first)} at first, {span_words(self.shortest)} to {span_words(self.longest)}"


@dataclass(frozen=True, kw_only=True)
class DayHours:
    """A part of every local day, in minutes after midnight; it goes over midnight where it closes before it opens."""

    opens: int
    closes: int

    def holds(self, minute: float) -> bool:
        """Whether a minute of the day lies inside: from the opening on, until before the closing."""
        if self.opens < self.closes:
            return self.opens <= minute < self.closes
        return minute >= self.opens or minute < self.closes


def cadence(written: str | AdaptiveCadence) -> Cadence:
    """A profile's `cadence`; ProfileError says what to write instead."""
    if written == "adaptive":
        written = AdaptiveCadence()
    if isinstance(written, str):
        return Cadence(first=interval(written))
    first, shortest, longest = interval(written.start), interval(written.min), interval(written.max)
    if not shortest <= first <= longest:
        raise ProfileError(
            f"cadence: min {written.min}, start {written.start}, max {written.max} must not be longer in this order"
        )
    return Cadence(first=first, shortest=shortest, longest=longest)


def interval(written: str) -> timedelta:
    """A time span as profiles write it.

    >>> interval("6h"), interval("2d")
    (datetime.timedelta(seconds=21600), datetime.timedelta(days=2))
    """
    try:
        found = span(written)
    except ValueError:
        found = timedelta(0)
    if not found:
        raise ProfileError(f'cadence {written!r}: write a number and m, h, d or w, such as 6h, or "adaptive"')
    return found


def day_hours(written: str) -> DayHours:
    """One entry of a profile's `hours`.

    >>> day_hours("22:00-05:00")
    DayHours(opens=1320, closes=300)
    """
    found = _HOURS.fullmatch(written)
    if not found:
        raise ProfileError(f"hours {written!r}: write local times of day with two digits, such as 22:00-05:00")
    opens = int(found[1]) * 60 + int(found[2])
    closes = int(found[3]) * 60 + int(found[4]) if found[3] else _DAY
    if opens == closes:
        raise ProfileError(f"hours {written!r}: opens when it closes; leave `hours` out for the whole day")
    return DayHours(opens=opens, closes=closes)


def span_words(length: timedelta) -> str:
    """A time span in days, hours and minutes, with two parts at most.

    >>> span_words(timedelta(hours=36)), span_words(timedelta(days=7)), span_words(timedelta(seconds=20))
    ('1d 12h', '7d', '0m')
    """
    minutes = int(length.total_seconds() // 60)
    parts = ((minutes // _DAY, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m"))
    said = [f"{count}{unit}" for count, unit in parts if count]
    return " ".join(said[:2]) or "0m"
