"""Cells and runs put together into portals and months; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from archive.coverage.gaps import gaps
from archive.coverage.records import Cell, Counts, Gap, Month, PortalCoverage, State
from archive.health import health
from archive.records import LOCAL_ZONE, RunReport
from archive.run_history.crawls import Crawl

_DAY = 10  # characters of "2025-08-03"


def portal_coverage(
    portal: str, name: str, cells: Iterable[Cell], crawls: Sequence[Crawl], recent: Sequence[RunReport], now: datetime
) -> PortalCoverage:
    """One portal's coverage; `crawls` in any order, `recent` from the last good one on, newest first."""
    crawls = sorted((run for run in crawls if run.verdict != "running"), key=lambda run: run.started_at)
    good = [run for run in crawls if run.has_succeeded]
    by_month, runs = _by_month(cells), _runs_by_month(crawls)
    found = gaps(crawls, now)
    months = sorted({*by_month, *runs} | _months_of(found, now))
    return PortalCoverage(
        portal=portal,
        name=name,
        first_crawl=good[0].started_at if good else None,
        last_crawl=good[-1].started_at if good else None,
        last_try=crawls[-1].started_at if crawls else None,
        health=health(recent),
        months=tuple(_month_of(month, by_month.get(month, ()), runs.get(month, ()), found) for month in months),
    )


def within(coverage: PortalCoverage, first: str | None, last: str | None) -> tuple[Month, ...]:
    """The months from one to another, both included; None is open."""
    return tuple(
        one for one in coverage.months if (not first or one.month >= first) and (not last or one.month <= last)
    )


def counts(cells: Iterable[Cell]) -> Counts:
    """The sum of cells: every address of theirs in one state."""
    totals, reasons = Counter[str](), defaultdict[State, Counter[str]](Counter)
    for cell in cells:
        totals.update({"addresses": cell.addresses, "captured": cell.captured, "removed": cell.removed})
        totals["undated"] += cell.addresses if _is_undated(cell) else 0
        if cell.reason is None:
            totals[cell.state] += cell.addresses
        else:
            reasons[cell.state][cell.reason] += cell.addresses
    return Counts(
        **{name: totals[name] for name in ("addresses", "captured", "removed", "undated")},
        archived=totals[State.ARCHIVED],
        off_topic=totals[State.OFF_TOPIC],
        waiting=totals[State.WAITING],
        rejected=_sorted(reasons[State.REJECTED]),
        failed=_sorted(reasons[State.FAILED]),
        skipped=_sorted(reasons[State.SKIPPED]),
    )


def summed(parts: Iterable[Counts]) -> Counts:
    """Several counts as one."""
    parts = list(parts)
    numbers = ("addresses", "captured", "archived", "removed", "off_topic", "waiting", "undated")
    return Counts(
        rejected=_added(one.rejected for one in parts),
        failed=_added(one.failed for one in parts),
        skipped=_added(one.skipped for one in parts),
        **{name: sum(getattr(one, name) for one in parts) for name in numbers},
    )


def month_of(moment: str) -> str:
    """The local month of a day, or of a UTC hour.

    >>> month_of("2025-08-03"), month_of("2025-07-31T17"), month_of("2025-07-31T16")
    ('2025-08', '2025-08', '2025-07')
    """
    return moment[:7] if len(moment) == _DAY else _month(datetime.fromisoformat(f"{moment}:00:00+00:00"))


def _by_month(cells: Iterable[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(month_of(cell.moment), []).append(cell)
    return found


def _runs_by_month(crawls: Iterable[Crawl]) -> dict[str, list[Crawl]]:
    found: dict[str, list[Crawl]] = {}
    for run in crawls:
        found.setdefault(_month(run.started_at), []).append(run)
    return found


def _month_of(month: str, cells: Sequence[Cell], crawls: Sequence[Crawl], found: Sequence[Gap]) -> Month:
    return Month(
        month=month,
        listed=counts(cell for cell in cells if cell.is_listed),
        unlisted=counts(cell for cell in cells if not cell.is_listed),
        crawls=sum(run.has_succeeded for run in crawls),
        failed_crawls=sum(run.has_failed for run in crawls),
        gaps=tuple(gap for gap in found if gap.begins[:7] <= month and (gap.ends is None or month <= gap.ends[:7])),
    )


def _months_of(found: Sequence[Gap], now: datetime) -> set[str]:
    """Every month that a gap touches, so that months without anything show it."""
    months = set()
    for gap in found:
        day = datetime.fromisoformat(gap.begins).date().replace(day=1)
        while (month := day.isoformat()[:7]) <= (gap.ends or _month(now))[:7]:
            months.add(month)
            day = (day + timedelta(days=31)).replace(day=1)
    return months


def _is_undated(cell: Cell) -> bool:
    return len(cell.moment) != _DAY


def _month(moment: datetime) -> str:
    return moment.astimezone(LOCAL_ZONE).isoformat()[:7]


def _added(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total = Counter[str]()
    for reasons in several:
        total.update(reasons)
    return _sorted(total)


def _sorted(reasons: Mapping[str, int]) -> dict[str, int]:
    """The most frequent first."""
    return dict(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
