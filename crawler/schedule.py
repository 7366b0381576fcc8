"""When a portal is due: its profile's cadence after its last run. The history is the archive's `run` table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.errors import ProfileError
from archive.records import RunReport
from spiders.portal import Portal

# Scopes of runs that did not look at a portal's lists to archive what they show.
NO_CRAWL = ("check", "look", "import", "replay")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One portal's place in the schedule; `waits_for` says why it is never due."""

    portal: Portal
    last: RunReport | None
    due_at: datetime | None
    waits_for: str | None = None

    @property
    def is_planned(self) -> bool:
        """Whether it has a time, has run, or waits for its profile's check: not merely known to the registry."""
        return self.waits_for is None or self.last is not None or self.portal.status == "unverified"

    def is_due(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at <= now


def interval(cadence: str) -> timedelta:
    """A profile's cadence as a time span.

    >>> interval("6h"), interval("2d")
    (datetime.timedelta(seconds=21600), datetime.timedelta(days=2))
    """
    found = re.fullmatch(r"(\d{1,4})([mhdw])", cadence)
    if not found or int(found[1]) == 0:
        raise ProfileError(f"cadence {cadence!r}: write a number and m, h, d or w, such as 6h")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def plan(
    portals: Iterable[Portal], last_runs: Mapping[str, RunReport], checked: Mapping[str, bool], now: datetime
) -> list[Plan]:
    """Every portal with its next time, the most overdue first; those that wait for something last.

    A run that failed or was lost is tried again after a quarter of the cadence: often enough to catch up,
    seldom enough not to press on a portal that is down.
    """
    plans = []
    for portal in portals:
        last = last_runs.get(portal.key)
        waits_for = _obstacle(portal, checked)
        due_at = None if waits_for else _due_at(portal, last, now)
        plans.append(Plan(portal=portal, last=last, due_at=due_at, waits_for=waits_for))
    return sorted(plans, key=lambda one: (one.due_at is None, one.due_at or now, one.portal.key))


def _due_at(portal: Portal, last: RunReport | None, now: datetime) -> datetime:
    if last is None:
        return now
    span = interval(portal.cadence)
    if last.verdict in ("failed", "lost"):
        span /= 4
    if last.verdict == "running":
        return now + span
    return min(last.started_at, now) + span  # a clock set back must not stop the schedule


def _obstacle(portal: Portal, checked: Mapping[str, bool]) -> str | None:
    if portal.http.js_required:
        return "its pages need JavaScript"
    if not portal.may_crawl:
        return "a profile: `danvan portals draft` writes one"
    if portal.needs_check and not checked.get(portal.key):
        return f"`danvan portals check {portal.key}`"
    return None
