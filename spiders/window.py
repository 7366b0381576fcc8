"""The days that a crawl wants, and whether a day, or the days that a sitemap names, are among them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days a crawl wants; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a day is wanted; an unknown one is, since only the page can tell."""
        return day is None or ((not self.since or day >= self.since) and (not self.until or day <= self.until))

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether days from `first` to `last` may hold a wanted one; an unknown end is open."""
        return not (
            (self.since is not None and last is not None and last < self.since)
            or (self.until is not None and first is not None and first > self.until)
        )

    def is_past(self, day: date | None) -> bool:
        """Whether a list sorted newest first is beyond the window at this day."""
        return day is not None and self.since is not None and day < self.since


def days_named(written: str) -> tuple[date | None, date | None]:
    """First and last day of what a sitemap's name says: a day, a month or a year.

    >>> [tuple(map(str, days_named(written))) for written in ("2024-02", "20240710", "2023", "trang-2")]
    [('2024-02-01', '2024-02-29'), ('2024-07-10', '2024-07-10'), ('2023-01-01', '2023-12-31'), ('None', 'None')]
    """
    spread = re.sub(r"^(\d{4})(\d\d)(\d\d)?$", r"\1-\2-\3", written)
    parts = [int(part) for part in re.findall(r"\d+", spread)]
    if not 1 <= len(parts) <= 3 or not 1990 <= parts[0] <= 2100:
        return None, None
    try:
        first = date(parts[0], *([*parts[1:], 1, 1][:2]))
        if len(parts) == 3:
            return first, first
        month = parts[1] if len(parts) == 2 else 12
        return first, date(parts[0], month, monthrange(parts[0], month)[1])
    except ValueError:
        return None, None
