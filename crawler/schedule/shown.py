"""Plans and runs as plain values, for tables and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from archive.health import health
from archive.records import RunReport
from archive.run_history.findings import stored
from crawler.schedule.planning import Plan
from spiders.times import span_words


def plan_values(one: Plan, recent: Sequence[RunReport], now: datetime) -> dict[str, Any]:
    """A portal's place in the schedule: its state, the rule, what is in force and why, the last crawl, the next.

    `recent` are its crawls from the last good one on, newest first.
    """
    last, found = recent[0] if recent else None, health(recent)
    return {
        "portal": one.portal.key,
        "condition": found and str(found),
        "condition_detail": found and found.detail,
        "cadence": str(one.portal.cadence),
        "hours": list(one.portal.profile.hours),
        "interval": span_words(one.pace.interval),
        "why": "; ".join(filter(None, (one.pace.why, one.pace.wait_why, _patience(one, now)))),
        "last_run": one.last and one.last.started_at.isoformat(timespec="seconds"),
        "verdict": one.last and one.last.verdict,
        "next": _next(one, now),
        "due": one.is_due(now),
        "counts": last.counts if last else {},
        "moved_to": last and last.moved_to,
    }


def run_values(run: RunReport) -> dict[str, Any]:
    """One run of the history."""
    return {
        "run": run.run_id,
        "portal": run.portal,
        "scope": run.scope,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "finished_at": run.finished_at and run.finished_at.isoformat(timespec="seconds"),
        "verdict": run.verdict,
        "counts": run.counts,
        "rejected": run.rejected,
        "detail": run.detail,
        "failures": run.failures,
        "not_before": run.not_before and run.not_before.isoformat(timespec="seconds"),
        "moved_to": run.moved_to,
        "checks": stored(run.checks),
    }


def took_words(run: RunReport) -> str:
    """How long a run took: seconds under a minute, days, hours and minutes above; "–" while it runs."""
    if run.finished_at is None:
        return "–"
    took = run.finished_at - run.started_at
    return span_words(took) if took >= timedelta(minutes=1) else f"{took.total_seconds():.0f}s"


def _patience(one: Plan, now: datetime) -> str | None:
    asked = one.last.not_before if one.last else None
    return f"the portal asked for patience until {asked:%Y-%m-%d %H:%M} UTC" if asked and asked > now else None


def _next(one: Plan, now: datetime) -> str:
    if one.waits_for:
        return f"waits for {one.waits_for}"
    if one.is_running:
        return "running"
    if one.is_due(now) or one.due_at is None:
        return "now"
    return one.due_at.isoformat(timespec="seconds")
