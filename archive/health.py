"""What went wrong with a portal, in kinds, and what its runs together say of it: alive, slow, moved, blocked, dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from archive.records import LOCAL_ZONE, RunReport


class FailureKind(StrEnum):
    """Why an address was not got; the keys of a run's `failures`."""

    DNS = "dns"  # its name leads nowhere
    PRIVATE = "private-address"  # its name leads into a private network
    REFUSED = "refused"  # nobody answers at the port
    TLS = "tls"
    TIMEOUT = "timeout"
    BROKEN = "broken-answer"  # cut, malformed, or closed without one
    TOO_LARGE = "too-large"
    FORBIDDEN = "forbidden"  # 401, 403, 451
    THROTTLED = "throttled"  # 429, or 503 with Retry-After
    SERVER = "server-error"  # 5xx
    OTHER_STATUS = "other-status"
    GONE = "gone"  # a list that is no more
    CHALLENGE = "challenge"  # a page that wants to see a browser or a human
    BLANK = "blank"
    ROBOTS = "robots"
    OFF_PORTAL = "off-portal"  # it leads to another host
    REDIRECTS = "redirects"  # in a circle, or too many
    OTHER = "other"


BLOCKING = frozenset({FailureKind.FORBIDDEN, FailureKind.THROTTLED, FailureKind.CHALLENGE})
UNREACHABLE = frozenset(
    {FailureKind.DNS, FailureKind.PRIVATE, FailureKind.REFUSED, FailureKind.TLS, FailureKind.TIMEOUT}
)
# Maintenance and holidays are over by then; the shortest outage that is called an end.
DEAD_AFTER = timedelta(days=14)
# An answer takes most portals under a second; the slowest that were seen took up to 40.
SLOW_MILLISECONDS = 10_000


class Condition(StrEnum):
    """The verdict on a portal."""

    ALIVE = "alive"
    SLOW = "slow"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILING = "failing"  # not yet long enough to call it dead
    DEAD = "dead"


@dataclass(frozen=True, kw_only=True)
class Health:
    """How a portal is, since when, and what shows it."""

    condition: Condition
    since: datetime  # begin of the first run that showed it
    detail: str

    def __str__(self) -> str:
        """In a few words, as tables show it."""
        return f"moved to {self.detail}" if self.condition is Condition.MOVED else str(self.condition)


def health(runs: Sequence[RunReport]) -> Health | None:
    """The verdict over a portal's crawls, newest first; None where none has ended.

    Only the unbroken row of runs that show the same counts: one good run, and the portal is alive.
    """
    ended = [run for run in runs if run.verdict not in ("running", "lost")]
    if not ended:
        return None
    failing = _failing(ended)
    if moved := [run for run in failing if run.moved_to]:  # its old host may be gone since
        return Health(condition=Condition.MOVED, since=moved[-1].started_at, detail=str(moved[0].moved_to))
    condition, detail = _shown_by(ended[0])
    since = _same(ended, condition)[-1].started_at
    if condition is Condition.FAILING:
        since = failing[-1].started_at
        if (ended[0].finished_at or ended[0].started_at) - since >= DEAD_AFTER:
            condition, detail = (
                Condition.DEAD,
                f"no run succeeded since {since.astimezone(LOCAL_ZONE):%Y-%m-%d}; last: {detail}",
            )
    return Health(condition=condition, since=since, detail=detail)


def _failing(ended: Sequence[RunReport]) -> list[RunReport]:
    """The failed runs since the last good one, newest first."""
    return list(takewhile(lambda run: run.verdict == "failed", ended))


def _same(ended: Sequence[RunReport], condition: Condition) -> list[RunReport]:
    """The unbroken row of runs that show the same, newest first."""
    return list(takewhile(lambda run: _shown_by(run)[0] is condition, ended))


def _shown_by(run: RunReport) -> tuple[Condition, str]:
    failures = run.failures or {}
    if run.moved_to:
        return Condition.MOVED, run.moved_to
    if run.verdict != "failed":
        if (run.counts.get("latency_ms") or 0) >= SLOW_MILLISECONDS:
            return Condition.SLOW, f"{run.counts['latency_ms'] / 1000:.0f} s an answer"
        return Condition.ALIVE, run.detail or "answers"
    blocking = sum(failures.get(kind, 0) for kind in BLOCKING)
    if blocking and blocking >= sum(failures.get(kind, 0) for kind in UNREACHABLE):
        return Condition.BLOCKED, run.detail or "refuses us"
    return Condition.FAILING, run.detail or "no run succeeded"
