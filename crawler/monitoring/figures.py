"""Which figures monitoring gets: each portal's last crawl and condition, what the archive holds, the last verify."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from archive.health import Condition, health
from archive.records import RunReport
from archive.repository import Archive
from archive.run_history.findings import RunFinding
from crawler.monitoring.exposition import Gauge, Sample

VERDICTS = ("ok", "suspicious", "failed", "lost")
_VERIFY_VERDICTS = ("clean", "damaged")
_LATEST_CHECKS = 10  # one that runs, or was stopped, may be the newest


def gauges(archive: Archive, now: datetime) -> list[Gauge]:
    """Every metric, of now."""
    recent = archive.run_history.recent()
    ended = {portal: next((run for run in runs if run.verdict != "running"), None) for portal, runs in recent.items()}
    last = {portal: run for portal, run in sorted(ended.items()) if run is not None}
    return [
        *_runs(last),
        _states("danvan_portal_condition", "How the portal is by its latest crawls: 1 for the condition it is in.",
                "condition", list(Condition), {portal: _condition(recent[portal]) for portal in last}),
        _by_portal("danvan_articles", "Articles archived and not removed.", archive.coverage.archived()),
        _by_portal("danvan_frontier_open_tasks", "Addresses that unfinished crawls left.",
                   archive.frontier.open_tasks()),
        *_verify(archive),
        Gauge(name="danvan_written_timestamp_seconds", help="When this file was written.",
              samples=[Sample(value=now.timestamp(), labels={})]),
    ]  # fmt: skip


def _runs(last: Mapping[str, RunReport]) -> list[Gauge]:
    return [
        _states("danvan_run_verdict", "Verdict of the portal's last crawl: 1 for the one it has.", "verdict", VERDICTS,
                {portal: run.verdict for portal, run in last.items()}),
        _each("danvan_run_started_timestamp_seconds", "When the last crawl began.", last,
              lambda run: [({}, run.started_at.timestamp())]),
        _each("danvan_run_finished_timestamp_seconds", "When the last crawl ended.", last,
              lambda run: [({}, run.finished_at.timestamp())] if run.finished_at else []),
        _each("danvan_run_count", "What the last crawl counted, as in its report.", last,
              lambda run: [({"count": name}, value) for name, value in sorted(run.counts.items())]),
        _each("danvan_run_failures", "What went wrong in the last crawl, by kind.", last,
              lambda run: [({"kind": kind}, times) for kind, times in sorted((run.failures or {}).items())]),
        _each("danvan_run_finding", "Checks that the last crawl did not pass; the value is what was found.", last,
              lambda run: [({"check": one.check}, one.value) for one in _first_of_each(run)]),
    ]  # fmt: skip


def _verify(archive: Archive) -> list[Gauge]:
    checks = archive.fixity.runs(_LATEST_CHECKS)
    check = next((one for one in checks if one.finished_at), None)
    if check is None or check.finished_at is None:
        return []
    verdicts = [Sample(value=check.verdict == name, labels={"verdict": name}) for name in _VERIFY_VERDICTS]
    finished = Sample(value=check.finished_at.timestamp(), labels={})
    damage = Sample(value=check.counts.get("damage", 0), labels={})
    return [
        Gauge(name="danvan_verify_verdict", help="Of the last danvan verify: 1 for the one it has.", samples=verdicts),
        Gauge(name="danvan_verify_finished_timestamp_seconds", help="When it ended.", samples=[finished]),
        Gauge(name="danvan_verify_damage", help="Damages it found.", samples=[damage]),
    ]


def _condition(runs: Sequence[RunReport]) -> str | None:
    found = health(runs)
    return str(found.condition) if found else None


def _first_of_each(run: RunReport) -> list[RunFinding]:
    """One finding a check: two samples of the same labels would spoil the file."""
    return list({finding.check: finding for finding in reversed(run.checks or ())}.values())


def _states(name: str, told: str, label: str, states: Sequence[str], by_portal: Mapping[str, str | None]) -> Gauge:
    samples = [
        Sample(value=state == found, labels={"portal": portal, label: state})
        for portal, found in by_portal.items()
        if found is not None
        for state in states
    ]
    return Gauge(name=name, help=told, samples=samples)


def _each(
    name: str,
    told: str,
    last: Mapping[str, RunReport],
    values: Callable[[RunReport], Sequence[tuple[Mapping[str, str], float]]],
) -> Gauge:
    samples = [
        Sample(value=value, labels={"portal": portal, **labels})
        for portal, run in last.items()
        for labels, value in values(run)
    ]
    return Gauge(name=name, help=told, samples=samples)


def _by_portal(name: str, told: str, counts: Mapping[str, int]) -> Gauge:
    samples = [Sample(value=count, labels={"portal": portal}) for portal, count in sorted(counts.items())]
    return Gauge(name=name, help=told, samples=samples)
