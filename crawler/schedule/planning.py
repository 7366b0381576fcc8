"""When a portal is due: its pace after its last crawl, in its hours. The history is the archive's `run` table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.run_history.crawls import Crawl
from crawler.schedule.hours import next_opening
from crawler.schedule.pace import Pace, pace
from spiders.portal import Portal

# A timer that fires as often as the cadence says comes some seconds before the interval since a crawl's start is over.
# Without this allowance a daily timer would crawl a daily portal every other day.
_EARLY = timedelta(minutes=5)
_EARLY_SHARE = 20


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One portal's place in the schedule; `waits_for` says why it is never due."""

    portal: Portal
    last: Crawl | None
    pace: Pace
    due_at: datetime | None
    waits_for: str | None = None

    @property
    def is_planned(self) -> bool:
        """Whether it has a time, has run, or waits for its profile's check: not merely known to the registry."""
        return self.waits_for is None or self.last is not None or self.portal.status == "unverified"

    @property
    def is_running(self) -> bool:
        return self.last is not None and self.last.verdict == "running"

    def is_due(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at <= now and not self.is_running


def plan(
    portals: Iterable[Portal], crawls: Mapping[str, Sequence[Crawl]], checked: Collection[str], now: datetime
) -> list[Plan]:
    """Every portal with its next time, the most overdue first; those that wait for something last.

    `checked` are those whose profile has passed its check. However many intervals were missed, a portal is due once:
    its next time counts from its next crawl.
    """
    plans = [_plan(portal, crawls.get(portal.key, ()), _obstacle(portal, checked), now) for portal in portals]
    return sorted(plans, key=lambda one: (one.due_at is None, one.due_at or now, one.portal.key))


def _plan(portal: Portal, crawls: Sequence[Crawl], waits_for: str | None, now: datetime) -> Plan:
    found = pace(portal.cadence, crawls)
    last = crawls[-1] if crawls else None
    due_at = None if waits_for else _in_hours(portal, _due_at(last, found.wait, now), now)
    return Plan(portal=portal, last=last, pace=found, due_at=due_at, waits_for=waits_for)


def _due_at(last: Crawl | None, wait: timedelta, now: datetime) -> datetime:
    """The end of the wait, and of the patience that the portal asked for.

    A crawl that lies further in the future than both was begun by a wrong clock: due at once.
    """
    if last is None:
        return now
    patience_ends = last.not_before or last.started_at
    if last.started_at - now > max(wait, patience_ends - last.started_at):
        return now
    return max(last.started_at + wait - min(_EARLY, wait / _EARLY_SHARE), patience_ends)


def _in_hours(portal: Portal, due_at: datetime, now: datetime) -> datetime:
    """The due time where crawls may begin then, or may now if it is past; else the next opening."""
    opening = next_opening(portal.hours, max(due_at, now))
    return due_at if opening <= now else opening


def _obstacle(portal: Portal, checked: Collection[str]) -> str | None:
    if portal.http.js_required:
        return "its pages need JavaScript"
    if not portal.may_crawl:
        return "a profile: `danvan portals draft` writes one"
    if portal.needs_check and portal.key not in checked:
        return f"`danvan portals check {portal.key}`"
    return None
